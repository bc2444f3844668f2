//! What auditors say of the record: handing a note in, and reading one.
//!
//! Must not know of: who is an auditor, what a note must hold.

use std::sync::Arc;

use app::{AppError, Reported};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{self, JSON_BYTES_MAX};
use super::caller::{Anybody, At, NoParameters};
use super::problem::{Problem, Wire};
use super::schema;
use crate::peer;
use crate::site::Site;

/// The media type of notes.
const TEXT: &str = "text/plain";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/audits", post(report)).route("/audits/{sha256}", get(note))
}

/// Who hands a note in: anybody, but not as often as other calls. The signature says who it is.
pub(super) struct Reporter;

impl FromRequestParts<Arc<Site>> for Reporter {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Problem> {
        Anybody::from_request_parts(parts, site).await?;
        if let Some(address) = peer::address(&parts.extensions, &parts.headers) {
            site.limits.audits.take(&peer::counted(address))?;
        }
        Ok(Self)
    }
}

/// What became of an audit note.
#[derive(Serialize, ToSchema)]
pub(super) struct ReportedAnswer {
    outcome: ReportedName,
}

/// What became of an audit note, in a word.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum ReportedName {
    /// It is kept and shown now.
    Now,
    /// It was handed in before.
    Before,
    /// A newer one of the same auditor is shown.
    Older,
    /// The log's key signed another tree than this zone has: the note is kept as evidence, and shown.
    Contradicts,
    /// The same, and as many notes that say so are kept already as the zone keeps: this one is not.
    #[serde(rename = "contradicts-not-kept")]
    ContradictsNotKept,
}

/// Hands in what an audit came to
#[utoipa::path(
    post, path = "/api/v1/audits", tag = "log", operation_id = "report_audit",
    request_body(description = "An audit note as `panjereh audit --sign` writes it, at most 16 KiB, signed by an auditor whom the zone names. \
                                Handing it in again changes nothing",
                 content((String = "text/plain"))),
    responses((status = 201, description = "It is kept", body = ReportedAnswer),
              (status = 200, description = "It was kept before, a newer one of the same auditor is, or as many that contradict the log are", body = ReportedAnswer)),
    security(())
)]
pub(super) async fn report(
    State(site): State<Arc<Site>>,
    _: Reporter,
    request: Request,
) -> Result<(StatusCode, Json<ReportedAnswer>), Problem> {
    body::takes(request.headers(), TEXT)?;
    let bytes = body::read(request, JSON_BYTES_MAX).await?;
    let (status, outcome) = match site.app.report_audit(&bytes).await? {
        Reported::Now => (StatusCode::CREATED, ReportedName::Now),
        Reported::Contradicts => (StatusCode::CREATED, ReportedName::Contradicts),
        Reported::ContradictsNotKept => (StatusCode::OK, ReportedName::ContradictsNotKept),
        Reported::Before => (StatusCode::OK, ReportedName::Before),
        Reported::Older => (StatusCode::OK, ReportedName::Older),
    };
    Ok((status, Json(ReportedAnswer { outcome })))
}

/// An audit note that was handed in
#[utoipa::path(
    get, path = "/api/v1/audits/{sha256}", tag = "log", operation_id = "audit_note",
    params(("sha256" = schema::Sha256, Path, description = "SHA-256 of the note, as the figures name it")),
    responses((status = 200, description = "The note (C2SP signed-note), with the checkpoint that was audited in it",
               body = String, content_type = "text/plain")),
    security(())
)]
pub(super) async fn note(
    State(site): State<Arc<Site>>,
    _: Anybody,
    At(sha256): At<String>,
    _: NoParameters,
) -> Result<Response, Problem> {
    let note = match site.app.audit_note(&sha256).await {
        Err(AppError::NotFound(_)) => return Err(Wire::Path.into()),
        note => note?,
    };
    let kept = format!("attachment; filename=\"audit-{}.note\"", sha256.get(..8).unwrap_or_default());
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, kept)];
    Ok((headers, note).into_response())
}
