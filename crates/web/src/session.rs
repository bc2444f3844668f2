//! Who is looking: the session's cookie, and the secret that each of its forms must carry.
//!
//! Must not know of: what the viewer may do.

use std::sync::Arc;

use app::{Account, AppError, Session};
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HOST, REFERER};
use axum::http::request::Parts;
use subtle::ConstantTimeEq;

use crate::fault::PageFault;
use crate::language::Language;
use crate::site::Site;

/// The cookie's name. The prefix binds it to this host and path (RFC 6265bis, section 4.1.3.2); browsers take it only over TLS.
const SECURE_COOKIE: &str = "__Host-session";
/// The cookie's name on plain loopback.
const PLAIN_COOKIE: &str = "session";

/// The language of a page, from its path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageLanguage(pub(crate) Language);

impl<S: Sync> FromRequestParts<S> for PageLanguage {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let first = parts.uri.path().trim_start_matches('/').split('/').next().unwrap_or_default();
        Ok(Self(Language::of_tag(first).unwrap_or(Language::Persian)))
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Viewer(pub(crate) Session);

impl Viewer {
    pub(crate) fn account(&self) -> &Account {
        &self.0.account
    }

    /// Whether a form was made for this session.
    pub(crate) fn made(&self, csrf: &str) -> Result<(), AppError> {
        let same: bool = self.0.csrf.as_bytes().ct_eq(csrf.as_bytes()).into();
        if same { Ok(()) } else { Err(AppError::Stale) }
    }
}

impl FromRequestParts<Arc<Site>> for Viewer {
    type Rejection = PageFault;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, PageFault> {
        let Ok(PageLanguage(language)) = PageLanguage::from_request_parts(parts, site).await;
        let found = match secret(&parts.headers, site) {
            Some(secret) => site.app.session(secret).await,
            None => Err(AppError::SignedOut),
        };
        match found {
            Ok(session) => Ok(Self(session)),
            Err(AppError::SignedOut) => Err(PageFault::sign_in(parts, language)),
            Err(error) => Err(error.into()),
        }
    }
}

impl OptionalFromRequestParts<Arc<Site>> for Viewer {
    type Rejection = PageFault;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Option<Self>, PageFault> {
        let Some(secret) = secret(&parts.headers, site) else { return Ok(None) };
        Ok(site.app.session(secret).await.ok().map(Self))
    }
}

/// The page of this site from which a request was sent, as its path. Our pages let the browser say so to us alone (`Referrer-Policy`).
pub(crate) fn came_from(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (authority, path) = text(REFERER)?.split_once("://")?.1.split_once('/')?;
    let path = format!("/{path}");
    (Some(authority) == text(HOST) && is_page(&path)).then_some(path)
}

/// Whether a path is one of this site's pages: nothing that a browser could take for another site's address.
pub(crate) fn is_page(path: &str) -> bool {
    // Browsers drop tabs and line ends and read a backslash as a slash (URL Standard, section 4.4).
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let first = path.strip_prefix('/').and_then(|rest| rest.split(['/', '?', '#']).next());
    plain && first.is_some_and(|first| Language::of_tag(first).is_some())
}

/// The session's secret, as the browser sends it.
pub(crate) fn secret<'a>(headers: &'a HeaderMap, site: &Site) -> Option<&'a str> {
    cookie(headers, cookie_name(site))
}

/// A cookie's value, as the browser sends it.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, secret)| secret)
}

/// The header that sets the session's cookie; an empty secret takes it away.
pub(crate) fn set_cookie(site: &Site, secret: &str) -> String {
    let name = cookie_name(site);
    let secure = if site.settings.secure_cookies { "; Secure" } else { "" };
    let life = if secret.is_empty() { "; Max-Age=0" } else { "" };
    format!("{name}={secret}; Path=/; HttpOnly; SameSite=Lax{secure}{life}")
}

fn cookie_name(site: &Site) -> &'static str {
    if site.settings.secure_cookies { SECURE_COOKIE } else { PLAIN_COOKIE }
}
