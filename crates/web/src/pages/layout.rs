//! The frame of every page, and the page that says what went wrong.
//!
//! Must not know of: any one page.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::context::Context;
use crate::fault::Fault;
use crate::language::Language;
use crate::site::Site;

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage<'a> {
    c: Context<'a>,
    fault: &'a Fault,
}

/// The page that says what went wrong.
pub(crate) fn fault_page(site: &Site, language: Language, fault: &Fault) -> Response {
    let page = FaultPage { c: Context::new(site, language, None, "/"), fault };
    (fault.status, show(&page)).into_response()
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
