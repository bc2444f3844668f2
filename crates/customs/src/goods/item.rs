//! Items of declarations: how much of each has passed, so that none passes twice.
//!
//! Must not know of: what else a declaration says.

use serde::{Deserialize, Serialize};

use super::name::Id;
use super::quantity::Quantity;

/// An item of a declaration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemRef {
    /// The declaration's reference.
    pub declaration: Id,
    /// The item's number, from 1 (WCO Data Model, 006).
    pub item: u32,
}

/// Which way the goods of an item go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Passage {
    /// Into the zone.
    Entry,
    /// To the mainland.
    Exit,
    /// Abroad.
    Reexport,
    /// On, through the mainland, to another country.
    Transit,
}

/// The account of a declared item: it may pass in parts, but never more of it than was declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclaredItem {
    /// Which way it goes.
    pub passage: Passage,
    /// How much is declared.
    pub declared: Quantity,
    /// How much of it has passed.
    pub passed: Quantity,
    /// What is declared of it that its value and its duties hang on, as a hash; not known of what passed before that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Id>,
}

impl DeclaredItem {
    /// What has not passed yet.
    #[must_use]
    pub fn left(&self) -> Quantity {
        self.declared.minus(self.passed).unwrap_or(Quantity::zero(self.declared.kind()))
    }
}

impl std::fmt::Display for ItemRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "item {} of {}", self.item, self.declaration)
    }
}

impl Passage {
    /// In words, after "declared for".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Entry => "entry into the zone",
            Self::Exit => "exit to the mainland",
            Self::Reexport => "re-export",
            Self::Transit => "transit",
        }
    }
}
