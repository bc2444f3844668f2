//! What all of resolving shares: the sources, the places and problems found, and which files could not be trusted.
//!
//! Must not know of: any part of the language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::nearest::nearest;
use crate::codes::{self, Entry};
use crate::places::{Part, Places};
use crate::problem::Problem;
use crate::span::{Span, Spanned};
use crate::syntax::source::Sources;
use crate::syntax::{csv, yaml};

pub(super) struct Context<'a> {
    pub(super) sources: &'a Sources,
    /// The beginning of `zone.yaml`, for what the zone as a whole lacks.
    pub(super) home: Span,
    pub(super) places: Places,
    pub(super) problems: Vec<Problem>,
    /// Files that could not be read to their end: names that they may define are not missed.
    pub(super) broken: BTreeSet<String>,
    /// The text of what functions rest on, by its hash.
    pub(super) tables: BTreeMap<String, Arc<str>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(sources: &'a Sources, home: Span) -> Self {
        Self {
            sources,
            home,
            places: Places::new(home),
            problems: Vec::new(),
            broken: BTreeSet::new(),
            tables: BTreeMap::new(),
        }
    }

    pub(super) fn report(&mut self, entry: &Entry, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(entry.problem(span, message, help));
    }

    pub(super) fn place(&mut self, part: Part, span: Span) {
        self.places.insert(part, span);
    }

    /// The YAML document at `path`, unless there is none or it is not YAML to its end.
    pub(super) fn yaml(&mut self, path: &str) -> Option<yaml::Node> {
        let (file, text) = self.text(path)?;
        let (node, problems) = yaml::parse(file, text);
        self.sound(path, problems).then_some(node)
    }

    /// Number and rows of the CSV file at `path`, unless there is none or it is not CSV to its end.
    pub(super) fn csv(&mut self, path: &str) -> Option<(u32, Vec<csv::Row>)> {
        let (file, text) = self.text(path)?;
        let (rows, problems) = csv::parse(file, text);
        self.sound(path, problems).then_some((file, rows))
    }

    /// Number and text of the file at `path`.
    pub(super) fn text(&mut self, path: &str) -> Option<(u32, &'a str)> {
        let file = self.sources.number(path)?;
        let source = self.sources.get(file)?;
        if !source.sound() {
            self.broken.insert(path.to_owned());
            return None;
        }
        Some((file, source.text()))
    }

    /// Keeps the problems of reading `path`; whether there were none.
    pub(super) fn sound(&mut self, path: &str, problems: Vec<Problem>) -> bool {
        if problems.is_empty() {
            return true;
        }
        self.broken.insert(path.to_owned());
        self.problems.extend(problems);
        false
    }

    /// Whether something is wrong with the file that would define names of a kind, so that a name that is not found is no finding.
    pub(super) fn is_broken(&self, path: &str) -> bool {
        self.broken.iter().any(|broken| broken.starts_with(path))
    }

    /// Looks `name` up among `known`, and reports it if it is not there, unless the file at `home`, which defines such names, is broken.
    pub(super) fn known<'n>(
        &mut self,
        what: &str,
        name: &Spanned<String>,
        known: impl IntoIterator<Item = &'n str>,
        home: &str,
    ) -> bool {
        let known: Vec<&str> = known.into_iter().collect();
        if known.contains(&name.value.as_str()) {
            return true;
        }
        if !self.is_broken(home) {
            self.unknown(what, name, &known, home);
        }
        false
    }

    /// Reports a name that nothing defines, with the nearest that something does.
    pub(super) fn unknown(&mut self, what: &str, name: &Spanned<String>, known: &[&str], home: &str) {
        let help = match (nearest(&name.value, known.iter().copied()), known) {
            (Some(near), _) => format!("write `{near}`, or define `{}` in {home}", name.value),
            (None, []) => format!("define `{}` in {home}", name.value),
            (None, known) => format!("define `{}` in {home}, or use one of {}", name.value, some_of(known)),
        };
        self.report(&codes::UNKNOWN_NAME, name.span, format!("there is no {what} `{}`", name.value), help);
    }
}

/// The first few names, for a help text.
pub(super) fn some_of(names: &[&str]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > SHOWN { ", ..." } else { "" };
    shown.join(", ") + more
}
