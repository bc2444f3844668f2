//! A witness's answer as the log reads it: signature lines, of which those of the one key that was asked count.
//!
//! It must not know how it came.

use crate::key::VerifierKey;
use crate::note::{Note, NoteError, Verified};

/// The most bytes of an answer that are read: a few dozen signature lines, also of post-quantum keys.
pub const MAX_ANSWER_BYTES: usize = 64 * 1024;

/// Why an answer is no cosignature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Over [`MAX_ANSWER_BYTES`].
    #[error("the answer has {0} bytes, and at most {MAX_ANSWER_BYTES} are read")]
    TooLong(usize),
    /// Not signature lines, or none of the witness's key, or one that does not fit what was asked.
    #[error("{0}")]
    Note(#[from] NoteError),
    /// The key's line carries no time: it is no witness's.
    #[error("the cosignature has no time")]
    NoTime,
}

/// Moves the cosignature of `witness` from an answer to `note`, which is what it was asked to cosign. Lines of other keys are passed over, as
/// C2SP tlog-witness says. Gives the note with that line alone, and when it was cosigned, in seconds since 1970 UTC.
///
/// # Errors
/// When nothing of the witness's stands there, or what stands there does not fit the note.
pub fn read_answer(note: &Note, answer: &[u8], witness: &VerifierKey) -> Result<(Note, u64), AnswerError> {
    if answer.len() > MAX_ANSWER_BYTES {
        return Err(AnswerError::TooLong(answer.len()));
    }
    // As the specification advises: put below the text, and read as a note.
    let whole = [note.text().as_bytes(), b"\n", answer].concat();
    let lines = Note::parse(&whole)?;
    if lines.text() != note.text() {
        // An empty line in the answer would move the text's end.
        return Err(AnswerError::Note(NoteError::NoSignatures));
    }
    let verified = lines.verify(std::slice::from_ref(witness))?;
    let [Verified { posix_s: Some(at_s), .. }] = verified.as_slice() else { return Err(AnswerError::NoTime) };
    Ok((lines.only(&verified), *at_s))
}
