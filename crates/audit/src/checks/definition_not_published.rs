//! A case was opened under a definition that stands between two others of the same service.
//!
//! New cases begin under the definition that is published. So the definitions of a service follow each other in the log: once cases begin
//! under a newer one, none begins under an older any more. Here a service goes back to a definition that it had left: the one in between
//! was made for a case or two and never published, or a rule was taken back in silence.
//!
//! A zone that takes a rule back in public publishes a definition of its own for that, with its own words, and so with another hash.

use engine::case::Digest;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A303",
    name: "definition-not-published",
    weight: Weight::Fault,
    en: "A case was opened under a definition that was not the published one.",
    fa: "پرونده‌ای بر پایهٔ تعریفی گشوده شده که تعریف منتشرشده نبوده است.",
};

/// An opening beside the definitions under which cases of the service were opened so far, the latest last, each with the first leaf. Takes it among them.
pub(crate) fn check(at: At, hash: Digest, runs: &mut Vec<(Digest, u64)>, findings: &mut Findings) {
    if runs.last().is_some_and(|(last, _)| *last == hash) {
        return;
    }
    let index = at.leaf.unwrap_or_default();
    if let (true, Some((between, first))) = (runs.iter().any(|(former, _)| *former == hash), runs.last()) {
        let (recorded, recomputed) =
            (format!("opened under {hash} again"), format!("under {between}, which cases began under from leaf {first} on"));
        findings.add(&CODE, at, recorded, recomputed);
    }
    runs.push((hash, index));
}
