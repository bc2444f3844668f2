//! The settings of a zone that is served: their names, defaults and meaning, and where each value came from, the file or the environment.
//!
//! Must not know of: what is done with them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::Path;

use toml::Value;

use crate::failure::Failure;

/// One setting.
pub struct Setting {
    /// Its key in the file; in the environment it is in capitals, with [`PREFIX`].
    pub key: &'static str,
    /// What holds without it; none where it has to be given, an empty text where it may be left out.
    pub default: Option<&'static str>,
}

/// What begins the name of a setting in the environment.
pub const PREFIX: &str = "PANJEREH_";
/// Variables of the tests, which are no settings.
const OF_TESTS: [&str; 2] = ["PANJEREH_TEST_POSTGRES", "PANJEREH_PG_BIN"];

/// All settings. `serve --help` and `docs/operating.md` say what each means.
pub const SETTINGS: [Setting; 31] = [
    Setting { key: "applicants", default: Some("") },
    Setting { key: "auditors", default: Some("") },
    Setting { key: "base_url", default: None },
    Setting { key: "font", default: Some("") },
    Setting { key: "identity_claim", default: Some("sub") },
    Setting { key: "identity_client", default: Some("") },
    Setting { key: "identity_issuer", default: Some("") },
    Setting { key: "identity_name_en", default: Some("") },
    Setting { key: "identity_name_fa", default: Some("") },
    Setting { key: "identity_scopes", default: Some("openid profile") },
    Setting { key: "identity_secret", default: Some("") },
    Setting { key: "identity_secret_file", default: Some("") },
    Setting { key: "keys", default: None },
    Setting { key: "listen", default: Some("127.0.0.1:8080") },
    Setting { key: "log", default: Some("info") },
    Setting { key: "log_format", default: Some("json") },
    Setting { key: "lots", default: Some("local") },
    Setting { key: "lots_chain", default: Some("") },
    Setting { key: "lots_institution", default: Some("") },
    Setting { key: "lots_institution_key", default: Some("") },
    Setting {
        key: "lots_relays",
        default: Some("https://api.drand.sh https://api2.drand.sh https://api3.drand.sh https://drand.cloudflare.com"),
    },
    Setting { key: "nomenclature", default: Some("") },
    Setting { key: "objects", default: None },
    Setting { key: "officers", default: Some("passkey") },
    Setting { key: "open_metrics", default: Some("false") },
    Setting { key: "origin", default: None },
    Setting { key: "pack_hours", default: Some("24") },
    Setting { key: "store", default: None },
    Setting { key: "store_password_file", default: Some("") },
    Setting { key: "witness_policy", default: Some("") },
    Setting { key: "zone", default: None },
];

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// It was not given.
    Default,
    /// A file.
    File(String),
    /// A variable of the environment.
    Environment(String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("the default"),
            Self::File(path) => f.write_str(path),
            Self::Environment(name) => f.write_str(name),
        }
    }
}

/// Values as they were written.
#[derive(Debug)]
pub struct Written(BTreeMap<&'static str, (String, Source)>);

impl Written {
    /// What the file and the environment say; the environment overrides the file.
    pub fn read(file: Option<&Path>, environment: impl Iterator<Item = (OsString, OsString)>) -> Result<Self, Failure> {
        let mut written = BTreeMap::new();
        if let Some(file) = file {
            for (key, value) in table(file)? {
                let place = file.display().to_string();
                let setting = known(&key, &place)?;
                let text = scalar(&value).ok_or_else(|| {
                    Failure::new(format!("{place}: {key} is no text"), format!("write {key} = \"...\""))
                })?;
                written.insert(setting.key, (text, Source::File(place)));
            }
        }
        for (name, value) in environment {
            let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX) && !OF_TESTS.contains(name)) else {
                continue;
            };
            let setting = known(&name.trim_start_matches(PREFIX).to_lowercase(), "the environment")?;
            let text = value.into_string().map_err(|_| Failure::new(format!("{name} is not UTF-8"), "set it again"))?;
            written.insert(setting.key, (text, Source::Environment(name.to_owned())));
        }
        Ok(Self(written))
    }

    /// A value and where it came from; its default where it was not given.
    pub fn get(&self, key: &str) -> Result<(&str, Source), Failure> {
        if let Some((text, source)) = self.0.get(key) {
            return Ok((text, source.clone()));
        }
        let setting = SETTINGS.iter().find(|setting| setting.key == key);
        let default = setting.and_then(|setting| setting.default).ok_or_else(|| {
            let hint = format!("write it in the file of settings, or set {}; {HELP}", variable(key));
            Failure::new(format!("the setting {key} is missing"), hint)
        })?;
        Ok((default, Source::Default))
    }
}

/// Where the settings are explained.
pub const HELP: &str = "`panjereh serve --help` explains the settings";

/// A setting's name in the environment.
pub fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.to_uppercase())
}

/// The file's pairs. The parser's own text would show the line, in which a password may stand, so only its place is told.
fn table(file: &Path) -> Result<toml::Table, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        Failure::new(format!("{}: {error}", file.display()), "name the file of settings with --config")
    })?;
    text.parse::<toml::Table>().map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count().saturating_add(1);
        let column = before.chars().rev().take_while(|character| *character != '\n').count().saturating_add(1);
        let why = error.message().lines().next().unwrap_or_default();
        Failure::new(format!("{}:{line}:{column}: {why}", file.display()), "a setting reads key = \"value\" (TOML)")
    })
}

fn known(key: &str, place: &str) -> Result<&'static Setting, Failure> {
    SETTINGS.iter().find(|setting| setting.key == key).ok_or_else(|| {
        let hint = match definition::nearest(key, SETTINGS.iter().map(|setting| setting.key)) {
            Some(near) if place == "the environment" => format!("{} was probably meant; {HELP}", variable(near)),
            Some(near) => format!("{near} was probably meant; {HELP}"),
            None => HELP.to_owned(),
        };
        let key: String = key.chars().filter(|character| !character.is_control()).take(60).collect();
        Failure::new(format!("{place}: there is no setting {key}"), hint)
    })
}

/// A setting's text. A whole number and a truth need no quotation marks in TOML; a number with a point and all the rest is no setting's.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Boolean(flag) => Some(flag.to_string()),
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}
