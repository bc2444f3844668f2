//! `registers.yaml`: which concepts a register holds, and who keeps it.
//!
//! Must not know of: the records in a register.

use std::collections::BTreeMap;

use super::concepts;
use super::context::Context;
use super::keys::Keys;
use super::read;
use crate::codes;
use crate::model::{Name, Register, Zone};
use crate::places::Part;
use crate::span::Spanned;
use crate::syntax::yaml::{Node, NodeKind};
use crate::value::{self, Value};

/// The file.
pub(super) const FILE: &str = "registers.yaml";

pub(super) fn resolve(cx: &mut Context<'_>, zone: &Zone) -> BTreeMap<Name, Register> {
    let mut registers = BTreeMap::new();
    let Some(node) = cx.yaml(FILE) else { return registers };
    if node.kind == NodeKind::Null {
        return registers;
    }
    let Some(all) = Keys::of(cx, &node, node.span, FILE) else { return registers };
    for (key, value) in all.all() {
        let Some(name) = read::checked_name(cx, key.clone()) else { continue };
        cx.place(Part::Register(name.value.clone()), name.span);
        if let Some(register) = register(cx, zone, &name, value) {
            registers.insert(name.value, register);
        } else {
            cx.broken.insert(FILE.to_owned());
        }
    }
    registers
}

fn register(cx: &mut Context<'_>, zone: &Zone, name: &Spanned<String>, node: &Node) -> Option<Register> {
    let mut keys = Keys::of(cx, node, name.span, "the register")?;
    let authority = keys.need(cx, "authority", "NAME").and_then(|node| read::name(cx, node));
    let key = keys.need(cx, "key", "CONCEPT").and_then(|node| concept(cx, zone, node));
    let number = keys.get("number").and_then(|node| number(cx, node));
    let held_by = keys.get("held by").and_then(|node| concept(cx, zone, node));
    let holds = keys.need(cx, "holds", "[CONCEPT, ...]");
    let holds = holds.map(|node| read::list(cx, node, "concepts"));
    let begins = keys.get("begins").map(|node| begins(cx, zone, node)).unwrap_or_default();
    keys.finish(cx);
    let (authority, key, holds) = (authority?, key?, holds?);
    cx.known("authority", &authority, zone.authorities.iter().map(String::as_str), "zone.yaml");
    let mut held: Vec<Spanned<String>> = Vec::new();
    for concept in holds {
        let known = cx.known("concept", &concept, zone.concepts.keys().map(String::as_str), concepts::FILE);
        match held.iter().find(|earlier| earlier.value == concept.value) {
            Some(earlier) => read::duplicate(cx, &concept, earlier.span),
            None if known || cx.is_broken(concepts::FILE) => held.push(concept),
            None => {}
        }
    }
    for needed in [Some(&key), held_by.as_ref()].into_iter().flatten() {
        if !held.iter().any(|concept| concept.value == needed.value) {
            let message = format!("the register does not hold `{}`", needed.value);
            cx.report(&codes::UNKNOWN_NAME, needed.span, message, format!("add `{}` to `holds`", needed.value));
        }
    }
    let holds = held.into_iter().map(|concept| concept.value).collect();
    Some(Register {
        authority: authority.value,
        key: key.value,
        number,
        held_by: held_by.map(|concept| concept.value),
        holds,
        begins,
    })
}

/// What a new record begins with: values by concept.
fn begins(cx: &mut Context<'_>, zone: &Zone, node: &Node) -> BTreeMap<String, Value> {
    let mut begins = BTreeMap::new();
    let Some(keys) = Keys::of(cx, node, node.span, "`begins`") else { return begins };
    for (concept, node) in keys.all() {
        let known = cx.known("concept", concept, zone.concepts.keys().map(String::as_str), concepts::FILE);
        let text = read::text(cx, node, "a value");
        let (Some(text), Some(about)) = (text, zone.concepts.get(&concept.value).filter(|_| known)) else { continue };
        match value::parse(&about.type_, &text.value, &zone.lists) {
            Ok(Value::Money(money)) if money.minor < 0 => {
                read::wrong(cx, text.span, &text.value, "an amount: none is below nothing");
            }
            Ok(value) => drop(begins.insert(concept.value.clone(), value)),
            Err(_) => read::wrong(cx, text.span, &text.value, "a value of the concept's type"),
        }
    }
    begins
}

fn concept(cx: &mut Context<'_>, zone: &Zone, node: &Node) -> Option<Spanned<String>> {
    let concept = read::text(cx, node, "a concept")?;
    cx.known("concept", &concept, zone.concepts.keys().map(String::as_str), concepts::FILE);
    Some(concept)
}

fn number(cx: &mut Context<'_>, node: &Node) -> Option<String> {
    let text = read::text(cx, node, "a number's form")?;
    let mut parts = text.value.splitn(2, "{reference}");
    let rest = (parts.next(), parts.next());
    let plain = |part: &str| !part.contains(['{', '}']) && part.len() <= 32;
    if matches!(rest, (Some(before), Some(after)) if plain(before) && plain(after)) {
        return Some(text.value);
    }
    read::wrong(cx, text.span, &text.value, "a form with `{reference}` in it once, such as `C-{reference}`");
    None
}
