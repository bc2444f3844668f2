//! An officer's own page: their passkeys, their absence, the relations that they declared.

use std::sync::Arc;

use app::AppError;
use app::engine::roster::{Absence, Entry, RosterAct};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::ceremony::{self, Ceremony};
use super::context::{Context, spoken};
use super::forms::{Posted, Sent};
use super::layout::{show, show_scripted};
use super::roster;
use crate::fault::PageFault;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/officer", get(own))
        .route("/{language}/officer/passkey", post(begin))
        .route("/{language}/officer/passkey/made", post(made))
}

/// A passkey in a list.
pub(super) struct Key {
    /// Its credential id, in hexadecimal.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) since: String,
}

#[derive(Template)]
#[template(path = "officer/own.html")]
struct OwnPage<'a> {
    c: Context<'a>,
    id: String,
    keys: Vec<Key>,
    may_add: bool,
    absence: String,
    relations: Vec<String>,
    keeper: bool,
    seen: u64,
    done: bool,
}

#[derive(Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    pub(super) done: bool,
}

/// An officer's passkeys.
pub(super) fn keys(c: &Context<'_>, entry: &Entry) -> Vec<Key> {
    let key = |passkey: &app::engine::roster::Passkey| Key {
        id: hex::encode(&passkey.credential),
        name: spoken(&passkey.name),
        since: c.moment(&passkey.since),
    };
    entry.passkeys.iter().map(key).collect()
}

/// An absence in words; nothing when it has ended.
pub(super) fn absence(c: &Context<'_>, absence: Option<&Absence>) -> String {
    let now = c.site.app.clock.now();
    let Some(absence) = absence.filter(|absence| now < absence.until) else { return String::new() };
    let key = if absence.replaced { "absence-replaced" } else { "absence-not-replaced" };
    let (from, until) = (c.moment(&absence.from), c.last_day(&absence.until));
    format!("{} {}", c.t2("absence-span", ("from", from), ("until", until)), c.t(key))
}

async fn own(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Query(Done { done }): Query<Done>,
) -> Result<Response, PageFault> {
    let id = viewer.account().officer.clone().ok_or(AppError::Forbidden)?;
    let c = Context::new(&site, language, Some(&viewer), "/officer");
    let register = site.app.register();
    let entry = register.of(&id).cloned().unwrap_or_default();
    let recovered = entry.recovery.until.is_some_and(|until| site.app.clock.now() < until);
    Ok(show(&OwnPage {
        keys: keys(&c, &entry),
        may_add: !entry.passkeys.is_empty() || recovered || !register.is_kept(),
        absence: absence(&c, entry.absence.as_ref()),
        relations: entry.relations.iter().map(|with| spoken(with)).collect(),
        keeper: entry.keeper,
        seen: register.seq,
        done,
        id,
        c,
    }))
}

#[derive(Template)]
#[template(path = "officer/passkey.html")]
struct PasskeyPage<'a> {
    c: Context<'a>,
    ceremony: Ceremony,
    /// What is sent back, to be used once.
    secret: String,
    user: String,
    user_name: String,
    name: String,
}

/// Asks the browser for a new passkey.
async fn begin(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let c = Context::new(&site, language, Some(&viewer), "/officer");
    Ok(asked(&site, c, &viewer, &sent).await?)
}

async fn asked(site: &Site, c: Context<'_>, viewer: &Viewer, sent: &Sent) -> Result<Response, AppError> {
    let account = viewer.account();
    let officer = account.officer.as_deref().ok_or(AppError::Forbidden)?;
    let secret = site.app.register_challenge(account).await?;
    let challenge = hex::decode(&secret).unwrap_or_default();
    let register = site.app.register();
    let known: Vec<Vec<u8>> = register
        .of(officer)
        .map_or(&[][..], |entry| &entry.passkeys)
        .iter()
        .map(|own| own.credential.clone())
        .collect();
    let name = Some(sent.text("name").trim().to_owned()).filter(|name| !name.is_empty());
    Ok(show_scripted(&PasskeyPage {
        ceremony: Ceremony::new(&c, &challenge, &known),
        secret,
        user: BASE64_URL_SAFE_NO_PAD.encode(site.app.user_handle(officer)),
        user_name: format!("{} ({officer})", c.name(account)),
        name: name.unwrap_or_else(|| c.t("passkey-unnamed")),
        c,
    }))
}

/// What the browser made. The first passkey is an officer's at once; a further one is signed for by one that stands.
async fn made(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let act = new_passkey(&site, &viewer, &sent).await?;
    let c = Context::new(&site, language, Some(&viewer), "/officer");
    let seen = site.app.register().seq;
    Ok(roster::present(c, &viewer, &act, seen, "officer", Vec::new()).await?)
}

async fn new_passkey(site: &Site, viewer: &Viewer, sent: &Sent) -> Result<RosterAct, AppError> {
    let client_data = ceremony::client_data(sent)?;
    let attestation = ceremony::bytes(sent, "attestation")?;
    let (challenge, name) = (sent.text("challenge"), sent.text("name"));
    site.app.new_passkey(viewer.account(), challenge, &client_data, &attestation, name).await
}
