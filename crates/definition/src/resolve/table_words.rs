//! Puts words on what is wrong with a table's cells.
//!
//! Must not know of: how a cell is read.

use crate::codes;
use crate::problem::Problem;
use crate::table::{CellError, CellErrorKind, Expected};
use crate::value::{Kind, ValueError, far};

const POLICIES: &str =
    "write unique, first, any, priority, rule order, output order, collect, or collect with sum, min, max or count";

/// A problem for a mistake in a table.
pub(crate) fn problem(error: &CellError) -> Problem {
    let (message, help) = match &error.kind {
        CellErrorKind::Literal(error) => literal(error),
        CellErrorKind::Syntax { expected, found } => syntax(*expected, found),
        kind @ (CellErrorKind::TooManyRows { .. }
        | CellErrorKind::TooManyColumns { .. }
        | CellErrorKind::CellCount { .. }) => size(kind),
        kind => shape(kind),
    };
    codes::CELL.problem(error.span, message, help)
}

fn size(kind: &CellErrorKind) -> (String, String) {
    match kind {
        CellErrorKind::TooManyRows { rows } => (
            format!("{rows} rows are more than the 10000 that a table may have"),
            "split the table into two stages".to_owned(),
        ),
        CellErrorKind::TooManyColumns { columns } => (
            format!("{columns} columns are more than the 64 that a table may have"),
            "split the table into two stages".to_owned(),
        ),
        CellErrorKind::CellCount { expected, found } => (
            format!("there are {found} cells where the table has {expected} columns"),
            "give every row one cell a column".to_owned(),
        ),
        _ => shape(kind),
    }
}

fn shape(kind: &CellErrorKind) -> (String, String) {
    let (message, help) = match kind {
        CellErrorKind::Empty => (
            "the cell is empty".to_owned(),
            "write `-` in an input that may be anything; an output needs a value".to_owned(),
        ),
        CellErrorKind::NoOrder { kind } => (
            format!("values of the type {} have no order", word(*kind)),
            "list the values that are meant, separated by commas".to_owned(),
        ),
        CellErrorKind::TooManyTests => {
            ("more alternatives than a cell may have".to_owned(), "split the row".to_owned())
        }
        CellErrorKind::UnknownHitPolicy { text } => (format!("there is no hit policy `{text}`"), POLICIES.to_owned()),
        CellErrorKind::Undecidable { kind } => {
            let help = "read a boolean, code, number, amount or date instead; a person can judge the rest in an `officer` stage";
            (format!("a table cannot decide on values of the type {}", word(*kind)), help.to_owned())
        }
        CellErrorKind::UnknownList { list } => {
            (format!("there is no code list `{list}`"), format!("add codes/{list}.csv"))
        }
        CellErrorKind::NoOutput => ("the table has no output".to_owned(), "add a column `out:NAME`".to_owned()),
        CellErrorKind::MissingOrder => {
            let help = "add a line `out:NAME order,first,second,...` before the header, with the best value first";
            ("the hit policy needs the order of an output's values".to_owned(), help.to_owned())
        }
        CellErrorKind::UnknownOutput { name } => (
            format!("an order for the output `{name}`, which is not there or has one already"),
            "name an output column, once".to_owned(),
        ),
        CellErrorKind::NotInOrder => (
            "the value is missing in the order of this output's values".to_owned(),
            "add it to the line `out:NAME order,...`".to_owned(),
        ),
        CellErrorKind::NotAggregable { kind } => {
            let found = kind.map_or("codes", word);
            let help = "collect one output with numbers or amounts, such as `out:amount:money`; dates have a least and a greatest only";
            (format!("the hit policy cannot make one value of {found}"), help.to_owned())
        }
        other => (format!("the table cannot be compiled: {other}"), POLICIES.to_owned()),
    };
    (message, help)
}

fn syntax(expected: Expected, found: &str) -> (String, String) {
    let due = match expected {
        Expected::Literal => "a value",
        Expected::Dots => "`..` of a range",
        Expected::RangeEnd => "the bracket that ends a range",
        Expected::Parenthesis => "a parenthesis",
        Expected::CommaOrEnd => "a comma or the end of the cell",
        Expected::Quote => "a closing `\"`",
    };
    let found: String = found.chars().take(40).collect();
    let place = if found.is_empty() { "the cell ends".to_owned() } else { format!("`{found}` stands") };
    let help = "write `-`, values with commas between, `<`, `<=`, `>` or `>=` and a value, a range such as `[1..5)`, or `not(...)`";
    (format!("{due} is due where {place}"), help.to_owned())
}

fn literal(error: &ValueError) -> (String, String) {
    let (message, help) = match error {
        ValueError::UnknownCode { list, code } => {
            return (
                format!("the code list `{list}` has no `{code}`"),
                format!("use a code of `{list}`, or add it there"),
            );
        }
        ValueError::FarDate { date } => return far(*date),
        ValueError::Malformed { expected, text } => {
            (format!("`{text}` is not of the type {}", word(*expected)), form(*expected))
        }
        ValueError::TooFine { scale } => (
            format!("the value has more than {scale} digits after the point"),
            "round it as the law says, or give the type a larger scale",
        ),
        ValueError::BelowMin { min } => {
            (format!("the value is below {min}, the least of its type"), "correct the value or the concept's type")
        }
        ValueError::AboveMax { max } => {
            (format!("the value is above {max}, the greatest of its type"), "correct the value or the concept's type")
        }
        ValueError::TooLarge => {
            ("the number has more digits than can be held exactly".to_owned(), "write it with at most 28 digits")
        }
        ValueError::WrongKind { expected, found } => {
            (format!("a value of the type {} where {} is due", word(*found), word(*expected)), form(*expected))
        }
        ValueError::NotTyped { expected } => {
            (format!("values of the type {} cannot be written in a cell", word(*expected)), "decide on something else")
        }
        ValueError::UnknownCurrency { currency } => (
            format!("the currency `{currency}` is not known here"),
            "give the zone a currency in zone.yaml: an ISO 4217 code such as `IRR`",
        ),
        other => (format!("the value does not fit: {other}"), "correct the value or the column's type"),
    };
    (message, help.to_owned())
}

const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Bool => "boolean",
        Kind::Code => "code",
        Kind::Decimal => "decimal",
        Kind::Money => "money",
        Kind::Date => "date",
        Kind::Text => "text",
        Kind::Document => "document",
        Kind::Place => "place",
        Kind::List => "list",
    }
}

const fn form(kind: Kind) -> &'static str {
    match kind {
        Kind::Bool => "write `true` or `false`",
        Kind::Decimal | Kind::Money => "write a number such as `1500000` or `0.25`",
        Kind::Date => "write a date such as `2026-03-21`",
        Kind::Code => "write a code of the list",
        Kind::Text | Kind::Document | Kind::Place | Kind::List => "write a value of the column's type",
    }
}
