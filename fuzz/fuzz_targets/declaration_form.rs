//! Anything typed into the form of a declaration: no panic; what is taken is read again, and what is not has a field and words.
#![no_main]

use customs::form::{Cells, Form, Terms, write};
use libfuzzer_sys::fuzz_target;

const KEYS: [&str; 17] = [
    "number",
    "commodity",
    "description",
    "origin",
    "price",
    "currency",
    "gross",
    "net",
    "quantity",
    "unit",
    "packages",
    "package",
    "marks",
    "procedure",
    "previous",
    "preference",
    "valuation",
];

fuzz_target!(|typed: (String, bool, Vec<Vec<(u8, String)>>)| {
    let (reference, known, items) = typed;
    let key = |at: u8| KEYS[usize::from(at) % KEYS.len()].to_owned();
    let item = |cells: Vec<(u8, String)>| cells.into_iter().map(|(at, text)| (key(at), text)).collect();
    let head = Cells::from([("reference".to_owned(), reference)]);
    let form = Form { head, items: items.into_iter().map(item).collect() };
    let terms = Terms { procedure: known.then_some(("78", "00")), items_max: 999, leaves: !known };
    match write(&form, &terms, None) {
        Ok(xml) => assert!(customs::read(xml.as_bytes()).is_ok()),
        Err(wrong) => assert!(
            !wrong.is_empty() && wrong.iter().all(|one| !one.words["fa"].is_empty() && !one.words["en"].is_empty())
        ),
    }
});
