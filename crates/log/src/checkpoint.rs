//! Checkpoints: the signed size and root of a log (C2SP tlog-checkpoint).
//!
//! It must not know how the tree is kept, nor which checkpoint is the newest.

use std::fmt;
use std::str::FromStr;

use crate::hash::Hash;
use crate::key::{SignerKey, VerifierKey};
use crate::note::{Note, NoteError, Verified};

/// Where a log's checkpoint is served, below its prefix (C2SP tlog-tiles, "Checkpoints").
pub const PATH: &str = "checkpoint";

/// Why something is not a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note around it is not one, or not signed as it should be.
    #[error("{0}")]
    Note(#[from] NoteError),
    /// Fewer than three lines, an empty line, or no newline at the end.
    #[error("a checkpoint is at least three lines, none of them empty and each ended by a newline: origin, size, root")]
    Lines,
    /// The origin or an extension has a control character.
    #[error("line {line} of the checkpoint has a control character")]
    Control {
        /// Which line, counted from 1.
        line: usize,
    },
    /// The second line is not a size.
    #[error("line 2 of the checkpoint is not a number of leaves: decimal digits without leading zeros, below 2^64")]
    Size,
    /// The third line is not a hash.
    #[error("line 3 of the checkpoint is not the base64 of a 32-byte root hash")]
    Root,
    /// It is another log's.
    #[error("this is the checkpoint of {found:?}, not of {expected:?}")]
    Origin {
        /// The origin that it names.
        found: String,
        /// The origin that was wanted.
        expected: String,
    },
    /// The log itself did not sign it, though someone else did.
    #[error("the log's key {name}+{id:08x} did not sign this checkpoint")]
    NotSignedByLog {
        /// The key's name.
        name: String,
        /// The key's ID.
        id: u32,
    },
}

/// A log's size and root, as its note says them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
    extensions: Vec<String>,
}

/// A checkpoint whose signatures were checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// Who signed it, of the keys that were given: the log first, then witnesses.
    pub verified: Vec<Verified>,
}

impl Checkpoint {
    /// The checkpoint of the log `origin` (not empty, no control character) at `size` leaves under `root`.
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointError> {
        check_lines([origin], 1)?;
        Ok(Self { origin: origin.to_owned(), size, root, extensions: Vec::new() })
    }

    /// The same with extension lines, each not empty; C2SP tlog-checkpoint advises against them.
    pub fn with_extensions(self, extensions: Vec<String>) -> Result<Self, CheckpointError> {
        check_lines(extensions.iter().map(String::as_str), 4)?;
        Ok(Self { extensions, ..self })
    }

    /// Which log it is of.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many leaves the log has.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The Merkle tree hash over them.
    pub const fn root(&self) -> &Hash {
        &self.root
    }

    /// The lines after the third, without their newlines.
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    /// The note that says so, signed by `key`.
    pub fn sign(&self, key: &SignerKey) -> Result<Note, NoteError> {
        let mut note = Note::new(&self.to_string())?;
        note.sign(key).map(|()| note)
    }

    /// Reads and checks a signed checkpoint: `log` must have signed it and its origin be that key's name; signatures of
    /// `witnesses` are checked where they stand, and counting them is the caller's.
    pub fn open(bytes: &[u8], log: &VerifierKey, witnesses: &[VerifierKey]) -> Result<Opened, CheckpointError> {
        let note = Note::parse(bytes)?;
        let keys: Vec<VerifierKey> = std::iter::once(log).chain(witnesses).cloned().collect();
        let mut verified = note.verify(&keys)?;
        let is_log = |it: &Verified| (it.name.as_str(), it.id) == (log.name(), log.id());
        if !verified.iter().any(is_log) {
            return Err(CheckpointError::NotSignedByLog { name: log.name().to_owned(), id: log.id() });
        }
        verified.sort_by_key(|it| !is_log(it));
        let checkpoint: Self = note.text().parse()?;
        if checkpoint.origin != log.name() {
            return Err(CheckpointError::Origin { found: checkpoint.origin, expected: log.name().to_owned() });
        }
        Ok(Opened { checkpoint, verified })
    }
}

impl fmt::Display for Checkpoint {
    /// The note's text, with its last newline.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root)?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    /// Reads a note's text. Writing it again gives the same text.
    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.strip_suffix('\n').ok_or(CheckpointError::Lines)?.split('\n');
        let mut next = || lines.next().filter(|line| !line.is_empty()).ok_or(CheckpointError::Lines);
        let (origin, size, root) = (next()?, next()?, next()?);
        let size = size.parse().ok().filter(|number: &u64| number.to_string() == size).ok_or(CheckpointError::Size)?;
        let root = Hash::from_base64(root).ok_or(CheckpointError::Root)?;
        Self::new(origin, size, root)?.with_extensions(lines.map(str::to_owned).collect())
    }
}

/// Checks that each line is one line with something in it.
fn check_lines<'a>(lines: impl IntoIterator<Item = &'a str>, first: usize) -> Result<(), CheckpointError> {
    for (line, content) in (first..).zip(lines) {
        if content.is_empty() {
            return Err(CheckpointError::Lines);
        }
        if content.bytes().any(|byte| byte < b' ') {
            return Err(CheckpointError::Control { line });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    #[test]
    fn the_specification_s_example_is_read_and_written_again() {
        let checkpoint: Checkpoint = TEXT.parse().unwrap();
        assert_eq!((checkpoint.origin(), checkpoint.size()), ("example.com/behind-the-sofa", 20_852_163));
        assert_eq!(checkpoint.to_string(), TEXT);
        let extended = format!("{TEXT}one\ntwo\n");
        assert_eq!(extended.parse::<Checkpoint>().unwrap().extensions(), ["one", "two"]);
        assert_eq!(extended.parse::<Checkpoint>().unwrap().to_string(), extended);
    }

    #[test]
    fn one_byte_off_is_refused() {
        let error = |text: String| text.parse::<Checkpoint>().unwrap_err();
        for size in ["020852163", "+1", "-1", "", "1 ", "18446744073709551616", "٣"] {
            let expected = if size.is_empty() { CheckpointError::Lines } else { CheckpointError::Size };
            assert_eq!(error(TEXT.replace("20852163", size)), expected, "{size}");
        }
        assert_eq!(error(TEXT.replace("2I=", "2I")), CheckpointError::Root);
        assert_eq!(error(TEXT.replace("2I=", "2J=")), CheckpointError::Root);
        assert_eq!(error(TEXT.replace("2I=\n", "2I=")), CheckpointError::Lines);
        assert_eq!(error(format!("{TEXT}\n")), CheckpointError::Lines);
        assert_eq!(error(format!("\n{TEXT}")), CheckpointError::Lines);
        assert_eq!(error(TEXT.replace('\n', "\r\n")), CheckpointError::Size);
        assert_eq!(error(format!("{TEXT}a\tb\n")), CheckpointError::Control { line: 4 });
        assert_eq!("0\n0\n".parse::<Checkpoint>(), Err(CheckpointError::Lines));
    }
}
