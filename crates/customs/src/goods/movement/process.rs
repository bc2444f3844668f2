//! Goods are made into other goods by a recipe (19 CFR 146.52): what goes in is used up, what comes out carries where it came from.
//!
//! All that went in is shared out among the products, also what became scrap or was lost: it was needed for them. Must not know of: what work is worth.

mod making;
mod using;

use serde::{Deserialize, Serialize};

use super::filling::Filling;
use super::{Judged, Move, Take};
use crate::goods::account::{Account, Posting};
use crate::goods::layer::{self, Content, Layer, MAX_CONTENTS, MAX_MINOR};
use crate::goods::lot::Method;
use crate::goods::name::{Commodity, Id};
use crate::goods::problem::{GoodsFault, Objections, RecipeFault};
use crate::goods::quantity::Quantity;
use crate::goods::recipe::{Recipe, mass};
use crate::goods::row::{Book, Row, RowKey};
use crate::goods::unit::Kind;

/// Goods are made into other goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// What one run takes and makes.
    pub recipe: Recipe,
    /// How many times it is run.
    pub runs: u32,
    /// Whose goods they are and whose they become.
    pub owner: Id,
    /// Where what is made is put.
    pub warehouse: Id,
    /// What goes in, in order.
    pub takes: Vec<Take>,
    /// What comes out, each product into one lot.
    pub makes: Vec<Made>,
    /// What goes in and cannot be used any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waste: Vec<Waste>,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Made {
    /// The lot that it goes into.
    pub lot: Id,
    /// How goods of the lot are told apart.
    pub method: Method,
    /// What it is.
    pub commodity: Commodity,
    /// How much, as weighed or counted.
    pub quantity: Quantity,
}

/// What was wasted of something that went in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waste {
    /// Of what.
    pub commodity: Commodity,
    /// What became of it.
    pub kind: WasteKind,
    /// How much.
    pub quantity: Quantity,
}

/// What becomes of waste.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WasteKind {
    /// It is there, and of no use.
    Scrap,
    /// It is gone.
    Loss,
}

impl Process {
    fn filling<'a>(&'a self, made: &'a Made) -> Filling<'a> {
        Filling {
            lot: &made.lot,
            method: made.method,
            owner: &self.owner,
            warehouse: &self.warehouse,
            commodity: &made.commodity,
            quantity: made.quantity,
        }
    }

    /// Mass that went in and is nowhere, if all is weighed; objects if more comes out than goes in.
    fn difference(&self, objections: &mut Objections) -> Option<Quantity> {
        if self.takes.iter().any(|take| take.quantity.kind() != Kind::Mass) {
            return None;
        }
        let out = self.makes.iter().map(|made| made.quantity).chain(self.waste.iter().map(|waste| waste.quantity));
        let (into, out) = (mass(self.takes.iter().map(|take| take.quantity)), mass(out));
        let (Some(into), Some(out)) = (into, out) else {
            objections.add("makes", GoodsFault::TooLarge);
            return None;
        };
        let Some(rest) = into.minus(out) else {
            let by = out.minus(into).unwrap_or(out);
            objections.add("makes", GoodsFault::CreatesMass { by });
            return None;
        };
        let weighed = self.makes.iter().all(|made| made.quantity.kind() == Kind::Mass);
        (weighed && !rest.is_zero()).then_some(rest)
    }

    /// What comes out, with its share of what went in.
    fn products(&self, used: &[Layer], objections: &mut Objections) -> Vec<Posting> {
        let small = |contents: &Vec<Content>| contents.iter().all(|one| one.value.minor <= MAX_MINOR);
        let Some(contents) = layer::contents(used).filter(small) else {
            objections.add("takes", GoodsFault::TooLarge);
            return Vec::new();
        };
        if contents.len() > MAX_CONTENTS {
            objections.add("takes", GoodsFault::TooManyContents);
            return Vec::new();
        }
        let share = |made: &Made| self.recipe.product(&made.commodity).map_or(0, |product| u64::from(product.share));
        let shares: Vec<u64> = self.makes.iter().map(share).collect();
        if shares.iter().all(|share| *share == 0) {
            let (recipe, what) = (self.recipe.name.clone(), RecipeFault::NoShare);
            objections.add("makes", GoodsFault::Recipe { recipe, what });
        }
        let shared = layer::shared(&contents, &shares);
        let posting = |(made, contents): (&Made, _)| Posting {
            from: Account::Processed,
            to: Account::Lot(made.lot.clone()),
            commodity: made.commodity.clone(),
            layers: vec![Layer { quantity: made.quantity, made: true, contents }],
        };
        self.makes.iter().zip(shared).map(posting).collect()
    }
}

impl Move for Process {
    fn rows(&self) -> Vec<RowKey> {
        let made = self.makes.iter().map(|made| RowKey::Lot(made.lot.clone()));
        self.takes.iter().map(|take| take.from.row()).chain(made).collect()
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        for what in self.recipe.faults() {
            objections.add("recipe", GoodsFault::Recipe { recipe: self.recipe.name.clone(), what });
        }
        if self.runs == 0 {
            objections.add("runs", GoodsFault::NoRuns);
        }
        if !objections.0.is_empty() {
            // By a wrong recipe everything would be wrong.
            return Judged::default();
        }
        let mut postings = using::judge(self, book, objections);
        let used: Vec<Layer> = postings.iter().flat_map(|posting| posting.layers.iter().cloned()).collect();
        making::judge(self, book, objections);
        postings.extend(making::wasted(self, objections));
        let difference = self.difference(objections);
        postings.extend(self.products(&used, objections));
        Judged { postings, difference }
    }

    fn opens(&self, _: &Book) -> Vec<(RowKey, Row)> {
        self.makes.iter().map(|made| self.filling(made).opened()).collect()
    }
}
