//! Rows of numbers out of a table, in the order of a model's columns.
//!
//! Must not know of: models.

use csv::{Reader, ReaderBuilder, StringRecord, Trim};
use definition::nearest;

use crate::table::{line_of, short};

/// The rows of a table, one after the other.
pub struct Rows<'t> {
    reader: Reader<&'t [u8]>,
    /// For each wanted column, its name and where it stands.
    places: Vec<(String, usize)>,
    record: StringRecord,
}

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say what the fields are")]
pub enum RowsFault {
    #[error("line {line}: this is not CSV: {message}")]
    NotCsv { line: u32, message: String },
    #[error("there is no column `{column}`, which the model reads{}", .nearest.as_ref().map(|nearest| format!("; is it `{nearest}`?")).unwrap_or_default())]
    NoColumn { column: String, nearest: Option<String> },
    #[error("line {line}: `{text}` in the column `{column}` is no number")]
    NotANumber { line: u32, column: String, text: String },
}

impl RowsFault {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NotCsv { .. } => "save the table as CSV with commas",
            Self::NoColumn { .. } => {
                "name the column as the model does, or choose the model that was trained on this table"
            }
            Self::NotANumber { .. } => {
                "write numbers in the digits 0 to 9 with a point; leave the cell empty where nothing is known"
            }
        }
    }
}

impl<'t> Rows<'t> {
    /// A table's rows with these columns.
    ///
    /// # Errors
    /// A column that is not there; a header that is none.
    pub fn read(text: &'t str, columns: &[String]) -> Result<Self, RowsFault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| not_csv(&error))?.clone();
        let place = |column: &String| {
            let place = header.iter().position(|name| name == column || same(name, column));
            let nearest = || nearest(column, header.iter()).map(short);
            place
                .map(|place| (column.clone(), place))
                .ok_or_else(|| RowsFault::NoColumn { column: short(column), nearest: nearest() })
        };
        let places = columns.iter().map(place).collect::<Result<_, _>>()?;
        Ok(Self { reader, places, record: StringRecord::new() })
    }
}

/// LightGBM writes `_` for the space in a column's name.
fn same(name: &str, column: &str) -> bool {
    name.len() == column.len() && name.bytes().zip(column.bytes()).all(|(a, b)| a == b || (a == b' ' && b == b'_'))
}

impl Iterator for Rows<'_> {
    /// A row's line, from 1, and its numbers; what is empty is not a number.
    type Item = Result<(u32, Vec<f64>), RowsFault>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.reader.read_record(&mut self.record) {
            Ok(true) => Some(self.numbers()),
            Ok(false) => None,
            Err(error) => Some(Err(not_csv(&error))),
        }
    }
}

impl Rows<'_> {
    fn numbers(&self) -> Result<(u32, Vec<f64>), RowsFault> {
        let line = line_of(self.record.position());
        let number = |(column, place): &(String, usize)| {
            let text = self.record.get(*place).unwrap_or_default();
            if text.is_empty() {
                return Ok(f64::NAN);
            }
            let fault = || RowsFault::NotANumber { line, column: short(column), text: short(text) };
            text.parse().map_err(|_| fault())
        };
        Ok((line, self.places.iter().map(number).collect::<Result<_, _>>()?))
    }
}

fn not_csv(error: &csv::Error) -> RowsFault {
    RowsFault::NotCsv { line: line_of(error.position()), message: error.to_string() }
}
