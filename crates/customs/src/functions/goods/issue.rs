//! `customs.goods.issue`: a warehouse receipt is issued on a part of a lot.
//!
//! Takes whose the lot is, the lot, and how much in the lot's own unit. Must not know of: what a receipt looks like.

use super::{Books, Fault, Given, Says, act, decimal, id, theirs};
use crate::goods::{Book, Holding, Issue, Movement, Quantity, RowKey};

pub(super) struct Issuing;

impl Books for Issuing {
    fn says(&self) -> &'static [Says] {
        &[Says::Owner, Says::Holding, Says::Quantity]
    }

    fn needs(&self, given: &[Given<'_>]) -> Result<Vec<RowKey>, Vec<Fault>> {
        Ok(vec![RowKey::Lot(id(given, 1)?)])
    }

    fn movements(&self, given: &[Given<'_>], case: &str, book: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let (owner, lot, amount) = (id(given, 0)?, id(given, 1)?, decimal(given, 2)?);
        let unit = theirs(book, (1, Holding::Lot(lot.clone())), &owner)?.kind.unit();
        let quantity = Quantity::of(amount, unit).map_err(|fault| vec![Fault::amount(2, &fault)])?;
        let receipt = act(case)?;
        Ok(vec![Movement::Issue(Issue { lot, owner, receipt, quantity })])
    }
}
