//! The provider as this process knows it: its description and its keys, fetched when they are needed and kept for an hour; and what is asked of it.
//!
//! Must not know of: who signs in.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use credential::openid::{
    ANSWER_BYTES_MAX, Claims, DISCOVERY_BYTES_MAX, Discovered, KEY_SET_BYTES_MAX, KeySet, OpenIdFault, Tokens,
    claims_about, form, is_safe,
};
use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use serde::Deserialize;
use tokio::sync::Mutex;

use super::asking::{Asker, read};
use super::{Identity, IdentityError};
use crate::AppError;

/// How long what a provider says of itself is believed: it changes when its operator changes it.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(1);
/// How often keys are fetched again because a token names none of them: whoever makes up tokens must not be able to send us there at will.
const KEYS_ANEW_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// How long nobody asks again after the provider could not be reached.
const AWAY_FOR: SignedDuration = SignedDuration::from_secs(5);

/// A joined provider.
#[derive(Debug)]
pub(crate) struct Provider {
    settings: Identity,
    asker: Asker,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    discovered: Option<(Timestamp, Arc<Discovered>)>,
    keys: Option<(Timestamp, Arc<KeySet>)>,
    keys_anew: Option<Timestamp>,
    away: Option<(Timestamp, IdentityError)>,
}

impl Known {
    /// Whether it may be asked: many who wait would otherwise each wait for the same silence, one after the other.
    fn is_there(&self, now: Timestamp) -> Result<(), IdentityError> {
        match &self.away {
            Some((at, error)) if within(*at, now, AWAY_FOR) => Err(error.clone()),
            _ => Ok(()),
        }
    }
}

fn within(at: Timestamp, now: Timestamp, span: SignedDuration) -> bool {
    now.duration_since(at) < span
}

impl Provider {
    pub(super) fn new(settings: Identity) -> Result<Self, AppError> {
        if !is_safe(&settings.issuer, true) || settings.issuer.contains('?') {
            return Err(AppError::Internal("the issuer of the identity provider is no https address".to_owned()));
        }
        Ok(Self { settings, asker: Asker::new()?, known: Mutex::default() })
    }

    pub(super) fn settings(&self) -> &Identity {
        &self.settings
    }

    /// What it says of itself.
    pub(super) async fn discovered(&self, now: Timestamp) -> Result<Arc<Discovered>, IdentityError> {
        let mut known = self.known.lock().await;
        match &known.discovered {
            Some((at, discovered)) if within(*at, now, KNOWN_FOR) => return Ok(Arc::clone(discovered)),
            _ => {}
        }
        known.is_there(now)?;
        let address = Discovered::address(&self.settings.issuer);
        let found = self
            .fetch(&address, DISCOVERY_BYTES_MAX)
            .await
            .and_then(|json| Ok(Discovered::read(&json, &self.settings.issuer, self.settings.secret.is_none())?));
        match found {
            Ok(discovered) => {
                let discovered = Arc::new(discovered);
                known.discovered = Some((now, Arc::clone(&discovered)));
                known.away = None;
                Ok(discovered)
            }
            Err(error) => {
                known.away = Some((now, error.clone()));
                Err(error)
            }
        }
    }

    /// Its keys.
    pub(super) async fn keys(&self, discovered: &Discovered, now: Timestamp) -> Result<Arc<KeySet>, IdentityError> {
        let mut known = self.known.lock().await;
        match &known.keys {
            Some((at, keys)) if within(*at, now, KNOWN_FOR) => Ok(Arc::clone(keys)),
            _ => {
                known.is_there(now)?;
                self.fetch_keys(&mut known, discovered, now).await
            }
        }
    }

    /// Its keys as they are now, if they were not fetched anew a moment ago.
    pub(super) async fn keys_anew(
        &self,
        discovered: &Discovered,
        now: Timestamp,
    ) -> Result<Arc<KeySet>, IdentityError> {
        let mut known = self.known.lock().await;
        if known.keys_anew.is_some_and(|at| within(at, now, KEYS_ANEW_EVERY)) {
            return Err(OpenIdFault::UnknownKey.into());
        }
        known.keys_anew = Some(now);
        self.fetch_keys(&mut known, discovered, now).await
    }

    async fn fetch_keys(
        &self,
        known: &mut Known,
        discovered: &Discovered,
        now: Timestamp,
    ) -> Result<Arc<KeySet>, IdentityError> {
        let found = self.fetch(&discovered.keys, KEY_SET_BYTES_MAX).await.and_then(|json| Ok(KeySet::read(&json)?));
        let keys = Arc::new(found.inspect_err(|error| known.away = Some((now, error.clone())))?);
        known.keys = Some((now, Arc::clone(&keys)));
        Ok(keys)
    }

    async fn fetch(&self, address: &str, bytes_max: usize) -> Result<Vec<u8>, IdentityError> {
        let (status, body) = read(self.asker.get(address), bytes_max).await?;
        if status == StatusCode::OK { Ok(body) } else { Err(IdentityError::Away(format!("it answers {status}"))) }
    }

    /// Exchanges a code for tokens (RFC 6749, section 4.1.3; RFC 7636, section 4.5).
    pub(super) async fn exchange(
        &self,
        discovered: &Discovered,
        code: &str,
        redirect: &str,
        verifier: &str,
    ) -> Result<Tokens, IdentityError> {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        let client = self.settings.client.as_str();
        let mut header = None;
        match &self.settings.secret {
            Some(secret) if discovered.takes_basic => header = Some(basic(client, &secret.0)),
            Some(secret) if discovered.takes_post => {
                fields.extend([("client_id", client), ("client_secret", secret.0.as_str())]);
            }
            Some(_) => return Err(OpenIdFault::Unsupported("client_secret_basic or client_secret_post").into()),
            None => fields.push(("client_id", client)),
        }
        let mut request = self.asker.post(&discovered.token, form(fields));
        if let Some(header) = header {
            request = request.header("authorization", header);
        }
        match read(request, ANSWER_BYTES_MAX).await? {
            (StatusCode::OK, body) => Ok(Tokens::read(&body)?),
            (StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED, body) => Err(IdentityError::Said(said(&body))),
            (status, _) => Err(IdentityError::Away(format!("it answers {status}"))),
        }
    }

    /// What the userinfo endpoint adds, where the ID token does not say all that is needed. That it does not answer matters where the person's id is
    /// missing, and not where only their name is.
    pub(super) async fn more(
        &self,
        discovered: &Discovered,
        access_token: &str,
        claims: &Claims,
    ) -> Result<Option<Claims>, IdentityError> {
        let (has_person, has_name) = (claims.text(&self.settings.claim).is_some(), claims.text("name").is_some());
        let Some(address) = discovered.userinfo.as_ref().filter(|_| !(has_person && has_name)) else { return Ok(None) };
        let request = self.asker.get(address).header("authorization", format!("Bearer {access_token}"));
        let answered = read(request, ANSWER_BYTES_MAX).await.and_then(|(status, body)| match status {
            StatusCode::OK => Ok(body),
            status => Err(IdentityError::Away(format!("its userinfo endpoint answers {status}"))),
        });
        match answered {
            Ok(body) => Ok(Some(claims_about(&claims.subject, &body)?)),
            Err(error) if has_person => {
                tracing::warn!(%error, "the identity provider does not say what a person is called");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

/// A client's secret as a header (RFC 6749, section 2.3.1: id and secret are written as in a form first).
fn basic(client: &str, secret: &str) -> String {
    let escaped = |text: &str| form([(text, "")]).trim_end_matches('=').to_owned();
    format!("Basic {}", BASE64_STANDARD.encode(format!("{}:{}", escaped(client), escaped(secret))))
}

/// The provider's code for what is wrong, as far as it is one.
pub(super) fn code(text: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.');
    if text.len() <= 64 && text.chars().all(plain) { text.to_owned() } else { "something_unreadable".to_owned() }
}

fn said(body: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Wrong {
        error: String,
    }
    serde_json::from_slice::<Wrong>(body).map_or_else(|_| "nothing".to_owned(), |wrong| code(&wrong.error))
}
