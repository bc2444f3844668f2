//! A certificate was issued that no case in the record granted.
//!
//! A certificate names its case, and its place in the status list names the event that issued it. There is no such case, it issued no
//! certificate, or that event is not where it was issued. Of a case of which something was erased the leaves still say whether it issued one.

use crate::ending::Issued;
use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A501",
    name: "certificate-without-case",
    weight: Weight::Fault,
    en: "A certificate was issued that no case granted.",
    fa: "گواهی صادر شده که هیچ پرونده‌ای آن را نداده است.",
};

/// A certificate beside the case that it names.
pub(crate) fn check(certificate: &Issued<'_>, findings: &mut Findings) {
    let why = match certificate.case {
        None => "a case in the record",
        Some(kept) if kept.issuing.is_empty() => "a case that ended with a certificate",
        Some(kept) if !kept.issuing.contains(&certificate.position) => "the leaf that issued it",
        Some(_) => return,
    };
    let at = At { leaf: Some(certificate.position), ..At::place(certificate.place()) };
    findings.add(&CODE, at, format!("a certificate issued by leaf {}", certificate.position), why);
}
