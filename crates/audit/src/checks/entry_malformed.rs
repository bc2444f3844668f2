//! An entry of the log is no leaf.
//!
//! Entries are deterministic CBOR (RFC 8949 section 4.2.1) of one form. One that is not can hide something: two readers may take it for two
//! different things.

use log::Leaf;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A103",
    name: "entry-malformed",
    weight: Weight::Fault,
    en: "An entry of the log is not a leaf.",
    fa: "یک مدخل دفتر برگ درستی نیست.",
};

/// An entry that cannot be read as a leaf; the leaf where it can.
pub(crate) fn check(index: u64, entry: &[u8], findings: &mut Findings) -> Option<Leaf> {
    match Leaf::decode(entry) {
        Ok(leaf) => Some(leaf),
        Err(error) => {
            findings.add(&CODE, At::index(index), error.to_string(), "a leaf in its one encoding");
            None
        }
    }
}
