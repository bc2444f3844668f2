//! The page that says what went wrong, in the place of every answer that is an error: those that name a fault, and those that the router or
//! a guard gave without a word.
//!
//! Must not know of: any one page.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::address;
use super::context::Context;
use super::identity;
use super::layout::{self, Onward};
use crate::fault::{Fault, Untold};
use crate::language::Language;
use crate::session::{self, Viewer};
use crate::site::Site;

/// What a fault's page needs to know of the request.
struct Asked {
    language: Language,
    /// The path after the language: the same page in the other language. Empty where only a form is sent to.
    path: String,
    /// The page on which the form stood.
    from: String,
    secret: Option<String>,
    /// Files of the log are read by programs, which want no pages.
    program: bool,
    /// The first part of the path should be a language, and is none.
    no_language: bool,
}

impl Asked {
    fn of(request: &Request, site: &Site) -> Self {
        let uri = request.uri();
        let first = uri.path().trim_start_matches('/').split('/').next().unwrap_or_default();
        let tagged = Language::of_tag(first);
        let page = matches!(*request.method(), Method::GET | Method::HEAD) && tagged.is_some();
        let whole = uri.path_and_query().map_or("", |whole| whole.as_str());
        let path = whole.strip_prefix('/').and_then(|rest| rest.strip_prefix(first)).filter(|_| page);
        // What the provider sent along serves once: the same page in the other language is the one to begin again from.
        let path = path.map(|path| if path.starts_with(identity::RETURN) { "/sign-in" } else { path });
        let matched = request.extensions().get::<MatchedPath>();
        Self {
            language: tagged.unwrap_or(Language::Persian),
            path: path.unwrap_or_default().to_owned(),
            from: session::came_from(request.headers()).filter(|_| !page).unwrap_or_default(),
            secret: session::secret(request.headers(), site).map(str::to_owned),
            program: uri.path().starts_with("/log/"),
            no_language: tagged.is_none() && matched.is_some_and(|path| path.as_str().starts_with("/{language}")),
        }
    }
}

/// Puts the page that says what went wrong in the place of an answer that is an error.
pub(crate) async fn told(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&request, &site);
    let ours = site.hosts.take(request.uri(), request.headers());
    let response = match address::mended(&request).filter(|_| ours) {
        Some(to) => return Redirect::permanent(&to).into_response(),
        None if asked.no_language => StatusCode::NOT_FOUND.into_response(),
        None => next.run(request).await,
    };
    let Some(fault) = fault(&site, &asked, &response) else { return response };
    // A database that is away is not asked again who is looking.
    let secret = asked.secret.as_deref().filter(|_| !fault.status.is_server_error());
    let viewer = match secret {
        Some(secret) => site.app.session(secret).await.ok().map(Viewer),
        None => None,
    };
    let c = Context::new(&site, asked.language, viewer.as_ref(), asked.path.as_str());
    let onward = match fault.kind {
        "no-appealed-case" => Onward { path: c.link("/cases"), word: "nav-cases" },
        "identity-away" | "identity-unusable" | "identity-not-applicant" | "identity-needed" => {
            Onward { path: c.link("/sign-in"), word: "sign-in-title" }
        }
        kind if kind.starts_with("identity-") => Onward { path: c.link("/sign-in"), word: "identity-again" },
        "signed-out" => Onward { path: c.link("/sign-in"), word: "sign-in-title" },
        _ => Onward { path: asked.from.clone(), word: "back-to-form" },
    };
    let (page, body) = layout::fault_page(c, &fault, onward).into_parts();
    let (mut parts, _) = response.into_parts();
    for header in [CONTENT_TYPE, CONTENT_LENGTH] {
        parts.headers.remove(header);
    }
    parts.headers.extend(page.headers);
    Response::from_parts(parts, body)
}

/// What went wrong, if anything did.
fn fault(site: &Site, asked: &Asked, response: &Response) -> Option<Fault> {
    if let Some(fault) = response.extensions().get::<Fault>() {
        return Some(fault.clone());
    }
    if let Some(Untold(error)) = response.extensions().get::<Untold>() {
        return Some(Fault::of(site, asked.language, error));
    }
    let status = response.status();
    let wordless = (status.is_client_error() || status.is_server_error()) && !asked.program;
    wordless.then(|| Fault::of_status(site, asked.language, status))
}
