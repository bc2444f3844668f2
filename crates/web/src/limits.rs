//! How often one address may send the pages' forms, and try to sign in.
//!
//! Must not know of: what the forms do. The API counts its callers itself.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use fluent_bundle::FluentArgs;

use crate::api::{Limiter, RateLimit};
use crate::fault::{Fault, PageFault};
use crate::language::Language;
use crate::peer;
use crate::site::Site;

/// Forms: an office of many people behind one address works without noticing.
const FORMS: RateLimit = RateLimit { per_s: 10, burst: 300 };
/// Signing in: a link has 256 bits and cannot be guessed; this keeps the guessing off the database.
const SIGN_INS: RateLimit = RateLimit { per_s: 1, burst: 30 };
/// Asking where a reference stands: somebody has a few, and nobody tries out thousands.
const TRACKS: RateLimit = RateLimit { per_s: 1, burst: 30 };
/// Audit notes: an auditor hands in one now and then, and each costs two signatures to judge.
const AUDITS: RateLimit = RateLimit { per_s: 1, burst: 30 };

/// Questions about codes of goods: each is looked for among thousands of descriptions, spelt in several ways.
const SEARCHES: RateLimit = RateLimit { per_s: 10, burst: 100 };

/// Everybody's forms, counted.
#[derive(Debug)]
pub(crate) struct Limits {
    forms: Limiter,
    sign_ins: Limiter,
    searches: Limiter,
    tracks: Limiter,
    /// Audit notes over the API.
    pub(crate) audits: Limiter,
}

impl Limits {
    /// Nothing is counted where `on` is false.
    pub(crate) fn new(on: bool) -> Self {
        let limiter = |limit| Limiter::new(Some(limit).filter(|_| on));
        Self {
            forms: limiter(FORMS),
            sign_ins: limiter(SIGN_INS),
            searches: limiter(SEARCHES),
            tracks: limiter(TRACKS),
            audits: limiter(AUDITS),
        }
    }
}

/// Refuses a form, or a question for a reference or a code, that comes too soon after many others from the same address.
pub(crate) async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let mut parts = request.uri().path().trim_start_matches('/').split('/');
    let language = parts.next().and_then(Language::of_tag).unwrap_or(Language::Persian);
    let limiter = match (parts.next(), request.method()) {
        (Some("track"), _) if request.uri().query().is_some() => &site.limits.tracks,
        (Some("tariff"), _) => &site.limits.searches,
        (Some("sign-in"), &Method::POST) => &site.limits.sign_ins,
        (_, &Method::POST) => &site.limits.forms,
        _ => return next.run(request).await,
    };
    let Some(from) = peer::address(request.extensions(), request.headers()) else { return next.run(request).await };
    if limiter.take(&peer::counted(from)).is_ok() {
        return next.run(request).await;
    }
    too_many(&site, language)
}

fn too_many(site: &Site, language: Language) -> Response {
    let say = |key: &str| site.words.site(language, key, &FluentArgs::new());
    let (title, detail) = (say("fault-too-many"), say("fault-too-many-detail"));
    let fault = Fault { status: StatusCode::TOO_MANY_REQUESTS, kind: "too-many", title, detail };
    let mut response = PageFault::Told(fault).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    response
}
