//! `customs.goods.spend` and `customs.goods.spend-household`: something is taken of the allowance of a person, or of a household.
//!
//! Takes whose it is, and what `customs.assess-passenger` or `customs.assess-household` said is taken. Of two who take of one allowance at once one is decided again. Must not know of: duties.

use super::super::assess_passenger::Taken;
use super::{Books, Fault, Given, Says, id, paper};
use crate::goods::{AllowanceRef, Book, Movement, Spend};

pub(super) struct Spending;

impl Books for Spending {
    fn says(&self) -> &'static [Says] {
        &[Says::Owner, Says::Quantity]
    }

    fn movements(&self, given: &[Given<'_>], _: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let holder = id(given, 0)?;
        let taken: Taken = serde_json::from_slice(paper(given, 1)?.bytes()).map_err(|_| Vec::new())?;
        let Taken { allowance: name, period, granted, taken: amount } = taken;
        if !amount.is_something() {
            // All of it was above the allowance, and is paid for.
            return Ok(Vec::new());
        }
        Ok(vec![Movement::Spend(Spend { allowance: AllowanceRef { holder, name, period }, granted, amount })])
    }
}
