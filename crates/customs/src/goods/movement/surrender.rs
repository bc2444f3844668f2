//! A warehouse receipt is surrendered: all that it is for is a lot of its holder's from then on, and the receipt is void. (Who claims goods that a document of title
//! covers surrenders the document for cancellation: Uniform Commercial Code, 7-403(c).)
//!
//! Must not know of: what becomes of the lot.

use serde::{Deserialize, Serialize};

use super::issue::emptied;
use super::{Holding, Judged, Move, Take, offer};
use crate::goods::account::{Account, Posting};
use crate::goods::lot::{Lot, Method};
use crate::goods::name::Id;
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::row::{Book, Row, RowKey};
use crate::goods::taking::{Held, Taking, owned};

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
        let from = Holding::Receipt(self.receipt.clone());
        let Some(stock) = owned(book, "receipt", &self.holder, &from, objections) else { return Judged::default() };
        if stock.layers.is_empty() {
            objections.add("receipt", GoodsFault::Spent(from));
            return Judged::default();
        }
        let take = Take { from, quantity: stock.balance() };
        let taken = Taking::from(book).take(["receipt"; 2], &self.holder, &take, Held::Stay, objections);
        let posting = taken.map(|taken| Posting {
            from: Account::from(&take.from),
            to: Account::Lot(self.lot.clone()),
            commodity: taken.commodity,
            layers: taken.layers,
        });
        Judged { postings: posting.into_iter().collect(), difference: None }
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
