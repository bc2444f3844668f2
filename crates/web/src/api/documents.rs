//! Documents: bringing one, and reading one that stands in a case.
//!
//! Must not know of: what a document is for, where it is kept.

use std::sync::Arc;

use app::definition::model::Name;
use app::definition::value::{DocumentRef, Lines, Value, writable};
use app::engine::CaseId;
use app::{Account, AppError, DOCUMENT_BYTES_MAX};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use utoipa::IntoParams;

use super::body::{self, Once};
use super::caller::{At, Caller, NoParameters, Query};
use super::problem::{Problem, Wire};
use super::schema;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/documents", post(bring)).route("/cases/{case}/documents/{sha256}", get(read))
}

/// Most characters of a document's name.
const NAME_CHARS_MAX: usize = 200;

/// What the document is called.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Called {
    /// The file's name.
    #[param(min_length = 1, max_length = 200)]
    name: String,
}

/// Brings a document; the answer is what stands in a fact
#[utoipa::path(
    post, path = "/api/v1/documents", tag = "documents", operation_id = "bring_document",
    params(Called, schema::IdempotencyKey),
    request_body(description = "The file itself, at most 20 MB",
                 content((schema::File = "application/pdf"), (schema::File = "image/jpeg"), (schema::File = "image/png"),
                         (schema::File = "image/webp"), (schema::File = "application/xml"), (schema::File = "application/edifact"))),
    responses((status = 201, description = "The document is kept", body = schema::DocumentRef)),
    security(("token" = []))
)]
pub(super) async fn bring(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Query(Called { name }): Query<Called>,
    once: Once,
    request: Request,
) -> Result<(StatusCode, Json<DocumentRef>), Problem> {
    if !(1..=NAME_CHARS_MAX).contains(&name.chars().count()) {
        return Err(Wire::parameter("name").into());
    }
    let said = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let media_type = app::media_type(&media_type).to_owned();
    let bytes = body::read(request, usize::try_from(DOCUMENT_BYTES_MAX).unwrap_or(usize::MAX)).await?;
    let key = once.of(&[media_type.as_bytes(), b"\n", &bytes]);
    let document = site.app.bring_document(&account, &name, &media_type, bytes, key).await?;
    Ok((StatusCode::CREATED, Json(document)))
}

/// A document of a case that the caller may see
#[utoipa::path(
    get, path = "/api/v1/cases/{case}/documents/{sha256}", tag = "documents", operation_id = "document",
    params(("case" = schema::CaseId, Path, description = "The case"),
           ("sha256" = schema::Sha256, Path, description = "The document")),
    responses((status = 200, description = "The file", content(
        (schema::File = "application/pdf"), (schema::File = "image/jpeg"), (schema::File = "image/png"), (schema::File = "image/webp"),
        (schema::File = "application/xml"), (schema::File = "application/edifact"), (schema::File = "application/vnd.panjereh.assessment+json")))),
    security(("token" = []))
)]
pub(super) async fn read(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    At((case, sha256)): At<(String, String)>,
    _: NoParameters,
) -> Result<Response, Problem> {
    let case: CaseId = case.parse().map_err(|_| Wire::Path)?;
    let mut digest = [0_u8; 32];
    hex::decode_to_slice(&sha256, &mut digest).map_err(|_| Wire::Path)?;
    let (document, bytes) = site.app.case_document(&account, case, &digest).await?;
    // A name of any script in a header: RFC 6266 with RFC 8187. It is always saved, never shown in the zone's own origin.
    let disposition = format!("attachment; filename*=UTF-8''{}", percent(&document.name));
    Ok(([(header::CONTENT_TYPE, document.media_type), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response())
}

/// A name as RFC 8187 writes it in a header.
fn percent(name: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(one).collect()
}

/// That every document among these facts is one that the account itself brought: so nobody reads another's by its hash. What it is called may
/// differ, since the same bytes may be brought under several names.
///
/// # Errors
/// [`Problem::Documents`] with all that are not.
pub(super) async fn brought<'f>(
    site: &Site,
    account: &Account,
    facts: impl IntoIterator<Item = (&'f Name, &'f Value)>,
) -> Result<(), Problem> {
    let mut others = Vec::new();
    for (fact, value) in facts {
        let Value::Document(document) = value else { continue };
        match site.app.own_document(account, &document.sha256).await {
            Ok(own) if same(&own, document) => {}
            Ok(_) | Err(AppError::NotFound(_)) => others.push(fact.clone()),
            Err(error) => return Err(error.into()),
        }
    }
    if others.is_empty() { Ok(()) } else { Err(Problem::Documents(others)) }
}

fn same(own: &DocumentRef, given: &DocumentRef) -> bool {
    let named = given.name.chars().count() <= NAME_CHARS_MAX && writable(&given.name, Lines::One).is_ok();
    named && (own.size, &own.media_type) == (given.size, &given.media_type)
}
