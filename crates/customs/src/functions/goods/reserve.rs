//! `customs.goods.reserve-entry` and `customs.goods.reserve`, and what ends them: what a declaration is about is kept for it while its case is open.
//!
//! The first takes the declaration and whose the goods are, which are yet to come or lie as they came: its reference is kept. The second takes the lot as well, and keeps so
//! much of it as `customs.goods.exit` and its like will take. What reserves is the case, by its reference. Must not know of: when a case is open.

use super::depart::departing;
use super::{Books, Fault, Given, Says, act, declaration_of, id, paper};
use crate::goods::{Book, Holding, Movement, Reserve, RowKey, Take, Unreserve};

/// A declaration's reference, and with it goods of a lot where there are such.
pub(super) struct Reserving {
    pub(super) of_lot: bool,
}

/// Ends what [`Reserving`] of the same kind did.
pub(super) struct Unreserving {
    pub(super) of_lot: bool,
}

const fn says(of_lot: bool) -> &'static [Says] {
    if of_lot { &[Says::Declaration, Says::Owner, Says::Holding] } else { &[Says::Declaration, Says::Owner] }
}

impl Books for Reserving {
    fn says(&self) -> &'static [Says] {
        says(self.of_lot)
    }

    fn foresees(&self, given: &[Option<Given<'_>>], _: &str) -> Result<Vec<RowKey>, Vec<Fault>> {
        let Some(given) = given.iter().copied().collect::<Option<Vec<_>>>() else { return Ok(Vec::new()) };
        let reference = declaration_of(&id(&given, 1)?, paper(&given, 0)?.declared()?)?;
        let lot = if self.of_lot { Some(RowKey::Lot(id(&given, 2)?)) } else { None };
        Ok(lot.into_iter().chain([RowKey::Reservation(reference)]).collect())
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let (declaration, owner) = (paper(given, 0)?.declared()?, id(given, 1)?);
        let takes = if self.of_lot {
            let leaving = departing(declaration, given)?;
            vec![Take { from: Holding::Lot(leaving.lot), quantity: leaving.quantity }]
        } else {
            Vec::new()
        };
        let declaration = declaration_of(&owner, declaration)?;
        Ok(vec![Movement::Reserve(Reserve { by: act(case)?, declaration, owner, takes })])
    }
}

impl Books for Unreserving {
    fn says(&self) -> &'static [Says] {
        says(self.of_lot)
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let (declaration, owner) = (paper(given, 0)?.declared()?, id(given, 1)?);
        let declaration = declaration_of(&owner, declaration)?;
        let of = if self.of_lot { vec![Holding::Lot(id(given, 2)?)] } else { Vec::new() };
        Ok(vec![Movement::Unreserve(Unreserve { by: act(case)?, declaration, of })])
    }
}
