//! `customs.goods.reserve-arrival`, and what ends it: a transit's arrival is kept for the case that presents its goods while that is open.
//!
//! Takes who answers for it, and the transit. Must not know of: when a case is open.

use super::{Books, Fault, Given, Says, act, id};
use crate::goods::{Book, Movement, ReserveArrival, UnreserveArrival};

pub(super) struct ReservingArrival;

/// Ends what [`ReservingArrival`] did.
pub(super) struct UnreservingArrival;

const SAYS: &[Says] = &[Says::Owner, Says::Holding];

impl Books for ReservingArrival {
    fn says(&self) -> &'static [Says] {
        SAYS
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let (holder, transit) = (id(given, 0)?, id(given, 1)?);
        Ok(vec![Movement::ReserveArrival(ReserveArrival { by: act(case)?, transit, holder })])
    }
}

impl Books for UnreservingArrival {
    fn says(&self) -> &'static [Says] {
        SAYS
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        Ok(vec![Movement::UnreserveArrival(UnreserveArrival { by: act(case)?, transit: id(given, 1)? })])
    }
}
