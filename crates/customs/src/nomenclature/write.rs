//! Writes a nomenclature's file, as [`super::read`] reads it.
//!
//! Must not know of: where it goes.

use csv::WriterBuilder;

use super::Entry;
use super::read::{COLUMNS, PRIORITY};

/// The file of these entries; the column `priority` is there if one of them has such a group.
///
/// # Errors
/// None that memory has room for: what the CSV writer says is handed on.
pub fn write(entries: &[Entry]) -> Result<String, csv::Error> {
    let grouped = entries.iter().any(|entry| !entry.priority.is_empty());
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let columns = COLUMNS.iter().copied().chain(grouped.then_some(PRIORITY));
    writer.write_record(columns)?;
    for entry in entries {
        let cells = [&entry.code, &entry.parent, &entry.en, &entry.fa];
        writer.write_record(cells.into_iter().chain(grouped.then_some(&entry.priority)))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
