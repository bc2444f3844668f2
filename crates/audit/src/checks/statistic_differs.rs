//! A figure that the zone shows is not what the record gives.
//!
//! How many cases of a service stand in which stage, and how many ended how, was counted again from the events.

use std::collections::BTreeMap;

use record::lines::Statistics;

use crate::ending::Ending;
use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A508",
    name: "statistic-differs",
    weight: Weight::Fault,
    en: "A published figure is not what the record gives.",
    fa: "رقمی که منتشر شده با سوابق نمی‌خواند.",
};

/// The figures that are shown, beside those that were counted.
pub(crate) fn check(ending: &Ending<'_>, statistics: &Statistics, findings: &mut Findings) {
    let key = |authority: &str, service: &str, stage: &str, outcome: Option<&str>| {
        format!("{authority}: {service} in {stage}{}", outcome.map(|outcome| format!(" ({outcome})")).unwrap_or_default())
    };
    let mut shown: BTreeMap<String, u64> = BTreeMap::new();
    for figure in &statistics.queues {
        let cases = shown.entry(key(&figure.authority, &figure.service, &figure.stage, figure.outcome.as_deref())).or_default();
        *cases = cases.saturating_add(figure.cases);
    }
    let mut counted: BTreeMap<String, u64> = BTreeMap::new();
    for (_, kept) in ending.cases() {
        let Some(case) = &kept.case else { continue };
        let outcome = case.ended.as_ref().map(|ended| record::leaf::outcome_name(ended.outcome));
        let Some(authority) = ending.authority(kept.definition) else { continue };
        let cases = counted.entry(key(&authority, &case.service, &case.stage, outcome)).or_default();
        *cases = cases.saturating_add(1);
    }
    let names: std::collections::BTreeSet<&String> = shown.keys().chain(counted.keys()).collect();
    for name in names {
        let (is, should) = (shown.get(name).copied().unwrap_or(0), counted.get(name).copied().unwrap_or(0));
        if is != should {
            findings.add(&CODE, At::place(name.as_str()), format!("{is} cases"), format!("{should} cases"));
        }
    }
}
