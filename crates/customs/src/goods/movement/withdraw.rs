//! An offer of a warehouse receipt is withdrawn by whoever made it.
//!
//! Must not know of: why.

use serde::{Deserialize, Serialize};

use super::{Judged, Move, offer};
use crate::goods::name::Id;
use crate::goods::problem::Objections;
use crate::goods::row::{Book, RowKey};

/// An offer is withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// The receipt that was offered.
    pub receipt: Id,
    /// Who offered it.
    pub holder: Id,
}

impl Move for Withdraw {
    fn rows(&self) -> Vec<RowKey> {
        offer::rows(&self.receipt)
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        offer::ends(book, &self.receipt, |offer| offer.holder == self.holder, objections)
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        offer::end(book, &self.receipt)
    }
}
