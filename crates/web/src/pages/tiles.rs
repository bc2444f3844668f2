//! The log's own files, exactly as C2SP tlog-tiles serves them, below `/log/`.

use std::sync::Arc;

use app::AppError;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::site::Site;

/// A full tile never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/log/{*path}", get(file))
}

async fn file(State(site): State<Arc<Site>>, Path(path): Path<String>) -> Response {
    let (media_type, keep) = match path.as_str() {
        "checkpoint" => ("text/plain; charset=utf-8", "no-cache"),
        _ => ("application/octet-stream", FOR_EVER),
    };
    match site.app.log_file(&path).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, keep)], bytes).into_response(),
        Err(AppError::NotFound(_)) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(path, %error, "a file of the log could not be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
