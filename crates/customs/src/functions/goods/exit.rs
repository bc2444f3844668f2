//! `customs.goods.exit`: goods of a lot leave the zone for the mainland, by a declaration of one item.
//!
//! Takes the declaration, whose the goods are, and the lot. Must not know of: taxes (`customs.assess-exit`).

use super::super::assess::declared;
use super::{Books, Fault, Given, bytes, goods_of, id};
use crate::goods::{Book, Departure, Exit, Holding, Id, ItemRef, Movement, Take};

pub(in super::super) struct Exiting;

impl Books for Exiting {
    fn movements(&self, given: &[Given<'_>], _: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let declaration = declared(bytes(given, 0)?)?;
        let (owner, lot) = (id(given, 1)?, id(given, 2)?);
        let reference = declaration.reference.as_ref().ok_or_else(|| vec![Fault::no_reference()])?;
        let reference = Id::new(&reference.value).map_err(|fault| vec![Fault::name(0, &fault)])?;
        let [item] = &declaration.shipment.items[..] else { return Err(vec![Fault::one_item()]) };
        let (number, commodity, quantity) = goods_of(item).map_err(|fault| vec![fault])?;
        Ok(vec![Movement::Exit(Exit(Departure {
            item: ItemRef { declaration: reference, item: number },
            declared: quantity,
            owner,
            commodity,
            takes: vec![Take { from: Holding::Lot(lot), quantity }],
        }))])
    }
}
