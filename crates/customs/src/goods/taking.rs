//! Taking goods out of lots and receipts, on paper: what is taken, or why it cannot be.
//!
//! Must not know of: what becomes of them.

use std::collections::BTreeMap;

use super::layer::{Layer, take};
use super::lot::Stock;
use super::movement::{Holding, Take};
use super::name::{Commodity, Id};
use super::problem::{GoodsFault, Objections};
use super::quantity::Quantity;
use super::row::Book;

/// What is left in each account while a movement takes from some of them, one after the other.
pub(super) struct Taking<'b> {
    book: &'b Book,
    left: BTreeMap<Holding, Vec<Layer>>,
}

/// Most reservations that one objection names.
const BY_MOST: usize = 3;

/// What was taken.
pub(super) struct Taken {
    pub(super) commodity: Commodity,
    pub(super) layers: Vec<Layer>,
}

/// Whether goods that are held, or reserved for others, may be taken: none leave or change hands, but a sample is taken of what is inspected, and what is lost
/// is lost.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Stay,
    MayGo,
}

impl<'b> Taking<'b> {
    pub(super) fn from(book: &'b Book) -> Self {
        Self { book, left: BTreeMap::new() }
    }

    /// Takes so much of what `owner` says is theirs; `at` says where that stands in the movement, and where the quantity does. Every
    /// objection is named, not the first alone.
    pub(super) fn take(
        &mut self,
        [at, quantity_at]: [&str; 2],
        owner: &Id,
        wanted: &Take,
        held: Held,
        objections: &mut Objections,
    ) -> Option<Taken> {
        let before = objections.0.len();
        objections.something(quantity_at, wanted.quantity);
        let stock = owned(self.book, at, owner, &wanted.from, objections)?;
        if held == Held::Stay {
            free(at, stock, &wanted.from, objections);
        }
        if wanted.quantity.kind() != stock.kind {
            let fault = GoodsFault::OtherUnit { wanted: wanted.quantity, unit: stock.kind.unit() };
            objections.add(quantity_at, fault);
            return None;
        }
        if objections.0.len() > before {
            return None;
        }
        let layers = self.left.entry(wanted.from.clone()).or_insert_with(|| stock.layers.clone());
        let nothing = Quantity::zero(stock.kind);
        let left = super::layer::total(layers, nothing).unwrap_or(nothing);
        if held == Held::Stay
            && let Some(fault) = reserved(stock, wanted, left)
        {
            objections.add(quantity_at, fault);
            return None;
        }
        let Some((taken, stays)) = take(layers, wanted.quantity.steps()) else {
            objections.add(quantity_at, lack(wanted, left));
            return None;
        };
        *layers = stays;
        Some(Taken { commodity: stock.commodity.clone(), layers: taken })
    }
}

/// What is in the way of taking so much where some of what is `there` is reserved. Whoever reserved it frees it before they take it.
pub(super) fn reserved(stock: &Stock, wanted: &Take, there: Quantity) -> Option<GoodsFault> {
    let reserved = stock.all_reserved();
    let free = there.minus(reserved).unwrap_or(Quantity::zero(stock.kind));
    if reserved.is_zero() || wanted.quantity.steps() <= free.steps() {
        return None;
    }
    let (holding, wanted) = (wanted.from.clone(), wanted.quantity);
    let by = stock.reserved.keys().take(BY_MOST).cloned().collect();
    Some(GoodsFault::Reserved { holding, wanted, there, reserved, free, by })
}

fn lack(wanted: &Take, left: Quantity) -> GoodsFault {
    let holding = wanted.from.clone();
    if left.is_zero() {
        GoodsFault::Spent(holding)
    } else {
        GoodsFault::NotEnough { holding, wanted: wanted.quantity, left }
    }
}

/// The goods of a lot or receipt, if they are there and are the claimant's; which of the two it lacks is not told.
pub(super) fn owned<'b>(
    book: &'b Book,
    at: &str,
    owner: &Id,
    holding: &Holding,
    objections: &mut Objections,
) -> Option<&'b Stock> {
    let stock = book.stock(holding).filter(|stock| stock.owner == *owner);
    if stock.is_none() {
        objections.add(at, GoodsFault::NoneOf { holding: holding.clone(), claimed: owner.clone() });
    }
    stock
}

/// Whether nothing holds goods where they are.
pub(super) fn free(at: &str, stock: &Stock, holding: &Holding, objections: &mut Objections) {
    for (reference, kind) in &stock.holds {
        let fault = GoodsFault::Held { holding: holding.clone(), kind: *kind, reference: reference.clone() };
        objections.add(at, fault);
    }
}
