//! Goods come into the zone, by an item of a declaration, into a lot (19 CFR 146.22).
//!
//! Must not know of: duties, which are suspended in the zone or paid elsewhere.

use definition::value::Money;
use serde::{Deserialize, Serialize};

use super::filling::Filling;
use super::passing::Passing;
use super::{Judged, Move};
use crate::goods::account::{Account, Posting};
use crate::goods::item::{ItemRef, Passage};
use crate::goods::layer::{Content, Layer, Status};
use crate::goods::lot::Method;
use crate::goods::name::{Commodity, Country, Id};
use crate::goods::problem::Objections;
use crate::goods::quantity::Quantity;
use crate::goods::row::{Book, Row, RowKey};

/// Goods come into the zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The item by which they come.
    pub item: ItemRef,
    /// How much of it is declared; it may come in parts.
    pub declared: Quantity,
    /// The line of the manifest that it writes off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manifest: Option<ManifestLine>,
    /// What they are to customs.
    pub status: Status,
    /// The lot that they come into.
    pub lot: Id,
    /// How goods of the lot are told apart.
    pub method: Method,
    /// Whose they are.
    pub owner: Id,
    /// Where they are put.
    pub warehouse: Id,
    /// What they are.
    pub commodity: Commodity,
    /// Where they were made, as it is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Country>,
    /// What is declared of them that their value and duties hang on, as a hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Id>,
    /// How much comes now.
    pub quantity: Quantity,
    /// What it weighs with its packing by the declaration: manifests are in gross mass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gross: Option<Quantity>,
    /// The customs value of what comes now, in the zone's currency.
    #[serde(deserialize_with = "crate::goods::money::read")]
    pub value: Money,
}

/// A line of a manifest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestLine {
    /// The manifest's reference.
    pub manifest: Id,
    /// The line's number, from 1.
    pub line: u32,
}

impl Entry {
    fn passing(&self) -> Passing<'_> {
        let (item, said) = (&self.item, self.said.as_ref());
        Passing { item, passage: Passage::Entry, declared: self.declared, quantity: self.quantity, said }
    }

    fn filling(&self) -> Filling<'_> {
        Filling {
            lot: &self.lot,
            method: self.method,
            owner: &self.owner,
            warehouse: &self.warehouse,
            commodity: &self.commodity,
            quantity: self.quantity,
        }
    }
}

impl Move for Entry {
    fn rows(&self) -> Vec<RowKey> {
        vec![RowKey::Item(self.item.clone()), RowKey::Lot(self.lot.clone())]
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        objections.something("quantity", self.quantity);
        objections.value("value", &self.value);
        self.passing().judge(book, "quantity", objections);
        self.filling().judge(book, "lot", objections);
        let content = Content {
            item: self.item.clone(),
            status: self.status,
            commodity: self.commodity.clone(),
            origin: self.origin.clone(),
            quantity: self.quantity,
            value: self.value.clone(),
        };
        let posting = Posting {
            from: Account::Outside,
            to: Account::Lot(self.lot.clone()),
            commodity: self.commodity.clone(),
            layers: vec![Layer { quantity: self.quantity, made: false, contents: vec![content] }],
        };
        Judged { postings: vec![posting], difference: None }
    }

    fn opens(&self, _: &Book) -> Vec<(RowKey, Row)> {
        vec![self.filling().opened()]
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        self.passing().mark(book)
    }
}
