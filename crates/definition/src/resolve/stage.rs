//! The stages of a service, one kind at a time.
//!
//! Must not know of: what makes stages together sound.

use std::collections::BTreeMap;

use super::context::Context;
use super::deadline::deadline;
use super::keys::Keys;
use super::service::Scope;
use super::{booking, desk, law, lot, paths, read, registers};
use crate::check::rules::WAIT_WITHOUT_DEADLINE;
use crate::codes;
use crate::model::{Appeal, Booking, End, FactPath, Name, Outcome, Stage, StageKind, Until};
use crate::places::Part;
use crate::problem::Problem;
use crate::span::{Span, Spanned};
use crate::syntax::yaml::{Node, NodeKind};
use crate::value::{Kind, Type};

/// The keys that say what kind a stage is.
const KINDS: [&str; 9] = ["decide", "officer", "consult", "applicant", "pay", "inspect", "wait", "lot", "end"];

pub(super) fn resolve(cx: &mut Context<'_>, scope: &Scope<'_>, parts: &[(Spanned<String>, Node)]) -> Vec<Stage> {
    let mut stages = Vec::new();
    for (name, node) in parts {
        cx.place(Part::Stage(scope.name.to_owned(), name.value.clone()), name.span);
        places(cx, scope, &name.value, "", node, 0);
        if let Some((kind, binding)) = kind(cx, scope, name, node) {
            stages.push(Stage { name: name.value.clone(), kind, binding });
        }
    }
    stages
}

/// Remembers where the values of a stage's keys stand.
fn places(cx: &mut Context<'_>, scope: &Scope<'_>, stage: &str, prefix: &str, node: &Node, depth: usize) {
    // `consult.fire.within` is the deepest.
    const MAX_DEPTH: usize = 4;
    let NodeKind::Mapping(entries) = &node.kind else { return };
    if depth == MAX_DEPTH {
        return;
    }
    for (key, value) in entries {
        let path = format!("{prefix}{}", key.value);
        // A mapping written over several lines is too much to point at.
        let span = if matches!(value.kind, NodeKind::Mapping(_) | NodeKind::Null) { key.span } else { value.span };
        places(cx, scope, stage, &format!("{path}."), value, depth + 1);
        cx.place(Part::StageKey(scope.name.to_owned(), stage.to_owned(), path), span);
    }
}

/// What happens in a stage, and whether the application stays there until it is over.
fn kind(cx: &mut Context<'_>, scope: &Scope<'_>, name: &Spanned<String>, node: &Node) -> Option<(StageKind, bool)> {
    let mut keys = Keys::of(cx, node, name.span, "the stage")?;
    // A route may be called as a kind is, so `decide` goes first and then the first key that is one.
    let named = keys.all().iter().find_map(|(key, _)| KINDS.into_iter().find(|kind| key.value == *kind));
    let kind = match if keys.has("decide") { Some("decide") } else { named } {
        Some("decide") => return decide(cx, scope, keys).map(|kind| (kind, false)),
        Some("officer") => desk::officer(cx, scope, &mut keys).map(StageKind::Officer),
        Some("inspect") => desk::inspect(cx, scope, &mut keys).map(StageKind::Inspect),
        Some("consult") => desk::consult(cx, scope, &mut keys),
        Some("applicant") => applicant(cx, scope, &mut keys),
        Some("pay") => pay(cx, scope, &mut keys),
        Some("wait") => wait(cx, scope, &mut keys),
        Some("lot") => lot::lot(cx, scope, &mut keys),
        Some("end") => end(cx, scope, &mut keys),
        _ => {
            let help = "begin it with one of `decide`, `officer`, `consult`, `applicant`, `pay`, `inspect`, `wait`, `lot` or `end`";
            cx.report(&codes::MISSING, name.span, format!("nothing says what kind of stage `{}` is", name.value), help);
            return None;
        }
    };
    // Where people look at something, and only there.
    let looked_at = matches!(kind, Some(StageKind::Officer(_) | StageKind::Inspect(_) | StageKind::Consult { .. }));
    let withdraw = if looked_at { keys.get("withdraw") } else { None };
    let withdraw = withdraw.and_then(|node| read::text(cx, node, "`yes` or `no`"));
    let withdraw = withdraw.and_then(|text| read::flag(cx, &text));
    keys.finish(cx);
    Some((kind?, withdraw == Some(false)))
}

/// The stage that a key names.
pub(super) fn target(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>, key: &'static str) -> Option<Name> {
    let name = keys.need(cx, key, "STAGE").and_then(|node| read::name(cx, node))?;
    scope.stage(cx, &name);
    Some(name.value)
}

/// A key without which a wait for a person has no end.
pub(super) fn needed<'n>(cx: &mut Context<'_>, keys: &mut Keys<'n>, key: &'static str, form: &str) -> Option<&'n Node> {
    let found = keys.get(key);
    if found.is_none() {
        cx.problems.push(Problem {
            code: WAIT_WITHOUT_DEADLINE,
            span: keys.at(),
            message: format!("a wait for a person without `{key}`"),
            related: Vec::new(),
            why: "a person's case could lie with somebody for ever, and nothing would happen".to_owned(),
            help: format!("add `{key}: {form}`"),
        });
    }
    found
}

/// The grounds that people may cite in a stage.
pub(super) fn grounds(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> Vec<Name> {
    listed_grounds(cx, scope, keys, "grounds")
}

/// The grounds that a key lists.
pub(super) fn listed_grounds(
    cx: &mut Context<'_>,
    scope: &Scope<'_>,
    keys: &mut Keys<'_>,
    key: &'static str,
) -> Vec<Name> {
    let Some(node) = keys.get(key) else { return Vec::new() };
    let names = read::names(cx, node);
    for name in &names {
        cx.known("ground", name, scope.zone.grounds.keys().map(String::as_str), law::FILE);
    }
    names.into_iter().map(|name| name.value).collect()
}

fn decide(cx: &mut Context<'_>, scope: &Scope<'_>, mut keys: Keys<'_>) -> Option<StageKind> {
    let table = keys.need(cx, "decide", "TABLE").and_then(|node| read::name(cx, node))?;
    let mut routes = BTreeMap::new();
    for (key, value) in keys.rest() {
        let Some(target) = read::name(cx, value) else { continue };
        scope.stage(cx, &target);
        routes.insert(key.value.clone(), target.value);
    }
    let known = cx.known("table", &table, scope.tables.keys().map(String::as_str), &scope.folder);
    if let Some(draft) = scope.tables.get(&table.value).and_then(Option::as_ref).filter(|_| known) {
        match draft.routes() {
            Some(given) => {
                draft.check_one_route(cx);
                check_routes(cx, &table, &given, &keys);
            }
            None => {
                let message = format!("the table `{}` has no column `out:route`", table.value);
                cx.report(
                    &codes::MISSING,
                    draft.place(),
                    message,
                    "add `out:route`; its values are the keys of the stage",
                );
            }
        }
    }
    Some(StageKind::Decide { table: table.value, routes })
}

/// Checks that a stage has a target for each route that its table gives, and no other.
fn check_routes(cx: &mut Context<'_>, table: &Spanned<String>, given: &[Spanned<String>], keys: &Keys<'_>) {
    let names: Vec<&str> = given.iter().map(|route| route.value.as_str()).collect();
    for (key, _) in keys.rest().filter(|(key, _)| !names.contains(&key.value.as_str())) {
        cx.unknown("route", key, &names, &format!("the column `out:route` of the table `{}`", table.value));
    }
    for route in given.iter().filter(|route| !keys.has(&route.value)) {
        let message =
            format!("this row gives the route `{}`, and the stage that decides by it leads nowhere then", route.value);
        let help = "give the route a target in the stage, or change the row";
        let mut problem = codes::ROUTE_WITHOUT_TARGET.problem(route.span, message, help);
        problem.related.push((table.span, "the stage that decides".to_owned()));
        cx.problems.push(problem);
    }
}

fn applicant(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> Option<StageKind> {
    let facts = keys.need(cx, "applicant", "[FACT, ...]").map(|node| desk::facts(cx, scope, node));
    let wait = deadline(cx, scope, keys, &BTreeMap::new());
    let then = target(cx, scope, keys, "then");
    Some(StageKind::Applicant { facts: facts?, wait: wait?, then: then? })
}

fn pay(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> Option<StageKind> {
    let amount = keys.need(cx, "pay", "FACT-PATH").and_then(|node| typed_path(cx, scope, node, Kind::Money));
    let ground = keys.need(cx, "ground", "GROUND").and_then(|node| read::name(cx, node));
    if let Some(ground) = &ground {
        cx.known("ground", ground, scope.zone.grounds.keys().map(String::as_str), law::FILE);
    }
    let wait = deadline(cx, scope, keys, &BTreeMap::new());
    let then = target(cx, scope, keys, "then");
    Some(StageKind::Pay { amount: amount?, ground: ground?.value, wait: wait?, then: then? })
}

fn wait(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> Option<StageKind> {
    let node = keys.need(cx, "wait", "PERIOD")?;
    let text = read::text(cx, node, "a period or `until FACT-PATH`")?;
    let until = match text.value.strip_prefix("until ") {
        Some(path) => path_of(cx, scope, &Spanned::new(path.trim().to_owned(), text.span), Kind::Date).map(Until::Date),
        None => read::period_of(cx, &text.value, text.span).map(Until::After),
    };
    let then = target(cx, scope, keys, "then");
    Some(StageKind::Wait { until: until?, then: then? })
}

fn typed_path(cx: &mut Context<'_>, scope: &Scope<'_>, node: &Node, kind: Kind) -> Option<FactPath> {
    let text = read::text(cx, node, "a fact path")?;
    path_of(cx, scope, &text, kind)
}

/// A path that reads a value of that kind.
fn path_of(cx: &mut Context<'_>, scope: &Scope<'_>, text: &Spanned<String>, kind: Kind) -> Option<FactPath> {
    let (path, type_): (FactPath, Type) = paths::resolve(cx, scope, text)?;
    if type_.kind() == kind {
        return Some(path);
    }
    let (found, needed) = (format!("{:?}", type_.kind()).to_lowercase(), format!("{kind:?}").to_lowercase());
    let message = format!("`{}` is of the type {found}, not {needed}", text.value);
    cx.report(&codes::WRONG_VALUE, text.span, message, format!("give the path of a value of the type {needed}"));
    None
}

fn end(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> Option<StageKind> {
    let outcome = keys.need(cx, "end", "granted").and_then(|node| outcome(cx, node));
    if let Some(outcome) = outcome.filter(|outcome| *outcome != Outcome::Granted) {
        gives_nothing(cx, keys, outcome);
    }
    let issue = keys.get("issue").and_then(|node| read::name(cx, node)).map(|name| name.value);
    let valid = keys.get("valid");
    if let Some(node) = valid.filter(|_| issue.is_none()) {
        cx.report(
            &codes::MISSING,
            node.span,
            "`valid` without a certificate",
            "add `issue: CERTIFICATE`, or remove `valid`",
        );
    }
    let valid = valid.and_then(|node| read::period(cx, node));
    let once = uses(cx, keys, issue.is_some() && valid.is_some());
    let enter = keys.get("enter").and_then(|node| read::name(cx, node));
    if let Some(register) = &enter {
        cx.known("register", register, scope.zone.registers.keys().map(String::as_str), registers::FILE);
    }
    let book = books(cx, scope, keys);
    let otherwise = otherwise(cx, scope, keys, book.is_some());
    let appeal = appeal(cx, scope, keys);
    let overturn = keys.get("overturn").and_then(|node| read::text(cx, node, "`yes` or `no`"));
    let overturn = overturn.and_then(|text| read::flag(cx, &text)).unwrap_or(false);
    let enter = enter.map(|register| register.value);
    Some(StageKind::End(End { outcome: outcome?, issue, valid, once, enter, book, otherwise, appeal, overturn }))
}

/// A certificate, and a record in a register, are what a granted case gives: at a gate nobody would ask how else it ended.
fn gives_nothing(cx: &mut Context<'_>, keys: &mut Keys<'_>, outcome: Outcome) {
    let given = [("issue", "issues a certificate"), ("enter", "enters a register"), ("book", "books something")];
    // What was refused may have to be held: that is booked, too, and falls with the decision.
    let given = given.into_iter().filter(|(key, _)| outcome != Outcome::Refused || *key != "book");
    for (key, what) in given {
        let Some(node) = keys.get(key) else { continue };
        let message = format!("an end that is {} {what}", format!("{outcome:?}").to_lowercase());
        let help = format!("let it end as `granted`, or remove `{key}`");
        cx.report(&codes::WRONG_VALUE, node.span, message, help);
    }
}

/// `book: FUNCTION of [FACT, ...]`, as two keys: `book: FUNCTION` and `of: [FACT, ...]`.
fn books(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> Option<Booking> {
    let (book, of) = (keys.get("book"), keys.get("of"));
    let Some(node) = book else {
        if let Some(node) = of {
            cx.report(&codes::MISSING, node.span, "`of` without `book`", "add `book: FUNCTION`, or remove `of`");
        }
        return None;
    };
    let Some(of) = of else {
        cx.report(&codes::MISSING, node.span, "it is not said what is booked", "add `of: [FACT, ...]`");
        return None;
    };
    let given = booking::given(cx, scope, of);
    booking::of_function(cx, scope, node, &given)
}

/// `otherwise: STAGE`, beside what an end books.
fn otherwise(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>, books: bool) -> Option<Name> {
    let node = keys.get("otherwise")?;
    if !books {
        cx.report(
            &codes::MISSING,
            node.span,
            "`otherwise` without `book`",
            "add `book: FUNCTION`, or remove `otherwise`",
        );
    }
    let stage = read::name(cx, node)?;
    scope.stage(cx, &stage);
    Some(stage.value)
}

/// `uses: once`, on a certificate that ends: gates remember which one-time certificates they saw for as long as those are valid.
fn uses(cx: &mut Context<'_>, keys: &mut Keys<'_>, ends: bool) -> bool {
    let Some(node) = keys.get("uses") else { return false };
    let Some(text) = read::text(cx, node, "`once`") else { return false };
    if text.value != "once" {
        read::wrong(cx, text.span, &text.value, "`once`");
        return false;
    }
    if !ends {
        let hint =
            "add `issue: CERTIFICATE` and `valid: PERIOD`: gates must know until when to remember that it was used";
        cx.report(&codes::MISSING, text.span, "`uses: once` without a certificate that ends", hint);
    }
    true
}

fn outcome(cx: &mut Context<'_>, node: &Node) -> Option<Outcome> {
    const FORM: &str = "`granted`, `refused`, `lapsed` or `closed`";
    let text = read::text(cx, node, FORM)?;
    match text.value.as_str() {
        "granted" => Some(Outcome::Granted),
        "refused" => Some(Outcome::Refused),
        "lapsed" => Some(Outcome::Lapsed),
        "closed" => Some(Outcome::Closed),
        other => {
            read::wrong(cx, text.span, other, FORM);
            None
        }
    }
}

/// `appeal: SERVICE within PERIOD`, and `overturned`.
fn appeal(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> Option<Appeal> {
    let (appeal, overturned) = (keys.get("appeal"), keys.get("overturned"));
    let overturned = overturned.and_then(|node| Some((read::name(cx, node)?, node.span)));
    if let Some((stage, span)) = &overturned {
        scope.stage(cx, stage);
        orphan(cx, appeal.is_none(), *span);
    }
    let node = appeal?;
    if overturned.is_none() && !keys.has("overturned") {
        let help = "add `overturned: STAGE`: where the case goes on when its decision falls";
        cx.report(&codes::MISSING, node.span, "an appeal that is granted would change nothing", help);
    }
    let text = read::text(cx, node, "`SERVICE within PERIOD`")?;
    let Some((service, within)) = text.value.split_once(" within ") else {
        read::wrong(cx, text.span, &text.value, "`SERVICE within PERIOD`, such as `review-board within 15 workdays`");
        return None;
    };
    let service = Spanned::new(service.trim().to_owned(), text.span);
    cx.known("service", &service, scope.services.iter().map(String::as_str), "services/");
    let within = read::period_of(cx, within.trim(), text.span);
    Some(Appeal { service: service.value, within: within?, overturned: overturned.map(|(stage, _)| stage.value) })
}

fn orphan(cx: &mut Context<'_>, alone: bool, at: Span) {
    if alone {
        cx.report(
            &codes::MISSING,
            at,
            "`overturned` without an appeal",
            "add `appeal: SERVICE within PERIOD`, or remove it",
        );
    }
}
