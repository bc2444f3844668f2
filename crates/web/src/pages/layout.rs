//! The frame of every page, and the page that says what went wrong.
//!
//! Must not know of: any one page.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::context::Context;
use crate::fault::Fault;

/// A way on from a fault; empty where there is none but home.
pub(crate) struct Onward {
    pub(crate) path: String,
    /// The word's key.
    pub(crate) word: &'static str,
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage<'a> {
    c: Context<'a>,
    fault: &'a Fault,
    onward: Onward,
}

/// The page that says what went wrong.
pub(crate) fn fault_page(c: Context<'_>, fault: &Fault, onward: Onward) -> Response {
    (fault.status, show(&FaultPage { c, fault, onward })).into_response()
}

/// On the answers whose pages run our script: the policy of all others forbids every script.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scripted;

/// A page that runs one of our scripts, as an answer: it asks for a passkey, or keeps on the device what is filled in.
pub(crate) fn show_scripted(page: &impl Template) -> Response {
    let mut response = show(page);
    response.extensions_mut().insert(Scripted);
    response
}

/// A page as an answer.
pub(crate) fn show(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
