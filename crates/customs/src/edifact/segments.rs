//! Bytes to segments, and segments to messages: character sets, service strings, and what the segments around the messages promise.
//!
//! Must not know of: what a message says.

mod envelope;

use std::borrow::Cow;

use definition::span::{Span, Spanned};
use edifact_rs::{Charset, EdifactError, ReaderConfig, Segment, from_bytes_with_config};

pub(super) use envelope::{Envelope, Message};

use super::cusdec::Slot;
use super::{EdifactFault, problem};
use crate::declaration::Text;
use crate::problem::{At, Problem};

/// Most segments of an interchange.
const MAX_SEGMENTS: usize = 1_000_000;
/// Most bytes of a segment; the longest that the directory allows has some 5000 characters.
const MAX_SEGMENT_BYTES: usize = 64 << 10;

/// A segment and which it is of the file, from 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbered<'s, 'a> {
    pub number: u32,
    pub segment: &'s Segment<'a>,
}

/// What was sent, as text.
#[derive(Debug)]
pub(super) struct Source<'b> {
    text: Cow<'b, str>,
    /// For each byte of the text the byte of what was sent; nothing where they are the same.
    origins: Vec<u32>,
}

impl<'b> Source<'b> {
    /// Reads the bytes in the character set that UNB names (S001, 0001). Without an UNB they have to be ASCII.
    pub fn decode(bytes: &'b [u8]) -> Result<Self, Box<Problem>> {
        let name = charset(bytes);
        let whole = |at: usize, fault| Box::new(problem(span(at, at + 1), None, fault));
        let not_in = |at: usize| whole(at, EdifactFault::NotInCharset { charset: name.clone() });
        if bytes.is_ascii() || matches!(name.as_str(), "UNOW" | "UNOY") {
            let text = std::str::from_utf8(bytes).map_err(|error| not_in(error.valid_up_to()))?;
            return Ok(Self { text: Cow::Borrowed(text), origins: Vec::new() });
        }
        let body = bytes.strip_prefix(b"\xef\xbb\xbf").map_or(0, |_| 3);
        let charset = match name.as_str() {
            // Their repertoires are parts of ASCII; a byte order mark before them is passed over.
            "UNOA" | "UNOB" | "" => match bytes.iter().skip(body).position(|byte| !byte.is_ascii()) {
                Some(at) => return Err(not_in(at + body)),
                None => return Ok(Self { text: String::from_utf8_lossy(bytes), origins: Vec::new() }),
            },
            name => Charset::from_syntax_identifier(name)
                .map_err(|_| whole(0, EdifactFault::UnknownCharset { name: name.to_owned() }))?,
        };
        let text = charset.decode(bytes).map_err(|error| match error {
            EdifactError::InvalidText { offset } => not_in(offset),
            _ => not_in(0),
        })?;
        let text = text.into_owned();
        // Each of these sets has one byte for a character.
        let origins = text.chars().enumerate().flat_map(|(at, sign)| std::iter::repeat_n(at as u32, sign.len_utf8()));
        let origins = origins.collect();
        Ok(Self { text: Cow::Owned(text), origins })
    }

    /// Its segments. The service characters are those of UNA, or the usual ones.
    pub fn segments(&self) -> Result<Vec<Segment<'_>>, Box<Problem>> {
        let config = ReaderConfig::default().max_segments(MAX_SEGMENTS).max_segment_bytes(MAX_SEGMENT_BYTES);
        from_bytes_with_config(self.text.as_bytes(), config).collect::<Result<_, _>>().map_err(|error| {
            let (at, fault) = told(&error);
            let at = self.origin(at);
            Box::new(problem(Span::new(0, at, at.saturating_add(1)), None, fault))
        })
    }

    fn origin(&self, at: usize) -> u32 {
        let own = u32::try_from(at).unwrap_or(u32::MAX);
        match self.origins.last() {
            None => own,
            Some(last) => self.origins.get(at).copied().unwrap_or(last + 1),
        }
    }

    /// A place of the text as a place in the bytes that were sent.
    pub fn place(&self, span: edifact_rs::Span) -> Span {
        Span::new(0, self.origin(span.start), self.origin(span.end))
    }

    /// The text of a segment, at most forty characters of it.
    pub fn short(&self, of: &Segment<'_>) -> String {
        let text = self.text.get(of.span.start..of.span.end).unwrap_or_default();
        text.chars().take(40).collect()
    }

    /// A component and its place; empty, at the segment, if it is not there.
    pub fn text_at(&self, of: Numbered<'_, '_>, slot: Slot) -> Text {
        let component = of.segment.get_element(slot.0).and_then(|element| element.components.get(slot.1));
        component.map_or_else(
            || Spanned::new(String::new(), self.place(of.segment.span)),
            |(text, span)| Spanned::new(text.trim().to_owned(), self.place(*span)),
        )
    }
}

impl Numbered<'_, '_> {
    pub fn tag(&self) -> &str {
        self.segment.tag()
    }

    /// A component; empty if it is not there.
    pub fn get(&self, slot: Slot) -> &str {
        self.segment.component_str(slot.0, slot.1).unwrap_or_default().trim()
    }

    /// The place of a component, of an element, or of the whole segment.
    pub fn at(&self, element: Option<usize>, component: Option<usize>) -> At {
        let from_one = |at: Option<usize>| at.and_then(|at| u32::try_from(at + 1).ok()).unwrap_or(0);
        let tag = self.tag().chars().take(3).collect();
        At::Segment { number: self.number, tag, element: from_one(element), component: from_one(component) }
    }
}

/// The character set that UNB names; empty if there is none.
fn charset(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let after = match bytes.strip_prefix(b"UNA") {
        Some(advice) => advice.get(6..).unwrap_or_default().trim_ascii_start(),
        None => bytes,
    };
    let name = after.strip_prefix(b"UNB").and_then(|rest| rest.get(1..5)).unwrap_or_default();
    String::from_utf8_lossy(name).into_owned()
}

fn span(start: usize, end: usize) -> Span {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(0, byte(start), byte(end))
}

/// What the reader of segments found wrong, and where in the text.
fn told(error: &EdifactError) -> (usize, EdifactFault) {
    let malformed = || EdifactFault::Malformed { message: error.to_string().chars().take(160).collect() };
    match error {
        EdifactError::UnexpectedEof { offset } => (*offset, EdifactFault::Truncated),
        EdifactError::InvalidReleaseSequence { offset }
        | EdifactError::InvalidDelimiter { offset, .. }
        | EdifactError::InvalidText { offset }
        | EdifactError::UnexpectedDataToken { offset } => (*offset, malformed()),
        EdifactError::LimitExceeded { offset, .. } => (*offset, EdifactFault::TooManySegments { max: MAX_SEGMENTS }),
        EdifactError::InvalidUna => (0, EdifactFault::Advice),
        _ => (0, malformed()),
    }
}
