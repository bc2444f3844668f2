//! The log's files from a folder or a server, for checking.
//!
//! Must not know of: what is in them.

use std::fmt;
use std::io::{ErrorKind, Read as _};
use std::path::PathBuf;
use std::time::Duration;

use log::bundle::MAX_BUNDLE_BYTES;
use log::{ReadError, TileReader};
use reqwest::StatusCode;
use reqwest::blocking::Client;

use crate::failure::{Failure, whole};

/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A folder or a server with a log.
pub enum LogReader {
    Folder(PathBuf),
    Server { base: String, client: Client },
}

impl LogReader {
    /// The log at a URL or in a folder.
    pub fn open(place: &str) -> Result<Self, Failure> {
        if !place.starts_with("http://") && !place.starts_with("https://") {
            let folder = PathBuf::from(place);
            return if folder.is_dir() {
                Ok(Self::Folder(within(folder)))
            } else {
                Err(Failure::new(
                    format!("{place} is no folder"),
                    "name a log's folder, or its URL with http:// or https://",
                ))
            };
        }
        app::choose_tls();
        let client = Client::builder().timeout(PATIENCE).build();
        let client = client.map_err(|error| Failure::new(error, "check the system's TLS certificates"))?;
        Ok(Self::Server { base: place.trim_end_matches('/').to_owned(), client })
    }
}

/// Where in a folder the log is: in itself, among a zone's objects, or in a demonstration's or a backup's folder.
fn within(folder: PathBuf) -> PathBuf {
    let places = ["", "log", "objects/log"].map(|place| folder.join(place));
    let holds = |place: &&PathBuf| place.join(log::checkpoint::PATH).is_file() || place.join("tile").is_dir();
    places.iter().find(holds).cloned().unwrap_or(folder)
}

impl fmt::Display for LogReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => folder.display().fmt(f),
            Self::Server { base, .. } => f.write_str(base),
        }
    }
}

impl TileReader for LogReader {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self {
            Self::Folder(folder) => std::fs::read(folder.join(path)).map_err(|error| match error.kind() {
                ErrorKind::NotFound => ReadError::NotFound,
                _ => ReadError::Failed(error.to_string()),
            }),
            Self::Server { base, client } => fetch(client, &format!("{base}/{path}")),
        }
    }
}

fn fetch(client: &Client, url: &str) -> Result<Vec<u8>, ReadError> {
    let failed = |error: &dyn std::fmt::Display| ReadError::Failed(error.to_string());
    let response = client.get(url).send().map_err(|error| failed(&whole(&error.without_url())))?;
    if response.status() == StatusCode::NOT_FOUND {
        return Err(ReadError::NotFound);
    }
    let response = response.error_for_status().map_err(|error| failed(&error.without_url()))?;
    let mut bytes = Vec::new();
    let limit = MAX_BUNDLE_BYTES as u64;
    response.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    if bytes.len() as u64 > limit { Err(failed(&"longer than any file of a log")) } else { Ok(bytes) }
}
