//! A definition is not the one whose hash the log names.
//!
//! A case keeps the hash of the definition that it began under. The canonical form that was disclosed has another: the rules were changed
//! after cases were decided by them.

use std::fmt::Display;

use engine::case::Digest;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A302",
    name: "definition-changed",
    weight: Weight::Fault,
    en: "A definition is not the one that the log names.",
    fa: "تعریف آن نیست که دفتر نام می‌برد.",
};

/// A definition whose bytes are not those of its hash.
pub(crate) fn check(hash: &Digest, why: &dyn Display, findings: &mut Findings) {
    let path = record::manifest::definition_path(hash);
    findings.add(&CODE, At::place(path), why.to_string(), format!("the bytes with the hash {hash}"));
}
