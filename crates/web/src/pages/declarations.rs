//! `/{language}/declarations`: the declarant's desk. The same cases as "my cases" shows, of services that take a declaration, with what a declarant looks for.
//!
//! Must not know of: what a declaration says.

use std::sync::Arc;

use app::{DeclaredCase, Draft, TakesDeclaration};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::context::Context;
use super::layout::show;
use super::{apply, cases};
use crate::fault::PageFault;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/declarations", get(mine))
}

/// Declarations on a page.
const LINES: usize = 25;

/// A declaration that was sent.
struct Line {
    case: cases::Line,
    reference: String,
    owner: String,
    payable: String,
}

/// One that is being filled in.
struct Begun {
    title: String,
    path: String,
    reference: String,
    items: String,
}

#[derive(Template)]
#[template(path = "declarations.html")]
struct DeclarationsPage<'a> {
    c: Context<'a>,
    /// The title and the path of each service that takes one.
    services: Vec<(String, String)>,
    begun: Vec<Begun>,
    lines: Vec<Line>,
    next: Option<u64>,
}

#[derive(Deserialize)]
struct Part {
    before: Option<u64>,
}

async fn mine(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Query(part): Query<Part>,
) -> Result<Response, PageFault> {
    let declared = site.app.my_declarations(viewer.account(), part.before, LINES).await?;
    let services = site.app.declared_services().await?;
    let drafts = site.app.drafts(viewer.account()).await?;
    let c = Context::new(&site, language, Some(&viewer), "/declarations");
    let begun = drafts.iter().filter_map(|draft| begun(&c, &services, draft)).collect();
    let title = |one: &TakesDeclaration| (c.s(&one.service, "title"), c.link(&format!("/apply/{}", one.service.name)));
    Ok(show(&DeclarationsPage {
        services: services.iter().map(title).collect(),
        lines: declared.items.iter().map(|one| line(&c, one)).collect(),
        next: declared.next,
        begun,
        c,
    }))
}

fn begun(c: &Context<'_>, services: &[TakesDeclaration], draft: &Draft) -> Option<Begun> {
    let own = services.iter().find(|own| own.service.name == draft.service)?;
    let form = draft.forms.get(&own.fact).map(|filled| &filled.form);
    Some(Begun {
        title: c.s(&own.service, "title"),
        path: c.link(&apply::of_draft(draft)),
        reference: form.and_then(|form| form.head.get("reference")).cloned().unwrap_or_default(),
        items: form.map(|form| c.tn("declarations-begun-items", form.items.len())).unwrap_or_default(),
    })
}

fn line(c: &Context<'_>, declared: &DeclaredCase) -> Line {
    let case = cases::line(c, &declared.summary);
    Line {
        reference: declared.reference.clone().unwrap_or_else(|| case.reference.clone()),
        owner: declared.owner.clone().unwrap_or_default(),
        payable: declared.payable.as_ref().map(|money| c.money(money)).unwrap_or_default(),
        case,
    }
}
