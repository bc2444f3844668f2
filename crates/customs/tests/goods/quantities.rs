//! Quantities are exact, units are Recommendation 20's, and parts add up.

use std::path::PathBuf;

use customs::goods::{Commodity, Id, Kind, MAX_STEPS, Quantity, UNITS, apportion};
use definition::value::Decimal;
use proptest::prelude::*;

use super::scene::quantity;

fn fault(amount: &str, unit: &str) -> String {
    Quantity::parse(amount, unit).unwrap_err().to_string()
}

#[test]
fn units_of_a_kind_convert_without_rounding() {
    for (amount, unit, same) in [
        ("1.5", "TNE", "1500 KGM"),
        ("۱۲٫۵", "KGM", "12.5 KGM"),
        ("٣", "DTN", "300 KGM"),
        ("0.001", "GRM", "0.000001 KGM"),
        ("5", "CTM", "0.001 KGM"),
        ("2", "MTQ", "2000 LTR"),
        ("7", "PR", "14 C62"),
        ("0", "KGM", "0 KGM"),
        ("-0", "KGM", "0 KGM"),
        ("1,000", "KGM", "1000 KGM"),
    ] {
        assert_eq!(quantity(amount, unit).to_string(), same);
    }
}

#[test]
fn what_is_no_quantity_says_why() {
    let told = [
        fault("-1", "KGM"),
        fault("1234567890123456789012345678901234567890", "KGM"),
        fault("1000000000001", "KGM"),
        fault("0.0005", "GRM"),
        fault("0.25", "PR"),
        fault("0.5", "C62"),
        fault("1", "STONE OF OLD"),
        fault("1", "kgm"),
        fault("12,5", "KGM"),
        fault("1e3", "KGM"),
        fault("", "KGM"),
        fault("NaN", "KGM"),
    ];
    insta::assert_snapshot!(told.join("\n"), @r"
    -1 KGM is below zero; write it without a sign, the movement says which way goods go
    `1234567890123456789012345678901234567890` is larger than can be computed exactly; see whether a point is missing
    it is more than 1000000000000 KGM, the most that is counted; see whether a point is missing
    0.0005 GRM is finer than the smallest step, 0.000001 KGM; write it in whole steps
    0.25 PR is finer than the smallest step, 1 C62; write it in whole steps
    0.5 C62 is finer than the smallest step, 1 C62; write it in whole steps
    no unit `STONE OF OLD` is known here; use a code of UN/ECE Recommendation 20 such as KGM, LTR, MTR, MTK or C62
    no unit `kgm` is known here; use a code of UN/ECE Recommendation 20 such as KGM, LTR, MTR, MTK or C62
    `12,5` is no number; write it in digits, Persian or Latin ones, such as `12500.75`
    `1e3` is no number; write it in digits, Persian or Latin ones, such as `12500.75`
    `` is no number; write it in digits, Persian or Latin ones, such as `12500.75`
    `NaN` is no number; write it in digits, Persian or Latin ones, such as `12500.75`
    ");
}

#[test]
fn names_are_one_line_and_folded() {
    assert_eq!(Id::new(" كالاي ۱۲ ").unwrap().as_str(), "کالای 12");
    for text in ["", " ", "\u{200b}", "a\nb", "a\0", "\u{202e}abc", &"x".repeat(71)] {
        assert!(Id::new(text).is_err(), "{text:?}");
    }
    assert_eq!(Commodity::new("۱۷۰۱۹۹").unwrap().as_str(), "170199");
    for text in ["", "17019", "17.01.99", "17019900000", "sugar!"] {
        assert!(Commodity::new(text).is_err(), "{text:?}");
    }
}

/// Every unit here is in UN/ECE Recommendation 20, not struck from it, and converts as it says there.
#[test]
fn units_are_those_of_recommendation_20() {
    let data = std::env::var_os("PANJEREH_DATA")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")), PathBuf::from);
    let file = data.join("customs/unece_rec20_units.csv");
    let Ok(mut reader) = csv::Reader::from_path(&file) else {
        println!("SKIPPED: there is no {}; name the folder of the data in PANJEREH_DATA", file.display());
        return;
    };
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for (code, kind, steps) in UNITS {
        let row = rows.iter().find(|row| &row[1] == code).unwrap_or_else(|| panic!("{code} is not there"));
        assert_eq!(&row[0], "", "{code} was struck");
        let base = 10_u64.pow(kind.scale());
        if let Some(expected) = published(&row[6], kind) {
            assert_eq!(Decimal::from(steps) / Decimal::from(base), expected, "{code}");
        } else {
            // A piece and its synonyms have no factor.
            assert_eq!((kind, steps), (Kind::Count, 1), "{code}: {}", &row[6]);
        }
    }
}

/// A conversion factor as it is published, in the unit of the kind: `10⁻³ kg`, `200 mg`, `3,6 x 10⁶ J`, `144`.
fn published(text: &str, kind: Kind) -> Option<Decimal> {
    let (number, unit) = text.rsplit_once(' ').filter(|_| kind != Kind::Count).unwrap_or((text, ""));
    let (number, unit) = if kind != Kind::Count && unit.is_empty() { ("1", text) } else { (number, unit) };
    let superscripts = |text: &str| text.chars().all(|c| "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c));
    let mut product = Decimal::ONE;
    for factor in number.split(" x ").filter(|factor| !factor.is_empty()) {
        product *= match factor.strip_prefix("10").filter(|power| !power.is_empty() && superscripts(power)) {
            Some(power) => {
                let (sign, digits) = power.strip_prefix('⁻').map_or((1, power), |digits| (-1, digits));
                let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|one| one == c).unwrap();
                let power = digits.chars().fold(0, |sum, c| sum * 10 + digit(c));
                let ten = Decimal::from(10_u64.pow(u32::try_from(power).unwrap()));
                if sign < 0 { Decimal::ONE / ten } else { ten }
            }
            None => factor.replace(',', ".").parse().ok()?,
        };
    }
    let per = match unit {
        "kg" | "m" | "m²" | "" => Decimal::ONE,
        "mg" => Decimal::new(1, 6),
        // A cubic metre is a thousand litres.
        "m³" => Decimal::from(1000),
        "J" => Decimal::ONE / Decimal::from(3_600_000),
        _ => return None,
    };
    Some((product * per).round_dp(15).normalize())
}

proptest! {
    #[test]
    fn parts_add_up_and_are_within_one_of_their_share(total in 0..=MAX_STEPS, weights in prop::collection::vec(0..=MAX_STEPS, 1..8)) {
        let parts = apportion(total, &weights);
        prop_assert_eq!(parts.iter().sum::<u64>(), total);
        let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
        for (part, weight) in parts.iter().zip(&weights).filter(|_| sum > 0) {
            let exact = u128::from(total) * u128::from(*weight);
            prop_assert!(u128::from(*part) * sum < exact + sum && exact < u128::from(*part) * sum + sum);
        }
    }

    #[test]
    fn quantities_are_read_as_they_are_written(steps in 0..=MAX_STEPS, unit in 0..UNITS.len()) {
        let quantity = Quantity::new(steps, UNITS[unit].1).unwrap();
        let text = serde_json::to_string(&quantity).unwrap();
        prop_assert_eq!(serde_json::from_str::<Quantity>(&text).unwrap(), quantity);
    }
}
