//! Items of a form from a sheet.
//!
//! Must not know of: how a sheet is read.

use super::field::asked;
use super::{Field, Words};
use crate::sheet::{self, Part, columns};

/// The first row of a sheet of items, as CSV, with the names of its columns in a language; in English where it has none.
#[must_use]
pub fn header(language: &str) -> String {
    let named = |field: Field| if language == "fa" { columns::persian(field.key) } else { field.key };
    let names: Vec<&str> = asked().map(named).collect();
    format!("{}\r\n", names.join(","))
}

/// The `part`th `size` items of a sheet, counted from 0, as they are written; the whole sheet is held against the tables.
///
/// # Errors
/// Everything that is wrong with the sheet, with its cell.
pub fn items(bytes: &[u8], part: usize, size: usize) -> Result<Part, Vec<Words>> {
    sheet::part(bytes, None, part, size).map_err(|problems| {
        let told = problems.iter().map(crate::words::problem);
        told.map(|(fa, en)| Words::from([("fa", fa), ("en", en)])).collect()
    })
}
