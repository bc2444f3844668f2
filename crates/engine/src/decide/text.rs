//! Bounds on the words that people write into the record.
//!
//! Must not know of: what the words are for, which characters may stand in them (`definition::value`).

use definition::value::{Lines, is_blank, writable};

use crate::refusal::Refusal;

/// Most characters of a note or reason.
pub(super) const NOTE_MAX_CHARS: u32 = 2000;

/// A text that may be empty, and may have several lines.
pub(super) fn optional(field: &'static str, text: &str) -> Result<(), Refusal> {
    bounded(field, text, NOTE_MAX_CHARS, Lines::Several)
}

/// A text that may not be empty, and may have several lines.
pub(super) fn required(field: &'static str, text: &str) -> Result<(), Refusal> {
    filled(field, text, NOTE_MAX_CHARS)?;
    optional(field, text)
}

/// A text of one line that may not be empty.
pub(super) fn line(field: &'static str, text: &str, max_chars: u32) -> Result<(), Refusal> {
    filled(field, text, max_chars)?;
    bounded(field, text, max_chars, Lines::One)
}

fn filled(field: &'static str, text: &str, max_chars: u32) -> Result<(), Refusal> {
    if is_blank(text) { Err(Refusal::BadText { field, max_chars }) } else { Ok(()) }
}

fn bounded(field: &'static str, text: &str, max_chars: u32, lines: Lines) -> Result<(), Refusal> {
    if text.chars().count() > max_chars as usize {
        return Err(Refusal::BadText { field, max_chars });
    }
    writable(text, lines).map_err(|why| Refusal::BadCharacters { field, why })
}
