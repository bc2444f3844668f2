//! The roster: who holds which role, who keeps it, and what keepers do to it. Each act is looked at and signed before it is done.

mod acts;

use std::collections::BTreeMap;
use std::sync::Arc;

use app::engine::roster::{Entry, Proposal, Register, RosterAct, RosterActor};
use app::{Account, AppError, Invalid, Officers};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::Timestamp;

use super::ceremony::{self, Ceremony};
use super::context::{Context, spoken};
use super::forms::{Posted, Sent};
use super::layout::{show, show_scripted};
use super::officer::{self, Done, Key};
use crate::fault::PageFault;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/roster", get(all))
        .route("/{language}/roster/act", post(act))
        .route("/{language}/roster/sign", post(sign))
        .route("/{language}/roster/of/{officer}", get(one))
}

/// One officer in a list.
struct Line {
    id: String,
    name: String,
    roles: String,
    keeper: bool,
    keys: String,
    absence: String,
}

/// What a keeper wants, and a second one must agree to.
struct Wanted {
    seq: u64,
    what: String,
    lines: Vec<(String, String)>,
    by: String,
    at: String,
    /// Whether the viewer may agree.
    agree: bool,
}

#[derive(Template)]
#[template(path = "roster/all.html")]
struct RosterPage<'a> {
    c: Context<'a>,
    lines: Vec<Line>,
    wanted: Vec<Wanted>,
    roles: Vec<(String, String)>,
    kept: bool,
    keeper: bool,
    seen: u64,
    done: bool,
}

/// Whether the roster is the viewer's to see: those who are on it, and supervisors.
fn sees(site: &Site, account: &Account) -> bool {
    let serves = |officer: &String| site.app.register().of(officer).is_some_and(Entry::serves);
    account.officer.as_ref().is_some_and(serves) || !account.supervises.is_empty()
}

fn is_keeper(site: &Site, account: &Account) -> bool {
    let keeps = |officer: &String| site.app.register().of(officer).is_some_and(|entry| entry.keeper);
    account.officer.as_ref().is_some_and(keeps)
}

async fn name(c: &Context<'_>, officer: &str) -> String {
    c.site.app.account(officer).await.map(|account| c.name(&account)).unwrap_or_default()
}

/// Whom an act is about, by name and number.
async fn about(c: &Context<'_>, act: &RosterAct) -> (String, String) {
    // Only acts of officers are signed on pages, and each of them is about somebody.
    let Some(officer) = act.officer() else { return Default::default() };
    let name = name(c, officer).await;
    let said = if name.is_empty() { officer.clone() } else { format!("{name} ({officer})") };
    (c.t("roster-officer"), spoken(&said))
}

fn roles(c: &Context<'_>, entry: &Entry) -> String {
    let role = |(role, weight): (&String, &u32)| {
        let word = c.z(&format!("role-{role}"));
        if *weight == 1 { word } else { format!("{word} × {}", c.count(*weight)) }
    };
    entry.roles.iter().map(role).collect::<Vec<_>>().join(&c.t("list-comma"))
}

/// What waits for a second keeper, for those who watch over the roster.
async fn wanted(c: &Context<'_>, account: &Account, register: &Register) -> Vec<Wanted> {
    let Some(own) = account.officer.as_ref().filter(|_| is_keeper(c.site, account)) else { return Vec::new() };
    let (now, mut wanted) = (c.site.app.clock.now(), Vec::new());
    for Proposal { seq, act, by, at } in &register.proposals {
        let waits = register.has_proposed(&RosterActor::Officer(by.clone()), act, now);
        if waits {
            wanted.push(Wanted {
                seq: *seq,
                what: c.t(&format!("kind-{}", act.kind())),
                lines: [about(c, act).await].into_iter().chain(acts::lines(c, act)).collect(),
                by: name(c, by).await,
                at: c.moment(at),
                agree: by != own && act.officer() != Some(own),
            });
        }
    }
    wanted
}

async fn all(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Query(Done { done }): Query<Done>,
) -> Result<Response, PageFault> {
    if !sees(&site, viewer.account()) {
        return Err(AppError::Forbidden.into());
    }
    let c = Context::new(&site, language, Some(&viewer), "/roster");
    let register = site.app.register();
    let mut lines = Vec::new();
    for (id, entry) in register.officers.iter().filter(|(_, entry)| entry.serves()) {
        lines.push(Line {
            id: id.clone(),
            name: name(&c, id).await,
            roles: roles(&c, entry),
            keeper: entry.keeper,
            keys: c.count(u32::try_from(entry.passkeys.len()).unwrap_or(u32::MAX)),
            absence: officer::absence(&c, entry.absence.as_ref()),
        });
    }
    let roles = c.zone().roles.keys().map(|role| (role.clone(), c.z(&format!("role-{role}")))).collect();
    let keeper = is_keeper(&site, viewer.account());
    let wanted = wanted(&c, viewer.account(), &register).await;
    Ok(show(&RosterPage { lines, wanted, roles, kept: register.is_kept(), keeper, seen: register.seq, done, c }))
}

#[derive(Template)]
#[template(path = "roster/one.html")]
struct OnePage<'a> {
    c: Context<'a>,
    id: String,
    name: String,
    roles: Vec<(String, String)>,
    is_keeper: bool,
    keys: Vec<Key>,
    absence: String,
    relations: Vec<String>,
    most_open: String,
    agreed: String,
    recovered: String,
    keeper: bool,
    own: bool,
    seen: u64,
}

async fn one(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    if !sees(&site, viewer.account()) {
        return Err(AppError::Forbidden.into());
    }
    let register = site.app.register();
    let entry = register.of(&id).ok_or(AppError::NotFound("officer"))?;
    let c = Context::new(&site, language, Some(&viewer), format!("/roster/of/{id}"));
    let own = viewer.account().officer.as_ref() == Some(&id);
    let keeper = is_keeper(&site, viewer.account());
    let until = entry.recovery.until.filter(|until| site.app.clock.now() < *until);
    Ok(show(&OnePage {
        name: name(&c, &id).await,
        roles: entry.roles.keys().map(|role| (role.clone(), c.z(&format!("role-{role}")))).collect(),
        is_keeper: entry.keeper,
        keys: officer::keys(&c, entry),
        absence: officer::absence(&c, entry.absence.as_ref()),
        // What ties somebody to others is for those who watch over the roster.
        relations: entry.relations.iter().filter(|_| own || keeper).map(|with| spoken(with)).collect(),
        most_open: entry.most_open.map(|most| c.count(most)).unwrap_or_default(),
        agreed: recovering(&register, &id, site.app.clock.now()).join(&c.t("list-comma")),
        recovered: until.map(|until| c.moment(&until)).unwrap_or_default(),
        keeper,
        own,
        seen: register.seq,
        id,
        c,
    }))
}

/// The keepers who agree that an officer may register a passkey, while a second one is waited for.
fn recovering(register: &Register, officer: &str, now: Timestamp) -> Vec<String> {
    let recover = RosterAct::Recover { officer: officer.to_owned(), reason: String::new() };
    register.agreeing(&RosterActor::Operator, &recover, now).into_iter().cloned().collect()
}

/// An act from one of the roster's forms: shown and signed, or done at once where nothing is signed.
async fn act(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let c = Context::new(&site, language, Some(&viewer), "/roster");
    let act = acts::read(&c, &viewer, &sent)?;
    let seen = sent.text("seen").parse().map_err(|_| AppError::Stale)?;
    let back = back(&sent);
    let names = ["name_fa", "name_en"].map(|field| (field.to_owned(), sent.text(field).to_owned()));
    Ok(present(c, &viewer, &act, seen, back, names.into()).await?)
}

/// Where the form came from.
fn back(sent: &Sent) -> &'static str {
    if sent.text("back") == "officer" { "officer" } else { "roster" }
}

#[derive(Template)]
#[template(path = "roster/sign.html")]
struct SignPage<'a> {
    c: Context<'a>,
    /// The page that it came from.
    origin: String,
    what: String,
    lines: Vec<(String, String)>,
    /// Where it is sent.
    action: String,
    ceremony: Ceremony,
    has_passkey: bool,
    may_skip: bool,
    carried: Vec<(String, String)>,
    hash: String,
    text: String,
}

/// Shows an act on the roster to be signed. A first passkey has none that could sign for it, and is an officer's at once.
pub(super) async fn present(
    c: Context<'_>,
    viewer: &Viewer,
    act: &RosterAct,
    seen: u64,
    back: &'static str,
    names: Vec<(String, String)>,
) -> Result<Response, AppError> {
    let site = c.site;
    let officer = viewer.account().officer.clone().ok_or(AppError::Forbidden)?;
    let has_passkey = site.app.register().of(&officer).is_some_and(|entry| !entry.passkeys.is_empty());
    let first = matches!(act, RosterAct::AddPasskey { .. }) && !has_passkey;
    let kept = site.app.register().is_kept();
    if first || (site.app.officers() == Officers::Link && !kept) {
        site.app.act_on_roster(viewer.account(), act, seen, None).await?;
        welcome(site, act, &names).await?;
        return Ok(Redirect::to(&c.link(&format!("/{back}?done=true"))).into_response());
    }
    let to_sign = site.app.roster_act_to_sign(viewer.account(), act, seen)?;
    let json = serde_json::to_string(act).map_err(|error| AppError::Internal(error.to_string()))?;
    let own = [("act", json), ("seen", seen.to_string()), ("back", back.to_owned())];
    let own = own.map(|(name, text)| (name.to_owned(), text));
    Ok(show_scripted(&SignPage {
        origin: c.link(&format!("/{back}")),
        action: "/roster/sign".to_owned(),
        what: c.t(&format!("kind-{}", act.kind())),
        lines: [about(&c, act).await].into_iter().chain(acts::lines(&c, act)).collect(),
        ceremony: Ceremony::of(&c, &to_sign),
        has_passkey,
        may_skip: ceremony::may_skip(site) && !kept,
        carried: own.into_iter().chain(names).collect(),
        hash: hex::encode(to_sign.challenge),
        text: to_sign.text,
        c,
    }))
}

async fn sign(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    done(&site, &viewer, &sent).await?;
    Ok(Redirect::to(&format!("/{}/{}?done=true", language.tag(), back(&sent))).into_response())
}

async fn done(site: &Site, viewer: &Viewer, sent: &Sent) -> Result<(), AppError> {
    let malformed = || AppError::Invalid { field: "act", why: Invalid::Malformed };
    let act: RosterAct = serde_json::from_str(sent.text("act")).map_err(|_| malformed())?;
    let seen = sent.text("seen").parse().map_err(|_| AppError::Stale)?;
    let assertion = ceremony::assertion(sent)?;
    site.app.act_on_roster(viewer.account(), &act, seen, assertion.as_ref()).await?;
    let names: Vec<_> = ["name_fa", "name_en"].map(|field| (field.to_owned(), sent.text(field).to_owned())).into();
    welcome(site, &act, &names).await
}

/// Whoever serves from now on gets an account, if they have none. One keeper's proposal alone makes nobody an officer.
async fn welcome(site: &Site, act: &RosterAct, names: &[(String, String)]) -> Result<(), AppError> {
    let (RosterAct::Join { officer, .. } | RosterAct::Keep { officer }) = act else { return Ok(()) };
    if !site.app.register().of(officer).is_some_and(Entry::serves)
        || !matches!(site.app.account(officer).await, Err(AppError::NotFound(_)))
    {
        return Ok(());
    }
    let named = |field: &str| {
        let given = names.iter().find(|(name, text)| name == field && !text.trim().is_empty());
        given.map_or_else(|| officer.clone(), |(_, text)| text.trim().chars().take(200).collect())
    };
    let names = BTreeMap::from([("fa".to_owned(), named("name_fa")), ("en".to_owned(), named("name_en"))]);
    let account = Account {
        id: officer.clone(),
        person: None,
        officer: Some(officer.clone()),
        roles: Vec::new(),
        supervises: Vec::new(),
        treasury: false,
        gate: None,
        names,
    };
    site.app.put_accounts(&[account]).await
}
