//! As many items as a declaration takes: what is said of each costs what it costs for a few, and not the length of the message once more.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells its figures"
)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use customs::form::{Cells, Form, Said, Terms, place, write};
use customs::functions::{AtHand, Given, Loaded, Paper};
use definition::value::Date;

const TERMS: Terms = Terms { procedure: Some(("78", "00")), items_max: 999, leaves: false };
const TARIFF: &str = "commodity,origin,preference,procedure,tax,expression,valid_from,valid_to\n11010000,,,,CUD,5%,,\n";

/// So many faults are told at once.
const TOLD: usize = 100;

/// Flour under a code that the tariff has not.
fn form(items: usize) -> Form {
    let cell = |(key, text): (&str, &str)| (key.to_owned(), text.to_owned());
    let item: Cells = [
        ("commodity", "99999999"),
        ("description", "آرد گندم"),
        ("origin", "TR"),
        ("price", "12000.50"),
        ("currency", "IRR"),
        ("net", "29500"),
    ]
    .into_iter()
    .map(cell)
    .collect();
    Form { head: [("reference", "R-1")].into_iter().map(cell).collect(), items: vec![item; items] }
}

/// How long each step takes from a form to what is wrong with it, by name; and of how many items something is said.
fn steps(assess: &Loaded, items: usize) -> ([(&'static str, Duration); 3], usize) {
    let form = form(items);
    let began = Instant::now();
    let xml = write(&form, &TERMS, None).unwrap();
    let written = began.elapsed();
    let began = Instant::now();
    let day: Date = "2026-11-25".parse().unwrap();
    let faults =
        assess.compute(&[Given::Paper(&Paper::new(xml.as_bytes().to_vec()))], "", day, &AtHand::default()).unwrap_err();
    let assessed = began.elapsed();
    let began = Instant::now();
    let said = faults.into_iter().map(|fault| Said {
        item: fault.item,
        field: fault.field,
        place: fault.place,
        words: fault.words,
    });
    let wrong = place(&form, &xml, said.collect());
    let placed = began.elapsed();
    let (told, more) = wrong.split_at(items.min(TOLD));
    assert!(told.iter().all(|one| one.item.is_some() && one.field == "commodity"), "{:?}", told.first());
    // Nobody reads more at once than a hundred; how many more there are is said.
    let left = items.saturating_sub(TOLD);
    assert_eq!(more.len(), usize::from(left > 0));
    assert!(more.iter().all(|one| one.words["en"].contains(&format!("{left} more"))), "{more:?}");
    ([("written", written), ("assessed", assessed), ("placed", placed)], told.len() + left)
}

#[test]
fn what_is_wrong_with_990_items_is_told_in_the_time_of_99_ten_times() {
    let with = BTreeMap::from([("policy".to_owned(), "ir-free-zone".to_owned())]);
    let tables = BTreeMap::from([("functions/tariff.csv".to_owned(), TARIFF.to_owned())]);
    let assess = Loaded::load("customs.assess", 1, &with, &tables).unwrap();
    let best = |items: usize| {
        let runs: Vec<_> = (0..3).map(|_| steps(&assess, items)).collect();
        assert!(runs.iter().all(|(_, said)| *said == items), "{items}");
        [0, 1, 2].map(|step| runs.iter().map(|(times, _)| times.get(step).unwrap().1).min().unwrap())
    };
    let (few, many) = (best(99), best(990));
    for (name, few, many) in [("written", few[0], many[0]), ("assessed", few[1], many[1]), ("placed", few[2], many[2])]
    {
        println!("{name}: {few:?} for 99 items, {many:?} for 990");
        assert!(many < few * 40, "{name}: {few:?} for 99 items, {many:?} for 990");
    }
}
