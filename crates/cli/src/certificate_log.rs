//! Whether the public log proves a certificate: its inclusion proof under a checkpoint that a policy accepts, and the entry that granted it.
//!
//! Must not know of: the certificate's own signature and dates.

use std::path::Path;

use credential::Certificate;
use log::tile::{Kind, TILE_WIDTH};
use log::{Leaf, TlogProof, reader};

use crate::failure::Failure;
use crate::log_reader::LogReader;
use crate::trust::Trusted;

/// What the log says of a certificate.
pub enum LogSays {
    /// The entry that granted it stands in the log.
    Proven {
        index: u64,
        size: u64,
        /// The witnesses that cosigned, and when.
        cosigned: Vec<(String, String)>,
    },
    /// It carries no proof yet.
    NotYet,
    /// It carries a proof that proves nothing of it.
    Refuted(String),
}

/// Looks in the log at a place, under a policy.
pub fn examine(certificate: &Certificate, place: &str, policy: &Path) -> Result<LogSays, Failure> {
    let trusted = Trusted::policy(policy)?;
    let files = LogReader::open(place)?;
    let Some(bytes) = certificate.inclusion() else { return Ok(LogSays::NotYet) };
    let proof = match TlogProof::parse(bytes) {
        Ok(proof) => proof,
        Err(error) => return Ok(LogSays::Refuted(error.to_string())),
    };
    let opened = match trusted.open(&proof.checkpoint().encode()) {
        Ok(opened) => opened,
        Err(error) => return Ok(LogSays::Refuted(error.to_string())),
    };
    let (index, size) = (proof.index(), opened.checkpoint.size());
    let entry = entry(&files, index, size)?;
    let leaf = Leaf::decode(&entry).ok().filter(|leaf| app::grants(leaf, certificate.claims()));
    if leaf.is_none() {
        return Ok(LogSays::Refuted(format!("entry {index} of the log did not grant this certificate")));
    }
    Ok(match proof.leads(&log::hash::leaf_hash(&entry), &opened.checkpoint) {
        Ok(()) => LogSays::Proven { index, size, cosigned: trusted.cosigned(&opened) },
        Err(error) => LogSays::Refuted(error.to_string()),
    })
}

/// One entry of the log; nothing where the proof names one that is not there.
fn entry(files: &LogReader, index: u64, size: u64) -> Result<Vec<u8>, Failure> {
    let width = u64::from(TILE_WIDTH);
    let bundle = log::Tile::in_tree(Kind::Entries, index.div_euclid(width), size);
    let Some(bundle) = bundle.filter(|_| index < size) else { return Ok(Vec::new()) };
    let entries = reader::read_entries(files, bundle).map_err(|error| {
        Failure::new(format!("the log {files} could not be read: {error}"), "name the log's URL or folder with --log")
    })?;
    let place = usize::try_from(index.rem_euclid(width)).unwrap_or(usize::MAX);
    Ok(entries.into_iter().nth(place).unwrap_or_default())
}

impl LogSays {
    /// Whether it speaks against the certificate.
    pub const fn refutes(&self) -> bool {
        matches!(self, Self::Refuted(_))
    }

    /// In a sentence.
    pub fn explain(&self) -> String {
        match self {
            Self::Proven { index, size, cosigned } => {
                let witnesses: String =
                    cosigned.iter().map(|(name, at)| format!(", cosigned by {name} at {at}")).collect();
                format!("proven by entry {index} of a log of {size}{witnesses}")
            }
            Self::NotYet => "it carries no proof of the log yet: ask the holder for a newer copy".to_owned(),
            Self::Refuted(why) => format!("the log does not prove it: {why}; do not accept it, and ask the zone"),
        }
    }

    /// For a program.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Self::Proven { index, size, cosigned } => {
                let names: Vec<_> =
                    cosigned.iter().map(|(name, at)| serde_json::json!({ "witness": name, "at": at })).collect();
                serde_json::json!({ "proven": true, "index": index, "size": size, "cosigned": names })
            }
            _ => serde_json::json!({ "proven": false, "why": self.explain() }),
        }
    }
}
