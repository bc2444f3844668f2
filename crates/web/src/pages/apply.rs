//! Applying, one question a page. The journey is derived from the definition and the draft, never stored.

mod check;
mod for_whom;
mod form;

use std::collections::BTreeMap;
use std::sync::Arc;

use app::definition::Checked;
use app::definition::model::{Fact, Name, Service, Source};
use app::engine::decide::needed_at_start;
use app::{AppError, Draft, InName};
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::context::Context;
use super::direction::isolated;
use super::forms::{Posted, Sent, UPLOAD_BYTES_MAX};
use super::layout::show;
use super::question::{self, Field, Question};
use crate::fault::{Fault, PageFault};
use crate::language::Language;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;
pub(super) use for_whom::of_draft;
use for_whom::{Asked, carried};

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/apply/{service}", get(begin))
        .merge(check::routes())
        .merge(form::routes())
        .route("/{language}/apply/{service}/drop", post(drop_draft))
        .route("/{language}/apply/{service}/{fact}", get(put_question).post(take_answer))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
}

/// A journey: the draft and the questions in the definition's order.
struct Journey<'a> {
    c: Context<'a>,
    service: Arc<Checked<Service>>,
    draft: Draft,
    in_name: InName,
}

impl<'a> Journey<'a> {
    async fn of(
        site: &'a Site,
        language: Language,
        viewer: &'a Viewer,
        service: &str,
        asked: &Asked,
    ) -> Result<Self, PageFault> {
        let (appeals, mandate) = (asked.appeals, asked.mandate()?);
        let account = viewer.account();
        let draft = site.app.draft(account, service, appeals, mandate).await?;
        let in_name = site.app.in_name(account, service, appeals, mandate).await?;
        let service = site.app.zone().services().get(service).cloned();
        let service = service.ok_or(AppError::NotFound("service"))?;
        // Nobody answers questions about a decision that they did not name.
        if appeals.is_none() && site.app.is_appeal(&service.name) {
            return Err(PageFault::Told(Fault::worded(
                site,
                language,
                StatusCode::UNPROCESSABLE_ENTITY,
                "no-appealed-case",
            )));
        }
        let c = Context::new(site, language, Some(viewer), format!("/apply/{}", service.name));
        Ok(Self { c, service, draft, in_name })
    }

    fn questions(&self) -> Vec<&Fact> {
        self.service.facts.iter().filter(|fact| needed_at_start(&self.service, fact)).collect()
    }

    /// The questions that a person meets on the way: those that a register answers in one way only are chosen already.
    async fn met(&self) -> Result<Vec<&Fact>, AppError> {
        let mut met = Vec::new();
        for fact in self.questions() {
            let clear = matches!(fact.source, Source::Register { .. })
                && self.draft.facts.contains_key(&fact.name)
                && self
                    .c
                    .site
                    .app
                    .choices(&self.service, &fact.name, &self.in_name, &self.draft.facts, None)
                    .await?
                    .len()
                    == 1;
            if !clear {
                met.push(fact);
            }
        }
        Ok(met)
    }

    fn missing(&self) -> Option<&Fact> {
        let needed = |fact: &&&Fact| fact.source != (Source::Ask { required: false });
        let questions = self.questions();
        questions.iter().filter(needed).find(|fact| !self.draft.facts.contains_key(&fact.name)).copied()
    }

    /// The path of a page of this journey.
    fn path(&self, page: &str) -> String {
        self.c.link(&format!("/apply/{}/{page}{}", self.service.name, carried(&self.draft)))
    }

    /// The page after a fact: the next question that has no answer yet, or the check.
    fn after(&self, fact: &str) -> String {
        let questions = self.questions();
        let later = questions.iter().skip_while(|own| own.name != fact).skip(1);
        let open = later.into_iter().find(|own| !self.draft.facts.contains_key(&own.name)).copied();
        match (open, self.missing()) {
            (Some(next), _) | (None, Some(next)) => self.path(&next.name),
            (None, None) => self.path("check"),
        }
    }

    /// The page after an answer; whoever came from the check goes back there.
    fn onward(&self, fact: &str, change: bool) -> String {
        match (change, self.missing()) {
            (true, None) => self.path("check"),
            _ => self.after(fact),
        }
    }

    /// An answer in words; a register's record by what it is called.
    async fn given(&self, fact: &Fact) -> Result<String, AppError> {
        let Some(value) = self.draft.facts.get(&fact.name) else { return Ok(self.c.t("not-given")) };
        let plain = isolated(&self.c.keyed(&self.service, &fact.name, value));
        if !matches!(fact.source, Source::Register { .. }) {
            return Ok(plain);
        }
        let question = question::ask(&self.c, &self.in_name, &self.service, fact, &self.draft.facts).await?;
        Ok(question.choices.into_iter().find(|choice| choice.chosen).map_or(plain, |choice| choice.label))
    }

    /// Takes a register fact with one record to choose from as chosen: nobody is asked what has one answer.
    async fn choose_what_is_clear(&mut self) -> Result<bool, AppError> {
        let mut chosen = false;
        let service = Arc::clone(&self.service);
        for fact in service.facts.iter().filter(|fact| matches!(fact.source, Source::Register { .. })) {
            if self.draft.facts.contains_key(&fact.name) {
                continue;
            }
            let choices = self.c.site.app.choices(&service, &fact.name, &self.in_name, &self.draft.facts, None).await?;
            if let [only] = choices.as_slice() {
                let value = app::definition::value::Value::Text(only.key.clone());
                self.draft.facts.insert(fact.name.clone(), value);
                chosen = true;
            }
        }
        Ok(chosen)
    }
}

/// Begins, or goes on where the draft stands.
async fn begin(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, service)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFault> {
    if let Some(page) = for_whom::page(&site, language, &viewer, &service, &asked).await? {
        return Ok(page);
    }
    let mut journey = Journey::of(&site, language, &viewer, &service, &asked).await?;
    if journey.choose_what_is_clear().await? {
        site.app.keep_draft(viewer.account(), &journey.draft).await?;
    }
    let to = journey.missing().map_or_else(|| journey.path("check"), |fact| journey.path(&fact.name));
    Ok(Redirect::to(&to).into_response())
}

#[derive(Template)]
#[template(path = "apply/question.html")]
struct QuestionPage<'a> {
    c: Context<'a>,
    title: String,
    acts_for: String,
    /// For whom else the viewer could apply, beside what they hold themselves.
    others: Vec<(String, String)>,
    question: Question,
    /// For a declaration: where it is filled in instead, and how many items are there.
    fill: Option<(String, usize)>,
    back: String,
    version: u64,
    change: bool,
    place: String,
}

async fn put_question(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, service, fact)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFault> {
    let journey = Journey::of(&site, language, &viewer, &service, &asked).await?;
    Ok(question_page(journey, &fact, asked.change, None).await?)
}

/// The page of a question, with what is wrong with the answer that was sent.
async fn question_page(
    journey: Journey<'_>,
    name: &str,
    change: bool,
    mistake: Option<(String, &Sent)>,
) -> Result<Response, AppError> {
    let fact = journey.questions().into_iter().find(|fact| fact.name == name);
    let fact = fact.ok_or(AppError::NotFound("question"))?;
    let met = journey.met().await?;
    // What is chosen already can still be looked at, and is none of those that are counted.
    let place = met.iter().position(|own| own.name == name);
    let mut question =
        question::ask(&journey.c, &journey.in_name, &journey.service, fact, &journey.draft.facts).await?;
    if let Some((error, sent)) = mistake {
        question = question.again(sent, &error);
    }
    let before = place.and_then(|place| met.get(place.checked_sub(1)?));
    let back = match (change, before) {
        (true, _) => journey.path("check"),
        (false, Some(before)) => journey.path(&before.name),
        (false, None) => journey.c.link(&format!("/services/{}", journey.service.name)),
    };
    let others = for_whom::others(&journey.c, &journey.service, &journey.in_name, fact).await?;
    let fill = fill(&journey, fact, change).await?;
    let (appeals, acts_for) = (carried(&journey.draft), for_whom::acts_for(&journey.c, &journey.in_name));
    let (title, version, of) = (journey.c.s(&journey.service, "title"), journey.draft.version, met.len());
    let mut c = journey.c;
    c.path = format!("/apply/{}/{name}{appeals}", journey.service.name).into();
    let shown = |number: usize| c.count(number as u64);
    let number = place.map(|place| shown(place.saturating_add(1)));
    let place = number.map(|number| c.t2("question-of", ("number", number), ("of", shown(of)))).unwrap_or_default();
    Ok(show(&QuestionPage { c, title, acts_for, others, question, fill, back, version, change, place }))
}

/// Where a question is answered by filling in a declaration, and how many items stand there; none for other questions.
async fn fill(journey: &Journey<'_>, fact: &Fact, change: bool) -> Result<Option<(String, usize)>, AppError> {
    let declaring = journey.c.site.app.declaring(&journey.service, &fact.name).await?;
    let path = journey.path(&format!("{}/form", fact.name));
    let path = if change { form::with(&path, "change=true") } else { path };
    let items = journey.draft.forms.get(&fact.name).map_or(0, |filled| filled.form.items.len());
    Ok(declaring.map(|_| (path, items)))
}

async fn take_answer(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, service, name)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let mut journey = Journey::of(&site, language, &viewer, &service, &asked).await?;
    // The answer is to what stood on the page: a draft that another window changed since is not overwritten. The page comes back as it stands now,
    // with what was typed.
    if sent.text("version").parse() != Ok(journey.draft.version) {
        let error = journey.c.t("wrong-stale");
        return Ok(question_page(journey, &name, asked.change, Some((error, &sent))).await?);
    }
    let fact = journey.questions().into_iter().find(|fact| fact.name == name).cloned();
    let fact = fact.ok_or(AppError::NotFound("question"))?;
    let read = question::read(&journey.c, viewer.account(), &[&fact], &journey.draft.facts, &sent, None).await;
    let (given, mistakes) = read?;
    if let Some(error) = mistakes.get(&name) {
        return Ok(question_page(journey, &name, asked.change, Some((error.clone(), &sent))).await?);
    }
    let before = journey.draft.facts.get(&name).cloned();
    answer(&mut journey.draft.facts, &journey.service, &name, given);
    journey.choose_what_is_clear().await?;
    if before != journey.draft.facts.get(&name).cloned() {
        site.app.declare_again(viewer.account(), &journey.in_name, &mut journey.draft, &name).await?;
    }
    site.app.keep_draft(viewer.account(), &journey.draft).await?;
    let change = asked.change || sent.text("change") == "true";
    Ok(Redirect::to(&journey.onward(&name, change)).into_response())
}

/// Puts an answer into the draft. What was chosen among the records of another company is chosen anew.
fn answer(
    facts: &mut BTreeMap<Name, app::definition::value::Value>,
    service: &Service,
    name: &str,
    given: BTreeMap<Name, app::definition::value::Value>,
) {
    if facts.get(name) != given.get(name) {
        let held_by =
            |fact: &&Fact| matches!(&fact.source, Source::Register { held_by: Some(holder), .. } if holder == name);
        service.facts.iter().filter(held_by).for_each(|fact| drop(facts.remove(&fact.name)));
        facts.remove(name);
    }
    facts.extend(given);
}

async fn drop_draft(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, service)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Posted(viewer, _): Posted,
) -> Result<Response, PageFault> {
    let mandate = asked.mandate()?;
    let draft = site.app.draft(viewer.account(), &service, asked.appeals, mandate).await?;
    site.app.drop_draft(viewer.account(), &draft).await?;
    Ok(Redirect::to(&format!("/{}/cases", language.tag())).into_response())
}
