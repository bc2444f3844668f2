//! The zone's secret keys in a file that only its owner may read.
//!
//! Must not know of: what is signed.

use std::io::ErrorKind;
use std::path::Path;

use app::Keys;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::failure::Failure;
use crate::secret;

/// The file's content: seeds in hexadecimal.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(with = "hex::serde")]
    log: [u8; 32],
    #[serde(with = "hex::serde")]
    certificates: [u8; 32],
    /// The zone's VRF key for draws with a second institution; files of before have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lots: Option<String>,
}

/// The keys in the file, which is made when it is not there: from the system's randomness, or from a seed for a demonstration that shall come
/// out the same.
pub fn open(path: &Path, seed: Option<u64>) -> Result<Keys, Failure> {
    match secret::read(path) {
        Ok(text) => {
            let keys = read(path, &text)?;
            if seed.is_some_and(|seed| keys.log != seeded("log", seed)) {
                return Err(Failure::new(
                    format!("the keys in {} were not made from this seed", path.display()),
                    "leave --seed out to go on with them, or choose another folder with --dir",
                ));
            }
            Ok(keys)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => make(path, seed),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// The keys in a file that must be there.
pub fn open_existing(path: &Path) -> Result<Keys, Failure> {
    match secret::read(path) {
        Ok(text) => read(path, &text),
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
        Some(seed) => Ok(seeded(purpose, seed)),
        None => app::randomness(),
    };
    let file = File { log: key("log")?, certificates: key("certificates")?, lots: Some(hex::encode(key("lots")?)) };
    let text = toml::to_string(&file).map_err(|error| unreadable(path, &error))?;
    write(path, &text)?;
    Ok(Keys { log: file.log, certificates: file.certificates })
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    secret::write(path, text).map_err(|error| {
        Failure::new(
            format!("the keys cannot be written to {}: {error}", path.display()),
            "name a file in a folder that may be written",
        )
    })
}

/// The seed of the zone's key for draws with a second institution: a key of its own, which signs nothing.
pub fn lots(path: &Path) -> Result<[u8; 32], Failure> {
    let text = secret::read(path).map_err(|error| unreadable(path, &error))?;
    let file: File = toml::from_str(&text).map_err(|_| unreadable(path, &"it is not a file of keys"))?;
    let missing = || {
        let line = "add a line lots = \"...\" with 64 random hexadecimal digits, such as `openssl rand -hex 32` gives";
        Failure::new(format!("{} has no key for draws", path.display()), line)
    };
    seed(file.lots.as_deref().ok_or_else(missing)?).ok_or_else(missing)
}

/// The one seed in a file of its own, which is made from the system's randomness when it is not there.
pub fn open_single(path: &Path) -> Result<[u8; 32], Failure> {
    match secret::read(path) {
        Ok(text) => seed(text.trim()).ok_or_else(|| unreadable(path, &"it is not a key of 64 hexadecimal digits")),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let seed = app::randomness()?;
            write(path, &format!("{}\n", hex::encode(seed)))?;
            Ok(seed)
        }
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn seed(text: &str) -> Option<[u8; 32]> {
    let mut seed = [0_u8; 32];
    hex::decode_to_slice(text, &mut seed).ok()?;
    Some(seed)
}

/// A key that everybody who knows the seed can make: for demonstrations.
fn seeded(purpose: &str, seed: u64) -> [u8; 32] {
    Sha256::new_with_prefix(purpose).chain_update(seed.to_be_bytes()).finalize().into()
}

fn unreadable(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    let hint = "let its owner alone read it, or put it back from its copy; a new key would be another zone's";
    Failure::new(format!("the keys in {} cannot be read: {why}", path.display()), hint)
}
