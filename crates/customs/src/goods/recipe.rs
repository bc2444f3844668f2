//! Recipes: what may be made of what, with which yield and waste.
//!
//! Must not know of: lots, or who may use a recipe. The definition has it and the application hands it in; it is recorded with each movement.

use serde::{Deserialize, Serialize};

use super::name::{Commodity, Id};
use super::problem::RecipeFault;
use super::quantity::Quantity;
use super::unit::Kind;

/// What one run takes and makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Its name, with its version if it has several.
    pub name: Id,
    /// What a run takes.
    pub inputs: Vec<Ingredient>,
    /// What a run makes.
    pub products: Vec<Product>,
}

/// What a run takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ingredient {
    /// Of what.
    pub commodity: Commodity,
    /// How much.
    pub quantity: Quantity,
    /// How much of it may at most become scrap that cannot be used; none without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scrap: Option<Quantity>,
    /// How much of it may at most be lost; none without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<Quantity>,
}

/// What a run makes. By-products and scrap that can be sold are products too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// What.
    pub commodity: Commodity,
    /// At least so much; nothing, if it may be missing.
    pub least: Quantity,
    /// At most so much.
    pub most: Quantity,
    /// Its share of the materials, beside those of the other products; where there are several, their relative value is usual. Nothing, for what is to carry none.
    pub share: u32,
}

impl Recipe {
    /// Everything that is wrong with it by itself.
    #[must_use]
    pub fn faults(&self) -> Vec<RecipeFault> {
        let mut faults = Vec::new();
        if self.inputs.is_empty() {
            faults.push(RecipeFault::NoInputs);
        }
        if self.products.is_empty() {
            faults.push(RecipeFault::NoProducts);
        } else if self.products.iter().all(|product| product.share == 0) {
            faults.push(RecipeFault::NoShare);
        }
        twice(self.inputs.iter().map(|input| &input.commodity), &mut faults);
        twice(self.products.iter().map(|product| &product.commodity), &mut faults);
        faults.extend(self.inputs.iter().filter_map(Ingredient::fault));
        faults.extend(self.products.iter().filter_map(Product::fault));
        if faults.is_empty() {
            faults.extend(self.balance().err());
        }
        faults
    }

    /// Where all that goes in is weighed: whether what is weighed of what comes out is not more.
    fn balance(&self) -> Result<(), RecipeFault> {
        if self.inputs.iter().any(|input| input.quantity.kind() != Kind::Mass) {
            return Ok(());
        }
        let into = mass(self.inputs.iter().map(|input| input.quantity)).ok_or(RecipeFault::TooLarge)?;
        let out = mass(self.products.iter().map(|product| product.most)).ok_or(RecipeFault::TooLarge)?;
        match out.minus(into) {
            Some(by) if !by.is_zero() => Err(RecipeFault::CreatesMass { by }),
            _ => Ok(()),
        }
    }

    /// What it says of something that goes in.
    pub(super) fn input(&self, commodity: &Commodity) -> Option<&Ingredient> {
        self.inputs.iter().find(|input| input.commodity == *commodity)
    }

    /// What it says of something that comes out.
    pub(super) fn product(&self, commodity: &Commodity) -> Option<&Product> {
        self.products.iter().find(|product| product.commodity == *commodity)
    }
}

impl Ingredient {
    fn fault(&self) -> Option<RecipeFault> {
        let commodity = self.commodity.clone();
        if self.quantity.is_zero() {
            return Some(RecipeFault::Nothing { commodity });
        }
        let nothing = Quantity::zero(self.quantity.kind());
        let wastes = [self.scrap, self.loss].into_iter().flatten();
        if wastes.clone().any(|waste| waste.kind() != self.quantity.kind()) {
            return Some(RecipeFault::TwoMeasures { commodity });
        }
        let Some(waste) = wastes.into_iter().try_fold(nothing, |sum, waste| sum.plus(waste)) else {
            return Some(RecipeFault::TooLarge);
        };
        let quantity = self.quantity;
        quantity.minus(waste).is_none().then_some(RecipeFault::WastesMore { commodity, waste, quantity })
    }
}

impl Product {
    fn fault(&self) -> Option<RecipeFault> {
        let commodity = self.commodity.clone();
        if self.most.is_zero() {
            return Some(RecipeFault::Nothing { commodity });
        }
        if self.least.kind() != self.most.kind() {
            return Some(RecipeFault::TwoMeasures { commodity });
        }
        let (least, most) = (self.least, self.most);
        most.minus(least).is_none().then_some(RecipeFault::Backwards { commodity, least, most })
    }
}

fn twice<'a>(commodities: impl Iterator<Item = &'a Commodity>, faults: &mut Vec<RecipeFault>) {
    let mut seen = std::collections::BTreeSet::new();
    for commodity in commodities {
        if !seen.insert(commodity) {
            faults.push(RecipeFault::Twice { commodity: commodity.clone() });
        }
    }
}

/// The sum of those that are weighed; nothing if it is too large.
pub(super) fn mass(mut quantities: impl Iterator<Item = Quantity>) -> Option<Quantity> {
    quantities.try_fold(Quantity::zero(Kind::Mass), |sum, quantity| match quantity.kind() {
        Kind::Mass => sum.plus(quantity),
        _ => Some(sum),
    })
}
