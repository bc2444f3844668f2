//! A warehouse receipt is offered to somebody. Nothing moves by it; a later offer of the same receipt takes the place of this one.
//!
//! Must not know of: prices, which day it is.

use definition::value::Date;
use serde::{Deserialize, Serialize};

use super::{Holding, Judged, Move};
use crate::goods::lot::Stock;
use crate::goods::name::Id;
use crate::goods::offer::Offer as Standing;
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::row::{Book, Row, RowKey};
use crate::goods::taking::{free, owned};

/// A receipt is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// The receipt.
    pub receipt: Id,
    /// Who holds it.
    pub holder: Id,
    /// Who may take it.
    pub to: Id,
    /// The last day on which it can be taken.
    pub until: Date,
}

impl Offer {
    fn standing(&self, stock: &Stock) -> Standing {
        Standing {
            holder: self.holder.clone(),
            to: self.to.clone(),
            until: self.until,
            commodity: stock.commodity.clone(),
            quantity: stock.balance(),
            warehouse: stock.warehouse.clone(),
            open: true,
        }
    }
}

impl Move for Offer {
    fn rows(&self) -> Vec<RowKey> {
        rows(&self.receipt)
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        if self.to == self.holder {
            objections.add("to", GoodsFault::SameHolder { holder: self.to.clone() });
        }
        let receipt = Holding::Receipt(self.receipt.clone());
        if let Some(stock) = owned(book, "receipt", &self.holder, &receipt, objections) {
            free("receipt", stock, &receipt, objections);
            if stock.layers.is_empty() {
                objections.add("receipt", GoodsFault::Spent(receipt));
            }
        }
        Judged::default()
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        let stock = book.stock(&Holding::Receipt(self.receipt.clone())).ok_or("an account is not there")?;
        let standing = self.standing(stock);
        book.put(RowKey::Offer(self.receipt.clone()), Row::Offer(standing));
        changes(book, &self.receipt)
    }
}

/// The receipt and its offer.
pub(super) fn rows(receipt: &Id) -> Vec<RowKey> {
    vec![RowKey::Receipt(receipt.clone()), RowKey::Offer(receipt.clone())]
}

/// Whether an offer stands that is somebody's to end.
pub(super) fn ends(
    book: &Book,
    receipt: &Id,
    theirs: impl Fn(&Standing) -> bool,
    objections: &mut Objections,
) -> Judged {
    if !book.offer(receipt).is_some_and(|offer| offer.open && theirs(offer)) {
        objections.add("receipt", GoodsFault::NotOffered { receipt: receipt.clone() });
    }
    Judged::default()
}

/// An offer ends, and the receipt stays where it is.
pub(super) fn end(book: &mut Book, receipt: &Id) -> Result<(), &'static str> {
    close(book, receipt)?;
    changes(book, receipt)
}

/// What becomes of an offer is a line of the receipt's history, so that its holder finds it there.
fn changes(book: &mut Book, receipt: &Id) -> Result<(), &'static str> {
    let row = book.row_mut(&RowKey::Receipt(receipt.clone()));
    row.and_then(Row::stock_mut).ok_or("an account is not there")?.changed();
    Ok(())
}

/// Nobody can take an offer any more.
pub(super) fn close(book: &mut Book, receipt: &Id) -> Result<(), &'static str> {
    let offer = book.offer(receipt).filter(|offer| offer.open).ok_or("there is no open offer")?;
    let closed = Standing { open: false, ..offer.clone() };
    book.put(RowKey::Offer(receipt.clone()), Row::Offer(closed));
    Ok(())
}
