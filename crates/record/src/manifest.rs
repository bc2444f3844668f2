//! What a disclosure says of itself: `disclosure.json`.
//!
//! Must not know of: what is done with it. Nothing in it is believed that the log or a signature can show.

use std::collections::BTreeMap;

use engine::CaseId;
use engine::case::Digest;
use serde::{Deserialize, Serialize};

/// Where it stands in a disclosure.
pub const PATH: &str = "disclosure.json";
/// Where the statistics stand.
pub const STATISTICS: &str = "statistics.json";
/// The format that this version writes and reads.
pub const FORMAT: u32 = 2;

/// A disclosure's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: u32,
    /// That it holds personal data, for whoever opens the file.
    pub note: String,
    /// The zone.
    pub zone: String,
    /// The log's origin.
    pub origin: String,
    /// Events disclosed: the log's size.
    pub size: u64,
    /// The log's verifier key (C2SP signed-note).
    pub log_key: String,
    /// Public keys of certificates by key id, both hexadecimal.
    pub certificate_keys: BTreeMap<String, String>,
    /// The address in status references.
    pub base_url: String,
    /// The definition of each service that is published at this moment.
    pub published: BTreeMap<String, Digest>,
    /// How many certificates.
    pub certificates: u64,
    /// How many register records.
    pub records: u64,
    /// How many status lists.
    pub status_lists: u64,
    /// Whether the zone stood still while this was written: certificates, lists, registers and figures belong to exactly this log only then.
    pub quiet: bool,
    /// Cases with messages that were not delivered yet: their certificates may lag behind.
    pub waiting: Vec<CaseId>,
}

/// Why bytes are no manifest.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// Not the JSON that it should be.
    #[error("{PATH} cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// Of another format.
    #[error("{PATH} is of format {0}, and this version reads {FORMAT}; use the version that wrote it, or a newer one")]
    Format(u32),
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// [`ManifestError`].
    pub fn read(bytes: &[u8]) -> Result<Self, ManifestError> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let Format { format } = serde_json::from_slice(bytes)?;
        if format == FORMAT { Ok(serde_json::from_slice(bytes)?) } else { Err(ManifestError::Format(format)) }
    }
}

/// Where a definition stands.
pub fn definition_path(hash: &Digest) -> String {
    format!("definitions/{hash}.json")
}

/// Where the text of a table stands that functions rest on, by its SHA-256 in hexadecimal digits.
pub fn table_path(sha256: &str) -> String {
    format!("tables/{sha256}")
}

/// Where a document stands that a function was given or made, by its SHA-256.
pub fn document_path(sha256: &[u8; 32]) -> String {
    format!("documents/{}", hex::encode(sha256))
}

/// Where a status list stands.
pub fn status_path(number: u64) -> String {
    format!("status/{number}")
}
