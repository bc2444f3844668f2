//! Looking at a case again: any officer of the competent authority may ask for it and say why; those who are then drawn by lot see the case, mend a
//! clerical error, revoke the certificate, or leave it as it stands.
//!
//! Who only asks sees nothing of what the case holds.

use std::sync::Arc;

use app::definition::Checked;
use app::definition::model::{Fact, Service};
use app::engine::act::Act;
use app::engine::case::{self, AGAIN};
use app::engine::decide::correctable;
use app::{AppError, CaseView};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::returned::Returned;
use super::sign;
use crate::fault::PageFault;
use crate::language::Language;
use crate::pages::case::Given;
use crate::pages::cases::{self, Stands};
use crate::pages::ceremony::signs;
use crate::pages::context::Context;
use crate::pages::forms::{Posted, Sent};
use crate::pages::layout::show;
use crate::pages::names::Cited;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// The case that a path names, for an officer who was drawn to look at it again; to everybody else it is not there.
pub(super) async fn look_again(site: &Site, viewer: &Viewer, case: &str) -> Result<CaseView, AppError> {
    let view = look(site, viewer, case).await?;
    if is_drawn(viewer, &view) { Ok(view) } else { Err(AppError::NotFound("case")) }
}

/// The case that a path names, for an officer of the competent authority; to everybody else it is not there.
async fn look(site: &Site, viewer: &Viewer, case: &str) -> Result<CaseView, AppError> {
    let id = case.parse().map_err(|_| AppError::NotFound("case"))?;
    let view = site.app.case(viewer.account(), id).await?;
    if is_theirs(site, viewer, &view) { Ok(view) } else { Err(AppError::NotFound("case")) }
}

/// Whether the viewer was drawn to look at the case again.
pub(super) fn is_drawn(viewer: &Viewer, view: &CaseView) -> bool {
    viewer.account().officer.as_ref().is_some_and(|officer| view.case.drawn(AGAIN).contains(officer))
}

/// Whether an officer may ask that a case be looked at again: they hold one of the roles that the case's definition gives to the competent authority.
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

/// What one of those who look again proposed, in words.
pub(super) struct Proposal {
    pub(super) said: String,
    pub(super) grounds: Vec<Cited>,
}

/// Those proposals that `are_meant`.
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
    stands: Stands,
    /// They were drawn for a seat of the case, so they may look at it.
    drawn: bool,
    /// They were drawn to look at it again.
    again: bool,
    /// They have not said yet what is to be done.
    called: bool,
    /// Somebody was drawn to look at it again.
    convened: bool,
    seen: u64,
    returned: Returned,
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
    let view = look(&site, &viewer, &case).await?;
    Ok(page(&site, language, &viewer, &view, Returned::default(), done))
}

/// The page; with a form that comes back, when one does.
fn page(site: &Site, language: Language, viewer: &Viewer, view: &CaseView, returned: Returned, done: bool) -> Response {
    let case = view.case.id.to_string();
    let c = Context::new(site, language, Some(viewer), format!("/desk/{case}/amend"));
    let again = is_drawn(viewer, view);
    let ended = view.case.ended.as_ref();
    let line = |fact: &&Fact| {
        let value = view.case.facts.get(&fact.name)?;
        let given = Given {
            key: fact.name.clone(),
            name: c.fact(&view.service, &fact.name),
            value: c.keyed(&view.service, &fact.name, value),
            document: String::new(),
            page: String::new(),
        };
        Some(Line { path: c.link(&format!("/desk/{case}/correct/{}", fact.name)), given })
    };
    let issued = ended.and_then(|ended| ended.certificate.as_ref());
    show(&AmendPage {
        id: case.clone(),
        reference: view.case.id.reference(),
        title: c.s(&view.service, "title"),
        stands: cases::stands(&c, Some(&view.service), &view.case),
        drawn: view.standing.drawn,
        again,
        called: viewer.account().officer.as_ref().is_some_and(|officer| view.case.called.contains(officer)),
        convened: !view.case.drawn(AGAIN).is_empty(),
        seen: view.row.seq,
        returned,
        facts: if again { facts(&view.service, view).iter().filter_map(line).collect() } else { Vec::new() },
        certificate: issued
            .map(|issued| c.s(&view.service, &format!("certificate-{}", issued.certificate)))
            .unwrap_or_default(),
        revoked: ended.and_then(|ended| ended.revoked.as_ref()).map(|ground| c.cited(ground)),
        proposals: proposals(&c, view, |_| true),
        done,
        c,
    })
}

pub(super) async fn convene(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, case)): Path<(String, String)>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let act = |sent: &Sent| Act::Convene { reason: sent.text("reason").to_owned() };
    send(&site, language, &viewer, &case, sent, "convene", act).await
}

pub(super) async fn keep(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, case)): Path<(String, String)>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let act = |sent: &Sent| Act::Keep { note: sent.text("note").to_owned() };
    send(&site, language, &viewer, &case, sent, "keep", act).await
}

/// Does what a form of the page asks for; or shows the form again.
async fn send(
    site: &Site,
    language: Language,
    viewer: &Viewer,
    case: &str,
    sent: Sent,
    form: &str,
    act: impl FnOnce(&Sent) -> Act,
) -> Result<Response, PageFault> {
    let view = look(site, viewer, case).await?;
    let act = act(&sent);
    let done = if signs(site) {
        let c = Context::new(site, language, Some(viewer), format!("/desk/{case}/amend"));
        sign::ask(site, viewer, &view, &act, &sent, c).await
    } else {
        let to = format!("/{}/desk/{case}/amend?done=true", language.tag());
        super::act(site, viewer, view.case.id, &sent, &act).await.map(|()| Redirect::to(&to).into_response())
    };
    match done {
        Ok(response) => Ok(response),
        Err(error) => {
            let returned = Returned::refused(site, language, form, sent, error)?;
            Ok(page(site, language, viewer, &view, returned, false))
        }
    }
}
