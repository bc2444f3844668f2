//! Bodies of requests: their media type, their size, their form, and the key that makes a repeat harmless.
//!
//! Must not know of: any one resource.

use std::sync::Arc;

use app::Key;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};
use bytes::Bytes;

use super::problem::{Problem, Wire};
use super::strict;
use super::tree::Described;
use crate::site::Site;

/// The header that names a write, so that sending it again does not do it again (draft-ietf-httpapi-idempotency-key-header).
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Most characters of an idempotency key.
const KEY_CHARS_MAX: usize = 128;
/// The largest JSON body: a case's facts are some thousand bytes.
pub(crate) const JSON_BYTES_MAX: usize = 1024 * 1024;
/// The media type of bodies.
const JSON: &str = "application/json";

/// The JSON body of a request that writes nothing.
pub(crate) struct Asked<T>(pub(crate) T);

/// The JSON body of a request that writes, and the key that it must carry.
pub(crate) struct Write<T> {
    /// The key, with a digest of path and body.
    pub(crate) key: Key,
    /// What is said.
    pub(crate) body: T,
}

impl<T: Described> FromRequest<Arc<Site>> for Asked<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Arc<Site>) -> Result<Self, Problem> {
        takes(request.headers(), JSON)?;
        let bytes = read(request, JSON_BYTES_MAX).await?;
        Ok(Self(strict::object(&bytes)?))
    }
}

impl<T: Described> FromRequest<Arc<Site>> for Write<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Arc<Site>) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let once = Once::from_request_parts(&mut parts, site).await?;
        takes(&parts.headers, JSON)?;
        let bytes = read(Request::from_parts(parts, body), JSON_BYTES_MAX).await?;
        Ok(Self { body: strict::object(&bytes)?, key: once.of(&[&bytes]) })
    }
}

/// The idempotency key of a write, and what the write is aimed at.
pub(crate) struct Once {
    key: String,
    target: String,
}

impl Once {
    /// The key for a request with this body.
    pub(crate) fn of(self, body: &[&[u8]]) -> Key {
        let target: [&[u8]; 2] = [self.target.as_bytes(), b"\n"];
        Key::of_parts(self.key, target.iter().chain(body).copied())
    }
}

impl FromRequestParts<Arc<Site>> for Once {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Site>) -> Result<Self, Problem> {
        let mut keys = parts.headers.get_all(IDEMPOTENCY_KEY).iter();
        let (Some(key), None) = (keys.next(), keys.next()) else { return Err(Wire::Key.into()) };
        let fits = (1..=KEY_CHARS_MAX).contains(&key.len()) && key.as_bytes().iter().all(u8::is_ascii_graphic);
        let key = key.to_str().ok().filter(|_| fits).ok_or(Wire::Key)?;
        let target = parts.uri.path_and_query().map_or("", |target| target.as_str());
        Ok(Self { key: key.to_owned(), target: target.to_owned() })
    }
}

/// That the body is of the media type that is taken; parameters such as a character set may follow it.
pub(crate) fn takes(headers: &HeaderMap, taken: &'static str) -> Result<(), Wire> {
    let said = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = said.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(taken) { Ok(()) } else { Err(Wire::ContentType { taken }) }
}

/// The bytes of a body, never more than the limit in memory.
pub(crate) async fn read(request: Request, max_bytes: usize) -> Result<Bytes, Wire> {
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if said.is_some_and(|bytes| bytes > max_bytes as u64) {
        return Err(Wire::TooLarge { max_bytes });
    }
    axum::body::to_bytes(request.into_body(), max_bytes).await.map_err(|error| {
        // Anything but the limit is a connection that broke off.
        let limit =
            std::error::Error::source(&error).is_some_and(|source| source.is::<http_body_util::LengthLimitError>());
        if limit { Wire::TooLarge { max_bytes } } else { Wire::BrokenOff }
    })
}
