//! Any text as what a person types into a form or a program sends as JSON: a value of its type, or an error; what is read is written and read again.
#![no_main]

use std::collections::BTreeMap;

use definition::model::CodeList;
use definition::value::{Decimal, DocumentKind, Type, Value, parse};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let lists: BTreeMap<String, CodeList> = BTreeMap::new();
    let (min, max) = (Some(Decimal::from(-1000)), Some(Decimal::from(1000)));
    let types = [
        Type::Bool,
        Type::Code("none".to_owned()),
        Type::Decimal { scale: 28, min: None, max: None },
        Type::Decimal { scale: 2, min, max },
        Type::Money("IRR".to_owned()),
        Type::Money("XXX".to_owned()),
        Type::Date,
        Type::Text { max_chars: 10 },
        Type::Document,
        Type::DocumentOf(DocumentKind::Image),
        Type::Place,
    ];
    for of in &types {
        if let Ok(value) = parse(of, text, &lists) {
            assert_eq!(of.accepts(&value, &lists), Ok(()));
            same_again(&value);
        }
    }
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        same_again(&value);
    }
});

fn same_again(value: &Value) {
    let written = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<Value>(&written).unwrap(), value);
}
