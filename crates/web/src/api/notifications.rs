//! Customs' answers to a declaration that became a case: the list of them, and each as a WCO RES message.
//!
//! Must not know of: when something is answered, how a message is written.

use std::sync::Arc;

use app::engine::CaseId;
use app::{Answered, AppError};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
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
    Router::new().route("/cases/{case}/notifications", get(all)).route("/cases/{case}/notifications/{number}", get(one))
}

/// Customs' answers to a declaration.
#[derive(Serialize, ToSchema)]
#[schema(as = Notifications)]
pub(super) struct NotificationsAnswer {
    /// In the order in which they were given; none where the case is no declaration.
    items: Vec<NotificationAnswer>,
}

/// An answer of customs.
#[derive(Serialize, ToSchema)]
#[schema(as = Notification)]
pub(super) struct NotificationAnswer {
    /// Which of the case's answers, from 1. What was given keeps its number.
    number: u32,
    /// What it says: `accepted`, `tax`, `control`, `documents`, `released`, `cleared`, `rejected`, `invalidated`.
    says: &'static str,
    /// The same as the WCO's datum 017 has it.
    function: &'static str,
    /// The number of the event that it answers with.
    seq: u64,
    /// When that was.
    at: Timestamp,
}

impl NotificationAnswer {
    fn of(answered: &Answered) -> Self {
        let Answered { number, function, seq, at, .. } = answered;
        Self { number: *number, says: function.name(), function: function.code(), seq: *seq, at: *at }
    }
}

/// Customs' answers to a declaration
#[utoipa::path(
    get, path = "/api/v1/cases/{case}/notifications", tag = "cases", operation_id = "notifications",
    params(("case" = schema::CaseId, Path, description = "The case")),
    responses((status = 200, description = "What customs answered", body = NotificationsAnswer)),
    security(("token" = []))
)]
pub(super) async fn all(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    _: NoParameters,
    At(case): At<String>,
) -> Result<Json<NotificationsAnswer>, Problem> {
    let case: CaseId = case.parse().map_err(|_| Wire::Path)?;
    let answers = site.app.notifications(&account, case).await?;
    Ok(Json(NotificationsAnswer { items: answers.iter().map(NotificationAnswer::of).collect() }))
}

/// One answer of customs, as a WCO RES message
#[utoipa::path(
    get, path = "/api/v1/cases/{case}/notifications/{number}", tag = "cases", operation_id = "notification",
    params(("case" = schema::CaseId, Path, description = "The case"),
           ("number" = String, Path, description = "Which of its answers, from 1")),
    responses((status = 200, description = "The message", content((schema::File = "application/xml")))),
    security(("token" = []))
)]
pub(super) async fn one(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    At((case, number)): At<(String, String)>,
    _: NoParameters,
) -> Result<Response, Problem> {
    let case: CaseId = case.parse().map_err(|_| Wire::Path)?;
    let answers = site.app.notifications(&account, case).await?;
    let answer = answers.into_iter().find(|answer| answer.number.to_string() == number);
    let answer = answer.ok_or(AppError::NotFound("notification"))?;
    Ok(([(header::CONTENT_TYPE, "application/xml")], answer.message.to_xml()).into_response())
}
