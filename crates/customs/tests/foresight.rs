//! Rows of the goods accounts that bookings want are foreseen, so that whoever brings them before asks once.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use customs::form::{Cells, Form, Terms, write};
use customs::functions::{Asked, AtHand, Given, Loaded, Paper};
use customs::goods::RowKey;
use definition::value::{Date, Value};

const ENTRY: Terms = Terms { procedure: Some(("78", "00")), items_max: 999, leaves: false };
const CASE: &str = "AAAA-BBBB-CCCC";
const TARIFF: &str = "commodity,origin,preference,procedure,tax,expression,valid_from,valid_to\n11010000,,,,CUD,5%,,\n";

fn loaded(name: &str) -> Loaded {
    let with = BTreeMap::from([("policy".to_owned(), "ir-free-zone".to_owned())]);
    let tables = BTreeMap::from([("functions/tariff.csv".to_owned(), TARIFF.to_owned())]);
    Loaded::load(name, 1, &with, &tables).unwrap()
}

fn xml(items: usize) -> String {
    let cells =
        [("commodity", "11010000"), ("origin", "TR"), ("price", "12000"), ("currency", "IRR"), ("net", "29500")];
    let item: Cells = cells.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
    let head = BTreeMap::from([("reference".to_owned(), "R-1".to_owned())]);
    write(&Form { head, items: vec![item; items] }, &ENTRY, None).unwrap()
}

fn none_of(keys: &BTreeSet<RowKey>) -> AtHand {
    let mut rows = AtHand::default();
    keys.iter().for_each(|key| rows.add(key.clone(), None));
    rows
}

#[test]
fn an_application_wants_no_other_rows_than_those_foreseen() {
    let paper = Paper::new(xml(3).into_bytes());
    let (owner, place) = (Value::Text("C-1".to_owned()), Value::Code("W-1".to_owned()));
    let (declaration, owner, place) = (Given::Paper(&paper), Given::Value(&owner), Given::Value(&place));
    let (reserve, enter) = (loaded("customs.goods.reserve-entry"), loaded("customs.goods.enter"));
    let mut foreseen = reserve.foresees(&[Some(declaration), Some(owner)], CASE);
    foreseen.extend(enter.foresees(&[Some(declaration), None, Some(owner), Some(place)], CASE));
    assert_eq!(foreseen.len(), 7, "{foreseen:?}");
    let rows = none_of(&foreseen);

    let day: Date = "2026-11-25".parse().unwrap();
    let assess = loaded("customs.assess-entry");
    // The lots of a trial have no name, so that nobody has to look for them.
    let Asked::Wants(wanted) = assess.compute(&[declaration, owner, place], "", day, &AtHand::default()).unwrap()
    else {
        panic!("it asked for nothing")
    };
    assert!(wanted.len() == 3 && wanted.is_subset(&foreseen), "{wanted:?}");
    let Asked::Says(made) = assess.compute(&[declaration, owner, place], CASE, day, &rows).unwrap() else { panic!() };
    assert!(matches!(reserve.book(&[declaration, owner], CASE, &rows).unwrap(), Asked::Says(_)));
    let given = [declaration, Given::Paper(&made.value.paper), owner, place];
    let Asked::Says(moved) = enter.book(&given, CASE, &rows).unwrap() else { panic!() };
    assert_eq!(moved.posted, serde_json::to_string(&moved.movements).unwrap());
    // An assessment that was just made says what one says that is read again.
    let read_again = Paper::new(made.value.paper.bytes().to_vec());
    let given = [declaration, Given::Paper(&read_again), owner, place];
    assert_eq!(enter.book(&given, CASE, &rows).unwrap(), Asked::Says(moved));
}

#[test]
fn of_what_is_not_known_yet_or_is_no_declaration_nothing_is_foreseen() {
    let (enter, reserve) = (loaded("customs.goods.enter"), loaded("customs.goods.reserve-entry"));
    assert!(enter.foresees(&[None, None, None, None], CASE).is_empty());
    let paper = Paper::new(&b"no declaration"[..]);
    let owner = Value::Text("C-1".to_owned());
    let known = [Some(Given::Paper(&paper)), Some(Given::Value(&owner))];
    assert!(reserve.foresees(&known, CASE).is_empty());
    assert!(reserve.foresees(&known[..1], CASE).is_empty());
}
