//! Customs' answers to a declaration: what was answered and when, and each as the message that the declarant's program reads.
//!
//! Must not know of: when something is answered.

use std::sync::Arc;

use app::engine::CaseId;
use app::{AppError, CaseView};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::context::Context;
use crate::fault::PageFault;
use crate::session::Viewer;
use crate::site::Site;

/// One answer on a case's page.
pub(super) struct Answer {
    pub(super) says: String,
    pub(super) when: String,
    pub(super) path: String,
}

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/cases/{case}/notifications/{number}", get(one))
}

/// What was answered in a case, for its page.
pub(super) async fn tell(c: &Context<'_>, viewer: &Viewer, view: &CaseView) -> Result<Vec<Answer>, AppError> {
    let case = view.case.id;
    let answers = c.site.app.notifications(viewer.account(), case).await?;
    let told = |answer: app::Answered| Answer {
        says: c.t(&format!("answer-{}", answer.function.name())),
        when: c.moment(&answer.at),
        path: c.link(&format!("/cases/{case}/notifications/{}", answer.number)),
    };
    Ok(answers.into_iter().map(told).collect())
}

async fn one(
    State(site): State<Arc<Site>>,
    viewer: Viewer,
    Path((_, case, number)): Path<(String, String, String)>,
) -> Result<Response, PageFault> {
    let missing = || AppError::NotFound("notification");
    let id: CaseId = case.parse().map_err(|_| missing())?;
    let answers = site.app.notifications(viewer.account(), id).await?;
    let answer = answers.into_iter().find(|answer| answer.number.to_string() == number).ok_or_else(missing)?;
    let kept = format!("attachment; filename=\"{}-{number}.xml\"", id.reference());
    let headers = [(header::CONTENT_TYPE, "application/xml".to_owned()), (header::CONTENT_DISPOSITION, kept)];
    Ok((headers, answer.message.to_xml()).into_response())
}
