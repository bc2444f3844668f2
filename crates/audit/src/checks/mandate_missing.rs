//! Somebody acted for another without a mandate that stood.
//!
//! What is done for a company by somebody else than its holder says who did it and under which mandate. Followed in the log's order, there was no such
//! mandate at that leaf: it was never given, or not to this person or for this company; it had not been accepted, or not begun; it was over,
//! given up or revoked; or it was not for this service or this case. Somebody acted in another's name, or the record was changed afterwards.
//!
//! Who held the company is told by its register, which is not part of the log.

use crate::finding::{At, Code, Findings, Weight};
use crate::mandates::{Acted, Mandates};

/// This check.
pub static CODE: Code = Code {
    id: "A440",
    name: "mandate-missing",
    weight: Weight::Fault,
    en: "Somebody acted for another without a mandate that stood.",
    fa: "کسی بی‌آنکه وکالتش برقرار باشد به جای دیگری اقدام کرده است.",
};

/// Somebody who acted for another, and the mandates as the log has them.
pub(crate) fn check(acted: &Acted, mandates: &Mandates, findings: &mut Findings) {
    if let Err(why) = mandates.stood(acted) {
        let agency = &acted.agency;
        let recorded = format!("{} for {} under mandate {}", agency.agent, agency.principal.key, agency.mandate);
        findings.add(&CODE, At::leaf(acted.index, acted.case.0), recorded, why);
    }
}
