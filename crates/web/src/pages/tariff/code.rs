//! `/{language}/tariff/{code}`: one code, where it stands, what stands under it, and what is due on goods of it today.
//!
//! Must not know of: what a duty comes to.

use std::sync::Arc;

use app::Due;
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;

use super::{Asked, From};
use crate::fault::PageFault;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::layout::show;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/tariff/{code}", get(one))
}

/// A code on the way to another, in both languages.
pub(super) struct Step {
    pub(super) code: String,
    pub(super) own: String,
    pub(super) other: String,
    /// Its page; empty for a section, which has none.
    pub(super) link: String,
}

pub(super) fn steps(c: &Context<'_>, from: &From, path: &[app::NomenclatureEntry]) -> Vec<Step> {
    path.iter().map(|entry| step(c, from, entry)).collect()
}

fn step(c: &Context<'_>, from: &From, entry: &app::NomenclatureEntry) -> Step {
    let (own, other) = match c.language {
        Language::Persian => (&entry.fa, &entry.en),
        Language::English => (&entry.en, &entry.fa),
    };
    let is_code = entry.code.starts_with(|first: char| first.is_ascii_digit());
    Step {
        code: entry.code.clone(),
        own: own.clone(),
        other: other.clone(),
        link: if is_code { from.carried(&c.link(&format!("/tariff/{}", entry.code))) } else { String::new() },
    }
}

/// A measure in words.
struct Measured {
    tax: String,
    rate: String,
    when: String,
    since: String,
}

/// What one table says.
struct Table {
    file: String,
    is_sample: bool,
    measures: Vec<Measured>,
}

#[derive(Template)]
#[template(path = "tariff/code.html")]
struct CodePage<'a> {
    c: Context<'a>,
    title: String,
    path: Vec<Step>,
    under: Vec<Step>,
    tables: Vec<Table>,
    day: String,
    take: String,
    search: String,
}

async fn one(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Option<Viewer>,
    Path((_, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFault> {
    let from = From::of(&asked.from);
    let found = site.app.code(&code)?;
    let (day, due) = site.app.due(&code).await?;
    let c = Context::new(&site, language, viewer.as_ref(), from.carried(&format!("/tariff/{code}")));
    // A code that others stand under is none to declare goods with, and what is due depends on which of them it is.
    let last = found.under.is_empty();
    Ok(show(&CodePage {
        title: c.t1("tariff-code", "code", code.as_str()),
        path: steps(&c, &from, &found.path),
        under: steps(&c, &from, &found.under),
        tables: if last { due.iter().map(|due| table(&c, due)).collect() } else { Vec::new() },
        day: c.date(&day),
        take: if last { from.with_code(&c, &code) } else { String::new() },
        search: from.carried(&c.link("/tariff")),
        c,
    }))
}

fn table(c: &Context<'_>, due: &Due) -> Table {
    let name = due.file.rsplit('/').next().unwrap_or_default();
    Table {
        file: due.file.clone(),
        is_sample: name.starts_with("sample-"),
        measures: due.measures.iter().map(|measure| measured(c, measure)).collect(),
    }
}

fn measured(c: &Context<'_>, measure: &app::Measure) -> Measured {
    let mut when = Vec::new();
    let mut told = |key: &str, said: &str| {
        if !said.is_empty() {
            when.push(c.t1(key, "said", said.to_owned()));
        }
    };
    told("tariff-when-origin", &measure.origin);
    told("tariff-when-preference", &measure.preference);
    told("tariff-when-procedure", &measure.procedure.join(" "));
    told("tariff-when-additional", &measure.additional.join(" "));
    told("tariff-when-until", &measure.to.map(|to| c.date(&to)).unwrap_or_default());
    Measured {
        tax: c.t_or(&format!("tax-{}", measure.tax), &measure.tax),
        rate: c.digits(&measure.written),
        when: if when.is_empty() { c.t("tariff-when-always") } else { when.join(&c.t("list-comma")) },
        since: measure.from.map(|from| c.date(&from)).unwrap_or_default(),
    }
}
