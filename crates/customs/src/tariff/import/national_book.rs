//! A national tariff book with Persian heads (a table of codes, names, customs duty, commercial profit and priority groups) as a tariff's file and a nomenclature.
//!
//! Must not know of: whose book it is, or what is in it. Nothing is mended by guessing: what is wrong is named, all of it, and then nothing is taken over.

mod fault;
mod heads;
mod overlap;
mod rate;

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use definition::value::{Date, fold_digits, parse_date};

use self::heads::{Column, Heads};
use self::rate::Rate;
use crate::encoding;
use crate::nomenclature::{Entry, is_code};
use crate::table::{cut, line_of, short};
use crate::tariff::file::COLUMNS;

pub use fault::{BookFault, BookProblem};

/// The tax that customs duty (حقوق گمرکی) is written as.
pub const CUSTOMS_DUTY: &str = "CUD";
/// The tax that commercial profit (سود بازرگانی) is written as. The two together are the import duty (حقوق ورودی).
pub const COMMERCIAL_PROFIT: &str = "COM";

/// A book taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// The measures, as [`crate::tariff::read`] reads them: two for each row that has rates.
    pub file: String,
    /// How many measures there are.
    pub measures: usize,
    /// What the codes stand for.
    pub entries: Vec<Entry>,
}

/// A row that was understood.
struct Line {
    line: u32,
    entry: Entry,
    /// Customs duty and commercial profit; a row without them is a heading.
    rates: Option<[Rate; 2]>,
    from: Date,
    to: Option<Date>,
}

/// Takes over a book: a header with heads in Persian or English, then one row a code. Its measures hold from `valid_from`, unless the book has a column for the first day.
///
/// Digits may be Persian, Arabic or Latin, codes have points, and numbers without a percent sign are percentages, as books write them. Arabic yeh and kaf become Persian.
///
/// # Errors
/// Everything that is wrong, with its line.
pub fn national_book(bytes: &[u8], valid_from: Date) -> Result<Book, Vec<BookProblem>> {
    let alone = |line, fault| vec![BookProblem { line, fault }];
    let text = encoding::text(bytes).map_err(|(line, fault)| alone(line, BookFault::Encoding(fault)))?;
    let mut reader = ReaderBuilder::new().flexible(true).delimiter(separator(text)).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| alone(1, BookFault::NotCsv { message: error.to_string() }))?;
    let heads = Heads::read(header).map_err(|fault| alone(1, fault))?;
    let (width, mut last) = (header.len(), None);
    let mut lines = Vec::new();
    let mut problems = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let fault = BookFault::NotCsv { message: error.to_string() };
                problems.push(BookProblem { line: line_of(error.position()), fault });
                continue;
            }
        };
        // What a spreadsheet leaves below a table.
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = line_of(record.position());
        last = Some((line, record.len()));
        match understood(&record, &heads, line, valid_from) {
            Ok(read) => lines.push(read),
            Err(fault) => problems.push(BookProblem { line, fault }),
        }
    }
    // Without its rates a row would be a heading.
    problems.extend(cut(text, width, last).map(|line| BookProblem { line, fault: BookFault::CutShort }));
    problems.extend(overlap::find(&lines));
    if lines.is_empty() && problems.is_empty() {
        problems.push(BookProblem { line: 1, fault: BookFault::Empty });
    }
    if !problems.is_empty() {
        problems.sort_by_key(|problem| problem.line);
        return Err(problems);
    }
    written(&lines).map_err(|error| alone(1, BookFault::NotCsv { message: error.to_string() }))
}

/// What stands between the cells: a comma, or what spreadsheets write where the comma is a decimal point.
fn separator(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let known = |separator: u8| {
        let mut reader = ReaderBuilder::new().delimiter(separator).from_reader(first.as_bytes());
        reader.headers().map_or(0, heads::known)
    };
    // The first of equals: the comma.
    b",;\t".iter().copied().rev().max_by_key(|separator| known(*separator)).unwrap_or(b',')
}

fn understood(row: &StringRecord, heads: &Heads, line: u32, valid_from: Date) -> Result<Line, BookFault> {
    let cell = |column| heads.cell(row, column);
    let entry = Entry {
        code: code(cell(Column::Code))?,
        parent: String::new(),
        en: name(cell(Column::English))?,
        fa: persian(cell(Column::Persian))?,
        priority: short(&name(&fold_digits(cell(Column::Priority)))?).trim_end().to_owned(),
    };
    if entry.fa.is_empty() && entry.en.is_empty() {
        return Err(BookFault::Nameless { code: entry.code });
    }
    let rates = rate::both(cell(Column::CustomsDuty), cell(Column::CommercialProfit), cell(Column::ImportDuty))?;
    let day = |column| match cell(column) {
        "" => Ok(None),
        text => parse_date(text).map(Some).map_err(|_| BookFault::Date { text: short(text) }),
    };
    let (from, to) = (day(Column::ValidFrom)?.unwrap_or(valid_from), day(Column::ValidTo)?);
    match to {
        Some(to) if to < from => Err(BookFault::Backwards { from, to }),
        to => Ok(Line { line, entry, rates, from, to }),
    }
}

/// A code's digits, without the points and spaces that books set between them.
fn code(text: &str) -> Result<String, BookFault> {
    let digits: String = fold_digits(text).chars().filter(|c| !matches!(c, '.' | '-' | '/') && !is_space(*c)).collect();
    match digits.len() {
        _ if is_code(&digits) => Ok(digits),
        1 | 3 | 5 | 7 | 9 if digits.bytes().all(|byte| byte.is_ascii_digit()) => Err(BookFault::OddCode { digits }),
        _ => Err(BookFault::Code { text: short(text) }),
    }
}

/// Space, and the invisible marks that keyboards and pastes leave.
fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A name with single spaces and without control characters.
fn name(text: &str) -> Result<String, BookFault> {
    if text.contains('\u{fffd}') {
        return Err(BookFault::LostLetters { text: short(text) });
    }
    let hidden = |c: &char| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let plain: String = text.chars().filter(hidden).map(|c| if c.is_control() { ' ' } else { c }).collect();
    Ok(plain.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A Persian name: with Persian yeh and kaf, and with at least one letter of the script, since what lost its encoding has none.
fn persian(text: &str) -> Result<String, BookFault> {
    let folded: String = name(text)?.chars().map(persian_letter).collect();
    let is_persian = |c: char| matches!(c, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d5}');
    if !folded.is_empty() && !folded.contains(is_persian) {
        return Err(BookFault::NotPersian { text: short(text) });
    }
    Ok(folded)
}

fn persian_letter(c: char) -> char {
    match c {
        '\u{64a}' | '\u{649}' => '\u{6cc}',
        '\u{643}' => '\u{6a9}',
        other => other,
    }
}

fn written(lines: &[Line]) -> Result<Book, csv::Error> {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    let mut book = Book::default();
    let mut names = BTreeMap::<&str, &Entry>::new();
    for Line { entry, rates, from, to, .. } in lines {
        let (from, to) = (from.to_string(), to.map(|to| to.to_string()).unwrap_or_default());
        for (tax, rate) in [CUSTOMS_DUTY, COMMERCIAL_PROFIT].iter().zip(rates.iter().flatten()) {
            writer.write_record([entry.code.as_str(), "", "", "", tax, &rate.written, &from, &to])?;
            book.measures += 1;
        }
        // A code whose rates changed has several rows, and one name: the last.
        names.insert(&entry.code, entry);
    }
    book.entries = names.into_values().cloned().collect();
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    book.file = String::from_utf8_lossy(&bytes).into_owned();
    Ok(book)
}
