//! `customs.goods.exit`, `customs.goods.reexport` and `customs.goods.transit`: goods of a lot leave the zone, by a declaration of one item.
//!
//! Each takes the declaration, whose the goods are, and the lot. Must not know of: taxes (`customs.assess-exit` and its like).
//!
//! How goods leave is what the declaration says: of the Union Customs Code's annex B (Implementing Regulation 2015/2447) the procedure 40 after 78 is release for free
//! circulation out of a free zone, 31 after 78 re-export out of it (data element 1/10; the United Kingdom's list of 2024 has 3178 no more, since it asks for no
//! declaration then), and a transit declaration names no procedure: its kind says it, `T1` where the goods are not in free circulation (data element 1/3).

use super::masses::mass;
use super::{Books, Fault, Given, Says, declaration_of, goods_of, id, is_under, numbered, paper, unkept};
use crate::declaration::{Declaration, Item};
use crate::goods::{
    Book, Commodity, Departure, Exit, Holding, Id, ItemRef, Movement, Quantity, Reexport, Take, Transit,
};

/// Goods leave the zone.
#[derive(Clone, Copy)]
pub(in super::super) struct Departing {
    /// The requested and the previous procedure, where goods leave by one.
    pub(in super::super) procedure: Option<(&'static str, &'static str)>,
    is_declared: fn(&Declaration, &Item) -> Result<(), Fault>,
    movement: fn(Departure) -> Movement,
}

/// To the mainland.
pub(in super::super) const EXIT: Departing = Departing {
    procedure: Some(("40", "78")),
    is_declared: |_, item| is_under(item, "40", Some("78")),
    movement: |departure| Movement::Exit(Exit(departure)),
};

/// Abroad.
pub(in super::super) const REEXPORT: Departing = Departing {
    procedure: Some(("31", "78")),
    is_declared: |_, item| is_under(item, "31", Some("78")),
    movement: |departure| Movement::Reexport(Reexport(departure)),
};

/// On through the mainland to another country.
pub(in super::super) const TRANSIT: Departing = Departing {
    procedure: None,
    is_declared: is_in_transit,
    movement: |departure| Movement::Transit(Transit(departure)),
};

/// External transit: goods that are not in free circulation.
const EXTERNAL_TRANSIT: &str = "T1";

fn is_in_transit(declaration: &Declaration, item: &Item) -> Result<(), Fault> {
    if declaration.kind.as_ref().is_none_or(|kind| kind.value != EXTERNAL_TRANSIT) {
        return Err(Fault::no_transit(EXTERNAL_TRANSIT));
    }
    // Under a procedure the goods could be relieved of what they owe when they do not arrive.
    if item.procedures.is_empty() { Ok(()) } else { Err(Fault::procedure_in_transit()) }
}

impl Departing {
    /// What is against a declaration by which goods leave, whatever the accounts have of them.
    pub(in super::super) fn against(&self, declaration: &Declaration) -> Vec<Fault> {
        let [item] = &declaration.shipment.items[..] else { return vec![Fault::one_item()] };
        let numbered = numbered(&declaration.shipment.items).err().unwrap_or_default();
        numbered.into_iter().chain((self.is_declared)(declaration, item).err()).chain(unkept(item)).collect()
    }
}

impl Books for Departing {
    fn says(&self) -> &'static [Says] {
        &[Says::Declaration, Says::Owner, Says::Holding]
    }

    fn movements(&self, given: &[Given<'_>], _: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let declaration = paper(given, 0)?.declared()?;
        let Leaving { item, number, commodity, lot, quantity } = departing(declaration, given)?;
        let owner = id(given, 1)?;
        let reference = declaration_of(&owner, declaration)?;
        (self.is_declared)(declaration, item).map_err(|fault| vec![fault])?;
        Ok(vec![(self.movement)(Departure {
            item: ItemRef { declaration: reference, item: number },
            declared: quantity,
            owner,
            commodity,
            gross: item.gross.as_ref().and_then(mass),
            takes: vec![Take { from: Holding::Lot(lot), quantity }],
        })])
    }
}

/// What leaves by a declaration, whichever way it goes.
pub(super) struct Leaving<'d> {
    item: &'d Item,
    number: u32,
    commodity: Commodity,
    pub(super) lot: Id,
    pub(super) quantity: Quantity,
}

/// What of a lot leaves by a declaration of one item; the lot is the third of what is given.
pub(super) fn departing<'d>(declaration: &'d Declaration, given: &[Given<'_>]) -> Result<Leaving<'d>, Vec<Fault>> {
    let [item] = &declaration.shipment.items[..] else { return Err(vec![Fault::one_item()]) };
    let (number, commodity, quantity) = goods_of(item).map_err(|fault| vec![fault])?;
    Ok(Leaving { item, number, commodity, lot: id(given, 2)?, quantity })
}
