//! A figure that the zone shows is not what the record gives.
//!
//! How many cases of a service stand in which stage, and how many ended how, was counted again from the events; so were the figures of the integrity
//! page, by the engine's own counting. Where cases could not be followed to their end, since something of them was erased, what is shown may be more than what
//! was counted: by as much as their leaves can add, which stand for ever. It is never less. The test of the lots cannot be made again then.

use std::collections::{BTreeMap, BTreeSet};

use record::lines::Statistics;
use serde_json::{Number, Value};

use crate::counts::Counts;
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

/// Figures by their names.
type Named = BTreeMap<String, Number>;

/// The figures that are shown, beside those that were counted; how many were compared, and how many only held within bounds.
pub(crate) fn check(ending: &Ending<'_>, statistics: &Statistics, counts: &Counts, findings: &mut Findings) -> (u64, u64) {
    let (is_all, is_bounded) = (ending.is_all(counts), ending.is_bounded(counts));
    let (figures, at_most) = ending.figures();
    let (mut shown, mut counted, mut more) = (Named::new(), Named::new(), Named::new());
    flatten("figures", &serde_json::to_value(&statistics.figures).unwrap_or_default(), &mut shown);
    flatten("figures", &serde_json::to_value(figures.shown()).unwrap_or_default(), &mut counted);
    flatten("figures", &serde_json::to_value(at_most.figures.shown()).unwrap_or_default(), &mut more);
    if is_all {
        flatten("chance", &serde_json::to_value(statistics.chance).unwrap_or_default(), &mut shown);
        flatten("chance", &serde_json::to_value(figures.lots.test()).unwrap_or_default(), &mut counted);
    }
    shown.extend(queues(statistics));
    let is_standing = standing(ending, &mut counted);
    let names: BTreeSet<&String> = shown.keys().chain(counted.keys()).collect();
    let none = Number::from(0_u64);
    let (mut exact, mut bounded) = (0_u64, 0_u64);
    for name in names {
        let (is, should) = (shown.get(name).unwrap_or(&none), counted.get(name).unwrap_or(&none));
        let more = match name.split_once('.') {
            _ if is_all => Some(0),
            // A case stands where its last leaf says.
            None => is_standing.then_some(0),
            Some(_) if !is_bounded => None,
            Some(_) if name.starts_with("figures.asks.") => Some(at_most.asked),
            Some(_) => Some(more.get(name).and_then(Number::as_u64).unwrap_or(0)),
        };
        let holds = match more {
            Some(0) => is == should,
            more => {
                let (is, should) = (is.as_u64().unwrap_or(0), should.as_u64().unwrap_or(0));
                is >= should && more.is_none_or(|more| is.saturating_sub(should) <= more)
            }
        };
        *(if more == Some(0) { &mut exact } else { &mut bounded }) += 1;
        if !holds {
            let most = more.filter(|more| *more > 0).map(|more| format!(", and at most {more} more"));
            findings.add(&CODE, At::place(name.as_str()), is.to_string(), format!("{should}{}", most.unwrap_or_default()));
        }
    }
    (exact, bounded)
}

fn key(authority: &str, service: &str, stage: &str, outcome: Option<&str>) -> String {
    let outcome = outcome.map(|outcome| format!(" ({outcome})")).unwrap_or_default();
    format!("{authority}: cases of {service} in {stage}{outcome}")
}

fn add(named: &mut Named, name: String, cases: u64) {
    let before = named.get(&name).and_then(Number::as_u64).unwrap_or(0);
    named.insert(name, before.saturating_add(cases).into());
}

/// Cases by where they stand, as it is shown.
fn queues(statistics: &Statistics) -> Named {
    let mut shown = Named::new();
    for figure in &statistics.queues {
        let name = key(&figure.authority, &figure.service, &figure.stage, figure.outcome.as_deref());
        add(&mut shown, name, figure.cases);
    }
    shown
}

/// The same, as it was counted: of cases that cannot be followed by their last leaf. Whether that could be said of every case.
fn standing(ending: &Ending<'_>, counted: &mut Named) -> bool {
    let mut is_all = true;
    for (_, kept) in ending.cases() {
        let left = kept.unfollowed.as_ref();
        let (stage, outcome) = match (&kept.case, left) {
            (Some(case), _) => {
                let ended = case.ended.as_ref();
                (Some(&case.stage), ended.map(|ended| record::leaf::outcome_name(ended.outcome)))
            }
            (None, left) => {
                (left.and_then(|left| left.stage.as_ref()), left.and_then(|left| left.outcome.as_deref()))
            }
        };
        match (stage, ending.service(kept.definition)) {
            (Some(stage), Some((authority, service))) => add(counted, key(authority, service, stage, outcome), 1),
            _ => is_all = false,
        }
    }
    is_all
}

/// Every number, named by the path to it.
fn flatten(place: &str, value: &Value, named: &mut Named) {
    match value {
        Value::Number(number) => drop(named.insert(place.to_owned(), number.clone())),
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| flatten(&format!("{place}.{name}"), value, named));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(number, value)| flatten(&format!("{place}.{number}"), value, named));
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
