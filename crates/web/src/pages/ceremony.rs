//! What a page needs so that its script can ask for a passkey, and what the script sends back.
//!
//! Must not know of: what is signed.

use app::{AppError, Assertion, Invalid, Officers, ToSign};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::context::Context;
use super::forms::Sent;
use crate::site::Site;

/// The longest part of an assertion as it is sent, in characters: an attestation object with certificates stays below.
const PART_CHARS_MAX: usize = 100_000;

/// What the script is told, as attributes of its form.
pub(crate) struct Ceremony {
    pub(crate) challenge: String,
    pub(crate) party: String,
    /// Credential ids, with spaces between.
    pub(crate) passkeys: String,
}

impl Ceremony {
    pub(crate) fn new(c: &Context<'_>, challenge: &[u8], passkeys: &[Vec<u8>]) -> Self {
        let passkeys: Vec<String> = passkeys.iter().map(|id| BASE64_URL_SAFE_NO_PAD.encode(id)).collect();
        Self {
            challenge: BASE64_URL_SAFE_NO_PAD.encode(challenge),
            party: c.site.app.relying_party().id.clone(),
            passkeys: passkeys.join(" "),
        }
    }

    pub(crate) fn of(c: &Context<'_>, to_sign: &ToSign) -> Self {
        Self::new(c, &to_sign.challenge, &to_sign.passkeys)
    }
}

/// Whether what officers do here goes by a page on which they sign it.
pub(crate) fn signs(site: &Site) -> bool {
    site.app.officers() != Officers::Link
}

/// Whether an officer may go on without signing: only where it is shown that they did.
pub(crate) fn may_skip(site: &Site) -> bool {
    site.app.officers() == Officers::Either
}

/// Bytes as the script sends them.
///
/// # Errors
/// [`AppError::Invalid`] when they are none.
pub(crate) fn bytes(sent: &Sent, field: &'static str) -> Result<Vec<u8>, AppError> {
    let text = sent.text(field);
    let decoded = if text.len() > PART_CHARS_MAX { None } else { BASE64_URL_SAFE_NO_PAD.decode(text).ok() };
    decoded.ok_or(AppError::Invalid { field, why: Invalid::Malformed })
}

/// Client data as the script sends it: JSON, and so UTF-8.
///
/// # Errors
/// As [`bytes`].
pub(crate) fn client_data(sent: &Sent) -> Result<String, AppError> {
    let field = "client_data";
    String::from_utf8(bytes(sent, field)?).map_err(|_| AppError::Invalid { field, why: Invalid::Malformed })
}

/// The assertion that a form sends; none when it sends none.
///
/// # Errors
/// As [`bytes`].
pub(crate) fn assertion(sent: &Sent) -> Result<Option<Assertion>, AppError> {
    if sent.text("signature").is_empty() {
        return Ok(None);
    }
    Ok(Some(Assertion {
        credential: bytes(sent, "credential")?,
        authenticator_data: bytes(sent, "authenticator_data")?,
        client_data: client_data(sent)?,
        signature: bytes(sent, "signature")?,
    }))
}
