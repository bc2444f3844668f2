//! The identity provider of a zone and how applicants sign in, as the settings say.
//!
//! Must not know of: what a provider says.

use std::collections::BTreeMap;
use std::path::Path;

use app::credential::openid::is_safe;
use app::{Applicants, ClientSecret, Identity};

use crate::failure::Failure;
use crate::secret;
use crate::settings::{HELP, Source, Written};

/// The languages in which a provider has a name.
const LANGUAGES: [(&str, &str); 2] = [("fa", "identity_name_fa"), ("en", "identity_name_en")];

/// What the settings say: the provider, if one is joined, and how applicants sign in.
pub fn of(written: &Written) -> Result<(Option<Identity>, Applicants), Failure> {
    let identity = provider(written)?;
    let (text, source) = written.get("applicants")?;
    let applicants = match (text, &identity) {
        ("", None) | ("link", _) => Applicants::Link,
        ("", Some(_)) | ("provider", Some(_)) => Applicants::Provider,
        ("either", Some(_)) => Applicants::Either,
        ("provider" | "either", None) => {
            let hint = "name the provider in identity_issuer and identity_client, or write applicants = \"link\"";
            return Err(Failure::new(
                format!("{source}: applicants is {text}, and there is no identity provider"),
                hint,
            ));
        }
        _ => return Err(wrong("applicants", &source, "link, provider or either")),
    };
    Ok((identity, applicants))
}

fn provider(written: &Written) -> Result<Option<Identity>, Failure> {
    let (issuer, source) = written.get("identity_issuer")?;
    if issuer.is_empty() {
        return Ok(None);
    }
    if !is_safe(issuer, true) || issuer.contains('?') {
        let expected = "the provider's issuer, https://HOST as it writes it itself; http:// on this machine alone";
        return Err(wrong("identity_issuer", &source, expected));
    }
    let text = |key: &'static str, expected: &str| -> Result<String, Failure> {
        let (text, source) = written.get(key)?;
        if text.is_empty() { Err(wrong(key, &source, expected)) } else { Ok(text.to_owned()) }
    };
    let scopes = text("identity_scopes", "scopes with spaces between, openid among them")?;
    if !scopes.split(' ').any(|scope| scope == "openid") {
        let source = written.get("identity_scopes")?.1;
        return Err(wrong("identity_scopes", &source, "scopes with spaces between, openid among them"));
    }
    let mut names = BTreeMap::new();
    for (language, key) in LANGUAGES {
        let name = written.get(key)?.0;
        if !name.is_empty() {
            names.insert(language.to_owned(), name.to_owned());
        }
    }
    Ok(Some(Identity {
        issuer: issuer.to_owned(),
        client: text("identity_client", "the client id that the provider gave this zone")?,
        secret: client_secret(written)?,
        scopes,
        claim: text("identity_claim", "the claim that holds a person's id, such as sub")?,
        names,
    }))
}

/// The client's secret: from a file of its own, from the environment, or from a file of settings that nobody else may read.
fn client_secret(written: &Written) -> Result<Option<ClientSecret>, Failure> {
    let (file, _) = written.get("identity_secret_file")?;
    let (text, source) = written.get("identity_secret")?;
    if !file.is_empty() {
        let read = secret::read(Path::new(file)).map_err(|error| {
            let hint = "let it hold the client's secret in one line, readable by its owner alone";
            Failure::new(format!("identity_secret_file {file}: {error}"), hint)
        })?;
        let line = read.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            return Err(Failure::new(format!("identity_secret_file {file}: it is empty"), "write the secret into it"));
        }
        return Ok(Some(ClientSecret(line.to_owned())));
    }
    if text.is_empty() {
        return Ok(None);
    }
    if let Source::File(file) = &source {
        let unsafe_file = |error| {
            let hint = "or put the secret into a file of its own and name that in identity_secret_file";
            Failure::new(format!("{file} holds the client's secret, and {error}"), hint)
        };
        secret::read(Path::new(file)).map_err(unsafe_file)?;
    }
    Ok(Some(ClientSecret(text.to_owned())))
}

fn wrong(key: &str, source: &Source, expected: &str) -> Failure {
    Failure::new(format!("{source}: the setting {key} must be {expected}"), HELP)
}
