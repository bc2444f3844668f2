//! `customs.goods.surrender`: a warehouse receipt is surrendered, and all that it is for is a lot of its holder's, which can leave the zone.
//!
//! Takes who holds the receipt, and the receipt. Must not know of: what becomes of the lot.

use super::{Books, Fault, Given, Says, id};
use crate::goods::{Book, Id, Movement, Surrender};

pub(super) struct Surrendering;

impl Books for Surrendering {
    fn says(&self) -> &'static [Says] {
        &[Says::Owner, Says::Holding]
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        // Numbered as what a case enters or makes is.
        let lot = Id::new(&format!("{case}-1")).map_err(|fault| vec![Fault::name(1, &fault)])?;
        Ok(vec![Movement::Surrender(Surrender { receipt: id(given, 1)?, holder: id(given, 0)?, lot })])
    }
}
