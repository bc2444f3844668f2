//! A warehouse receipt is issued: goods of a lot are set apart, and go from now on with the paper.
//!
//! Must not know of: what a receipt looks like.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Holding, Judged, Move, Take};
use crate::goods::account::{Account, Posting};
use crate::goods::lot::Stock;
use crate::goods::name::Id;
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::quantity::Quantity;
use crate::goods::receipt::Receipt;
use crate::goods::row::{Book, Row, RowKey};
use crate::goods::taking::{Held, Taking};

/// A warehouse receipt is issued on a part of a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// The lot.
    pub lot: Id,
    /// Whose it is; they hold the receipt.
    pub owner: Id,
    /// The receipt's number, never used before.
    pub receipt: Id,
    /// What it is for.
    pub quantity: Quantity,
}

impl Move for Issue {
    fn rows(&self) -> Vec<RowKey> {
        vec![RowKey::Lot(self.lot.clone()), RowKey::Receipt(self.receipt.clone())]
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        unused(book, "receipt", &self.receipt, objections);
        let take = Take { from: Holding::Lot(self.lot.clone()), quantity: self.quantity };
        let taken = Taking::from(book).take(["lot", "quantity"], &self.owner, &take, Held::Stay, objections);
        let posting = taken.map(|taken| Posting {
            from: Account::Lot(self.lot.clone()),
            to: Account::Receipt(self.receipt.clone()),
            commodity: taken.commodity,
            layers: taken.layers,
        });
        Judged { postings: posting.into_iter().collect(), difference: None }
    }

    fn opens(&self, book: &Book) -> Vec<(RowKey, Row)> {
        let Some(lot) = book.lot(&self.lot) else { return Vec::new() };
        let receipt = Receipt { lot: self.lot.clone(), replaces: None, stock: emptied(&lot.stock, &self.owner) };
        vec![(RowKey::Receipt(self.receipt.clone()), Row::Receipt(receipt))]
    }
}

/// Whether a receipt's number was never used.
pub(super) fn unused(book: &Book, at: &str, receipt: &Id, objections: &mut Objections) {
    if book.receipt(receipt).is_some() {
        objections.add(at, GoodsFault::Exists(Holding::Receipt(receipt.clone())));
    }
}

/// An account like another, with nothing in it, of this owner.
pub(super) fn emptied(stock: &Stock, owner: &Id) -> Stock {
    Stock {
        owner: owner.clone(),
        warehouse: stock.warehouse.clone(),
        commodity: stock.commodity.clone(),
        kind: stock.kind,
        layers: Vec::new(),
        changes: 0,
        holds: BTreeMap::new(),
        reserved: BTreeMap::new(),
    }
}

/// The receipt that takes the place of another, while it is empty.
pub(super) fn replacing(book: &Book, former: &Id, id: &Id, holder: &Id) -> Option<(RowKey, Row)> {
    let receipt = book.receipt(former)?;
    let stock = emptied(&receipt.stock, holder);
    let receipt = Receipt { lot: receipt.lot.clone(), replaces: Some(former.clone()), stock };
    Some((RowKey::Receipt(id.clone()), Row::Receipt(receipt)))
}
