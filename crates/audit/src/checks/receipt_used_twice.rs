//! One payment was taken in two cases.
//!
//! A receipt is one sum: it pays once in the zone.

use std::collections::HashMap;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A426",
    name: "receipt-used-twice",
    weight: Weight::Fault,
    en: "One receipt paid in two cases.",
    fa: "یک رسید در دو پرونده به کار رفته است.",
};

/// A payment beside the receipts seen so far. Takes it among them.
pub(crate) fn check(at: At, receipt: &str, seen: &mut HashMap<String, u64>, findings: &mut Findings) {
    let index = at.leaf.unwrap_or_default();
    if let Some(first) = seen.get(receipt) {
        findings.add(&CODE, at, format!("receipt {receipt}"), format!("a receipt that did not pay at leaf {first} already"));
        return;
    }
    seen.insert(receipt.to_owned(), index);
}
