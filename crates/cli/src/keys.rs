//! The zone's secret keys in a file that only its owner may read.
//!
//! Must not know of: what is signed.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use app::Keys;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::failure::Failure;

/// The file's content: seeds in hexadecimal.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(with = "hex::serde")]
    log: [u8; 32],
    #[serde(with = "hex::serde")]
    certificates: [u8; 32],
}

/// The keys in the file, which is made when it is not there: from the system's randomness, or from a seed for a demonstration that shall come
/// out the same.
pub fn open(path: &Path, seed: Option<u64>) -> Result<Keys, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => read(path, &text),
        Err(error) if error.kind() == ErrorKind::NotFound => make(path, seed),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn read(path: &Path, text: &str) -> Result<Keys, Failure> {
    // The parser's message could show a key, so it is not passed on.
    let file: File = toml::from_str(text).map_err(|_| unreadable(path, &"it is not a file of keys"))?;
    Ok(Keys { log: file.log, certificates: file.certificates })
}

fn make(path: &Path, seed: Option<u64>) -> Result<Keys, Failure> {
    let key = |purpose: &str| match seed {
        Some(seed) => Ok(Sha256::new_with_prefix(purpose).chain_update(seed.to_be_bytes()).finalize().into()),
        None => app::randomness(),
    };
    let file = File { log: key("log")?, certificates: key("certificates")? };
    let text = toml::to_string(&file).map_err(|error| unreadable(path, &error))?;
    let mut out = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()?;
    Ok(Keys { log: file.log, certificates: file.certificates })
}

fn unreadable(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    let hint = "put the zone's key file back from its copy; a new key would be another zone's";
    Failure::new(format!("the keys in {} cannot be read: {why}", path.display()), hint)
}
