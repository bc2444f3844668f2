//! The public log, for reading: what it has signed, its entries, and one entry with its proof.

use std::sync::Arc;

use app::AppError;
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

use super::context::Context;
use super::layout::show;
use super::leaf::{Entry, Told};
use crate::fault::PageFault;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// Entries on a page.
const ENTRIES: u64 = 50;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/log", get(entries))
        .route("/{language}/log/{index}", get(entry))
        .route("/{language}/log/{index}/proof", get(proof))
}

struct Row {
    index: u64,
    shown: String,
    kind: String,
    service: String,
    stage: String,
    at: String,
}

#[derive(Template)]
#[template(path = "log/all.html")]
struct LogPage<'a> {
    c: Context<'a>,
    size: String,
    root: String,
    signed: String,
    /// Witnesses' names, and when each cosigned.
    cosigned: Vec<(String, String)>,
    /// That newer entries wait for witnesses; nothing where none do.
    waiting: String,
    key: String,
    base: String,
    rows: Vec<Row>,
    newer: Option<u64>,
    older: Option<u64>,
}

#[derive(Deserialize)]
struct Part {
    from: Option<u64>,
}

async fn entries(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Option<Viewer>,
    Query(part): Query<Part>,
) -> Result<Response, PageFault> {
    let c = Context::new(&site, language, viewer.as_ref(), path(part.from));
    let published = site.app.checkpoint();
    let size = published.as_ref().map_or(0, |published| published.checkpoint.size());
    let newest = size.saturating_sub(ENTRIES);
    let from = part.from.unwrap_or(newest).min(newest);
    let mut found = Vec::new();
    // A page may begin in one bundle and end in the next.
    for start in [from, from.saturating_add(ENTRIES)] {
        let some = site.app.log_entries(start).await?;
        found.extend(some.into_iter().filter(|entry| entry.index < from.saturating_add(ENTRIES)));
    }
    found.sort_by_key(|entry| std::cmp::Reverse(entry.index));
    found.dedup_by_key(|entry| entry.index);
    let mut rows = Vec::new();
    for app::Entry { index, leaf, .. } in &found {
        let service = site.app.definition(leaf.definition).await.ok();
        let entry = Entry { c: &c, service: service.as_deref(), leaf };
        rows.push(Row {
            index: *index,
            shown: c.count(*index),
            kind: c.t(&format!("kind-{}", leaf.kind)),
            service: entry.service(),
            stage: entry.stage(),
            at: c.moment_ms(&leaf.time_ms),
        });
    }
    Ok(show(&LogPage {
        size: c.count(size),
        root: published.as_ref().map(|published| published.checkpoint.root().to_string()).unwrap_or_default(),
        signed: published.as_ref().map(|published| c.moment_ms(&published.at_ms)).unwrap_or_default(),
        cosigned: site.app.cosigners().iter().map(|witness| cosigned(&c, witness)).collect(),
        waiting: waiting(&c, site.app.finality()),
        key: site.app.log_verifier().to_string(),
        base: site.app.base_url().to_owned(),
        rows,
        newer: (from < newest).then(|| from.saturating_add(ENTRIES).min(newest)),
        older: (from > 0).then(|| from.saturating_sub(ENTRIES)),
        c,
    }))
}

/// A witness and when it cosigned.
fn cosigned(c: &Context<'_>, witness: &app::Cosigner) -> (String, String) {
    let at_ms = i64::try_from(witness.at_s.saturating_mul(1000)).unwrap_or(i64::MAX);
    (witness.key_name.clone(), c.moment_ms(&at_ms))
}

/// That newer entries wait, and how many, where no quorum of witnesses answers.
fn waiting(c: &Context<'_>, finality: Option<app::Finality>) -> String {
    let without = finality.filter(|finality| !finality.quorum && finality.signed > finality.witnessed);
    let count = without.map(|finality| c.count(finality.signed.saturating_sub(finality.witnessed)));
    count.map(|count| c.t1("log-waiting", "count", count)).unwrap_or_default()
}

/// The path of the same part in the other language.
fn path(from: Option<u64>) -> String {
    from.map_or_else(|| "/log".to_owned(), |from| format!("/log?from={from}"))
}

#[derive(Template)]
#[template(path = "log/one.html")]
struct EntryPage<'a> {
    c: Context<'a>,
    index: u64,
    shown: String,
    kind: String,
    service: String,
    stage: String,
    stage_code: String,
    at: String,
    case: String,
    sequence: String,
    previous: Option<(u64, String)>,
    public: Vec<Told>,
    bound: Vec<Told>,
    definition: String,
    hash: String,
}

async fn entry(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Option<Viewer>,
    Path((_, index)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let index: u64 = index.parse().map_err(|_| AppError::NotFound("entry"))?;
    let found = site.app.log_entries(index).await?.into_iter().find(|entry| entry.index == index);
    let entry = found.ok_or(AppError::NotFound("entry"))?;
    let c = Context::new(&site, language, viewer.as_ref(), format!("/log/{index}"));
    let leaf = &entry.leaf;
    let service = site.app.definition(leaf.definition).await.ok();
    let told = Entry { c: &c, service: service.as_deref(), leaf };
    Ok(show(&EntryPage {
        index,
        shown: c.count(index),
        kind: c.t(&format!("kind-{}", leaf.kind)),
        service: told.service(),
        stage: told.stage(),
        stage_code: leaf.stage.clone().unwrap_or_default(),
        at: c.moment_ms(&leaf.time_ms),
        case: hex::encode(leaf.case),
        sequence: c.count(leaf.sequence),
        previous: leaf.previous.map(|previous| (previous, c.count(previous))),
        public: told.public(),
        bound: told.bound(),
        definition: hex::encode(leaf.definition),
        hash: entry.hash.to_string(),
        c,
    }))
}

async fn proof(State(site): State<Arc<Site>>, Path((_, index)): Path<(String, String)>) -> Result<Response, PageFault> {
    let index: u64 = index.parse().map_err(|_| AppError::NotFound("entry"))?;
    let proof = site.app.inclusion(index).await?;
    let proof = proof.ok_or(AppError::NotFound("entry"))?;
    let kept = format!("attachment; filename=\"{index}.tlog-proof\"");
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, kept)], proof)
        .into_response())
}
