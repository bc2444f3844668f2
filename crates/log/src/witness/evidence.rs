//! Two notes of one log that cannot both be true, and why, for anybody to check.
//!
//! It must not know who keeps it, nor when it was seen.

use std::fmt;

use crate::checkpoint::Checkpoint;
use crate::hash::Hash;
use crate::key::VerifierKey;
use crate::note::Note;
use crate::proof::{Head, roots};

/// Why the two notes do not go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// One size, two roots. Nothing else is needed.
    SameSize,
    /// The proof leads to the second note's root, and shows that its tree begins otherwise than the first note's.
    Fork {
        /// The consistency proof between the two sizes, true of the second tree.
        proof: Vec<Hash>,
        /// The root that the second tree had at the first note's size.
        root: Hash,
    },
    /// The proof that was sent does not lead from one to the other. It may have been made up, so this shows nothing by itself.
    Unproven {
        /// What was sent.
        proof: Vec<Hash>,
    },
}

/// Two notes that a log signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    first: Note,
    second: Note,
    why: Why,
}

impl Evidence {
    /// The two notes, the earlier seen first.
    pub const fn new(first: Note, second: Note, why: Why) -> Self {
        Self { first, second, why }
    }

    /// Why they do not go together.
    pub const fn why(&self) -> &Why {
        &self.why
    }

    /// Both notes.
    pub const fn notes(&self) -> (&Note, &Note) {
        (&self.first, &self.second)
    }

    /// Whether it proves that `log` signed two trees: both signatures hold, and both notes cannot be true.
    pub fn holds(&self, log: &VerifierKey) -> bool {
        let open = |note: &Note| Checkpoint::open(&note.encode(), log, &[]).map(|opened| opened.checkpoint);
        let (Ok(first), Ok(second)) = (open(&self.first), open(&self.second)) else { return false };
        match &self.why {
            Why::SameSize => first.size() == second.size() && first.root() != second.root(),
            Why::Fork { proof, root } => {
                let known = Head { size: first.size(), root: *first.root() };
                roots(&known, second.size(), proof) == Some((*root, *second.root())) && root != first.root()
            }
            Why::Unproven { .. } => false,
        }
    }
}

impl fmt::Display for Evidence {
    /// In words and in full: what anybody needs to check it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parse = |note: &Note| note.text().parse::<Checkpoint>().ok();
        let (Some(first), Some(second)) = (parse(&self.first), parse(&self.second)) else { return Err(fmt::Error) };
        let (origin, size) = (second.origin(), first.size());
        let mut hashes = None;
        match &self.why {
            Why::SameSize => writeln!(
                f,
                "A split view of {origin}.\n\nThe log's key signed both notes below. Both say that the log has {size} entries, but under two roots. \
                 {size} entries have one root (RFC 6962, section 2.1): the log has shown one tree to some and another to others."
            )?,
            Why::Fork { proof, root } => {
                hashes = Some(proof);
                writeln!(
                    f,
                    "A split view of {origin}.\n\nThe log's key signed both notes below. The proof beneath them (RFC 9162, section 2.1.4.2) leads to the \
                     root of the second, and shows that the first {size} entries of that tree have the root {root}; but the first note says that \
                     they have {}. {size} entries have one root: what was shown before was changed afterwards.",
                    first.root()
                )?;
            }
            Why::Unproven { proof } => {
                hashes = Some(proof);
                writeln!(
                    f,
                    "A doubt about {origin}; no proof of anything yet.\n\nThe log's key signed both notes below. What was sent with the second does not \
                     show that its {} entries begin with the {size} of the first. Either the proof was wrong, and whoever sent it need not have \
                     been the log, or the log signed two trees. Ask the log for a consistency proof between the two sizes: an honest log has one.",
                    second.size()
                )?;
            }
        }
        write!(f, "\n--- first note\n{}--- second note\n{}", text(&self.first), text(&self.second))?;
        if let Some(hashes) = hashes {
            writeln!(f, "--- proof from {size} to {}", second.size())?;
            hashes.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        }
        writeln!(f, "--- end")
    }
}

fn text(note: &Note) -> String {
    String::from_utf8_lossy(&note.encode()).into_owned()
}
