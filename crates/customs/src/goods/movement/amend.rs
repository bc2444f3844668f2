//! An item of a declaration by which goods came in is amended, or falls away: the goods in its lot are put right.
//!
//! Only goods that lie as they came can follow: of what went into receipts, products or out of the zone, others rely on what was declared (19 CFR 146.25(c) asks for the
//! correction of an admission before its goods move on). What they are, whose and where does not change: an account keeps that. Must not know of: what a declarant
//! asked for, who lets them.

use definition::value::Money;
use serde::{Deserialize, Serialize};

use super::{Holding, Judged, Move, Take};
use crate::goods::account::{Account, Posting};
use crate::goods::item::{DeclaredItem, ItemRef, Passage};
use crate::goods::layer::{Content, Layer};
use crate::goods::lot::Stock;
use crate::goods::name::{Country, Id};
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::quantity::Quantity;
use crate::goods::row::{Book, Row, RowKey};
use crate::goods::taking::reserved;

/// An item by which goods came in is amended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amend {
    /// The item.
    pub item: ItemRef,
    /// The act that says so.
    pub reference: Id,
    /// Whose goods they are.
    pub owner: Id,
    /// The lot that they came into.
    pub lot: Id,
    /// What the item is from now on; nothing if it falls away, and the goods with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub becomes: Option<Becomes>,
}

/// What an item is from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Becomes {
    /// How much is declared, all of which has come.
    pub quantity: Quantity,
    /// Its customs value, in the zone's currency.
    #[serde(deserialize_with = "crate::goods::money::read")]
    pub value: Money,
    /// Where it was made, where that is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Country>,
    /// What is declared of it that its value and duties hang on, as a hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Id>,
}

impl Amend {
    fn holding(&self) -> Holding {
        Holding::Lot(self.lot.clone())
    }

    /// The goods of the item, if they lie in its lot as they came.
    fn as_they_came<'b>(&self, book: &'b Book, stock: &'b Stock) -> Option<&'b Content> {
        let [Layer { quantity, made: false, contents }] = &stock.layers[..] else { return None };
        let [content] = &contents[..] else { return None };
        let item = book.item(&self.item)?;
        let is_whole = item.passage == Passage::Entry && item.passed == *quantity && item.declared == *quantity;
        (is_whole && content.item == self.item && content.quantity == *quantity).then_some(content)
    }
}

impl Move for Amend {
    fn rows(&self) -> Vec<RowKey> {
        vec![RowKey::Item(self.item.clone()), RowKey::Lot(self.lot.clone())]
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        let Some(stock) = super::owned(book, "lot", &self.owner, &self.holding(), objections) else {
            return Judged::default();
        };
        super::free("lot", stock, &self.holding(), objections);
        // Whoever reserved a part of it declared by what the item says now.
        let all = Take { from: self.holding(), quantity: stock.balance() };
        if let Some(fault) = reserved(stock, &all, all.quantity) {
            objections.add("lot", fault);
        }
        let Some(content) = self.as_they_came(book, stock) else {
            objections.add("lot", GoodsFault::MovedOn(self.holding()));
            return Judged::default();
        };
        let lot = || Account::Lot(self.lot.clone());
        let commodity = || stock.commodity.clone();
        let out = Posting { from: lot(), to: Account::Outside, commodity: commodity(), layers: stock.layers.clone() };
        let mut postings = vec![out];
        if let Some(Becomes { quantity, value, origin, .. }) = &self.becomes {
            objections.something("becomes.quantity", *quantity);
            objections.value("becomes.value", value);
            if quantity.kind() != stock.kind {
                let fault = GoodsFault::OtherUnit { wanted: *quantity, unit: stock.kind.unit() };
                objections.add("becomes.quantity", fault);
            }
            let origin = origin.clone().or_else(|| content.origin.clone());
            let content = Content { quantity: *quantity, value: value.clone(), origin, ..content.clone() };
            let layers = vec![Layer { quantity: *quantity, made: false, contents: vec![content] }];
            postings.push(Posting { from: Account::Outside, to: lot(), commodity: commodity(), layers });
        }
        Judged { postings, difference: None }
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        let was = book.item(&self.item).ok_or("an item is not there")?;
        let now = self.becomes.as_ref().map_or(Quantity::zero(was.declared.kind()), |becomes| becomes.quantity);
        // Of an item that fell away nothing is declared, so that nothing can come in by it again.
        let said = self.becomes.as_ref().and_then(|becomes| becomes.said.clone()).or_else(|| was.said.clone());
        let item = DeclaredItem { passage: was.passage, declared: now, passed: now, said };
        book.put(RowKey::Item(self.item.clone()), Row::Item(item));
        Ok(())
    }
}
