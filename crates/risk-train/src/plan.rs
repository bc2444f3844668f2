//! Which columns of the Korean sample are read, and what is made of them.
//!
//! Must not know of: LightGBM, files.
//!
//! `risk_kr` has 37,385 import items of 2020 and 8,134 of the first quarter of 2021, synthesised from inspected Korean declarations ("Customs Import Declaration
//! Datasets", Jeong et al., 2022, arXiv 2208.02484). The duty at stake is its `Tax Rate` in per cent of its `Item Price`, the data's own words for the rate of
//! duty and the assessed value (in won). Its identifiers of importers, sellers and declarants carry nothing (correlation 0.01), so no profile is made of them here, and
//! nothing about such profiles can be claimed from it.

use customs::risk::learn::Plan;
use customs::risk::{Column, Feature};

/// Columns by their number, as [`COLUMNS`] has them.
const RATE: usize = 0;
const PRICE: usize = 1;
const MASS: usize = 2;
const COMMODITY: usize = 3;
const ORIGIN: usize = 4;
const DEPARTURE: usize = 5;
const TAX: usize = 6;
const OFFICE: usize = 7;

/// Names, and whether they are numbers.
const COLUMNS: [(&str, bool); 8] = [
    ("Tax Rate", true),
    ("Item Price", true),
    ("Net Mass", true),
    ("HS6 Code", false),
    ("Country of Origin", false),
    ("Country of Departure", false),
    ("Tax Type", false),
    ("Office ID", false),
];

/// Profiles of goods and where they come from.
const GOODS: [&[usize]; 8] = [
    &[COMMODITY],
    &[COMMODITY, ORIGIN],
    &[COMMODITY, DEPARTURE],
    &[COMMODITY, ORIGIN, DEPARTURE],
    &[COMMODITY, RATE],
    &[COMMODITY, TAX],
    &[COMMODITY, OFFICE],
    &[ORIGIN, DEPARTURE],
];

/// Profiles of consignments that come again: the same goods at the same price, or of the same weight. In the sample 85% of a later quarter's prices occurred before
/// to the last digit, which is how it was synthesised; whether real declarations repeat as much, nobody can say from it.
const REPEATED: [&[usize]; 3] = [&[COMMODITY, PRICE], &[COMMODITY, MASS], &[PRICE, MASS]];

/// What is made of a declaration's item. `weight` is how many rows the share of all weighs in a profile.
pub fn declarations(weight: u32, without_amounts: bool) -> Plan {
    let columns = COLUMNS.iter().map(|(name, number)| Column { name: (*name).to_owned(), number: *number });
    let repeated: &[&[usize]] = if without_amounts { &[] } else { &REPEATED };
    let profiles: Vec<Vec<usize>> = GOODS.iter().chain(repeated).map(|columns| columns.to_vec()).collect();
    let mut made = vec![
        Feature::Number(RATE),
        Feature::Number(MASS),
        Feature::Number(PRICE),
        Feature::Ratio(PRICE, MASS),
        Feature::Percent(RATE, PRICE),
    ];
    made.extend((0..profiles.len()).flat_map(|profile| [Feature::Share(profile), Feature::Rows(profile)]));
    Plan { columns: columns.collect(), profiles, weight, made }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_made_of_what_is_there() {
        let plan = declarations(3, false);
        assert!(plan.profiles.iter().flatten().all(|column| *column < plan.columns.len()));
        assert_eq!((plan.profiles.len(), plan.made.len()), (11, 5 + 2 * 11));
        assert_eq!(declarations(3, true).profiles.len(), 8);
    }
}
