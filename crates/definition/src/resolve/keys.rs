//! Walks a mapping key by key, so that a key nobody asked for is told.
//!
//! Must not know of: what any key means.

use super::context::{Context, some_of};
use super::nearest::nearest;
use crate::codes;
use crate::span::{Span, Spanned};
use crate::syntax::yaml::{Node, NodeKind};

/// A mapping's keys and values.
pub(super) struct Keys<'n> {
    entries: &'n [(Spanned<String>, Node)],
    asked: Vec<&'static str>,
    /// Where to say that a key is missing.
    at: Span,
    /// What the mapping is, for messages: `the stage`.
    what: &'static str,
}

impl<'n> Keys<'n> {
    /// The keys of `node`; a problem if it is no mapping. `at` is where something missing is told.
    pub(super) fn of(cx: &mut Context<'_>, node: &'n Node, at: Span, what: &'static str) -> Option<Self> {
        match &node.kind {
            NodeKind::Mapping(entries) => Some(Self { entries, asked: Vec::new(), at, what }),
            NodeKind::Broken => None,
            _ => {
                let message = format!("{what} is not a mapping");
                cx.report(&codes::WRONG_VALUE, at, message, "write `key: value` lines, indented, or `{ key: value }`");
                None
            }
        }
    }

    /// Where something missing is told.
    pub(super) const fn at(&self) -> Span {
        self.at
    }

    /// The value of a key that may be left out.
    pub(super) fn get(&mut self, key: &'static str) -> Option<&'n Node> {
        self.asked.push(key);
        self.entries.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
    }

    /// The value of a key that may not be left out.
    pub(super) fn need(&mut self, cx: &mut Context<'_>, key: &'static str, form: &str) -> Option<&'n Node> {
        let found = self.get(key);
        if found.is_none() {
            let message = format!("{} has no `{key}`", self.what);
            cx.report(&codes::MISSING, self.at, message, format!("add `{key}: {form}`"));
        }
        found
    }

    /// Whether the key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(name, _)| name.value == key)
    }

    /// All keys with their values.
    pub(super) const fn all(&self) -> &'n [(Spanned<String>, Node)] {
        self.entries
    }

    /// The keys that were not asked for.
    pub(super) fn rest(&self) -> impl Iterator<Item = &'n (Spanned<String>, Node)> {
        self.entries.iter().filter(|(name, _)| !self.asked.contains(&name.value.as_str()))
    }

    /// Reports the keys that were not asked for.
    pub(super) fn finish(self, cx: &mut Context<'_>) {
        for (key, _) in self.rest() {
            let help = match nearest(&key.value, self.asked.iter().copied()) {
                Some(near) => format!("write `{near}`, or remove it"),
                None => format!("remove it; {} knows {}", self.what, some_of(&self.asked)),
            };
            cx.report(&codes::UNKNOWN_KEY, key.span, format!("{} has no key `{}`", self.what, key.value), help);
        }
    }
}
