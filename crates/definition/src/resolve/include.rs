//! Gathers the facts and stages of a service, and the tables that it shares, from its own file and those that it includes.
//!
//! Must not know of: what a fact or a stage says.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::keys::Keys;
use super::read;
use crate::codes;
use crate::span::{Span, Spanned};
use crate::syntax::yaml::{Node, NodeKind};

/// How deep files may include files. A service is one file, with one or two that it shares.
const DEPTH_MAX: usize = 8;

/// What the files of a service hold together, in the author's order: its own first, then those of each file in the order of `include`.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) facts: Vec<(Spanned<String>, Node)>,
    pub(super) stages: Vec<(Spanned<String>, Node)>,
    /// Decision tables that services share, by name: the path of each.
    pub(super) tables: BTreeMap<String, String>,
    /// Numbers of the files read.
    pub(super) files: BTreeSet<u32>,
    /// Whether a file could not be read: what it would define is not missed.
    pub(super) broken: bool,
}

/// Takes in `facts`, `stages` and what `include` names, from a file at `path` whose keys are `keys`. `open` are the files that are being read.
pub(super) fn gather(cx: &mut Context<'_>, keys: &mut Keys<'_>, path: &str, open: &mut Vec<String>, parts: &mut Parts) {
    if let Some(node) = keys.get("facts") {
        entries(cx, node, "`facts`", &mut parts.facts);
    }
    if let Some(node) = keys.get("stages") {
        entries(cx, node, "`stages`", &mut parts.stages);
    }
    let Some(node) = keys.get("include") else { return };
    open.push(path.to_owned());
    for name in read::list(cx, node, "paths of files") {
        include(cx, &name, path, open, parts);
    }
    open.pop();
}

fn entries(cx: &mut Context<'_>, node: &Node, what: &'static str, into: &mut Vec<(Spanned<String>, Node)>) {
    if node.kind == NodeKind::Null {
        return;
    }
    let Some(keys) = Keys::of(cx, node, node.span, what) else { return };
    for (key, value) in keys.all() {
        let Some(name) = read::checked_name(cx, key.clone()) else { continue };
        match into.iter().find(|(earlier, _)| earlier.value == name.value) {
            Some((earlier, _)) => read::duplicate(cx, &name, earlier.span),
            None => into.push((name, value.clone())),
        }
    }
}

fn include(cx: &mut Context<'_>, name: &Spanned<String>, from: &str, open: &mut Vec<String>, parts: &mut Parts) {
    let Some(path) = joined(from, &name.value) else {
        read::wrong(cx, name.span, &name.value, "the path of a file in the zone, beginning where this file is");
        return;
    };
    if let Some(at) = open.iter().position(|earlier| *earlier == path) {
        let circle: Vec<&str> = open.iter().skip(at).map(String::as_str).chain([path.as_str()]).collect();
        let help = "move what both need into a file of its own that includes neither";
        cx.report(&codes::INCLUDE_CYCLE, name.span, format!("{} includes itself: {}", path, circle.join(" -> ")), help);
        return;
    }
    if open.len() > DEPTH_MAX {
        parts.broken = true;
        let message = format!("files include one another more than {DEPTH_MAX} deep");
        cx.report(&codes::TOO_DEEP, name.span, message, "include the file where it is needed, not through others");
        return;
    }
    let Some(file) = cx.sources.number(&path) else {
        parts.broken = true;
        cx.report(&codes::MISSING, name.span, format!("there is no file {path}"), "add the file, or correct the path");
        return;
    };
    // A file that two others include is read once.
    if !parts.files.insert(file) {
        return;
    }
    if let Some(table) = path.strip_suffix(".csv") {
        let table = Spanned::new(table.rsplit('/').next().unwrap_or(table).to_owned(), name.span);
        let Some(table) = read::checked_name(cx, table) else { return };
        if let Some(other) = parts.tables.insert(table.value.clone(), path) {
            let help = "rename one of the two, or leave it out";
            cx.report(&codes::DUPLICATE, table.span, format!("`{}` is a table of {other} as well", table.value), help);
        }
        return;
    }
    let start = Span::new(file, 0, 0);
    let Some(node) = cx.yaml(&path) else {
        parts.broken = true;
        return;
    };
    if let Some(mut keys) = Keys::of(cx, &node, start, "an included file") {
        gather(cx, &mut keys, &path, open, parts);
        keys.finish(cx);
    }
}

/// The path `relative` from the file `from`; `None` if it leaves the zone.
fn joined(from: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => return None,
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}
