//! A warehouse receipt is split into several, which together are for all that it was for. It is void from then on.
//!
//! Must not know of: who gets the parts; they stay with the holder until they are transferred.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::issue::{replacing, unused};
use super::{Holding, Judged, Move, Take};
use crate::goods::account::{Account, Posting};
use crate::goods::name::Id;
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::quantity::Quantity;
use crate::goods::row::{Book, Row, RowKey};
use crate::goods::taking::{Held, Taking};

/// A receipt is split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// The receipt.
    pub receipt: Id,
    /// Who holds it.
    pub holder: Id,
    /// What takes its place.
    pub parts: Vec<Part>,
}

/// A receipt for a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its number, never used before.
    pub receipt: Id,
    /// What it is for.
    pub quantity: Quantity,
}

impl Split {
    fn whole(&self) -> Holding {
        Holding::Receipt(self.receipt.clone())
    }

    /// Whether the parts are all of it. Objects to their sum alone: what is wrong with one of them is named where it is taken.
    fn complete(&self, book: &Book, objections: &mut Objections) {
        let Some(stock) = book.stock(&self.whole()).filter(|stock| stock.owner == self.holder) else { return };
        let nothing = Quantity::zero(stock.kind);
        let Some(sum) = self.parts.iter().try_fold(nothing, |sum, part| sum.plus(part.quantity)) else { return };
        let whole = stock.balance();
        if whole.minus(sum).is_some_and(|rest| !rest.is_zero()) {
            objections.add("parts", GoodsFault::PartsDiffer { sum, whole, receipt: self.whole() });
        }
    }
}

impl Move for Split {
    fn rows(&self) -> Vec<RowKey> {
        let parts = self.parts.iter().map(|part| RowKey::Receipt(part.receipt.clone()));
        parts.chain([RowKey::Receipt(self.receipt.clone())]).collect()
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        if self.parts.len() < 2 {
            objections.add("parts", GoodsFault::OnePart { parts: self.parts.len() });
        }
        let mut taking = Taking::from(book);
        let mut named = BTreeSet::new();
        let mut postings = Vec::with_capacity(self.parts.len());
        for (index, part) in self.parts.iter().enumerate() {
            let at = format!("parts[{}]", index + 1);
            unused(book, &format!("{at}.receipt"), &part.receipt, objections);
            if !named.insert(&part.receipt) {
                let fault = GoodsFault::Twice(Holding::Receipt(part.receipt.clone()));
                objections.add(format!("{at}.receipt"), fault);
            }
            let take = Take { from: self.whole(), quantity: part.quantity };
            let places = ["receipt", &format!("{at}.quantity")];
            let Some(taken) = taking.take(places, &self.holder, &take, Held::Stay, objections) else { continue };
            let (from, to) = (Account::from(&take.from), Account::Receipt(part.receipt.clone()));
            postings.push(Posting { from, to, commodity: taken.commodity, layers: taken.layers });
        }
        self.complete(book, objections);
        Judged { postings, difference: None }
    }

    fn opens(&self, book: &Book) -> Vec<(RowKey, Row)> {
        let parts = self.parts.iter();
        parts.filter_map(|part| replacing(book, &self.receipt, &part.receipt, &self.holder)).collect()
    }
}
