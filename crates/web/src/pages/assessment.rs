//! What a declaration owes, item by item: each duty and tax with its figures, and beneath it how they came about.
//!
//! Must not know of: how a figure is found. What cannot be read as an assessment is kept as a file instead.

use std::sync::Arc;

use app::customs::assess::{Assessment, Declared, ItemWritten, Owed, Total};
use app::customs::reason::Told;
use app::definition::value::{Decimal, Value, parse_decimal};
use app::engine::CaseId;
use app::{AppError, Assessed, CaseView};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use super::context::{Context, spoken};
use super::direction::isolated;
use super::layout::show;
use crate::fault::PageFault;
use crate::language::Language;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// Items on a page: a declaration may have a thousand.
const ITEMS: usize = 20;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/cases/{case}/assessment/{fact}", get(one))
}

/// One duty or tax, in words.
struct Line {
    tax: String,
    code: String,
    base: String,
    rate: String,
    deduct: String,
    assessed: String,
    payable: String,
    why: Vec<String>,
}

struct Item {
    number: String,
    commodity: String,
    description: String,
    value: String,
    why: Vec<String>,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "cases/assessment.html")]
struct AssessmentPage<'a> {
    c: Context<'a>,
    back: String,
    case: String,
    title: String,
    document: String,
    reference: String,
    policy: String,
    day: String,
    payable: String,
    totals: Vec<Line>,
    items: Vec<Item>,
    shown: String,
    before: Option<usize>,
    next: Option<usize>,
}

#[derive(Deserialize)]
struct Part {
    /// How many items come before the page's first.
    after: Option<usize>,
}

async fn one(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case, fact)): Path<(String, String, String)>,
    Query(part): Query<Part>,
) -> Result<Response, PageFault> {
    let id: CaseId = case.parse().map_err(|_| AppError::NotFound("case"))?;
    let Assessed { view, document, assessment } = site.app.assessment(viewer.account(), id, &fact).await?;
    let c = Context::new(&site, language, Some(&viewer), format!("/cases/{id}/assessment/{fact}"));
    let document = c.link(&format!("/cases/{id}/documents/{}", hex::encode(document.sha256)));
    let Some(assessment) = assessment else { return Ok(Redirect::to(&document).into_response()) };
    let mine = view.standing.applicant || view.standing.agent || view.standing.supervisor;
    let back = c.link(&format!("/{}/{id}", if mine { "cases" } else { "desk" }));
    let after = part.after.unwrap_or(0).min(assessment.items.len());
    let told = assessment.items.iter().skip(after).take(ITEMS);
    let items: Vec<Item> = told.map(|written| item(&c, &assessment, written)).collect();
    let last = after.saturating_add(items.len());
    let shown = [after.saturating_add(1), last, assessment.items.len()].map(|count| c.count(count));
    let [from, to, of] = shown;
    let page = AssessmentPage {
        back,
        case: id.reference(),
        title: c.s(&view.service, "title"),
        document,
        reference: spoken(assessment.reference.as_deref().unwrap_or_default()),
        policy: c.t_or(&format!("policy-{}", assessment.policy.replace('/', "-")), &assessment.policy),
        day: c.date(&assessment.day),
        payable: amount(&c, &assessment.payable, &assessment.currency),
        totals: assessment.totals().unwrap_or_default().iter().map(|of| total(&c, of, &assessment.currency)).collect(),
        items,
        shown: c.tx("assessment-shown", &[("from", from), ("to", to), ("of", of)]),
        before: (after > 0).then(|| after.saturating_sub(ITEMS)),
        next: (last < assessment.items.len()).then_some(last),
        c,
    };
    Ok(show(&page))
}

fn item(c: &Context<'_>, assessment: &Assessment, written: &ItemWritten) -> Item {
    let own = assessment.lines.iter().filter(|owed| owed.line.item == written.item);
    Item {
        number: c.count(written.item),
        commodity: spoken(&written.commodity),
        description: spoken(written.description.as_deref().unwrap_or_default()),
        value: amount(c, &written.value, &assessment.currency),
        why: why(c, &written.why),
        lines: own.map(|owed| line(c, owed)).collect(),
    }
}

/// Most items that are told in short.
const IN_SHORT: usize = 20;

/// The declared goods in short, for whoever stands before them: what each item is and how much, as far as the case's assessment says it.
pub(super) async fn in_short(c: &Context<'_>, view: &CaseView) -> Result<Vec<String>, AppError> {
    let is_one = |value: &Value| matches!(value, Value::Document(document) if app::is_assessment(document));
    let Some((fact, _)) = view.case.facts.iter().find(|(_, value)| is_one(value)) else { return Ok(Vec::new()) };
    let Some(assessment) = c.site.app.assessment_of(view, fact).await?.1 else { return Ok(Vec::new()) };
    // A mass without a unit is in kilograms, another quantity in whichever unit the tariff has.
    let quantity = |of: &Declared, otherwise: &str| {
        let unit = of.unit.as_deref().map(|unit| c.t_or(&format!("unit-{unit}"), &spoken(unit)));
        let unit = unit.unwrap_or_else(|| c.t(otherwise));
        c.t2("quantity", ("number", number(c, &of.amount)), ("unit", unit))
    };
    let told = assessment.items.iter().take(IN_SHORT).map(|item| {
        let net = item.net.iter().map(|net| quantity(net, "unit-KGM"));
        let supplementary = item.supplementary.iter().map(|of| quantity(of, "unit-of-tariff"));
        let what = item.description.as_deref().map(spoken).map(|what| isolated(&what));
        let parts = what.into_iter().chain([isolated(&spoken(&item.commodity))]).chain(net).chain(supplementary);
        let number = c.t1("assessment-item", "number", c.count(item.item));
        format!("{number}{} {}", c.t("colon"), parts.collect::<Vec<_>>().join(&c.t("list-comma")))
    });
    let more = assessment.items.len().saturating_sub(IN_SHORT);
    let more = (more > 0).then(|| c.t1("assessment-more", "count", c.count(more)));
    Ok(told.chain(more).collect())
}

fn line(c: &Context<'_>, Owed { line, why: told, .. }: &Owed) -> Line {
    let amount = |text: &str| amount(c, text, &line.currency);
    let percent = |rate: &String| c.t1("percent", "number", number(c, rate));
    Line {
        tax: tax(c, &line.tax),
        code: spoken(&line.tax),
        base: line.base.as_deref().map(amount).unwrap_or_default(),
        rate: line.rate.as_ref().map(percent).unwrap_or_default(),
        deduct: amount(&line.deduct),
        assessed: amount(&line.assessed),
        payable: amount(&line.payable),
        why: why(c, told),
    }
}

fn total(c: &Context<'_>, of: &Total, currency: &str) -> Line {
    let amount = |of: &Decimal| amount(c, &of.to_string(), currency);
    Line {
        tax: tax(c, &of.tax),
        code: spoken(&of.tax),
        base: String::new(),
        rate: String::new(),
        deduct: amount(&of.deduct),
        assessed: amount(&of.assessed),
        payable: amount(&of.payable),
        why: Vec::new(),
    }
}

/// What a duty or tax is called, where the site knows the code; a tariff may name any.
fn tax(c: &Context<'_>, code: &str) -> String {
    c.t_or(&format!("tax-{code}"), &spoken(code))
}

fn why(c: &Context<'_>, told: &[Told]) -> Vec<String> {
    let one = |told: &Told| if c.language == Language::Persian { told.fa.clone() } else { told.en.clone() };
    told.iter().map(one).collect()
}

/// An amount with its currency.
fn amount(c: &Context<'_>, text: &str, currency: &str) -> String {
    let currency = c.t_or(&format!("currency-{currency}"), currency);
    c.t2("amount", ("number", number(c, text)), ("currency", currency))
}

/// A number as people write it; what is none stays as it is.
fn number(c: &Context<'_>, text: &str) -> String {
    parse_decimal(text).map_or_else(|_| spoken(text), |number| c.number(&number))
}
