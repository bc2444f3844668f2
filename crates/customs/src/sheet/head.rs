//! The first row of a sheet: which column stands where.
//!
//! Must not know of: the rows under it.

use definition::nearest;
use definition::value::fold_key;

use super::cells::Row;
use super::columns::{COLUMNS, Column, named, names};
use super::{SheetFault, short};

/// Where the columns stand.
pub(super) struct Head {
    columns: Vec<(usize, &'static Column)>,
}

impl Head {
    /// Reads a header. Columns without a name are not looked at.
    ///
    /// # Errors
    /// Each column that is unknown, twice there, or missing, with where it stands.
    pub fn of(row: &Row) -> Result<Self, Vec<(usize, SheetFault)>> {
        let mut columns: Vec<(usize, &'static Column)> = Vec::new();
        let mut faults = Vec::new();
        for (index, cell) in row.cells.iter().enumerate() {
            // A word's inner mark (U+200C) stands where others write a space.
            let name = fold_key(&cell.replace('\u{200c}', " ")).to_lowercase();
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            match named(&name) {
                _ if name.is_empty() => {}
                Some(column) if columns.iter().any(|(_, other)| other.key == column.key) => {
                    faults.push((index, SheetFault::TwiceColumn { column: column.key }));
                }
                Some(column) => columns.push((index, column)),
                None => {
                    let nearest = nearest(&name, names());
                    faults.push((index, SheetFault::UnknownColumn { column: short(&name), nearest }));
                }
            }
        }
        for column in COLUMNS.iter().filter(|column| column.required) {
            if !columns.iter().any(|(_, other)| other.key == column.key) {
                faults.push((row.cells.len(), SheetFault::NoColumn { column: column.key }));
            }
        }
        if faults.is_empty() { Ok(Self { columns }) } else { Err(faults) }
    }

    /// Each column with where it stands.
    pub fn columns(&self) -> impl Iterator<Item = (usize, &'static Column)> {
        self.columns.iter().copied()
    }

    /// Where a column stands.
    pub fn index(&self, key: &str) -> Option<usize> {
        self.columns.iter().find(|(_, column)| column.key == key).map(|(index, _)| *index)
    }

    /// The text of a column of letters in a row, in capitals; empty if there is none.
    pub fn cell(&self, row: &Row, key: &str) -> String {
        let cell = self.index(key).and_then(|index| row.cells.get(index));
        cell.map(|cell| fold_key(cell).to_ascii_uppercase()).unwrap_or_default()
    }
}
