//! An officer says that they should not decide a case, and why. Another is drawn.

use std::sync::Arc;

use app::engine::act::Act;
use app::{AppError, CaseView};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{act, sign};
use crate::fault::PageFault;
use crate::pages::case::look;
use crate::pages::ceremony::signs;
use crate::pages::context::Context;
use crate::pages::forms::{Posted, Sent};
use crate::pages::layout::show;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

#[derive(Template)]
#[template(path = "desk/recuse.html")]
struct RecusePage<'a> {
    c: Context<'a>,
    id: String,
    reference: String,
    title: String,
    seen: u64,
    reason: String,
    error: String,
}

fn form(c: Context<'_>, view: &CaseView, reason: String, error: String) -> Response {
    show(&RecusePage {
        id: view.case.id.to_string(),
        reference: view.case.id.reference(),
        title: c.s(&view.service, "title"),
        seen: view.row.seq,
        reason,
        error,
        c,
    })
}

pub(super) async fn ask(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await?;
    let c = Context::new(&site, language, Some(&viewer), format!("/desk/{case}/recuse"));
    Ok(form(c, &view, String::new(), String::new()))
}

pub(super) async fn recuse(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, case)): Path<(String, String)>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await?;
    let c = Context::new(&site, language, Some(&viewer), format!("/desk/{case}/recuse"));
    Ok(send(&site, c, &viewer, &view, &sent).await?)
}

async fn send(
    site: &Site,
    c: Context<'_>,
    viewer: &Viewer,
    view: &CaseView,
    sent: &Sent,
) -> Result<Response, AppError> {
    let reason = sent.text("reason").to_owned();
    if reason.trim().is_empty() {
        let error = c.t("wrong-reason");
        return Ok(form(c, view, reason, error));
    }
    let recusal = Act::Recuse { reason };
    if signs(site) {
        return sign::ask(site, viewer, view, &recusal, sent, c).await;
    }
    act(site, viewer, view.case.id, sent, &recusal).await?;
    Ok(Redirect::to(&c.link("/desk?done=true")).into_response())
}
