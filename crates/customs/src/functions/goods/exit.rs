//! `customs.goods.exit`: goods of a lot leave the zone for the mainland, by a declaration of one item.
//!
//! Takes the declaration, whose the goods are, and the lot. The procedure is 40 after 78. Must not know of: taxes
//! (`customs.assess-exit`).

use super::super::assess::declared;
use super::{Books, Fault, Given, bytes, declaration_of, goods_of, id, is_under};
use crate::goods::{Book, Departure, Exit, Holding, ItemRef, Movement, Take};

pub(in super::super) struct Exiting;

impl Books for Exiting {
    fn takes(&self) -> usize {
        3
    }

    fn movements(&self, given: &[Given<'_>], _: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let declaration = declared(bytes(given, 0)?)?;
        let (owner, lot) = (id(given, 1)?, id(given, 2)?);
        let reference = declaration_of(&owner, &declaration)?;
        let [item] = &declaration.shipment.items[..] else { return Err(vec![Fault::one_item()]) };
        is_under(item, "40", Some("78")).map_err(|fault| vec![fault])?;
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
