//! What can be wrong with a table's text. Must not know the words in which it is told.

use crate::span::Span;
use crate::value::{Kind, ValueError};

/// One mistake and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// The part of the cell if it can be told, else the cell; of the header for what concerns a column.
    pub span: Span,
    /// What is wrong.
    pub kind: CellErrorKind,
}

/// What is wrong with a cell, a header or the table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
#[expect(missing_docs, reason = "the fields say what the variant's text names")]
pub enum CellErrorKind {
    /// An input cell is empty; a cell that may be anything is written `-`.
    Empty,
    /// The text is not a unary test: something else is due where `found` stands (empty at the cell's end).
    Syntax { expected: Expected, found: String },
    /// A literal is not of the column's type.
    Literal(ValueError),
    /// `<`, `>` and ranges need an order; codes and booleans have none.
    NoOrder { kind: Kind },
    /// More alternatives in a cell than [`super::MAX_ROWS`].
    TooManyTests,
    /// No such hit policy.
    UnknownHitPolicy { text: String },
    /// A table cannot decide on values of this kind.
    Undecidable { kind: Kind },
    /// The column's type names a code list that there is not.
    UnknownList { list: String },
    /// The row has another number of cells than the header.
    CellCount { expected: usize, found: usize },
    /// More rows than [`super::MAX_ROWS`].
    TooManyRows { rows: usize },
    /// More columns than [`super::MAX_COLUMNS`], inputs and outputs together.
    TooManyColumns { columns: usize },
    /// There is no output column.
    NoOutput,
    /// The policy needs the order of an output's values, and no column has one.
    MissingOrder,
    /// An order is given for an output that there is not, or a second time.
    UnknownOutput { name: String },
    /// The value is missing in the order of the output's values.
    NotInOrder,
    /// The policy aggregates one column of numbers, money or (least and greatest only) dates; this is another.
    NotAggregable { kind: Option<Kind> },
}

/// What the reader of a cell was waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A literal of the column's type.
    Literal,
    /// `..` between the ends of a range.
    Dots,
    /// `]`, `)` or `[` that ends a range.
    RangeEnd,
    /// `(` or `)` of `not(...)` or `date(...)`.
    Parenthesis,
    /// A comma or the end of the cell.
    CommaOrEnd,
    /// The closing `"` of a string.
    Quote,
}
