//! The account of a declared item while a part of it passes.
//!
//! Must not know of: which way the goods go, or where they come from.

use crate::goods::item::{DeclaredItem, ItemRef, Passage};
use crate::goods::name::Id;
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::quantity::Quantity;
use crate::goods::row::{Book, Row, RowKey};

/// A part of an item that is to pass.
pub(super) struct Passing<'a> {
    pub(super) item: &'a ItemRef,
    pub(super) passage: Passage,
    /// How much is declared.
    pub(super) declared: Quantity,
    /// How much of it passes now.
    pub(super) quantity: Quantity,
    /// What is declared of it, as a hash, where that is kept.
    pub(super) said: Option<&'a Id>,
}

impl Passing<'_> {
    /// Whether so much of it may pass; `at` is where the quantity stands in the movement.
    pub(super) fn judge(&self, book: &Book, at: &str, objections: &mut Objections) {
        if self.item.item == 0 {
            objections.add("item.item", GoodsFault::ItemZero);
        }
        objections.something("declared", self.declared);
        let standing = book.item(self.item);
        let item = || self.item.clone();
        if let Some(standing) = standing {
            if standing.passage != self.passage {
                objections.add("item", GoodsFault::OtherPassage { item: item(), passage: standing.passage });
                return;
            }
            if standing.declared != self.declared {
                let fault = GoodsFault::DeclaredDiffers { item: item(), was: standing.declared, is: self.declared };
                objections.add("declared", fault);
                return;
            }
        }
        if self.quantity.kind() != self.declared.kind() {
            let unit = self.declared.kind().unit();
            objections.add(at, GoodsFault::OtherUnit { wanted: self.quantity, unit });
            return;
        }
        let left = standing.map_or(self.declared, DeclaredItem::left);
        if left.minus(self.quantity).is_none() {
            let (wanted, declared) = (self.quantity, self.declared);
            objections.add(at, GoodsFault::BeyondDeclared { item: item(), wanted, declared, left });
        }
    }

    /// Writes it down.
    pub(super) fn mark(&self, book: &mut Book) -> Result<(), &'static str> {
        let former = book.item(self.item).map_or(Quantity::zero(self.declared.kind()), |standing| standing.passed);
        let passed = former.plus(self.quantity).filter(|passed| self.declared.minus(*passed).is_some());
        let passed = passed.ok_or("more of an item passes than was declared")?;
        let said = self.said.cloned().or_else(|| book.item(self.item).and_then(|standing| standing.said.clone()));
        let item = DeclaredItem { passage: self.passage, declared: self.declared, passed, said };
        if book.item(self.item).is_some_and(|was| was.passage != item.passage || was.declared != item.declared) {
            return Err("an item was declared otherwise");
        }
        book.put(RowKey::Item(self.item.clone()), Row::Item(item));
        Ok(())
    }
}
