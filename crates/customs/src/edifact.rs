//! UN/EDIFACT: an interchange with customs declaration messages (CUSDEC, directory D.96B) to declarations, each datum in its place.
//!
//! Must not know of: what a declaration owes. What is read is held against the same tables as a WCO declaration, so that the same datum has the same number
//! and the same faults whichever way it came.

mod cusdec;
mod fault;
mod map;
mod segments;
mod structure;
#[cfg(test)]
mod tests;

use definition::span::{Span, Spanned};

pub use fault::EdifactFault;

use crate::declaration::{Declaration, Text, declaration};
use crate::message::MAX_MESSAGE_BYTES;
use crate::problem::{At, Fault, Problem};
use crate::wco::check::{MAX_PROBLEMS, check};
use crate::wco::dec;
use crate::wco::tree::Tree;
use segments::{Envelope, Source};

/// What was sent at one time: one message or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interchange {
    /// Its reference (UNB, 0020).
    pub reference: Text,
    /// Who sent it (UNB, 0004).
    pub sender: Text,
    /// Who is to receive it (UNB, 0010).
    pub recipient: Text,
    /// Its messages, at least one.
    pub messages: Vec<Declared>,
}

/// A message of an interchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Its reference (UNH, 0062).
    pub reference: Text,
    /// What it declares.
    pub declaration: Declaration,
    /// The same under the names of the WCO's message.
    pub tree: Tree,
    /// Segments that the declaration has no place for: they are not faults, and nothing of them was taken.
    pub left: Vec<Left>,
}

/// A segment that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Where it stands.
    pub at: At,
    /// As it was sent, at most forty characters of it.
    pub text: String,
    /// Its bytes.
    pub span: Span,
}

/// Whether the bytes begin as an interchange does: with `UNA` or `UNB`.
#[must_use]
pub fn is_interchange(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    bytes.starts_with(b"UNA") || bytes.starts_with(b"UNB")
}

/// Reads an interchange. One fault refuses the whole: what was sent together is booked together.
///
/// # Errors
/// Everything that is wrong with it, at most [`MAX_PROBLEMS`] of each message.
pub fn read(bytes: &[u8]) -> Result<Interchange, Vec<Problem>> {
    if bytes.len() > MAX_MESSAGE_BYTES {
        let fault = EdifactFault::TooLarge { bytes: bytes.len(), max: MAX_MESSAGE_BYTES };
        return Err(vec![problem(Span::start_of(0), None, fault)]);
    }
    let source = Source::decode(bytes).map_err(|problem| vec![*problem])?;
    let segments = source.segments().map_err(|problem| vec![*problem])?;
    let (envelope, mut problems) = Envelope::open(&segments, &source);
    let mut messages = Vec::new();
    for message in &envelope.messages {
        let (mapped, faults) = map::message(message, &source);
        problems.extend(faults);
        let mut faults = check(dec::NAME, &dec::DECLARATION, &mapped.tree);
        for fault in &mut faults {
            fault.at = message.at(fault.span, &source);
        }
        problems.append(&mut faults);
        if problems.is_empty() {
            let reference = source.text_at(message.header, (0, 0));
            messages.push(Declared {
                reference,
                declaration: declaration(&mapped.tree),
                tree: mapped.tree,
                left: mapped.left,
            });
        }
        if problems.len() >= MAX_PROBLEMS {
            break;
        }
    }
    problems.truncate(MAX_PROBLEMS);
    if !problems.is_empty() {
        return Err(problems);
    }
    let said = |slot| {
        envelope.header.map_or_else(|| Spanned::new(String::new(), Span::start_of(0)), |unb| source.text_at(unb, slot))
    };
    Ok(Interchange { reference: said((4, 0)), sender: said((1, 0)), recipient: said((2, 0)), messages })
}

/// The segment that each of these places of an interchange is in; none where it is in no message, and nothing at all where the bytes are no interchange.
pub(crate) fn at(bytes: &[u8], places: &[Span]) -> Vec<Option<At>> {
    if places.is_empty() || !is_interchange(bytes) || bytes.len() > MAX_MESSAGE_BYTES {
        return Vec::new();
    }
    let Ok(source) = Source::decode(bytes) else { return Vec::new() };
    let Ok(segments) = source.segments() else { return Vec::new() };
    let (envelope, _) = Envelope::open(&segments, &source);
    let of_one = |span: &Span| envelope.messages.iter().find_map(|message| message.at(*span, &source));
    places.iter().map(of_one).collect()
}

/// A problem of the interchange itself.
fn problem(span: Span, at: Option<At>, fault: EdifactFault) -> Problem {
    Problem { span, path: String::new(), id: None, at, fault: Fault::Edifact(fault) }
}
