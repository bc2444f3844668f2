//! Other people's tariffs as files of ours.
//!
//! Must not know of: where the files come from. What cannot be taken over is named, never guessed.

mod national_book;

use csv::{ReaderBuilder, Trim, WriterBuilder};

use super::file::COLUMNS;
use super::parse::{ExpressionFault, parse};
use crate::nomenclature::Entry;

pub use national_book::{Book, BookFault, BookProblem, COMMERCIAL_PROFIT, CUSTOMS_DUTY, national_book};

/// A tariff taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The file, as [`super::read`] reads it.
    pub file: String,
    /// How many measures it has.
    pub measures: usize,
    /// What is left out.
    pub left: Vec<Left>,
    /// What the codes stand for, where the table says so.
    pub entries: Vec<Entry>,
}

/// A measure that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its line, from 1.
    pub line: u64,
    /// The commodity.
    pub commodity: String,
    /// The tax.
    pub tax: &'static str,
    /// Its expression as it was written.
    pub written: String,
    /// Why.
    pub fault: ExpressionFault,
}

/// Why a file is not taken over at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportFault {
    /// Not CSV.
    #[error("this is not CSV: {0}")]
    NotCsv(String),
    /// A column is not there.
    #[error("the column `{0}` is missing")]
    NoColumn(&'static str),
    /// A commodity's code is none.
    #[error("line {line}: `{text}` is no code of a commodity")]
    Commodity {
        /// The line, from 1.
        line: u64,
        /// The text.
        text: String,
    },
}

impl ImportFault {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NotCsv(_) => "see whether a quotation mark is missing, or cells are, and the whole file is there",
            Self::NoColumn(_) => "name the table of commodities and duty rates as it was published, with its first row",
            Self::Commodity { .. } => "write eight or ten digits; a spreadsheet may have taken the code for a number",
        }
    }
}

/// The columns of the United Kingdom's table, with the tax that each is the rate of: its own duty, and the Union's common external tariff.
const UK_COLUMNS: [(&str, &str); 2] = [("ukgt_duty_rate", "A00"), ("cet_duty_rate", "A50")];

/// Takes over the UK Global Tariff as the Department for International Trade published it, with the Union's rates beside it. Leading zeros that a spreadsheet took from
/// codes are put back.
///
/// # Errors
/// What keeps the file from being read.
pub fn uk_global_tariff(text: &str, valid_from: &str) -> Result<Imported, ImportFault> {
    let not_csv = |error: csv::Error| ImportFault::NotCsv(error.to_string());
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().map_err(not_csv)?.clone();
    let place = |name| header.iter().position(|column| column == name).ok_or(ImportFault::NoColumn(name));
    let commodity_at = place("commodity")?;
    let [own, union] = UK_COLUMNS;
    let rates = [(place(own.0)?, own.1), (place(union.0)?, union.1)];
    let described_at = place("description").ok();
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(not_csv)?;
    let mut imported = Imported::default();
    for row in reader.records() {
        let row = row.map_err(not_csv)?;
        let line = row.position().map_or(0, csv::Position::line);
        let commodity = padded(row.get(commodity_at).unwrap_or_default(), line)?;
        if let Some(described) = described_at.and_then(|at| row.get(at)).filter(|text| !text.is_empty()) {
            imported.entries.push(Entry { code: commodity.clone(), en: described.to_owned(), ..Entry::default() });
        }
        for (at, tax) in rates {
            let written = row.get(at).unwrap_or_default();
            match parse(written) {
                Ok(_) => {
                    let row = [&commodity, "", "", "", tax, written, valid_from, ""];
                    writer.write_record(row).map_err(not_csv)?;
                    imported.measures += 1;
                }
                Err(ExpressionFault::Empty) => {}
                Err(fault) => {
                    let left = Left { line, commodity: commodity.clone(), tax, written: written.to_owned(), fault };
                    imported.left.push(left);
                }
            }
        }
    }
    let bytes = writer.into_inner().map_err(|error| ImportFault::NotCsv(error.to_string()))?;
    imported.file = String::from_utf8_lossy(&bytes).into_owned();
    Ok(imported)
}

/// A code of eight or ten digits.
fn padded(text: &str, line: u64) -> Result<String, ImportFault> {
    let digits = !text.is_empty() && text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        return Err(ImportFault::Commodity { line, text: text.chars().take(40).collect() });
    }
    Ok(if text.len() > 8 { format!("{text:0>10}") } else { format!("{text:0>8}") })
}
