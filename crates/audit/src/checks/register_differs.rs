//! A register does not have what a case entered into it, has it otherwise, or still has what fell.
//!
//! The record that a granted case enters, as corrected since, stands in the register; a certificate that is revoked and a decision that
//! falls take it out. What the register's keeper added of other concepts is not looked at.

use std::collections::BTreeMap;

use engine::event::Entering;
use engine::world::Record;

use crate::ending::Ending;
use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A507",
    name: "register-differs",
    weight: Weight::Fault,
    en: "A register does not have what a case entered.",
    fa: "آنچه پرونده در دفتر ثبت وارد کرده در آن نیست یا جور دیگری است.",
};

/// Records that cases entered, against the registers.
///
/// What the accounts took out of a register is theirs to say (A510).
pub(crate) fn check(
    ending: &Ending<'_>,
    accounts: Option<&BTreeMap<(String, String), Option<Record>>>,
    findings: &mut Findings,
) {
    let is_taken_out = |entered: &Entering| {
        let key = (entered.register.clone(), entered.key.clone());
        accounts.is_some_and(|accounts| accounts.get(&key).is_some_and(Option::is_none))
    };
    for (id, kept) in ending.cases() {
        let Some((entered, stands)) = &kept.entered else { continue };
        if is_taken_out(entered) {
            continue;
        }
        let place = format!("{}/{}", entered.register, entered.key);
        let at = || At { leaf: kept.end.map(|(index, _)| index), ..At::place(place.clone()) }.of(id.0);
        match ending.record(&entered.register, &entered.key) {
            None if *stands => findings.add(&CODE, at(), "no record", "the record that the case entered"),
            Some(_) if !stands && !ending.entered_by_another(id, entered) => {
                findings.add(&CODE, at(), "a record", "none: the certificate was revoked, or the decision fell");
            }
            Some(record) if *stands && !ending.entered_by_another(id, entered) => {
                let differ = entered.values.iter().filter(|(concept, value)| record.values.get(*concept) != Some(value));
                let differ: Vec<&str> = differ.map(|(concept, _)| concept.as_str()).collect();
                if !differ.is_empty() || record.held_by != entered.held_by {
                    let recorded = format!("other values of {}", differ.join(", "));
                    findings.add(&CODE, at(), recorded, "the values that the case entered");
                }
            }
            _ => {}
        }
    }
}
