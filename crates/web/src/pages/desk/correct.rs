//! Mending a clerical error: the new value and the reason, a look at both, then the act.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::definition::model::{Fact, Source};
use app::definition::value::Value;
use app::engine::act::Act;
use app::engine::case::Proposal;
use app::{AppError, CaseView};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::amend::{facts, look_again};
use super::returned::Returned;
use crate::fault::PageFault;
use crate::language::Language;
use crate::pages::ceremony::signs;
use crate::pages::context::{Context, spoken};
use crate::pages::forms::{Posted, Sent};
use crate::pages::layout::show;
use crate::pages::question::{self, Field, Question};
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// The form's name among those that can come back.
const FORM: &str = "correct";

/// A correction under way.
struct Correction<'a> {
    c: Context<'a>,
    viewer: &'a Viewer,
    view: &'a CaseView,
    fact: &'a Fact,
}

impl<'a> Correction<'a> {
    fn of(
        site: &'a Site,
        language: Language,
        viewer: &'a Viewer,
        view: &'a CaseView,
        name: &str,
    ) -> Result<Self, AppError> {
        let fact = facts(&view.service, view).into_iter().find(|fact| fact.name == name);
        let fact = fact.ok_or(AppError::NotFound("fact"))?;
        let path = format!("/desk/{}/correct/{name}", view.case.id);
        Ok(Self { c: Context::new(site, language, Some(viewer), path), viewer, view, fact })
    }

    /// What stands in the record.
    fn stands(&self) -> Option<&Value> {
        self.view.case.facts.get(&self.fact.name)
    }

    fn say(&self, value: &Value) -> String {
        self.c.keyed(&self.view.service, &self.fact.name, value)
    }

    async fn form(self, returned: &Returned) -> Result<Response, AppError> {
        // What a colleague proposed stands in the field already.
        let proposed = self.view.case.proposed.iter().rev().find_map(|proposed| match &proposed.proposal {
            Proposal::Correct { fact, value } if *fact == self.fact.name => Some(value),
            _ => None,
        });
        let known = proposed.or_else(|| self.stands()).map(|value| (self.fact.name.clone(), value.clone()));
        let known: BTreeMap<_, _> = known.into_iter().collect();
        let account = self.viewer.account();
        let mut question =
            question::ask(&self.c, &question::officers(account), &self.view.service, self.fact, &known).await?;
        if !returned.is_clean() || !returned.typed(FORM, "step").is_empty() {
            question = question.again(returned.sent(), returned.error(FORM, &self.fact.name));
        }
        let told = |field: &str, error: &str| match field == self.fact.name {
            true => (question.anchor(), format!("{}: {error}", question.title)),
            false => (field.to_owned(), error.to_owned()),
        };
        let errors = returned.errors(FORM).into_iter();
        Ok(show(&CorrectPage {
            id: self.view.case.id.to_string(),
            reference: self.view.case.id.reference(),
            stands: self.stands().map(|value| self.say(value)).unwrap_or_default(),
            seen: self.view.row.seq,
            reason: returned.typed(FORM, "reason").to_owned(),
            reason_error: returned.error(FORM, "reason").to_owned(),
            errors: errors.map(|(field, error)| told(field, error)).collect(),
            question,
            c: self.c,
        }))
    }

    /// What shall stand, as the form says it.
    async fn wanted(&self, sent: &Sent) -> Result<Result<Value, String>, AppError> {
        // What stands must not be left empty, also where the applicant might have.
        let needed = Fact { source: Source::Ask { required: true }, ..self.fact.clone() };
        let read = question::read(&self.c, self.viewer.account(), &[&needed], &BTreeMap::new(), sent, None).await?;
        let (mut given, mut mistakes) = read;
        Ok(match (given.remove(&self.fact.name), mistakes.remove(&self.fact.name)) {
            (Some(value), None) => Ok(value),
            (_, mistake) => Err(mistake.unwrap_or_else(|| self.c.t("wrong-missing"))),
        })
    }
}

#[derive(Template)]
#[template(path = "desk/correct.html")]
struct CorrectPage<'a> {
    c: Context<'a>,
    id: String,
    reference: String,
    question: Question,
    stands: String,
    seen: u64,
    reason: String,
    reason_error: String,
    errors: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "desk/correct_check.html")]
struct CheckPage<'a> {
    c: Context<'a>,
    id: String,
    reference: String,
    fact: String,
    stands: String,
    wanted: String,
    reason: String,
    /// What the form sent, to be sent again with the next step.
    carried: Vec<(String, String)>,
    certificate: bool,
}

pub(super) async fn ask(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case, fact)): Path<(String, String, String)>,
) -> Result<Response, PageFault> {
    let view = look_again(&site, &viewer, &case).await?;
    let correction = Correction::of(&site, language, &viewer, &view, &fact)?;
    Ok(correction.form(&Returned::default()).await?)
}

pub(super) async fn correct(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, case, fact)): Path<(String, String, String)>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let view = look_again(&site, &viewer, &case).await?;
    let correction = Correction::of(&site, language, &viewer, &view, &fact)?;
    Ok(step(correction, sent).await?)
}

/// The step that the form asks for: look at it, change it, send it.
async fn step(correction: Correction<'_>, sent: Sent) -> Result<Response, AppError> {
    if sent.text("step") == "send" {
        return send(correction, sent).await;
    }
    if sent.text("seen").parse() != Ok(correction.view.row.seq) {
        return Err(AppError::Stale);
    }
    if sent.text("step") == "change" {
        return correction.form(&Returned::with(FORM, sent, BTreeMap::new())).await;
    }
    let mut mistakes = BTreeMap::new();
    let wanted = match correction.wanted(&sent).await? {
        Ok(wanted) if Some(&wanted) != correction.stands() => Some(wanted),
        same => {
            let mistake = same.err().unwrap_or_else(|| correction.c.t("wrong-unchanged"));
            mistakes.insert(correction.fact.name.clone(), mistake);
            None
        }
    };
    if sent.text("reason").trim().is_empty() {
        mistakes.insert("reason".to_owned(), correction.c.t("wrong-reason"));
    }
    match wanted.filter(|_| mistakes.is_empty()) {
        Some(wanted) if signs(correction.c.site) => to_sign(correction, sent, wanted).await,
        Some(wanted) => Ok(check(correction, &sent, &wanted)),
        None => correction.form(&Returned::with(FORM, sent, mistakes)).await,
    }
}

/// Where it is signed, the page on which it is signed is the look at it.
async fn to_sign(correction: Correction<'_>, sent: Sent, value: Value) -> Result<Response, AppError> {
    let (site, language, viewer) = (correction.c.site, correction.c.language, correction.viewer);
    let act = Act::Correct { fact: correction.fact.name.clone(), value, reason: sent.text("reason").to_owned() };
    let c = Context::new(site, language, Some(viewer), correction.c.path.clone().into_owned());
    match super::sign::ask(site, viewer, correction.view, &act, &sent, c).await {
        Err(error) => correction.form(&Returned::refused(site, language, FORM, sent, error)?).await,
        page => page,
    }
}

fn check(correction: Correction<'_>, sent: &Sent, wanted: &Value) -> Response {
    let name = &correction.fact.name;
    let fields = [name.clone(), "reason".to_owned(), "seen".to_owned()];
    let carried = fields.into_iter().filter_map(|field| Some((field.clone(), sent.fields.get(&field)?.clone())));
    let carried: Vec<(String, String)> = carried.collect();
    let ended = correction.view.case.ended.as_ref();
    show(&CheckPage {
        id: correction.view.case.id.to_string(),
        reference: correction.view.case.id.reference(),
        fact: correction.c.fact(&correction.view.service, name),
        stands: correction.stands().map(|value| correction.say(value)).unwrap_or_default(),
        wanted: correction.say(wanted),
        reason: spoken(sent.text("reason")),
        carried,
        certificate: correction.fact.public && ended.is_some_and(|ended| ended.certificate.is_some()),
        c: correction.c,
    })
}

async fn send(correction: Correction<'_>, sent: Sent) -> Result<Response, AppError> {
    let (site, language) = (correction.c.site, correction.c.language);
    let (case, name) = (correction.view.case.id, correction.fact.name.clone());
    let value = match correction.wanted(&sent).await? {
        Ok(value) => value,
        Err(mistake) => {
            let mistakes = BTreeMap::from([(name, mistake)]);
            return correction.form(&Returned::with(FORM, sent, mistakes)).await;
        }
    };
    let act = Act::Correct { fact: name, value, reason: sent.text("reason").to_owned() };
    match super::act(site, correction.viewer, case, &sent, &act).await {
        Ok(()) => Ok(Redirect::to(&correction.c.link(&format!("/desk/{case}/amend?done=true"))).into_response()),
        Err(error) => {
            let returned = Returned::refused(site, language, FORM, sent, error)?;
            correction.form(&returned).await
        }
    }
}
