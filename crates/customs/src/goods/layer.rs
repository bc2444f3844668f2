//! Layers: goods that lie in an account in the order in which they came, each with what it was made of and by which declaration that came into the zone.
//!
//! Must not know of: accounts, movements.

use definition::value::Money;
use serde::{Deserialize, Serialize};

use super::apportion::apportion;
use super::item::ItemRef;
use super::name::{Commodity, Country};
use super::quantity::Quantity;

/// The most layers in one account, so that a row stays small.
pub const MAX_LAYERS: usize = 1_000;

/// The most declared items that one layer may come from, so that a row stays small.
pub const MAX_CONTENTS: usize = 1_000;

/// What goods were to customs when they came into the zone (19 CFR 146.41 to 146.44 call it zone status).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// From abroad, duty unpaid.
    Foreign,
    /// From the mainland, in free circulation there.
    Mainland,
    /// Grown or made in the zone of nothing that was brought in.
    Zone,
}

/// A part of a layer, as it came into the zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The declaration and the item of it by which it came (19 CFR 146.22(a)).
    pub item: ItemRef,
    /// What it was to customs.
    pub status: Status,
    /// What it was when it came.
    pub commodity: Commodity,
    /// Where it was made, as it was declared when it came; not known of what came before that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Country>,
    /// How much of that is in the layer.
    pub quantity: Quantity,
    /// Its customs value: cost, insurance and freight to the zone for goods from abroad.
    #[serde(deserialize_with = "super::money::read")]
    pub value: Money,
}

/// Goods of one kind that came into an account together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// How much there is.
    pub quantity: Quantity,
    /// Whether it was made in the zone, and is not as it came.
    #[serde(default, skip_serializing_if = "is_as_it_came")]
    pub made: bool,
    /// What it came from, by item and commodity; itself, if it was not worked on in the zone. Nothing, for scrap.
    pub contents: Vec<Content>,
}

impl Content {
    /// This content in parts by weights, exactly.
    fn parts(&self, weights: &[u64]) -> Vec<Self> {
        let quantities = apportion(self.quantity.steps(), weights);
        let minors = apportion(minor(&self.value), weights);
        let part = |(steps, minor): (u64, u64)| {
            let quantity = Quantity::new(steps, self.quantity.kind()).unwrap_or(Quantity::zero(self.quantity.kind()));
            let value = Money { minor: minor.into(), currency: self.value.currency.clone() };
            Self { quantity, value, ..self.clone() }
        };
        quantities.into_iter().zip(minors).map(part).collect()
    }

    fn is_nothing(&self) -> bool {
        self.quantity.is_zero() && self.value.minor == 0
    }

    fn is_of(&self, other: &Self) -> bool {
        self.item == other.item
            && self.commodity == other.commodity
            && self.status == other.status
            && self.origin == other.origin
            && self.quantity.kind() == other.quantity.kind()
            && self.value.currency == other.value.currency
    }
}

/// A value as it is kept: never below nothing, and at most 10^18 minor units ([`super::movement`] sees to it).
pub(super) fn minor(value: &Money) -> u64 {
    u64::try_from(value.minor).unwrap_or_default()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_as_it_came(made: &bool) -> bool {
    !made
}

/// Takes the first `wanted` steps out of layers: those, and what stays. Nothing if there are not so many.
pub(super) fn take(layers: &[Layer], wanted: u64) -> Option<(Vec<Layer>, Vec<Layer>)> {
    let mut left = wanted;
    let mut taken = Vec::new();
    let mut stays = Vec::new();
    for layer in layers {
        let steps = layer.quantity.steps();
        if left >= steps {
            left -= steps;
            taken.push(layer.clone());
        } else if left == 0 {
            stays.push(layer.clone());
        } else {
            let [first, second] = cut(layer, left);
            left = 0;
            taken.push(first);
            stays.push(second);
        }
    }
    (left == 0).then_some((taken, stays))
}

/// A layer in two, the first with so many steps.
fn cut(layer: &Layer, steps: u64) -> [Layer; 2] {
    let kind = layer.quantity.kind();
    let rest = layer.quantity.steps().saturating_sub(steps);
    let quantity = |steps| Quantity::new(steps, kind).unwrap_or(Quantity::zero(kind));
    let mut both =
        [steps, rest].map(|steps| Layer { quantity: quantity(steps), made: layer.made, contents: Vec::new() });
    for content in &layer.contents {
        for (side, part) in both.iter_mut().zip(content.parts(&[steps, rest])) {
            if !part.is_nothing() {
                side.contents.push(part);
            }
        }
    }
    both
}

/// What layers came from, by item and commodity. Nothing where a sum is too large.
pub(super) fn contents(layers: &[Layer]) -> Option<Vec<Content>> {
    let mut merged: Vec<Content> = Vec::new();
    for content in layers.iter().flat_map(|layer| &layer.contents) {
        match merged.iter_mut().find(|one| one.is_of(content)) {
            Some(one) => {
                one.quantity = one.quantity.plus(content.quantity)?;
                one.value.minor = one.value.minor.checked_add(content.value.minor)?;
            }
            None => merged.push(content.clone()),
        }
    }
    Some(merged)
}

/// The most minor units that a value has.
pub(super) const MAX_MINOR: i128 = 1_000_000_000_000_000_000;

/// Contents shared out by weights: one list for each.
pub(super) fn shared(contents: &[Content], weights: &[u64]) -> Vec<Vec<Content>> {
    let mut shares: Vec<Vec<Content>> = weights.iter().map(|_| Vec::new()).collect();
    for content in contents {
        for (share, part) in shares.iter_mut().zip(content.parts(weights)) {
            if !part.is_nothing() {
                share.push(part);
            }
        }
    }
    shares
}

/// How much layers have together; nothing if that is too large.
pub(super) fn total(layers: &[Layer], nothing: Quantity) -> Option<Quantity> {
    layers.iter().try_fold(nothing, |sum, layer| sum.plus(layer.quantity))
}
