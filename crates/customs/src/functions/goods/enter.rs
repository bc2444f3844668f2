//! `customs.goods.enter`: the goods of a declaration come into the zone, each item into a lot of its own.
//!
//! Takes the declaration, its assessment, whose the goods are, and the warehouse. Must not know of: duties. The procedure is 78,
//! entry into a free zone (Union Customs Code, annex B; see `assess::policy::ir_free_zone`).

use super::super::fault::number;
use super::manifest::named;
use super::masses::mass;
use super::{
    Books, Fault, Given, Says, declaration_of, goods_of, id, is_under, numbered, origin_of, paper, said_of, unkept,
};
use crate::declaration::{Declaration, Item};
use crate::goods::{Book, Entry, Id, ItemRef, Method, Movement, RowKey, Status};

pub(in super::super) struct Entering;

impl Books for Entering {
    fn says(&self) -> &'static [Says] {
        &[Says::Declaration, Says::Assessment, Says::Owner, Says::Warehouse]
    }

    fn foresees(&self, given: &[Option<Given<'_>>], case: &str) -> Result<Vec<RowKey>, Vec<Fault>> {
        // The assessment, which stands second, is worked out in the same act and says of no row.
        let [Some(declaration), _, Some(owner), _] = given else { return Ok(Vec::new()) };
        let declaration = paper(&[*declaration], 0)?.declared()?;
        let reference = declaration_of(&id(&[*owner], 0)?, declaration)?;
        let mut rows = Vec::new();
        for item in &declaration.shipment.items {
            let number = number(item);
            rows.push(RowKey::Item(ItemRef { declaration: reference.clone(), item: number }));
            rows.push(RowKey::Lot(lot_of(case, number)?));
        }
        Ok(rows)
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let declaration = paper(given, 0)?.declared()?;
        let assessed = paper(given, 1)?.assessed().ok_or_else(Vec::new)?;
        let (owner, warehouse) = (id(given, 2)?, id(given, 3)?);
        let reference = declaration_of(&owner, declaration)?;
        numbered(&declaration.shipment.items)?;
        let mut movements = Vec::new();
        for item in &declaration.shipment.items {
            is_under(item, "78", None).map_err(|fault| vec![fault])?;
            let (number, commodity, quantity) = goods_of(item).map_err(|fault| vec![fault])?;
            let lot = lot_of(case, number)?;
            movements.push(Movement::Entry(Entry {
                item: ItemRef { declaration: reference.clone(), item: number },
                declared: quantity,
                manifest: named(&declaration.shipment, item, number).map_err(|fault| vec![fault])?,
                status: Status::Foreign,
                lot,
                method: Method::Lot,
                owner: owner.clone(),
                warehouse: warehouse.clone(),
                commodity,
                origin: origin_of(item).map_err(|fault| vec![fault])?,
                said: Some(said_of(item).map_err(|fault| vec![fault])?),
                quantity,
                gross: item.gross.as_ref().and_then(mass),
                value: assessed.value(number).ok_or_else(Vec::new)?,
            }));
        }
        Ok(movements)
    }
}

/// What is against items as goods that come into the zone, each by itself.
pub(in super::super) fn entering(declaration: &Declaration) -> Vec<Fault> {
    let of_item = |item: &Item| {
        let named = named(&declaration.shipment, item, number(item)).err();
        is_under(item, "78", None).err().into_iter().chain(unkept(item)).chain(named).collect::<Vec<_>>()
    };
    declaration.shipment.items.iter().flat_map(of_item).collect()
}

/// The lot into which an item comes by a case.
pub(super) fn lot_of(case: &str, item: u32) -> Result<Id, Vec<Fault>> {
    Id::new(&format!("{case}-{item}")).map_err(|fault| vec![Fault::name(0, &fault)])
}
