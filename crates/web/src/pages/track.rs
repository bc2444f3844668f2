//! Where a declaration or a case stands, by its reference. Unknown references and those of others get the same answer, and asking is counted.
//!
//! Must not know of: how a case is found.

use std::sync::Arc;

use app::AppError;
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use super::context::{Context, spoken};
use super::desk::written;
use super::layout::show;
use crate::fault::PageFault;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// The longest reference: that of a declarant's own (WCO Data Model, D026).
const CHARS_MAX: usize = 70;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/track", get(track))
}

#[derive(Template)]
#[template(path = "track.html")]
struct TrackPage<'a> {
    c: Context<'a>,
    reference: String,
    error: String,
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    reference: String,
}

async fn track(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Query(Wanted { reference }): Query<Wanted>,
) -> Result<Response, PageFault> {
    let c = Context::new(&site, language, Some(&viewer), "/track");
    let reference = reference.trim();
    if reference.is_empty() {
        return Ok(show(&TrackPage { c, reference: String::new(), error: String::new() }));
    }
    let found = match reference.chars().count() <= CHARS_MAX {
        true => site.app.track(viewer.account(), &written(reference), reference).await,
        false => Err(AppError::NotFound("case")),
    };
    match found {
        Ok(view) => {
            let mine = view.standing.applicant || view.standing.agent || view.standing.supervisor;
            let kind = if mine { "cases" } else { "desk" };
            Ok(Redirect::to(&c.link(&format!("/{kind}/{}", view.case.id))).into_response())
        }
        Err(AppError::NotFound(_)) => {
            let error = c.t("track-none");
            let reference = spoken(reference).chars().take(CHARS_MAX).collect();
            Ok(show(&TrackPage { c, reference, error }))
        }
        Err(error) => Err(error.into()),
    }
}
