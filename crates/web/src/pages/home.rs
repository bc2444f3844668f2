//! The catalogue: every service of the zone, and search that forgives spelling.

use std::sync::Arc;

use app::definition::Checked;
use app::definition::model::Service;
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::context::Context;
use super::layout::{show, show_scripted};
use crate::fault;
use crate::language::Language;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/", get(home)).route("/fa", get(home)).route("/en", get(home))
}

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    /// Whether somebody has just signed out: then their device keeps nothing of what they filled in.
    #[serde(default)]
    out: bool,
}

struct Card {
    name: String,
    title: String,
    summary: String,
    authority: String,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    c: Context<'a>,
    query: String,
    portals: Vec<(String, Vec<Card>)>,
    found: usize,
    out: bool,
}

async fn home(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Option<Viewer>,
    Query(search): Query<Search>,
) -> Response {
    let c = Context::new(&site, language, viewer.as_ref(), searched(&search.q));
    let zone = site.app.zone();
    let mut scored: Vec<(u32, &Checked<Service>)> =
        zone.services().values().map(|service| (relevance(&site, &search.q, service), &**service)).collect();
    scored.retain(|(score, _)| *score > 0);
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let found = scored.len();
    let portals = zone.zone().portals.iter().filter_map(|portal| {
        let here = scored.iter().filter(|(_, service)| service.portal == *portal);
        let cards: Vec<Card> = here.map(|(_, service)| card(&c, service)).collect();
        (!cards.is_empty()).then(|| (c.z(&format!("portal-{portal}")), cards))
    });
    let portals = portals.collect();
    let out = search.out && viewer.is_none();
    let page = HomePage { c, query: search.q, portals, found, out };
    if out { show_scripted(&page) } else { show(&page) }
}

/// The path of the same search in the other language.
fn searched(query: &str) -> String {
    if query.is_empty() { String::new() } else { format!("?q={}", fault::escaped(query)) }
}

fn card(c: &Context<'_>, service: &Checked<Service>) -> Card {
    Card {
        name: service.name.clone(),
        title: c.s(service, "title"),
        summary: c.s(service, "summary"),
        authority: c.z(&format!("authority-{}", service.authority)),
    }
}

/// How well a service answers a query, in either language: somebody may look for the Persian word on an English page.
fn relevance(site: &Site, query: &str, service: &Checked<Service>) -> u32 {
    if app::normalise(query).is_empty() {
        return 1;
    }
    let word = |language: Language, key: &str| site.words.service(language, service, key);
    let weight = |language: Language| app::rank(query, &word(language, "title"), [word(language, "summary").as_str()]);
    Language::ALL.into_iter().map(weight).max().unwrap_or(0)
}
