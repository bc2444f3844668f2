//! The draws of a case: those that took place, each as a sheet that can be done again, and those that are to come.
//!
//! Must not know of: how a draw is done.

use std::sync::Arc;

use app::beacon::Sheet;
use app::engine::CaseId;
use app::engine::lot::Lot;
use app::{AppError, WaitingSeat, WaitsFor};
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::{At, Caller, NoParameters};
use super::problem::{Problem, Wire};
use super::schema;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/cases/{case}/draws", get(of_case))
}

/// The draws of a case.
#[derive(Serialize, ToSchema)]
#[schema(as = Draws)]
pub(super) struct DrawsAnswer {
    /// Those that took place, in order. Each is what `panjereh lot verify` takes.
    #[schema(value_type = Vec<schema::Sheet>)]
    drawn: Vec<Sheet>,
    /// Those that are to come.
    waiting: Vec<Waits>,
}

/// A seat that waits for its draw.
#[derive(Serialize, ToSchema)]
#[schema(as = WaitingSeat)]
pub(super) struct Waits {
    /// The stage, or `stage/branch`.
    seat: String,
    /// When the draw can take place at the earliest.
    due: Timestamp,
    /// The draw as it was fixed; absent when another application in the same matter has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::Lot>)]
    lot: Option<Lot>,
    /// The index of the entry in the public log that fixed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u64>,
    /// The application in the same matter for whose draw it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::CaseId>)]
    with: Option<CaseId>,
}

impl Waits {
    fn of(waiting: WaitingSeat) -> Self {
        let (seat, due) = (waiting.seat, waiting.due);
        match waiting.awaited {
            WaitsFor::Lot(lot, index) => Self { seat, due, lot: Some(*lot), index: Some(index), with: None },
            WaitsFor::Case(case) => Self { seat, due, lot: None, index: None, with: Some(case) },
        }
    }
}

/// The draws of a case
#[utoipa::path(
    get, path = "/api/v1/cases/{case}/draws", tag = "cases", operation_id = "draws",
    params(("case" = schema::CaseId, Path, description = "The case")),
    responses((status = 200, description = "How officers came, and will come, to the case", body = DrawsAnswer)),
    security(("token" = []))
)]
pub(super) async fn of_case(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    _: NoParameters,
    At(case): At<String>,
) -> Result<Json<DrawsAnswer>, Problem> {
    let case: CaseId = case.parse().map_err(|_| Wire::Path)?;
    let view = site.app.case(&account, case).await?;
    // A colleague sees where the case stands, and not how it came there.
    if !view.standing.sees() {
        return Err(AppError::NotFound("case").into());
    }
    let draws = site.app.draws(&view)?;
    let waiting = draws.waiting.into_iter().map(Waits::of).collect();
    Ok(Json(DrawsAnswer { drawn: draws.drawn, waiting }))
}
