//! What is wrong with a definition, said so that its author can mend it.
//!
//! Must not know of: how a problem is found or rendered.

use crate::span::Span;

/// One problem. Its texts follow a grammar: `message` says what is wrong as a lower-case clause without a full stop; `why` says what it would
/// do to a person; `help` says in the imperative how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule's code.
    pub code: Code,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// Further places that belong to it, each with a short note.
    pub related: Vec<(Span, String)>,
    /// Why it matters to a person.
    pub why: String,
    /// How to mend it.
    pub help: String,
}

/// A problem's code: `P` and three digits, stable over versions, and the rule's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    /// Such as `P201`.
    pub id: &'static str,
    /// Such as `stage-unreachable`.
    pub name: &'static str,
}
