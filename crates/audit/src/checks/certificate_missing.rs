//! A case issued a certificate that was not disclosed.
//!
//! A case that ends with a certificate has one as soon as its message is delivered; cases whose messages still wait are left out.

use crate::ending::Ending;
use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A502",
    name: "certificate-missing",
    weight: Weight::Fault,
    en: "A case issued a certificate, and there is none.",
    fa: "پرونده گواهی داده، ولی گواهی در دست نیست.",
};

/// Cases without the certificate that they issued.
pub(crate) fn check(ending: &Ending<'_>, findings: &mut Findings) {
    for (id, kept) in ending.cases() {
        // With a name that is erased the zone's copy of the certificate goes.
        let whole = kept.case.as_ref().filter(|case| case.erased.is_empty());
        let ended = whole.and_then(|case| case.ended.as_ref());
        let issued = ended.and_then(|ended| ended.certificate.as_ref());
        if let Some(issued) = issued
            && !ending.has_certificate(id)
            && !ending.waits(id)
        {
            let at = At { leaf: kept.issuing.last().copied(), ..At::default() }.of(id.0);
            findings.add(&CODE, at, "no certificate", format!("a certificate `{}`", issued.certificate));
        }
    }
}
