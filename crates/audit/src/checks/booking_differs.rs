//! What was booked in the goods accounts is not what comes of booking it.
//!
//! The accounts are followed from leaf to leaf, across all cases. Each booking was done again with what its case gave and the accounts as they stood: it moves
//! other goods or another quantity, takes more than there was, takes from what nobody has, or does not balance; or the record says that the accounts refused a
//! booking, and they have nothing or something else against it. What was booked is then taken as it is
//! recorded, if it fits; rows that it leaves in doubt are not followed any further, and the report counts what could not be asked of them.

use customs::functions::Fault;

use super::function_differs::words;
use crate::asked::{Answer, Booked, Question};
use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A439",
    name: "booking-differs",
    weight: Weight::Fault,
    en: "What was booked in the goods accounts is not what comes of booking it.",
    fa: "آنچه در حساب کالا ثبت شده آن نیست که از ثبت دوباره به دست می‌آید.",
};

/// Looks at what comes of booking again. Gives whether it is the same.
pub(crate) fn check(
    question: &Question,
    posted: Option<&str>,
    heard: &Result<Answer, Vec<Fault>>,
    findings: &mut Findings,
) -> bool {
    let recomputed = match heard {
        Ok(Answer::Moved(moved)) if posted == Some(moved.posted.as_str()) => return true,
        Ok(_) => "another movement".to_owned(),
        Err(faults) => format!("refused: {}", words(faults)),
    };
    let at = At::leaf(question.index, question.case.0);
    findings.add(&CODE, at, format!("{} booked", question.function), recomputed);
    false
}

/// Whether the accounts have the same against a booking as the record says.
pub(crate) fn is_refused(faults: &[engine::world::Fault], heard: &Result<Answer, Vec<Fault>>) -> bool {
    let is_same = |(own, fault): (&engine::world::Fault, &Fault)| {
        let words = own.words.iter().map(|(language, text)| (language.as_str(), text));
        own.of == fault.of && own.place == fault.place && words.eq(fault.words.iter().map(|(tag, text)| (*tag, text)))
    };
    matches!(heard, Err(now) if now.len() == faults.len() && faults.iter().zip(now).all(is_same))
}

/// Looks at what the accounts have against a booking that they are said to have refused.
pub(crate) fn refused(
    question: &Question,
    faults: &[engine::world::Fault],
    heard: &Result<Answer, Vec<Fault>>,
    findings: &mut Findings,
) {
    if is_refused(faults, heard) {
        return;
    }
    let recomputed = match heard {
        Ok(_) => "it can be booked".to_owned(),
        Err(faults) => format!("refused: {}", words(faults)),
    };
    let at = At::leaf(question.index, question.case.0);
    findings.add(&CODE, at, format!("{} refused", question.function), recomputed);
}

/// A booking that cannot follow what stands in the accounts, or is none.
pub(crate) fn misfit(booked: &Booked, why: &str, findings: &mut Findings) {
    let at = At::leaf(booked.index, booked.case.0);
    findings.add(&CODE, at, format!("{} booked", booked.function), why);
}
