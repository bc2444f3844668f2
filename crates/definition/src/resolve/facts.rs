//! The facts of a service: what they are about and where they come from.
//!
//! Must not know of: who reads them.

use super::context::Context;
use super::keys::Keys;
use super::service::Scope;
use super::{concepts, functions, paths, read, record, registers};
use crate::codes;
use crate::model::{Fact, FactPath, Source};
use crate::places::Part;
use crate::span::Spanned;
use crate::syntax::yaml::Node;

const SOURCES: &str = "`ask: required`, `ask: optional`, `from: REGISTER`, `record: STAGE` or `function: FUNCTION`";

pub(super) fn resolve(cx: &mut Context<'_>, scope: &Scope<'_>, parts: &[(Spanned<String>, Node)]) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (name, node) in parts {
        cx.place(Part::Fact(scope.name.to_owned(), name.value.clone()), name.span);
        if name.value == "applicant" {
            read::wrong(cx, name.span, "applicant", "a free name: `applicant` stands for the applicant's own record");
        }
        match fact(cx, scope, (name, node), parts, &facts) {
            Some(fact) => facts.push(fact),
            // Whoever reads this fact is not to blame.
            None => {
                cx.broken.insert(scope.facts_home.clone());
            }
        }
    }
    facts
}

fn fact(
    cx: &mut Context<'_>,
    scope: &Scope<'_>,
    (name, node): (&Spanned<String>, &Node),
    parts: &[(Spanned<String>, Node)],
    before: &[Fact],
) -> Option<Fact> {
    let mut keys = Keys::of(cx, node, name.span, "the fact")?;
    let concept = keys.need(cx, "concept", "CONCEPT").and_then(|node| read::text(cx, node, "a concept"));
    let source = source(cx, scope, &mut keys, name, parts, before);
    let public = keys.get("public").and_then(|node| Some((read::text(cx, node, "`yes` or `no`")?, node.span)));
    let public = public.and_then(|(text, span)| Some((read::flag(cx, &text)?, span)));
    keys.finish(cx);
    let concept = concept?;
    cx.known("concept", &concept, scope.zone.concepts.keys().map(String::as_str), concepts::FILE);
    let about = scope.zone.concepts.get(&concept.value)?;
    if let Some((_, span)) = public.filter(|(public, _)| *public && about.personal) {
        let message = format!("`{}` is personal, and the log is public", concept.value);
        cx.report(
            &codes::WRONG_VALUE,
            span,
            message,
            "remove `public`; the log then holds a salted commitment to the value",
        );
    }
    if about.withheld
        && (public.as_ref().is_some_and(|(public, _)| *public) || matches!(source, Some(Source::Ask { .. })))
    {
        let message = format!("`{}` is withheld from whom a case is about, and here they would know it", concept.value);
        cx.report(
            &codes::WRONG_VALUE,
            concept.span,
            message,
            "remove `public`, and take it from a function, an officer or a register",
        );
    }
    let source = source?;
    check_key(cx, scope, &source, &concept);
    let (public, type_) = (public.is_some_and(|(public, _)| public), about.type_.clone());
    Some(Fact { name: name.value.clone(), concept: concept.value, type_, source, public })
}

fn source(
    cx: &mut Context<'_>,
    scope: &Scope<'_>,
    keys: &mut Keys<'_>,
    name: &Spanned<String>,
    parts: &[(Spanned<String>, Node)],
    before: &[Fact],
) -> Option<Source> {
    let (ask, from, record, function) = (keys.get("ask"), keys.get("from"), keys.get("record"), keys.get("function"));
    let (choose, of, needed) = (keys.get("choose"), keys.get("of"), keys.get("needed"));
    if let Some(node) = choose.filter(|_| from.is_none()) {
        cx.report(
            &codes::MISSING,
            node.span,
            "`choose` without a register",
            "add `from: REGISTER`, or remove `choose`",
        );
    }
    if let Some(node) = of.filter(|_| function.is_none()) {
        cx.report(&codes::MISSING, node.span, "`of` without a function", "add `function: FUNCTION`, or remove `of`");
    }
    if let Some(node) = needed.filter(|_| record.is_none()) {
        let help = "add `record: STAGE`; an answer of the applicant's is `ask: required` or `ask: optional`";
        cx.report(&codes::MISSING, node.span, "`needed` without a stage that records", help);
    }
    match (ask, from, record, function) {
        (Some(node), None, None, None) => asked(cx, node),
        (None, Some(node), None, None) => {
            let register = read::name(cx, node)?;
            cx.known("register", &register, scope.zone.registers.keys().map(String::as_str), registers::FILE);
            let held_by = match choose {
                None => None,
                Some(node) => Some(held_by(cx, scope, node, parts)?),
            };
            Some(Source::Register { register: register.value, held_by })
        }
        (None, None, None, Some(node)) => worked_out(cx, scope, (node, of), name, parts, before),
        (None, None, Some(node), None) => record::source(cx, scope, node, needed),
        _ => {
            let message = format!("`{}` must have one source", name.value);
            cx.report(&codes::MISSING, name.span, message, format!("write one of {SOURCES}"));
            None
        }
    }
}

fn asked(cx: &mut Context<'_>, node: &Node) -> Option<Source> {
    let text = read::text(cx, node, "`required` or `optional`")?;
    match text.value.as_str() {
        "required" => Some(Source::Ask { required: true }),
        "optional" => Some(Source::Ask { required: false }),
        other => {
            read::wrong(cx, text.span, other, "`required` or `optional`");
            None
        }
    }
}

/// The fact in `choose: held by FACT`.
fn held_by(cx: &mut Context<'_>, scope: &Scope<'_>, node: &Node, parts: &[(Spanned<String>, Node)]) -> Option<String> {
    let text = read::text(cx, node, "`held by FACT`")?;
    let Some(fact) = text.value.strip_prefix("held by ").map(str::trim) else {
        read::wrong(cx, text.span, &text.value, "`held by FACT`");
        return None;
    };
    let fact = Spanned::new(fact.to_owned(), text.span);
    let known = cx.known("fact", &fact, parts.iter().map(|(name, _)| name.value.as_str()), &scope.facts_home);
    known.then_some(fact.value)
}

/// What a function works out of facts that stand before it, so that none waits for itself.
fn worked_out(
    cx: &mut Context<'_>,
    scope: &Scope<'_>,
    (node, of): (&Node, Option<&Node>),
    name: &Spanned<String>,
    parts: &[(Spanned<String>, Node)],
    before: &[Fact],
) -> Option<Source> {
    let function = read::text(cx, node, "a function")?;
    cx.known("function", &function, scope.zone.functions.keys().map(String::as_str), functions::FILE);
    let Some(of) = of else {
        let message = format!("it is not said of what `{}` is worked out", name.value);
        cx.report(&codes::MISSING, node.span, message, "add `of: [FACT, ...]`");
        return None;
    };
    let named = parts.iter().take_while(|(fact, _)| fact.value != name.value).map(|(fact, _)| fact.value.as_str());
    let named: Vec<&str> = named.collect();
    let told = cx.problems.len();
    let given = read::paths(cx, of).into_iter().map(|path| given(cx, scope, &path, &named, before));
    let given: Vec<Option<(FactPath, String)>> = given.collect();
    let given = given.into_iter().collect::<Option<Vec<(FactPath, String)>>>()?;
    // Of a list in which something is wrong nothing more is to be said.
    if cx.problems.len() > told {
        return None;
    }
    let known = scope.zone.functions.get(&function.value)?;
    let takes = &known.takes;
    if !given.iter().map(|(_, concept)| concept).eq(takes) {
        let message = format!("`{}` takes facts about {}", function.value, takes.join(", "));
        cx.report(&codes::WRONG_VALUE, of.span, message, "name facts about these concepts, in this order");
        return None;
    }
    let of = given.into_iter().map(|(path, _)| path).collect();
    Some(Source::Function { function: function.value, of, gives: known.gives.clone() })
}

/// What a function is given, and what it is about: a fact, or what a register or another function says with one.
fn given(
    cx: &mut Context<'_>,
    scope: &Scope<'_>,
    path: &Spanned<String>,
    named: &[&str],
    before: &[Fact],
) -> Option<(FactPath, String)> {
    let (head, part) = match path.value.split_once('.') {
        Some((head, part)) => (head, Some(part)),
        None => (path.value.as_str(), None),
    };
    let head = Spanned::new(head.to_owned(), path.span);
    if !cx.known("fact before this one", &head, named.iter().copied(), &scope.facts_home) {
        return None;
    }
    // What is wrong with that one was told.
    let fact = before.iter().find(|fact| fact.name == head.value)?;
    let Some(part) = part else { return Some((FactPath::Fact(fact.name.clone()), fact.concept.clone())) };
    match paths::part_of(cx, scope, fact, part, path)?.0 {
        FactPath::Record { fact, register, concept } => {
            Some((FactPath::Record { fact, register, concept: concept.clone() }, concept))
        }
        _ => {
            let message = format!("`{}` is about no concept", path.value);
            let help = "name a fact, or what a register or a function says with one";
            cx.report(&codes::WRONG_VALUE, path.span, message, help);
            None
        }
    }
}

/// A fact from a register names a record, so it must be about the register's key.
fn check_key(cx: &mut Context<'_>, scope: &Scope<'_>, source: &Source, concept: &Spanned<String>) {
    if let Source::Function { function, .. } = source {
        let Some(function_of) = scope.zone.functions.get(function) else { return };
        let Some(result) = &function_of.result else {
            let message = format!("`{function}` books, and works nothing out");
            cx.report(&codes::WRONG_VALUE, concept.span, message, "name it at an end: `book: FUNCTION of [FACT, ...]`");
            return;
        };
        if *result != concept.value {
            let message = format!("what `{function}` works out is about `{result}`, not `{}`", concept.value);
            let help = format!("write `concept: {result}`, and read what it gives besides as `FACT.NAME`");
            cx.report(&codes::WRONG_VALUE, concept.span, message, help);
        }
    }
    let Source::Register { register, .. } = source else { return };
    let Some(key) = scope.zone.registers.get(register).map(|register| &register.key) else { return };
    if *key != concept.value {
        let message = format!("a fact from `{register}` is about its key `{key}`, not `{}`", concept.value);
        let help = format!("write `concept: {key}`, and read further concepts of the record as `FACT.NAME`");
        cx.report(&codes::WRONG_VALUE, concept.span, message, help);
    }
}
