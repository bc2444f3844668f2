//! Messages made by hand: what is wrong with one is said with its line of the message, its datum's number and a remedy, and nothing of it is taken.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use customs::{Fault, Message, Problem, read};
use definition::value::Decimal;

/// A declaration of one item, which tests change.
const SAMPLE: &str = include_str!("data/sample-declaration.xml");

fn value(text: &Option<customs::declaration::Text>) -> &str {
    &text.as_ref().unwrap().value
}

fn problems(text: &str) -> Vec<Problem> {
    read(text.as_bytes()).unwrap_err()
}

fn told(text: &str) -> Vec<(String, Option<&'static str>, String)> {
    problems(text).into_iter().map(|p| (p.path, p.id, p.fault.to_string())).collect()
}

#[test]
fn what_is_declared_is_read() {
    let Message::Declaration(read) = read(SAMPLE.as_bytes()).unwrap() else { panic!("a declaration") };
    assert_eq!((read.function.value.as_str(), read.kind.as_ref().unwrap().value.as_str()), ("9", "IMA"));
    let item = &read.shipment.items[0];
    let charge = item.charge.as_ref().unwrap();
    assert_eq!((charge.value.value, charge.currency.as_deref()), (Decimal::new(100_050, 2), Some("EUR")));
    let at = charge.value.span;
    assert_eq!(&SAMPLE[at.start as usize..at.end as usize], "1000.50");
    let codes: Vec<_> = item.codes.iter().map(|c| (value(&c.list), value(&c.code))).collect();
    assert_eq!(codes, [("TSP", "08031010"), ("TRC", "00")]);
    assert_eq!(read.accepted.as_ref().unwrap().value.to_string(), "2026-11-25");
}

#[test]
fn every_fault_is_said_at_once_with_its_number() {
    let text = SAMPLE
        .replace("<CountryCode>TR</CountryCode>", "<CountryCode>Turky</CountryCode>")
        .replace("1000.50", "\u{6f1}\u{6f0}\u{6f0}\u{6f0}")
        .replace("<FunctionCode>9</FunctionCode>", "")
        .replace("<TypeCode>IMA</TypeCode>", "<TypeCode>IMPORT</TypeCode><TypCode>IMA</TypCode>");
    let item = "Declaration/GoodsShipment/GovernmentAgencyGoodsItem[1]";
    let expected = [
        ("Declaration/TypeCode".to_owned(), Some("D013"), "it has 6 characters, and at most 3 are allowed".to_owned()),
        ("Declaration/TypCode".to_owned(), None, "`TypCode` is no part of `Declaration`".to_owned()),
        (
            format!("{item}/Commodity/InvoiceLine/ItemChargeAmount"),
            Some("112"),
            "`\u{6f1}\u{6f0}\u{6f0}\u{6f0}` is not a number".to_owned(),
        ),
        (format!("{item}/Origin[1]/CountryCode"), Some("063"), "`Turky` is not a country".to_owned()),
        ("Declaration/FunctionCode".to_owned(), Some("017"), "`FunctionCode` is missing".to_owned()),
    ];
    assert_eq!(told(&text), expected);
    let unknown = problems(&text).into_iter().find(|problem| problem.id.is_none()).unwrap();
    assert_eq!(unknown.fault.help(), "did you mean `TypeCode`?");
}

#[test]
fn amounts_are_not_negative_and_not_longer_than_they_may_be() {
    let with = |amount: &str| problems(&SAMPLE.replace("1000.50", amount)).remove(0).fault;
    assert!(matches!(with("-1"), Fault::Negative { .. }));
    assert!(matches!(with("1.0001"), Fault::TooFine { fraction: 3, .. }));
    assert!(matches!(with(&"9".repeat(40)), Fault::TooManyDigits { digits: 16, .. }));
    for amount in ["1,000.50", "1e3", "NaN", "0x10", "1 000", "1.2.3", ".", "+"] {
        assert!(matches!(with(amount), Fault::NotANumber { .. }), "{amount}");
    }
    assert!(matches!(with(""), Fault::Blank));
    assert!(matches!(with("<b/>1"), Fault::Nested));
}

#[test]
fn a_message_is_whole_or_refused() {
    for end in 0..SAMPLE.len() {
        if let Some(part) = SAMPLE.get(..end).filter(|part| part.trim_end() != SAMPLE.trim_end()) {
            assert!(read(part.as_bytes()).is_err(), "{end}");
        }
    }
    assert!(matches!(read(b"\xff\xfe<\0").unwrap_err()[0].fault, Fault::NotUtf8));
    assert!(matches!(problems("<Invoice/>")[0].fault, Fault::OtherMessage { .. }));
}

#[test]
fn more_items_than_there_may_be_are_refused_once() {
    let start = SAMPLE.find("<GovernmentAgencyGoodsItem>").unwrap();
    let end = SAMPLE.find("</GovernmentAgencyGoodsItem>").unwrap() + "</GovernmentAgencyGoodsItem>".len();
    let item = "<GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric></GovernmentAgencyGoodsItem>";
    let text = format!("{}{}{}", &SAMPLE[..start], item.repeat(100_000), &SAMPLE[end..]);
    let problems = problems(&text);
    assert_eq!(problems.len(), 1);
    assert!(matches!(problems[0].fault, Fault::TooMany { most: 999, .. }));
}
