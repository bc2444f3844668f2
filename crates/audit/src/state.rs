//! Where an audit stopped, so that the next one goes on from there.
//!
//! Must not know of: where it is kept.
//!
//! One line of text, then JSON: `panjereh-audit-state 3 HASH`, where HASH is the hexadecimal SHA-256 of the JSON. It holds what the disclosure said of
//! cases, and so personal data. The hash shows damage, not malice: whoever may write your state file may also make it lie, so keep it where only
//! you can write.

use std::collections::HashMap;

use engine::CaseId;
use engine::case::Digest;
use engine::integrity::Figures;
use jiff::Timestamp;
use log::Hash;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::accounts::Accounts;
use crate::counts::Counts;
use crate::desks::Desks;
use crate::finding::Finding;
use crate::forgotten::Forgotten;
use crate::kept::Kept;
use crate::loads::Loads;
use crate::mandates::Mandates;
use crate::matters::Matters;
use crate::roster::Followed;
use crate::unfollowed::AtMost;

const MAGIC: &str = "panjereh-audit-state 3 ";

/// An audit as far as it came. A new one knows nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The log's origin; empty before the first run.
    pub(crate) origin: String,
    /// Whether there was a disclosure.
    pub(crate) disclosed: bool,
    /// The size that was verified.
    pub(crate) size: u64,
    /// Its root, base64.
    pub(crate) root: String,
    /// The first leaf whose event was not followed yet.
    pub(crate) from: u64,
    pub(crate) cases: HashMap<CaseId, Kept>,
    pub(crate) matters: Matters,
    #[serde(default)]
    pub(crate) roster: Followed,
    #[serde(default)]
    pub(crate) mandates: Mandates,
    /// By service: definitions in the order in which cases began under them, each with the first leaf.
    pub(crate) definitions: HashMap<String, Vec<(Digest, u64)>>,
    /// Leaf by receipt.
    pub(crate) receipts: HashMap<String, u64>,
    /// The latest time of any leaf.
    pub(crate) latest: Option<Timestamp>,
    pub(crate) desks: Desks,
    pub(crate) loads: Loads,
    pub(crate) accounts: Accounts,
    /// Whether the randomness of the last draw is proven.
    pub(crate) drew_with_proof: bool,
    #[serde(default)]
    pub(crate) forgotten: Forgotten,
    /// Where only the log is read: the last leaf of each case and its number.
    pub(crate) chains: HashMap<String, (u64, u64)>,
    pub(crate) counts: Counts,
    /// What the zone should publish of its own work.
    #[serde(default)]
    pub(crate) figures: Figures,
    /// What cases that cannot be followed add to it at most.
    pub(crate) at_most: AtMost,
    pub(crate) findings: Vec<Finding>,
    pub(crate) more: u64,
}

/// Why a state cannot be gone on from.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// Not a state, or of another version.
    #[error("this is no state of an audit that this version reads; leave it out to begin anew")]
    Unknown,
    /// Its bytes have another hash than it says.
    #[error("the state is damaged: its content does not have the hash in its first line; leave it out to begin anew")]
    Damaged,
    /// It is of another log.
    #[error("the state is of the log {state}, and this is {log}; name the state file of this log, or leave it out")]
    Foreign {
        /// The state's origin.
        state: String,
        /// The log's origin.
        log: String,
    },
    /// With and without a disclosure are two audits.
    #[error("the state is of an audit {0} a disclosure; go on in the same way, or begin anew with another state file")]
    Kind(&'static str),
}

impl State {
    /// The state's bytes.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn write(&self) -> Result<Vec<u8>, serde_json::Error> {
        let json = serde_json::to_vec(self)?;
        let line = format!("{MAGIC}{}\n", hex::encode(Sha256::digest(&json)));
        Ok([line.into_bytes(), json].concat())
    }

    /// Reads a state.
    ///
    /// # Errors
    /// [`StateError`] for anything but what [`State::write`] gave.
    pub fn read(bytes: &[u8]) -> Result<Self, StateError> {
        let rest = bytes.strip_prefix(MAGIC.as_bytes()).ok_or(StateError::Unknown)?;
        let (hash, json) = rest.split_at_checked(64).ok_or(StateError::Damaged)?;
        let json = json.strip_prefix(b"\n").ok_or(StateError::Damaged)?;
        if hash != hex::encode(Sha256::digest(json)).as_bytes() {
            return Err(StateError::Damaged);
        }
        serde_json::from_slice(json).map_err(|_| StateError::Unknown)
    }

    /// How far it has come: the size that was verified.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Looks whether it is of this log, and of the same kind of audit.
    pub(crate) fn fits(&self, origin: &str, disclosed: bool) -> Result<(), StateError> {
        if self.origin.is_empty() {
            return Ok(());
        }
        if self.origin != origin {
            return Err(StateError::Foreign { state: self.origin.clone(), log: origin.to_owned() });
        }
        match (self.disclosed, disclosed) {
            (true, false) => Err(StateError::Kind("with")),
            (false, true) => Err(StateError::Kind("without")),
            _ => Ok(()),
        }
    }

    /// The root that was verified.
    pub(crate) fn root(&self) -> Option<Hash> {
        Hash::from_base64(&self.root)
    }
}
