//! Lots: goods of one kind, of one owner, in one warehouse.
//!
//! Must not know of: movements.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::layer::{Content, Layer};
use super::name::{Commodity, Id};
use super::quantity::Quantity;
use super::unit::Kind;

/// What a lot and a warehouse receipt have in common. Owner, warehouse and commodity never change: what changes hands goes to another account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stock {
    /// Whose the goods are.
    pub owner: Id,
    /// Where they lie (19 CFR 146.23(b)(1)).
    pub warehouse: Id,
    /// What they are.
    pub commodity: Commodity,
    /// What they are measured by.
    pub kind: Kind,
    /// The goods, first in first.
    pub layers: Vec<Layer>,
    /// How often what is in it, or what holds it, has changed: the lines of its history have these numbers.
    #[serde(default)]
    pub changes: u64,
    /// What keeps them where they are, by the act that says so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub holds: BTreeMap<Id, HoldKind>,
    /// How much of it is kept for declarations that are open, by the act that says so: it lies here, and nobody else takes it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reserved: BTreeMap<Id, Quantity>,
}

/// The account of a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lot {
    /// How its goods are told apart.
    pub method: Method,
    /// Its goods.
    pub stock: Stock,
}

/// How goods of a lot are told apart (19 CFR 146.23(a)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// By the lot: it is filled once.
    Lot,
    /// Fungible goods: more of them may come later, and what came first leaves first.
    Fifo,
}

/// Why goods are kept where they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HoldKind {
    /// They are being looked at.
    Inspection,
    /// They were seized.
    Seizure,
}

impl Stock {
    /// Counts a change.
    pub(super) const fn changed(&mut self) {
        self.changes = self.changes.saturating_add(1);
    }

    /// How much there is.
    #[must_use]
    pub fn balance(&self) -> Quantity {
        let nothing = Quantity::zero(self.kind);
        super::layer::total(&self.layers, nothing).unwrap_or(nothing)
    }
}

impl Stock {
    /// What there is came from, by declared item and commodity; none where a sum is larger than a quantity can be.
    #[must_use]
    pub fn contents(&self) -> Option<Vec<Content>> {
        super::layer::contents(&self.layers)
    }
}

impl HoldKind {
    /// In words, after "it is".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Inspection => "under inspection",
            Self::Seizure => "seized",
        }
    }
}
