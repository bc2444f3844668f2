//! My cases: drafts, and every case with where it stands, whose turn it is and until when.

use std::sync::Arc;

use app::CaseSummary;
use app::definition::Checked;
use app::definition::model::{Name, Service, StageKind};
use app::engine::case::{Case, OfficerId, Turn, branch_seat};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::apply;
use super::context::Context;
use super::layout::show;
use super::mandates;
use crate::fault::PageFault;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// Cases on a page.
const CASES: u32 = 25;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/cases", get(mine))
}

/// A case in a list.
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) reference: String,
    pub(crate) title: String,
    pub(crate) stands: Stands,
    pub(crate) turn: String,
    pub(crate) deadline: String,
    pub(crate) holders: String,
    /// For whom the viewer may act in it.
    pub(crate) acts_for: String,
}

/// A case's line in a list.
pub(crate) fn line(c: &Context<'_>, summary: &CaseSummary) -> Line {
    let case = &summary.case;
    let service = c.site.app.zone().services().get(&case.service);
    let service_word = |key: &str| service.map(|service| c.s(service, key)).unwrap_or_else(|| case.service.clone());
    Line {
        id: case.id.to_string(),
        reference: case.id.reference(),
        title: service_word("title"),
        stands: stands(c, service.map(|service| &**service), case),
        turn: turn(c, case, summary.agency.is_some()),
        acts_for: summary.agency.as_ref().map(|agency| mandates::acts_for(c, agency)).unwrap_or_default(),
        deadline: deadline(c, case).unwrap_or_default(),
        holders: holders(c, service.map(|service| &**service), case, &summary.row.holders),
    }
}

/// Who holds a case: each with the role in which they do, and its authority.
pub(crate) fn holders(
    c: &Context<'_>,
    service: Option<&Checked<Service>>,
    case: &Case,
    holders: &[OfficerId],
) -> String {
    let told = |officer: &OfficerId| {
        let role = service.and_then(|service| role_of(service, case, officer));
        let Some((name, role)) = role.and_then(|name| c.zone().roles.get_key_value(name)) else {
            return officer.clone();
        };
        let (role, authority) = (c.z(&format!("role-{name}")), c.z(&format!("authority-{}", role.authority)));
        c.tx("held-by-one", &[("officer", officer.clone()), ("role", role), ("authority", authority)])
    };
    holders.iter().map(told).collect::<Vec<_>>().join(&c.t("list-comma"))
}

/// The role in which an officer was drawn for where the case stands; none for those who look at it again.
fn role_of<'s>(service: &'s Service, case: &Case, officer: &OfficerId) -> Option<&'s Name> {
    let stage = service.stage(&case.stage)?;
    let sits = |seat: &str| case.drawn(seat).contains(officer);
    match &stage.kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => sits(&stage.name).then_some(&desk.role),
        StageKind::Consult { branches, .. } => {
            let own = branches.iter().find(|branch| sits(&branch_seat(&stage.name, &branch.name)));
            own.map(|branch| &branch.role)
        }
        _ => None,
    }
}

/// How a case stands, in words and colour. Every page takes it from here, so that none shows as granted what was revoked.
pub(crate) struct Stands {
    /// Where it stands: its stage; how it ended, where that is no end of the service, as by a withdrawal; that its certificate was revoked.
    pub(crate) title: String,
    /// The outcome, where the title does not say it; nothing while the case is open.
    pub(crate) tag: String,
    /// The class of panels and tags: `good`, `bad`, or nothing while the case is open.
    pub(crate) tone: &'static str,
}

/// How a case stands.
pub(crate) fn stands(c: &Context<'_>, service: Option<&Checked<Service>>, case: &Case) -> Stands {
    let stage = || service.map_or_else(|| case.stage.clone(), |service| c.stage(service, &case.stage));
    let Some(ended) = &case.ended else { return Stands { title: stage(), tag: String::new(), tone: "" } };
    if ended.revoked.is_some() {
        return Stands { title: c.t("stands-revoked"), tag: c.t("outcome-revoked"), tone: "bad" };
    }
    let name = app::outcome_name(ended.outcome);
    let at = service.and_then(|service| service.stage(&case.stage));
    let midway = at.is_some_and(|stage| !matches!(stage.kind, StageKind::End(_)));
    let (title, tag) = if midway { (c.outcome(name), String::new()) } else { (stage(), c.outcome(name)) };
    Stands { title, tag, tone: if name == "granted" { "good" } else { "bad" } }
}

/// Whose turn it is, in words; `acts`: the viewer acts for the applicant.
pub(crate) fn turn(c: &Context<'_>, case: &Case, acts: bool) -> String {
    // Officers and supervisors read the same pages.
    let mine = acts || c.viewer.is_some_and(|viewer| viewer.account().person.as_ref() == Some(&case.applicant));
    let of = |own: &'static str, other: &'static str| if mine { own } else { other };
    c.t(match &case.turn {
        Turn::Rules => "turn-rules",
        Turn::Officers { .. } if case.lots.contains_key(&case.stage) && case.holders().is_empty() => "turn-drawn",
        Turn::Officers { .. } => "turn-officers",
        Turn::Consult { .. } => "turn-consult",
        Turn::Answer { .. } => of("turn-answer", "turn-answer-other"),
        Turn::Applicant { .. } => of("turn-applicant", "turn-applicant-other"),
        Turn::Payment { .. } => of("turn-payment", "turn-payment-other"),
        Turn::Waiting { .. } if case.lots.contains_key(&case.stage) => "turn-lot",
        Turn::Waiting { .. } => "turn-waiting",
        Turn::Ended => "turn-ended",
    })
}

/// The nearest deadline: its last day, and how many working days are left.
pub(crate) fn deadline(c: &Context<'_>, case: &Case) -> Option<String> {
    let due = case.clocks().into_iter().map(|clock| clock.due).min()?;
    let zone = c.zone();
    let today = app::engine::clock::date(zone, c.site.app.clock.now())?;
    let last = app::engine::clock::date(zone, due.checked_sub(jiff::SignedDuration::from_nanos(1)).ok()?)?;
    let left = zone.calendar.workdays_between(today, last);
    let left = c.tn("days-left", usize::try_from(left).unwrap_or(0));
    Some(c.t2("deadline-left", ("day", c.last_day(&due)), ("left", left)))
}

struct DraftLine {
    title: String,
    path: String,
    /// Whether it was begun for another.
    acts: bool,
}

#[derive(Template)]
#[template(path = "cases/list.html")]
struct CasesPage<'a> {
    c: Context<'a>,
    /// Whether any service takes a declaration, so that there is a declarant's desk.
    declares: bool,
    drafts: Vec<DraftLine>,
    lines: Vec<Line>,
    next: Option<u64>,
}

#[derive(Deserialize)]
struct Part {
    before: Option<u64>,
}

async fn mine(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Query(part): Query<Part>,
) -> Result<Response, PageFault> {
    let page = site.app.my_cases(viewer.account(), part.before, CASES).await?;
    let drafts = site.app.drafts(viewer.account()).await?;
    let c = Context::new(&site, language, Some(&viewer), "/cases");
    let draft = |draft: app::Draft| {
        let service = site.app.zone().services().get(&draft.service)?;
        Some(DraftLine {
            title: c.s(service, "title"),
            path: c.link(&apply::of_draft(&draft)),
            acts: draft.mandate.is_some(),
        })
    };
    let drafts = drafts.into_iter().filter_map(draft).collect();
    let lines = page.items.iter().map(|summary| line(&c, summary)).collect();
    let declares = !site.app.declared_services().await?.is_empty();
    Ok(show(&CasesPage { c, declares, drafts, lines, next: page.next }))
}
