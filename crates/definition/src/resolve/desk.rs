//! The stages where officers act: `officer`, `inspect` and `consult`.
//!
//! Must not know of: how officers are drawn.

use std::collections::BTreeMap;

use super::context::Context;
use super::deadline::deadline;
use super::keys::Keys;
use super::read;
use super::service::Scope;
use super::stage::{grounds, listed_grounds, needed, target};
use crate::codes;
use crate::model::{Branch, Desk, Name, Opinion, Order, Source, StageKind};
use crate::span::Spanned;
use crate::syntax::yaml::Node;

/// Most officers that must agree.
const MAX_PEOPLE: u32 = 8;

pub(super) fn officer(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> Option<Desk> {
    let role = role(cx, scope, keys, "officer");
    let proposal = keys.get("proposal").and_then(|node| read::name(cx, node));
    let (may, ask) = may(cx, scope, keys);
    if let Some(table) = &proposal {
        check_proposal(cx, scope, table, &may);
    }
    let people = people(cx, keys);
    let divided = divided(cx, scope, keys, people);
    let wait = deadline(cx, scope, keys, &may);
    let grounds = grounds(cx, scope, keys);
    let proposal = proposal.map(|table| table.value);
    let order = order(cx, scope, keys);
    Some(Desk { role: role?, people, divided, wait: wait?, may, ask, grounds, proposal, record: Vec::new(), order })
}

pub(super) fn inspect(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> Option<Desk> {
    let role = role(cx, scope, keys, "inspect");
    let record = keys.need(cx, "record", "[FACT, ...]");
    let record = record.map(|node| recorded(cx, scope, node));
    let (may, ask) = may(cx, scope, keys);
    let people = people(cx, keys);
    let divided = divided(cx, scope, keys, people);
    let wait = deadline(cx, scope, keys, &may);
    let grounds = grounds(cx, scope, keys);
    let order = order(cx, scope, keys);
    Some(Desk { role: role?, people, divided, wait: wait?, may, ask, grounds, proposal: None, record: record?, order })
}

fn role(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>, key: &'static str) -> Option<Name> {
    let role = keys.need(cx, key, "ROLE").and_then(|node| read::name(cx, node))?;
    cx.known("role", &role, scope.zone.roles.keys().map(String::as_str), "zone.yaml");
    Some(role.value)
}

fn people(cx: &mut Context<'_>, keys: &mut Keys<'_>) -> u32 {
    keys.get("people").and_then(|node| read::count(cx, node, 1, MAX_PEOPLE)).unwrap_or(1)
}

/// Where a case goes whose officers do not agree.
fn divided(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>, people: u32) -> Option<Name> {
    let to = keys.get("divided").and_then(|node| read::name(cx, node))?;
    scope.stage(cx, &to);
    if people < 2 {
        let message = "one officer alone cannot disagree";
        cx.report(
            &codes::WRONG_VALUE,
            to.span,
            message,
            "say how many must agree, `people: 2`, or take `divided` away",
        );
    }
    Some(to.value)
}

/// The routes that a person may choose, and whether they may ask.
fn may(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> (BTreeMap<Name, Name>, bool) {
    let mut routes = BTreeMap::new();
    let mut ask = false;
    let node = keys.need(cx, "may", "{ grant: STAGE, refuse: STAGE }");
    let Some(all) = node.and_then(|node| Keys::of(cx, node, node.span, "`may`")) else { return (routes, ask) };
    for (key, value) in all.all() {
        if key.value == "ask" {
            ask = once(cx, value);
            continue;
        }
        let Some(route) = read::checked_name(cx, key.clone()) else { continue };
        let Some(target) = read::name(cx, value) else { continue };
        scope.stage(cx, &target);
        routes.insert(route.value, target.value);
    }
    if routes.is_empty() {
        cx.report(&codes::MISSING, all.at(), "nobody may decide anything here", "add a route: `grant: STAGE`");
    }
    (routes, ask)
}

/// `order: arrival`, and the grounds on which a case may be taken out of turn.
fn order(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> Option<Order> {
    let overtake = listed_grounds(cx, scope, keys, "overtake");
    let Some(node) = keys.get("order") else {
        if !overtake.is_empty() {
            let help = "add `order: arrival`, or take `overtake` away";
            cx.report(
                &codes::MISSING,
                keys.at(),
                "`overtake` says when an order may be left, and none is promised",
                help,
            );
        }
        return None;
    };
    let text = read::text(cx, node, "`arrival`")?;
    if text.value != "arrival" {
        read::wrong(cx, text.span, &text.value, "`arrival`: each officer deals with cases as they were opened");
        return None;
    }
    Some(Order { overtake })
}

fn once(cx: &mut Context<'_>, node: &Node) -> bool {
    let Some(text) = read::text(cx, node, "`once`") else { return false };
    if text.value != "once" {
        read::wrong(cx, text.span, &text.value, "`once`: a person is asked in one list, one time");
    }
    text.value == "once"
}

/// A proposal must be a table whose routes the officer may choose.
fn check_proposal(cx: &mut Context<'_>, scope: &Scope<'_>, table: &Spanned<String>, may: &BTreeMap<Name, Name>) {
    cx.known("table", table, scope.tables.keys().map(String::as_str), &scope.folder);
    let Some(Some(draft)) = scope.tables.get(&table.value) else { return };
    let Some(routes) = draft.routes() else {
        let message = format!("the table `{}` has no column `out:route`", table.value);
        cx.report(
            &codes::MISSING,
            draft.place(),
            message,
            "add `out:route`; its values are routes that the officer may choose",
        );
        return;
    };
    draft.check_one_route(cx);
    let known: Vec<&str> = may.keys().map(String::as_str).collect();
    for route in routes.iter().filter(|route| !known.contains(&route.value.as_str())) {
        cx.unknown("route", route, &known, "`may` of the stage that shows the proposal");
    }
}

/// The facts that an inspection records.
fn recorded(cx: &mut Context<'_>, scope: &Scope<'_>, node: &Node) -> Vec<Name> {
    let names = read::names(cx, node);
    if names.is_empty() {
        cx.report(
            &codes::MISSING,
            node.span,
            "an inspection that records nothing",
            "name the facts, or make it an `officer` stage",
        );
    }
    for name in &names {
        let other = scope.fact(cx, name).is_some_and(|fact| !matches!(fact.source, Source::Record { .. }));
        if other {
            let message = format!("`{}` is not a fact that an officer records", name.value);
            cx.report(&codes::WRONG_VALUE, name.span, message, "give the fact `record: STAGE` as its source");
        }
    }
    names.into_iter().map(|name| name.value).collect()
}

/// The facts that the applicant supplies in a later stage.
pub(super) fn facts(cx: &mut Context<'_>, scope: &Scope<'_>, node: &Node) -> Vec<Name> {
    let names = read::names(cx, node);
    if names.is_empty() {
        cx.report(&codes::MISSING, node.span, "the applicant is asked for nothing", "name the facts that they supply");
    }
    for name in &names {
        let other = scope.fact(cx, name).is_some_and(|fact| !matches!(fact.source, Source::Ask { .. }));
        if other {
            let message = format!("`{}` is not a fact that the applicant is asked for", name.value);
            cx.report(&codes::WRONG_VALUE, name.span, message, "give the fact `ask: required` as its source");
        }
    }
    names.into_iter().map(|name| name.value).collect()
}

pub(super) fn consult(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> Option<StageKind> {
    let node = keys.need(cx, "consult", "{ BRANCH: { role: ROLE, within: PERIOD, silent: agree } }");
    let shared = grounds(cx, scope, keys);
    let branches = node.and_then(|node| branches(cx, scope, node, &shared));
    let agree = target(cx, scope, keys, "agree");
    let object = target(cx, scope, keys, "object");
    Some(StageKind::Consult { branches: branches?, agree: agree?, object: object? })
}

/// The branches; one that lists no grounds of its own cites the stage's.
fn branches(cx: &mut Context<'_>, scope: &Scope<'_>, node: &Node, shared: &[Name]) -> Option<Vec<Branch>> {
    let all = Keys::of(cx, node, node.span, "`consult`")?;
    let mut branches = Vec::new();
    for (key, value) in all.all() {
        let Some(name) = read::checked_name(cx, key.clone()) else { continue };
        let Some(mut keys) = Keys::of(cx, value, key.span, "the branch") else { continue };
        let role = role(cx, scope, &mut keys, "role");
        let within = needed(cx, &mut keys, "within", "5 workdays").and_then(|node| read::period(cx, node));
        let silent = needed(cx, &mut keys, "silent", "agree").and_then(|node| opinion(cx, node));
        let own = grounds(cx, scope, &mut keys);
        let grounds = if own.is_empty() { shared.to_vec() } else { own };
        keys.finish(cx);
        if let (Some(role), Some(within), Some(silent)) = (role, within, silent) {
            branches.push(Branch { name: name.value, role, within, silent, grounds });
        }
    }
    if all.all().is_empty() {
        cx.report(
            &codes::MISSING,
            all.at(),
            "nobody is consulted",
            "add a branch: `fire: { role: ROLE, within: PERIOD, silent: agree }`",
        );
    }
    Some(branches)
}

fn opinion(cx: &mut Context<'_>, node: &Node) -> Option<Opinion> {
    let text = read::text(cx, node, "`agree` or `object`")?;
    match text.value.as_str() {
        "agree" => Some(Opinion::Agree),
        "object" => Some(Opinion::Object),
        other => {
            read::wrong(cx, text.span, other, "`agree` or `object`");
            None
        }
    }
}
