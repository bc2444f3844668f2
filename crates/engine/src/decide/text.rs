//! Bounds on the words that people write into the record.
//!
//! Must not know of: what the words are for.

use crate::refusal::Refusal;

/// Most characters of a note or reason.
pub(super) const NOTE_MAX_CHARS: u32 = 2000;

/// A text that may be empty.
pub(super) fn optional(field: &'static str, text: &str) -> Result<(), Refusal> {
    let fits = text.chars().count() <= NOTE_MAX_CHARS as usize && !text.contains('\0');
    if fits { Ok(()) } else { Err(Refusal::BadText { field, max_chars: NOTE_MAX_CHARS }) }
}

/// A text that may not be empty.
pub(super) fn required(field: &'static str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::BadText { field, max_chars: NOTE_MAX_CHARS });
    }
    optional(field, text)
}
