//! Offers: a warehouse receipt that its holder would give somebody, who takes it or does not.
//!
//! Must not know of: movements, prices.

use definition::value::Date;
use serde::{Deserialize, Serialize};

use super::name::{Commodity, Id};
use super::quantity::Quantity;

/// What stands of the last offer of a receipt. It binds nobody: until it is taken the receipt is its holder's, with all that they may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Who offers it.
    pub holder: Id,
    /// Whom it is offered to.
    pub to: Id,
    /// The last day on which it can be taken.
    pub until: Date,
    /// What the receipt was for.
    pub commodity: Commodity,
    /// How much it was for.
    pub quantity: Quantity,
    /// Where the goods lie.
    pub warehouse: Id,
    /// Whether it can still be taken: it was neither taken nor withdrawn.
    pub open: bool,
}
