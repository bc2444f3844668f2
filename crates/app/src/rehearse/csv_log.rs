//! Reads a log from CSV (RFC 4180): the wanted columns, row by row.
//!
//! Must not know of: what the columns mean.

use super::mistake::{Mistakes, Source, Unreadable, Wrong};

/// Calls `row` with the line and the wanted columns' cells, in the order wanted; an empty cell is nothing.
pub(super) fn read(text: &str, wanted: &[&str], row: &mut dyn FnMut(u64, &[Option<&str>])) -> Result<(), Unreadable> {
    let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| malformed(&error))?.clone();
    let places = places(&header, wanted)?;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| malformed(&error))? {
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<Option<&str>> =
            places.iter().map(|place| record.get(*place).map(str::trim).filter(|cell| !cell.is_empty())).collect();
        row(line, &cells);
    }
    Ok(())
}

/// Where each wanted column stands.
fn places(header: &csv::StringRecord, wanted: &[&str]) -> Result<Vec<usize>, Unreadable> {
    let mut mistakes = Mistakes::new(Source::Log);
    if let (1, Some(separator)) = (header.len(), separator(header)) {
        return Err(Unreadable::one(Source::Log, Some(1), Wrong::Separator { separator }));
    }
    let mut places = Vec::new();
    for column in wanted {
        match header.iter().position(|name| name.trim() == *column) {
            Some(place) => places.push(place),
            None => {
                let there = header.iter().map(str::to_owned).collect();
                mistakes.add(Some(1), Wrong::NoColumn { column: (*column).to_owned(), there });
            }
        }
    }
    mistakes.settle().map(|()| places)
}

/// What separates the columns of a header that has only one by commas.
fn separator(header: &csv::StringRecord) -> Option<char> {
    let line = header.get(0).unwrap_or_default();
    [';', '\t', '|'].into_iter().find(|separator| line.contains(*separator))
}

fn malformed(error: &csv::Error) -> Unreadable {
    let line = error.position().map(csv::Position::line);
    let why = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the row has {len} cells and the header {expected_len}")
        }
        _ => error.to_string(),
    };
    Unreadable::one(Source::Log, line, Wrong::Malformed { format: "CSV", why })
}
