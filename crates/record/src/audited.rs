//! What an auditor says of a record: a short text that the auditor signs, with the log's own signed checkpoint in it (C2SP signed-note twice).
//!
//! Must not know of: who is an auditor, what an audit does, where notes go.
//!
//! ```text
//! panjereh-audit/v1
//! scope record
//! from 0
//! acts 456
//! erased 12
//! not-followed 0
//! outcomes compared
//! faults 1
//! remarks 3
//! found A508 1
//! found A601 3
//! program panjereh 0.1.0
//! at 1795671000
//!
//! maku.example/log
//! 1234
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//!
//! — maku.example/log ...
//!
//! — auditor.example/a ...
//! ```
//!
//! The lines below the first empty one are the checkpoint as the log signed it, so whoever has the log's key sees that the auditor did not make the
//! root up: where the zone shows another root for that size, the note alone proves that the log signed two trees. The second line of a checkpoint
//! is a number (C2SP tlog-checkpoint) and that of this text is not, so no auditor's signature can be taken for that of a log.

mod read;

use std::fmt::Write as _;

use log::checkpoint::CheckpointError;
use log::note::NoteError;
use log::{Checkpoint, Note, SignerKey, VerifierKey};

/// The first line.
pub const MAGIC: &str = "panjereh-audit/v1";
/// The most bytes of a note: a hundred codes and two signatures take a fifth of it.
pub const NOTE_BYTES_MAX: usize = 16 * 1024;
/// The most codes that a note counts one by one.
pub const CODES_MAX: usize = 200;
/// The most characters of a program's name and version.
pub const PROGRAM_CHARS_MAX: usize = 60;
/// The largest number in a note: what every reader of JSON can hold (RFC 8259, section 6).
pub const NUMBER_MAX: u64 = (1 << 53) - 1;

const COMPARED: &str = "outcomes compared";
const NOT_COMPARED: &str = "outcomes not-compared";

/// What was audited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The public log alone.
    Log,
    /// The log and what the zone disclosed behind it: every act was done again.
    Record,
}

/// How often a check found something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The check's code, such as `A508`.
    pub code: String,
    /// How often, at least once.
    pub count: u64,
}

/// What an audit came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// What was audited.
    pub scope: Scope,
    /// The leaf from which this audit went on; 0 where it began at the beginning. Counts are of all from the beginning.
    pub from: u64,
    /// Acts that were done again.
    pub acts: u64,
    /// Events that could not be looked at, since they were erased.
    pub erased: u64,
    /// Events of cases that could not be followed any further.
    pub not_followed: u64,
    /// Whether certificates, status lists, registers and figures were held against the cases: they belong to one moment, so where the zone goes on while it
    /// discloses them they are not. Never of the log alone.
    pub outcomes: bool,
    /// Findings that say that the record is wrong.
    pub faults: u64,
    /// Findings that do not.
    pub remarks: u64,
    /// The same by code, in order of codes. Where there are very many findings the rest is in the sums alone.
    pub found: Vec<Found>,
    /// The program and its version.
    pub program: String,
    /// When the audit ended, in seconds since 1970 UTC, by the auditor's clock.
    pub at_s: u64,
}

/// Why something is no audit note.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuditNoteError {
    /// Over [`NOTE_BYTES_MAX`].
    #[error("it has {0} bytes, and an audit note has at most {NOTE_BYTES_MAX}")]
    TooLong(usize),
    /// It is no note, or the checkpoint in it is none.
    #[error("{0}")]
    Note(#[from] NoteError),
    /// What stands below the first empty line is no checkpoint.
    #[error("the checkpoint in it: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// A line is not as it must be.
    #[error("line {line} must read: {expected}")]
    Line {
        /// Which, counted from 1.
        line: usize,
        /// How it must read.
        expected: &'static str,
    },
    /// The sums do not agree with the counts by code, or the checkpoint is of no leaf.
    #[error("its numbers do not agree with each other")]
    Numbers,
    /// There must be one signature of the auditor, and one of the log in the checkpoint.
    #[error("it must have exactly one signature, and the checkpoint in it exactly one, of the log")]
    Signatures,
}

/// An audit note that was read. Its signatures are checked by [`AuditNote::is_of`] and [`AuditNote::is_of_log`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditNote {
    /// What the auditor says.
    pub audited: Audited,
    /// Which tree was audited.
    pub checkpoint: Checkpoint,
    signed: Note,
    note: Note,
}

impl Audited {
    /// The note that says so of a checkpoint, signed by `auditor`. Of the checkpoint's signatures that of `log` is taken along.
    ///
    /// # Errors
    /// When `log` did not sign the checkpoint, or something does not fit into a note.
    pub fn sign(&self, checkpoint: &[u8], log: &VerifierKey, auditor: &SignerKey) -> Result<Vec<u8>, AuditNoteError> {
        let opened = Checkpoint::open(checkpoint, log, &[])?;
        let signed = Note::parse(checkpoint)?.only(&opened.verified);
        let signed = String::from_utf8(signed.encode()).map_err(|_| AuditNoteError::Signatures)?;
        let mut note = Note::new(&format!("{}\n{signed}", self.lines()))?;
        note.sign(auditor)?;
        let bytes = note.encode();
        // What was written must be readable: also where a count or a name is out of bounds.
        AuditNote::parse(&bytes).map(|_| bytes)
    }

    fn lines(&self) -> String {
        let scope = match self.scope {
            Scope::Log => "log",
            Scope::Record => "record",
        };
        let outcomes = if self.outcomes { COMPARED } else { NOT_COMPARED };
        let Self { from, acts, erased, not_followed, faults, remarks, .. } = self;
        let mut text = format!(
            "{MAGIC}\nscope {scope}\nfrom {from}\nacts {acts}\nerased {erased}\nnot-followed {not_followed}\n{outcomes}\nfaults {faults}\n\
             remarks {remarks}\n"
        );
        // Writing to a string cannot fail.
        for Found { code, count } in &self.found {
            let _ = writeln!(text, "found {code} {count}");
        }
        let _ = write!(text, "program {}\nat {}\n", self.program, self.at_s);
        text
    }

    fn agrees(&self) -> bool {
        let told = self.found.iter().fold(0_u64, |sum, found| sum.saturating_add(found.count));
        let is_of_log = self.scope == Scope::Log && self.outcomes;
        told <= self.faults.saturating_add(self.remarks)
            && !is_of_log
            && self.found.is_sorted_by(|one, next| one.code < next.code)
    }
}

impl AuditNote {
    /// Reads an audit note; strict: what is read is written back as the same bytes.
    ///
    /// # Errors
    /// [`AuditNoteError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, AuditNoteError> {
        if bytes.len() > NOTE_BYTES_MAX {
            return Err(AuditNoteError::TooLong(bytes.len()));
        }
        let note = Note::parse(bytes)?;
        let (said, signed) = note.text().split_once("\n\n").ok_or(AuditNoteError::Signatures)?;
        let audited = read::read(said)?;
        let signed = Note::parse(signed.as_bytes())?;
        let checkpoint: Checkpoint = signed.text().parse()?;
        if note.signatures().len() != 1 || signed.signatures().len() != 1 {
            return Err(AuditNoteError::Signatures);
        }
        let size = checkpoint.size();
        if size == 0 || size > NUMBER_MAX || audited.from > size || !audited.agrees() {
            return Err(AuditNoteError::Numbers);
        }
        Ok(Self { audited, checkpoint, signed, note })
    }

    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        self.note.encode()
    }

    /// The name and ID of the key that is said to have signed it.
    pub fn signer(&self) -> Option<(&str, u32)> {
        self.note.signatures().first().map(|signature| (signature.name(), signature.id()))
    }

    /// Whether this auditor signed it.
    pub fn is_of(&self, auditor: &VerifierKey) -> bool {
        self.note.verify(std::slice::from_ref(auditor)).is_ok()
    }

    /// Whether this log signed the checkpoint in it, and the checkpoint is of that log.
    pub fn is_of_log(&self, log: &VerifierKey) -> bool {
        Checkpoint::open(&self.signed.encode(), log, &[]).is_ok()
    }

    /// The checkpoint as the log signed it: a C2SP note of its own.
    pub fn signed_checkpoint(&self) -> Vec<u8> {
        self.signed.encode()
    }
}

#[cfg(test)]
mod tests {
    use log::key::Algorithm;
    use log::{Hash, SignerKey};

    use super::*;

    fn keys() -> (SignerKey, SignerKey) {
        let key = |name, seed| SignerKey::from_seed(name, Algorithm::Ed25519, &[seed; 32]).unwrap();
        (key("maku.example/log", 1), key("auditor.example/a", 2))
    }

    fn audited() -> Audited {
        let found = |code: &str, count| Found { code: code.to_owned(), count };
        Audited {
            scope: Scope::Record,
            from: 7,
            acts: 456,
            erased: 12,
            not_followed: 0,
            outcomes: true,
            faults: 1,
            remarks: 3,
            found: vec![found("A508", 1), found("A601", 3)],
            program: "panjereh 0.1.0".to_owned(),
            at_s: 1_795_671_000,
        }
    }

    fn checkpoint(size: u64) -> Vec<u8> {
        Checkpoint::new("maku.example/log", size, Hash([7; 32])).unwrap().sign(&keys().0).unwrap().encode()
    }

    fn note(audited: &Audited) -> Result<Vec<u8>, AuditNoteError> {
        let (log, auditor) = keys();
        audited.sign(&checkpoint(1234), log.verifier(), &auditor)
    }

    #[test]
    fn what_is_signed_is_read_and_written_again() {
        let (log, auditor) = keys();
        let bytes = note(&audited()).unwrap();
        let read = AuditNote::parse(&bytes).unwrap();
        assert_eq!((&read.audited, read.encode()), (&audited(), bytes.clone()));
        assert_eq!((read.checkpoint.origin(), read.checkpoint.size()), ("maku.example/log", 1234));
        assert_eq!(read.signed_checkpoint(), checkpoint(1234));
        assert_eq!(read.signer().unwrap().0, "auditor.example/a");
        assert!(read.is_of(auditor.verifier()) && read.is_of_log(log.verifier()));
        assert!(!read.is_of(log.verifier()) && !read.is_of_log(auditor.verifier()));
        let text = String::from_utf8(bytes).unwrap();
        let head = "panjereh-audit/v1\nscope record\nfrom 7\nacts 456\nerased 12\nnot-followed 0\noutcomes compared\n\
                    faults 1\nremarks 3\nfound A508 1\nfound A601 3\nprogram panjereh 0.1.0\nat 1795671000\n\nmaku.example/log\n1234\n";
        assert!(text.starts_with(head), "{text}");
        // Neither signature can be taken for one over something else.
        assert!(Checkpoint::open(text.as_bytes(), auditor.verifier(), &[]).is_err());
    }

    #[test]
    fn witnesses_on_the_checkpoint_are_left_out() {
        let (log, auditor) = keys();
        let witness = SignerKey::from_seed("w.example/w", Algorithm::CosignatureV1, &[3; 32]).unwrap();
        let mut signed = Note::parse(&checkpoint(3)).unwrap();
        signed.cosign(&witness, 1).unwrap();
        let audited = Audited { from: 0, ..audited() };
        let read = AuditNote::parse(&audited.sign(&signed.encode(), log.verifier(), &auditor).unwrap()).unwrap();
        assert_eq!(read.signed_checkpoint(), checkpoint(3));
        let other = SignerKey::from_seed("maku.example/log", Algorithm::Ed25519, &[9; 32]).unwrap();
        assert!(audited.sign(&signed.encode(), other.verifier(), &auditor).is_err(), "its log did not sign it");
    }

    #[test]
    fn whatever_is_changed_or_cut_is_refused_or_seen() {
        let (log, auditor) = keys();
        let bytes = note(&audited()).unwrap();
        let holds = |bytes: &[u8]| {
            AuditNote::parse(bytes).is_ok_and(|note| note.is_of(auditor.verifier()) && note.is_of_log(log.verifier()))
        };
        assert!(holds(&bytes));
        for at in 0..bytes.len() {
            assert!(!holds(&bytes[..at]), "cut at {at}");
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(!holds(&changed), "changed at {at}");
        }
        assert!(!holds(&[&bytes[..], b"\n"].concat()));
        let long = [&bytes[..], "— x AAAAAAA=\n".repeat(NOTE_BYTES_MAX / 8).as_bytes()].concat();
        assert!(matches!(AuditNote::parse(&long), Err(AuditNoteError::TooLong(_))));
    }

    #[test]
    fn lines_have_one_spelling_and_one_order() {
        let text = String::from_utf8(note(&audited()).unwrap()).unwrap();
        for (from, to, line) in [
            ("panjereh-audit/v1", "panjereh-audit/v2", 1),
            ("scope record", "scope all", 2),
            ("from 7", "from 07", 3),
            ("acts 456", "acts -1", 4),
            ("acts 456", "acts 9007199254740992", 4),
            ("erased 12\n", "", 5),
            ("outcomes compared", "outcomes fine", 7),
            ("outcomes compared\n", "", 7),
            ("found A508 1", "found A508 0", 10),
            ("found A508 1", "found a508 1", 10),
            ("found A508 1", "found A5080 1", 10),
            ("program panjereh", "program \u{202e}panjereh", 12),
            ("program panjereh 0.1.0", "program ", 12),
            ("at 1795671000", "at 1795671000\nat 1", 14),
        ] {
            let changed = text.replace(from, to);
            let Err(AuditNoteError::Line { line: at, .. }) = AuditNote::parse(changed.as_bytes()) else {
                panic!("{to}: {:?}", AuditNote::parse(changed.as_bytes()))
            };
            assert_eq!(at, line, "{to}");
        }
        for (from, to) in [
            ("faults 1", "faults 0"),
            ("found A601 3", "found A401 3"),
            ("from 7", "from 1235"),
            ("scope record", "scope log"),
        ] {
            let changed = text.replace(from, to);
            assert_eq!(AuditNote::parse(changed.as_bytes()), Err(AuditNoteError::Numbers), "{to}");
        }
        let twice = text.replacen("\n\n— auditor", "\n— maku.example/log AAAAAAA=\n\n— auditor", 1);
        assert_eq!(AuditNote::parse(twice.as_bytes()), Err(AuditNoteError::Signatures));
    }

    #[test]
    fn what_does_not_fit_is_not_signed() {
        assert!(note(&Audited { program: "x".repeat(61), ..audited() }).is_err());
        assert!(note(&Audited { acts: u64::MAX, ..audited() }).is_err());
        assert!(note(&Audited { from: 2000, ..audited() }).is_err());
    }
}
