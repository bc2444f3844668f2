//! The tokens of a sign-in: the answer that brings them, the ID token (Core 1.0, sections 2 and 3.1.3.7; RFC 7515; RFC 7519), and what the userinfo
//! endpoint adds (section 5.3).
//!
//! Must not know of: accounts, how tokens were fetched.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;

use super::fault::OpenIdFault;
use super::jwk::{Algorithm, KeySet};
use super::object::Object;

/// The longest answer with tokens or claims that is taken.
pub const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// The longest ID token: people's pictures belong elsewhere.
pub const ID_TOKEN_BYTES_MAX: usize = 16 * 1024;
/// How far two clocks may be apart, in seconds: machines that keep time by NTP are within one.
pub const LEEWAY_S: i64 = 60;
/// The longest subject (Core 1.0, section 2).
const SUBJECT_BYTES_MAX: usize = 255;

/// What the token endpoint gave.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// The ID token, not verified yet.
    pub id_token: String,
    /// What opens the userinfo endpoint.
    pub access_token: String,
}

impl Tokens {
    /// Reads the answer (RFC 6749, section 5.1; Core 1.0, section 3.1.3.3).
    ///
    /// # Errors
    /// [`OpenIdFault::Tokens`].
    pub fn read(json: &[u8]) -> Result<Self, OpenIdFault> {
        const MALFORMED: OpenIdFault = OpenIdFault::Tokens;
        let object = Object::read(json, ANSWER_BYTES_MAX).ok_or(MALFORMED)?;
        let text = |key| object.text(key).ok().flatten().ok_or(MALFORMED);
        let sendable = |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        let (id_token, access_token) = (text("id_token")?, text("access_token")?);
        if !text("token_type")?.eq_ignore_ascii_case("bearer") || !sendable(access_token) {
            return Err(MALFORMED);
        }
        Ok(Self { id_token: id_token.to_owned(), access_token: access_token.to_owned() })
    }
}

/// What an ID token must be about.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Who issued it.
    pub issuer: &'a str,
    /// For whom.
    pub client: &'a str,
    /// For which sign-in.
    pub nonce: &'a str,
    /// The access token that came with it.
    pub access_token: &'a str,
    /// How it may be signed.
    pub algorithms: &'a [Algorithm],
    /// Now, in seconds since 1970 UTC.
    pub now_s: i64,
}

/// What is said of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims {
    /// Who they are to the issuer: 1 to 255 characters of ASCII.
    pub subject: String,
    members: Object,
}

impl Claims {
    /// A claim that is a text and not empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.members.text(name).ok().flatten().filter(|text| !text.trim().is_empty())
    }

    fn of(members: Object) -> Result<Self, OpenIdFault> {
        let subject = members.text("sub").ok().flatten().ok_or(OpenIdFault::Subject)?.to_owned();
        if subject.is_empty() || subject.len() > SUBJECT_BYTES_MAX || !subject.is_ascii() {
            return Err(OpenIdFault::Subject);
        }
        Ok(Self { subject, members })
    }
}

/// What an ID token says, if it holds.
///
/// # Errors
/// What is wrong with it; the signature is looked at before anything that the token claims.
pub fn verified(token: &str, keys: &KeySet, expected: Expected<'_>) -> Result<Claims, OpenIdFault> {
    if token.len() > ID_TOKEN_BYTES_MAX {
        return Err(OpenIdFault::Malformed);
    }
    let (message, signature) = token.rsplit_once('.').ok_or(OpenIdFault::Malformed)?;
    let (header, payload) = message.split_once('.').ok_or(OpenIdFault::Malformed)?;
    let decoded = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| OpenIdFault::Malformed);
    let object = |bytes: &[u8]| Object::read(bytes, ID_TOKEN_BYTES_MAX).ok_or(OpenIdFault::Malformed);
    let header = object(&decoded(header)?)?;
    let algorithm = algorithm_of(&header, expected.algorithms)?;
    let id = header.text("kid").map_err(|_| OpenIdFault::Malformed)?;
    keys.check(algorithm, id, message.as_bytes(), &decoded(signature)?)?;
    let claims = object(&decoded(payload)?)?;
    is_for(&claims, &expected)?;
    is_timely(&claims, expected.now_s)?;
    belongs(&claims, &expected, algorithm)?;
    Claims::of(claims)
}

/// The algorithm, if it is taken and the header asks for nothing that is not understood (RFC 7515, section 4.1.11).
fn algorithm_of(header: &Object, taken: &[Algorithm]) -> Result<Algorithm, OpenIdFault> {
    // Other kinds of JWT that a provider signs, such as access tokens, say so (RFC 8725, section 3.11).
    let typ = header.text("typ").map_err(|_| OpenIdFault::Malformed)?;
    if header.get("crit").is_some() || typ.is_some_and(|typ| !typ.eq_ignore_ascii_case("jwt")) {
        return Err(OpenIdFault::Malformed);
    }
    let name = header.text("alg").map_err(|_| OpenIdFault::Malformed)?.ok_or(OpenIdFault::Algorithm)?;
    Algorithm::named(name).filter(|algorithm| taken.contains(algorithm)).ok_or(OpenIdFault::Algorithm)
}

/// Issuer, audience and authorized party (Core 1.0, section 3.1.3.7, steps 2 to 5).
fn is_for(claims: &Object, expected: &Expected<'_>) -> Result<(), OpenIdFault> {
    if claims.text("iss").ok().flatten() != Some(expected.issuer) {
        return Err(OpenIdFault::Issuer);
    }
    let audience: Vec<&str> = match claims.get("aud") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(_)) => claims.texts("aud").ok().flatten().unwrap_or_default(),
        _ => Vec::new(),
    };
    if !audience.contains(&expected.client) {
        return Err(OpenIdFault::Audience);
    }
    match claims.text("azp").map_err(|_| OpenIdFault::Malformed)? {
        Some(party) if party != expected.client => Err(OpenIdFault::Party),
        None if audience.len() > 1 => Err(OpenIdFault::Audience),
        _ => Ok(()),
    }
}

/// `exp`, `iat` and `nbf` (steps 9 and 10; RFC 7519, section 4.1.5).
fn is_timely(claims: &Object, now_s: i64) -> Result<(), OpenIdFault> {
    let time = |key| claims.whole(key).map_err(|_| OpenIdFault::Malformed);
    let (expires, issued) = (time("exp")?.ok_or(OpenIdFault::Malformed)?, time("iat")?.ok_or(OpenIdFault::Malformed)?);
    let latest = now_s.saturating_add(LEEWAY_S);
    if expires <= now_s.saturating_sub(LEEWAY_S) {
        return Err(OpenIdFault::Expired);
    }
    if issued > latest || time("nbf")?.is_some_and(|from| from > latest) {
        return Err(OpenIdFault::Future);
    }
    Ok(())
}

/// The sign-in and the access token that it belongs to (steps 11, and section 3.1.3.8).
fn belongs(claims: &Object, expected: &Expected<'_>, algorithm: Algorithm) -> Result<(), OpenIdFault> {
    let same = |own: &str, other: &str| bool::from(own.as_bytes().ct_eq(other.as_bytes()));
    let nonce = claims.text("nonce").ok().flatten().ok_or(OpenIdFault::Nonce)?;
    if !same(nonce, expected.nonce) {
        return Err(OpenIdFault::Nonce);
    }
    let own = match claims.get("at_hash") {
        None => return Ok(()),
        Some(own) => own.as_str().ok_or(OpenIdFault::AccessToken)?,
    };
    // The left half of the hash that the algorithm uses; Ed25519 uses SHA-512.
    let half = match algorithm {
        Algorithm::EdDsa => Sha512::digest(expected.access_token).iter().take(32).copied().collect::<Vec<u8>>(),
        _ => Sha256::digest(expected.access_token).iter().take(16).copied().collect(),
    };
    if same(own, &BASE64_URL_SAFE_NO_PAD.encode(half)) { Ok(()) } else { Err(OpenIdFault::AccessToken) }
}

/// What the userinfo endpoint says of the person whom the ID token is about.
///
/// # Errors
/// [`OpenIdFault::Tokens`]; [`OpenIdFault::Subject`] when it is about somebody else (section 5.3.2).
pub fn claims_about(subject: &str, json: &[u8]) -> Result<Claims, OpenIdFault> {
    let claims = Claims::of(Object::read(json, ANSWER_BYTES_MAX).ok_or(OpenIdFault::Tokens)?)?;
    if claims.subject == subject { Ok(claims) } else { Err(OpenIdFault::Subject) }
}
