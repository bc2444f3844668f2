//! What exit, re-export and transit have in common: goods leave the zone by an item of a declaration (19 CFR 146.24).
//!
//! Must not know of: where they go.

use serde::{Deserialize, Serialize};

use super::passing::Passing;
use super::{Judged, Take};
use crate::goods::account::{Account, Posting};
use crate::goods::item::{ItemRef, Passage};
use crate::goods::name::{Commodity, Id};
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::quantity::Quantity;
use crate::goods::row::{Book, RowKey};
use crate::goods::taking::{Held, Taking};

/// Goods leave the zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Departure {
    /// The item by which they leave.
    pub item: ItemRef,
    /// How much of it is declared; it may leave in parts.
    pub declared: Quantity,
    /// Whose they are.
    pub owner: Id,
    /// What they are.
    pub commodity: Commodity,
    /// What it weighs with its packing by the declaration, so that it can be weighed where it leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gross: Option<Quantity>,
    /// What they are taken from, in order.
    pub takes: Vec<Take>,
}

impl Departure {
    pub(super) fn rows(&self) -> Vec<RowKey> {
        let item = RowKey::Item(self.item.clone());
        self.takes.iter().map(|take| take.from.row()).chain([item]).collect()
    }

    pub(super) fn judge(&self, book: &Book, passage: Passage, to: &Account, objections: &mut Objections) -> Judged {
        if self.takes.is_empty() {
            objections.add("takes", GoodsFault::Empty);
        }
        let mut taking = Taking::from(book);
        let mut postings = Vec::with_capacity(self.takes.len());
        for (index, take) in self.takes.iter().enumerate() {
            let at = format!("takes[{}]", index + 1);
            let quantity_at = format!("{at}.quantity");
            let places = [at.as_str(), &quantity_at];
            let Some(taken) = taking.take(places, &self.owner, take, Held::Stay, objections) else { continue };
            if taken.commodity != self.commodity {
                let (is, wanted) = (taken.commodity.clone(), self.commodity.clone());
                objections.add(&at, GoodsFault::OtherCommodity { holding: take.from.clone(), is, wanted });
            }
            if take.quantity.kind() != self.declared.kind() {
                let unit = self.declared.kind().unit();
                objections.add(quantity_at, GoodsFault::OtherUnit { wanted: take.quantity, unit });
            }
            let from = Account::from(&take.from);
            postings.push(Posting { from, to: to.clone(), commodity: taken.commodity, layers: taken.layers });
        }
        match self.quantity() {
            Some(quantity) => self.passing(passage, quantity).judge(book, "takes", objections),
            None => objections.add("takes", GoodsFault::TooLarge),
        }
        Judged { postings, difference: None }
    }

    pub(super) fn marks(&self, book: &mut Book, passage: Passage) -> Result<(), &'static str> {
        let quantity = self.quantity().ok_or("a quantity is too large")?;
        self.passing(passage, quantity).mark(book)
    }

    fn passing(&self, passage: Passage, quantity: Quantity) -> Passing<'_> {
        Passing { item: &self.item, passage, declared: self.declared, quantity, said: None }
    }

    /// How much leaves now, as far as it is measured as the item is; what is not cannot be taken.
    #[must_use]
    pub fn quantity(&self) -> Option<Quantity> {
        let kind = self.declared.kind();
        let mut alike = self.takes.iter().map(|take| take.quantity).filter(|quantity| quantity.kind() == kind);
        alike.try_fold(Quantity::zero(kind), Quantity::plus)
    }
}
