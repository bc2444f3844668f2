//! `customs.goods.enter`: the goods of a declaration come into the zone, each item into a lot of its own.
//!
//! Takes the declaration, its assessment, whose the goods are, and the warehouse. Must not know of: duties. The procedure is 78,
//! entry into a free zone (Union Customs Code, annex B; see `assess::policy::ir_free_zone`).

use definition::value::{Decimal, Money};
use serde::Deserialize;

use super::super::assess::declared;
use super::{Books, Fault, Given, bytes, declaration_of, goods_of, id, is_under};
use crate::goods::{Book, Entry, Id, ItemRef, Method, Movement, Status};

pub(in super::super) struct Entering;

/// Of an assessment as `customs.assess` writes it, what goods are worth.
#[derive(Deserialize)]
pub(super) struct Assessed {
    currency: String,
    items: Vec<Valued>,
}

#[derive(Deserialize)]
struct Valued {
    item: u32,
    value: String,
}

impl Assessed {
    pub(super) fn value(&self, item: u32) -> Option<Money> {
        let value: Decimal = self.items.iter().find(|one| one.item == item)?.value.parse().ok()?;
        Money::from_amount(value, &self.currency).ok()
    }
}

impl Books for Entering {
    fn takes(&self) -> usize {
        4
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let declaration = declared(bytes(given, 0)?)?;
        let assessed: Assessed = serde_json::from_slice(bytes(given, 1)?).map_err(|_| Vec::new())?;
        let (owner, warehouse) = (id(given, 2)?, id(given, 3)?);
        let reference = declaration_of(&owner, &declaration)?;
        let mut movements = Vec::new();
        for item in &declaration.shipment.items {
            is_under(item, "78", None).map_err(|fault| vec![fault])?;
            let (number, commodity, quantity) = goods_of(item).map_err(|fault| vec![fault])?;
            let lot = Id::new(&format!("{case}-{number}")).map_err(|fault| vec![Fault::name(0, &fault)])?;
            movements.push(Movement::Entry(Entry {
                item: ItemRef { declaration: reference.clone(), item: number },
                declared: quantity,
                manifest: None,
                status: Status::Foreign,
                lot,
                method: Method::Lot,
                owner: owner.clone(),
                warehouse: warehouse.clone(),
                commodity,
                quantity,
                value: assessed.value(number).ok_or_else(Vec::new)?,
            }));
        }
        Ok(movements)
    }
}
