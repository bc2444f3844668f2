//! An act on the roster is recorded that the roster's rules refuse.
//!
//! Who may be drawn, and whose passkey is which, is recorded in a stream of its own. Two keepers watch over it: what the operator does to it no longer
//! counts from then on, nobody changes what concerns themselves, and a passkey is added under one that stands or by the word of two keepers. Here the
//! record has an act that these rules refuse: somebody put a person or a passkey on the roster, or took one off, who had no right to.

use engine::roster::{Register, RosterActor, RosterEvent, decide_again};

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A430",
    name: "roster-act-refused",
    weight: Weight::Fault,
    en: "An act on the roster is recorded that its rules refuse.",
    fa: "اقدامی بر فهرست کارشناسان ثبت شده که قاعده‌های آن نمی‌پذیرد.",
};

/// Looks at an act on the roster as it stood before.
pub(crate) fn check(at: At, register: &Register, event: &RosterEvent, findings: &mut Findings) {
    if let Err(refusal) = decide_again(register, &event.by, &event.act, event.signed.is_some(), event.at) {
        let by = match &event.by {
            RosterActor::Officer(officer) => officer.as_str(),
            RosterActor::Operator => "the operator",
        };
        let recorded = format!("{} of {} by {by}", event.act.kind(), event.act.officer().map_or("the zone", String::as_str));
        findings.add(&CODE, at, recorded, format!("refused: {refusal}"));
    }
}
