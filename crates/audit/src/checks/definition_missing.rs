//! A case runs under a definition that was not disclosed.
//!
//! A leaf names the definition of its case by hash, and definitions are public. Without it nobody can say by which rules the case was
//! decided.

use engine::case::Digest;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A301",
    name: "definition-missing",
    weight: Weight::Fault,
    en: "The definition that a case runs under is missing.",
    fa: "تعریفی که پرونده بر پایهٔ آن پیش رفته است در دست نیست.",
};

/// A definition that is not there.
pub(crate) fn check(at: At, hash: &Digest, findings: &mut Findings) {
    findings.add(&CODE, at, format!("definition {hash}"), "its canonical form among the definitions");
}
