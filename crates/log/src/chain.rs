//! Whether each case's leaves in the log hang together: every leaf names the one before it and is numbered after it, from 1, so one left out shows.
//!
//! It must not know what happens in a case. It remembers two numbers a case.

use std::collections::HashMap;

use crate::leaf::Leaf;

/// What was last seen of each case.
#[derive(Debug, Clone, Default)]
pub struct Chains {
    last: HashMap<[u8; 16], Link>,
}

#[derive(Debug, Clone, Copy)]
struct Link {
    index: u64,
    sequence: u64,
}

/// A leaf that does not follow on its case's last.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// It names another leaf as the one before it than the log holds.
    #[error("leaf {index} names {} as its case's previous leaf, but the log has {}", say(.named), say(.held))]
    Previous {
        /// The leaf's index.
        index: u64,
        /// The index that it names.
        named: Option<u64>,
        /// The index that the log holds.
        held: Option<u64>,
    },
    /// Its sequence number does not follow on the last: something of the case is not in the log.
    #[error("leaf {index} has sequence {found} in its case, where {} belongs", .last.saturating_add(1))]
    Sequence {
        /// The leaf's index.
        index: u64,
        /// Its sequence number.
        found: u64,
        /// The sequence number of the case's previous leaf; 0 where it has none.
        last: u64,
    },
}

fn say(index: &Option<u64>) -> String {
    index.map_or_else(|| "none".to_owned(), |index| format!("leaf {index}"))
}

impl Chains {
    /// No case seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many cases were seen.
    pub fn cases(&self) -> usize {
        self.last.len()
    }

    /// Takes the leaf at `index`; all leaves are to be given, in order from 0.
    pub fn see(&mut self, index: u64, leaf: &Leaf) -> Result<(), ChainError> {
        let last = self.last.insert(leaf.case, Link { index, sequence: leaf.sequence });
        let held = last.map(|link| link.index);
        if leaf.previous != held {
            return Err(ChainError::Previous { index, named: leaf.previous, held });
        }
        let last = last.map_or(0, |link| link.sequence);
        if last.checked_add(1) == Some(leaf.sequence) {
            Ok(())
        } else {
            Err(ChainError::Sequence { index, found: leaf.sequence, last })
        }
    }
}
