//! What was booked in the goods accounts is not what comes of booking it.
//!
//! The accounts are followed from leaf to leaf, across all cases. Each booking was done again with what its case gave and the accounts as they stood: it moves
//! other goods or another quantity, takes more than there was, takes from what nobody has, or does not balance. What was booked is then taken as it is
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

/// A booking that cannot follow what stands in the accounts, or is none.
pub(crate) fn misfit(booked: &Booked, why: &str, findings: &mut Findings) {
    let at = At::leaf(booked.index, booked.case.0);
    findings.add(&CODE, at, format!("{} booked", booked.function), why);
}
