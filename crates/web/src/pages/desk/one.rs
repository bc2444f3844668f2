//! One case on the officer's desk, with all that is needed to decide it.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::definition::Checked;
use app::definition::model::{Desk, Fact, Name, Overdue, Service, Source, StageKind};
use app::engine::act::Act;
use app::engine::case::Turn;
use app::engine::rules;
use app::{AppError, CaseView};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::amend::is_theirs;
use super::journey;
use super::returned::Returned;
use crate::fault::{Fault, PageFault};
use crate::language::Language;
use crate::pages::assessment;
use crate::pages::case::{Given, given, look};
use crate::pages::cases::{self, Stands};
use crate::pages::context::Context;
use crate::pages::draws::{self, Drawings};
use crate::pages::layout::{show, show_scripted};
use crate::pages::names::Cited;
use crate::pages::question::{self, Field, Question};
use crate::pages::timeline::{self, Moment};
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// A ground to choose.
pub(super) struct Citable {
    pub(super) id: String,
    pub(super) cited: Cited,
}

/// A route to choose.
struct Route {
    name: String,
    words: String,
}

/// A case that comes first.
struct Ahead {
    id: String,
    reference: String,
    /// Grounds for going out of turn; none where nothing justifies it.
    grounds: Vec<Citable>,
}

/// A branch on which the officer is asked.
struct Branch {
    name: String,
    words: String,
    grounds: Vec<Citable>,
}

#[derive(Template)]
#[template(path = "desk/one.html")]
struct OnePage<'a> {
    c: Context<'a>,
    id: String,
    reference: String,
    title: String,
    /// The case whose decision is appealed, in an appeal.
    appealed: Option<(String, String)>,
    stands: Stands,
    deadline: String,
    silence: String,
    mine: bool,
    /// The case that this desk's order puts first, and grounds for taking this one before it.
    ahead: Option<Ahead>,
    /// Why the officer may not act, if something keeps them from the case.
    bar: String,
    routes: Vec<Route>,
    grounds: Vec<Citable>,
    people: String,
    proposal: Vec<String>,
    proposal_ground: Option<Cited>,
    records: Vec<Question>,
    askable: Vec<Route>,
    branches: Vec<Branch>,
    /// The declared goods in short, for an inspector who stands before them.
    goods: Vec<String>,
    /// How goods in transit left the zone, where the case is about their arrival.
    journey: Vec<String>,
    /// What the list of what is left over says of what the case is to settle.
    settling: Vec<String>,
    given: Vec<Given>,
    draws: Drawings,
    moments: Vec<Moment>,
    seen: u64,
    /// They are of the competent authority, so they may ask that it be looked at again.
    colleague: bool,
    /// They were drawn to do so, and have not said yet what is to be done.
    called: bool,
    returned: Returned,
    officer: String,
    /// Under which name the device keeps what is filled in; the case's id alone where nothing is to be filled in any more; empty where nothing is kept.
    keeps: String,
}

impl OnePage<'_> {
    /// What is wrong with a form, each with the field that it leads to.
    fn errors(&self, form: &str) -> Vec<(String, String)> {
        let told = |(field, error): (&str, &str)| match self.records.iter().find(|question| question.fact == field) {
            Some(question) => (question.anchor(), format!("{}: {error}", question.title)),
            None => (format!("{form}-{field}"), error.to_owned()),
        };
        self.returned.errors(form).into_iter().map(told).collect()
    }
}

pub(super) async fn one(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await?;
    Ok(page(&site, language, &viewer, view, Returned::default()).await?)
}

/// The page; with a form that comes back, when one does.
pub(super) async fn page(
    site: &Site,
    language: Language,
    viewer: &Viewer,
    view: CaseView,
    returned: Returned,
) -> Result<Response, AppError> {
    let officer = viewer.account().officer.clone().ok_or(AppError::Forbidden)?;
    let c = Context::new(site, language, Some(viewer), format!("/desk/{}", view.case.id));
    let mine = view.case.holders().contains(&officer);
    let kind = view.service.stage(&view.case.stage).map(|stage| &stage.kind);
    let desk = match kind {
        Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) => Some(desk),
        _ => None,
    };
    let mut records = Vec::new();
    for fact in desk.map(|desk| recorded(&view.service, desk)).unwrap_or_default() {
        let mut question =
            question::ask(&c, &question::officers(viewer.account()), &view.service, fact, &BTreeMap::new()).await?;
        question.hint = format!("{} {}", question.hint, needed(&c, &view, fact)).trim().to_owned();
        records.push(question.again(returned.sent(), returned.error("decide", &fact.name)));
    }
    let ahead = if mine { ahead(&c, &view, &officer).await? } else { None };
    let bar = bar(site, viewer, &view, language).filter(|_| mine).unwrap_or_default();
    let fills_in = mine && ahead.is_none() && bar.is_empty() && !records.is_empty();
    let keeps = keeps(&view, fills_in);
    let grounds = desk.map_or(&[][..], |desk| &desk.grounds);
    let (proposal, proposal_ground) = desk.map(|desk| proposal(&c, &view, desk)).unwrap_or_default();
    let page = OnePage {
        id: view.case.id.to_string(),
        reference: view.case.id.reference(),
        title: c.s(&view.service, "title"),
        appealed: view.case.appeals.map(|case| (c.link(&format!("/desk/{case}")), case.reference())),
        stands: cases::stands(&c, Some(&view.service), &view.case),
        deadline: cases::deadline(&c, &view.case).unwrap_or_default(),
        silence: desk.map(|desk| silence(&c, &view, desk)).unwrap_or_default(),
        mine,
        ahead,
        bar,
        routes: desk.map(|desk| ways(&c, &view, desk)).unwrap_or_default(),
        grounds: citable(&c, &view.service, grounds),
        people: desk
            .filter(|desk| desk.people > 1)
            .map(|desk| c.tn("desk-people", desk.people as usize))
            .unwrap_or_default(),
        proposal,
        proposal_ground,
        records,
        askable: desk.map(|desk| askable(&c, &view, desk)).unwrap_or_default(),
        branches: branches(&c, &view, &officer),
        goods: match kind {
            Some(StageKind::Inspect(_)) => assessment::in_short(&c, &view).await?,
            _ => Vec::new(),
        },
        journey: journey::told(&c, &view).await?,
        settling: journey::settling(&c, &view).await?,
        given: given(&c, &view).await?,
        draws: draws::tell(&c, &view)?,
        moments: timeline::tell(&c, &view.service, &view.history, false),
        seen: view.row.seq,
        called: view.case.called.contains(&officer),
        colleague: is_theirs(site, viewer, &view),
        returned,
        keeps,
        officer,
        c,
    };
    Ok(if page.keeps.is_empty() { show(&page) } else { show_scripted(&page) })
}

/// Under which name the device keeps what is filled in about a case, where officers record something in it.
fn keeps(view: &CaseView, fills_in: bool) -> String {
    let records = |kind: &StageKind| match kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => !desk.record.is_empty(),
        _ => false,
    };
    match fills_in {
        true => format!("{}/{}", view.case.id, view.case.stage),
        false if view.service.stages.iter().any(|stage| records(&stage.kind)) => view.case.id.to_string(),
        false => String::new(),
    }
}

/// The case that comes first, while the officer has not taken this one out of turn.
async fn ahead(c: &Context<'_>, view: &CaseView, officer: &str) -> Result<Option<Ahead>, AppError> {
    if view.case.overtaking.contains(officer) {
        return Ok(None);
    }
    let first = c.site.app.ahead(officer, &view.service, &view.row).await?;
    let order = desk_of(&view.service, &view.case.stage).and_then(|desk| desk.order.as_ref());
    let of = |first: app::engine::CaseId| Ahead {
        id: first.to_string(),
        reference: first.reference(),
        grounds: citable(c, &view.service, order.iter().flat_map(|order| &order.overtake)),
    };
    Ok(first.map(of))
}

/// What keeps an officer from deciding, in words: the same that an act would be answered with.
fn bar(site: &Site, viewer: &Viewer, view: &CaseView, language: Language) -> Option<String> {
    let act = Act::Decide { route: String::new(), ground: None, note: String::new(), facts: BTreeMap::new() };
    let why = site.app.capacity(viewer.account(), view.standing, &view.service, &view.case, &act).err()?;
    Some(Fault::foretold(site, language, &AppError::from(why)))
}

pub(super) fn recorded<'a>(service: &'a Service, desk: &Desk) -> Vec<&'a Fact> {
    service.facts.iter().filter(|fact| desk.record.contains(&fact.name)).collect()
}

/// With which decisions something must be filled in that may be left empty with the others. The page does not know yet which one is chosen, so it says so in words.
fn needed(c: &Context<'_>, view: &CaseView, fact: &Fact) -> String {
    let Source::Record { needed: Some(routes), .. } = &fact.source else { return String::new() };
    if routes.is_empty() {
        return c.t("question-optional");
    }
    let words: Vec<String> = routes.iter().map(|route| c.route(&view.service, &view.case.stage, route)).collect();
    c.t1("desk-needed", "routes", words.join(&c.t("list-comma")))
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
    let grounds = |name: &Name| match view.service.stage(stage).map(|stage| &stage.kind) {
        Some(StageKind::Consult { branches, .. }) => {
            let own = branches.iter().find(|branch| branch.name == *name);
            citable(c, &view.service, own.iter().flat_map(|branch| &branch.grounds))
        }
        _ => Vec::new(),
    };
    let words = |name: &Name| c.s(&view.service, &format!("branch-{stage}-{name}"));
    own.map(|(name, _)| Branch { name: name.clone(), words: words(name), grounds: grounds(name) }).collect()
}

/// Those of the grounds that are in force, in words.
pub(super) fn citable<'n>(
    c: &Context<'_>,
    service: &Checked<Service>,
    grounds: impl IntoIterator<Item = &'n Name>,
) -> Vec<Citable> {
    let now = c.site.app.clock.now();
    let in_force = grounds.into_iter().filter(|id| app::engine::clock::is_in_force(service.zone(), id, now));
    in_force.map(|id| Citable { id: id.clone(), cited: c.cited(id) }).collect()
}

/// What the rules propose, with the rows that say so.
fn proposal(c: &Context<'_>, view: &CaseView, desk: &Desk) -> (Vec<String>, Option<Cited>) {
    let Some(name) = &desk.proposal else { return Default::default() };
    let Some(table) = view.service.tables.get(name) else { return Default::default() };
    let Some(ruled) = rules::apply(view.service.zone(), &view.case.facts, table) else { return Default::default() };
    let rows = ruled.rows.iter().map(|row| c.count(*row)).collect::<Vec<_>>().join(&c.t("list-comma"));
    let by = c.t2("event-ruled", ("table", c.s(&view.service, &format!("table-{name}"))), ("rows", rows));
    let given = ruled.outputs.iter().map(|(output, value)| c.output(&view.service, name, output, value));
    (given.chain(std::iter::once(by)).collect(), ruled.ground.map(|ground| c.cited_today(&view.service, &ground)))
}

/// What silence will do.
fn silence(c: &Context<'_>, view: &CaseView, desk: &Desk) -> String {
    let consequence = match &desk.wait.overdue {
        Overdue::Route(route) | Overdue::Deemed { route, .. } => c.route(&view.service, &view.case.stage, route),
        Overdue::Stage(stage) => c.stage(&view.service, stage),
    };
    c.t1("desk-silence", "consequence", consequence)
}

pub(super) fn desk_of<'a>(service: &'a Checked<Service>, stage: &str) -> Option<&'a Desk> {
    match &service.stage(stage)?.kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => Some(desk),
        _ => None,
    }
}
