//! The settings of a zone that is served, each of the kind it must be.
//!
//! Must not know of: how the zone runs.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use app::{Applicants, Identity, Officers};
use clap::Args;
use log::VerifierKey;

use crate::failure::Failure;
use crate::identity;
use crate::lots::Lots;
use crate::place::{Address, Place, StoreAt};
use crate::secret;
use crate::settings::{HELP, Source, Written};

/// The file of settings that is read when none is named.
const USUAL_FILE: &str = "panjereh.toml";

/// Where the settings are.
#[derive(Args)]
pub struct ConfigFile {
    /// The file of settings (TOML); panjereh.toml when it is there. Each setting may be given in the environment instead.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// A zone's settings.
#[derive(Debug)]
pub struct Config {
    pub listen: SocketAddr,
    pub zone: PathBuf,
    pub place: Place,
    pub origin: String,
    pub base_url: String,
    pub font: Option<PathBuf>,
    pub nomenclature: Vec<PathBuf>,
    pub lots: Lots,
    pub officers: Officers,
    pub identity: Option<Identity>,
    pub applicants: Applicants,
    pub open_metrics: bool,
    pub witness_policy: Option<PathBuf>,
    pub auditors: Vec<VerifierKey>,
    pub pack_lives_s: i64,
    pub log: String,
    pub log_format: LogFormat,
}

/// How the program's own log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Json,
    Text,
}

impl ConfigFile {
    /// The settings that the file and the environment give.
    pub fn read(&self) -> Result<Config, Failure> {
        let usual = Path::new(USUAL_FILE);
        let file = self.config.as_deref().or_else(|| usual.is_file().then_some(usual));
        Config::of(&Written::read(file, std::env::vars_os())?)
    }
}

impl Config {
    fn of(written: &Written) -> Result<Self, Failure> {
        let (identity, applicants) = identity::of(written)?;
        Ok(Self {
            identity,
            applicants,
            listen: typed(written, "listen", "an address and a port, such as 127.0.0.1:8080", |text| {
                text.parse().ok()
            })?,
            zone: path(written, "zone")?.ok_or_else(|| wrong("zone", &Source::Default, "the zone's folder"))?,
            place: place(written)?,
            origin: typed(
                written,
                "origin",
                "the log's name: a URL without https:// and without a slash at its end",
                origin,
            )?,
            base_url: typed(written, "base_url", "https://HOST, or http://HOST:PORT on this machine", base_url)?,
            font: path(written, "font")?,
            nomenclature: written.get("nomenclature")?.0.split_whitespace().map(PathBuf::from).collect(),
            lots: Lots::of(written)?,
            officers: typed(written, "officers", "passkey or link", officers)?,
            open_metrics: typed(written, "open_metrics", "true or false", |text| text.parse().ok())?,
            witness_policy: path(written, "witness_policy")?,
            auditors: typed(
                written,
                "auditors",
                "auditors' verifier keys (NAME+ID+BASE64) with spaces between",
                auditors,
            )?,
            pack_lives_s: typed(written, "pack_hours", "a whole number of hours from 1 to 8784", pack_lives_s)?,
            log: written.get("log")?.0.to_owned(),
            log_format: typed(written, "log_format", "json or text", log_format)?,
        })
    }
}

fn place(written: &Written) -> Result<Place, Failure> {
    let keys = path(written, "keys")?.ok_or_else(|| wrong("keys", &Source::Default, "the file of the zone's keys"))?;
    let objects =
        typed(written, "objects", "a folder, or s3://BUCKET", |text| (!text.is_empty()).then(|| text.to_owned()))?;
    Ok(Place { store: store(written)?, objects, keys })
}

fn store(written: &Written) -> Result<StoreAt, Failure> {
    let (text, source) = written.get("store")?;
    let password = path(written, "store_password_file")?;
    if text.is_empty() {
        return Err(wrong("store", &source, "a file, or postgres://USER@HOST/DATABASE"));
    }
    if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
        return Ok(StoreAt::Sqlite(text.into()));
    }
    let address = Address(text.to_owned());
    match (password, &source) {
        (Some(path), _) => {
            let password = secret::read(&path).map_err(|error| {
                Failure::new(
                    format!("store_password_file {}: {error}", path.display()),
                    "let it hold the password in one line, readable by its owner alone",
                )
            })?;
            Ok(StoreAt::Postgres(address.with_password(password.trim_end_matches(['\r', '\n']))))
        }
        (None, Source::File(file)) if address.has_password() => {
            let hint = "or put the password into a file of its own and name that in store_password_file";
            let unsafe_file = |error| Failure::new(format!("{file} holds the database's password, and {error}"), hint);
            secret::read(Path::new(file)).map_err(unsafe_file)?;
            Ok(StoreAt::Postgres(address))
        }
        (None, _) => Ok(StoreAt::Postgres(address)),
    }
}

/// A setting read as what it must be. What was written is not repeated: a value in the wrong place may be a secret.
fn typed<T>(written: &Written, key: &str, expected: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T, Failure> {
    let (text, source) = written.get(key)?;
    read(text).ok_or_else(|| wrong(key, &source, expected))
}

/// A path; none where it was left empty.
fn path(written: &Written, key: &str) -> Result<Option<PathBuf>, Failure> {
    let (text, _) = written.get(key)?;
    Ok((!text.is_empty()).then(|| text.into()))
}

fn wrong(key: &str, source: &Source, expected: &str) -> Failure {
    Failure::new(format!("{source}: the setting {key} must be {expected}"), HELP)
}

/// An origin is a key's name in a signed note (C2SP signed-note): not empty, without white space and plus signs.
fn origin(text: &str) -> Option<String> {
    let fits = !text.is_empty() && !text.contains("://") && !text.ends_with('/');
    (fits && !text.contains(|character: char| character.is_whitespace() || character == '+')).then(|| text.to_owned())
}

fn base_url(text: &str) -> Option<String> {
    let trimmed = text.trim_end_matches('/');
    let host = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://"))?;
    let odd = |character: char| character.is_whitespace() || "/?#@".contains(character);
    (!host.is_empty() && !host.contains(odd)).then(|| trimmed.to_owned())
}

/// At most a year, as a leap year has it.
fn pack_lives_s(text: &str) -> Option<i64> {
    text.parse::<i64>().ok().filter(|hours| (1..=8784).contains(hours)).map(|hours| hours.saturating_mul(3600))
}

/// What each must be besides is seen where they are named to the zone.
fn auditors(text: &str) -> Option<Vec<VerifierKey>> {
    text.split_whitespace().map(|key| key.parse().ok()).collect()
}

fn officers(text: &str) -> Option<Officers> {
    match text {
        "passkey" => Some(Officers::Passkey),
        "link" => Some(Officers::Link),
        _ => None,
    }
}

fn log_format(text: &str) -> Option<LogFormat> {
    match text {
        "json" => Some(LogFormat::Json),
        "text" => Some(LogFormat::Text),
        _ => None,
    }
}
