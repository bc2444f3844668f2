//! The check of all answers, and sending them.
//!
//! Must not know of: how an answer is given.

use std::sync::Arc;

use app::definition::model::Name;
use app::definition::value::Value;
use app::engine::CaseId;
use app::engine::refusal::{FactProblem, Refusal, Wrong};
use app::{AppError, Key};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::Journey;
use super::for_whom::{self, Asked, carried};
use crate::fault::{self, PageFault};
use crate::pages::context::Context;
use crate::pages::forms::Posted;
use crate::pages::layout::show;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/apply/{service}/check", get(check))
        .route("/{language}/apply/{service}/submit", post(submit))
}

/// One answer on the check page.
struct Answer {
    title: String,
    value: String,
    change: String,
    error: String,
}

#[derive(Template)]
#[template(path = "apply/check.html")]
struct CheckPage<'a> {
    c: Context<'a>,
    title: String,
    acts_for: String,
    answers: Vec<Answer>,
    wrong: Vec<(String, String)>,
    submit: String,
    drop: String,
    version: u64,
    key: String,
}

async fn check(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, service)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFault> {
    let journey = Journey::of(&site, language, &viewer, &service, &asked).await?;
    if let Some(missing) = journey.missing() {
        return Ok(Redirect::to(&journey.path(&missing.name)).into_response());
    }
    Ok(check_page(journey, &[]).await?)
}

async fn check_page(journey: Journey<'_>, errors: &[(Name, String)]) -> Result<Response, AppError> {
    let of_fact = |name: &Name| -> Vec<&str> {
        errors.iter().filter(|(fact, _)| fact == name).map(|(_, error)| error.as_str()).collect()
    };
    let mut answers = Vec::new();
    for fact in journey.questions() {
        let change = journey.path(&fact.name);
        let separator = if change.contains('?') { '&' } else { '?' };
        answers.push(Answer {
            title: journey.c.fact(&journey.service, &fact.name),
            value: journey.given(fact).await?,
            change: format!("{change}{separator}change=true"),
            error: of_fact(&fact.name).join(" "),
        });
    }
    // What was filled in is mended where it was.
    let page = |fact: &Name| {
        if is_filled_in(&journey, fact) { journey.path(&format!("{fact}/form")) } else { journey.path(fact) }
    };
    let wrong =
        errors.iter().map(|(fact, error)| (page(fact), format!("{}: {error}", journey.c.fact(&journey.service, fact))));
    let wrong = wrong.collect();
    let (submit, drop) = (journey.path("submit"), journey.path("drop"));
    let (appeals, acts_for) = (carried(&journey.draft), for_whom::acts_for(&journey.c, &journey.in_name));
    let (title, version) = (journey.c.s(&journey.service, "title"), journey.draft.version);
    let mut c = journey.c;
    c.path = format!("/apply/{}/check{appeals}", journey.service.name).into();
    let key = hex::encode(app::randomness()?);
    Ok(show(&CheckPage { c, title, acts_for, answers, wrong, submit, drop, version, key }))
}

async fn submit(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, service)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let key = Key::new(format!("page/{}", sent.text("key").chars().take(64).collect::<String>()), service.as_bytes());
    let case = |case: CaseId| Redirect::to(&format!("/{}/cases/{case}", language.tag())).into_response();
    // The second click of a double click comes when the draft is spent already.
    if let Some(acted) = site.app.replayed(viewer.account(), Some(&key)).await? {
        return Ok(case(acted.case));
    }
    let journey = Journey::of(&site, language, &viewer, &service, &asked).await?;
    if sent.text("version").parse() != Ok(journey.draft.version) {
        return Err(AppError::Stale.into());
    }
    match site.app.submit(viewer.account(), &journey.draft, Some(key)).await {
        Ok(acted) => Ok(case(acted.case)),
        Err(AppError::Refused(Refusal::Facts(problems))) => {
            let say = |problem: &FactProblem| {
                let told = match &problem.wrong {
                    // Lines and columns of a message that nobody saw tell nobody anything.
                    Wrong::Function(said) if is_filled_in(&journey, &problem.fact) => {
                        said.words.get(language.tag()).map(|said| fault::told(language, said))
                    }
                    _ => None,
                };
                let told = told.unwrap_or_else(|| fault::fact_problem(&site, language, problem));
                (problem.fact.clone(), told)
            };
            let errors: Vec<(Name, String)> = problems.iter().map(say).collect();
            Ok(check_page(journey, &errors).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether an answer is a declaration that was filled in here.
fn is_filled_in(journey: &Journey<'_>, fact: &str) -> bool {
    let written = journey.draft.forms.get(fact).and_then(|filled| filled.written.clone()).map(Value::Document);
    written.is_some() && journey.draft.facts.get(fact) == written.as_ref()
}
