//! The witness's folder and its key, which is made at the first start.
//!
//! Must not know of: what is signed.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use log::SignerKey;
use log::key::Algorithm;

use crate::failure::Failure;
use crate::secret;

/// The file of the key in the folder.
const FILE: &str = "key";

/// Makes the folder, for its owner alone, where it is not there.
pub fn make_folder(dir: &Path) -> Result<(), Failure> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|error| {
        Failure::new(format!("{}: {error}", dir.display()), "name a folder that may be written with --dir")
    })
}

/// The key in the folder; made when it is not there, and then `name` must be given.
pub fn open(dir: &Path, name: Option<&str>) -> Result<SignerKey, Failure> {
    let path = dir.join(FILE);
    let unreadable = |why: &dyn std::fmt::Display| {
        let hint = "let its owner alone read it, or put it back from its copy; a new key would be another witness's";
        Failure::new(format!("the key in {} cannot be read: {why}", path.display()), hint)
    };
    let text = match secret::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return make(&path, name),
        Err(error) => return Err(unreadable(&error)),
    };
    // The parser's message could show the key, so it is not passed on.
    let key: SignerKey = text.trim_end().parse().map_err(|_| unreadable(&"it is no signer key"))?;
    let verifier = key.verifier();
    if verifier.algorithm() != Algorithm::CosignatureV1 {
        return Err(unreadable(&"it is not a witness's key (type 0x04)"));
    }
    match name {
        Some(name) if name != verifier.name() => Err(Failure::new(
            format!("the key in {} is of {}, not of {name}", path.display(), verifier.name()),
            "leave --name out, or choose another folder with --dir: a witness keeps its name",
        )),
        _ => Ok(key),
    }
}

fn make(path: &Path, name: Option<&str>) -> Result<SignerKey, Failure> {
    let hint = "give --name, a URL without https:// that says whose it is, such as --name witness.example/w1";
    let name = name.ok_or_else(|| Failure::new("a new witness needs a name", hint))?;
    let key = SignerKey::from_seed(name, Algorithm::CosignatureV1, &app::randomness()?)
        .map_err(|error| Failure::new(error, hint))?;
    secret::write(path, &format!("{}\n", key.encode_secret())).map_err(|error| {
        Failure::new(
            format!("the key cannot be written to {}: {error}", path.display()),
            "name a folder that may be written",
        )
    })?;
    Ok(key)
}
