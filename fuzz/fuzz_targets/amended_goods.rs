//! Any text as a request to a declaration by which goods came in: no panic, and every refusal has its words in both languages.
#![no_main]

use std::collections::BTreeMap;

use customs::functions::{AtHand, Given, Loaded, Paper};
use definition::value::{Value, parse_date};
use libfuzzer_sys::fuzz_target;

const ORIGINAL: &str = include_str!("../../zones/maku/samples/declaration-entry.xml");
const TARIFF: &str = include_str!("../../zones/maku/functions/sample-tariff.csv");
const RATES: &str = include_str!("../../zones/maku/functions/sample-rates.csv");

fuzz_target!(|text: &str| {
    let with = BTreeMap::from([("policy".to_owned(), "ir-free-zone".to_owned())]);
    let tables = [("functions/tariff.csv", TARIFF), ("functions/rates.csv", RATES)];
    let tables = tables.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let function = Loaded::load("customs.assess-amendment", 1, &with, &tables.into()).unwrap();
    let day = parse_date("2026-11-26").unwrap();
    let (owner, lot) = (Value::Text("C-0001".to_owned()), Value::Text("ENTRY-1".to_owned()));
    let wrapped = format!("<Declaration><FunctionCode>13</FunctionCode><TypeCode>COR</TypeCode>{text}</Declaration>");
    let original = Paper::new(ORIGINAL);
    for request in [text, &wrapped] {
        let request = Paper::new(request.to_owned());
        let given = [Given::Paper(&original), Given::Paper(&request), Given::Value(&owner), Given::Value(&lot)];
        if let Err(faults) = function.compute(&given, "", day, &AtHand::default()) {
            assert!(faults.iter().all(|fault| ["fa", "en"].iter().all(|tag| !fault.words[tag].is_empty())));
        }
    }
});
