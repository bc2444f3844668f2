//! A certificate was revoked, its decision fell or it is a warehouse receipt of which nothing is left, and the status list still says that it holds.
//!
//! A status list is what a gate looks at. Revoked in the record and valid in the list means that it opens doors.

use crate::ending::Ending;
use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A505",
    name: "revocation-missing",
    weight: Weight::Fault,
    en: "A revoked certificate still holds in the status list.",
    fa: "گواهی باطل‌شده در فهرست وضعیت هنوز معتبر است.",
};

/// Certificates that no longer hold, against the lists.
pub(crate) fn check(ending: &Ending<'_>, findings: &mut Findings) {
    for (id, position) in ending.certificates() {
        let Some(kept) = ending.case(id) else { continue };
        let ended = kept.case.as_ref().and_then(|case| case.ended.as_ref());
        let left = kept.unfollowed.as_ref().filter(|_| kept.case.is_none());
        let fell = left.is_some_and(|left| left.fell)
            || kept.case.is_some() && ended.is_none_or(|ended| ended.certificate.is_none() || ended.revoked.is_some());
        let fell = fell || ending.is_void(id) == Some(true);
        if fell && ending.is_revoked(position) == Some(false) && !ending.waits(id) {
            findings.add(&CODE, At::leaf(position, id.0), "valid in the status list", "revoked, void, or its decision fell");
        }
    }
}
