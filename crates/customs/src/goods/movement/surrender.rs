//! A warehouse receipt is surrendered: all that it is for is a lot of its holder's from then on, and the receipt is void. (Who claims goods that a document of title
//! covers surrenders the document for cancellation: Uniform Commercial Code, 7-403(c).)
//!
//! Must not know of: what becomes of the lot.

use serde::{Deserialize, Serialize};

use super::issue::emptied;
use super::transfer::all_of;
use super::{Holding, Judged, Move, offer};
use crate::goods::account::Account;
use crate::goods::lot::{Lot, Method};
use crate::goods::name::Id;
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::row::{Book, Row, RowKey};

/// A receipt is surrendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Surrender {
    /// The receipt.
    pub receipt: Id,
    /// Who holds it.
    pub holder: Id,
    /// The number of the lot that its goods come into, never used before.
    pub lot: Id,
}

impl Move for Surrender {
    fn rows(&self) -> Vec<RowKey> {
        offer::rows(&self.receipt).into_iter().chain([RowKey::Lot(self.lot.clone())]).collect()
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        if book.lot(&self.lot).is_some() {
            objections.add("lot", GoodsFault::Exists(Holding::Lot(self.lot.clone())));
        }
        all_of(book, (&self.receipt, &self.holder), Account::Lot(self.lot.clone()), objections)
    }

    fn opens(&self, book: &Book) -> Vec<(RowKey, Row)> {
        let Some(receipt) = book.receipt(&self.receipt) else { return Vec::new() };
        let stock = emptied(&receipt.stock, &self.holder);
        vec![(RowKey::Lot(self.lot.clone()), Row::Lot(Lot { method: Method::Lot, stock }))]
    }

    // Nobody can take an offer of what is there no longer.
    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        match book.offer(&self.receipt) {
            Some(offer) if offer.open => offer::close(book, &self.receipt),
            _ => Ok(()),
        }
    }
}
