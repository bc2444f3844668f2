//! A service: what it is, what it needs, its law, its lifecycle drawn and told, its tables.

mod drawing;
mod layers;
mod lifecycle;
mod measure;
mod place;
mod tables;

use std::sync::Arc;

use app::definition::Checked;
use app::definition::model::{Applicant, FactPath, Service, Source, StageKind};
use app::definition::value::{Kind, Money, Type, Value};
use app::engine::reading;
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;

use super::context::Context;
use super::layout::show;
use super::names::Cited;
use crate::fault::PageFault;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;
use tables::Shown;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/services/{service}", get(one))
}

/// Something that is needed.
struct Need {
    name: String,
    hint: String,
    optional: bool,
}

/// A register that is asked instead of the applicant.
struct Held {
    register: String,
    /// What the applicant chooses there; nothing for their own record.
    chosen: String,
    /// What is read there.
    read: Vec<String>,
}

#[derive(Template)]
#[template(path = "service.html")]
struct ServicePage<'a> {
    c: Context<'a>,
    service: &'a Checked<Service>,
    for_whom: &'static str,
    authority: String,
    fee: String,
    fee_ground: Option<Cited>,
    asked: Vec<Need>,
    documents: Vec<Need>,
    held: Vec<Held>,
    recorded: Vec<String>,
    grounds: Vec<Cited>,
    drawing: String,
    stages: Vec<lifecycle::Told>,
    tables: Vec<Shown>,
    is_appeal: bool,
    hash: String,
}

async fn one(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Option<Viewer>,
    Path((_, name)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let service = site.app.zone().services().get(&name).ok_or(app::AppError::NotFound("service"))?;
    let c = Context::new(&site, language, viewer.as_ref(), format!("/services/{name}"));
    let (fee, fee_ground) = fee(&c, service);
    Ok(show(&ServicePage {
        for_whom: match service.applicant {
            Applicant::Person => "service-for-person",
            Applicant::Company => "service-for-company",
            Applicant::Household => "service-for-household",
        },
        authority: c.z(&format!("authority-{}", service.authority)),
        fee,
        fee_ground,
        asked: needs(&c, service, |type_| type_.kind() != Kind::Document),
        documents: needs(&c, service, |type_| type_.kind() == Kind::Document),
        held: held(&c, service),
        recorded: recorded(&c, service),
        grounds: c.grounds_of(service),
        drawing: lifecycle::draw(&c, service),
        stages: lifecycle::tell(&c, service),
        tables: tables::of(&c, service),
        is_appeal: site.app.is_appeal(&name),
        hash: hex::encode(service.hash()),
        service,
        c,
    }))
}

/// What the applicant is asked for, of some types.
fn needs(c: &Context<'_>, service: &Checked<Service>, of: impl Fn(&Type) -> bool) -> Vec<Need> {
    let asked = service.facts.iter().filter_map(|fact| match fact.source {
        Source::Ask { required } if of(&fact.type_) => Some((fact, !required)),
        _ => None,
    });
    asked
        .map(|(fact, optional)| Need {
            name: c.fact(service, &fact.name),
            hint: c.s_or_empty(service, &format!("fact-{}.hint", fact.name)),
            optional,
        })
        .collect()
}

/// What registers are asked: the record that the applicant chooses, and everything that is read from it.
fn held(c: &Context<'_>, service: &Checked<Service>) -> Vec<Held> {
    let paths = reading::paths(service);
    let chosen = service.facts.iter().filter_map(|fact| match &fact.source {
        Source::Register { register, .. } => Some((fact, register)),
        _ => None,
    });
    let mut held: Vec<Held> = chosen
        .map(|(fact, register)| {
            let of_fact = paths.iter().filter_map(|path| match path {
                FactPath::Record { fact: own, concept, .. } if *own == fact.name => Some(c.concept(concept)),
                _ => None,
            });
            Held {
                register: c.z(&format!("register-{register}")),
                chosen: c.fact(service, &fact.name),
                read: of_fact.collect(),
            }
        })
        .collect();
    let own: Vec<String> = paths
        .iter()
        .filter_map(|path| match path {
            FactPath::Applicant { concept } => Some(c.concept(concept)),
            _ => None,
        })
        .collect();
    // Who the applicant is, the register of people says; nobody types their name.
    held.push(Held { register: c.z("register-people"), chosen: String::new(), read: own });
    held
}

fn recorded(c: &Context<'_>, service: &Checked<Service>) -> Vec<String> {
    let recorded = service.facts.iter().filter(|fact| matches!(fact.source, Source::Record { .. }));
    recorded.map(|fact| c.fact(service, &fact.name)).collect()
}

/// The fee as the tables state it: nothing, one amount, or from the least to the most.
fn fee(c: &Context<'_>, service: &Checked<Service>) -> (String, Option<Cited>) {
    let paid = service.stages.iter().find_map(|stage| match &stage.kind {
        StageKind::Pay { amount, ground, .. } => Some((amount, ground)),
        _ => None,
    });
    let Some((path, ground)) = paid else { return (c.t("service-fee-none"), None) };
    let amounts = match path {
        FactPath::Output { table, output } => amounts(service, table, output),
        _ => Vec::new(),
    };
    let least = amounts.iter().min_by_key(|money| money.minor);
    let most = amounts.iter().max_by_key(|money| money.minor);
    let words = match (least, most) {
        (Some(least), Some(most)) if least == most => c.money(least),
        (Some(least), Some(most)) => c.t2("service-fee-range", ("least", c.money(least)), ("most", c.money(most))),
        _ => c.t1("service-fee-by", "path", c.path_name(service, path)),
    };
    (words, Some(c.cited_today(service, ground)))
}

fn amounts(service: &Service, table: &str, output: &str) -> Vec<Money> {
    let Some(table) = service.tables.get(table) else { return Vec::new() };
    let Some(place) = table.outputs.iter().position(|own| own.name == output) else { return Vec::new() };
    let cells = table.table.rules().rows.iter().filter_map(|row| row.outputs.get(place)?.as_ref());
    cells
        .filter_map(|value| match value {
            Value::Money(money) => Some(money.clone()),
            _ => None,
        })
        .collect()
}
