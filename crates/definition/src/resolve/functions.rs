//! `functions.yaml`: functions that work facts out, the concepts that they take and give, and the tables that they rest on.
//!
//! Must not know of: what a function does. Whoever runs the zone has it.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::concepts;
use super::context::Context;
use super::keys::Keys;
use super::{read, registers};
use crate::codes;
use crate::model::{Function, Name, Zone};
use crate::places::Part;
use crate::span::Spanned;
use crate::syntax::yaml::{Node, NodeKind};

/// The file.
pub(super) const FILE: &str = "functions.yaml";
/// Where tables stand that only functions read.
pub(super) const FOLDER: &str = "functions/";

pub(super) fn resolve(cx: &mut Context<'_>, zone: &Zone) -> BTreeMap<String, Function> {
    let mut functions = BTreeMap::new();
    let Some(node) = cx.yaml(FILE) else { return functions };
    if node.kind == NodeKind::Null {
        return functions;
    }
    let Some(all) = Keys::of(cx, &node, node.span, FILE) else { return functions };
    for (name, value) in all.all() {
        if !read::is_dotted(&name.value) {
            read::wrong(cx, name.span, &name.value, "a function: names with dots between, such as `customs.assess`");
            continue;
        }
        cx.place(Part::Function(name.value.clone()), name.span);
        if let Some(function) = function(cx, zone, name, value) {
            functions.insert(name.value.clone(), function);
        } else {
            cx.broken.insert(FILE.to_owned());
        }
    }
    functions
}

fn function(cx: &mut Context<'_>, zone: &Zone, name: &Spanned<String>, node: &Node) -> Option<Function> {
    let mut keys = Keys::of(cx, node, name.span, "the function")?;
    let version = keys.need(cx, "version", "1").and_then(|node| read::count(cx, node, 1, 1_000_000));
    let takes = keys.need(cx, "takes", "[CONCEPT, ...]").map(|node| concepts(cx, zone, node));
    let books = keys.get("books").map(|node| books(cx, zone, node));
    let result = match books {
        Some(_) => None,
        None => Some(keys.need(cx, "result", "CONCEPT").and_then(|node| read::text(cx, node, "a concept"))?),
    };
    let gives = keys.get("gives").map(|node| concepts(cx, zone, node)).unwrap_or_default();
    let with = keys.get("with").map(|node| with(cx, node)).unwrap_or_default();
    let files = keys.get("files").map(|node| files(cx, node)).unwrap_or_default();
    keys.finish(cx);
    let (version, takes) = (version?, takes?);
    if let Some(result) = &result {
        cx.known("concept", result, zone.concepts.keys().map(String::as_str), concepts::FILE);
    }
    if takes.is_empty() {
        cx.report(&codes::MISSING, name.span, "the function is given nothing", "write `takes: [CONCEPT, ...]`");
    }
    let (result, books) = (result.map(|result| result.value), books.unwrap_or_default());
    Some(Function { version, takes, result, gives, books, with, files })
}

fn concepts(cx: &mut Context<'_>, zone: &Zone, node: &Node) -> Vec<String> {
    let mut named = Vec::new();
    for concept in read::list(cx, node, "concepts") {
        if cx.known("concept", &concept, zone.concepts.keys().map(String::as_str), concepts::FILE) {
            named.push(concept.value);
        }
    }
    named
}

/// What is kept in the accounts, each with the register in which its holders find it.
fn books(cx: &mut Context<'_>, zone: &Zone, node: &Node) -> BTreeMap<Name, Name> {
    let mut kept = BTreeMap::new();
    let Some(keys) = Keys::of(cx, node, node.span, "`books`") else { return kept };
    for (what, node) in keys.all() {
        let what = read::checked_name(cx, what.clone());
        let Some((what, register)) = what.zip(read::name(cx, node)) else { continue };
        if cx.known("register", &register, zone.registers.keys().map(String::as_str), registers::FILE) {
            kept.insert(what.value, register.value);
        }
    }
    kept
}

fn with(cx: &mut Context<'_>, node: &Node) -> BTreeMap<Name, String> {
    let mut told = BTreeMap::new();
    let Some(keys) = Keys::of(cx, node, node.span, "`with`") else { return told };
    for (name, node) in keys.all() {
        let name = read::checked_name(cx, name.clone());
        if let (Some(name), Some(text)) = (name, read::text(cx, node, "a text")) {
            told.insert(name.value, text.value);
        }
    }
    told
}

/// The tables and their hashes, so that a definition whose tables change is another one.
fn files(cx: &mut Context<'_>, node: &Node) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for path in read::list(cx, node, "paths") {
        let inside = path.value.starts_with(FOLDER) && !path.value.split('/').any(|part| part == "..");
        if !inside {
            read::wrong(cx, path.span, &path.value, "the path of a table in the folder `functions/`");
            continue;
        }
        let Some((_, text)) = cx.text(&path.value) else {
            let message = format!("there is no {}", path.value);
            cx.report(&codes::MISSING, path.span, message, "add the file, or take it out of `files`");
            continue;
        };
        let hash = hex::encode(Sha256::digest(text.as_bytes()));
        cx.tables.insert(hash.clone(), Arc::from(text));
        files.insert(path.value, hash);
    }
    files
}
