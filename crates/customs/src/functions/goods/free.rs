//! `customs.goods.free-entry` and `customs.goods.free`: what a case held is free again.
//!
//! The first takes the declaration by which the goods came into the zone, the second the lot. Must not know of: why.

use super::enter::lot_of;
use super::{Books, Fault, Given, Says, act, goods_of, id, paper};
use crate::goods::{Book, Free, Holding, Id, Movement};

pub(super) struct FreeingEntry;
pub(super) struct Freeing;

fn free(lot: Id, case: &str) -> Result<Movement, Vec<Fault>> {
    let reference = act(case)?;
    Ok(Movement::Free(Free { of: Holding::Lot(lot), reference }))
}

impl Books for FreeingEntry {
    fn says(&self) -> &'static [Says] {
        &[Says::Declaration]
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let declaration = paper(given, 0)?.declared()?;
        let free = |item| {
            let (number, ..) = goods_of(item).map_err(|fault| vec![fault])?;
            free(lot_of(case, number)?, case)
        };
        declaration.shipment.items.iter().map(free).collect()
    }
}

impl Books for Freeing {
    fn says(&self) -> &'static [Says] {
        &[Says::Holding]
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        Ok(vec![free(id(given, 0)?, case)?])
    }
}
