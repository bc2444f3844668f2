//! What the competent authority can still do with a case, whoever decided it: mend a clerical error, revoke the certificate.
//!
//! A colleague sees no more of the case than these acts need.

use std::sync::Arc;

use app::definition::Checked;
use app::definition::model::{Fact, Service};
use app::engine::case;
use app::engine::decide::correctable;
use app::{AppError, CaseView};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::fault::PageFault;
use crate::pages::case::Given;
use crate::pages::context::Context;
use crate::pages::layout::show;
use crate::pages::names::Cited;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// The case that a path names, for an officer of the competent authority; to everybody else it is not there.
pub(super) async fn look(site: &Site, viewer: &Viewer, case: &str) -> Result<CaseView, AppError> {
    let id = case.parse().map_err(|_| AppError::NotFound("case"))?;
    let view = site.app.case(viewer.account(), id).await?;
    if is_theirs(site, viewer, &view) { Ok(view) } else { Err(AppError::NotFound("case")) }
}

/// Whether an officer may mend and revoke in a case: they hold one of the roles that the case's definition gives to the competent authority.
pub(super) fn is_theirs(site: &Site, viewer: &Viewer, view: &CaseView) -> bool {
    let Some(officer) = &viewer.account().officer else { return false };
    let roles = &view.service.zone().roles;
    let competent = |role: &str| roles.get(role).is_some_and(|role| role.authority == view.service.authority);
    let seats = site.app.roster();
    view.standing.colleague && seats.seats.iter().any(|seat| seat.officer == *officer && competent(&seat.role))
}

/// The facts of a case in which an error can be clerical.
pub(super) fn facts<'a>(service: &'a Checked<Service>, view: &CaseView) -> Vec<&'a Fact> {
    let known = |fact: &&Fact| view.case.facts.contains_key(&fact.name);
    service.facts.iter().filter(known).filter(|fact| correctable(service, fact)).collect()
}

/// What a colleague proposed, in words.
pub(super) struct Proposal {
    pub(super) said: String,
    pub(super) grounds: Vec<Cited>,
}

/// Those proposals of colleagues that `are_meant`.
pub(super) fn proposals(
    c: &Context<'_>,
    view: &CaseView,
    are_meant: impl Fn(&case::Proposal) -> bool,
) -> Vec<Proposal> {
    let say = |proposed: &case::Proposed| match &proposed.proposal {
        case::Proposal::Revoke { ground } => Proposal {
            said: c.t1("revoke-proposed", "officer", proposed.officer.clone()),
            grounds: vec![c.cited(ground)],
        },
        case::Proposal::Correct { fact, value } => {
            let (name, value) = (c.fact(&view.service, fact), c.keyed(&view.service, fact, value));
            let wanted = c.t2("correct-proposed", ("fact", name), ("value", value));
            Proposal { said: format!("{}{} {wanted}", proposed.officer, c.t("colon")), grounds: Vec::new() }
        }
    };
    view.case.proposed.iter().filter(|proposed| are_meant(&proposed.proposal)).map(say).collect()
}

/// A fact that can be corrected.
struct Line {
    path: String,
    given: Given,
}

#[derive(Template)]
#[template(path = "desk/amend.html")]
struct AmendPage<'a> {
    c: Context<'a>,
    id: String,
    reference: String,
    title: String,
    stage: String,
    outcome: String,
    drawn: bool,
    facts: Vec<Line>,
    /// What the case issued; empty when it issued nothing.
    certificate: String,
    revoked: Option<Cited>,
    proposals: Vec<Proposal>,
    done: bool,
}

#[derive(Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    done: bool,
}

pub(super) async fn amend(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
    Query(Done { done }): Query<Done>,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await.map_err(|error| PageFault::new(&site, language, error))?;
    let c = Context::new(&site, language, Some(&viewer), format!("/desk/{case}/amend"));
    let ended = view.case.ended.as_ref();
    let line = |fact: &&Fact| {
        let value = view.case.facts.get(&fact.name)?;
        let given = Given {
            name: c.fact(&view.service, &fact.name),
            value: c.keyed(&view.service, &fact.name, value),
            document: String::new(),
        };
        Some(Line { path: c.link(&format!("/desk/{case}/correct/{}", fact.name)), given })
    };
    let issued = ended.and_then(|ended| ended.certificate.as_ref());
    Ok(show(&AmendPage {
        id: case.clone(),
        reference: view.case.id.reference(),
        title: c.s(&view.service, "title"),
        stage: c.stage(&view.service, &view.case.stage),
        outcome: ended.map(|ended| app::outcome_name(ended.outcome).to_owned()).unwrap_or_default(),
        drawn: view.standing.drawn,
        facts: facts(&view.service, &view).iter().filter_map(line).collect(),
        certificate: issued
            .map(|issued| c.s(&view.service, &format!("certificate-{}", issued.certificate)))
            .unwrap_or_default(),
        revoked: ended.and_then(|ended| ended.revoked.as_ref()).map(|ground| c.cited(ground)),
        proposals: proposals(&c, &view, |_| true),
        done,
        c,
    }))
}
