//! In whose name somebody applies: what the journey's paths carry of it, and the page that asks where there is more than one answer.
//!
//! Must not know of: questions.

use app::definition::Checked;
use app::definition::model::{Fact, Service, Source};
use app::engine::CaseId;
use app::engine::mandate::Mandate;
use app::{AppError, Draft, InName};
use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::layout::show;
use crate::pages::mandates;
use crate::session::Viewer;
use crate::site::Site;

/// What every page of the journey is asked with.
#[derive(Deserialize)]
pub(super) struct Asked {
    /// The case appealed against.
    pub(super) appeals: Option<CaseId>,
    /// Come from the check page, and go back there.
    #[serde(default)]
    pub(super) change: bool,
    /// In whose name: `self`, or a mandate.
    #[serde(rename = "for")]
    in_name: Option<String>,
}

impl Asked {
    /// The mandate under which somebody applies for another.
    pub(super) fn mandate(&self) -> Result<Option<CaseId>, AppError> {
        match self.in_name.as_deref() {
            None | Some(OWN) => Ok(None),
            Some(id) => id.parse().map(Some).map_err(|_| AppError::NotFound("mandate")),
        }
    }
}

/// In one's own name.
const OWN: &str = "self";

/// Where a draft is gone on with.
pub(in crate::pages) fn of_draft(draft: &Draft) -> String {
    // It was begun in one's own name: nobody is asked again.
    let own = draft.appeals.is_none() && draft.mandate.is_none();
    let carried = if own { format!("?for={OWN}") } else { carried(draft) };
    format!("/apply/{}{carried}", draft.service)
}

/// Against which case and in whose name, as the journey's paths carry it.
pub(super) fn carried(draft: &Draft) -> String {
    let appeals = draft.appeals.map(|case| format!("appeals={case}"));
    let under = draft.mandate.map(|mandate| format!("for={mandate}"));
    let parts: Vec<String> = appeals.into_iter().chain(under).collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

#[derive(Template)]
#[template(path = "apply/for_whom.html")]
struct ForWhomPage<'a> {
    c: Context<'a>,
    title: String,
    action: String,
    back: String,
    /// Mandates, and for whom they are.
    choices: Vec<(String, String)>,
}

/// The page that asks in whose name somebody applies, where there is more than one answer.
pub(super) async fn page(
    site: &Site,
    language: Language,
    viewer: &Viewer,
    name: &str,
    asked: &Asked,
) -> Result<Option<Response>, AppError> {
    if asked.in_name.is_some() || asked.appeals.is_some() {
        return Ok(None);
    }
    let Some(service) = site.app.zone().services().get(name) else { return Ok(None) };
    let mandates = site.app.mandates_for(viewer.account(), service).await?;
    if mandates.is_empty() {
        return Ok(None);
    }
    let c = Context::new(site, language, Some(viewer), format!("/apply/{name}"));
    let choice = |(id, mandate): (CaseId, Mandate)| (id.to_string(), mandates::principal(&c, &mandate.principal));
    Ok(Some(show(&ForWhomPage {
        title: c.s(service, "title"),
        action: c.link(&format!("/apply/{name}")),
        back: c.link(&format!("/services/{name}")),
        choices: mandates.into_iter().map(choice).collect(),
        c,
    })))
}

/// In whose name, in words; nothing in one's own.
pub(super) fn acts_for(c: &Context<'_>, in_name: &InName) -> String {
    in_name.agency.as_ref().map(|agency| mandates::acts_for(c, agency)).unwrap_or_default()
}

/// For whom else somebody could apply, where they are asked which of their own companies it is for: the path of each, and who it is.
pub(super) async fn others(
    c: &Context<'_>,
    service: &Checked<Service>,
    in_name: &InName,
    fact: &Fact,
) -> Result<Vec<(String, String)>, AppError> {
    let is_own = matches!(fact.source, Source::Register { held_by: None, .. }) && in_name.agency.is_none();
    let Some(viewer) = c.viewer.filter(|_| is_own) else { return Ok(Vec::new()) };
    let mandates = c.site.app.mandates_for(viewer.account(), service).await?;
    let one = |(id, mandate): (CaseId, Mandate)| {
        (c.link(&format!("/apply/{}?for={id}", service.name)), mandates::principal(c, &mandate.principal))
    };
    Ok(mandates.into_iter().map(one).collect())
}
