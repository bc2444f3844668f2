//! The rows of a sheet's file, one after the other: what kind of file it is, and what stands in its cells as text.
//!
//! Must not know of: what the columns mean.

mod csv;
mod ods;
mod package;
mod xlsx;

use super::{MAX_SHEET_BYTES, SheetFault};

/// A row.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Its number in the sheet, from 1.
    pub number: u32,
    pub cells: Vec<String>,
    /// The cells that show an error instead of a value.
    pub errors: Vec<usize>,
}

/// What is done with each row; whether there is a use for more.
pub(super) type Take<'t> = dyn FnMut(&str, &Row) -> bool + 't;

/// Most columns of a sheet; what stands farther out is not looked at.
const MAX_COLUMNS: usize = 256;
/// Most bytes of a cell: what 32,767 characters have at most, which is what spreadsheets' programs take. A text that is said once can be shown by every cell of
/// a row, so that a small file could fill the memory.
const MAX_CELL_BYTES: usize = 4 * 32_767;
/// Most rows, those without anything among them.
const MAX_ROWS: u32 = 1_048_576;

/// Gives each row that has something in it to `take`.
pub(super) fn read(bytes: &[u8], sheet: Option<&str>, take: &mut Take<'_>) -> Result<(), SheetFault> {
    if bytes.len() > MAX_SHEET_BYTES {
        return Err(SheetFault::TooLarge { max: MAX_SHEET_BYTES as u64 });
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return csv::read(bytes, take);
    }
    let mut package = package::Package::open(bytes)?;
    if package.has("content.xml") {
        ods::read(&mut package, sheet, take)
    } else {
        xlsx::read(&mut package, sheet, take)
    }
}

impl Row {
    fn is_blank(&self) -> bool {
        self.errors.is_empty() && self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// Puts a text into a cell.
    fn set(&mut self, column: usize, text: String) {
        if column < MAX_COLUMNS && !text.is_empty() {
            if self.cells.len() <= column {
                self.cells.resize(column + 1, String::new());
            }
            if let Some(cell) = self.cells.get_mut(column) {
                *cell = text;
            }
        }
    }
}

/// Adds to the text of a cell.
fn add(cell: &mut String, text: &str) -> Result<(), SheetFault> {
    if cell.len().saturating_add(text.len()) > MAX_CELL_BYTES {
        return Err(SheetFault::LongCell { max: MAX_CELL_BYTES });
    }
    cell.push_str(text);
    Ok(())
}

/// A number as a sheet's file writes it, in the fifteen digits that sheets reckon with: `1.5E3` is 1500, `0.30000000000000004` is 0.3.
fn plain(text: &str) -> String {
    use definition::value::Decimal;
    let read =
        Decimal::from_scientific(text).or_else(|_| Decimal::from_str_exact(text)).or_else(|_| text.parse::<Decimal>());
    let rounded = read.ok().and_then(|number| number.round_sf(15));
    rounded.map_or_else(|| text.to_owned(), |number| number.normalize().to_string())
}
