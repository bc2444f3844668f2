//! `customs.goods.discharge` and `customs.goods.refuse-arrival`: a transit is over, once, or what came of it is refused, until an appeal.
//!
//! Either takes who answers for it, and the transit. Must not know of: who saw the goods arrive.

use super::{Books, Fault, Given, Says, act, id};
use crate::goods::{Book, Discharge, Movement, RefuseArrival};

pub(super) struct Discharging;
pub(super) struct RefusingArrival;

const SAYS: &[Says] = &[Says::Owner, Says::Holding];

impl Books for Discharging {
    fn says(&self) -> &'static [Says] {
        SAYS
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let reference = act(case)?;
        Ok(vec![Movement::Discharge(Discharge { transit: id(given, 1)?, holder: id(given, 0)?, reference })])
    }
}

impl Books for RefusingArrival {
    fn says(&self) -> &'static [Says] {
        SAYS
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let reference = act(case)?;
        Ok(vec![Movement::RefuseArrival(RefuseArrival { transit: id(given, 1)?, holder: id(given, 0)?, reference })])
    }
}
