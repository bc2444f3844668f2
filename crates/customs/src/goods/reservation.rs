//! Reservations: a declaration's reference, and so much of lots or receipts, kept for whoever declared first until their matter is settled.
//!
//! Must not know of: movements, what a matter is.

use serde::{Deserialize, Serialize};

use super::lot::Stock;
use super::name::Id;
use super::quantity::Quantity;

/// The most reservations of one account, so that a row stays small.
pub const MAX_RESERVATIONS: usize = 1_000;

/// The account of a declaration's reference: one matter at a time is open by it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reservation {
    /// The act that reserved it; nothing once that is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Id>,
}

impl Stock {
    /// How much of what there is is reserved. It is more than there is only where goods were lost or taken as a sample meanwhile.
    #[must_use]
    pub fn all_reserved(&self) -> Quantity {
        let nothing = Quantity::zero(self.kind);
        let sum = self.reserved.values().try_fold(nothing, |sum, one| sum.plus(*one));
        sum.unwrap_or(Quantity::most(self.kind))
    }
}
