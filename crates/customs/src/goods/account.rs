//! Accounts, and what passes between them.
//!
//! Must not know of: how a movement is decided.

use serde::{Deserialize, Serialize};

use super::layer::Layer;
use super::movement::{Holding, Movement};
use super::name::{Commodity, Id};
use super::quantity::Quantity;

/// What goods are in, or were, or went to. All but the first two are boundaries: what has gone there is not in the zone any more, and what comes from there was not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Account {
    /// A lot.
    Lot(Id),
    /// A warehouse receipt.
    Receipt(Id),
    /// Outside of the zone, before entry.
    Outside,
    /// Made into something else, or made from something else.
    Processed,
    /// Scrap and waste that cannot be used any more.
    Scrap,
    /// Lost, evaporated, destroyed.
    Loss,
    /// Taken as a sample.
    Sample,
    /// The mainland.
    Mainland,
    /// Abroad, by re-export.
    Abroad,
    /// On its way through the mainland.
    Transit,
}

/// Goods that pass from one account to another. What leaves the one comes into the other, quantity by quantity and value by value; there is no other entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Posting {
    /// Where they leave.
    pub from: Account,
    /// Where they come to.
    pub to: Account,
    /// What they are.
    pub commodity: Commodity,
    /// How much, and where it came from.
    pub layers: Vec<Layer>,
}

/// A movement that was decided: it goes into the case's event, and doing it again gives the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Posted {
    /// What was asked.
    pub movement: Movement,
    /// What came of it, in order.
    pub postings: Vec<Posting>,
    /// Mass that went into processing and is in no product, scrap or loss, such as water that evaporated; named where all is weighed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<Quantity>,
}

impl Account {
    /// The lot or receipt that it is, if it is one.
    #[must_use]
    pub fn holding(&self) -> Option<Holding> {
        match self {
            Self::Lot(id) => Some(Holding::Lot(id.clone())),
            Self::Receipt(id) => Some(Holding::Receipt(id.clone())),
            _ => None,
        }
    }
}

impl From<&Holding> for Account {
    fn from(holding: &Holding) -> Self {
        match holding {
            Holding::Lot(id) => Self::Lot(id.clone()),
            Holding::Receipt(id) => Self::Receipt(id.clone()),
        }
    }
}
