//! Filling a lot: one that is opened for it, or one that takes more of the same goods.
//!
//! Must not know of: where the goods come from.

use std::collections::BTreeMap;

use crate::goods::layer::{self, MAX_LAYERS};
use crate::goods::lot::{Lot, Method, Stock};
use crate::goods::movement::Holding;
use crate::goods::name::{Commodity, Id};
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::quantity::Quantity;
use crate::goods::row::{Book, Row, RowKey};

/// What goes into which lot.
pub(super) struct Filling<'a> {
    pub(super) lot: &'a Id,
    pub(super) method: Method,
    pub(super) owner: &'a Id,
    pub(super) warehouse: &'a Id,
    pub(super) commodity: &'a Commodity,
    pub(super) quantity: Quantity,
}

impl Filling<'_> {
    /// Whether the lot can take it; `at` is where the lot stands in the movement.
    pub(super) fn judge(&self, book: &Book, at: &str, objections: &mut Objections) {
        let holding = Holding::Lot(self.lot.clone());
        let Some(lot) = book.lot(self.lot) else { return };
        if lot.method == Method::Lot {
            objections.add(at, GoodsFault::FilledOnce { lot: self.lot.clone() });
            return;
        }
        let stock = &lot.stock;
        let differs = [
            ("owner", stock.owner != *self.owner),
            ("warehouse", stock.warehouse != *self.warehouse),
            ("commodity", stock.commodity != *self.commodity),
            ("unit", stock.kind != self.quantity.kind()),
            ("method", self.method != lot.method),
        ];
        for (what, differs) in differs {
            if differs {
                objections.add(at, GoodsFault::LotDiffers { lot: self.lot.clone(), what });
            }
        }
        for (reference, kind) in &stock.holds {
            let fault = GoodsFault::Held { holding: holding.clone(), kind: *kind, reference: reference.clone() };
            objections.add(at, fault);
        }
        if stock.layers.len() >= MAX_LAYERS {
            objections.add(at, GoodsFault::TooManyLayers(holding));
        }
        let sum = layer::total(&stock.layers, Quantity::zero(stock.kind));
        if stock.kind == self.quantity.kind() && sum.and_then(|sum| sum.plus(self.quantity)).is_none() {
            objections.add(at, GoodsFault::TooLarge);
        }
    }

    /// The lot while it is empty.
    pub(super) fn opened(&self) -> (RowKey, Row) {
        let stock = Stock {
            owner: self.owner.clone(),
            warehouse: self.warehouse.clone(),
            commodity: self.commodity.clone(),
            kind: self.quantity.kind(),
            layers: Vec::new(),
            changes: 0,
            holds: BTreeMap::new(),
            reserved: BTreeMap::new(),
        };
        (RowKey::Lot(self.lot.clone()), Row::Lot(Lot { method: self.method, stock }))
    }
}
