//! The Harmonized System of 2022 as `datasets/harmonized-system` publishes it, as a nomenclature of ours.
//!
//! Must not know of: where the files come from.

use super::{Entry, is_code, is_section};
use crate::table::{Row, RowFault, RowProblem, rows, short};

/// The row that stands above all chapters, which is no code.
const TOTAL: &str = "TOTAL";

/// Takes over the table of codes (`section,hscode,description,parent,level`). Leading zeros that a spreadsheet took from codes are put back: the level says how many digits
/// a code has.
///
/// # Errors
/// Everything that is wrong with it.
pub fn hs2022(text: &str) -> Result<Vec<Entry>, Vec<RowProblem>> {
    let read = rows(text, &["section", "hscode", "description", "parent", "level"], &[], entry)?;
    Ok(read.into_iter().flatten().collect())
}

/// Takes over the table of the sections' names (`section,name`).
///
/// # Errors
/// Everything that is wrong with it.
pub fn hs2022_sections(text: &str) -> Result<Vec<Entry>, Vec<RowProblem>> {
    rows(text, &["section", "name"], &[], section)
}

fn section(row: &Row<'_>) -> Result<Entry, RowFault> {
    let (code, en) = (row.cell("section").to_owned(), row.cell("name").to_owned());
    if !is_section(&code) {
        return Err(RowFault::NoCode { text: short(&code) });
    }
    if en.is_empty() {
        return Err(RowFault::Nameless { code });
    }
    Ok(Entry { code, en, ..Entry::default() })
}

fn entry(row: &Row<'_>) -> Result<Option<Entry>, RowFault> {
    let code = row.cell("hscode");
    if code == TOTAL {
        return Ok(None);
    }
    let digits = row.cell("level").parse::<usize>().ok().filter(|level| matches!(level, 2 | 4 | 6));
    let digits = digits.ok_or_else(|| RowFault::Level { text: short(row.cell("level")) })?;
    let code = format!("{code:0>digits$}");
    if !is_code(&code) || code.len() != digits {
        return Err(RowFault::NoCode { text: short(&code) });
    }
    let en = row.cell("description").to_owned();
    if en.is_empty() {
        return Err(RowFault::Nameless { code });
    }
    // Chapters stand under sections; 98 and 99 under none.
    let section = row.cell("section");
    let parent = match code.get(..digits.saturating_sub(2)) {
        Some("") if is_section(section) => section.to_owned(),
        above => above.unwrap_or_default().to_owned(),
    };
    Ok(Some(Entry { code, parent, en, ..Entry::default() }))
}
