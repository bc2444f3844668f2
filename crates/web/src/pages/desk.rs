//! The officer's desk: only the cases that wait for them, in the order of arrival; and a case of their authority by its reference.

mod acts;
mod amend;
mod correct;
mod journey;
mod one;
mod recuse;
mod returned;
mod revoke;
mod sign;

use std::sync::Arc;

use app::Key;
use app::engine::CaseId;
use app::engine::act::Act;
use app::{AppError, Assertion};
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::case::once;
use super::cases::{self, Line};
use super::context::Context;
use super::forms::{Sent, UPLOAD_BYTES_MAX};
use super::layout::{show, show_scripted};
use crate::fault::PageFault;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// Cases on a page.
const CASES: u32 = 25;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/desk", get(desk))
        .route("/{language}/desk/find", get(find))
        .route("/{language}/desk/{case}", get(one::one))
        .route("/{language}/desk/{case}/decide", post(acts::decide))
        .route("/{language}/desk/{case}/ask", post(acts::ask))
        .route("/{language}/desk/{case}/advise", post(acts::advise))
        .route("/{language}/desk/{case}/overtake", post(acts::overtake))
        .route("/{language}/desk/{case}/recuse", get(recuse::ask).post(recuse::recuse))
        .route("/{language}/desk/{case}/sign", post(sign::sign))
        .route("/{language}/desk/{case}/amend", get(amend::amend))
        .route("/{language}/desk/{case}/convene", post(amend::convene))
        .route("/{language}/desk/{case}/keep", post(amend::keep))
        .route("/{language}/desk/{case}/correct/{fact}", get(correct::ask).post(correct::correct))
        .route("/{language}/desk/{case}/revoke", get(revoke::ask).post(revoke::revoke))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
}

#[derive(Template)]
#[template(path = "desk/list.html")]
struct DeskPage<'a> {
    c: Context<'a>,
    lines: Vec<Line>,
    next: Option<u64>,
    done: bool,
    /// The case in which something was recorded just now, and by whom: their device need not keep it any more.
    gone: Option<(String, String)>,
}

#[derive(Deserialize)]
struct Part {
    after: Option<u64>,
    #[serde(default)]
    done: bool,
    /// The case in which something was recorded.
    #[serde(default)]
    of: String,
}

async fn desk(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Query(part): Query<Part>,
) -> Result<Response, PageFault> {
    let page = site.app.desk(viewer.account(), part.after, CASES).await;
    let page = page?;
    let c = Context::new(&site, language, Some(&viewer), "/desk");
    let lines = page.items.iter().map(|summary| cases::line(&c, summary)).collect();
    let waits = page.items.iter().any(|summary| summary.case.id.to_string() == part.of);
    let of = part.of.parse::<CaseId>().ok().filter(|_| !waits);
    let gone = of.map(|case| case.to_string()).zip(viewer.account().officer.clone());
    let scripted = gone.is_some();
    let page = DeskPage { c, lines, next: page.next, done: part.done, gone };
    Ok(if scripted { show_scripted(&page) } else { show(&page) })
}

/// Where an officer comes who has done something in a case.
fn after(act: &Act, case: CaseId) -> String {
    match act {
        Act::Decide { facts, .. } if !facts.is_empty() => format!("/desk?of={case}&done=true"),
        _ => "/desk?done=true".to_owned(),
    }
}

#[derive(Template)]
#[template(path = "desk/find.html")]
struct FindPage<'a> {
    c: Context<'a>,
    reference: String,
    error: String,
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    reference: String,
}

/// A case of the officer's authority, by the reference that the applicant or a certificate names.
async fn find(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Query(Wanted { reference }): Query<Wanted>,
) -> Result<Response, PageFault> {
    if viewer.account().officer.is_none() {
        return Err(AppError::Forbidden.into());
    }
    let c = Context::new(&site, language, Some(&viewer), "/desk/find");
    if reference.trim().is_empty() {
        return Ok(show(&FindPage { c, reference: String::new(), error: String::new() }));
    }
    match site.app.case_by_reference(viewer.account(), &written(&reference)).await {
        Ok(view) if amend::is_theirs(&site, &viewer, &view) => {
            Ok(Redirect::to(&c.link(&format!("/desk/{}/amend", view.case.id))).into_response())
        }
        Ok(_) | Err(AppError::NotFound(_)) => {
            let error = c.t("wrong-reference");
            Ok(show(&FindPage { c, reference, error }))
        }
        Err(error) => Err(error.into()),
    }
}

/// A reference as it is kept, from how people write it: in small letters, with other digits, without hyphens.
pub(super) fn written(reference: &str) -> String {
    let folded = app::definition::value::fold_digits(reference).to_ascii_uppercase();
    let digits: Vec<char> = folded.chars().filter(char::is_ascii_alphanumeric).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// An act from a form of the desk: what the officer had before their eyes, and a key that makes a double click one act.
async fn act(site: &Site, viewer: &Viewer, case: CaseId, sent: &Sent, act: &Act) -> Result<(), AppError> {
    act_signed(site, viewer, case, sent, act, None).await
}

/// The same with the officer's signature.
async fn act_signed(
    site: &Site,
    viewer: &Viewer,
    case: CaseId,
    sent: &Sent,
    act: &Act,
    assertion: Option<&Assertion>,
) -> Result<(), AppError> {
    let seen: u64 = sent.text("seen").parse().map_err(|_| AppError::Stale)?;
    let request = serde_json::to_vec(act).map_err(|error| AppError::Internal(error.to_string()))?;
    let key = Key::new(format!("desk/{case}/{seen}/{}", sent.text("branch")), &request);
    once(site.app.act_signed(viewer.account(), case, act, Some(seen), Some(key), assertion).await)
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn a_reference_however_it_is_written() {
        for text in ["7QK2-M04T-9XAB", " 7qk2m04t9xab ", "۷qk2 m۰4t ٩xab", "7QK2–M04T–9XAB"] {
            assert_eq!(written(text), "7QK2-M04T-9XAB", "{text}");
        }
    }
}
