//! A proof that travels alone: an entry's index, its inclusion proof and the checkpoint, as one text (C2SP tlog-proof).
//!
//! It must not know what the entry holds, nor which key of the log is to be trusted: both are given.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::checkpoint::{Checkpoint, CheckpointError, Opened};
use crate::hash::Hash;
use crate::key::VerifierKey;
use crate::note::{MAX_NOTE_BYTES, Note, NoteError};
use crate::proof::{ProofError, verify_inclusion};

/// The first line (C2SP tlog-proof, "Format").
pub const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// The file extension that proofs should have.
pub const EXTENSION: &str = "tlog-proof";
/// The most hashes an inclusion proof has: one for each level of a tree of fewer than 2^64 leaves.
pub const MAX_HASHES: usize = 64;
/// The most bytes a proof may have: the checkpoint's, and as many for what stands above it.
pub const MAX_PROOF_BYTES: usize = 2 * MAX_NOTE_BYTES;

/// Why bytes are not a proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TlogProofError {
    /// Over [`MAX_PROOF_BYTES`].
    #[error("the proof has {0} bytes, and at most {MAX_PROOF_BYTES} are read")]
    TooLong(usize),
    /// Not UTF-8.
    #[error("byte {offset} of the proof is not UTF-8")]
    NotText {
        /// Where, in bytes.
        offset: usize,
    },
    /// A line is not what stands in its place.
    #[error("line {line} of the proof is not {expected}; copy it again, whole")]
    Line {
        /// Which, counted from 1.
        line: usize,
        /// What is due there.
        expected: &'static str,
    },
    /// The checkpoint is not a signed note.
    #[error("the proof's checkpoint: {0}")]
    Note(#[from] NoteError),
    /// The checkpoint is malformed, another log's, or not signed by the log.
    #[error("the proof's checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The hashes do not lead from the leaf to the checkpoint's root.
    #[error("{0}")]
    Proof(#[from] ProofError),
}

/// A proof of the right form. That it can be read says nothing about what it proves: see [`TlogProof::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    extra: Option<Vec<u8>>,
    index: u64,
    hashes: Vec<Hash>,
    checkpoint: Note,
}

impl TlogProof {
    /// The proof of entry `index` by `hashes` (at most [`MAX_HASHES`]), from the leaf's sibling upwards, under `checkpoint`.
    pub fn new(index: u64, hashes: Vec<Hash>, checkpoint: Note) -> Result<Self, TlogProofError> {
        if hashes.len() > MAX_HASHES {
            return Err(TlogProofError::Line {
                line: 3 + MAX_HASHES,
                expected: "empty: a proof has at most 64 hashes",
            });
        }
        Ok(Self { extra: None, index, hashes, checkpoint })
    }

    /// The same with these bytes in its `extra` line, such as the entry itself. They are proven by nothing but what the reader makes of them.
    #[must_use]
    pub fn with_extra(self, extra: Vec<u8>) -> Self {
        Self { extra: Some(extra), ..self }
    }

    /// Reads a proof. Writing it again gives the same bytes.
    pub fn parse(bytes: &[u8]) -> Result<Self, TlogProofError> {
        if bytes.len() > MAX_PROOF_BYTES {
            return Err(TlogProofError::TooLong(bytes.len()));
        }
        let text =
            std::str::from_utf8(bytes).map_err(|error| TlogProofError::NotText { offset: error.valid_up_to() })?;
        let mut lines = Lines { rest: text, line: 0 };
        lines.next(HEADER, |line| (line == HEADER).then_some(()))?;
        let extra = lines.next_if("extra ", "extra and base64", |base64| BASE64.decode(base64).ok())?;
        let index =
            lines.next("index and a number without leading zeros", |line| number(line.strip_prefix("index ")?))?;
        let mut hashes = Vec::new();
        while let Some(hash) = lines.next("a base64 hash of 32 bytes, or empty", hash_or_end)? {
            if hashes.len() == MAX_HASHES {
                return Err(lines.bad("empty: a proof has at most 64 hashes"));
            }
            hashes.push(hash);
        }
        Ok(Self { extra, index, hashes, checkpoint: Note::parse(lines.rest.as_bytes())? })
    }

    /// The index of the entry that it speaks of.
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// What else was put in. It is proven by nothing.
    pub fn extra(&self) -> Option<&[u8]> {
        self.extra.as_deref()
    }

    /// The checkpoint that it is under, unchecked.
    pub const fn checkpoint(&self) -> &Note {
        &self.checkpoint
    }

    /// Checks that the entry with hash `leaf` stands at [`TlogProof::index`] in the tree of `checkpoint`, which was opened from
    /// [`TlogProof::checkpoint`] by whoever knows which signatures it must bear.
    pub fn leads(&self, leaf: &Hash, checkpoint: &Checkpoint) -> Result<(), ProofError> {
        verify_inclusion(leaf, self.index, checkpoint.size(), &self.hashes, checkpoint.root())
    }

    /// Checks that the entry with hash `leaf` stands at [`TlogProof::index`] in a tree that `log` signed, with the signatures of `witnesses`
    /// that stand on it. Gives the checkpoint.
    pub fn verify(&self, leaf: &Hash, log: &VerifierKey, witnesses: &[VerifierKey]) -> Result<Opened, TlogProofError> {
        let opened = Checkpoint::open(&self.checkpoint.encode(), log, witnesses)?;
        self.leads(leaf, &opened.checkpoint)?;
        Ok(opened)
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", BASE64.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", String::from_utf8_lossy(&self.checkpoint.encode()))
    }
}

/// The lines not yet read, and the number of the last one that was.
struct Lines<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Lines<'a> {
    /// The next line, without its newline, as `read` takes it.
    fn next<T>(
        &mut self,
        expected: &'static str,
        read: impl FnOnce(&'a str) -> Option<T>,
    ) -> Result<T, TlogProofError> {
        self.line += 1;
        let (line, rest) = self.rest.split_once('\n').ok_or_else(|| self.bad(expected))?;
        self.rest = rest;
        read(line).ok_or_else(|| self.bad(expected))
    }

    /// The next line if it begins with `start`.
    fn next_if<T>(
        &mut self,
        start: &str,
        expected: &'static str,
        read: impl FnOnce(&'a str) -> Option<T>,
    ) -> Result<Option<T>, TlogProofError> {
        if !self.rest.starts_with(start) {
            return Ok(None);
        }
        self.next(expected, |line| read(line.strip_prefix(start)?)).map(Some)
    }

    fn bad(&self, expected: &'static str) -> TlogProofError {
        TlogProofError::Line { line: self.line, expected }
    }
}

/// A number in its one spelling.
fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

/// The hash on a line, or none on the empty line that ends the hashes.
fn hash_or_end(line: &str) -> Option<Option<Hash>> {
    if line.is_empty() { Some(None) } else { Hash::from_base64(line).map(Some) }
}
