//! Tables of customs' own as CSV: a header, then rows, each with its line.
//!
//! Must not know of: what the columns mean.

use csv::{ReaderBuilder, StringRecord, Trim};
use definition::nearest;
use definition::value::{Date, Decimal, parse_date};

use crate::tariff::ExpressionFault;

/// What is wrong with a row, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// The line of the file, from 1.
    pub line: u32,
    /// What.
    pub fault: RowFault,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say what the fields are")]
pub enum RowFault {
    #[error("this is not CSV: {message}")]
    NotCsv { message: String },
    #[error("the file is empty, without even a line that names its columns")]
    Empty,
    #[error("the file ends within this row: it was cut short")]
    CutShort,
    #[error("the column `{column}` is missing")]
    NoColumn { column: &'static str },
    #[error("there is no column `{column}`{}", .nearest.map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default())]
    UnknownColumn { column: String, nearest: Option<&'static str> },
    #[error("the column `{column}` stands twice")]
    TwiceColumn { column: &'static str },
    #[error("`{text}` is no code of a commodity: two to ten digits")]
    Commodity { text: String },
    #[error("`{text}` is no country or group of countries")]
    Origin { text: String },
    #[error("no tax is named")]
    NoTax,
    #[error("{0}")]
    Expression(ExpressionFault),
    #[error("`{text}` is no date such as 2026-11-25")]
    Date { text: String },
    #[error("it ends on {to}, before it begins on {from}")]
    Backwards { from: Date, to: Date },
    #[error("`{text}` is not the three letters of a currency")]
    Currency { text: String },
    #[error("`{text}` is no rate: a number above zero")]
    Rate { text: String },
    #[error("a rate has no first day")]
    NoFirstDay,
    #[error("`{text}` cannot stand in the column `{column}` of a rule")]
    Rule { text: String, column: String },
    #[error("`{text}` is no share in per cent: a number from 0 to 100")]
    Percent { text: String },
    #[error("`{text}` cannot stand in a recipe")]
    Recipe { text: String },
    #[error(
        "`{text}` cannot stand in an allowance: a name, a currency such as IRR, and `year` or `month` as the period"
    )]
    Allowance { text: String },
    #[error(
        "`{text}` is no code: write a section's Roman number, or two, four, six, eight or ten digits with their leading zeros"
    )]
    NoCode { text: String },
    #[error("`{code}` stands on line {first} already: leave one of the two")]
    TwiceCode { code: String, first: u32 },
    #[error(
        "`{code}` cannot stand under `{parent}`: name the beginning of the code, or a chapter's section, or leave the cell empty"
    )]
    Parent { code: String, parent: String },
    #[error("`{code}` has no name: write one in the column `en` or `fa`")]
    Nameless { code: String },
    #[error("`{text}` is no level of the Harmonized System: 2, 4 or 6")]
    Level { text: String },
}

/// A row under its header.
pub(crate) struct Row<'r> {
    columns: &'r [(&'static str, Option<usize>)],
    record: &'r StringRecord,
    /// Its line, from 1.
    pub(crate) line: u32,
}

/// Reads every row of `text` by `of`; the columns of `optional` may be left out.
///
/// # Errors
/// Everything that is wrong.
pub(crate) fn rows<T>(
    text: &str,
    required: &[&'static str],
    optional: &[&'static str],
    of: impl Fn(&Row<'_>) -> Result<T, RowFault>,
) -> Result<Vec<T>, Vec<RowProblem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(vec![RowProblem { line: 1, fault: RowFault::Empty }]);
    }
    let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let mut faults = Vec::new();
    let columns = match reader.headers() {
        Ok(header) => columns(header, required, optional, &mut faults),
        Err(error) => return Err(vec![not_csv(&error)]),
    };
    if !faults.is_empty() {
        // Under a wrong header every row would be wrong.
        return Err(faults);
    }
    let (mut read, mut last) = (Vec::new(), None);
    let width = reader.headers().map_or(0, StringRecord::len);
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = line_of(record.position());
                last = Some((line, record.len()));
                match of(&Row { columns: &columns, record: &record, line }) {
                    Ok(row) => read.push(row),
                    Err(fault) => faults.push(RowProblem { line, fault }),
                }
            }
            Err(error) => faults.push(not_csv(&error)),
        }
    }
    if let Some(line) = cut(text, width, last) {
        faults.push(RowProblem { line, fault: RowFault::CutShort });
    }
    if faults.is_empty() { Ok(read) } else { Err(faults) }
}

/// The line of the last row, by its line and its number of cells, if the file ends within it: it has fewer cells than the header, and its line has no end.
pub(crate) fn cut(text: &str, width: usize, last: Option<(u32, usize)>) -> Option<u32> {
    last.filter(|(_, cells)| *cells < width && !text.ends_with(['\n', '\r'])).map(|(line, _)| line)
}

impl Row<'_> {
    /// The cell of a column; empty if there is none.
    pub(crate) fn cell(&self, column: &str) -> &str {
        let place = self.columns.iter().find(|(name, _)| *name == column).and_then(|(_, place)| *place);
        place.and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    /// The first and the last day of what the row says, each of which may be left open.
    pub(crate) fn validity(&self) -> Result<(Option<Date>, Option<Date>), RowFault> {
        let validity = (day(self.cell("valid_from"))?, day(self.cell("valid_to"))?);
        match validity {
            (Some(from), Some(to)) if to < from => Err(RowFault::Backwards { from, to }),
            validity => Ok(validity),
        }
    }

    /// A number above zero.
    pub(crate) fn rate(&self, column: &str) -> Result<Decimal, RowFault> {
        let text = self.cell(column);
        let rate = definition::value::parse_decimal(text).ok().filter(|rate| *rate > Decimal::ZERO);
        rate.ok_or_else(|| RowFault::Rate { text: short(text) })
    }
}

/// The beginning of a text: an error must not carry somebody's paste.
pub(crate) fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

fn day(text: &str) -> Result<Option<Date>, RowFault> {
    if text.is_empty() {
        return Ok(None);
    }
    parse_date(text).map(Some).map_err(|_| RowFault::Date { text: short(text) })
}

/// For each column, where it stands.
fn columns(
    header: &StringRecord,
    required: &[&'static str],
    optional: &[&'static str],
    faults: &mut Vec<RowProblem>,
) -> Vec<(&'static str, Option<usize>)> {
    let mut places: Vec<_> = required.iter().chain(optional).map(|column| (*column, None)).collect();
    let mut fault = |fault| faults.push(RowProblem { line: 1, fault });
    for (index, name) in header.iter().enumerate() {
        let nearest = nearest(name, places.iter().map(|(column, _)| *column));
        match places.iter_mut().find(|(column, _)| *column == name) {
            Some((_, place @ None)) => *place = Some(index),
            Some((column, Some(_))) => fault(RowFault::TwiceColumn { column }),
            None => fault(RowFault::UnknownColumn { column: short(name), nearest }),
        }
    }
    for (column, place) in &places {
        if place.is_none() && required.contains(column) {
            fault(RowFault::NoColumn { column });
        }
    }
    places
}

/// The line of a place in a file, from 1.
pub(crate) fn line_of(position: Option<&csv::Position>) -> u32 {
    position.and_then(|position| u32::try_from(position.line()).ok()).unwrap_or(1)
}

fn not_csv(error: &csv::Error) -> RowProblem {
    RowProblem { line: line_of(error.position()), fault: RowFault::NotCsv { message: error.to_string() } }
}
