//! What functions have against a declaration: all of it at once, each at its datum, with what whoever declares can do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use customs::form::{Cells, Form, Terms, write};
use customs::functions::{AtHand, Fault, Given, Loaded, Paper};
use definition::value::{Date, Value};

const ENTRY: Terms = Terms { procedure: Some(("78", "00")), items_max: 999, leaves: false };
const EXIT: Terms = Terms { procedure: Some(("40", "78")), items_max: 1, leaves: true };
const TARIFF: &str = "commodity,origin,preference,procedure,tax,expression,valid_from,valid_to\n11010000,,,,CUD,5%,,\n\
    11010000,XK,,,CUD,4%,,\n220300,,,,CUD,2 IRR / hl,,\n";

fn day() -> Date {
    "2026-11-25".parse().unwrap()
}

fn loaded(name: &str) -> Loaded {
    let with = BTreeMap::from([("policy".to_owned(), "ir-free-zone".to_owned())]);
    let tables = BTreeMap::from([("functions/tariff.csv".to_owned(), TARIFF.to_owned())]);
    Loaded::load(name, 1, &with, &tables).unwrap()
}

fn item(said: &[(&str, &str)]) -> Cells {
    let plain =
        [("commodity", "11010000"), ("origin", "TR"), ("price", "12000"), ("currency", "IRR"), ("net", "29500")];
    plain.iter().chain(said).map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
}

fn form(items: Vec<Cells>) -> Form {
    Form { head: BTreeMap::from([("reference".to_owned(), "R-1".to_owned())]), items }
}

fn against(name: &str, xml: &str) -> Vec<Fault> {
    let (owner, place) = (Value::Text("C-1".to_owned()), Value::Code("W-1".to_owned()));
    let given = [Given::Paper(&Paper::new(xml.as_bytes().to_vec())), Given::Value(&owner), Given::Value(&place)];
    let faults = loaded(name).compute(&given, "", day(), &AtHand::default()).err().unwrap_or_default();
    for fault in &faults {
        assert!(fault.words["fa"].chars().any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter)), "{fault:?}");
    }
    faults
}

fn of_entry(items: Vec<Cells>) -> Vec<Fault> {
    against("customs.assess-entry", &write(&form(items), &ENTRY, None).unwrap())
}

fn places(faults: &[Fault]) -> Vec<(u32, &'static str)> {
    faults.iter().map(|fault| (fault.item, fault.field)).collect()
}

#[test]
fn all_of_it_is_told_at_once() {
    let faults = of_entry(vec![
        item(&[("commodity", "99999999"), ("gross", "100")]),
        item(&[("origin", "ZZ"), ("currency", "ZZZ")]),
        item(&[("currency", "EUR"), ("quantity", "5"), ("unit", "XYZ")]),
        item(&[("net", "")]),
        item(&[("commodity", "220300"), ("manifest", "M-1")]),
        item(&[("price", "0")]),
        item(&[("origin", "XK")]),
    ]);
    let expected = [
        (1, "gross"),
        (1, "commodity"),
        (2, "origin"),
        (2, "currency"),
        (3, "unit"),
        (3, "currency"),
        (4, "net"),
        (5, "manifest-line"),
    ];
    assert_eq!(places(&faults), expected, "{faults:#?}");
    // Each has its line, and says which datum it is about, also where that is missing.
    let datum = |fault: &Fault| fault.place.split_once(' ').map(|(_, way)| way.to_owned()).unwrap_or_default();
    assert!(faults.iter().all(|fault| fault.place.contains(':')), "{faults:#?}");
    assert!(datum(&faults[4]).ends_with("TariffQuantity/@unitCode"), "{faults:#?}");
    assert!(datum(&faults[6]).ends_with("GoodsMeasure/NetNetWeightMeasure"), "{faults:#?}");
    for fault in &faults {
        let en = &fault.words["en"];
        assert!(!en.contains("LineNumeric") && !en.contains("(ID)") && !en.contains("Measure"), "{en}");
    }
    assert!(of_entry(vec![item(&[]), item(&[("origin", "XK")])]).is_empty(), "the tariff names XK");
}

/// What hangs on the value comes when there is one.
#[test]
fn what_follows_is_told_after_what_it_follows_from() {
    let faults = of_entry(vec![item(&[("price", "0")]), item(&[("commodity", "220300")])]);
    assert_eq!(places(&faults), [(2, "quantity")], "{faults:#?}");
    let faults = of_entry(vec![item(&[("price", "0")])]);
    assert_eq!(places(&faults), [(1, "price")]);
    let faults = of_entry(vec![item(&[("origin", "QQ"), ("commodity", "220300"), ("quantity", "1"), ("unit", "LTR")])]);
    assert_eq!(places(&faults), [(1, "origin")]);
}

#[test]
fn a_hundred_are_told_and_how_many_more_there_are() {
    let faults = of_entry((0..250).map(|_| item(&[("commodity", "99999999"), ("origin", "ZZ")])).collect());
    assert_eq!(faults.len(), 101);
    assert!(faults[100].words["en"].contains("400 more"), "{:?}", faults[100]);
    assert_eq!((faults[99].item, faults[100].of), (50, 0));
}

/// What a declarant reads is what a declarant can do.
#[test]
fn nobody_who_declares_is_sent_to_the_tables() {
    let exit = write(&form(vec![item(&[("gross", "30000")])]), &EXIT, None).unwrap();
    let [fault] = &against("customs.assess-entry", &exit)[..] else { panic!() };
    assert_eq!((fault.item, fault.field), (1, "procedure"));
    assert!(fault.words["en"].contains("procedure 78"), "{fault:?}");
    let items = vec![item(&[("commodity", "99999999")]), item(&[("currency", "EUR")])];
    let faults = of_entry(items);
    assert_eq!(places(&faults), [(1, "commodity"), (2, "currency")]);
    assert!(faults[0].words["en"].contains("look the goods up in the tariff"), "{faults:?}");
    for fault in &faults {
        for operators in ["import", "table", "--goods", "جدول"] {
            assert!(fault.words.values().all(|said| !said.contains(operators)), "{fault:?}");
        }
    }
}

/// Before the accounts are asked for a lot, all that they have nothing to do with is told.
#[test]
fn what_leaves_is_held_against_all_that_is_known_before_the_accounts() {
    let leaves = item(&[("commodity", "99999999"), ("origin", "ZZ"), ("currency", "ZZZ"), ("gross", "5")]);
    let xml = write(&form(vec![leaves]), &EXIT, None).unwrap();
    let faults = against("customs.assess-exit", &xml);
    assert_eq!(places(&faults), [(1, "origin"), (1, "currency"), (1, "gross"), (1, "commodity")], "{faults:#?}");
    let sound = write(&form(vec![item(&[("gross", "30000")])]), &EXIT, None).unwrap();
    assert!(against("customs.assess-exit", &sound).is_empty(), "the accounts are asked next");
}

/// What an inspector wrote is named by the line that they wrote.
#[test]
fn what_was_measured_is_told_by_its_line() {
    let tables = BTreeMap::from([("functions/tolerances.csv".to_owned(), "commodity,percent\n,1\n".to_owned())]);
    let measure = Loaded::load("customs.measure", 1, &BTreeMap::new(), &tables).unwrap();
    let two = vec![item(&[("gross", "30000")]), item(&[("gross", "30000"), ("price", "999999999999999")])];
    let xml = write(&form(two), &ENTRY, None).unwrap();
    for (measured, line) in [
        ("1 99999999999999999999 KGM", "1"),
        ("1 99999999999.999999 KGM\n", "1"),
        ("1 12345678901.123456 KGM\n", "1"),
        ("1 29500\n\n2 99999999999", "3"),
        ("2 ۹۹۹۹۹۹۹۹۹۹", "1"),
    ] {
        let text = Value::Text(measured.to_owned());
        let asked = measure.compute(
            &[Given::Paper(&Paper::new(xml.as_bytes().to_vec())), Given::Value(&text)],
            "",
            day(),
            &AtHand::default(),
        );
        let faults = asked.unwrap_err();
        assert_eq!((faults[0].of, faults[0].place.as_str()), (1, line), "{measured}: {faults:?}");
        assert!(!faults[0].words["en"].contains("Measure"), "{faults:?}");
    }
}
