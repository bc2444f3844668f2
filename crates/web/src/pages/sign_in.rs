//! Signing in, and out: the page that offers all ways, and the ways by a link that works once and by passkey.

use std::sync::Arc;

use app::{Account, AppError};
use askama::Template;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;

use super::ceremony::{self, Ceremony};
use super::context::Context;
use super::forms::{Posted, Sent};
use super::identity;
use super::layout::{show, show_scripted};
use crate::fault::PageFault;
use crate::session::{PageLanguage, Viewer, is_page, set_cookie};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/sign-in", get(ask))
        .route("/{language}/sign-in/passkey", post(ask_for_passkey))
        .route("/{language}/sign-in/passkey/done", post(sign_in_by_passkey))
        .route("/{language}/sign-in/{link}", get(arrive).post(sign_in))
        .route("/{language}/sign-in/as/{account}", post(sign_in_as))
        .route("/{language}/sign-out", post(sign_out))
}

#[derive(Deserialize)]
pub(super) struct To {
    #[serde(default)]
    pub(super) to: String,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    c: Context<'a>,
    /// Where to go afterwards.
    to: String,
    /// In the demonstration: who one may be.
    accounts: Vec<Account>,
    /// The link that was followed; empty without one.
    link: String,
}

/// Says how to sign in; in the demonstration, as whom.
async fn ask(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Option<Viewer>,
    Query(To { to }): Query<To>,
) -> Result<Response, PageFault> {
    let accounts = if site.settings.demo { site.app.accounts().await } else { Ok(Vec::new()) };
    let mut accounts = accounts?;
    // A gate's telephone has a token and no session.
    accounts.retain(|account| account.gate.is_none());
    // Whoever looks around begins as an applicant.
    accounts.sort_by_key(|account| account.person.is_none());
    let c = Context::new(&site, language, viewer.as_ref(), "/sign-in");
    Ok(show(&SignInPage { c, to: local(&to), accounts, link: String::new() }))
}

/// A link was followed. It is used up by a button, not by the visit: mail programs visit links before people do.
async fn arrive(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Option<Viewer>,
    Path((_, link)): Path<(String, String)>,
    Query(To { to }): Query<To>,
) -> Response {
    let c = Context::new(&site, language, viewer.as_ref(), format!("/sign-in/{link}"));
    show(&SignInPage { c, to: local(&to), accounts: Vec::new(), link: link.clone() })
}

async fn sign_in(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, link)): Path<(String, String)>,
    Form(To { to }): Form<To>,
) -> Result<Response, PageFault> {
    let secret = site.app.sign_in(&link).await?;
    Ok(([(SET_COOKIE, set_cookie(&site, &secret))], Redirect::to(&after(language.tag(), &to))).into_response())
}

#[derive(Template)]
#[template(path = "sign_in_passkey.html")]
struct PasskeyPage<'a> {
    c: Context<'a>,
    ceremony: Ceremony,
    /// What is sent back, to be used once.
    secret: String,
    to: String,
}

/// Asks the browser for a passkey: any of this zone, whose owner is then known.
async fn ask_for_passkey(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Option<Viewer>,
    Form(To { to }): Form<To>,
) -> Result<Response, PageFault> {
    let secret = site.app.sign_in_challenge().await?;
    let c = Context::new(&site, language, viewer.as_ref(), "/sign-in");
    let ceremony = Ceremony::new(&c, &hex::decode(&secret).unwrap_or_default(), &[]);
    Ok(show_scripted(&PasskeyPage { c, ceremony, secret, to: local(&to) }))
}

async fn sign_in_by_passkey(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    request: Request,
) -> Result<Response, PageFault> {
    let sent = Sent::read(request).await?;
    let assertion = ceremony::assertion(&sent).and_then(|assertion| assertion.ok_or(AppError::SignedOut));
    let assertion = assertion?;
    let secret = site.app.sign_in_by_passkey(sent.text("challenge"), &assertion).await?;
    let to = after(language.tag(), sent.text("to"));
    Ok(([(SET_COOKIE, set_cookie(&site, &secret))], Redirect::to(&to)).into_response())
}

/// In the demonstration only: signs in as somebody, by a fresh link.
async fn sign_in_as(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, account)): Path<(String, String)>,
    Form(To { to }): Form<To>,
) -> Result<Response, PageFault> {
    if !site.settings.demo {
        return Err(AppError::NotFound("page").into());
    }
    let link = site.app.sign_in_link(&account).await?;
    let secret = site.app.sign_in(&link).await?;
    Ok(([(SET_COOKIE, set_cookie(&site, &secret))], Redirect::to(&after(language.tag(), &to))).into_response())
}

async fn sign_out(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    headers: axum::http::HeaderMap,
    _: Posted,
) -> Result<Response, PageFault> {
    let secret = crate::session::secret(&headers, &site).unwrap_or_default();
    let page = identity::signed_out(&site, language, secret).await?;
    Ok(([(SET_COOKIE, set_cookie(&site, ""))], page).into_response())
}

/// A path of this site, or nothing: a sign-in leads nowhere else.
pub(super) fn local(to: &str) -> String {
    if is_page(to) { to.to_owned() } else { String::new() }
}

/// Where one goes after signing in.
pub(super) fn after(language: &str, to: &str) -> String {
    let to = local(to);
    if to.is_empty() { format!("/{language}") } else { to }
}
