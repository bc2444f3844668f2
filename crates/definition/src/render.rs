//! A report for people, for programs, and for code-scanning tools.
//!
//! Must not know of: terminals (the caller says whether there is colour), how problems are found.

mod human;
mod json;
mod sarif;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::span::Span;
use crate::syntax::source::{Position, Sources};

pub use human::human;
pub use json::json;
pub use sarif::sarif;

/// Where a span stands, as people count: lines and columns from 1, columns in characters, the end just past the last character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

impl<'a> Place<'a> {
    fn of(sources: &'a Sources, span: Span) -> Self {
        let Some(source) = sources.get(span.file) else {
            return Self { file: "", line: 1, column: 1, end_line: 1, end_column: 1 };
        };
        let (start, end): (Position, Position) = (source.position(span.start), source.position(span.end));
        Self { file: source.path(), line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}
