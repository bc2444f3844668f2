//! Warehouse receipts: papers that carry the ownership of goods in a warehouse. Who holds one owns what it is for.
//!
//! Must not know of: movements.

use serde::{Deserialize, Serialize};

use super::lot::Stock;
use super::name::Id;

/// The account of a receipt. It is issued once and never filled again; one that was split or transferred is empty, and void.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The lot that its goods were set apart from.
    pub lot: Id,
    /// The receipt that it takes the place of, in whole or in part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Id>,
    /// Its goods; their owner is who holds it.
    pub stock: Stock,
}
