//! An offer of a warehouse receipt is rejected by whom it was made to. (A rejection that reaches the offeror ends an offer: CISG, article 17.)
//!
//! Must not know of: why.

use serde::{Deserialize, Serialize};

use super::{Judged, Move, offer};
use crate::goods::name::Id;
use crate::goods::problem::Objections;
use crate::goods::row::{Book, RowKey};

/// An offer is rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    /// The receipt that is offered.
    pub receipt: Id,
    /// Whom it is offered to.
    pub by: Id,
}

impl Move for Reject {
    fn rows(&self) -> Vec<RowKey> {
        offer::rows(&self.receipt)
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        offer::ends(book, &self.receipt, |offer| offer.to == self.by, objections)
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        offer::end(book, &self.receipt)
    }
}
