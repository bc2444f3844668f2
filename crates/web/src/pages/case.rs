//! One case: where it stands, whose turn it is and until when, what the applicant can do now, what was given, and the whole history.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::definition::model::{Fact, Name, StageKind};
use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::{AskedItem, Turn};
use app::engine::refusal::Refusal;
use app::{AppError, CaseView, InName, Key, Payment};
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::answers::{self, Answer};
use super::cases::{self, Stands};
use super::context::{Context, spoken};
use super::draws::{self, Drawings};
use super::forms::{Posted, Sent, UPLOAD_BYTES_MAX};
pub(crate) use super::given::{Given, given};
use super::layout::show;
use super::mandates;
use super::names::Cited;
use super::question::{self, Field, Mistakes, Question};
use super::timeline::{self, Moment};
use crate::fault::{self, PageFault};
use crate::language::Language;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/cases/{case}", get(one))
        .route("/{language}/cases/{case}/supply", post(supply))
        .route("/{language}/cases/{case}/withdraw", get(ask_withdraw).post(withdraw))
        .route("/{language}/cases/{case}/pay", get(ask_payment).post(pay))
        .route("/{language}/cases/{case}/documents/{sha256}", get(document))
        .route("/{language}/cases/{case}/draws/{place}", get(draw))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
}

struct Asked {
    fact: String,
    note: String,
    ground: Cited,
}

#[derive(Template)]
#[template(path = "cases/one.html")]
struct CasePage<'a> {
    c: Context<'a>,
    id: String,
    reference: String,
    title: String,
    stands: Stands,
    is_open: bool,
    /// Whether the application cannot be taken back now.
    bound: bool,
    turn: String,
    /// For whom the viewer acts in it.
    acts_for: String,
    deadline: String,
    holders: String,
    mine: bool,
    grounds: Vec<Cited>,
    /// On what ground the certificate was revoked.
    revoked: Option<Cited>,
    /// The appeal that was lodged: its page, for whoever lodged it, and its reference.
    appealed_by: Option<(String, String)>,
    asked: Vec<Asked>,
    questions: Vec<Question>,
    errors: Vec<(String, String)>,
    payment: String,
    certificate: bool,
    appeal: String,
    appeal_until: String,
    given: Vec<Given>,
    draws: Drawings,
    /// What customs answered, where the case is a declaration.
    answers: Vec<Answer>,
    moments: Vec<Moment>,
    seen: u64,
}

async fn one(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await?;
    Ok(page(&site, language, &viewer, view, None).await?)
}

/// The case that a path names, for somebody who may see it: whoever may not, and whoever mistypes, get the same answer.
pub(super) async fn look(site: &Site, viewer: &Viewer, case: &str) -> Result<CaseView, AppError> {
    let id: CaseId = case.parse().map_err(|_| AppError::NotFound("case"))?;
    let view = site.app.case(viewer.account(), id).await?;
    if view.standing.sees() { Ok(view) } else { Err(AppError::NotFound("case")) }
}

async fn page(
    site: &Site,
    language: Language,
    viewer: &Viewer,
    view: CaseView,
    returned: Option<(&Sent, Mistakes)>,
) -> Result<Response, AppError> {
    let c = Context::new(site, language, Some(viewer), format!("/cases/{}", view.case.id));
    let mine = view.standing.applicant || view.standing.agent;
    let in_name = InName { person: view.case.applicant.clone(), agency: view.agency.clone() };
    let mut questions = Vec::new();
    for fact in due(&view).into_iter().filter(|_| mine) {
        let question = question::ask(&c, &in_name, &view.service, fact, &view.case.facts).await?;
        questions.push(match &returned {
            Some((sent, mistakes)) => question.again(sent, mistakes.get(&fact.name).map_or("", String::as_str)),
            None => question,
        });
    }
    let asked = match &view.case.turn {
        Turn::Answer { items, .. } => items.iter().map(|item| asked(&c, &view, item)).collect(),
        _ => Vec::new(),
    };
    let ended = view.case.ended.as_ref();
    let grounds = view.case.decision.iter().flat_map(|decision| &decision.grounds);
    let (appeal, appeal_until) = appeal(&c, &view).unwrap_or_default();
    let page = CasePage {
        id: view.case.id.to_string(),
        reference: view.case.id.reference(),
        title: c.s(&view.service, "title"),
        stands: cases::stands(&c, Some(&view.service), &view.case),
        is_open: ended.is_none(),
        bound: view.service.stage(&view.case.stage).is_some_and(|stage| stage.binding),
        turn: cases::turn(&c, &view.case, view.standing.agent),
        acts_for: view.agency.as_ref().map(|agency| mandates::acts_for(&c, agency)).unwrap_or_default(),
        deadline: cases::deadline(&c, &view.case).unwrap_or_default(),
        holders: cases::holders(&c, Some(&view.service), &view.case, &view.row.holders),
        mine,
        grounds: grounds.map(|ground| c.cited(ground)).collect(),
        revoked: ended.and_then(|ended| ended.revoked.as_ref()).map(|ground| c.cited(ground)),
        appealed_by: ended.and_then(|ended| ended.appealed_by).map(|appeal| {
            let path = if mine { c.link(&format!("/cases/{appeal}")) } else { String::new() };
            (path, appeal.reference())
        }),
        errors: errors(&questions),
        asked,
        questions,
        payment: match &view.case.turn {
            Turn::Payment { amount, .. } => c.money(amount),
            _ => String::new(),
        },
        // Of a case that forgot who applied, the zone has no copy.
        certificate: ended.is_some_and(|ended| ended.certificate.is_some()) && !view.case.applicant.is_empty(),
        appeal,
        appeal_until,
        given: given(&c, &view).await?,
        draws: draws::tell(&c, &view)?,
        answers: answers::tell(&c, viewer, &view).await?,
        moments: timeline::tell(&c, &view.service, &view.history, mine),
        seen: view.row.seq,
        c,
    };
    Ok(show(&page))
}

/// What is wrong with answers, each with the field that it leads to.
fn errors(questions: &[Question]) -> Vec<(String, String)> {
    let wrong = questions.iter().filter(|question| !question.error.is_empty());
    wrong.map(|question| (question.anchor(), format!("{}: {}", question.title, question.error))).collect()
}

/// The facts that the applicant is to give now.
fn due(view: &CaseView) -> Vec<&Fact> {
    let names: Vec<&Name> = match (&view.case.turn, view.service.stage(&view.case.stage).map(|stage| &stage.kind)) {
        (Turn::Answer { items, .. }, _) => items.iter().map(|item| &item.fact).collect(),
        (Turn::Applicant { .. }, Some(StageKind::Applicant { facts, .. })) => facts.iter().collect(),
        _ => Vec::new(),
    };
    view.service.facts.iter().filter(|fact| names.contains(&&fact.name)).collect()
}

fn asked(c: &Context<'_>, view: &CaseView, item: &AskedItem) -> Asked {
    Asked { fact: c.fact(&view.service, &item.fact), note: spoken(&item.note), ground: c.cited(&item.ground) }
}

/// Where an appeal is lodged and until when, while one may be.
fn appeal(c: &Context<'_>, view: &CaseView) -> Option<(String, String)> {
    let ended = view.case.ended.as_ref().filter(|ended| ended.appealed_by.is_none())?;
    let until = ended.appeal_until.filter(|until| *until > c.site.app.clock.now())?;
    let StageKind::End(end) = &view.service.stage(&view.case.stage)?.kind else { return None };
    let service = &end.appeal.as_ref()?.service;
    let under = view.agency.as_ref().map(|agency| format!("&for={}", agency.mandate)).unwrap_or_default();
    let acts = view.standing.applicant || view.standing.agent;
    acts.then(|| (c.link(&format!("/apply/{service}?appeals={}{under}", view.case.id)), c.last_day(&until)))
}

/// The applicant's act from a form: what was seen, and a key that makes a double click one act.
async fn act(site: &Site, viewer: &Viewer, case: CaseId, sent: &Sent, act: &Act) -> Result<(), AppError> {
    viewer.made(sent.text("csrf"))?;
    let seen: u64 = sent.text("seen").parse().map_err(|_| AppError::Stale)?;
    let name = match act {
        Act::Supply { .. } => "supply",
        _ => "withdraw",
    };
    let request = serde_json::to_vec(act).map_err(|error| AppError::Internal(error.to_string()))?;
    let key = Key::new(format!("page/{case}/{seen}/{name}"), &request);
    once(site.app.act(viewer.account(), case, act, Some(seen), Some(key)).await)
}

/// What came of an act from a page. The key of a page's act names what was seen, so another act with the same key comes from a page out of date.
pub(super) fn once(acted: Result<app::Acted, AppError>) -> Result<(), AppError> {
    match acted {
        Ok(_) => Ok(()),
        Err(AppError::KeyReused) => Err(AppError::Stale),
        Err(error) => Err(error),
    }
}

async fn supply(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, case)): Path<(String, String)>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await?;
    let c = Context::new(&site, language, Some(&viewer), format!("/cases/{case}"));
    let nothing = BTreeMap::new();
    let (facts, mistakes) = question::read(&c, viewer.account(), &due(&view), &nothing, &sent, None).await?;
    if !mistakes.is_empty() {
        return Ok(page(&site, language, &viewer, view, Some((&sent, mistakes))).await?);
    }
    match act(&site, &viewer, view.case.id, &sent, &Act::Supply { facts }).await {
        Ok(()) => Ok(Redirect::to(&c.link(&format!("/cases/{case}"))).into_response()),
        Err(AppError::Refused(Refusal::Facts(problems))) => {
            let say = |problem: &app::engine::refusal::FactProblem| {
                (problem.fact.clone(), fault::fact_problem(&site, language, problem))
            };
            let mistakes = problems.iter().map(say).collect();
            Ok(page(&site, language, &viewer, view, Some((&sent, mistakes))).await?)
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "cases/withdraw.html")]
struct WithdrawPage<'a> {
    c: Context<'a>,
    id: String,
    reference: String,
    /// What becomes of the case, in words.
    consequences: Vec<String>,
    seen: u64,
}

async fn ask_withdraw(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await?;
    let c = Context::new(&site, language, Some(&viewer), format!("/cases/{case}/withdraw"));
    let (id, reference) = (view.case.id.to_string(), view.case.id.reference());
    let lead = if view.case.appeals.is_some() { "withdraw-lead-appeal" } else { "withdraw-lead" };
    let paid = (!view.case.paid.is_empty()).then_some("withdraw-paid");
    let consequences = std::iter::once(lead).chain(paid).map(|key| c.t(key)).collect();
    Ok(show(&WithdrawPage { c, id, reference, consequences, seen: view.row.seq }))
}

async fn withdraw(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, case)): Path<(String, String)>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await?;
    let reason = sent.text("reason").to_owned();
    act(&site, &viewer, view.case.id, &sent, &Act::Withdraw { reason }).await?;
    Ok(Redirect::to(&format!("/{}/cases/{case}", language.tag())).into_response())
}

#[derive(Template)]
#[template(path = "cases/pay.html")]
struct PayPage<'a> {
    c: Context<'a>,
    id: String,
    reference: String,
    amount: String,
    deadline: String,
    ground: Option<Cited>,
}

async fn ask_payment(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await?;
    let Turn::Payment { amount, .. } = &view.case.turn else {
        return Err(AppError::Refused(Refusal::NotNow { stage: view.case.stage.clone() }).into());
    };
    let c = Context::new(&site, language, Some(&viewer), format!("/cases/{case}/pay"));
    let ground = match view.service.stage(&view.case.stage).map(|stage| &stage.kind) {
        Some(StageKind::Pay { ground, .. }) => Some(c.cited(ground)),
        _ => None,
    };
    let (id, reference, amount) = (view.case.id.to_string(), view.case.id.reference(), c.money(amount));
    let deadline = cases::deadline(&c, &view.case).unwrap_or_default();
    Ok(show(&PayPage { c, id, reference, amount, deadline, ground }))
}

/// The sample payment service of the demonstration says that the money arrived. Elsewhere only the treasury's own service can.
async fn pay(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, case)): Path<(String, String)>,
    Posted(viewer, _): Posted,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await?;
    if !site.settings.demo || !(view.standing.applicant || view.standing.agent) {
        return Err(AppError::Forbidden.into());
    }
    let Turn::Payment { amount, .. } = &view.case.turn else {
        return Err(AppError::Refused(Refusal::NotNow { stage: view.case.stage.clone() }).into());
    };
    // One for each payment of the case: it may come back and owe more.
    let receipt = format!("SAMPLE-{}-{}", view.case.id.reference(), view.row.seq);
    let payment = Payment { receipt, amount: amount.clone() };
    site.app.confirm_payment(view.case.id, &payment).await?;
    Ok(Redirect::to(&format!("/{}/cases/{case}", language.tag())).into_response())
}

/// A draw of the case as a file, for `panjereh lot verify`.
async fn draw(
    State(site): State<Arc<Site>>,
    viewer: Viewer,
    Path((_, case, place)): Path<(String, String, String)>,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await?;
    let sheet = place.parse().ok().and_then(|place: usize| site.app.draws(&view).ok()?.drawn.into_iter().nth(place));
    let sheet = sheet.ok_or(AppError::NotFound("draw"))?;
    let json = serde_json::to_vec_pretty(&sheet).map_err(AppError::from)?;
    let kept = format!("attachment; filename=\"draw-{}-{place}.json\"", view.case.id.reference());
    let headers = [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, kept)];
    Ok((headers, json).into_response())
}

/// A document of the case, to keep. It is never shown inside the site's own origin.
async fn document(
    State(site): State<Arc<Site>>,
    viewer: Viewer,
    Path((_, case, sha256)): Path<(String, String, String)>,
) -> Result<Response, PageFault> {
    let missing = || AppError::NotFound("document");
    let id: CaseId = case.parse().map_err(|_| missing())?;
    let mut digest = [0_u8; 32];
    hex::decode_to_slice(&sha256, &mut digest).map_err(|_| missing())?;
    let (document, bytes) = site.app.case_document(viewer.account(), id, &digest).await?;
    let ending = document.media_type.rsplit(['/', '+']).next().unwrap_or("bin").to_owned();
    let kept = format!("attachment; filename=\"{}.{ending}\"", sha256.get(..12).unwrap_or("document"));
    Ok(([(header::CONTENT_TYPE, document.media_type), (header::CONTENT_DISPOSITION, kept)], bytes).into_response())
}
