//! Rows out of a table, cell by cell, for the columns that somebody asks for.
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

/// Where wanted columns stand in all tables of one header, for rows that come one by one.
#[derive(Debug)]
pub struct Places(Vec<(String, usize)>);

/// A row.
#[derive(Clone, Copy)]
pub struct Row<'r> {
    places: &'r [(String, usize)],
    record: &'r StringRecord,
    /// Its line, from 1.
    pub line: u32,
}

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say what the fields are")]
pub enum RowsFault {
    #[error("line {line}: this is not CSV: {message}")]
    NotCsv { line: u32, message: String },
    #[error("it is empty, without even a line that names its columns")]
    Empty,
    #[error("{}", missing(.columns))]
    NoColumns { columns: Vec<MissingColumn> },
    #[error("the column `{column}` stands twice")]
    TwiceColumn { column: String },
    #[error("line {line}: `{text}` in the column `{column}` is no number")]
    NotANumber { line: u32, column: String, text: String },
    #[error("line {line}: `{text}` in the column `{column}` is larger than any number that a model reads")]
    TooLarge { line: u32, column: String, text: String },
    #[error("line {line}: the duty at stake, `{column}` in per cent of the amount, is larger than can be computed")]
    StakeTooLarge { line: u32, column: String },
    #[error("line {line}: `{text}` in the column `{column}` is neither 0 nor 1")]
    NotALabel { line: u32, column: String, text: String },
}

/// A column that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingColumn {
    /// How the model calls it.
    pub name: String,
    /// A column of the table that is called nearly so.
    pub nearest: Option<String>,
}

/// How peers write a number that is missing, in any case.
const MISSING: [&str; 3] = ["nan", "na", "null"];

/// How many missing columns are named.
const NAMED: usize = 8;

fn missing(columns: &[MissingColumn]) -> String {
    let one = |column: &MissingColumn| {
        let nearest = column.nearest.as_ref().map(|nearest| format!(" (is it `{nearest}`?)")).unwrap_or_default();
        format!("`{}`{nearest}", column.name)
    };
    let named: Vec<String> = columns.iter().take(NAMED).map(one).collect();
    let more = match columns.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let there = if columns.len() == 1 { "is no column" } else { "are no columns" };
    format!("there {there} {}{more}, which the model reads", named.join(", "))
}

impl RowsFault {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NotCsv { .. } => {
                "see whether the table was cut short, or a cell with a comma in it has no quotation marks; commas part the cells"
            }
            Self::Empty => "name a table with a first line of columns' names; see whether it was written at all",
            Self::NoColumns { .. } => {
                "name the columns as the model does, with commas between them, or choose the model that was trained on this table"
            }
            Self::TwiceColumn { .. } => "leave one of them, or give the other a name of its own",
            Self::NotANumber { .. } => {
                "write numbers in the digits 0 to 9 with a point; leave the cell empty where nothing is known"
            }
            Self::TooLarge { .. } | Self::StakeTooLarge { .. } => {
                "write the number that is meant, below 1.7e308; leave the cell empty where nothing is known"
            }
            Self::NotALabel { .. } => "write 1 where a fraud was found and 0 where none was, or leave the row out",
        }
    }
}

impl<'t> Rows<'t> {
    /// A table's rows with these columns.
    ///
    /// # Errors
    /// All columns that are not there; one that stands twice; a header that is none.
    pub fn read<S: AsRef<str>>(text: &'t str, columns: &[S]) -> Result<Self, RowsFault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| not_csv(&error))?.clone();
        if header.iter().all(str::is_empty) {
            return Err(RowsFault::Empty);
        }
        let (mut places, mut missing) = (Vec::new(), Vec::new());
        for column in columns.iter().map(AsRef::as_ref) {
            let exact = header.iter().position(|name| name == column);
            match exact.or_else(|| header.iter().position(|name| same(name, column))) {
                Some(place) if header.iter().skip(place + 1).any(|name| Some(name) == header.get(place)) => {
                    return Err(RowsFault::TwiceColumn { column: short(column) });
                }
                Some(place) => places.push((column.to_owned(), place)),
                None => {
                    let nearest = nearest(column, header.iter()).map(short);
                    missing.push(MissingColumn { name: short(column), nearest });
                }
            }
        }
        if !missing.is_empty() {
            return Err(RowsFault::NoColumns { columns: missing });
        }
        Ok(Self { reader, places, record: StringRecord::new() })
    }

    /// For each wanted column, its name and where it stands.
    pub(super) fn places(&self) -> &[(String, usize)] {
        &self.places
    }

    /// The next row; none after the last.
    ///
    /// # Errors
    /// What is no CSV.
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, RowsFault> {
        if !self.reader.read_record(&mut self.record).map_err(|error| not_csv(&error))? {
            return Ok(None);
        }
        Ok(Some(Row { places: &self.places, record: &self.record, line: line_of(self.record.position()) }))
    }
}

impl Places {
    /// Where these columns stand in tables of this header.
    ///
    /// # Errors
    /// As [`Rows::read`].
    pub fn read<S: AsRef<str>>(header: &str, columns: &[S]) -> Result<Self, RowsFault> {
        Rows::read(header, columns).map(|rows| Self(rows.places))
    }

    /// The cells of a line as a row, as if they were read from a table.
    #[must_use]
    pub fn record<C: AsRef<str>>(cells: &[C]) -> StringRecord {
        let mut record = StringRecord::with_capacity(0, cells.len());
        cells.iter().for_each(|cell| record.push_field(cell.as_ref()));
        record.trim();
        record
    }

    /// The row that a record is.
    #[must_use]
    pub const fn row<'r>(&'r self, record: &'r StringRecord, line: u32) -> Row<'r> {
        let Self(places) = self;
        Row { places: places.as_slice(), record, line }
    }
}

impl<'r> Row<'r> {
    pub(super) const fn new(places: &'r [(String, usize)], record: &'r StringRecord, line: u32) -> Self {
        Self { places, record, line }
    }

    pub(super) const fn record(&self) -> &'r StringRecord {
        self.record
    }

    /// The text of the cell in the wanted column of this number; empty if there is none.
    #[must_use]
    pub fn text(&self, column: usize) -> &'r str {
        self.places.get(column).and_then(|(_, place)| self.record.get(*place)).unwrap_or_default()
    }

    /// The number there; what is missing is not a number. An empty cell is, and `nan`, `na` and `null` in any case, as LightGBM reads them.
    ///
    /// # Errors
    /// What is neither missing nor a number, and what is infinite: LightGBM would make another number of it.
    pub fn number(&self, column: usize) -> Result<f64, RowsFault> {
        let text = self.text(column);
        if text.is_empty() || MISSING.iter().any(|word| text.eq_ignore_ascii_case(word)) {
            return Ok(f64::NAN);
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_infinite() => {
                Err(RowsFault::TooLarge { line: self.line, column: self.name(column), text: short(text) })
            }
            Ok(number) if !number.is_nan() => Ok(number),
            _ => Err(self.not_a_number(column)),
        }
    }

    /// The duty at stake, by the columns of its rate in per cent and of the amount; nothing where one of them is missing.
    ///
    /// # Errors
    /// As [`Row::number`]; what the two come to is infinite.
    pub fn stake(&self, rate: usize, amount: usize) -> Result<f64, RowsFault> {
        let stake = self.number(rate)? * self.number(amount)? / 100.0;
        if stake.is_infinite() {
            return Err(RowsFault::StakeTooLarge { line: self.line, column: self.name(rate) });
        }
        Ok(if stake.is_nan() { 0.0 } else { stake })
    }

    /// Whether the row is labelled a fraud.
    ///
    /// # Errors
    /// What is neither 0 nor 1.
    pub fn label(&self, column: usize) -> Result<bool, RowsFault> {
        match self.text(column) {
            "0" => Ok(false),
            "1" => Ok(true),
            text => {
                let column = self.name(column);
                Err(RowsFault::NotALabel { line: self.line, column, text: short(text) })
            }
        }
    }

    fn not_a_number(&self, column: usize) -> RowsFault {
        RowsFault::NotANumber { line: self.line, column: self.name(column), text: short(self.text(column)) }
    }

    fn name(&self, column: usize) -> String {
        self.places.get(column).map(|(name, _)| short(name)).unwrap_or_default()
    }
}

/// LightGBM writes `_` for the space in a column's name.
fn same(name: &str, column: &str) -> bool {
    name.len() == column.len() && name.bytes().zip(column.bytes()).all(|(a, b)| a == b || (a == b' ' && b == b'_'))
}

fn not_csv(error: &csv::Error) -> RowsFault {
    RowsFault::NotCsv { line: line_of(error.position()), message: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_by_itself_is_what_a_table_has() {
        let header = ["HS6 Code", "Country of Origin", "Net Mass"];
        let rows = [["110100", "TR", "29500.5"], [" \"a, b\"\n", "", "nan\t"], ["۱۲", "x\r\ny", ","], ["", "", ""]];
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(header).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let table = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let columns = ["Net_Mass", "HS6 Code", "Country of Origin"];
        let mut read = Rows::read(&table, &columns).unwrap();
        let places = Places::read(&header.join(","), &columns).unwrap();
        for row in &rows {
            let record = Places::record(row);
            let (alone, of_table) = (places.row(&record, 2), read.next_row().unwrap().unwrap());
            for column in 0..columns.len() {
                assert_eq!(alone.text(column), of_table.text(column), "{row:?}");
            }
        }
    }
}
