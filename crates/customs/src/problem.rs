//! What is wrong with what somebody sent: where, in which datum, and what to do about it.
//!
//! Must not know of: how it was found, or the line that a place is on.

use std::fmt;

use definition::span::Span;
use definition::syntax::xml::XmlFault;

use crate::amend::AmendFault;
use crate::edifact::EdifactFault;
use crate::sheet::SheetFault;

/// One thing that is wrong. Nothing of a message that has one is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where in the text that was sent, in bytes.
    pub span: Span,
    /// The way to the element: `Declaration/GoodsShipment/GovernmentAgencyGoodsItem[2]/Origin[1]/CountryCode`, counted from 1.
    pub path: String,
    /// The number that the WCO gave the datum or class, where it has one.
    pub id: Option<&'static str>,
    /// Where in an interchange or a sheet, of which a line says little.
    pub at: Option<At>,
    /// What.
    pub fault: Fault,
}

/// A place that has numbers of its own, all from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// A place in an EDIFACT interchange.
    Segment {
        /// Which segment of the file; the service string advice is none.
        number: u32,
        /// Its tag.
        tag: String,
        /// Which data element after the tag; 0 if the whole segment is meant.
        element: u32,
        /// Which component of it; 0 if the whole element is meant.
        component: u32,
    },
    /// A cell of a sheet.
    Cell {
        /// The sheet's name; empty if it has none.
        sheet: String,
        /// The row.
        row: u32,
        /// The letters of the column.
        column: String,
        /// What the column is.
        head: String,
    },
}

impl fmt::Display for At {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Segment { number, tag, element, component } => {
                write!(out, "segment {number} ({tag})")?;
                if *element > 0 {
                    write!(out, ", element {element}")?;
                }
                if *component > 0 {
                    write!(out, ", component {component}")?;
                }
            }
            Self::Cell { sheet, row, column, head } => {
                if !sheet.is_empty() {
                    write!(out, "sheet {sheet}, ")?;
                }
                write!(out, "cell {column}{row} ({head})")?;
            }
        }
        Ok(())
    }
}

impl Problem {
    /// What to do about it, for whoever wrote it: a sheet is typed, a message is not.
    #[must_use]
    pub fn help(&self) -> String {
        if matches!(self.at, Some(At::Cell { .. })) { self.fault.help_typed() } else { self.fault.help() }
    }

    /// The line and the character in it, both from 1, in the bytes that were sent.
    #[must_use]
    pub fn place(&self, bytes: &[u8]) -> (usize, usize) {
        line_and_column(self.span, bytes)
    }
}

/// The line and the character in it, both from 1, where a span begins.
pub(crate) fn line_and_column(span: Span, bytes: &[u8]) -> (usize, usize) {
    let end = usize::try_from(span.start).unwrap_or(usize::MAX).min(bytes.len());
    let before = bytes.get(..end).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    (line, String::from_utf8_lossy(before.get(start..).unwrap_or_default()).chars().count() + 1)
}

/// Where lines begin in the bytes that were sent, and how many characters there are before: whoever tells many places counts neither anew for each.
pub(crate) struct Places<'b> {
    bytes: &'b [u8],
    starts: Vec<usize>,
    /// The characters before each block; nothing where the bytes are no UTF-8, of which characters are guessed.
    chars: Option<Vec<usize>>,
}

/// So many bytes are counted for each place at most.
const BLOCK: usize = 1024;

impl<'b> Places<'b> {
    pub(crate) fn of(bytes: &'b [u8]) -> Self {
        let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        let before = bytes.chunks(BLOCK).scan(0, |sum, block| Some(std::mem::replace(sum, *sum + chars(block))));
        let chars = std::str::from_utf8(bytes).is_ok().then(|| before.collect());
        Self { bytes, starts, chars }
    }

    /// The line and the character in it, both from 1, where a span begins.
    pub(crate) fn line_and_column(&self, span: Span) -> (usize, usize) {
        let Some(before) = &self.chars else { return line_and_column(span, self.bytes) };
        let end = usize::try_from(span.start).unwrap_or(usize::MAX).min(self.bytes.len());
        let line = self.starts.partition_point(|start| *start <= end);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or_default();
        let count = |at: usize| {
            let block = at / BLOCK;
            let whole = before.get(block).copied().unwrap_or_else(|| before.last().copied().unwrap_or_default());
            let from = if block < before.len() { block * BLOCK } else { before.len().saturating_sub(1) * BLOCK };
            whole + chars(self.bytes.get(from..at).unwrap_or_default())
        };
        (line, count(end) - count(start) + 1)
    }
}

/// Where something stands in the bytes that were sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line and the character in it, both from 1.
    pub line_and_column: (usize, usize),
    /// The segment, in an interchange.
    pub segment: Option<At>,
}

/// Where each of these spans begins; none where there is none.
pub(crate) fn places(spans: &[Option<Span>], bytes: &[u8]) -> Vec<Option<Place>> {
    let told: Vec<Span> = spans.iter().flatten().copied().collect();
    if told.is_empty() {
        return vec![None; spans.len()];
    }
    let mut segments = crate::edifact::at(bytes, &told).into_iter();
    let places = Places::of(bytes);
    let mut place = |span| Place { line_and_column: places.line_and_column(span), segment: segments.next().flatten() };
    spans.iter().map(|span| span.map(&mut place)).collect()
}

/// How many characters of UTF-8 begin in these bytes.
fn chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the fields say what the variant's text names")]
pub enum Fault {
    /// Not well-formed XML, or more than is read.
    #[error("{0}")]
    Xml(XmlFault),
    /// What is wrong with an interchange as such.
    #[error("{0}")]
    Edifact(EdifactFault),
    /// What is wrong with a request to change a declaration.
    #[error("{0}")]
    Amend(AmendFault),
    /// What is wrong with a sheet of items as such.
    #[error("{0}")]
    Sheet(SheetFault),
    /// The bytes are no UTF-8.
    #[error("the file is not written in UTF-8")]
    NotUtf8,
    /// Nothing that is read here.
    #[error("the file begins with `{root}`, and holds no declaration and no answer to one")]
    OtherMessage { root: String },
    /// An element that its class does not have.
    #[error("`{name}` is no part of `{class}`")]
    Unknown { name: String, class: &'static str, nearest: Option<&'static str> },
    /// More of a part than there may be.
    #[error("there are more than {most} of `{name}` here")]
    TooMany { name: &'static str, most: u16 },
    /// A part that has to be there is not.
    #[error("`{name}` is missing")]
    Missing { name: &'static str },
    /// An element where a datum's text should be.
    #[error("there is an element inside, where only text belongs")]
    Nested,
    /// Text where only elements should be.
    #[error("there is text between the elements: `{text}`")]
    StrayText { text: String },
    /// Nothing but space.
    #[error("it is empty")]
    Blank,
    /// More characters than it may have.
    #[error("it has {chars} characters, and at most {most} are allowed")]
    TooLong { most: u16, chars: usize },
    /// Not so many letters.
    #[error("`{text}` is not {exactly} letters of the Latin alphabet")]
    NotLetters { exactly: u16, text: String },
    /// Not digits.
    #[error("`{text}` is not a code of at most {most} digits")]
    NotDigits { most: u16, text: String },
    /// Not a decimal.
    #[error("`{text}` is not a number")]
    NotANumber { text: String },
    /// Below zero.
    #[error("`{text}` is below zero")]
    Negative { text: String },
    /// More digits than it may have.
    #[error("`{text}` has more than {digits} digits")]
    TooManyDigits { digits: u8, text: String },
    /// More digits after the point than it may have.
    #[error("`{text}` has more than {fraction} digits after the point")]
    TooFine { fraction: u8, text: String },
    /// Not a date.
    #[error("`{text}` is not a date")]
    NotADate { text: String },
    /// Too long for a country or a group of countries.
    #[error("`{text}` is not a country")]
    NotACountry { text: String },
    /// A quantity without its unit.
    #[error("the quantity has no unit")]
    NoUnit,
    /// A unit of which no quantity is said.
    #[error("there is a unit, and no quantity")]
    NoQuantity,
    /// A currency that is not three capital letters.
    #[error("`{text}` is not a currency")]
    NotACurrency { text: String },
}

impl Fault {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Xml(fault) => fault.help().to_owned(),
            Self::Edifact(fault) => fault.help(),
            Self::Amend(fault) => fault.help().to_owned(),
            Self::Sheet(fault) => fault.help(),
            Self::NotUtf8 => "save it as UTF-8".to_owned(),
            Self::OtherMessage { .. } => "send a WCO declaration, a `MetaData` with a `Declaration` in it, or an EDIFACT interchange, which begins with `UNA` or `UNB`".to_owned(),
            Self::Unknown { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::Unknown { .. } => "leave it out, or put it where it belongs".to_owned(),
            Self::TooMany { most, .. } => format!("leave {most} of them, and declare the rest separately"),
            Self::Missing { .. } => "add it".to_owned(),
            Self::Nested => "write the text alone".to_owned(),
            Self::StrayText { .. } => "leave it out, or put it into the element that it belongs to".to_owned(),
            Self::Blank => "write what it is, or leave the element out".to_owned(),
            Self::TooLong { most, .. } => format!("shorten it to {most} characters"),
            Self::NotLetters { exactly: 2, .. } | Self::NotACountry { .. } => "write the two letters of ISO 3166-1, such as `TR`".to_owned(),
            Self::NotLetters { .. } | Self::NotACurrency { .. } => {
                "write the three letters of ISO 4217, such as `IRR`".to_owned()
            }
            Self::NotDigits { .. } => "write the code in the digits 0 to 9".to_owned(),
            Self::NotANumber { .. } => {
                "write it in the digits 0 to 9 with a point, without separators, such as `12500.75`".to_owned()
            }
            Self::Negative { .. } => "write it without a sign; what is deducted has elements of its own".to_owned(),
            Self::NoUnit => "write it, such as `C62` for pieces or `LTR` for litres, or leave the quantity out".to_owned(),
            Self::NoQuantity => "write how much there is in it, or leave the unit out".to_owned(),
            Self::TooManyDigits { .. } => "see whether a point is missing".to_owned(),
            Self::TooFine { fraction, .. } => format!("round it to {fraction} digits after the point"),
            Self::NotADate { .. } => "write it as `20261125`, or with the time as `20261125143000Z`".to_owned(),
        }
    }

    /// What to do about it, for whoever typed it into a form or a sheet: digits of any of the three kinds are read there, and groups.
    #[must_use]
    pub fn help_typed(&self) -> String {
        match self {
            Self::NotDigits { .. } => "write the code in digits, Persian or Latin ones".to_owned(),
            Self::NotANumber { .. } => {
                "write it in digits, Persian or Latin ones, such as `12500.75` or `۱۲٬۵۰۰٫۷۵`".to_owned()
            }
            Self::Negative { .. } => "write it without a sign".to_owned(),
            Self::Blank => "write what it is, or leave it empty".to_owned(),
            other => other.help(),
        }
    }

    /// It, citing what was typed and not how that was read.
    #[must_use]
    pub fn citing(mut self, typed: &str) -> Self {
        match &mut self {
            Self::NotLetters { text, .. }
            | Self::NotDigits { text, .. }
            | Self::NotANumber { text }
            | Self::Negative { text }
            | Self::TooManyDigits { text, .. }
            | Self::TooFine { text, .. }
            | Self::NotADate { text }
            | Self::NotACountry { text }
            | Self::NotACurrency { text } => *text = typed.chars().take(40).collect(),
            _ => {}
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_are_those_that_are_counted_from_the_beginning(text in "[a\\n\u{6a9}\u{1f600}]{0,3000}", at in 0_u32..13_000) {
            let end = (0..=text.len().min(at as usize)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
            let span = Span::new(0, end as u32, end as u32);
            prop_assert_eq!(Places::of(text.as_bytes()).line_and_column(span), line_and_column(span, text.as_bytes()));
        }
    }

    #[test]
    fn what_is_no_utf_8_has_places_too() {
        let bytes = b"a\xff\n\xe9b";
        for start in 0..7 {
            let span = Span::new(0, start, start);
            assert_eq!(Places::of(bytes).line_and_column(span), line_and_column(span, bytes));
        }
    }
}
