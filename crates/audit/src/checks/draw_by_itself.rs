//! The zone drew by itself, after a draw whose randomness came from elsewhere.
//!
//! Where randomness comes from a drand round or from two institutions, nobody can have chosen it. The zone's own randomness proves nothing. Which of the
//! two a zone uses is its setting, and no act in the record, so this is a remark: the zone stopped drawing with others, for good or for this one draw. Of
//! the draws without proof that follow, until one is proven again, only the first is told here; all are counted.

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A605",
    name: "draw-by-itself",
    weight: Weight::Remark,
    en: "The zone drew by itself, after a draw whose randomness came from elsewhere.",
    fa: "منطقه، پس از قرعه‌ای که عدد تصادفی‌اش از بیرون آمده بود، خودش به‌تنهایی قرعه کشیده است.",
};

/// Looks at the next draw in log order. `proven` says whether the one before was.
pub(crate) fn check(at: At, is_proven: bool, proven: &mut bool, findings: &mut Findings) {
    if std::mem::replace(proven, is_proven) && !is_proven {
        findings.add(&CODE, at, "a draw without proof of its randomness", "one with proof, as the draw before it");
    }
}
