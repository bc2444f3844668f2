//! Reads a nomenclature's file: CSV with the columns `code,parent,en,fa`, and `priority` where there are such groups.
//!
//! Must not know of: where the file comes from.

use std::collections::BTreeMap;

use super::{Entry, is_code, is_section};
use crate::table::{Row, RowFault, RowProblem, rows, short};

/// The columns.
pub(super) const COLUMNS: [&str; 4] = ["code", "parent", "en", "fa"];
/// The column that a nomenclature without groups leaves out.
pub(super) const PRIORITY: &str = "priority";

/// Reads the entries of a file.
///
/// # Errors
/// Everything that is wrong with it; a nomenclature with a fault is not used.
pub fn read(text: &str) -> Result<Vec<Entry>, Vec<RowProblem>> {
    let read = rows(text, &COLUMNS, &[PRIORITY], |row| Ok((row.line, entry(row)?)))?;
    let mut lines = BTreeMap::<&str, u32>::new();
    let mut twice = Vec::new();
    for (line, entry) in &read {
        if let Some(first) = lines.insert(&entry.code, *line) {
            twice.push(RowProblem { line: *line, fault: RowFault::TwiceCode { code: entry.code.clone(), first } });
        }
    }
    if twice.is_empty() { Ok(read.into_iter().map(|(_, entry)| entry).collect()) } else { Err(twice) }
}

fn entry(row: &Row<'_>) -> Result<Entry, RowFault> {
    let cell = |column| row.cell(column).to_owned();
    let entry =
        Entry { code: cell("code"), parent: cell("parent"), en: cell("en"), fa: cell("fa"), priority: cell(PRIORITY) };
    if !is_code(&entry.code) && !is_section(&entry.code) {
        return Err(RowFault::NoCode { text: short(&entry.code) });
    }
    let stands_below = entry.code.len() > entry.parent.len() && entry.code.starts_with(&entry.parent);
    let of_section = is_code(&entry.code) && is_section(&entry.parent);
    if !entry.parent.is_empty() && !stands_below && !of_section {
        return Err(RowFault::Parent { code: entry.code, parent: short(&entry.parent) });
    }
    if entry.en.is_empty() && entry.fa.is_empty() {
        return Err(RowFault::Nameless { code: entry.code });
    }
    Ok(entry)
}
