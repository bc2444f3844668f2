//! Cases: applying, my own, and one with its history.
//!
//! Must not know of: what may be done in a case.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::definition::value::Value;
use app::engine::CaseId;
use app::engine::case::{Case, Decision, Digest, Ended, Erased, Turn};
use app::engine::event::Event;
use app::engine::mandate::Agency;
use app::{Acted, AppError, CaseRow, CaseSummary, CaseView, Draft};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::Write;
use super::caller::{At, Caller, NoParameters, Query};
use super::documents;
use super::problem::{Problem, Wire};
use super::schema;
use super::tree::Described;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/cases", get(mine).post(apply)).route("/cases/{case}", get(one))
}

/// Which part of a list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Part {
    /// Where to go on: the `next` of the part before.
    #[param(pattern = "^[0-9]{1,18}$", max_length = 18)]
    pub(super) cursor: Option<String>,
    /// At most how many.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<u32>,
}

impl Part {
    /// The place to go on from, and how many.
    pub(super) fn read(self) -> Result<(Option<u64>, u32), Wire> {
        let bad = |name: &str| Wire::parameter(name);
        let plain =
            |cursor: &String| (1..=18).contains(&cursor.len()) && cursor.bytes().all(|byte| byte.is_ascii_digit());
        let cursor = match self.cursor {
            None => None,
            Some(cursor) if plain(&cursor) => Some(cursor.parse().map_err(|_| bad("cursor"))?),
            Some(_) => return Err(bad("cursor")),
        };
        let limit = self.limit.unwrap_or(50);
        if (1..=200).contains(&limit) { Ok((cursor, limit)) } else { Err(bad("limit")) }
    }
}

/// A part of a list of cases.
#[derive(Serialize, ToSchema)]
#[schema(as = Cases)]
pub(super) struct CasesAnswer {
    /// The cases.
    items: Vec<Summary>,
    /// What to give as `cursor` for the part that follows; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl CasesAnswer {
    pub(super) fn of(page: app::Page<CaseSummary>) -> Self {
        let items = page.items.into_iter().map(|item| Summary::of(item.row, item.agency)).collect();
        Self { items, next: page.next.map(|next| next.to_string()) }
    }
}

/// Where a case stands.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseSummary)]
pub(super) struct Summary {
    /// The case.
    #[schema(value_type = schema::CaseId)]
    case: CaseId,
    /// What people call it.
    reference: String,
    /// The service.
    service: String,
    /// Who is competent.
    authority: String,
    /// The stage it stands in.
    stage: String,
    /// How it ended, if it has.
    #[schema(value_type = Option<schema::Outcome>)]
    outcome: Option<String>,
    /// Officers whose turn it is.
    holders: Vec<String>,
    /// The number of its events.
    seq: u64,
    /// When it was opened.
    opened: Timestamp,
    /// Since when it stands in its stage.
    stage_since: Timestamp,
    /// The nearest deadline.
    due: Option<Timestamp>,
    /// The mandate under which the caller may act in it for the applicant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::MandateId>)]
    mandate: Option<CaseId>,
}

impl Summary {
    fn of(row: CaseRow, agency: Option<Agency>) -> Self {
        let moment = |at_ms| Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
        Self {
            opened: moment(row.opened_ms),
            stage_since: moment(row.stage_since_ms),
            due: row.due_ms.map(moment),
            case: row.case,
            reference: row.reference,
            service: row.service,
            authority: row.authority,
            stage: row.stage,
            outcome: row.outcome,
            holders: row.holders,
            seq: row.seq,
            mandate: agency.map(|agency| agency.mandate),
        }
    }
}

/// A case as the caller may see it.
#[derive(Serialize, ToSchema)]
#[schema(as = Case)]
pub(super) struct CaseAnswer {
    #[serde(flatten)]
    summary: Summary,
    /// SHA-256 of the definition that it began under and keeps.
    #[schema(value_type = schema::Sha256)]
    definition: Digest,
    /// What the caller has to do with it.
    standing: Standing,
    /// What it holds; absent for a colleague, who only sees where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content>,
}

/// What the caller has to do with a case.
#[derive(Serialize, ToSchema)]
pub(super) struct Standing {
    /// They applied.
    applicant: bool,
    /// They act for the applicant under a mandate.
    agent: bool,
    /// They were drawn for it.
    drawn: bool,
    /// They were drawn to hear the appeal against it.
    hears: bool,
    /// They supervise its authority.
    supervisor: bool,
    /// They hold a role of its authority.
    colleague: bool,
}

/// What a case holds.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseContent)]
pub(super) struct Content {
    /// Who applied.
    applicant: String,
    /// The case appealed against, for an appeal.
    #[schema(value_type = Option<schema::CaseId>)]
    appeals: Option<CaseId>,
    /// What is known: by fact, by what a register said (`company.arrears`), by what a table gave (`fees.amount`).
    #[schema(value_type = BTreeMap<String, schema::TypedValue>)]
    facts: BTreeMap<String, Value>,
    /// Whose turn it is.
    #[schema(value_type = schema::Turn)]
    turn: Turn,
    /// The clocks that run.
    clocks: Vec<Clock>,
    /// Officers drawn, by stage or branch.
    officers: BTreeMap<String, Vec<String>>,
    /// The last decision.
    #[schema(value_type = Option<schema::Decision>)]
    decision: Option<Decision>,
    /// How it ended, once it has.
    #[schema(value_type = Option<schema::Ended>)]
    ended: Option<Ended>,
    /// What was erased.
    #[schema(value_type = Vec<schema::Erased>)]
    erased: Vec<Erased>,
    /// All that happened, in order.
    history: Vec<Happened>,
}

/// A clock that runs.
#[derive(Serialize, ToSchema)]
pub(super) struct Clock {
    /// The stage, or the branch within it.
    name: String,
    /// When it runs out.
    due: Timestamp,
}

/// An event with its place in the case and in the public log.
#[derive(Serialize, ToSchema)]
pub(super) struct Happened {
    /// Its place in the case, from 1.
    seq: u64,
    /// Its index in the public log, from 0.
    position: u64,
    /// What.
    #[schema(value_type = schema::Event)]
    event: Event,
}

impl CaseAnswer {
    pub(super) fn of(view: CaseView) -> Self {
        let standing = Standing {
            applicant: view.standing.applicant,
            agent: view.standing.agent,
            drawn: view.standing.drawn,
            hears: view.standing.hears,
            supervisor: view.standing.supervisor,
            colleague: view.standing.colleague,
        };
        let definition = view.case.definition;
        let content = view.standing.sees().then(|| Content::of(view.case, view.history));
        Self { summary: Summary::of(view.row, view.agency), definition, standing, content }
    }
}

impl Content {
    fn of(case: Case, history: Vec<(app::EventRow, Event)>) -> Self {
        let clock = |clock: app::engine::case::RunningClock| Clock { name: clock.name, due: clock.due };
        let happened = |(row, event): (app::EventRow, Event)| Happened { seq: row.seq, position: row.position, event };
        Self {
            clocks: case.clocks().into_iter().map(clock).collect(),
            applicant: case.applicant,
            appeals: case.appeals,
            facts: case.facts,
            turn: case.turn,
            officers: case.officers,
            decision: case.decision,
            ended: case.ended,
            erased: case.erased,
            history: history.into_iter().map(happened).collect(),
        }
    }
}

/// An application.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Application)]
pub(super) struct ApplicationRequest {
    /// The service.
    #[schema(max_length = 200)]
    service: String,
    /// The case appealed against, for an appeal.
    #[serde(default)]
    #[schema(value_type = Option<schema::CaseId>)]
    appeals: Option<CaseId>,
    /// The mandate under which the caller applies for another; without it they apply in their own name.
    #[serde(default)]
    #[schema(value_type = Option<schema::MandateId>)]
    mandate: Option<CaseId>,
    /// What the applicant says, by fact.
    #[schema(value_type = BTreeMap<String, schema::TypedValue>)]
    facts: BTreeMap<String, Value>,
}

impl Described for ApplicationRequest {}

/// The caller's own cases and those in which they may act under a mandate, newest first
#[utoipa::path(
    get, path = "/api/v1/cases", tag = "cases", operation_id = "my_cases", params(Part),
    responses((status = 200, description = "The cases", body = CasesAnswer)),
    security(("token" = []))
)]
pub(super) async fn mine(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Query(part): Query<Part>,
) -> Result<Json<CasesAnswer>, Problem> {
    let (after, limit) = part.read()?;
    Ok(Json(CasesAnswer::of(site.app.my_cases(&account, after, limit).await?)))
}

/// Applies
#[utoipa::path(
    post, path = "/api/v1/cases", tag = "cases", operation_id = "apply", params(schema::IdempotencyKey),
    request_body = ApplicationRequest,
    responses((status = 201, description = "The case is durable", body = schema::Acted,
               headers(("location" = String, description = "The case")))),
    security(("token" = []))
)]
pub(super) async fn apply(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Write { key, body }: Write<ApplicationRequest>,
) -> Result<Response, Problem> {
    documents::brought(&site, &account, &body.facts).await?;
    let ApplicationRequest { service, appeals, mandate, facts } = body;
    let draft = Draft { service, appeals, mandate, facts, ..Draft::default() };
    let acted: Acted = site.app.submit(&account, &draft, Some(key)).await.map_err(|error| misnamed(&site, error))?;
    let location = [(header::LOCATION, format!("/api/v1/cases/{}", acted.case))];
    Ok((StatusCode::CREATED, location, Json(acted)).into_response())
}

/// The address is right: the body names what is not there.
fn misnamed(site: &Site, error: AppError) -> Problem {
    match error {
        AppError::NotFound("service") => {
            Wire::NoSuchService { services: site.app.zone().services().keys().cloned().collect() }.into()
        }
        AppError::NotFound("mandate") => Wire::NoMandate.into(),
        AppError::NotFound(_) => Wire::NoAppealedCase.into(),
        other => other.into(),
    }
}

/// One case
#[utoipa::path(
    get, path = "/api/v1/cases/{case}", tag = "cases", operation_id = "case",
    params(("case" = schema::CaseId, Path, description = "The case")),
    responses((status = 200, description = "The case as the caller may see it", body = CaseAnswer)),
    security(("token" = []))
)]
pub(super) async fn one(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    _: NoParameters,
    At(case): At<String>,
) -> Result<Json<CaseAnswer>, Problem> {
    let case: CaseId = case.parse().map_err(|_| Wire::Path)?;
    Ok(Json(CaseAnswer::of(site.app.case(&account, case).await?)))
}
