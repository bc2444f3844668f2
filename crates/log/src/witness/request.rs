//! The body of an `add-checkpoint` request: an old size, a consistency proof, an empty line, a checkpoint (C2SP tlog-witness).
//!
//! It must not know whether any of it is true.

use std::fmt;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::hash::Hash;
use crate::note::{MAX_NOTE_BYTES, Note, NoteError};

/// The most lines that a proof may have (C2SP tlog-witness, "add-checkpoint").
pub const MAX_PROOF_LINES: usize = 63;
/// The most bytes a request may have: the old size, 63 hashes of 45 bytes with their newlines, and the largest note.
pub const MAX_REQUEST_BYTES: usize = MAX_NOTE_BYTES + 4096;

/// Why bytes are no request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// Over [`MAX_REQUEST_BYTES`].
    #[error("the request has {0} bytes, and at most {MAX_REQUEST_BYTES} are read")]
    TooLong(usize),
    /// Not UTF-8.
    #[error("byte {offset} of the request is not UTF-8")]
    NotText {
        /// Where, in bytes.
        offset: usize,
    },
    /// A line is not what stands in its place.
    #[error("line {line} of the request is not {expected}")]
    Line {
        /// Which, counted from 1.
        line: usize,
        /// What is due there.
        expected: &'static str,
    },
    /// What follows the empty line is no note.
    #[error("the request's checkpoint: {0}")]
    Note(#[from] NoteError),
    /// The note holds no checkpoint.
    #[error("the request's checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
}

/// A request of the right form. Nothing in it was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    old: u64,
    proof: Vec<Hash>,
    note: Note,
    checkpoint: Checkpoint,
}

impl Request {
    /// The request to cosign `note`, proven by `proof` (at most [`MAX_PROOF_LINES`] hashes) to add to the tree of `old` leaves.
    ///
    /// # Errors
    /// When the proof is too long or the note holds no checkpoint.
    pub fn new(old: u64, proof: Vec<Hash>, note: Note) -> Result<Self, RequestError> {
        if proof.len() > MAX_PROOF_LINES {
            return Err(RequestError::Line { line: MAX_PROOF_LINES + 2, expected: TOO_MANY });
        }
        let checkpoint = note.text().parse()?;
        Ok(Self { old, proof, note, checkpoint })
    }

    /// Reads a request. Writing it again gives the same bytes.
    ///
    /// # Errors
    /// The first line that is not as it must be.
    pub fn parse(bytes: &[u8]) -> Result<Self, RequestError> {
        if bytes.len() > MAX_REQUEST_BYTES {
            return Err(RequestError::TooLong(bytes.len()));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| RequestError::NotText { offset: error.valid_up_to() })?;
        let (first, mut rest) = text.split_once('\n').unwrap_or((text, ""));
        let expected = "old and the size that was cosigned last, without leading zeros";
        let old = first.strip_prefix("old ").and_then(number).ok_or(RequestError::Line { line: 1, expected })?;
        let mut proof = Vec::new();
        for line in 2.. {
            let expected = "a base64 hash of 32 bytes, or empty";
            let (content, after) = rest.split_once('\n').ok_or(RequestError::Line { line, expected })?;
            rest = after;
            if content.is_empty() {
                break;
            }
            if proof.len() == MAX_PROOF_LINES {
                return Err(RequestError::Line { line, expected: TOO_MANY });
            }
            proof.push(Hash::from_base64(content).ok_or(RequestError::Line { line, expected })?);
        }
        Self::new(old, proof, Note::parse(rest.as_bytes())?)
    }

    /// The size that the proof begins at.
    pub const fn old(&self) -> u64 {
        self.old
    }

    /// The proof's hashes.
    pub fn proof(&self) -> &[Hash] {
        &self.proof
    }

    /// The checkpoint with its signatures.
    pub const fn note(&self) -> &Note {
        &self.note
    }

    /// What the note says.
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }
}

const TOO_MANY: &str = "empty: a proof has at most 63 hashes";

fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", String::from_utf8_lossy(&self.note.encode()))
    }
}
