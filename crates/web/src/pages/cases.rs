//! My cases: drafts, and every case with where it stands, whose turn it is and until when.

use std::sync::Arc;

use app::CaseSummary;
use app::definition::Checked;
use app::definition::model::{Service, StageKind};
use app::engine::case::{Case, Turn};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::context::Context;
use super::layout::show;
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
    /// Nothing when it ended elsewhere than at an end of the service: then the outcome says it all.
    pub(crate) stage: String,
    /// The outcome's key, when it has ended.
    pub(crate) outcome: String,
    pub(crate) turn: String,
    pub(crate) deadline: String,
    pub(crate) holders: String,
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
        stage: if ended_midway(service.map(|service| &**service), case) {
            String::new()
        } else {
            service_word(&format!("stage-{}", case.stage))
        },
        outcome: case.ended.as_ref().map(|ended| app::outcome_name(ended.outcome).to_owned()).unwrap_or_default(),
        turn: turn(c, case),
        deadline: deadline(c, case).unwrap_or_default(),
        holders: summary.row.holders.join(&c.t("list-comma")),
    }
}

/// Whether a case ended where the service has no end, as by a withdrawal: where it stood then is no longer where it stands.
pub(crate) fn ended_midway(service: Option<&Checked<Service>>, case: &Case) -> bool {
    let stage = service.and_then(|service| service.stage(&case.stage));
    case.ended.is_some() && stage.is_some_and(|stage| !matches!(stage.kind, StageKind::End(_)))
}

/// Whose turn it is, in words.
pub(crate) fn turn(c: &Context<'_>, case: &Case) -> String {
    // Officers and supervisors read the same pages.
    let mine = c.viewer.is_some_and(|viewer| viewer.account().person.as_ref() == Some(&case.applicant));
    let of = |own: &'static str, other: &'static str| if mine { own } else { other };
    c.t(match &case.turn {
        Turn::Rules => "turn-rules",
        Turn::Officers { .. } if case.lots.contains_key(&case.stage) && case.holders().is_empty() => "turn-drawn",
        Turn::Officers { .. } => "turn-officers",
        Turn::Consult { .. } => "turn-consult",
        Turn::Answer { .. } => of("turn-answer", "turn-answer-other"),
        Turn::Applicant { .. } => of("turn-applicant", "turn-applicant-other"),
        Turn::Payment { .. } => of("turn-payment", "turn-payment-other"),
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
}

#[derive(Template)]
#[template(path = "cases/list.html")]
struct CasesPage<'a> {
    c: Context<'a>,
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
    let fault = |error| PageFault::new(&site, language, error);
    let page = site.app.my_cases(viewer.account(), part.before, CASES).await.map_err(fault)?;
    let drafts = site.app.drafts(viewer.account()).await.map_err(fault)?;
    let c = Context::new(&site, language, Some(&viewer), "/cases");
    let draft = |draft: app::Draft| {
        let service = site.app.zone().services().get(&draft.service)?;
        let appeals = draft.appeals.map(|case| format!("?appeals={case}")).unwrap_or_default();
        Some(DraftLine { title: c.s(service, "title"), path: c.link(&format!("/apply/{}{appeals}", draft.service)) })
    };
    let drafts = drafts.into_iter().filter_map(draft).collect();
    let lines = page.items.iter().map(|summary| line(&c, summary)).collect();
    Ok(show(&CasesPage { c, drafts, lines, next: page.next }))
}
