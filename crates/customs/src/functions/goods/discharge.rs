//! `customs.goods.discharge`: a transit is over, once.
//!
//! Takes who answers for it, and the transit. Must not know of: who saw the goods arrive.

use super::{Books, Fault, Given, Says, act, id};
use crate::goods::{Book, Discharge, Movement};

pub(super) struct Discharging;

impl Books for Discharging {
    fn says(&self) -> &'static [Says] {
        &[Says::Owner, Says::Holding]
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let reference = act(case)?;
        Ok(vec![Movement::Discharge(Discharge { transit: id(given, 1)?, holder: id(given, 0)?, reference })])
    }
}
