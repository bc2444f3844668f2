//! The log's own files, exactly as C2SP tlog-tiles serves them, below `/log/`.

use std::sync::Arc;

use app::AppError;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::site::Site;

/// A tile never changes; a partial one only makes room for a wider one of another name.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// What a page of any site may read: the log is everybody's.
const EVERYBODY: (header::HeaderName, &str) = (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/log/{*path}", get(file))
}

/// The path is taken as it was sent: a tile has one spelling, and an encoded slash or a dot is no part of it.
async fn file(State(site): State<Arc<Site>>, uri: Uri) -> Response {
    let path = uri.path().strip_prefix("/log/").unwrap_or_default();
    let (media_type, keep) = match path {
        "checkpoint" => ("text/plain; charset=utf-8", "no-cache"),
        _ => ("application/octet-stream", FOR_EVER),
    };
    match site.app.log_file(path).await {
        Ok(bytes) => {
            let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, keep), EVERYBODY];
            (headers, bytes).into_response()
        }
        Err(AppError::NotFound(_)) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(path, %error, "a file of the log could not be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
