//! An officer was set aside as full who was not, or could be drawn although they were.
//!
//! The roster says how many open cases may wait for an officer. Whoever has as many is no candidate, as long as more candidates are left than are drawn. For
//! how many open cases an officer is awaited follows from the record, so it is counted again. Here somebody was left out as full who had room, or somebody
//! was a candidate who had none, while others were left: whoever chooses who is full chooses among whom is drawn.
//!
//! Acts that were done at the same time did not know of each other, so what was so in the last minute counts. A case of which something was erased, or that
//! could not be followed, may have waited for anybody as long as it was open: then being full is taken on trust.

use std::collections::BTreeSet;

use crate::finding::{Code, Findings, Weight};
use crate::loads::Filled;

/// This check.
pub static CODE: Code = Code {
    id: "A434",
    name: "load-differs",
    weight: Weight::Fault,
    en: "An officer was set aside as full who was not, or could be drawn although they were.",
    fa: "کارشناسی که جا داشته پُر شمرده و کنار گذاشته شده، یا کارشناسی که پُر بوده در قرعه مانده است.",
};

/// Looks at a draw. `held` says how many open cases an officer had: at least, and at most.
pub(crate) fn check(filled: &Filled, held: &dyn Fn(&str) -> (u32, u32), findings: &mut Findings) {
    let limits = |officer: &str| filled.limits.get(officer).into_iter().flatten();
    let may_be_full = |officer: &str| {
        let most = held(officer).1;
        limits(officer).flatten().any(|limit| most >= *limit)
    };
    let is_full = |officer: &str| {
        let least = held(officer).0;
        limits(officer).next().is_some() && limits(officer).all(|limit| limit.is_some_and(|limit| least >= limit))
    };
    // Who has no limit at all is another check's.
    let has_limit = |officer: &str| limits(officer).flatten().next().is_some();
    for officer in filled.full.iter().filter(|officer| has_limit(officer) && !may_be_full(officer)) {
        let recorded = format!("for {}: {officer} set aside as full", filled.seat);
        findings.add(&CODE, filled.place.clone(), recorded, told(filled, officer, held(officer).1, "at most"));
    }
    // Where no more are left than are drawn, limits do not hold.
    let spare: BTreeSet<&String> = filled
        .candidates
        .iter()
        .filter(|(officer, has_share)| *has_share && !may_be_full(officer))
        .map(|(officer, _)| officer)
        .collect();
    if filled.full.is_empty() && spare.len() <= filled.people as usize {
        return;
    }
    for (officer, _) in filled.candidates.iter().filter(|(officer, _)| is_full(officer)) {
        let recorded = format!("for {}: {officer} a candidate", filled.seat);
        findings.add(&CODE, filled.place.clone(), recorded, told(filled, officer, held(officer).0, "at least"));
    }
}

fn told(filled: &Filled, officer: &str, held: u32, bound: &str) -> String {
    let limits: Vec<String> = filled.limits.get(officer).into_iter().flatten().flatten().map(u32::to_string).collect();
    format!("{held} open cases {bound}, of {}", limits.join(" or "))
}
