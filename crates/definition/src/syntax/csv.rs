//! CSV by RFC 4180, comma-separated, each cell with its place. CRLF, LF and blank lines are tolerated.
//!
//! Must not know of: what the columns mean.

use crate::codes;
use crate::problem::Problem;
use crate::span::{Span, Spanned};

/// Most rules of a table, or entries of a list.
const MAX_ENTRIES: usize = 10_000;
/// Most rows in a file: the entries, a header, a line with the hit policy and one with the order of each of 64 columns.
pub const MAX_ROWS: usize = MAX_ENTRIES + 1 + 1 + 64;
/// Most cells in a row.
const MAX_CELLS: usize = 256;

/// A record and where it stands. It has at least one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its cells as RFC 4180 reads them; the span of a quoted one includes the quotes.
    pub cells: Vec<Spanned<String>>,
    /// The whole record without the line break.
    pub span: Span,
}

impl Row {
    /// The cell in that column, from 0; an empty one at the record's place if it has none.
    #[must_use]
    pub fn cell(&self, column: usize) -> Spanned<String> {
        self.cells.get(column).cloned().unwrap_or_else(|| Spanned::new(String::new(), self.span))
    }
}

/// Reads `text`, which is file number `file`.
#[must_use]
pub fn parse(file: u32, text: &str) -> (Vec<Row>, Vec<Problem>) {
    let mut scanner = Scanner { file, text, at: 0, problems: Vec::new() };
    let mut rows = Vec::new();
    while scanner.at < text.len() {
        let row = scanner.row();
        let blank = row.cells.iter().all(|cell| cell.span.start == cell.span.end) && row.cells.len() == 1;
        if blank {
            continue;
        }
        if rows.len() == MAX_ROWS {
            let message = format!(
                "the file has more than {MAX_ROWS} rows: {MAX_ENTRIES} rules or entries at most, the header, and the lines of settings before it"
            );
            let help = "split a table into two stages, and a list into two; what follows was not read";
            scanner.problems.push(codes::TOO_LARGE.problem(row.span, message, help));
            break;
        }
        rows.push(row);
    }
    if let Some(header) = rows.first() {
        scanner.other_separator(header);
    }
    (rows, scanner.problems)
}

struct Scanner<'text> {
    file: u32,
    text: &'text str,
    at: usize,
    problems: Vec<Problem>,
}

impl Scanner<'_> {
    fn span(&self, start: usize, end: usize) -> Span {
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span::new(self.file, offset(start), offset(end))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn problem(&mut self, start: usize, end: usize, message: &str, help: &str) {
        let span = self.span(start, end);
        self.problems.push(codes::CSV_SYNTAX.problem(span, message, help));
    }

    /// One record with its line break.
    fn row(&mut self) -> Row {
        let start = self.at;
        let mut cells = Vec::new();
        loop {
            let cell = self.cell();
            let within = cells.len() < MAX_CELLS;
            if within {
                cells.push(cell);
            }
            if self.peek() != Some(b',') {
                break;
            }
            if !within {
                self.problem(
                    start,
                    self.at,
                    &format!("more than {MAX_CELLS} cells in a row"),
                    "remove the columns that are not needed",
                );
                self.skip_line();
                break;
            }
            self.at += 1;
        }
        let span = self.span(start, self.at);
        self.line_break();
        Row { cells, span }
    }

    fn line_break(&mut self) {
        if self.peek() == Some(b'\r') {
            self.at += 1;
        }
        if self.peek() == Some(b'\n') {
            self.at += 1;
        }
    }

    fn skip_line(&mut self) {
        self.at = self.find(|byte| byte == b'\n');
    }

    /// The offset of the next byte that `is` accepts, or the end. All bytes looked for are ASCII, so it is a character's start.
    fn find(&self, is: impl Fn(u8) -> bool) -> usize {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
        rest.iter().position(|byte| is(*byte)).map_or(self.text.len(), |offset| self.at + offset)
    }

    fn cell(&mut self) -> Spanned<String> {
        let start = self.at;
        if self.peek() == Some(b'"') {
            return self.quoted(start);
        }
        self.at = self.find(|byte| matches!(byte, b',' | b'\n' | b'\r'));
        let text = self.text.get(start..self.at).unwrap_or("");
        Spanned::new(text.to_owned(), self.span(start, self.at))
    }

    fn quoted(&mut self, start: usize) -> Spanned<String> {
        let mut text = String::new();
        loop {
            self.at += 1;
            let from = self.at;
            self.at = self.find(|byte| byte == b'"');
            text.push_str(self.text.get(from..self.at).unwrap_or(""));
            if self.at >= self.text.len() {
                self.problem(
                    start,
                    start + 1,
                    "a quoted cell that never ends",
                    "close it with `\"`; write a quote inside it as `\"\"`",
                );
                break;
            }
            self.at += 1;
            if self.peek() != Some(b'"') {
                break;
            }
            text.push('"');
        }
        let end = self.at;
        self.at = self.find(|byte| matches!(byte, b',' | b'\n' | b'\r'));
        if self.at > end {
            self.problem(
                end,
                self.at,
                "text behind a closing quote",
                "put it inside the quotes; write a quote as `\"\"`",
            );
        }
        Spanned::new(text, self.span(start, self.at))
    }

    fn other_separator(&mut self, header: &Row) {
        let [only] = header.cells.as_slice() else { return };
        if let Some(separator) = [';', '\t'].into_iter().find(|c| only.value.contains(*c)) {
            let message = format!("cells separated by {separator:?}");
            let help = "save it with commas; in a spreadsheet choose \"CSV UTF-8 (comma delimited)\"";
            self.problems.push(codes::CSV_SYNTAX.problem(only.span, message, help));
        }
    }
}
