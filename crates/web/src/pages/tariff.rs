//! `/{language}/tariff`: finding the code of goods by what they are called, in Persian or English, and what is due on goods of a code today.
//!
//! Must not know of: how codes are found, what a duty comes to.

mod code;

use std::sync::Arc;

use app::search::{Hit, How, MAX_QUERY_CHARS, Why};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::context::Context;
use super::direction::isolated;
use super::layout::show;
use crate::fault::{self, PageFault};
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;
use code::{Step, steps};

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/tariff", get(search)).merge(code::routes())
}

/// Codes on a page.
const HITS: usize = 20;

/// What is asked.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    /// The page of an item into which the code is to be put.
    #[serde(default)]
    from: String,
}

/// A page of an item of goods, from which somebody came to find its code: a path of ours and nothing else, whatever was sent.
struct From(Option<String>);

impl From {
    fn of(sent: &str) -> Self {
        let plain = |sign: char| sign.is_ascii_alphanumeric() || "/-_?=&".contains(sign);
        let ours = sent.starts_with("/apply/") && sent.contains("/form/items/") && !sent.contains("//");
        Self((ours && sent.len() <= 300 && sent.chars().all(plain)).then(|| sent.to_owned()))
    }

    /// A path that remembers it.
    fn carried(&self, path: &str) -> String {
        let mark = if path.contains('?') { '&' } else { '?' };
        self.0.as_ref().map_or_else(|| path.to_owned(), |from| format!("{path}{mark}from={}", fault::escaped(from)))
    }

    /// The item's page with a code in its field; empty where nobody came from one.
    fn with_code(&self, c: &Context<'_>, code: &str) -> String {
        let Some(from) = &self.0 else { return String::new() };
        let mark = if from.contains('?') { '&' } else { '?' };
        format!("{}{mark}commodity={code}", c.link(from))
    }
}

/// A code that was found.
struct Found {
    path: Vec<Step>,
    why: String,
    code: String,
    link: String,
    take: String,
}

#[derive(Template)]
#[template(path = "tariff/search.html")]
struct SearchPage<'a> {
    c: Context<'a>,
    query: String,
    from: String,
    found: Vec<Found>,
    /// That something was looked for, and what came of it.
    said: String,
    cut: String,
}

async fn search(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Option<Viewer>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFault> {
    let from = From::of(&asked.from);
    // What is not read is not written into the page again.
    let query: String = asked.q.chars().take(MAX_QUERY_CHARS).collect();
    let path = from.carried(&if query.is_empty() {
        "/tariff".to_owned()
    } else {
        format!("/tariff?q={}", fault::escaped(&query))
    });
    let c = Context::new(&site, language, viewer.as_ref(), path);
    let answer = site.app.find_codes(&query, HITS).await?;
    let cut =
        if asked.q.chars().count() > MAX_QUERY_CHARS { c.tn("tariff-cut", MAX_QUERY_CHARS) } else { String::new() };
    let found: Vec<Found> = answer.hits.iter().map(|hit| found(&c, &from, hit)).collect();
    let said = match (query.trim().is_empty(), found.len()) {
        (true, _) => String::new(),
        (false, 0) => c.t("tariff-none"),
        (false, count) => c.tn("tariff-found", count),
    };
    Ok(show(&SearchPage { query, from: from.0.unwrap_or_default(), found, said, cut, c }))
}

fn found(c: &Context<'_>, from: &From, hit: &Hit) -> Found {
    let why: Vec<String> = hit.why.iter().map(|why| reason(c, why)).collect();
    Found {
        path: steps(c, from, &hit.path),
        why: c.t1("tariff-why", "why", why.join(&c.t("list-comma"))),
        code: hit.code().to_owned(),
        link: from.carried(&c.link(&format!("/tariff/{}", hit.code()))),
        take: from.with_code(c, hit.code()),
    }
}

fn reason(c: &Context<'_>, why: &Why) -> String {
    match why {
        Why::Code => c.t("tariff-by-code"),
        Why::Accepted { .. } => c.t("tariff-by-accepted"),
        Why::Word { asked, how: How::Same, .. } => isolated(asked),
        Why::Word { asked, found, how: How::Synonym, .. } => {
            c.tx("tariff-by-synonym", &[("asked", asked.clone()), ("found", found.clone())])
        }
        Why::Word { asked, found, how: How::Spelling, .. } => {
            c.tx("tariff-by-spelling", &[("asked", asked.clone()), ("found", found.clone())])
        }
    }
}
