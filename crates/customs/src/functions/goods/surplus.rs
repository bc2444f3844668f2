//! How much of what was found where goods were to leave is more than the goods accounts let go.
//!
//! Must not know of: what becomes of it.

use super::{Book, Books, Fault, Given};
use crate::goods::{Departure, Exit, Id, Movement, Quantity, Reexport, Take, Transit};
use definition::value::Decimal;

/// By how much a departure that the accounts refuse is more than they have free of its owner's, in the unit of the goods' kind; all of it where
/// something else is in its way, as where the goods are held.
///
/// # Errors
/// What is wrong with the declaration itself.
pub(in super::super) fn surplus(departs: &dyn Books, given: &[Given<'_>], book: &Book) -> Result<Decimal, Vec<Fault>> {
    let movements = departs.movements(given, "", book)?;
    let mut surplus = Decimal::ZERO;
    for movement in &movements {
        let (Movement::Exit(Exit(departure))
        | Movement::Reexport(Reexport(departure))
        | Movement::Transit(Transit(departure))) = movement
        else {
            continue;
        };
        surplus = surplus.checked_add(of_departure(departure, book)).unwrap_or(Decimal::MAX);
    }
    Ok(surplus)
}

fn of_departure(departure: &Departure, book: &Book) -> Decimal {
    let beyond = departure.takes.iter().map(|take| beyond(take, &departure.owner, book));
    let beyond = beyond.fold(Decimal::ZERO, |sum, one| sum.checked_add(one).unwrap_or(Decimal::MAX));
    if beyond.is_zero() { departure.quantity().map_or(Decimal::MAX, Quantity::amount) } else { beyond }
}

fn beyond(take: &Take, owner: &Id, book: &Book) -> Decimal {
    let stock = book.stock(&take.from).filter(|stock| stock.owner == *owner && stock.holds.is_empty());
    // More may be reserved than there is, where some was lost meanwhile.
    let free = stock.map(|stock| stock.balance().minus(stock.all_reserved()).unwrap_or(Quantity::zero(stock.kind)));
    let Some(free) = free.filter(|free| free.kind() == take.quantity.kind()) else { return take.quantity.amount() };
    take.quantity.minus(free).map_or(Decimal::ZERO, Quantity::amount)
}
