//! Check and sign: exactly what an officer is about to do in a case, in words, and their passkey over its hash.

use std::sync::Arc;

use app::definition::model::{Opinion, StageKind};
use app::definition::value::Value;
use app::engine::act::Act;
use app::engine::case::AskedItem;
use app::{AppError, CaseView, Invalid};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{act_signed, after};
use crate::fault::PageFault;
use crate::pages::ceremony::{self, Ceremony};
use crate::pages::context::{Context, spoken};
use crate::pages::forms::{Posted, Sent};
use crate::pages::layout::show_scripted;
use crate::pages::names::Cited;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// One thing that is signed.
struct Line {
    name: String,
    said: String,
    ground: Option<Cited>,
}

#[derive(Template)]
#[template(path = "desk/sign.html")]
struct SignPage<'a> {
    c: Context<'a>,
    id: String,
    reference: String,
    title: String,
    /// What the act is called.
    what: String,
    lines: Vec<Line>,
    /// Where it is sent.
    action: String,
    ceremony: Ceremony,
    has_passkey: bool,
    may_skip: bool,
    /// What is sent with the signature.
    carried: Vec<(String, String)>,
    hash: String,
    text: String,
}

/// The page on which an act is signed.
///
/// # Errors
/// Whatever the engine would say to the act: nobody signs what would be refused.
pub(super) async fn ask(
    site: &Site,
    viewer: &Viewer,
    view: &CaseView,
    act: &Act,
    sent: &Sent,
    c: Context<'_>,
) -> Result<Response, AppError> {
    let seen: u64 = sent.text("seen").parse().map_err(|_| AppError::Stale)?;
    let to_sign = site.app.act_to_sign(viewer.account(), view.case.id, act, seen).await?;
    let json = serde_json::to_string(act).map_err(|error| AppError::Internal(error.to_string()))?;
    let carried = [("act", json), ("seen", seen.to_string()), ("branch", sent.text("branch").to_owned())];
    Ok(show_scripted(&SignPage {
        id: view.case.id.to_string(),
        reference: view.case.id.reference(),
        title: c.s(&view.service, "title"),
        what: c.t(&format!("act-{}", name(act))),
        lines: lines(&c, view, act),
        action: format!("/desk/{}/sign", view.case.id),
        ceremony: Ceremony::of(&c, &to_sign),
        has_passkey: !to_sign.passkeys.is_empty(),
        may_skip: ceremony::may_skip(site),
        carried: carried.map(|(name, text)| (name.to_owned(), text)).into(),
        hash: hex::encode(to_sign.challenge),
        text: to_sign.text,
        c,
    }))
}

pub(super) async fn sign(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, case)): Path<(String, String)>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let to = done(&site, &viewer, &case, &sent).await?;
    Ok(Redirect::to(&format!("/{}{to}", language.tag())).into_response())
}

/// Does the act; where it leads.
async fn done(site: &Site, viewer: &Viewer, case: &str, sent: &Sent) -> Result<String, AppError> {
    let id = case.parse().map_err(|_| AppError::NotFound("case"))?;
    let malformed = || AppError::Invalid { field: "act", why: Invalid::Malformed };
    let act: Act = serde_json::from_str(sent.text("act")).map_err(|_| malformed())?;
    // The act comes back from the browser: nobody reads another's document by naming its hash.
    if let Act::Decide { facts, .. } = &act {
        for value in facts.values() {
            if let Value::Document(document) = value {
                site.app.own_document(viewer.account(), &document.sha256).await?;
            }
        }
    }
    let assertion = ceremony::assertion(sent)?;
    act_signed(site, viewer, id, sent, &act, assertion.as_ref()).await?;
    Ok(match act {
        Act::Correct { .. } | Act::Revoke { .. } | Act::Convene { .. } | Act::Keep { .. } => {
            format!("/desk/{case}/amend?done=true")
        }
        Act::Overtake { .. } => format!("/desk/{case}"),
        act => after(&act, id),
    })
}

fn name(act: &Act) -> &'static str {
    match act {
        Act::Decide { .. } => "decide",
        Act::Ask { .. } => "ask",
        Act::Advise { .. } => "advise",
        Act::Overtake { .. } => "overtake",
        Act::Convene { .. } => "convene",
        Act::Keep { .. } => "keep",
        Act::Correct { .. } => "correct",
        Act::Revoke { .. } => "revoke",
        Act::Recuse { .. } => "recuse",
        _ => "other",
    }
}

/// What is signed, in words. Nothing that the act holds is left out.
fn lines(c: &Context<'_>, view: &CaseView, act: &Act) -> Vec<Line> {
    let (service, stage) = (&view.service, &view.case.stage);
    let line = |key: &str, said: String| Line { name: c.t(key), said: spoken(&said), ground: None };
    let ground = |ground: &str| Line { name: c.t("ground"), said: String::new(), ground: Some(c.cited(ground)) };
    let (mut lines, none) = (Vec::new(), String::new());
    let (cited, note) = match act {
        Act::Decide { route, ground, note, facts } => {
            lines.push(line("log-fact-route", c.route(service, stage, route)));
            let fact = |(fact, value): (&String, &Value)| Line {
                name: c.fact(service, fact),
                said: spoken(&c.keyed(service, fact, value)),
                ground: None,
            };
            lines.extend(facts.iter().map(fact));
            (ground.clone(), note)
        }
        Act::Ask { items } => {
            lines.extend(items.iter().map(|item| asked(c, view, item)));
            (items.first().map(|item| item.ground.clone()), &none)
        }
        Act::Advise { branch, opinion, ground, note } => {
            lines.push(line("log-fact-branch", c.s(service, &format!("branch-{stage}-{branch}"))));
            lines.push(line("desk-opinion", c.t(&format!("opinion-{}", opinion_key(*opinion)))));
            (ground.clone(), note)
        }
        Act::Correct { fact, value, reason } => {
            let stands = view.case.facts.get(fact).map(|value| c.keyed(service, fact, value)).unwrap_or_default();
            lines.push(line("correct-fact", c.fact(service, fact)));
            lines.push(line("correct-stands", stands));
            lines.push(line("correct-wanted", c.keyed(service, fact, value)));
            lines.push(line("correct-reason", reason.clone()));
            (None, &none)
        }
        Act::Revoke { ground, note } => (Some(ground.clone()), note),
        Act::Overtake { ground } => (Some(ground.clone()), &none),
        Act::Keep { note } => (None, note),
        Act::Convene { reason } => {
            lines.push(line("again-reason", reason.clone()));
            (None, &none)
        }
        Act::Recuse { reason } => {
            lines.push(line("recuse-reason", reason.clone()));
            (None, &none)
        }
        _ => (None, &none),
    };
    lines.extend(cited.as_deref().map(ground));
    if !note.is_empty() {
        lines.push(line("desk-note", note.clone()));
    }
    if let Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) = service.stage(stage).map(|stage| &stage.kind)
        && desk.people > 1
        && matches!(act, Act::Decide { .. })
    {
        lines.push(line("sign-together", c.tn("desk-people", desk.people as usize)));
    }
    lines
}

fn asked(c: &Context<'_>, view: &CaseView, item: &AskedItem) -> Line {
    Line { name: c.fact(&view.service, &item.fact), said: spoken(&item.note), ground: None }
}

fn opinion_key(opinion: Opinion) -> &'static str {
    match opinion {
        Opinion::Agree => "agree",
        Opinion::Object => "object",
    }
}
