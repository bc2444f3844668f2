//! Fact paths: where a table or a stage reads a value.
//!
//! Must not know of: whether the value is known when it is read.

use super::context::{Context, some_of};
use super::nearest::nearest;
use super::service::Scope;
use super::table::Draft;
use crate::codes;
use crate::model::{Fact, FactPath, Register, Source};
use crate::span::Spanned;
use crate::value::Type;

/// The register of people, which every zone has.
const PEOPLE: &str = "people";

/// Looks a path up; with the type of what it reads.
pub(super) fn resolve(cx: &mut Context<'_>, scope: &Scope<'_>, path: &Spanned<String>) -> Option<(FactPath, Type)> {
    let (head, rest) = match path.value.split_once('.') {
        Some((head, rest)) => (head, Some(rest)),
        None => (path.value.as_str(), None),
    };
    let fact = scope.facts.iter().find(|fact| fact.name == head);
    match (fact, scope.tables.get(head), rest) {
        (Some(fact), _, None) => Some((FactPath::Fact(fact.name.clone()), fact.type_.clone())),
        (Some(fact), _, Some(rest)) => part_of(cx, scope, fact, rest, path),
        (None, _, Some(field)) if head == "applicant" => applicant(cx, scope, field, path),
        (None, Some(Some(draft)), Some(output)) => self::output(cx, head, draft, output, path),
        // The table's file could not be read; what it gives is not missed.
        (None, Some(None), Some(_)) => None,
        _ => {
            let names: Vec<&str> = scope.facts.iter().map(|fact| fact.name.as_str()).chain(["applicant"]).collect();
            cx.known("fact", &Spanned::new(head.to_owned(), path.span), names, &scope.facts_home);
            None
        }
    }
}

/// `fact.attribute`: of the fact's code, or of the record that it names.
pub(super) fn part_of(
    cx: &mut Context<'_>,
    scope: &Scope<'_>,
    fact: &Fact,
    part: &str,
    path: &Spanned<String>,
) -> Option<(FactPath, Type)> {
    let zone = scope.zone;
    if let Source::Register { register, .. } = &fact.source {
        // A register that there is not was told where the fact names it.
        let held = zone.registers.get(register)?;
        let Some(concept) = concept(held, part) else {
            let known: Vec<&str> = held.holds.iter().map(|concept| suffix(concept)).collect();
            unknown(cx, path, &format!("the register `{register}` holds no `{part}`"), part, &known);
            return None;
        };
        let type_ = zone.concepts.get(concept)?.type_.clone();
        let (fact, register, concept) = (fact.name.clone(), register.clone(), concept.to_owned());
        return Some((FactPath::Record { fact, register, concept }, type_));
    }
    if let Source::Function { function, .. } = &fact.source {
        let given = &zone.functions.get(function)?.gives;
        let Some(concept) = given.iter().find(|concept| suffix(concept) == part) else {
            let known: Vec<&str> = given.iter().map(|concept| suffix(concept)).collect();
            unknown(cx, path, &format!("the function `{function}` gives no `{part}`"), part, &known);
            return None;
        };
        let type_ = zone.concepts.get(concept)?.type_.clone();
        let (fact, register, concept) = (fact.name.clone(), function.clone(), concept.clone());
        return Some((FactPath::Record { fact, register, concept }, type_));
    }
    if let Type::Code(list) = &fact.type_ {
        let codes = zone.lists.get(list)?;
        let Some(values) = codes.attributes.get(part) else {
            let known: Vec<&str> = codes.attributes.keys().map(String::as_str).collect();
            unknown(cx, path, &format!("the codes of `{list}` have no `{part}`"), part, &known);
            return None;
        };
        let (fact, list, attribute) = (fact.name.clone(), list.clone(), part.to_owned());
        return Some((FactPath::Attribute { fact, list, attribute }, Type::Code(values.clone())));
    }
    unknown(
        cx,
        path,
        &format!(
            "`{}` has no parts: it is neither a code, nor from a register, nor worked out by a function",
            fact.name
        ),
        part,
        &[],
    );
    None
}

fn applicant(cx: &mut Context<'_>, scope: &Scope<'_>, field: &str, path: &Spanned<String>) -> Option<(FactPath, Type)> {
    let people = scope.zone.registers.get(PEOPLE);
    let Some(concept) = people.and_then(|people| concept(people, field)) else {
        let known: Vec<&str> =
            people.into_iter().flat_map(|people| &people.holds).map(|concept| suffix(concept)).collect();
        unknown(cx, path, &format!("the register `{PEOPLE}` holds no `{field}`"), field, &known);
        return None;
    };
    let type_ = scope.zone.concepts.get(concept)?.type_.clone();
    Some((FactPath::Applicant { concept: concept.to_owned() }, type_))
}

/// The concept that a register holds under a short name: `arrears` is `company.arrears`. One that begins as the register's key does wins.
fn concept<'r>(register: &'r Register, part: &str) -> Option<&'r str> {
    let own = register.key.split('.').next().unwrap_or("");
    let named = || register.holds.iter().filter(|concept| suffix(concept) == part);
    let first = named().find(|concept| concept.split('.').next() == Some(own));
    first.or_else(|| named().next()).map(String::as_str)
}

/// What follows the first dot.
fn suffix(concept: &str) -> &str {
    concept.split_once('.').map_or(concept, |(_, rest)| rest)
}

fn output(
    cx: &mut Context<'_>,
    table: &str,
    draft: &Draft,
    name: &str,
    path: &Spanned<String>,
) -> Option<(FactPath, Type)> {
    let Some(output) = draft.outputs.iter().find(|output| output.name == name) else {
        let known: Vec<&str> = draft.outputs.iter().map(|output| output.name.as_str()).collect();
        unknown(cx, path, &format!("the table `{table}` has no output `{name}`"), name, &known);
        return None;
    };
    let Some(type_) = draft.gives(&output.type_) else {
        let help = "read a table with another hit policy, or let it `collect` a sum, least, greatest or count";
        cx.report(
            &codes::WRONG_VALUE,
            path.span,
            format!("the table `{table}` gives a list, and a path reads one value"),
            help,
        );
        return None;
    };
    Some((FactPath::Output { table: table.to_owned(), output: name.to_owned() }, type_))
}

fn unknown(cx: &mut Context<'_>, path: &Spanned<String>, message: &str, part: &str, known: &[&str]) {
    let help = match nearest(part, known.iter().copied()) {
        Some(near) => format!("write `{near}`"),
        None if known.is_empty() => "use the fact's own name".to_owned(),
        None => format!("use one of {}", some_of(known)),
    };
    cx.report(&codes::UNKNOWN_NAME, path.span, message, help);
}
