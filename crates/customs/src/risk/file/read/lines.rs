//! Lines of fields with tabs between them, each with its number.
//!
//! Must not know of: what the fields mean.

use std::str::FromStr;

use crate::risk::file::{FileFault, FileProblem};
use crate::table::short;

/// What is not read yet.
pub(super) struct Lines<'t> {
    rest: &'t str,
    line: usize,
}

/// A line's fields. The first is its word.
#[derive(Default)]
pub(super) struct Fields<'t> {
    line: usize,
    fields: Vec<&'t str>,
}

impl<'t> Lines<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { rest: text, line: 0 }
    }

    /// How many lines were read.
    pub(super) const fn line(&self) -> usize {
        self.line
    }

    /// The next line's fields; none after the last.
    pub(super) fn fields(&mut self) -> Option<Fields<'t>> {
        let line = self.take(1)?;
        let fields = line.trim_end_matches(['\n', '\r']).split('\t').collect();
        Some(Fields { line: self.line, fields })
    }

    /// The next line's fields, if its word is this one; else it stays.
    pub(super) fn fields_if(&mut self, word: &str) -> Option<Fields<'t>> {
        let rest = self.rest.strip_prefix(word)?;
        rest.starts_with(['\t', '\n', '\r']).then(|| self.fields()).flatten()
    }

    /// The next lines as they are; none if there are not as many.
    pub(super) fn take(&mut self, count: usize) -> Option<&'t str> {
        let mut end = 0;
        for _ in 0..count {
            let rest = self.rest.get(end..).filter(|rest| !rest.is_empty())?;
            end += rest.find('\n').map_or(rest.len(), |at| at + 1);
        }
        let (taken, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        self.line += count;
        Some(taken)
    }

    pub(super) fn problem(&self, fault: FileFault) -> FileProblem {
        FileProblem { line: self.line.max(1), fault }
    }
}

impl<'t> Fields<'t> {
    pub(super) fn word(&self) -> &'t str {
        self.fields.first().copied().unwrap_or_default()
    }

    /// The fields behind the word.
    pub(super) fn rest(&self) -> &[&'t str] {
        self.fields.get(1..).unwrap_or_default()
    }

    pub(super) fn exactly<const N: usize>(&self) -> Result<[&'t str; N], FileProblem> {
        self.exact(self.rest())
    }

    pub(super) fn exact<const N: usize>(&self, fields: &[&'t str]) -> Result<[&'t str; N], FileProblem> {
        let fault = || FileFault::Fields { found: self.rest().len(), expected: N };
        <[&str; N]>::try_from(fields).map_err(|_| self.problem(fault()))
    }

    pub(super) fn number<T: FromStr>(&self, text: &str) -> Result<T, FileProblem> {
        text.parse().map_err(|_| self.wrong(text, "a number that can be there"))
    }

    /// A number that is neither infinite nor none.
    pub(super) fn finite(&self, text: &str) -> Result<f64, FileProblem> {
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        number.ok_or_else(|| self.wrong(text, "a finite number"))
    }

    /// The number of something of which there are so many, from 0.
    pub(super) fn below(&self, text: &str, count: usize) -> Result<usize, FileProblem> {
        let place = text.parse().ok().filter(|place| *place < count);
        place.ok_or_else(|| self.wrong(text, "the number of one that stands above"))
    }

    pub(super) fn wrong(&self, text: &str, expected: &'static str) -> FileProblem {
        self.problem(FileFault::Field { text: short(text), expected })
    }

    pub(super) fn problem(&self, fault: FileFault) -> FileProblem {
        FileProblem { line: self.line.max(1), fault }
    }
}
