//! The catalogue: what the public can ask for, found by words, and each service as it is defined.
//!
//! Must not know of: cases.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::definition::Checked;
use app::definition::model;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::caller::{Anybody, At, NoParameters, Query};
use super::cases::Part;
use super::problem::{Problem, Wire};
use super::schema;
use crate::language::Language;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/services", get(all)).route("/services/{service}", get(one))
}

/// Most characters of a search.
const SEARCH_CHARS_MAX: usize = 200;

/// Which services.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Search {
    /// Words to look for, in any spelling; the best answers come first.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Where to go on: the `next` of the part before, of the same search.
    #[param(pattern = "^[0-9]{1,18}$", max_length = 18)]
    cursor: Option<String>,
    /// At most how many.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

/// The catalogue.
#[derive(Serialize, ToSchema)]
#[schema(as = Services)]
pub(super) struct ServicesAnswer {
    /// The services.
    items: Vec<ServiceSummary>,
    /// What to give as `cursor` for the part that follows; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl ServicesAnswer {
    /// The part of a whole list that begins at `cursor`.
    fn part(services: Vec<ServiceSummary>, cursor: Option<u64>, limit: u32) -> Self {
        let start = usize::try_from(cursor.unwrap_or(0)).unwrap_or(usize::MAX);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let end = start.saturating_add(limit);
        let next = (end < services.len()).then(|| end.to_string());
        Self { items: services.into_iter().skip(start).take(limit).collect(), next }
    }
}

/// A service in the catalogue.
#[derive(Serialize, ToSchema)]
pub(super) struct ServiceSummary {
    /// Its name.
    service: String,
    /// What it is called, by language.
    title: BTreeMap<String, String>,
    /// What it is for, by language.
    summary: BTreeMap<String, String>,
    /// Who is competent.
    authority: String,
    /// Where it is listed.
    portal: String,
    /// Who may apply.
    #[serde(rename = "for")]
    #[schema(value_type = schema::Applicant)]
    applicant: model::Applicant,
    /// The promise.
    #[schema(value_type = schema::Period)]
    within: model::Period,
    /// Whether it hears appeals, and so needs the appealed case.
    appeal: bool,
    /// SHA-256 of the definition.
    #[schema(value_type = schema::Sha256)]
    definition: String,
}

/// A service as it is defined.
#[derive(Serialize, ToSchema)]
#[schema(as = Service)]
pub(super) struct ServiceAnswer {
    #[serde(flatten)]
    summary: ServiceSummary,
    /// What it needs to know, in the author's order.
    facts: Vec<Fact>,
    /// How long the applicant has to answer an ask, and the stage that follows silence.
    #[schema(value_type = Option<schema::Answer>)]
    answer: Option<model::Answer>,
    /// Its stages; a case begins in the first.
    #[schema(value_type = Vec<schema::Stage>)]
    stages: Vec<model::Stage>,
    /// Its decision tables by name.
    tables: BTreeMap<String, Table>,
    /// The grounds that may be cited in it.
    grounds: BTreeMap<String, Ground>,
    /// All its words: Fluent source, by language.
    words: BTreeMap<String, String>,
}

/// A datum of a case.
#[derive(Serialize, ToSchema)]
pub(super) struct Fact {
    /// Its name.
    name: String,
    /// What it is about.
    concept: String,
    /// What values it takes.
    #[serde(rename = "type")]
    #[schema(value_type = schema::Type)]
    type_: app::definition::value::Type,
    /// The codes that it takes, where it takes codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    codes: Vec<String>,
    /// Where it comes from.
    #[schema(value_type = schema::Source)]
    source: model::Source,
    /// Whether its value stands in the public log.
    public: bool,
    /// The question, by language.
    label: BTreeMap<String, String>,
}

/// A decision table.
#[derive(Serialize, ToSchema)]
#[schema(as = DecisionTable)]
pub(super) struct Table {
    /// What becomes of several rows that match.
    hit: &'static str,
    /// What each input column reads.
    inputs: Vec<String>,
    /// The name of each output column.
    outputs: Vec<String>,
    /// The rules in order.
    rows: Vec<Row>,
}

/// A rule of a decision table.
#[derive(Serialize, ToSchema)]
#[schema(as = DecisionRow)]
pub(super) struct Row {
    /// One test per input, in S-FEEL (DMN 1.5).
    tests: Vec<String>,
    /// One value per output; nothing where it is left empty.
    #[schema(value_type = Vec<Option<schema::TypedValue>>)]
    outputs: Vec<Option<app::definition::value::Value>>,
    /// The ground cited.
    ground: Option<String>,
}

/// An article of law.
#[derive(Serialize, ToSchema)]
pub(super) struct Ground {
    /// The law, by its title in the zone's first language.
    act: String,
    /// The law's title, by language.
    title: BTreeMap<String, String>,
    /// The article in it; empty only in a draft.
    article: String,
    /// Whether someone competent confirmed the text.
    #[schema(value_type = schema::GroundStatus)]
    status: model::GroundStatus,
    /// The text, by language.
    text: BTreeMap<String, String>,
}

/// The services
#[utoipa::path(
    get, path = "/api/v1/services", tag = "catalogue", operation_id = "services", params(Search),
    responses((status = 200, description = "The services, or those that answer the search", body = ServicesAnswer)),
    security(())
)]
pub(super) async fn all(
    State(site): State<Arc<Site>>,
    _: Anybody,
    Query(Search { q, cursor, limit }): Query<Search>,
) -> Result<Json<ServicesAnswer>, Problem> {
    let (cursor, limit) = Part { cursor, limit }.read()?;
    let q = q.unwrap_or_default();
    if q.chars().count() > SEARCH_CHARS_MAX {
        return Err(Wire::parameter("q").into());
    }
    let services = site.app.zone().services().values().map(|service| ServiceSummary::of(&site, service));
    if app::normalise(&q).is_empty() {
        return Ok(Json(ServicesAnswer::part(services.collect(), cursor, limit)));
    }
    let rank = |service: &ServiceSummary| {
        let texts = || service.summary.values().map(String::as_str);
        let titles = service.title.values().chain([&service.service]);
        titles.map(|title| app::rank(&q, title, texts())).max().unwrap_or(0)
    };
    let scored = services.map(|service| (rank(&service), service));
    let mut found: Vec<_> = scored.filter(|(score, _)| *score > 0).collect();
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let found = found.into_iter().map(|(_, service)| service).collect();
    Ok(Json(ServicesAnswer::part(found, cursor, limit)))
}

/// One service
#[utoipa::path(
    get, path = "/api/v1/services/{service}", tag = "catalogue", operation_id = "service",
    params(("service" = String, Path, description = "The service's name", max_length = 200)),
    responses((status = 200, description = "The service as it is defined now", body = ServiceAnswer)),
    security(())
)]
pub(super) async fn one(
    State(site): State<Arc<Site>>,
    _: Anybody,
    _: NoParameters,
    At(name): At<String>,
) -> Result<Json<ServiceAnswer>, Problem> {
    let service = site.app.zone().services().get(&name).ok_or(Wire::Path)?;
    Ok(Json(ServiceAnswer::of(&site, service)))
}

/// A word of a service in each language that has it.
fn words(site: &Site, service: &Checked<model::Service>, key: &str) -> BTreeMap<String, String> {
    let word =
        |language: Language| Some((language.tag().to_owned(), site.words.service_if_any(language, service, key)?));
    Language::ALL.into_iter().filter_map(word).collect()
}

impl ServiceSummary {
    fn of(site: &Site, service: &Checked<model::Service>) -> Self {
        Self {
            title: words(site, service, "title"),
            summary: words(site, service, "summary"),
            service: service.name.clone(),
            authority: service.authority.clone(),
            portal: service.portal.clone(),
            applicant: service.applicant,
            within: service.within,
            appeal: site.app.is_appeal(&service.name),
            definition: hex::encode(service.hash()),
        }
    }
}

impl ServiceAnswer {
    fn of(site: &Site, service: &Checked<model::Service>) -> Self {
        let fact = |fact: &model::Fact| Fact {
            name: fact.name.clone(),
            concept: fact.concept.clone(),
            type_: fact.type_.clone(),
            codes: codes(service, &fact.type_),
            source: fact.source.clone(),
            public: fact.public,
            label: words(site, service, &format!("fact-{}", fact.name)),
        };
        let ground = |(id, ground): (&String, &model::Ground)| {
            let told = |language: Language| (language.tag().to_owned(), ground.title(language.tag()).to_owned());
            let title = Language::ALL.into_iter().map(told).collect();
            let model::Ground { act, article, status, text, .. } = ground.clone();
            (id.clone(), Ground { act, title, article, status, text })
        };
        Self {
            summary: ServiceSummary::of(site, service),
            facts: service.facts.iter().map(fact).collect(),
            answer: service.answer.clone(),
            stages: service.stages.clone(),
            tables: service.tables.iter().map(|(name, table)| (name.clone(), Table::of(table))).collect(),
            grounds: service.zone().grounds.iter().map(ground).collect(),
            words: service.words.clone(),
        }
    }
}

fn codes(service: &Checked<model::Service>, type_: &app::definition::value::Type) -> Vec<String> {
    match type_ {
        app::definition::value::Type::Code(list) => {
            service.zone().lists.get(list).map(|list| list.codes.clone()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

impl Table {
    fn of(table: &model::DecisionTable) -> Self {
        let rules = table.table.rules();
        let width = table.outputs.len();
        let row = |(row, ground): (&app::definition::table::Row, &Option<String>)| Row {
            tests: row.tests.iter().map(ToString::to_string).collect(),
            outputs: row.outputs.iter().take(width).cloned().collect(),
            ground: ground.clone(),
        };
        Self {
            hit: rules.hit.word(),
            inputs: rules.inputs.iter().map(|input| input.path.clone()).collect(),
            outputs: table.outputs.iter().map(|output| output.name.clone()).collect(),
            rows: rules.rows.iter().zip(&table.grounds).map(row).collect(),
        }
    }
}
