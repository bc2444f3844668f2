//! An offered warehouse receipt is taken: it goes to whom it was offered, and with it the goods.
//!
//! Must not know of: prices, which day it is.

use serde::{Deserialize, Serialize};

use super::{Holding, Judged, Move, Transfer, offer};
use crate::goods::name::Id;
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::row::{Book, Row, RowKey};

/// An offer is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// The receipt that is offered.
    pub receipt: Id,
    /// Who takes it.
    pub by: Id,
    /// The number of the receipt that takes its place, never used before.
    pub becomes: Id,
}

impl Accept {
    /// The transfer that it comes to, if this is offered to whoever takes it.
    fn transfer(&self, book: &Book) -> Option<Transfer> {
        let offer = book.offer(&self.receipt).filter(|offer| offer.open && offer.to == self.by)?;
        let (receipt, becomes) = (self.receipt.clone(), self.becomes.clone());
        Some(Transfer { receipt, holder: offer.holder.clone(), to: self.by.clone(), becomes })
    }
}

impl Move for Accept {
    fn rows(&self) -> Vec<RowKey> {
        let receipts = [&self.receipt, &self.becomes].map(|receipt| RowKey::Receipt(receipt.clone()));
        receipts.into_iter().chain([RowKey::Offer(self.receipt.clone())]).collect()
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        let Some(transfer) = self.transfer(book) else {
            objections.add("receipt", GoodsFault::NotOffered { receipt: self.receipt.clone() });
            return Judged::default();
        };
        if let (Some(offer), Some(stock)) =
            (book.offer(&self.receipt), book.stock(&Holding::Receipt(self.receipt.clone())))
            && stock.balance() != offer.quantity
            && !stock.balance().is_zero()
        {
            let (receipt, offered, left) = (self.receipt.clone(), offer.quantity, stock.balance());
            objections.add("receipt", GoodsFault::OfferChanged { receipt, offered, left });
        }
        transfer.judge(book, objections)
    }

    fn opens(&self, book: &Book) -> Vec<(RowKey, Row)> {
        self.transfer(book).map(|transfer| transfer.opens(book)).unwrap_or_default()
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        offer::close(book, &self.receipt)
    }
}
