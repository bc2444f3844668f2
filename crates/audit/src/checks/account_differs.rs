//! A register does not have of a lot or a receipt what the goods accounts have.
//!
//! Each movement writes what is left in a lot or a receipt into the register where its holder finds it. The accounts were followed from the first booking on;
//! here the register has another quantity, another holder, nothing where something is left, or something where nothing is.

use std::collections::BTreeMap;

use engine::world::Record;

use crate::ending::Ending;
use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A510",
    name: "account-differs",
    weight: Weight::Fault,
    en: "A register does not have of a lot or a receipt what the goods accounts have.",
    fa: "دفتر ثبت از یک محموله یا قبض چیزی جز حساب کالا دارد.",
};

/// What registers should have of the accounts, by register and key, beside what they have.
pub(crate) fn check(
    ending: &Ending<'_>,
    accounts: &BTreeMap<(String, String), Option<Record>>,
    findings: &mut Findings,
) {
    for ((register, key), expected) in accounts {
        let recorded = ending.record(register, key);
        // What a case entered is held against what it entered (A507), unless the accounts took it out since.
        let is_entered = expected.is_some() && ending.is_entered(register, key);
        if recorded == expected.as_ref() || is_entered {
            continue;
        }
        let recorded = match (recorded, expected) {
            (None, _) => "no record".to_owned(),
            (Some(_), None) => "a record".to_owned(),
            (Some(recorded), Some(expected)) => told(recorded, expected),
        };
        let recomputed = if expected.is_some() { "what the accounts have" } else { "none: nothing is left" };
        findings.add(&CODE, At::place(format!("{register}/{key}")), recorded, recomputed);
    }
}

fn told(recorded: &Record, expected: &Record) -> String {
    let concepts = recorded.values.keys().chain(expected.values.keys());
    let mut differ: Vec<&str> = concepts
        .filter(|concept| recorded.values.get(*concept) != expected.values.get(*concept))
        .map(String::as_str)
        .collect();
    differ.sort_unstable();
    differ.dedup();
    if differ.is_empty() { "another holder".to_owned() } else { format!("other values of {}", differ.join(", ")) }
}
