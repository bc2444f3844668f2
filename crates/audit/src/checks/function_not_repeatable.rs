//! A function cannot be asked again: what it rests on, was given or made is not there, or is not what its hash is of.
//!
//! A definition names the tables of its functions by their hash, and a case the documents that functions were given and made. A zone keeps them for as long as
//! the case is not erased, and discloses them. Without them nobody can ask the function again: here a table or a document is missing or was exchanged, or no
//! function of this name and version is known to the program that audits, which then is older or newer than the zone's.

use std::fmt::Display;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A438",
    name: "function-not-repeatable",
    weight: Weight::Fault,
    en: "A function cannot be asked again: what it rests on, was given or made is missing, or has another hash.",
    fa: "تابع را نمی‌توان دوباره پرسید: چیزی که بر آن تکیه دارد، گرفته یا ساخته است در دست نیست، یا چکیدهٔ آن جور دیگری است.",
};

/// Something that is not there, or is another.
pub(crate) fn check(at: At, what: &str, why: &dyn Display, findings: &mut Findings) {
    findings.add(&CODE, At { place: Some(what.to_owned()), ..at }, why.to_string(), "what the record names by its hash");
}
