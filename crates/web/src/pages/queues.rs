//! The supervisor's view: where cases wait, how long, and until when; drawn and as a table, and the open cases of an authority.

use std::sync::Arc;

use app::{AppError, Queue};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::cases::{self, Line};
use super::context::Context;
use super::layout::show;
use crate::fault::PageFault;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// Cases on a page.
const CASES: u32 = 50;
/// The longest bar, in the drawing's units.
const BAR: u64 = 300;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/queues", get(all)).route("/{language}/queues/{authority}", get(one))
}

struct Row {
    service: String,
    stage: String,
    cases: String,
    bar: u64,
    oldest: String,
    due: String,
    overdue: bool,
}

struct Group {
    name: String,
    title: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "queues/all.html")]
struct QueuesPage<'a> {
    c: Context<'a>,
    groups: Vec<Group>,
}

async fn all(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
) -> Result<Response, PageFault> {
    let queues = site.app.queues(viewer.account()).await?;
    let c = Context::new(&site, language, Some(&viewer), "/queues");
    let open: Vec<&Queue> = queues.iter().filter(|queue| queue.outcome.is_none()).collect();
    let most = open.iter().map(|queue| queue.cases).max().unwrap_or(1).max(1);
    let group = |authority: &String| Group {
        name: authority.clone(),
        title: c.z(&format!("authority-{authority}")),
        rows: open.iter().filter(|queue| queue.authority == *authority).map(|queue| row(&c, queue, most)).collect(),
    };
    let groups: Vec<Group> = viewer.account().supervises.iter().map(group).collect();
    let groups = groups.into_iter().filter(|group| !group.rows.is_empty()).collect();
    Ok(show(&QueuesPage { c, groups }))
}

fn row(c: &Context<'_>, queue: &Queue, most: u64) -> Row {
    let service = c.site.app.zone().services().get(&queue.service);
    let word = |key: &str| service.map(|service| c.s(service, key)).unwrap_or_else(|| queue.service.clone());
    let now_ms = c.site.app.clock.now().as_millisecond();
    Row {
        service: word("title"),
        stage: word(&format!("stage-{}", queue.stage)),
        cases: c.count(queue.cases),
        bar: queue.cases.saturating_mul(BAR).checked_div(most).unwrap_or(0).max(2),
        oldest: c.moment_ms(&queue.oldest_ms),
        due: queue.nearest_due_ms.map(|due| c.last_day_ms(due)).unwrap_or_default(),
        overdue: queue.nearest_due_ms.is_some_and(|due| due <= now_ms),
    }
}

#[derive(Template)]
#[template(path = "queues/one.html")]
struct QueuePage<'a> {
    c: Context<'a>,
    title: String,
    lines: Vec<Line>,
    next: Option<u64>,
}

#[derive(Deserialize)]
struct Part {
    after: Option<u64>,
}

async fn one(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, authority)): Path<(String, String)>,
    Query(part): Query<Part>,
) -> Result<Response, PageFault> {
    if !viewer.account().supervises.contains(&authority) {
        return Err(AppError::NotFound("authority").into());
    }
    let page = site.app.supervised(viewer.account(), &authority, part.after, CASES).await?;
    let c = Context::new(&site, language, Some(&viewer), format!("/queues/{authority}"));
    let lines = page.items.iter().map(|summary| cases::line(&c, summary)).collect();
    Ok(show(&QueuePage { title: c.z(&format!("authority-{authority}")), c, lines, next: page.next }))
}
