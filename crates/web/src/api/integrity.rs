//! The published figures as JSON.
//!
//! Must not know of: how they are counted.

mod standing;

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::{Anybody, NoParameters};
use super::problem::Problem;
use crate::integrity::rows;
use crate::site::Site;
use standing::{AuditsAnswer, WitnessingAnswer};

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/integrity", get(figures))
}

/// How the zone works, in figures that follow from its record.
#[derive(Serialize, ToSchema)]
#[schema(as = Integrity)]
pub(super) struct IntegrityAnswer {
    /// Events of the record that were counted.
    events: u64,
    /// The figures.
    figures: Vec<Figure>,
    /// Whether officers and applicants meet by chance; absent when nobody came twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    chance: Option<ChanceAnswer>,
    /// The log's witnesses; absent where it has none, and nobody but the zone stands by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    witnesses: Option<WitnessingAnswer>,
    /// What auditors say. The zone does not audit itself.
    audits: AuditsAnswer,
}

/// So many, of so many.
#[derive(Serialize, ToSchema)]
struct Figure {
    /// Which figure, such as `deadlines-kept`.
    figure: &'static str,
    /// Of which service, authority or ground; empty for the zone.
    name: String,
    /// So many.
    count: u64,
    /// Of so many; absent where nothing limits it.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<u64>,
}

/// What the test of the last draws says.
#[derive(Serialize, ToSchema)]
#[schema(as = Chance)]
struct ChanceAnswer {
    /// Draws looked at.
    draws: u64,
    /// Pairs of draws in which the same applicant met the same officer.
    repeated: u64,
    /// How many there are on average with fair lots.
    expected: f64,
    /// How often fair lots give as many or more, from 0 to 1.
    p: f64,
    /// How often the test would find one draw in ten of an applicant who comes again steered to an officer they had met, from 0 to 1.
    power: f64,
}

/// How the zone works, in figures
#[utoipa::path(
    get, path = "/api/v1/integrity", tag = "log", operation_id = "integrity",
    responses((status = 200, description = "The published figures", body = IntegrityAnswer)),
    security(())
)]
pub(super) async fn figures(
    State(site): State<Arc<Site>>,
    _: Anybody,
    _: NoParameters,
) -> Result<Json<IntegrityAnswer>, Problem> {
    let integrity = site.app.integrity();
    let audits = site.app.audits().await?;
    let size = site.app.checkpoint().map_or(0, |published| published.checkpoint.size());
    let figure =
        |row: crate::integrity::Row| Figure { figure: row.figure, name: row.name, count: row.count, of: row.of };
    Ok(Json(IntegrityAnswer {
        events: integrity.events,
        figures: rows(&site.app, &integrity).into_iter().map(figure).collect(),
        chance: integrity.chance.map(|chance| ChanceAnswer {
            draws: chance.draws,
            repeated: chance.repeated,
            expected: chance.expected,
            p: chance.p,
            power: chance.power,
        }),
        witnesses: site.app.finality().as_ref().map(WitnessingAnswer::of),
        audits: AuditsAnswer::of(&audits, size),
    }))
}
