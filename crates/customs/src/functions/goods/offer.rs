//! `customs.goods.offer`, `.accept`, `.withdraw` and `.reject`: a warehouse receipt goes to another holder when that one takes it, and the goods with it.
//!
//! Offering takes who holds the receipt, the receipt, the last day for taking it, and whom it is offered to; taking takes who takes it, and the offer, which has the
//! receipt's number; withdrawing takes who offered it, and the receipt; rejecting takes what taking does. Must not know of: prices, which day it is (`customs.offer` and `customs.offered` see to that).

use super::{Books, Fault, Given, Says, date, id};
use crate::goods::{Accept, Book, Id, Movement, Offer, Reject, Withdraw};

pub(in super::super) struct Offering;
pub(in super::super) struct Accepting;
pub(super) struct Withdrawing;
pub(super) struct Rejecting;

impl Books for Offering {
    fn says(&self) -> &'static [Says] {
        &[Says::Owner, Says::Holding, Says::Until, Says::Holder]
    }

    fn movements(&self, given: &[Given<'_>], _: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let (holder, receipt, until, to) = (id(given, 0)?, id(given, 1)?, date(given, 2)?, id(given, 3)?);
        Ok(vec![Movement::Offer(Offer { receipt, holder, to, until })])
    }
}

impl Books for Accepting {
    fn says(&self) -> &'static [Says] {
        &[Says::Holder, Says::Holding]
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        // Tried before there is a case, it has no name yet.
        let becomes =
            Id::new(if case.is_empty() { "-" } else { case }).map_err(|fault| vec![Fault::name(0, &fault)])?;
        Ok(vec![Movement::Accept(Accept { receipt: id(given, 1)?, by: id(given, 0)?, becomes })])
    }
}

impl Books for Withdrawing {
    fn says(&self) -> &'static [Says] {
        &[Says::Owner, Says::Holding]
    }

    fn movements(&self, given: &[Given<'_>], _: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        Ok(vec![Movement::Withdraw(Withdraw { receipt: id(given, 1)?, holder: id(given, 0)? })])
    }
}

impl Books for Rejecting {
    fn says(&self) -> &'static [Says] {
        Accepting.says()
    }

    fn movements(&self, given: &[Given<'_>], _: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        Ok(vec![Movement::Reject(Reject { receipt: id(given, 1)?, by: id(given, 0)? })])
    }
}
