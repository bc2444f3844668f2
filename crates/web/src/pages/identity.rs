//! Signing in through the identity provider: there and back; and out there, too.
//!
//! Must not know of: what a provider says, whose account it opens.
//!
//! A browser is not sent there by a redirect in answer to a form: then Chromium holds every address on the way, the provider's own redirects among
//! them, against this site's `form-action` (Content Security Policy Level 3, section 6.4.1). So the answer is a page that leads on by itself and by
//! a link, and the policy needs no exception for anybody.

use std::sync::Arc;

use app::{Answer, AppError};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;

use super::context::{Context, spoken};
use super::layout::{show, show_scripted};
use super::sign_in::{To, after, local};
use crate::fault::PageFault;
use crate::language::Language;
use crate::session::{self, PageLanguage, set_cookie};
use crate::site::Site;

/// Where the provider sends people back to, after the language.
pub(crate) const RETURN: &str = "/sign-in/provider/return";
/// The cookie that binds a sign-in to its browser; the prefix as for the session's.
const SECURE_COOKIE: &str = "__Host-sign-in";
/// Its name on plain loopback.
const PLAIN_COOKIE: &str = "sign-in";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/sign-in/provider", post(begin))
        .route("/{language}/sign-in/provider/return", get(end))
}

/// What the provider is called: as the settings say, else its host. None where none is joined.
pub(crate) fn provider_name(site: &Site, language: Language) -> Option<String> {
    let identity = site.app.identity()?;
    let host = identity.issuer.split_once("://").map_or("", |(_, rest)| rest).split('/').next().unwrap_or_default();
    let named = identity.names.get(language.tag()).filter(|name| !name.is_empty());
    Some(spoken(named.map_or(host, String::as_str)))
}

#[derive(Template)]
#[template(path = "forward.html")]
struct ForwardPage<'a> {
    c: Context<'a>,
    title: String,
    lead: String,
    address: String,
    /// Whether somebody leaves: then their device keeps nothing of what they filled in.
    out: bool,
}

/// A page that leads to the provider; its words begin with `about`.
fn forward(site: &Site, language: Language, (about, out): (&str, bool), address: String) -> Response {
    let c = Context::new(site, language, None, "/sign-in");
    let provider = c.provider().unwrap_or_default();
    let say = |end: &str| c.t1(&format!("{about}-{end}"), "provider", provider.as_str());
    let (title, lead) = (say("title"), say("lead"));
    let page = ForwardPage { c, title, lead, address, out };
    if out { show_scripted(&page) } else { show(&page) }
}

/// Sends the browser to the provider, with what binds the sign-in to it.
async fn begin(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Form(To { to }): Form<To>,
) -> Result<Response, PageFault> {
    let redirect = format!("{}/{}{RETURN}", site.app.base_url(), language.tag());
    let sent = site.app.begin_identity(&redirect, &local(&to)).await;
    let sent = sent?;
    let cookie = bound(&site, &sent.browser);
    Ok(([(SET_COOKIE, cookie)], forward(&site, language, ("identity-forward", false), sent.address)).into_response())
}

#[derive(Deserialize)]
struct Returned {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// The provider sent the browser back. Whoever was signed in here is so no more: two people may share the browser.
async fn end(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    headers: HeaderMap,
    Query(Returned { state, code, error, iss }): Query<Returned>,
) -> Result<Response, PageFault> {
    let answer = Answer { state, code, error, issuer: iss };
    let browser = session::cookie(&headers, cookie_name(&site));
    let let_in = site.app.end_identity(browser, &answer).await?;
    if let Some(former) = session::secret(&headers, &site) {
        site.app.sign_out(former).await?;
    }
    let cookies = [set_cookie(&site, &let_in.session), bound(&site, "")];
    let cookies = AppendHeaders(cookies.map(|cookie| (SET_COOKIE, cookie)));
    Ok((cookies, Redirect::to(&after(language.tag(), &let_in.to))).into_response())
}

/// Where somebody goes who has signed out: home, and where they came through the provider, there first.
pub(super) async fn signed_out(site: &Site, language: Language, secret: &str) -> Result<Response, AppError> {
    let home = format!("{}/{}", site.app.base_url(), language.tag());
    Ok(match site.app.sign_out_everywhere(secret, &home).await? {
        Some(address) => forward(site, language, ("identity-out", true), address),
        None => Redirect::to(&format!("/{}?out=true", language.tag())).into_response(),
    })
}

/// The header that binds a sign-in to this browser; an empty secret takes that away.
fn bound(site: &Site, secret: &str) -> String {
    let name = cookie_name(site);
    let secure = if site.settings.secure_cookies { "; Secure" } else { "" };
    let life_s = if secret.is_empty() { 0 } else { app::START_LIVES.as_secs() };
    // Lax: the way back is a link on another site.
    format!("{name}={secret}; Path=/; HttpOnly; SameSite=Lax{secure}; Max-Age={life_s}")
}

fn cookie_name(site: &Site) -> &'static str {
    if site.settings.secure_cookies { SECURE_COOKIE } else { PLAIN_COOKIE }
}

impl Context<'_> {
    /// What the identity provider is called; none where none is joined.
    pub(crate) fn provider(&self) -> Option<String> {
        provider_name(self.site, self.language)
    }

    /// Whether applicants may come by a link.
    pub(crate) fn by_link(&self) -> bool {
        self.site.app.applicants() != app::Applicants::Provider
    }
}
