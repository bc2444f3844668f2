//! The facts that officers record: in which stage, and with which of its decisions a value is needed.
//!
//! Must not know of: what is recorded with a decision.

use super::context::Context;
use super::read;
use super::service::Scope;
use crate::codes;
use crate::model::{Desk, Fact, Source, Stage, StageKind};
use crate::span::Spanned;
use crate::syntax::yaml::{Node, NodeKind};

pub(super) fn source(cx: &mut Context<'_>, scope: &Scope<'_>, node: &Node, needed: Option<&Node>) -> Option<Source> {
    let stage = read::name(cx, node)?;
    scope.stage(cx, &stage);
    let needed = needed.map(|node| read::names(cx, node).into_iter().map(|route| route.value).collect());
    Some(Source::Record { stage: stage.value, needed })
}

/// Checks that facts and the stages that record them agree.
pub(super) fn check(cx: &mut Context<'_>, scope: &Scope<'_>, stages: &[Stage], parts: &[(Spanned<String>, Node)]) {
    for fact in &scope.facts {
        let Some((name, node)) = parts.iter().find(|(name, _)| name.value == fact.name) else { continue };
        check_stage(cx, fact, stages, name);
        for route in needed(node) {
            check_route(cx, fact, stages, &route);
        }
    }
}

fn check_stage(cx: &mut Context<'_>, fact: &Fact, stages: &[Stage], name: &Spanned<String>) {
    let Source::Record { stage, .. } = &fact.source else { return };
    let Some(found) = stages.iter().find(|candidate| candidate.name == *stage) else { return };
    if recording(found, fact).is_none() {
        let message = format!("the stage `{stage}` does not record `{}`", fact.name);
        let help = format!("make `{stage}` an `inspect` stage with `{}` in its `record`", fact.name);
        cx.report(&codes::MISSING, name.span, message, help);
    }
}

/// A route with which the fact is needed is one of every stage that records it: with a route of another name it could be left out there, and nobody would see that.
fn check_route(cx: &mut Context<'_>, fact: &Fact, stages: &[Stage], route: &Spanned<String>) {
    let without = stages.iter().find_map(|stage| {
        let desk = recording(stage, fact)?;
        (!desk.may.contains_key(&route.value)).then_some((stage, desk))
    });
    if let Some((stage, desk)) = without {
        let known: Vec<&str> = desk.may.keys().map(String::as_str).collect();
        cx.unknown("route", route, &known, &format!("`may` of the stage `{}`", stage.name));
    }
}

/// The desk of a stage at which the fact is recorded.
fn recording<'s>(stage: &'s Stage, fact: &Fact) -> Option<&'s Desk> {
    match &stage.kind {
        StageKind::Inspect(desk) if desk.record.contains(&fact.name) => Some(desk),
        _ => None,
    }
}

/// The routes under `needed`, with their places.
fn needed(node: &Node) -> Vec<Spanned<String>> {
    let NodeKind::Mapping(keys) = &node.kind else { return Vec::new() };
    let found = keys.iter().find(|(key, _)| key.value == "needed").map(|(_, value)| &value.kind);
    let Some(NodeKind::Sequence(items)) = found else { return Vec::new() };
    let text = |item: &Node| match &item.kind {
        NodeKind::Scalar(text) => Some(Spanned::new(text.clone(), item.span)),
        _ => None,
    };
    items.iter().filter_map(text).collect()
}
