//! An officer's desk and a supervisor's queues.
//!
//! Must not know of: how cases come to a desk.

use std::sync::Arc;

use app::Queue;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::{At, Caller, NoParameters, Query};
use super::cases::{CasesAnswer, Part};
use super::problem::Problem;
use super::schema;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/desk", get(desk)).route("/queues", get(queues)).route("/queues/{authority}/cases", get(queue))
}

/// The queues that the caller supervises.
#[derive(Serialize, ToSchema)]
#[schema(as = Queues)]
pub(super) struct QueuesAnswer {
    /// One for each stage that cases stand in.
    items: Vec<QueueAnswer>,
}

/// One stage's queue.
#[derive(Serialize, ToSchema)]
#[schema(as = Queue)]
pub(super) struct QueueAnswer {
    /// Who is competent.
    authority: String,
    /// The service.
    service: String,
    /// The stage.
    stage: String,
    /// The outcome, when it is an end.
    #[schema(value_type = Option<schema::Outcome>)]
    outcome: Option<String>,
    /// Cases in it.
    cases: u64,
    /// When the longest-waiting one came to it.
    oldest: Timestamp,
    /// The nearest deadline in it.
    nearest_due: Option<Timestamp>,
}

impl QueueAnswer {
    fn of(queue: Queue) -> Self {
        let moment = |at_ms| Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
        Self {
            oldest: moment(queue.oldest_ms),
            nearest_due: queue.nearest_due_ms.map(moment),
            authority: queue.authority,
            service: queue.service,
            stage: queue.stage,
            outcome: queue.outcome,
            cases: queue.cases,
        }
    }
}

/// The cases that wait for the caller, in the order in which they arrived
#[utoipa::path(
    get, path = "/api/v1/desk", tag = "desk", operation_id = "desk", params(Part),
    responses((status = 200, description = "The open cases for which the caller was drawn", body = CasesAnswer)),
    security(("token" = []))
)]
pub(super) async fn desk(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Query(part): Query<Part>,
) -> Result<Json<CasesAnswer>, Problem> {
    let (after, limit) = part.read()?;
    Ok(Json(CasesAnswer::of(site.app.desk(&account, after, limit).await?)))
}

/// The queues that the caller supervises
#[utoipa::path(
    get, path = "/api/v1/queues", tag = "desk", operation_id = "queues",
    responses((status = 200, description = "Where cases stand", body = QueuesAnswer)),
    security(("token" = []))
)]
pub(super) async fn queues(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    _: NoParameters,
) -> Result<Json<QueuesAnswer>, Problem> {
    let queues = site.app.queues(&account).await?;
    Ok(Json(QueuesAnswer { items: queues.into_iter().map(QueueAnswer::of).collect() }))
}

/// The open cases of an authority that the caller supervises
#[utoipa::path(
    get, path = "/api/v1/queues/{authority}/cases", tag = "desk", operation_id = "queue",
    params(("authority" = String, Path, description = "The authority", max_length = 200), Part),
    responses((status = 200, description = "The cases, in the order in which they arrived", body = CasesAnswer)),
    security(("token" = []))
)]
pub(super) async fn queue(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    At(authority): At<String>,
    Query(part): Query<Part>,
) -> Result<Json<CasesAnswer>, Problem> {
    let (after, limit) = part.read()?;
    Ok(Json(CasesAnswer::of(site.app.supervised(&account, &authority, after, limit).await?)))
}
