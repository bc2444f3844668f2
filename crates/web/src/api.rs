//! The API under `/api/v1`, one file a resource; what it takes and gives is described at `/api/openapi.json`.
//!
//! Must not know of: pages, rules, SQL.

mod acts;
mod ask;
mod audits;
mod body;
mod caller;
mod cases;
mod certificates;
mod choices;
mod description;
mod desk;
mod documents;
mod draws;
mod goods;
mod integrity;
mod keys;
mod limit;
mod log;
pub(crate) mod mandates;
pub(crate) mod me;
mod misfit;
mod notifications;
mod passages;
mod payments;
mod problem;
mod schema;
mod services;
mod strict;
mod tree;

pub(crate) use limit::Limiter;
pub use limit::RateLimit;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use tower_http::catch_panic::CatchPanicLayer;

use crate::site::Site;
use problem::{Problem, Wire};

/// The API's routes, with everything that stands around them: they need neither the pages' cookies nor their guards.
pub(crate) fn routes(site: &Arc<Site>) -> Router<Arc<Site>> {
    let v1 = Router::new()
        .merge(acts::routes())
        .merge(audits::routes())
        .merge(cases::routes())
        .merge(certificates::routes())
        .merge(choices::routes())
        .merge(desk::routes())
        .merge(documents::routes())
        .merge(draws::routes())
        .merge(goods::routes())
        .merge(integrity::routes())
        .merge(keys::routes())
        .merge(log::routes())
        .merge(mandates::routes())
        .merge(me::routes())
        .merge(notifications::routes())
        .merge(passages::routes())
        .merge(payments::routes())
        .merge(services::routes());
    Router::new()
        .nest("/api/v1", v1)
        .merge(certificates::status_routes())
        .merge(description::routes())
        .route("/api", any(nothing))
        .route("/api/", any(nothing))
        .route("/api/{*rest}", any(nothing))
        .method_not_allowed_fallback(|| async { Problem::Wire(Wire::Method) })
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(Arc::clone(site), frame))
}

/// Puts words on a problem, and the headers on every answer.
async fn frame(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let language = request.headers().get(header::ACCEPT_LANGUAGE).cloned();
    let mut response = match site.hosts.take(request.uri(), request.headers()) {
        true => next.run(request).await,
        false => Problem::from(Wire::Host { url: site.app.base_url().to_owned() }).into_response(),
    };
    if let Some(problem) = response.extensions_mut().remove::<Arc<Problem>>() {
        problem.tell(&site, language.as_ref(), &mut response);
    }
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Paths below the API's that are none of it.
async fn nothing() -> Problem {
    Problem::Wire(Wire::Path)
}

/// A defect: the answer says so, the record names it, and the next request is served.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Problem::App(app::AppError::Internal("a handler panicked".to_owned())).into_response()
}
