//! Small tables as CSV, for synonyms and accepted cases: a header, then rows with their lines.
//!
//! Must not know of: what the columns mean.

use csv::{ReaderBuilder, StringRecord, Trim};

/// What is wrong with a table, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableProblem {
    /// The line of the file, from 1.
    pub line: u64,
    /// What.
    pub fault: TableFault,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say what the fields are")]
pub enum TableFault {
    #[error("this is not CSV: {message}")]
    NotCsv { message: String },
    #[error("the columns are `{found}`, and should be `{expected}`")]
    Columns { found: String, expected: String },
    #[error("there is no word in `{text}`: write a word that goods are called by")]
    NoWord { text: String },
    #[error("`{term}` stands alone: write what else means the same, with `;` between")]
    Alone { term: String },
    #[error("`{text}` is no language: write `en` or `fa`, or leave the cell empty")]
    Language { text: String },
    #[error("`{term}` is said to be {language}, and is not written in its letters")]
    Script { term: String, language: &'static str },
    #[error("`{text}` is no code: write two to ten digits, in pairs")]
    Code { text: String },
}

/// Reads every row under exactly these columns.
///
/// # Errors
/// Everything that is wrong.
pub(crate) fn rows<T, const N: usize>(
    text: &str,
    columns: [&str; N],
    of: impl Fn([&str; N]) -> Result<T, TableFault>,
) -> Result<Vec<T>, Vec<TableProblem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
    match reader.headers() {
        Ok(header) if header.iter().eq(columns) => {}
        Ok(header) => {
            let fault = TableFault::Columns { found: short(&joined(header)), expected: columns.join(",") };
            return Err(vec![TableProblem { line: 1, fault }]);
        }
        Err(error) => return Err(vec![not_csv(&error)]),
    }
    let mut read = Vec::new();
    let mut problems = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                problems.push(not_csv(&error));
                continue;
            }
        };
        let line = record.position().map_or(1, csv::Position::line);
        match of(std::array::from_fn(|at| record.get(at).unwrap_or_default())) {
            Ok(row) => read.push(row),
            Err(fault) => problems.push(TableProblem { line, fault }),
        }
    }
    if problems.is_empty() { Ok(read) } else { Err(problems) }
}

/// The beginning of a text: an error must not carry somebody's paste.
pub(crate) fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

fn joined(header: &StringRecord) -> String {
    header.iter().collect::<Vec<_>>().join(",")
}

fn not_csv(error: &csv::Error) -> TableProblem {
    let line = error.position().map_or(1, csv::Position::line);
    TableProblem { line, fault: TableFault::NotCsv { message: error.to_string() } }
}
