//! The supervisor's view of gates: who passed, and which one-time certificates passed twice.

use std::sync::Arc;

use app::{Account, Direction, Double, Doubt, Passed, Seen};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::context::{Context, spoken};
use super::layout::show;
use crate::fault::PageFault;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// Passages of a gate on a page.
const PASSAGES: u32 = 50;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/passages", get(page))
}

#[derive(Template)]
#[template(path = "passages/all.html")]
struct PassagesPage<'a> {
    c: Context<'a>,
    gates: Vec<Gate>,
}

struct Gate {
    id: String,
    name: String,
    /// Passages of one certificate each, under what is said of them.
    doubles: Vec<(String, Vec<Line>)>,
    /// Passages that do not count.
    doubted: Vec<Line>,
    lines: Vec<Line>,
    next: Option<String>,
}

struct Line {
    at: String,
    certificate: String,
    reference: String,
    direction: String,
    seen: String,
    gate: String,
    taken: String,
    /// What the scale showed; nothing where nothing was weighed.
    mass: String,
    /// Why it does not count; nothing where the certificate held.
    doubt: String,
}

#[derive(Deserialize)]
struct Part {
    gate: Option<String>,
    after: Option<String>,
}

async fn page(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Query(part): Query<Part>,
) -> Result<Response, PageFault> {
    let c = Context::new(&site, language, Some(&viewer), "/passages");
    let mut known = site.app.gates(viewer.account()).await?;
    known.retain(|gate| part.gate.as_ref().is_none_or(|wanted| gate.id == *wanted));
    let mut gates = Vec::new();
    for gate in &known {
        let (passed, next) = site.app.passages(viewer.account(), &gate.id, part.after.clone(), PASSAGES).await?;
        let doubles = site.app.double_passages(viewer.account(), &gate.id).await?;
        let doubted = site.app.doubted_passages(viewer.account(), &gate.id).await?;
        let all = |double: &Double| {
            (left(&c, double.passages.len()), double.passages.iter().map(|passed| line(&c, &known, passed)).collect())
        };
        gates.push(Gate {
            id: gate.id.clone(),
            name: c.name(gate),
            doubles: doubles.iter().map(all).collect(),
            doubted: doubted.iter().map(|passed| line(&c, &known, passed)).collect(),
            lines: passed.iter().map(|passed| line(&c, &known, passed)).collect(),
            next,
        });
    }
    Ok(show(&PassagesPage { c, gates }))
}

fn line(c: &Context<'_>, gates: &[Account], passed: &Passed) -> Line {
    let passage = &passed.passage;
    let gate = gates.iter().find(|gate| gate.id == passed.gate).map(|gate| c.name(gate));
    let seen = match (passage.seen, &passed.kind) {
        (_, None) => "passages-unknown",
        (Seen::Proven, _) => "gate-state-proven",
        (Seen::Signed, _) => "gate-state-signed",
    };
    Line {
        at: c.moment(&passage.at),
        certificate: passed.kind.as_ref().map(|kind| title(c, kind)).unwrap_or_default(),
        reference: passage.certificate.reference(),
        direction: c.t(match passage.direction {
            Direction::In => "gate-in",
            Direction::Out => "gate-out",
        }),
        seen: c.t(seen),
        gate: gate.unwrap_or_else(|| spoken(&passed.gate)),
        taken: c.moment(&passed.taken),
        mass: mass(c, passage.gross_mass_kg, passage.tare_mass_kg),
        doubt: passed.doubt.map(|doubt| self::doubt(c, doubt)).unwrap_or_default(),
    }
}

/// How often a one-time certificate left. Of passages that were erased nobody knows any more how many they were.
fn left(c: &Context<'_>, times: usize) -> String {
    if times > 1 { c.t1("passages-double-times", "count", c.count(times)) } else { c.t("passages-double") }
}

/// What the scale showed, and the vehicle alone where that is known.
pub(super) fn mass(c: &Context<'_>, gross_kg: Option<u32>, tare_kg: Option<u32>) -> String {
    match (gross_kg, tare_kg) {
        (Some(gross), Some(tare)) => c.t2("passages-gross-tare", ("gross", c.count(gross)), ("tare", c.count(tare))),
        (Some(gross), None) => c.t1("passages-kg", "mass", c.count(gross)),
        (None, _) => String::new(),
    }
}

/// Why a passage does not count.
pub(super) fn doubt(c: &Context<'_>, doubt: Doubt) -> String {
    c.t(&format!("gate-doubt-{}", doubt.name()))
}

/// What the first service that issues certificates of this type calls it.
fn title(c: &Context<'_>, kind: &str) -> String {
    let key = format!("certificate-{kind}");
    let mut said = c.site.app.zone().services().values().map(|service| c.s_or_empty(service, &key));
    said.find(|title| !title.is_empty()).unwrap_or_else(|| spoken(kind))
}
