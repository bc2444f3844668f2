//! An officer could be drawn before and after a draw, and was left out of it.
//!
//! The roster is not in the log yet, only the candidates of each draw. Whoever leaves a colleague out of one draw makes the others likelier
//! to be drawn. Absences look the same, so this is to be looked at and does not make the record wrong.

use std::collections::BTreeSet;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A602",
    name: "roster-flickers",
    weight: Weight::Remark,
    en: "An officer was left out of one draw between two others.",
    fa: "کارشناسی در یک قرعه میان دو قرعه از فهرست بیرون مانده است.",
};

/// Three draws for the same seat of a service, one after the other, and those who could not be drawn in the middle one for another reason.
pub(crate) fn check(
    at: At,
    before: &BTreeSet<String>,
    middle: &BTreeSet<String>,
    after: &BTreeSet<String>,
    findings: &mut Findings,
) {
    let missing: Vec<&str> = before.intersection(after).filter(|one| !middle.contains(*one)).map(String::as_str).collect();
    if !missing.is_empty() {
        let recorded = format!("drawn without {}", missing.join(", "));
        findings.add(&CODE, at, recorded, "the candidates of the draws before and after");
    }
}
