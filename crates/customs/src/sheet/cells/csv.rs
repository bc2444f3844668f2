//! CSV: UTF-8 with or without a byte order mark; commas, semicolons or tabs between the cells, whichever the first line has most of.
//!
//! Must not know of: what the columns mean.

use ::csv::{ReaderBuilder, Trim};

use super::{MAX_COLUMNS, Row, SheetFault, Take};

/// Gives each row to `take`.
pub(super) fn read(bytes: &[u8], take: &mut Take<'_>) -> Result<(), SheetFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| SheetFault::NotUtf8)?;
    if text.contains('\0') {
        return Err(SheetFault::NotUtf8);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    for record in reader.records() {
        let record = record.map_err(|error| SheetFault::NoSheet { message: error.to_string() })?;
        let line = record.position().map_or(1, |position| line(text, position));
        let row = Row {
            number: line,
            cells: record.iter().take(MAX_COLUMNS).map(str::to_owned).collect(),
            errors: Vec::new(),
        };
        if !row.is_blank() && !take("", &row) {
            break;
        }
    }
    Ok(())
}

/// The line that a record stands on: the empty ones before it are told as its own.
fn line(text: &str, position: &::csv::Position) -> u32 {
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let before = text.as_bytes().get(from..).unwrap_or_default().iter();
    let empty = before.take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    u32::try_from(position.line()).unwrap_or(u32::MAX).saturating_add(u32::try_from(empty).unwrap_or(0))
}

/// What is between the cells of the first line that has something in it.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| *sign == byte && !quoted) {
            *count += 1;
        }
    }
    // The first of those that are as many.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}
