//! Reading the lines of an audit note: each in its place and in its one spelling.
//!
//! Must not know of: signatures, checkpoints.

use std::str::Lines;

use super::{
    AuditNoteError, Audited, CODES_MAX, COMPARED, Found, MAGIC, NOT_COMPARED, NUMBER_MAX, PROGRAM_CHARS_MAX, Scope,
};

/// How the line about what came out of cases reads.
const OUTCOMES: &str = "outcomes compared, or outcomes not-compared";

/// What stands above the checkpoint.
pub(super) fn read(text: &str) -> Result<Audited, AuditNoteError> {
    let mut reading = Reading { lines: text.lines(), line: 0 };
    let magic = reading.next(MAGIC)?;
    reading.require(magic == MAGIC, MAGIC)?;
    let scope = match reading.next("scope log, or scope record")? {
        "scope log" => Scope::Log,
        "scope record" => Scope::Record,
        _ => return Err(reading.wrong("scope log, or scope record")),
    };
    let from = reading.number("from ", "from NUMBER")?;
    let acts = reading.number("acts ", "acts NUMBER")?;
    let erased = reading.number("erased ", "erased NUMBER")?;
    let not_followed = reading.number("not-followed ", "not-followed NUMBER")?;
    let outcomes = match reading.next(OUTCOMES)? {
        COMPARED => true,
        NOT_COMPARED => false,
        _ => return Err(reading.wrong(OUTCOMES)),
    };
    let faults = reading.number("faults ", "faults NUMBER")?;
    let remarks = reading.number("remarks ", "remarks NUMBER")?;
    let mut found = Vec::new();
    let expected = "found CODE NUMBER, with a code such as A508, or program NAME VERSION";
    let mut line = reading.next(expected)?;
    while let Some(one) = line.strip_prefix("found ") {
        reading.require(found.len() < CODES_MAX, expected)?;
        found.push(code(one).ok_or_else(|| reading.wrong(expected))?);
        line = reading.next(expected)?;
    }
    let program = line.strip_prefix("program ").filter(|name| is_program(name));
    let program = program.ok_or_else(|| reading.wrong("program NAME VERSION"))?.to_owned();
    let at_s = reading.number("at ", "at SECONDS")?;
    let nothing = "an empty line, and the checkpoint";
    if reading.lines.next().is_some() {
        reading.line = reading.line.saturating_add(1);
        return Err(reading.wrong(nothing));
    }
    Ok(Audited { scope, from, acts, erased, not_followed, outcomes, faults, remarks, found, program, at_s })
}

/// Lines, one after the other.
struct Reading<'a> {
    lines: Lines<'a>,
    line: usize,
}

impl<'a> Reading<'a> {
    fn next(&mut self, expected: &'static str) -> Result<&'a str, AuditNoteError> {
        self.line = self.line.saturating_add(1);
        self.lines.next().ok_or_else(|| self.wrong(expected))
    }

    fn number(&mut self, name: &str, expected: &'static str) -> Result<u64, AuditNoteError> {
        let line = self.next(expected)?;
        line.strip_prefix(name).and_then(number).ok_or_else(|| self.wrong(expected))
    }

    fn require(&self, holds: bool, expected: &'static str) -> Result<(), AuditNoteError> {
        if holds { Ok(()) } else { Err(self.wrong(expected)) }
    }

    fn wrong(&self, expected: &'static str) -> AuditNoteError {
        AuditNoteError::Line { line: self.line, expected }
    }
}

/// Decimal digits without leading zeros, up to [`NUMBER_MAX`].
fn number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number <= NUMBER_MAX && number.to_string() == text).then_some(number)
}

/// A code and how often.
fn code(text: &str) -> Option<Found> {
    let (code, count) = text.split_once(' ')?;
    let mut characters = code.chars();
    let is_code =
        characters.next()?.is_ascii_uppercase() && characters.all(|it| it.is_ascii_digit()) && code.len() == 4;
    let count = number(count).filter(|count| *count > 0)?;
    is_code.then(|| Found { code: code.to_owned(), count })
}

/// Printable ASCII without a space at either end: it is shown to people.
fn is_program(text: &str) -> bool {
    let printable = text.chars().all(|character| character.is_ascii_graphic() || character == ' ');
    printable && (1..=PROGRAM_CHARS_MAX).contains(&text.len()) && text.trim() == text
}
