//! What stands around every handler: headers, limits, where a form may come from, and a net for defects.
//!
//! Must not know of: any one page.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::host;
use crate::limits;
use crate::pages::faults;
use crate::pages::layout::Scripted;
use crate::site::Site;

/// The largest body of a page's form or of an API call that is no upload.
const BODY_BYTES_MAX: usize = 1024 * 1024;

/// No script, nothing from elsewhere, no framing; forms go home.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The same for the pages on which one signs or signs in: our own script, as a file, and nothing written into the page.
const WITH_OUR_SCRIPT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The same for the gate's page and its worker, marked as [`AtTheGate`]: scripts of ours, and calls to us. No other page has the camera.
const GATE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; manifest-src 'self'";
/// What a page may have of the device: a place where a form asks for one.
const PERMISSIONS: &str = "camera=(), geolocation=(self), microphone=()";
/// The gate reads codes with the camera.
const GATE_PERMISSIONS: &str = "camera=(self), geolocation=(), microphone=()";

/// Marks an answer that may run our scripts. A handler sets it; nothing that a request says does.
#[derive(Clone, Copy)]
pub(crate) struct AtTheGate;

/// Puts the guards around the routes.
pub(crate) fn wrap(routes: Router<Arc<Site>>, site: &Arc<Site>) -> Router<Arc<Site>> {
    routes
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(Arc::clone(site), limits::guard))
        .layer(middleware::from_fn(same_origin))
        .layer(middleware::from_fn_with_state(Arc::clone(site), host::guard))
        .layer(middleware::from_fn_with_state(Arc::clone(site), faults::told))
        .layer(middleware::from_fn(headers))
        .layer(CompressionLayer::new())
}

async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let extensions = response.extensions();
    let (policy, permissions) = match (extensions.get::<AtTheGate>(), extensions.get::<Scripted>()) {
        (Some(AtTheGate), _) => (GATE_POLICY, GATE_PERMISSIONS),
        (None, Some(Scripted)) => (WITH_OUR_SCRIPT, PERMISSIONS),
        (None, None) => (CONTENT_SECURITY_POLICY, PERMISSIONS),
    };
    let headers = response.headers_mut();
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_SECURITY_POLICY, policy);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(header::HeaderName::from_static("permissions-policy"), permissions);
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Refuses a write that another site's page sends with this browser's cookie. Browsers say where a request comes from (Fetch Metadata, and
/// RFC 6454's `Origin` before it); programs that say nothing carry no cookie that anyone stole.
async fn same_origin(request: Request, next: Next) -> Response {
    if from_elsewhere(&request) {
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(request).await
}

fn from_elsewhere(request: &Request) -> bool {
    let writes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let elsewhere = match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), _, _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, authority)| authority != host),
        _ => false,
    };
    writes && elsewhere
}
