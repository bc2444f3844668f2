//! The stylesheet, the mark and the two scripts, which may be kept for an hour: a new version is seen soon, and a journey of many pages loads them once. And the
//! font, where the operator names one: its content is in its name, so it may be kept for ever.
//!
//! Must not know of: pages.

use std::sync::Arc;

use app::AppError;
use axum::Router;
use axum::extract::State;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::fault::PageFault;
use crate::font::Font;
use crate::site::Site;

pub(super) const STYLE: &str = include_str!("../../assets/style.css");
/// Asks for a passkey, on the pages that need it.
const PASSKEY: &str = include_str!("../../assets/passkey.js");
/// Keeps what an officer fills in on the spot.
const KEPT_FORM: &str = include_str!("../../assets/kept-form.js");
pub(super) const MARK: &str = include_str!("../../assets/mark.svg");

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/assets/style.css", get(style))
        .route("/assets/passkey.js", get(|| async { asset("text/javascript; charset=utf-8", PASSKEY) }))
        .route("/assets/kept-form.js", get(|| async { asset("text/javascript; charset=utf-8", KEPT_FORM) }))
        .route("/assets/mark.svg", get(|| async { asset("image/svg+xml", MARK) }))
        .route("/favicon.ico", get(|| async { asset("image/svg+xml", MARK) }))
        .route("/assets/{font}", get(font))
}

async fn style(State(site): State<Arc<Site>>) -> Response {
    let rule = site.settings.font.as_ref().map(Font::rule).unwrap_or_default();
    asset("text/css; charset=utf-8", format!("{rule}{STYLE}"))
}

async fn font(State(site): State<Arc<Site>>, uri: Uri) -> Response {
    match site.settings.font.as_ref().filter(|font| font.path() == uri.path()) {
        Some(font) => {
            let for_ever = "public, max-age=31536000, immutable";
            ([(header::CONTENT_TYPE, "font/woff2"), (header::CACHE_CONTROL, for_ever)], font.bytes()).into_response()
        }
        None => PageFault::from(AppError::NotFound("asset")).into_response(),
    }
}

fn asset(media_type: &'static str, body: impl IntoResponse) -> Response {
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "public, max-age=3600")], body).into_response()
}
