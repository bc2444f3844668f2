//! Codes of countries and currencies are those of the published lists.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use customs::codes::{countries, currencies, is_country, is_currency};

/// The codes in a column of a published table, of the rows whose other column is empty; none where the data are not at hand.
fn published(file: &str, column: &str, struck: Option<&str>) -> Option<BTreeSet<String>> {
    let data = std::env::var_os("PANJEREH_DATA").map(PathBuf::from);
    let data = data.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    let file = data.join("customs").join(file);
    let Ok(mut reader) = csv::Reader::from_path(&file) else {
        println!("SKIPPED: there is no {}; name the folder of the data in PANJEREH_DATA", file.display());
        return None;
    };
    let heads = reader.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (code, struck) = (at(column), struck.map(at));
    let rows = reader.records().map(Result::unwrap).filter(|row| struck.is_none_or(|at| row[at].is_empty()));
    Some(rows.map(|row| row[code].to_owned()).filter(|code| !code.trim().is_empty()).collect())
}

#[test]
fn countries_are_those_of_iso_3166() {
    let own: BTreeSet<String> = countries().map(str::to_owned).collect();
    assert_eq!(own.len(), 249);
    if let Some(published) = published("country-codes.csv", "ISO3166-1-Alpha-2", None) {
        assert_eq!(own, published);
    }
    assert!(is_country("IR") && is_country("TR"));
    for other in ["ZZ", "QQ", "XK", "EU", "ir", "I", "IRN", "", "  ", "IR TR"] {
        assert!(!is_country(other), "{other}");
    }
}

#[test]
fn currencies_are_those_of_iso_4217() {
    let own: BTreeSet<String> = currencies().map(str::to_owned).collect();
    if let Some(published) = published("currency-codes.csv", "AlphabeticCode", Some("WithdrawalDate")) {
        assert_eq!(own, published);
    }
    assert!(is_currency("IRR") && is_currency("EUR"));
    for other in ["ZZZ", "eur", "EU", "EURO", ""] {
        assert!(!is_currency(other), "{other}");
    }
}
