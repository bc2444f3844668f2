//! The codes of problems, and what they mean at length: `P1..` are found while files are read and names resolved, the rest by rules.
//!
//! Must not know of: how a problem is found or rendered.

mod list;

use crate::check::rules;
use crate::problem::{Code, Problem};
use crate::span::Span;

pub use list::*;

/// A code that reading and resolving give, with its public page.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// What such a problem would do to a person: a sentence.
    pub why: &'static str,
    /// What it is, why it matters and how to mend it, at length.
    pub explain: &'static str,
}

/// What a code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The code.
    pub code: Code,
    /// The text, plain paragraphs.
    pub text: &'static str,
}

impl Entry {
    /// A problem with this code.
    #[must_use]
    pub fn problem(&self, span: Span, message: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem {
            code: self.code,
            span,
            message: message.into(),
            related: Vec::new(),
            why: self.why.to_owned(),
            help: help.into(),
        }
    }
}

/// Explains a code, by its number (`P110`, in any case) or its name (`unknown-name`).
#[must_use]
pub fn explain(code: &str) -> Option<Explanation> {
    all().find(|known| known.code.id.eq_ignore_ascii_case(code) || known.code.name == code)
}

/// Every code there is, those of reading first.
pub fn all() -> impl Iterator<Item = Explanation> {
    let read = ENTRIES.iter().map(|entry| Explanation { code: entry.code, text: entry.explain });
    read.chain(rules::all().iter().map(|rule| Explanation { code: rule.code, text: &rule.explain }))
}
