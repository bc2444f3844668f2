//! Mandates: given, accepted, given up, revoked; by whoever holds a company, and by the agent.
//!
//! Must not know of: how an act on one is judged, what is done under it.

use std::collections::BTreeSet;
use std::sync::Arc;

use app::definition::value::Date;
use app::engine::CaseId;
use app::engine::mandate::{MandateAct, MandateRefusal, Principal, Standing};
use app::{AppError, MandateView};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::Write;
use super::caller::{At, Caller, NoParameters};
use super::problem::{Problem, Wire};
use super::schema;
use super::tree::Described;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/mandates", get(all).post(give))
        .route("/mandates/{mandate}", get(one))
        .route("/mandates/{mandate}/acts", post(act))
}

/// Whoever lets somebody act for it: a register's record.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Principal)]
pub(super) struct PrincipalBody {
    /// The register.
    #[schema(max_length = 200)]
    register: String,
    /// The record's key, such as a company's number.
    #[schema(max_length = 200)]
    key: String,
}

/// A mandate to be given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Giving)]
pub(super) struct GiveRequest {
    /// For whom: what the caller holds.
    principal: PrincipalBody,
    /// Who shall act: their number in the register of people. Whether there is such a person is not said.
    #[schema(min_length = 1, max_length = 100)]
    agent: String,
    /// For which services; all that there are for such a principal when absent or empty.
    #[serde(default)]
    #[schema(required = false, max_items = 100)]
    services: BTreeSet<String>,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    first_day: Date,
    /// The last day, that day included.
    #[schema(value_type = String, format = Date)]
    last_day: Date,
}

impl Described for GiveRequest {}

/// What is done to a mandate.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
#[schema(as = MandateAct)]
pub(super) enum ActRequest {
    /// The agent accepts it.
    Accept {},
    /// The agent declines it, or gives it up.
    GiveUp {},
    /// Whoever holds the principal takes it back.
    Revoke {},
}

impl Described for ActRequest {}

/// The mandates that concern the caller.
#[derive(Serialize, ToSchema)]
#[schema(as = Mandates)]
pub(super) struct MandatesAnswer {
    /// Given for what the caller holds, the newest first.
    given: Vec<MandateAnswer>,
    /// Received as the agent, the newest first.
    received: Vec<MandateAnswer>,
}

/// A mandate.
#[derive(Serialize, ToSchema)]
#[schema(as = Mandate)]
pub(crate) struct MandateAnswer {
    #[schema(value_type = schema::MandateId)]
    mandate: CaseId,
    principal: PrincipalBody,
    /// Who acts: their number in the register of people.
    agent: String,
    /// For which services; all when empty.
    services: Vec<String>,
    /// From when.
    from: Timestamp,
    /// Until when.
    until: Timestamp,
    /// How it stands now.
    #[schema(value_type = schema::MandateStanding)]
    standing: Standing,
    /// When it was given.
    given: Timestamp,
    /// When the agent accepted it.
    accepted: Option<Timestamp>,
    /// When the agent declined it or gave it up.
    given_up: Option<Timestamp>,
    /// When it was revoked.
    revoked: Option<Timestamp>,
    /// How often it was used.
    uses: u64,
    /// When it was used last.
    last_use: Option<Timestamp>,
}

impl MandateAnswer {
    pub(crate) fn of(view: &MandateView) -> Self {
        let mandate = view.mandate.clone();
        Self {
            mandate: view.id,
            principal: PrincipalBody { register: mandate.principal.register, key: mandate.principal.key },
            agent: mandate.agent,
            services: mandate.services.into_iter().collect(),
            from: mandate.from,
            until: mandate.until,
            standing: view.standing,
            given: mandate.given,
            accepted: mandate.accepted,
            given_up: mandate.given_up,
            revoked: mandate.revoked,
            uses: view.uses,
            last_use: view.last_use,
        }
    }
}

/// The mandates that the caller gave or received
#[utoipa::path(
    get, path = "/api/v1/mandates", tag = "mandates", operation_id = "mandates",
    responses((status = 200, description = "The mandates", body = MandatesAnswer)),
    security(("token" = []))
)]
pub(super) async fn all(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    _: NoParameters,
) -> Result<Json<MandatesAnswer>, Problem> {
    let mandates = site.app.mandates(&account).await?;
    let told = |views: &[MandateView]| views.iter().map(MandateAnswer::of).collect();
    Ok(Json(MandatesAnswer { given: told(&mandates.given), received: told(&mandates.received) }))
}

/// Gives a mandate: nothing follows from it until the agent accepts it
#[utoipa::path(
    post, path = "/api/v1/mandates", tag = "mandates", operation_id = "give_mandate", params(schema::IdempotencyKey),
    request_body = GiveRequest,
    responses((status = 201, description = "It is durable", body = MandateAnswer,
               headers(("location" = String, description = "The mandate")))),
    security(("token" = []))
)]
pub(super) async fn give(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Write { key, body }: Write<GiveRequest>,
) -> Result<Response, Problem> {
    let GiveRequest { principal: PrincipalBody { register, key: record }, agent, services, first_day, last_day } = body;
    let span = site.app.mandate_span(first_day, last_day).ok_or(AppError::Mandate(MandateRefusal::BadSpan))?;
    let (from, until) = span;
    let act = MandateAct::Give { principal: Principal { register, key: record }, agent, services, from, until };
    let acted = site.app.act_on_mandate(&account, None, &act, Some(key)).await?;
    let (view, _) = site.app.mandate(&account, acted.case).await?;
    let location = [(header::LOCATION, format!("/api/v1/mandates/{}", view.id))];
    Ok((StatusCode::CREATED, location, Json(MandateAnswer::of(&view))).into_response())
}

/// One mandate, for whoever holds its principal and for its agent
#[utoipa::path(
    get, path = "/api/v1/mandates/{mandate}", tag = "mandates", operation_id = "mandate",
    params(("mandate" = schema::MandateId, Path, description = "The mandate")),
    responses((status = 200, description = "The mandate", body = MandateAnswer)),
    security(("token" = []))
)]
pub(super) async fn one(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    At(mandate): At<String>,
    _: NoParameters,
) -> Result<Json<MandateAnswer>, Problem> {
    let id: CaseId = mandate.parse().map_err(|_| Wire::Path)?;
    let (view, _) = site.app.mandate(&account, id).await?;
    Ok(Json(MandateAnswer::of(&view)))
}

/// Accepts, declines, gives up or revokes a mandate; it takes effect at once
#[utoipa::path(
    post, path = "/api/v1/mandates/{mandate}/acts", tag = "mandates", operation_id = "act_on_mandate",
    request_body = ActRequest,
    params(("mandate" = schema::MandateId, Path, description = "The mandate"), schema::IdempotencyKey),
    responses((status = 200, description = "It is durable", body = MandateAnswer)),
    security(("token" = []))
)]
pub(super) async fn act(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    At(mandate): At<String>,
    Write { key, body }: Write<ActRequest>,
) -> Result<Json<MandateAnswer>, Problem> {
    let id: CaseId = mandate.parse().map_err(|_| Wire::Path)?;
    let act = match body {
        ActRequest::Accept {} => MandateAct::Accept,
        ActRequest::GiveUp {} => MandateAct::GiveUp,
        ActRequest::Revoke {} => MandateAct::Revoke,
    };
    site.app.act_on_mandate(&account, Some(id), &act, Some(key)).await?;
    let (view, _) = site.app.mandate(&account, id).await?;
    Ok(Json(MandateAnswer::of(&view)))
}
