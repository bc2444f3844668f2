//! The officer's desk: only the cases that wait for them, in the order of arrival; and one case with all that is needed to decide it.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::definition::Checked;
use app::definition::model::{Desk, Fact, Name, Opinion, Overdue, Service, Source, StageKind};
use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::{AskedItem, Turn};
use app::engine::refusal::Refusal;
use app::engine::rules;
use app::{AppError, CaseView, Key};
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::case::{Given, given, look};
use super::cases::{self, Line};
use super::context::Context;
use super::forms::{Sent, UPLOAD_BYTES_MAX};
use super::layout::show;
use super::names::Cited;
use super::question::{self, Field, Mistakes, Question};
use super::timeline::{self, Moment};
use crate::fault::{self, PageFault};
use crate::language::Language;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// Cases on a page.
const CASES: u32 = 25;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/desk", get(desk))
        .route("/{language}/desk/{case}", get(one))
        .route("/{language}/desk/{case}/decide", post(decide))
        .route("/{language}/desk/{case}/ask", post(ask))
        .route("/{language}/desk/{case}/advise", post(advise))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
}

#[derive(Template)]
#[template(path = "desk/list.html")]
struct DeskPage<'a> {
    c: Context<'a>,
    lines: Vec<Line>,
    next: Option<u64>,
    done: bool,
}

#[derive(Deserialize)]
struct Part {
    after: Option<u64>,
    #[serde(default)]
    done: bool,
}

async fn desk(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Query(part): Query<Part>,
) -> Result<Response, PageFault> {
    let page = site.app.desk(viewer.account(), part.after, CASES).await;
    let page = page.map_err(|error| PageFault::new(&site, language, error))?;
    let c = Context::new(&site, language, Some(&viewer), "/desk");
    let lines = page.items.iter().map(|summary| cases::line(&c, summary)).collect();
    Ok(show(&DeskPage { c, lines, next: page.next, done: part.done }))
}

/// A ground to choose.
struct Citable {
    id: String,
    cited: Cited,
}

/// A route to choose.
struct Route {
    name: String,
    words: String,
}

/// A branch on which the officer is asked.
struct Branch {
    name: String,
    words: String,
}

#[derive(Template)]
#[template(path = "desk/one.html")]
struct OnePage<'a> {
    c: Context<'a>,
    id: String,
    reference: String,
    title: String,
    stage: String,
    deadline: String,
    silence: String,
    mine: bool,
    routes: Vec<Route>,
    grounds: Vec<Citable>,
    people: String,
    proposal: Vec<String>,
    proposal_ground: Option<Cited>,
    records: Vec<Question>,
    askable: Vec<Route>,
    branches: Vec<Branch>,
    given: Vec<Given>,
    moments: Vec<Moment>,
    seen: u64,
}

async fn one(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let fault = |error| PageFault::new(&site, language, error);
    let view = look(&site, &viewer, &case).await.map_err(fault)?;
    page(&site, language, &viewer, view, &Mistakes::new()).await.map_err(fault)
}

async fn page(
    site: &Site,
    language: Language,
    viewer: &Viewer,
    view: CaseView,
    mistakes: &Mistakes,
) -> Result<Response, AppError> {
    let officer = viewer.account().officer.clone().ok_or(AppError::Forbidden)?;
    let c = Context::new(site, language, Some(viewer), format!("/desk/{}", view.case.id));
    let mine = view.row.holders.contains(&officer);
    let kind = view.service.stage(&view.case.stage).map(|stage| &stage.kind);
    let desk = match kind {
        Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) => Some(desk),
        _ => None,
    };
    let mut records = Vec::new();
    for fact in desk.map(|desk| recorded(&view.service, desk)).unwrap_or_default() {
        let mut question = question::ask(&c, viewer.account(), &view.service, fact, &BTreeMap::new()).await?;
        question.error = mistakes.get(&fact.name).cloned().unwrap_or_default();
        records.push(question);
    }
    let grounds: &[Name] = match kind {
        Some(StageKind::Consult { grounds, .. }) => grounds,
        _ => desk.map_or(&[], |desk| &desk.grounds),
    };
    let (proposal, proposal_ground) = desk.map(|desk| proposal(&c, &view, desk)).unwrap_or_default();
    let page = OnePage {
        id: view.case.id.to_string(),
        reference: view.case.id.reference(),
        title: c.s(&view.service, "title"),
        stage: c.stage(&view.service, &view.case.stage),
        deadline: cases::deadline(&c, &view.case).unwrap_or_default(),
        silence: desk.map(|desk| silence(&c, &view, desk)).unwrap_or_default(),
        mine,
        routes: desk.map(|desk| ways(&c, &view, desk)).unwrap_or_default(),
        grounds: grounds.iter().map(|id| Citable { id: id.clone(), cited: c.cited(id) }).collect(),
        people: desk
            .filter(|desk| desk.people > 1)
            .map(|desk| c.tn("desk-people", desk.people as usize))
            .unwrap_or_default(),
        proposal,
        proposal_ground,
        records,
        askable: desk.map(|desk| askable(&c, &view, desk)).unwrap_or_default(),
        branches: branches(&c, &view, &officer),
        given: given(&c, &view),
        moments: timeline::tell(&c, &view.service, &view.history),
        seen: view.row.seq,
        c,
    };
    Ok(show(&page))
}

fn recorded<'a>(service: &'a Service, desk: &Desk) -> Vec<&'a Fact> {
    service.facts.iter().filter(|fact| desk.record.contains(&fact.name)).collect()
}

fn ways(c: &Context<'_>, view: &CaseView, desk: &Desk) -> Vec<Route> {
    let route = |name: &Name| Route { name: name.clone(), words: c.route(&view.service, &view.case.stage, name) };
    desk.may.keys().map(route).collect()
}

/// What the officer may ask the applicant for, while the one ask is not used.
fn askable(c: &Context<'_>, view: &CaseView, desk: &Desk) -> Vec<Route> {
    if !desk.ask || view.case.asked.contains(&view.case.stage) || !matches!(view.case.turn, Turn::Officers { .. }) {
        return Vec::new();
    }
    let asked = view.service.facts.iter().filter(|fact| matches!(fact.source, Source::Ask { .. }));
    asked.map(|fact| Route { name: fact.name.clone(), words: c.fact(&view.service, &fact.name) }).collect()
}

/// The consult's branches on which this officer has not answered yet.
fn branches(c: &Context<'_>, view: &CaseView, officer: &String) -> Vec<Branch> {
    let Turn::Consult { branches } = &view.case.turn else { return Vec::new() };
    let stage = &view.case.stage;
    let seat = |branch: &str| app::engine::case::branch_seat(stage, branch);
    let own =
        branches.iter().filter(|(name, turn)| turn.opinion.is_none() && view.case.drawn(&seat(name)).contains(officer));
    own.map(|(name, _)| Branch { name: name.clone(), words: c.s(&view.service, &format!("branch-{stage}-{name}")) })
        .collect()
}

/// What the rules propose, with the rows that say so.
fn proposal(c: &Context<'_>, view: &CaseView, desk: &Desk) -> (Vec<String>, Option<Cited>) {
    let Some(name) = &desk.proposal else { return Default::default() };
    let Some(table) = view.service.tables.get(name) else { return Default::default() };
    let Some(ruled) = rules::apply(view.service.zone(), &view.case.facts, table) else { return Default::default() };
    let rows = ruled.rows.iter().map(|row| c.count(*row)).collect::<Vec<_>>().join(&c.t("list-comma"));
    let by = c.t2("event-ruled", ("table", c.s(&view.service, &format!("table-{name}"))), ("rows", rows));
    let given = ruled.outputs.iter().map(|(output, value)| c.output(&view.service, name, output, value));
    (given.chain(std::iter::once(by)).collect(), ruled.ground.map(|ground| c.cited(&ground)))
}

/// What silence will do.
fn silence(c: &Context<'_>, view: &CaseView, desk: &Desk) -> String {
    let consequence = match &desk.wait.overdue {
        Overdue::Route(route) => c.route(&view.service, &view.case.stage, route),
        Overdue::Stage(stage) => c.stage(&view.service, stage),
    };
    c.t1("desk-silence", "consequence", consequence)
}

/// An act from a form of the desk: what the officer had before their eyes, and a key that makes a double click one act.
async fn act(site: &Site, viewer: &Viewer, case: &str, sent: &Sent, act: &Act) -> Result<(), AppError> {
    viewer.made(sent.text("csrf"))?;
    let id: CaseId = case.parse().map_err(|_| AppError::NotFound("case"))?;
    let seen: u64 = sent.text("seen").parse().map_err(|_| AppError::Stale)?;
    let request = serde_json::to_vec(act).map_err(|error| AppError::Internal(error.to_string()))?;
    let key = Key::new(format!("desk/{id}/{seen}/{}", sent.text("branch")), &request);
    site.app.act(viewer.account(), id, act, Some(seen), Some(key)).await.map(drop)
}

fn back(language: Language) -> Response {
    Redirect::to(&format!("/{}/desk?done=true", language.tag())).into_response()
}

fn ground(sent: &Sent) -> Option<String> {
    Some(sent.text("ground").to_owned()).filter(|ground| !ground.is_empty())
}

async fn decide(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
    request: Request,
) -> Result<Response, PageFault> {
    let fault = |error| PageFault::new(&site, language, error);
    let sent = Sent::read(request).await.map_err(fault)?;
    viewer.made(sent.text("csrf")).map_err(fault)?;
    let view = look(&site, &viewer, &case).await.map_err(fault)?;
    let c = Context::new(&site, language, Some(&viewer), format!("/desk/{case}"));
    let due = desk_of(&view.service, &view.case.stage).map(|desk| recorded(&view.service, desk)).unwrap_or_default();
    let (facts, mistakes) = question::read(&c, viewer.account(), &due, &BTreeMap::new(), &sent).await.map_err(fault)?;
    if !mistakes.is_empty() {
        return page(&site, language, &viewer, view, &mistakes).await.map_err(fault);
    }
    let (route, note) = (sent.text("route").to_owned(), sent.text("note").to_owned());
    match act(&site, &viewer, &case, &sent, &Act::Decide { route, ground: ground(&sent), note, facts }).await {
        Ok(()) => Ok(back(language)),
        Err(AppError::Refused(Refusal::Facts(problems))) => {
            let say = |problem: &app::engine::refusal::FactProblem| {
                (problem.fact.clone(), fault::fact_problem(&site, language, problem))
            };
            page(&site, language, &viewer, view, &problems.iter().map(say).collect()).await.map_err(fault)
        }
        Err(error) => Err(fault(error)),
    }
}

fn desk_of<'a>(service: &'a Checked<Service>, stage: &str) -> Option<&'a Desk> {
    match &service.stage(stage)?.kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => Some(desk),
        _ => None,
    }
}

async fn ask(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
    request: Request,
) -> Result<Response, PageFault> {
    let fault = |error| PageFault::new(&site, language, error);
    let sent = Sent::read(request).await.map_err(fault)?;
    let marked = sent.fields.keys().filter_map(|name| name.strip_prefix("ask-"));
    let item = |fact: &str| AskedItem {
        fact: fact.to_owned(),
        ground: sent.text("ground").to_owned(),
        note: sent.text(&format!("note-{fact}")).to_owned(),
    };
    let items = marked.map(item).collect();
    act(&site, &viewer, &case, &sent, &Act::Ask { items }).await.map_err(fault)?;
    Ok(back(language))
}

async fn advise(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
    request: Request,
) -> Result<Response, PageFault> {
    let fault = |error| PageFault::new(&site, language, error);
    let sent = Sent::read(request).await.map_err(fault)?;
    let opinion = match sent.text("opinion") {
        "agree" => Opinion::Agree,
        "object" => Opinion::Object,
        _ => return Err(fault(AppError::Invalid { field: "opinion", why: app::Invalid::Malformed })),
    };
    let ground = ground(&sent).filter(|_| opinion == Opinion::Object);
    let (branch, note) = (sent.text("branch").to_owned(), sent.text("note").to_owned());
    act(&site, &viewer, &case, &sent, &Act::Advise { branch, opinion, ground, note }).await.map_err(fault)?;
    Ok(back(language))
}
