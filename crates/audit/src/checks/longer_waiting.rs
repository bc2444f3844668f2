//! An officer took up a case while one that came to the same desk earlier was still waiting, where no order is promised.
//!
//! There are good reasons to take one first, and the definition promises no order at this desk that would forbid it, so this is counted and shown, and
//! does not make the record wrong. Many of them for one applicant, or by one officer, are a question to ask.

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A603",
    name: "longer-waiting",
    weight: Weight::Remark,
    en: "A case was taken up before one that waited longer, on a desk that promises no order.",
    fa: "پرونده‌ای پیش از پرونده‌ای که بیشتر منتظر بوده بررسی شده است، روی میزی که نوبتی وعده نداده است.",
};

/// Overtakings that are told one by one in an audit: the rest are in the count.
pub(crate) const TOLD_MAX: u64 = 100;

/// Says who was overtaken: the case that came to the desk with this leaf.
pub(crate) fn check(at: At, officer: &str, desk: &str, waiting_since: u64, findings: &mut Findings) {
    let recorded = format!("{officer} acted on it at {desk}");
    findings.add(&CODE, at, recorded, format!("first the case that has waited there since leaf {waiting_since}"));
}
