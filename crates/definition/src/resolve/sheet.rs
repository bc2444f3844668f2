//! A CSV file with a header as rows of named cells: what `law.csv`, `concepts.csv`, `calendar.csv` and code lists have in common.
//!
//! Must not know of: which columns such a file has.

use std::collections::BTreeMap;

use super::context::{Context, some_of};
use super::nearest::nearest;
use super::read::duplicate;
use crate::check::rules::{WORD_MISSING, word_disguised};
use crate::codes;
use crate::model::{Language, Words};
use crate::problem::Problem;
use crate::span::{Span, Spanned};
use crate::syntax::csv;
use crate::value::{disguised, is_blank};

/// A file's rows under its header.
pub(super) struct Sheet {
    /// The header's cells.
    pub(super) header: Vec<Spanned<String>>,
    /// The rows; each has as many cells as the header.
    pub(super) rows: Vec<csv::Row>,
    /// The beginning of the file.
    start: Span,
}

impl Sheet {
    /// Reads the file at `path`, if there is one that is sound; cells are trimmed. Rows of another length than the header's are told and left out.
    pub(super) fn read(cx: &mut Context<'_>, path: &str) -> Option<Self> {
        let (file, rows) = cx.csv(path)?;
        Self::of(cx, path, file, rows)
    }

    /// The rows under the first, of the file with that number.
    pub(super) fn of(cx: &mut Context<'_>, path: &str, file: u32, rows: Vec<csv::Row>) -> Option<Self> {
        let start = Span::start_of(file);
        let mut rows = rows.into_iter().map(trimmed);
        let Some(header) = rows.next() else {
            cx.broken.insert(path.to_owned());
            cx.report(&codes::MISSING, start, format!("{path} is empty"), "write the header as its first line");
            return None;
        };
        let width = header.cells.len();
        let rows = rows.filter_map(|row| fitted(cx, row, width)).collect();
        Some(Self { header: header.cells, rows, start })
    }

    /// Checks that the header has every one of `columns`, each once, and then only languages and what `further` accepts; the numbers of `columns`.
    pub(super) fn columns<const N: usize>(
        &self,
        cx: &mut Context<'_>,
        columns: [&'static str; N],
        languages: &[Language],
        further: impl Fn(&str) -> bool,
    ) -> Option<[usize; N]> {
        let known = |name: &str| columns.contains(&name) || languages.iter().any(|language| language == name);
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for cell in &self.header {
            if let Some(first) = seen.insert(&cell.value, cell.span) {
                duplicate(cx, cell, first);
            } else if !known(&cell.value) && !further(&cell.value) {
                let all: Vec<&str> = columns.into_iter().chain(languages.iter().map(String::as_str)).collect();
                let help = match nearest(&cell.value, all.iter().copied()) {
                    Some(near) => format!("write `{near}`, or remove the column"),
                    None => format!("remove the column; there are {}", some_of(&all)),
                };
                cx.report(&codes::UNKNOWN_KEY, cell.span, format!("there is no column `{}` here", cell.value), help);
            }
        }
        let mut found = [0; N];
        let mut complete = true;
        for (slot, column) in found.iter_mut().zip(columns) {
            match self.find(cx, column) {
                Some(at) => *slot = at,
                None => complete = false,
            }
        }
        for language in languages {
            complete &= self.find(cx, language).is_some();
        }
        complete.then_some(found)
    }

    /// The number of a column; a missing one is told.
    pub(super) fn find(&self, cx: &mut Context<'_>, column: &str) -> Option<usize> {
        let found = self.header.iter().position(|cell| cell.value == column);
        if found.is_none() {
            self.missing(cx, column);
        }
        found
    }

    fn missing(&self, cx: &mut Context<'_>, column: &str) {
        let last = self.header.last().map_or(self.start, |cell| cell.span);
        cx.report(
            &codes::MISSING,
            last,
            format!("there is no column `{column}`"),
            format!("add `{column}` to the header and to every row"),
        );
    }

    /// The texts of a row in each language; an empty one is told.
    pub(super) fn words(&self, cx: &mut Context<'_>, row: &csv::Row, languages: &[Language]) -> Words {
        let mut words = Words::new();
        for (head, cell) in self.header.iter().zip(&row.cells) {
            if !languages.contains(&head.value) {
                continue;
            }
            word_needed(cx, row, cell, &head.value);
            words.insert(head.value.clone(), cell.value.clone());
        }
        words
    }
}

/// Tells when nothing of a text in a language can be seen, or something else than what is written.
pub(super) fn word_needed(cx: &mut Context<'_>, row: &csv::Row, cell: &Spanned<String>, language: &str) {
    if is_blank(&cell.value) {
        cx.problems.push(word_missing(wide(cell.span, row.span), language));
    }
    undisguised(cx, cell);
}

/// Tells when a text has characters that nobody sees and that change what is read.
pub(super) fn undisguised(cx: &mut Context<'_>, cell: &Spanned<String>) {
    if let Some(character) = disguised(&cell.value) {
        cx.problems.push(word_disguised(cell.span, "the text", character));
    }
}

fn word_missing(span: Span, language: &str) -> Problem {
    Problem {
        code: WORD_MISSING,
        span,
        message: format!("there is no text in `{language}`"),
        related: Vec::new(),
        why: "who reads this language would see nothing".to_owned(),
        help: "write it; every text stands in every language of the zone".to_owned(),
    }
}

/// The cell's own span, or the row's for an empty cell, which has nothing to point at.
pub(super) fn wide(cell: Span, row: Span) -> Span {
    if cell.start == cell.end { row } else { cell }
}

fn trimmed(mut row: csv::Row) -> csv::Row {
    for cell in &mut row.cells {
        let text = cell.value.trim();
        if text.len() == cell.value.len() {
            continue;
        }
        let before = cell.value.len() - cell.value.trim_start().len();
        let unquoted = (cell.span.end - cell.span.start) as usize == cell.value.len();
        if let (true, Ok(before), Ok(length)) = (unquoted, u32::try_from(before), u32::try_from(text.len())) {
            cell.span.start += before;
            cell.span.end = cell.span.start + length;
        }
        cell.value = text.to_owned();
    }
    row
}

/// The row with as many cells as the header; spreadsheets write further ones, which must be empty.
fn fitted(cx: &mut Context<'_>, mut row: csv::Row, width: usize) -> Option<csv::Row> {
    while row.cells.len() > width && row.cells.last().is_some_and(|cell| cell.value.is_empty()) {
        row.cells.pop();
    }
    if row.cells.len() == width {
        return Some(row);
    }
    let message = format!("the row has {} cells, the header {width}", row.cells.len());
    cx.report(
        &codes::CSV_SYNTAX,
        row.span,
        message,
        "give every row one cell a column; quote cells that have commas in them",
    );
    None
}
