//! Duty expressions: those of a published tariff are read or refused for a reason, and come to what the tariff says.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use customs::rates::Rates;
use customs::tariff::expression::{Subject, Unworkable};
use customs::tariff::unit::Unit;
use customs::tariff::{ExpressionFault, parse};
use definition::value::{Date, Decimal};
use proptest::prelude::*;

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

/// What an expression comes to on a day, for a value of 1000 and 500 kg, 85 l of 16% and 40 pieces.
fn work(text: &str, day: &str) -> Result<String, Unworkable> {
    let mut rates = Rates::default();
    rates.add("EUR", Date::new(2026, 1, 1).unwrap(), None, decimal("0.8"));
    let quantity = |unit: &Unit| match unit {
        Unit::Kilogram => Some(decimal("500")),
        Unit::Litre => Some(decimal("85")),
        Unit::StrengthHectolitre => Some(decimal("13.6")),
        Unit::Piece => Some(decimal("40")),
        _ => None,
    };
    let value = decimal("1000");
    let subject = Subject { value, quantity: &quantity, currency: "GBP", rates: &rates, day: day.parse().unwrap() };
    parse(text).unwrap().work(&subject).map(|worked| worked.amount.normalize().to_string())
}

#[test]
fn expressions_come_to_what_they_say() {
    for (text, expected) in [
        ("16.0%", "160"),
        ("85.00 GBP/100kg", "425"),
        ("102.40 EUR / 100 kg", "409.6"),
        ("8.00% + 22.00 GBP/100kg", "190"),
        ("26.00 GBP/hl", "22.1"),
        ("1.00 GBP / % vol / hl + 5.00 GBP / hl", "17.85"),
        ("10.0% MIN 22.00 GBP/100kg MAX 56.00 GBP/100kg", "110"),
        ("30.0% MIN 22.00 GBP/100kg MAX 56.00 GBP/100kg", "280"),
        ("2.00 GBP / 1,000 items", "0.08"),
        ("0.50 EUR / item MIN 1.0% MAX 3.0%", "16"),
        ("1,200.00 EUR / tonne", "480"),
        ("\u{6f1}\u{6f6}%", "160"),
        ("۱۶٫۰٪", "160"),
        ("۸٪ + ۲۲٫۰۰ GBP/۱۰۰kg", "190"),
        ("۱٬۲۰۰٫۰۰ EUR / tonne", "480"),
        ("۱٫۰۰ GBP / ٪ vol / hl + ۵ GBP / hl", "17.85"),
        ("5 GBP", "5"),
        ("100 kg", ""),
    ] {
        match parse(text) {
            Ok(_) => assert_eq!(work(text, "2026-06-01").unwrap(), expected, "{text}"),
            Err(fault) => assert!(expected.is_empty(), "{text}: {fault}"),
        }
    }
}

#[test]
fn seasons_go_over_the_end_of_the_year() {
    let text = "16.0% (1 JUL - 31 JAN), 10.0% (1 FEB - 30 JUN)";
    assert_eq!(work(text, "2026-07-01").unwrap(), "160");
    assert_eq!(work(text, "2027-01-31").unwrap(), "160");
    assert_eq!(work(text, "2026-02-01").unwrap(), "100");
    let open = "16.0% (1 JUL - 31 DEC)";
    assert!(matches!(work(open, "2026-02-01"), Err(Unworkable::NoSeason { .. })));
}

#[test]
fn what_is_missing_is_named() {
    assert_eq!(work("1.00 GBP / m2", "2026-06-01"), Err(Unworkable::NoQuantity { unit: "m2".into() }));
    assert_eq!(
        work("1.00 GBP / 100 kg / net drained wt", "2026-06-01"),
        Err(Unworkable::NoQuantity { unit: "kg net drained wt".into() })
    );
    assert!(matches!(work("1.00 USD / 100 kg", "2026-06-01"), Err(Unworkable::NoRate { .. })));
    assert!(matches!(work("1.00 EUR / 100 kg", "2025-06-01"), Err(Unworkable::NoRate { .. })));
    let huge = "9999999999999999999999999 GBP / kg";
    assert!(matches!(work(&format!("{huge} + {huge} + {huge}"), "2026-06-01"), Err(Unworkable::TooLarge) | Ok(_)));
}

#[test]
fn what_stands_for_another_table_is_refused() {
    for text in ["Entry Price", "9.70% + EA", "8.30% + EA MAX 18.70% + ADSZ"] {
        assert!(matches!(parse(text), Err(ExpressionFault::Elsewhere { .. })), "{text}");
    }
    for text in [
        "",
        "%",
        "free",
        "10",
        "10 %%",
        "۱۰ ٪٪",
        "٪",
        "10% +",
        "10% MIN",
        "8 + 22 EUR/100 kg",
        "10 EURO / kg",
        "1 EUR / 0 kg",
        "10% (1 JUL - 32 AUG)",
        "10% (1 JUL)",
    ] {
        assert!(parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_published_tariff_is_read() {
    let data = std::env::var_os("PANJEREH_DATA").map(PathBuf::from);
    let data = data.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    let file = data.join("customs/uk_global_tariff_2020-12-02.csv");
    let Ok(mut reader) = csv::Reader::from_path(&file) else {
        println!("skipped: there is no {}", file.display());
        return;
    };
    let (mut read, mut refused) = (0, BTreeMap::<String, usize>::new());
    for row in reader.records() {
        match parse(&row.unwrap()[3]) {
            Ok(_) => read += 1,
            Err(fault) => *refused.entry(fault.to_string()).or_default() += 1,
        }
    }
    assert_eq!((read, refused), (11_830, BTreeMap::new()));
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "[0-9.,%+/() A-Za-z\u{6f0}\u{66a}-\u{66c}\u{20ac}-]{0,60}") {
        let _ = parse(&text);
    }
}
