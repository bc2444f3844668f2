//! Revoking a certificate on a ground: the ground and a word about it, a look at both, then the act.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::engine::act::Act;
use app::engine::refusal::Refusal;
use app::{AppError, CaseView};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::amend::{Proposal, look_again, proposals};
use super::one::{Citable, citable};
use super::returned::Returned;
use crate::fault::PageFault;
use crate::language::Language;
use crate::pages::ceremony::signs;
use crate::pages::context::{Context, spoken};
use crate::pages::forms::{Posted, Sent};
use crate::pages::layout::show;
use crate::pages::names::Cited;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// The form's name among those that can come back.
const FORM: &str = "revoke";

#[derive(Template)]
#[template(path = "desk/revoke.html")]
struct RevokePage<'a> {
    c: Context<'a>,
    id: String,
    reference: String,
    certificate: String,
    proposals: Vec<Proposal>,
    grounds: Vec<Citable>,
    seen: u64,
    returned: Returned,
}

#[derive(Template)]
#[template(path = "desk/revoke_check.html")]
struct CheckPage<'a> {
    c: Context<'a>,
    id: String,
    reference: String,
    certificate: String,
    ground: Cited,
    note: String,
    /// What the form sent, to be sent again with the next step.
    carried: Vec<(String, String)>,
}

/// What the certificate in force is called.
///
/// # Errors
/// When the case issued none, or it was revoked.
fn certificate(c: &Context<'_>, view: &CaseView) -> Result<String, AppError> {
    let in_force = view.case.ended.as_ref().filter(|ended| ended.revoked.is_none());
    let issued = in_force.and_then(|ended| ended.certificate.as_ref());
    let issued = issued.ok_or(AppError::Refused(Refusal::NoCertificate))?;
    Ok(c.s(&view.service, &format!("certificate-{}", issued.certificate)))
}

/// The grounds that the case's definition knows.
fn grounds(c: &Context<'_>, view: &CaseView) -> Vec<Citable> {
    citable(c, &view.service, view.service.zone().grounds.keys())
}

fn form(c: Context<'_>, view: &CaseView, returned: Returned) -> Result<Response, AppError> {
    Ok(show(&RevokePage {
        id: view.case.id.to_string(),
        reference: view.case.id.reference(),
        certificate: certificate(&c, view)?,
        proposals: proposals(&c, view, |proposal| matches!(proposal, app::engine::case::Proposal::Revoke { .. })),
        grounds: grounds(&c, view),
        seen: view.row.seq,
        returned,
        c,
    }))
}

pub(super) async fn ask(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let view = look_again(&site, &viewer, &case).await?;
    let c = Context::new(&site, language, Some(&viewer), format!("/desk/{case}/revoke"));
    Ok(form(c, &view, Returned::default())?)
}

pub(super) async fn revoke(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, case)): Path<(String, String)>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let view = look_again(&site, &viewer, &case).await?;
    let c = Context::new(&site, language, Some(&viewer), format!("/desk/{case}/revoke"));
    let done = match sent.text("step") {
        "send" => send(c, &viewer, &view, sent).await,
        _ if sent.text("seen").parse() != Ok(view.row.seq) => Err(AppError::Stale),
        "change" => form(c, &view, Returned::with(FORM, sent, BTreeMap::new())),
        _ if signs(&site) => to_sign(c, &viewer, &view, sent).await,
        _ => check(c, &view, sent),
    };
    Ok(done?)
}

fn check(c: Context<'_>, view: &CaseView, sent: Sent) -> Result<Response, AppError> {
    let ground = sent.text("ground");
    if !grounds(&c, view).iter().any(|citable| citable.id == ground) {
        let mistakes = BTreeMap::from([("ground".to_owned(), c.t("wrong-ground"))]);
        return form(c, view, Returned::with(FORM, sent, mistakes));
    }
    let carried = ["ground", "note", "seen"].map(|field| (field.to_owned(), sent.text(field).to_owned()));
    Ok(show(&CheckPage {
        id: view.case.id.to_string(),
        reference: view.case.id.reference(),
        certificate: certificate(&c, view)?,
        ground: c.cited(ground),
        note: spoken(sent.text("note")),
        carried: carried.into(),
        c,
    }))
}

/// Where it is signed, the page on which it is signed is the look at it.
async fn to_sign(c: Context<'_>, viewer: &Viewer, view: &CaseView, sent: Sent) -> Result<Response, AppError> {
    let (site, language, path): (&Site, Language, _) = (c.site, c.language, c.path.clone().into_owned());
    let act = Act::Revoke { ground: sent.text("ground").to_owned(), note: sent.text("note").to_owned() };
    match super::sign::ask(site, viewer, view, &act, &sent, c).await {
        Err(error) => {
            let c = Context::new(site, language, Some(viewer), path);
            form(c, view, Returned::refused(site, language, FORM, sent, error)?)
        }
        page => page,
    }
}

async fn send(c: Context<'_>, viewer: &Viewer, view: &CaseView, sent: Sent) -> Result<Response, AppError> {
    let (site, language, case): (&Site, Language, _) = (c.site, c.language, view.case.id);
    let act = Act::Revoke { ground: sent.text("ground").to_owned(), note: sent.text("note").to_owned() };
    match super::act(site, viewer, case, &sent, &act).await {
        Ok(()) => Ok(Redirect::to(&c.link(&format!("/desk/{case}/amend?done=true"))).into_response()),
        Err(error) => form(c, view, Returned::refused(site, language, FORM, sent, error)?),
    }
}
