//! A figure that the zone shows is not what the record gives.
//!
//! How many cases of a service stand in which stage, and how many ended how, was counted again from the events; so were the figures of the integrity
//! page, by the engine's own counting. Where cases could not be followed to their end, since something of them was erased, what is shown may be more than what
//! was counted, and never less.

use std::collections::{BTreeMap, BTreeSet};

use engine::integrity::Figures;
use record::lines::Statistics;
use serde_json::{Number, Value};

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

/// The figures that are shown, beside those that were counted of all events or of some; how many were compared.
pub(crate) fn check(
    ending: &Ending<'_>,
    (figures, is_all): (&Figures, bool),
    statistics: &Statistics,
    findings: &mut Findings,
) -> u64 {
    let (mut shown, mut counted) = (queues(statistics), standing(ending));
    flatten("figures", &serde_json::to_value(&statistics.figures).unwrap_or_default(), &mut shown);
    flatten("figures", &serde_json::to_value(figures.shown()).unwrap_or_default(), &mut counted);
    if is_all {
        flatten("chance", &serde_json::to_value(statistics.chance).unwrap_or_default(), &mut shown);
        flatten("chance", &serde_json::to_value(figures.lots.test()).unwrap_or_default(), &mut counted);
    }
    let names: BTreeSet<&String> = shown.keys().chain(counted.keys()).collect();
    let none = Number::from(0_u64);
    for name in &names {
        let (is, should) = (shown.get(*name).unwrap_or(&none), counted.get(*name).unwrap_or(&none));
        let holds = if is_all { is == should } else { is.as_u64() >= should.as_u64() };
        if !holds {
            findings.add(&CODE, At::place(name.as_str()), is.to_string(), should.to_string());
        }
    }
    names.len() as u64
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

/// The same, as it was counted.
fn standing(ending: &Ending<'_>) -> Named {
    let mut counted = Named::new();
    for (_, kept) in ending.cases() {
        let Some(case) = &kept.case else { continue };
        let outcome = case.ended.as_ref().map(|ended| record::leaf::outcome_name(ended.outcome));
        let Some(authority) = ending.authority(kept.definition) else { continue };
        add(&mut counted, key(&authority, &case.service, &case.stage, outcome), 1);
    }
    counted
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
