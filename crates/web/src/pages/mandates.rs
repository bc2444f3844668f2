//! My mandates: those that I gave for what I hold, and those that I received. Each act is looked at before it is done.
//!
//! Must not know of: what is done under a mandate, how an act on one is judged.

mod form;

use std::sync::Arc;

use app::definition::model::Applicant;
use app::engine::CaseId;
use app::engine::mandate::{Agency, MandateAct, Principal, Standing, can_use};
use app::{AppError, Key, MandateView};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::context::{Context, spoken};
use super::direction::isolated;
use super::forms::{Posted, Sent};
use super::layout::show;
use super::officer::Done;
use crate::fault::PageFault;
use crate::language::Language;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/mandates", get(all))
        .route("/{language}/mandates/give", get(form::blank).post(form::sent))
        .route("/{language}/mandates/{mandate}", get(one))
        .route("/{language}/mandates/{mandate}/{act}", get(check).post(done))
}

/// For whom, in words: a household, where services for households take records of its register, and else a company.
pub(super) fn principal(c: &Context<'_>, principal: &Principal) -> String {
    let mut services = c.site.app.zone().services().values();
    let is_household =
        services.any(|service| service.applicant == Applicant::Household && can_use(service, &principal.register));
    let word = if is_household { "mandate-principal-household" } else { "mandate-principal" };
    c.t1(word, "key", isolated(&principal.key))
}

/// That the viewer acts for another, in words.
pub(super) fn acts_for(c: &Context<'_>, agency: &Agency) -> String {
    c.t1("mandate-acts-for", "principal", principal(c, &agency.principal))
}

/// Who did something for whom under which mandate, in words.
pub(super) fn done_under(c: &Context<'_>, agency: &Agency) -> String {
    let agent = spoken(&isolated(&agency.agent));
    c.tx(
        "mandate-done-under",
        &[("agent", agent), ("principal", principal(c, &agency.principal)), ("mandate", short(agency.mandate))],
    )
}

/// A mandate as people read its number to each other: the part of its id that is its own.
fn short(id: CaseId) -> String {
    let text = id.to_string();
    text.get(12..20).unwrap_or(&text).to_owned()
}

/// A mandate in a list or on its page.
pub(super) struct Line {
    id: String,
    number: String,
    principal: String,
    /// Who the other is.
    other: String,
    standing: String,
    tone: &'static str,
    services: Vec<String>,
    span: String,
    used: String,
}

fn line(c: &Context<'_>, view: &MandateView) -> Line {
    let mandate = &view.mandate;
    let number = if view.holds { Some(&mandate.agent) } else { view.other.as_ref().map(|account| &account.id) };
    let name = view.other.as_ref().map(|account| c.name(account)).unwrap_or_default();
    let number = number.map(|number| isolated(number)).unwrap_or_default();
    let tone = match view.standing {
        Standing::Stands | Standing::Coming => "good",
        Standing::Offered => "warn",
        _ => "bad",
    };
    let used = view.last_use.map(|at| c.t2("mandate-used", ("times", c.count(view.uses)), ("at", c.moment(&at))));
    Line {
        id: view.id.to_string(),
        number: short(view.id),
        principal: principal(c, &mandate.principal),
        other: spoken(if name.is_empty() { &number } else { &name }),
        standing: c.t(standing_word(view.standing)),
        tone,
        services: services(c, mandate.services.iter()),
        span: c.t2("mandate-span", ("from", c.moment(&mandate.from)), ("until", c.last_day(&mandate.until))),
        used: used.unwrap_or_else(|| c.t("mandate-unused")),
    }
}

fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Offered => "mandate-offered",
        Standing::Coming => "mandate-coming",
        Standing::Stands => "mandate-stands",
        Standing::Expired => "mandate-expired",
        Standing::Declined => "mandate-declined",
        Standing::GivenUp => "mandate-given-up",
        Standing::Revoked => "mandate-revoked",
    }
}

/// Services in words; of all of them that they are all.
fn services<'s>(c: &Context<'_>, names: impl Iterator<Item = &'s String>) -> Vec<String> {
    let word = |name: &String| match c.site.app.zone().services().get(name) {
        Some(service) => c.s(service, "title"),
        None => name.clone(),
    };
    let named: Vec<String> = names.map(word).collect();
    if named.is_empty() { vec![c.t("mandate-all-services")] } else { named }
}

#[derive(Template)]
#[template(path = "mandates/all.html")]
struct AllPage<'a> {
    c: Context<'a>,
    given: Vec<Line>,
    received: Vec<Line>,
    may_give: bool,
    done: bool,
}

async fn all(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Query(Done { done }): Query<Done>,
) -> Result<Response, PageFault> {
    let mandates = site.app.mandates(viewer.account()).await?;
    let may_give = !site.app.holdings_to_act_for(viewer.account()).await?.is_empty();
    let c = Context::new(&site, language, Some(&viewer), "/mandates");
    let lines = |views: &[MandateView]| views.iter().map(|view| line(&c, view)).collect();
    let (given, received) = (lines(&mandates.given), lines(&mandates.received));
    Ok(show(&AllPage { given, received, may_give, done, c }))
}

/// Something that happened to a mandate.
struct Happened {
    at: String,
    what: String,
    position: u64,
    shown_position: String,
}

#[derive(Template)]
#[template(path = "mandates/one.html")]
struct OnePage<'a> {
    c: Context<'a>,
    line: Line,
    holds: bool,
    history: Vec<Happened>,
    /// What the viewer may do, each with its path's last part.
    acts: Vec<(&'static str, String)>,
    done: bool,
}

async fn one(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, mandate)): Path<(String, String)>,
    Query(Done { done }): Query<Done>,
) -> Result<Response, PageFault> {
    let id = read(&mandate)?;
    let (view, history) = site.app.mandate(viewer.account(), id).await?;
    let c = Context::new(&site, language, Some(&viewer), format!("/mandates/{id}"));
    let happened = history.iter().map(|(row, event)| Happened {
        at: c.moment(&event.at),
        what: c.t2(&format!("did-{}", event.act.kind()), ("person", isolated(&event.by)), ("mandate", short(id))),
        position: row.position,
        shown_position: c.count(row.position),
    });
    Ok(show(&OnePage {
        line: line(&c, &view),
        holds: view.holds,
        history: happened.collect(),
        acts: acts(&c, &view),
        done,
        c,
    }))
}

fn read(mandate: &str) -> Result<CaseId, AppError> {
    mandate.parse().map_err(|_| AppError::NotFound("mandate"))
}

/// What the viewer may do to a mandate.
fn acts(c: &Context<'_>, view: &MandateView) -> Vec<(&'static str, String)> {
    let offered = view.standing == Standing::Offered;
    let open = matches!(view.standing, Standing::Offered | Standing::Coming | Standing::Stands);
    let mut acts = Vec::new();
    let mut may = |is: bool, act: &'static str, word: &str| acts.extend(is.then(|| (act, c.t(word))));
    may(view.acts && offered, "accept", "mandate-accept");
    may(view.acts && open, "give-up", if offered { "mandate-decline" } else { "mandate-give-up" });
    may(view.holds && open, "revoke", "mandate-revoke");
    acts
}

/// The act that a path's last part names.
fn act(name: &str) -> Result<MandateAct, AppError> {
    match name {
        "accept" => Ok(MandateAct::Accept),
        "give-up" => Ok(MandateAct::GiveUp),
        "revoke" => Ok(MandateAct::Revoke),
        _ => Err(AppError::NotFound("page")),
    }
}

#[derive(Template)]
#[template(path = "mandates/check.html")]
struct CheckPage<'a> {
    c: Context<'a>,
    line: Line,
    holds: bool,
    title: String,
    consequences: Vec<String>,
    button: String,
    danger: bool,
    key: String,
}

async fn check(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, mandate, name)): Path<(String, String, String)>,
) -> Result<Response, PageFault> {
    Ok(check_page(&site, language, &viewer, &mandate, &name).await?)
}

async fn check_page(
    site: &Site,
    language: Language,
    viewer: &Viewer,
    mandate: &str,
    name: &str,
) -> Result<Response, AppError> {
    let (id, act) = (read(mandate)?, act(name)?);
    let (view, _) = site.app.mandate(viewer.account(), id).await?;
    site.app.judge_mandate(viewer.account(), Some(id), &act).await?;
    let c = Context::new(site, language, Some(viewer), format!("/mandates/{id}/{name}"));
    let word = match (&act, view.standing) {
        (MandateAct::GiveUp, Standing::Offered) => "decline",
        _ => name,
    };
    Ok(show(&CheckPage {
        title: c.t(&format!("mandate-{word}-title")),
        consequences: vec![c.t(&format!("mandate-{word}-lead"))],
        button: c.t(&format!("mandate-{word}")),
        danger: act != MandateAct::Accept,
        key: hex::encode(app::randomness()?),
        line: line(&c, &view),
        holds: view.holds,
        c,
    }))
}

async fn done(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, mandate, name)): Path<(String, String, String)>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let (id, act) = (read(&mandate)?, act(&name)?);
    let key = page_key(&sent, &format!("{id}/{name}"));
    site.app.act_on_mandate(viewer.account(), Some(id), &act, Some(key)).await?;
    // An offer that was declined is no longer the agent's to see.
    let to = match site.app.mandate(viewer.account(), id).await {
        Ok(_) => format!("/mandates/{id}?done=true"),
        Err(_) => "/mandates?done=true".to_owned(),
    };
    Ok(Redirect::to(&format!("/{}{to}", language.tag())).into_response())
}

/// The key that makes a double click one act.
fn page_key(sent: &Sent, request: &str) -> Key {
    Key::new(format!("page/{}", sent.text("key").chars().take(64).collect::<String>()), request.as_bytes())
}
