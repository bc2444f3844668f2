//! `customs.goods.*`, version 1: what cases move in the zone's goods accounts. One movement of trade, one file.
//!
//! Must not know of: where the accounts' rows are kept, who may ask.

mod amend;
mod beside;
mod depart;
mod discharge;
mod enter;
mod free;
mod issue;
mod manifest;
mod masses;
mod offer;
mod process;
mod reserve;
mod reserve_arrival;
mod seize;
mod settle;
mod spend;
mod surplus;
mod surrender;
mod trial;

use std::collections::{BTreeMap, BTreeSet};

use definition::value::{Date, Decimal, Money, Value};
use sha2::{Digest, Sha256};

use super::fault::number;
use super::{Fault, Given, Paper};
use crate::assess::commodity;
use crate::declaration::{Amount, Declaration, Item, Procedure, Text};
use crate::goods::{
    Book, Commodity, Country, GoodsFault, Holding, Id, Movement, Objection, Posted, Quantity, Row, RowKey, Stock,
};

use beside::Says;

pub(super) use amend::{Amended, Amending, amended, case_of, find, lot_of};
pub(super) use depart::{Departing, EXIT, REEXPORT, TRANSIT};
pub(super) use enter::{Entering, entering};
pub use manifest::{named_lines, read_manifest};
pub(super) use masses::{mass, net_mass, weighs};
pub(super) use offer::{Accepting, Offering};
pub(super) use settle::Named;
pub(super) use surplus::surplus;
pub(super) use trial::{book, trial};

/// The functions of this room.
pub(super) const NAMES: &[&str] = &[
    "customs.goods.enter",
    "customs.goods.issue",
    "customs.goods.offer",
    "customs.goods.accept",
    "customs.goods.withdraw",
    "customs.goods.reject",
    "customs.goods.surrender",
    "customs.goods.process",
    "customs.goods.exit",
    "customs.goods.seize-entry",
    "customs.goods.seize",
    "customs.goods.free-entry",
    "customs.goods.free",
    "customs.goods.reexport",
    "customs.goods.transit",
    "customs.goods.spend",
    "customs.goods.spend-household",
    "customs.goods.amend",
    "customs.goods.reserve-entry",
    "customs.goods.unreserve-entry",
    "customs.goods.reserve",
    "customs.goods.unreserve",
    "customs.goods.reserve-arrival",
    "customs.goods.unreserve-arrival",
    "customs.goods.discharge",
    "customs.goods.refuse-arrival",
    "customs.goods.manifest",
    "customs.goods.settle",
];

/// Whether a function writes a declaration off: goods come in or are released by one.
#[must_use]
pub fn writes_off(function: &str) -> bool {
    matches!(function, "customs.goods.enter" | "customs.goods.seize-entry") || lets_go(function)
}

/// Whether goods come into the zone by a function, whose first datum is the declaration that says so.
#[must_use]
pub fn enters(function: &str) -> bool {
    function == "customs.goods.enter"
}

/// Whether a function lets goods go out of the zone.
#[must_use]
pub fn lets_go(function: &str) -> bool {
    matches!(function, "customs.goods.exit" | "customs.goods.reexport" | "customs.goods.transit")
}

/// Whether a function files a cargo manifest, whose lines are its last datum.
#[must_use]
pub fn files_manifest(function: &str) -> bool {
    function == "customs.goods.manifest"
}

/// Whether a function settles what is left over; what it is called is the second of its data.
#[must_use]
pub fn settles(function: &str) -> bool {
    function == "customs.goods.settle"
}

/// The act in which something is moved: the case.
fn act(case: &str) -> Result<Id, Vec<Fault>> {
    Id::new(case).map_err(|fault| vec![Fault::name(0, &fault)])
}

/// A function that says what is moved.
pub(super) trait Books: Send + Sync {
    /// What it is given says, in order.
    fn says(&self) -> &'static [Says] {
        &[]
    }

    /// How many data it is given.
    fn takes(&self) -> usize {
        self.says().len()
    }

    /// The rows that have to be at hand before it can be said what is moved.
    fn needs(&self, given: &[Given<'_>]) -> Result<Vec<RowKey>, Vec<Fault>> {
        let _ = given;
        Ok(Vec::new())
    }

    /// The rows that will be wanted, as far as what is given so far says it.
    fn foresees(&self, given: &[Option<Given<'_>>], case: &str) -> Result<Vec<RowKey>, Vec<Fault>> {
        let _ = (given, case);
        Ok(Vec::new())
    }

    /// What is moved.
    fn movements(&self, given: &[Given<'_>], case: &str, book: &Book) -> Result<Vec<Movement>, Vec<Fault>>;
}

/// What was moved, and the rows that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// What is to be recorded: the movements as posted, in order, as JSON.
    pub posted: String,
    /// The same, as it is.
    pub movements: Vec<Posted>,
    /// The rows as they are to be.
    pub rows: Vec<(RowKey, Row)>,
}

pub(super) fn load(name: &str, tables: &BTreeMap<String, String>) -> Result<Option<Box<dyn Books>>, String> {
    Ok(Some(match name {
        "customs.goods.enter" => Box::new(Entering),
        "customs.goods.issue" => Box::new(issue::Issuing),
        "customs.goods.offer" => Box::new(Offering),
        "customs.goods.accept" => Box::new(Accepting),
        "customs.goods.withdraw" => Box::new(offer::Withdrawing),
        "customs.goods.reject" => Box::new(offer::Rejecting),
        "customs.goods.surrender" => Box::new(surrender::Surrendering),
        "customs.goods.discharge" => Box::new(discharge::Discharging),
        "customs.goods.refuse-arrival" => Box::new(discharge::RefusingArrival),
        "customs.goods.process" => Box::new(process::Processing::load(tables)?),
        "customs.goods.exit" => Box::new(EXIT),
        "customs.goods.reexport" => Box::new(REEXPORT),
        "customs.goods.transit" => Box::new(TRANSIT),
        "customs.goods.amend" => Box::new(Amending),
        "customs.goods.manifest" => Box::new(manifest::Manifesting),
        "customs.goods.settle" => Box::new(settle::Settling),
        "customs.goods.spend" | "customs.goods.spend-household" => Box::new(spend::Spending),
        "customs.goods.seize-entry" => Box::new(seize::SeizingEntry),
        "customs.goods.seize" => Box::new(seize::Seizing),
        "customs.goods.free-entry" => Box::new(free::FreeingEntry),
        "customs.goods.free" => Box::new(free::Freeing),
        "customs.goods.reserve-entry" => Box::new(reserve::Reserving { of_lot: false }),
        "customs.goods.unreserve-entry" => Box::new(reserve::Unreserving { of_lot: false }),
        "customs.goods.reserve" => Box::new(reserve::Reserving { of_lot: true }),
        "customs.goods.unreserve" => Box::new(reserve::Unreserving { of_lot: true }),
        "customs.goods.reserve-arrival" => Box::new(reserve_arrival::ReservingArrival),
        "customs.goods.unreserve-arrival" => Box::new(reserve_arrival::UnreservingArrival),
        _ => return Ok(None),
    }))
}

/// `item` is 0 where there is none, or no other.
fn refused(of: usize, item: u32, objection: &Objection) -> Fault {
    let named = |(language, words): (&'static str, String)| match (item, language) {
        (0, _) => (language, words),
        (_, "fa") => (language, format!("قلم {item}: {words}")),
        _ => (language, format!("item {item}: {words}")),
    };
    // The way to it in the movement is this program's own: what somebody wrote is named by `of` and the item.
    let words = objection.words().into_iter().map(named).collect();
    Fault { of, item, field: "", place: String::new(), span: None, words }
}

/// What a row says of itself to the register in which its holder finds it, by name.
#[must_use]
pub fn of_row(key: &RowKey, row: &Row) -> BTreeMap<&'static str, Value> {
    let mut values = BTreeMap::from([("id", Value::Text(key.key()))]);
    if let Some(stock) = row.stock() {
        values.extend([
            ("owner", Value::Text(stock.owner.as_str().to_owned())),
            ("warehouse", Value::Text(stock.warehouse.as_str().to_owned())),
            ("commodity", Value::Text(stock.commodity.as_str().to_owned())),
            ("quantity", Value::Decimal(stock.balance().amount())),
            ("unit", Value::Text(stock.kind.unit().to_owned())),
        ]);
    }
    if let Row::Offer(offer) = row {
        values.extend([
            ("seller", Value::Text(offer.holder.as_str().to_owned())),
            ("warehouse", Value::Text(offer.warehouse.as_str().to_owned())),
            ("commodity", Value::Text(offer.commodity.as_str().to_owned())),
            ("quantity", Value::Decimal(offer.quantity.amount())),
            ("unit", Value::Text(offer.quantity.kind().unit().to_owned())),
            ("until", Value::Date(offer.until)),
        ]);
    }
    values
}

/// The goods of a lot or receipt, which datum `of` names, if they are there and are the owner's: of another's not even the unit is told.
fn theirs<'b>(book: &'b Book, (of, holding): (usize, Holding), owner: &Id) -> Result<&'b Stock, Vec<Fault>> {
    let stock = book.stock(&holding).filter(|stock| stock.owner == *owner);
    let fault = GoodsFault::NoneOf { holding, claimed: owner.clone() };
    stock.ok_or_else(|| vec![refused(of, 0, &Objection { at: String::new(), fault })])
}

/// The text at this place, as an identifier.
pub(super) fn id(given: &[Given<'_>], of: usize) -> Result<Id, Vec<Fault>> {
    let Some(Given::Value(Value::Text(text) | Value::Code(text))) = given.get(of) else { return Err(Vec::new()) };
    Id::new(text).map_err(|fault| vec![Fault::name(of, &fault)])
}

/// The day at this place.
pub(super) fn date(given: &[Given<'_>], of: usize) -> Result<Date, Vec<Fault>> {
    let Some(Given::Value(Value::Date(day))) = given.get(of) else { return Err(Vec::new()) };
    Ok(*day)
}

fn decimal(given: &[Given<'_>], of: usize) -> Result<Decimal, Vec<Fault>> {
    let Some(Given::Value(Value::Decimal(number))) = given.get(of) else { return Err(Vec::new()) };
    Ok(*number)
}

/// The amount of money at this place.
pub(super) fn money<'g>(given: &[Given<'g>], of: usize) -> Result<&'g Money, Vec<Fault>> {
    let Some(Given::Value(Value::Money(money))) = given.get(of) else { return Err(Vec::new()) };
    Ok(money)
}

pub(super) fn paper<'g>(given: &[Given<'g>], of: usize) -> Result<&'g Paper, Vec<Fault>> {
    let Some(Given::Paper(paper)) = given.get(of) else { return Err(vec![Fault::no_document()]) };
    Ok(paper)
}

/// That an item is declared for one procedure alone, and that it is this one; additional procedures have three characters and none before them.
fn is_under(item: &Item, requested: &str, previous: Option<&str>) -> Result<(), Fault> {
    let code = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let of_two = |one: &&Procedure| one.previous.is_some() || code(&one.current).chars().count() != 3;
    let mut own = item.procedures.iter().filter(of_two);
    let is_it = |one: &Procedure| {
        code(&one.current) == requested && previous.is_none_or(|previous| code(&one.previous) == previous)
    };
    match (own.next(), own.next()) {
        (Some(one), None) if is_it(one) => Ok(()),
        _ => {
            let span = item.procedures.first().and_then(|one| one.current.as_ref()).map(|code| code.span);
            let asked = format!("{requested}{}", previous.unwrap_or_default());
            Err(Fault::procedure(number(item), &asked).at(span, item))
        }
    }
}

/// A declaration, by whose goods it is about and the declarant's reference: references are each declarant's own, and two may choose the same.
fn declaration_of(owner: &Id, declaration: &Declaration) -> Result<Id, Vec<Fault>> {
    let reference = declaration.reference.as_ref().ok_or_else(|| vec![Fault::no_reference()])?;
    Id::new(&format!("{owner} {}", reference.value)).map_err(|fault| vec![Fault::name(0, &fault)])
}

/// Where the goods of an item were made, as it is declared.
pub(super) fn origin_of(item: &Item) -> Result<Option<Country>, Fault> {
    let declared = item.origins.first().and_then(|origin| origin.country.as_ref());
    let country = declared.map(|country| Country::new(&country.value));
    let wrong = |fault| Fault::name_of_item(number(item), "origin", &fault).at(declared.map(|text| text.span), item);
    country.transpose().map_err(wrong)
}

/// What is declared of an item that its value and duties hang on, as a hash: code, quantity, origin, price, additions and deductions. Other words may change.
pub(super) fn said_of(item: &Item) -> Result<Id, Fault> {
    let (number, commodity, quantity) = goods_of(item)?;
    let amount = |amount: &Amount| {
        format!("{} {}", amount.value.value.normalize(), amount.currency.as_deref().unwrap_or_default())
    };
    let price = item.charge.as_ref().map(amount).unwrap_or_default();
    let origin = origin_of(item)?.map(|country| country.to_string()).unwrap_or_default();
    let code = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let mut said = vec![commodity.as_str().to_owned(), quantity.to_string(), origin, price];
    said.extend(
        item.charges
            .iter()
            .map(|charge| format!("{} {}", code(&charge.kind), charge.amount.as_ref().map(amount).unwrap_or_default())),
    );
    let hash = Sha256::digest(said.join("\n"));
    Id::new(&hex::encode(hash)).map_err(|fault| Fault::name_of_item(number, "", &fault))
}

/// That the items of a declaration are told apart by their numbers: each has one of its own, from 1.
pub(super) fn numbered(items: &[Item]) -> Result<(), Vec<Fault>> {
    let (mut seen, mut faults) = (BTreeSet::new(), Vec::new());
    for (place, item) in (1..).zip(items) {
        match number_of(item) {
            None => faults.push(Fault::no_number(place)),
            Some(number) if !seen.insert(number) => faults.push(Fault::number_twice(number).at(None, item)),
            Some(_) => {}
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn number_of(item: &Item) -> Option<u32> {
    let number = item.number.as_ref().filter(|number| number.value.fract().is_zero())?;
    u32::try_from(number.value).ok().filter(|number| *number > 0)
}

/// What an item is of and how much.
pub(super) fn goods_of(item: &Item) -> Result<(u32, Commodity, Quantity), Fault> {
    let number = number_of(item).ok_or_else(|| Fault::no_number(0))?;
    Ok((number, commodity_of(item)?, quantity_of(item)?))
}

/// Everything that keeps an item from being kept in the accounts, whatever its number.
fn unkept(item: &Item) -> Vec<Fault> {
    [commodity_of(item).err(), quantity_of(item).err(), origin_of(item).err()].into_iter().flatten().collect()
}

fn commodity_of(item: &Item) -> Result<Commodity, Fault> {
    let span = item.codes.first().and_then(|code| code.code.as_ref()).map(|code| code.span);
    Commodity::new(&commodity(item))
        .map_err(|fault| Fault::name_of_item(number(item), "commodity", &fault).at(span, item))
}

/// How much of an item there is: in the tariff's supplementary unit where one is declared that the accounts know, else its net mass.
fn quantity_of(item: &Item) -> Result<Quantity, Fault> {
    let counted = item.supplementary.as_ref().and_then(|measure| {
        let unit = measure.unit.as_deref()?;
        Quantity::of(measure.value.value, unit.split('#').next().unwrap_or(unit)).ok()
    });
    let weighed = || {
        let net = item.net.as_ref().ok_or_else(|| Fault::no_mass(number(item)).at(None, item))?;
        Quantity::of(net.value.value, net.unit.as_deref().unwrap_or("KGM"))
            .map_err(|fault| Fault::quantity(number(item), "net", &fault).at(Some(net.value.span), item))
    };
    let field = if counted.is_some() { "quantity" } else { "net" };
    let quantity = counted.map_or_else(weighed, Ok)?;
    if quantity.is_zero() { Err(Fault::no_quantity(number(item), field).at(None, item)) } else { Ok(quantity) }
}
