//! Certificates, register records and statistics as a disclosure has them: one JSON object a line.
//!
//! Must not know of: how many lines a file has.

use engine::integrity::Figures;
use engine::integrity::chance::Chance;
use engine::world::Record;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Lines of a file, but for the last.
pub const LINES_PER_FILE: u64 = 1000;

/// A certificate as the zone keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateLine {
    /// The log position of the event that issued it.
    pub position: u64,
    /// The COSE message, hexadecimal.
    #[serde(with = "hex::serde")]
    pub message: Vec<u8>,
}

/// A register's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordLine {
    /// The register.
    pub register: String,
    /// The record's key.
    pub key: String,
    /// The record.
    pub record: Record,
}

/// How many cases stand somewhere, as the zone shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueueFigure {
    /// The authority.
    pub authority: String,
    /// The service.
    pub service: String,
    /// The stage.
    pub stage: String,
    /// The outcome, when it is an end.
    pub outcome: Option<String>,
    /// How many cases.
    pub cases: u64,
}

/// The figures that the zone shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statistics {
    /// At this size of the log.
    pub size: u64,
    /// Cases by where they stand.
    pub queues: Vec<QueueFigure>,
    /// What it publishes of its own work, without the single draws.
    pub figures: Figures,
    /// Whether officers and applicants meet by chance.
    pub chance: Option<Chance>,
}

/// The objects of a file of lines.
///
/// # Errors
/// Names the line, from 1.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<Vec<T>, (usize, serde_json::Error)> {
    let lines = bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty());
    lines.map(|(place, line)| serde_json::from_slice(line).map_err(|error| (place.saturating_add(1), error))).collect()
}

/// The lines of these objects.
///
/// # Errors
/// When one cannot be written as JSON.
pub fn write<T: Serialize>(objects: &[T]) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = Vec::new();
    for object in objects {
        serde_json::to_writer(&mut bytes, object)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// The files of so many lines.
pub fn files(folder: &str, lines: u64) -> impl Iterator<Item = String> {
    let folder = folder.to_owned();
    (0..lines.div_ceil(LINES_PER_FILE)).map(move |number| format!("{folder}/{number}.jsonl"))
}
