//! `panjereh auditor key`: the auditor's key in a file of its own.
//!
//! Must not know of: what is signed.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use log::SignerKey;
use log::key::Algorithm;
use serde_json::json;

use crate::failure::Failure;
use crate::secret;
use crate::shared::{print_json, say};

/// Make the key that an auditor signs with, or show the public half of one that is there.
///
/// Give the verifier key that is printed to the zone's operator, who names it in the setting `auditors`, and publish it yourself: whoever reads your
/// notes needs it from you. Keep the file: it is all that shows that a note is yours.
///
/// Exit codes: 0 done, 2 it could not run.
#[derive(Args)]
pub struct Key {
    /// The file of the key, which only its owner may read; made when it is not there.
    file: PathBuf,
    /// The auditor's name, a URL without https:// such as audit-court.example/1; only needed when the key is made.
    #[arg(long)]
    name: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Key {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let key = match secret::read(&self.file) {
            Err(error) if error.kind() == ErrorKind::NotFound => make(&self.file, self.name.as_deref())?,
            _ => self.there()?,
        };
        if self.json {
            print_json(&json!({ "name": key.verifier().name(), "verifier_key": key.verifier().to_string() }))?;
        } else {
            say(key.verifier())?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn there(&self) -> Result<SignerKey, Failure> {
        let key = open(&self.file)?;
        match &self.name {
            Some(name) if name != key.verifier().name() => Err(Failure::new(
                format!("the key in {} is of {}, not of {name}", self.file.display(), key.verifier().name()),
                "leave --name out, or name another file: a key keeps its name",
            )),
            _ => Ok(key),
        }
    }
}

/// The key in a file that must be there.
pub fn open(path: &Path) -> Result<SignerKey, Failure> {
    let unreadable = |why: &dyn std::fmt::Display| {
        let hint = "name a file that `panjereh auditor key FILE --name NAME` made, which its owner alone may read";
        Failure::new(format!("the auditor's key in {} cannot be read: {why}", path.display()), hint)
    };
    let text = secret::read(path).map_err(|error| unreadable(&error))?;
    // The parser's message could show the key, so it is not passed on.
    let key: SignerKey = text.trim_end().parse().map_err(|_| unreadable(&"it is no signer key"))?;
    match key.verifier().algorithm() {
        Algorithm::Ed25519 => Ok(key),
        Algorithm::CosignatureV1 => Err(unreadable(&"it is a witness's key (type 0x04)")),
    }
}

fn make(path: &Path, name: Option<&str>) -> Result<SignerKey, Failure> {
    let hint = "give --name, a URL without https:// that says whose it is, such as --name audit-court.example/1";
    let name = name.ok_or_else(|| Failure::new("a new key needs a name", hint))?;
    let key = SignerKey::from_seed(name, Algorithm::Ed25519, &app::randomness()?)
        .map_err(|error| Failure::new(error, hint))?;
    secret::write(path, &format!("{}\n", key.encode_secret())).map_err(|error| {
        Failure::new(
            format!("the key cannot be written to {}: {error}", path.display()),
            "name a file in a folder that may be written",
        )
    })?;
    Ok(key)
}
