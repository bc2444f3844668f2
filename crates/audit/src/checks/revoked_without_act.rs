//! The status list says that a certificate is revoked, and nobody revoked it.
//!
//! Only what two officers revoked together, a decision that fell, a certificate that was issued anew after a correction and a warehouse receipt of which nothing is left
//! stand on the list.

use crate::ending::Ending;
use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A506",
    name: "revoked-without-act",
    weight: Weight::Fault,
    en: "The status list revokes what nobody revoked.",
    fa: "فهرست وضعیت چیزی را باطل می‌داند که کسی باطل نکرده است.",
};

/// What the lists revoke, against the cases.
pub(crate) fn check(ending: &Ending<'_>, findings: &mut Findings) {
    for position in ending.revoked() {
        let Some((id, kept)) = ending.issuer_of(position) else {
            findings.add(&CODE, At::index(position), "revoked in the status list", "a leaf that issued a certificate");
            continue;
        };
        let ended = kept.case.as_ref().and_then(|case| case.ended.as_ref());
        let left = kept.unfollowed.as_ref().filter(|_| kept.case.is_none());
        let holds = left.is_some_and(|left| !left.fell)
            || ended.is_some_and(|ended| ended.certificate.is_some() && ended.revoked.is_none());
        let is_newest = kept.issuing.last() == Some(&position);
        // Where it cannot be known whether it is void, nothing is said against it.
        if holds && is_newest && ending.is_void(id) == Some(false) {
            findings.add(&CODE, At::leaf(position, id.0), "revoked in the status list", "valid: nobody revoked it");
        }
    }
}
