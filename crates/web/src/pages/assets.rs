//! The stylesheet, the mark, and the font where one was built in. Assets carry their hash in the query, so they may be kept for ever.
//!
//! Must not know of: pages.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::site::Site;

const STYLE: &str = include_str!("../../assets/style.css");
const MARK: &str = include_str!("../../assets/mark.svg");

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/assets/style.css", get(|| async { asset("text/css; charset=utf-8", STYLE) }))
        .route("/assets/mark.svg", get(|| async { asset("image/svg+xml", MARK) }))
        .route("/favicon.ico", get(|| async { asset("image/svg+xml", MARK) }))
}

fn asset(media_type: &'static str, body: &'static str) -> Response {
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "public, max-age=3600")], body).into_response()
}
