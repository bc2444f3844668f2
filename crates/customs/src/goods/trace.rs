//! Where goods came from: from what left the zone back to each item of a declaration that it came in by (19 CFR 146.21(a)(5)).
//!
//! Must not know of: duties.

use definition::value::Money;
use serde::{Deserialize, Serialize};

use super::account::{Account, Posted};
use super::item::ItemRef;
use super::layer::{Content, Layer, contents};
use super::movement::Movement;
use super::name::Commodity;
use super::quantity::Quantity;

/// What left under an item of a declaration, and what it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceLine {
    /// The item by which it left.
    pub item: ItemRef,
    /// What left.
    pub commodity: Commodity,
    /// How much.
    pub quantity: Quantity,
    /// How much of that was made in the zone, and did not leave as it came.
    pub made: Quantity,
    /// What it came from, each declared item and commodity once: the quantity that is in it, and its customs value.
    pub contents: Vec<Content>,
}

impl TraceLine {
    /// The value of what satisfies a condition, in a currency; nothing if some of it is in another.
    #[must_use]
    pub fn value(&self, of: impl Fn(&Content) -> bool, currency: &str) -> Option<Money> {
        let mut sum = Money { minor: 0, currency: currency.to_owned() };
        for content in self.contents.iter().filter(|content| of(content)) {
            if content.value.currency != currency {
                return None;
            }
            sum.minor = sum.minor.checked_add(content.value.minor)?;
        }
        Some(sum)
    }
}

/// What left the zone by a movement, with what it came from; nothing if none left by it.
#[must_use]
pub fn trace(posted: &Posted) -> Option<TraceLine> {
    let departure = match &posted.movement {
        Movement::Exit(exit) => &exit.0,
        Movement::Reexport(reexport) => &reexport.0,
        Movement::Transit(transit) => &transit.0,
        _ => return None,
    };
    let left = posted
        .postings
        .iter()
        .filter(|posting| matches!(posting.to, Account::Mainland | Account::Abroad | Account::Transit));
    let layers: Vec<Layer> = left.flat_map(|posting| posting.layers.iter().cloned()).collect();
    let nothing = Quantity::zero(departure.declared.kind());
    let made: Vec<Layer> = layers.iter().filter(|layer| layer.made).cloned().collect();
    Some(TraceLine {
        item: departure.item.clone(),
        commodity: departure.commodity.clone(),
        quantity: super::layer::total(&layers, nothing)?,
        made: super::layer::total(&made, nothing)?,
        contents: contents(&layers)?,
    })
}
