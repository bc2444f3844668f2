//! A text has characters that nobody sees, and that change what people read.
//!
//! Characters that embed, override or isolate a direction of writing (U+202A to U+202E, U+2066 to U+2069) let letters be read in another order than they
//! are written in, in the text and in what stands beside it; control characters are no text at all. In words, in the law and in lists of codes none may
//! stand, nor be written as `{ "\u202E" }`. The zero-width non-joiner and the marks U+200E and U+200F may.
//!
//! People would read another title, amount or article than the one that was checked and signed.
//!
//! To mend it, remove the character, or write the text anew; copying from a document or a chat often brings such characters along.

use crate::check::context::Context;
use crate::problem::{Code, Problem};
use crate::span::Span;

/// This rule.
pub const CODE: Code = Code { id: "P705", name: "word-disguised" };

/// Looks at every message and term. Cells were looked at when the zone was read.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for folder in &context.words {
        for (language, file) in &folder.files {
            for (name, text) in file.all() {
                let Some(disguise) = text.disguise else { continue };
                problems.push(problem(folder.place(context.places, language, text.at), &format!("`{name}`"), disguise));
            }
        }
    }
}

/// A problem of `what` for a character that it has.
pub(crate) fn problem(span: Span, what: &str, disguise: char) -> Problem {
    Problem {
        code: CODE,
        span,
        message: format!("{what} has the character U+{:04X}, which nobody sees", u32::from(disguise)),
        related: Vec::new(),
        why: "people would read something else than what was written and checked".to_owned(),
        help: "remove the character; write the text anew if it cannot be found".to_owned(),
    }
}
