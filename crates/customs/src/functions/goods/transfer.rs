//! `customs.goods.transfer`: a warehouse receipt goes to another holder, and the goods with it.
//!
//! Takes who holds it, the receipt, and who is to hold it. Must not know of: prices, or whether the two agreed.

use super::{Books, Fault, Given, Says, id};
use crate::goods::{Book, Id, Movement, Transfer};

pub(super) struct Transferring;

impl Books for Transferring {
    fn says(&self) -> &'static [Says] {
        &[Says::Owner, Says::Holding, Says::Holder]
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let (holder, receipt, to) = (id(given, 0)?, id(given, 1)?, id(given, 2)?);
        let becomes = Id::new(case).map_err(|fault| vec![Fault::name(0, &fault)])?;
        Ok(vec![Movement::Transfer(Transfer { receipt, holder, to, becomes })])
    }
}
