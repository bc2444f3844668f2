//! Reads a tariff's file: CSV with a header, one measure a row.
//!
//! Must not know of: where the file comes from.

use csv::{ReaderBuilder, StringRecord, Trim};
use definition::nearest;
use definition::value::{Date, parse_date};

use super::parse::{ExpressionFault, parse};
use super::{Measure, Tariff};

/// The columns; the last may be left out.
const COLUMNS: [&str; 9] =
    ["commodity", "origin", "preference", "procedure", "tax", "expression", "valid_from", "valid_to", "additional"];

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
#[expect(missing_docs, reason = "the fields say what the variant's text names")]
pub enum RowFault {
    #[error("this is not CSV: {message}")]
    NotCsv { message: String },
    #[error("the column `{column}` is missing")]
    NoColumn { column: &'static str },
    #[error("there is no column `{column}`{}", .nearest.map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default())]
    UnknownColumn { column: String, nearest: Option<&'static str> },
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
}

/// Reads a tariff.
///
/// # Errors
/// Everything that is wrong with it; a tariff with a fault is not used.
pub fn read(text: &str) -> Result<Tariff, Vec<RowProblem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let mut faults = Vec::new();
    let columns = match reader.headers() {
        Ok(header) => columns(header, &mut faults),
        Err(error) => return Err(vec![not_csv(&error)]),
    };
    let mut measures = Vec::new();
    for row in reader.records() {
        match row {
            Ok(row) => {
                let line = line_of(row.position());
                match measure(&row, &columns, line) {
                    Ok(measure) => measures.push(measure),
                    Err(fault) => faults.push(RowProblem { line, fault }),
                }
            }
            Err(error) => faults.push(not_csv(&error)),
        }
    }
    if faults.is_empty() { Ok(Tariff::new(measures)) } else { Err(faults) }
}

fn line_of(position: Option<&csv::Position>) -> u32 {
    position.and_then(|position| u32::try_from(position.line()).ok()).unwrap_or(1)
}

fn not_csv(error: &csv::Error) -> RowProblem {
    RowProblem { line: line_of(error.position()), fault: RowFault::NotCsv { message: error.to_string() } }
}

/// For each of [`COLUMNS`], where it stands.
fn columns(header: &StringRecord, faults: &mut Vec<RowProblem>) -> [Option<usize>; COLUMNS.len()] {
    let mut places = [None; COLUMNS.len()];
    for (index, name) in header.iter().enumerate() {
        match COLUMNS.iter().position(|column| *column == name).and_then(|at| places.get_mut(at)) {
            Some(place) => *place = Some(index),
            None => {
                let nearest = nearest(name, COLUMNS.into_iter());
                let column = name.chars().take(40).collect();
                faults.push(RowProblem { line: 1, fault: RowFault::UnknownColumn { column, nearest } });
            }
        }
    }
    for (column, _) in COLUMNS.iter().zip(&places).filter(|(column, place)| place.is_none() && **column != "additional")
    {
        faults.push(RowProblem { line: 1, fault: RowFault::NoColumn { column } });
    }
    places
}

fn measure(row: &StringRecord, columns: &[Option<usize>; COLUMNS.len()], line: u32) -> Result<Measure, RowFault> {
    let cell = |name: &str| {
        let at = COLUMNS.iter().position(|column| *column == name).and_then(|at| columns.get(at).copied().flatten());
        at.and_then(|at| row.get(at)).unwrap_or_default().to_owned()
    };
    let commodity = cell("commodity");
    let digits = commodity.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || commodity.len() > 10 || commodity.len() == 1 {
        return Err(RowFault::Commodity { text: commodity.chars().take(40).collect() });
    }
    let origin = cell("origin");
    if origin.len() > 4 || !origin.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(RowFault::Origin { text: origin.chars().take(40).collect() });
    }
    let tax = cell("tax");
    if tax.is_empty() {
        return Err(RowFault::NoTax);
    }
    let written = cell("expression");
    let expression = parse(&written).map_err(RowFault::Expression)?;
    let (from, to) = (day(&cell("valid_from"))?, day(&cell("valid_to"))?);
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(RowFault::Backwards { from, to });
    }
    let list = |text: String| text.split([';', ' ']).filter(|code| !code.is_empty()).map(str::to_owned).collect();
    Ok(Measure {
        commodity,
        origin,
        preference: cell("preference"),
        procedure: list(cell("procedure")),
        additional: list(cell("additional")),
        tax,
        expression,
        written,
        from,
        to,
        line,
    })
}

fn day(text: &str) -> Result<Option<Date>, RowFault> {
    if text.is_empty() {
        return Ok(None);
    }
    parse_date(text).map(Some).map_err(|_| RowFault::Date { text: text.chars().take(40).collect() })
}
