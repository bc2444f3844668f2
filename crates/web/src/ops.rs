//! What an operator asks: whether it lives, whether it can serve, and figures in Prometheus' text format.
//!
//! Must not know of: any one page.

mod measures;
mod witnesses;

pub(crate) use measures::Measures;

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use app::Tally;
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::host;
use crate::peer;
use crate::site::Site;

/// The media type of Prometheus' text exposition format, version 0.0.4.
const FIGURES: &str = "text/plain; version=0.0.4; charset=utf-8";

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/healthz", get(|| async { answer(StatusCode::OK, "alive\n") }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

fn answer(status: StatusCode, text: impl IntoResponse) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}

/// Ready is who can read and write the database.
async fn ready(State(site): State<Arc<Site>>) -> Response {
    match site.app.ready().await {
        Ok(()) => answer(StatusCode::OK, readiness(&site)),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            answer(
                StatusCode::SERVICE_UNAVAILABLE,
                "the database cannot be read and written; see the log of this program\n",
            )
        }
    }
}

/// Without a quorum of witnesses acts go on, so the zone is ready; but whoever looks is told.
fn readiness(site: &Site) -> &'static str {
    match site.app.finality() {
        Some(finality) if !finality.quorum => {
            "ready, but no quorum of witnesses cosigns the log: its published checkpoint stands still; see the log of this program\n"
        }
        _ => "ready\n",
    }
}

/// The figures. To others than this machine they are not there, unless the settings show them to all.
async fn metrics(State(site): State<Arc<Site>>, request: Request) -> Response {
    // A name that somebody pointed at this machine is no address of it.
    let local = peer::is_local(request.extensions(), request.headers()) && host::is_by_address(&request);
    if !site.settings.open_metrics && !local {
        return answer(StatusCode::NOT_FOUND, "");
    }
    let mut text = site.measures.expose();
    // Writing to a string cannot fail.
    let _ = figures(&site, &mut text).await;
    ([(header::CONTENT_TYPE, FIGURES), (header::CACHE_CONTROL, "no-store")], text).into_response()
}

async fn figures(site: &Site, text: &mut String) -> std::fmt::Result {
    written(&site.app.tally(), text)?;
    let published = site.app.checkpoint();
    let size = published.as_ref().map_or(0, |published| published.checkpoint.size());
    gauge(text, "panjereh_log_entries", "Entries that the newest published checkpoint covers.", size)?;
    if let Some(published) = published {
        let age_ms = site.app.clock.now().as_millisecond().saturating_sub(published.at_ms).max(0);
        let name = "panjereh_log_checkpoint_age_seconds";
        gauge(text, name, "Since the newest checkpoint was published.", age_ms.unsigned_abs().div_euclid(1000))?;
    }
    if let Some(finality) = site.app.finality() {
        witnesses::write(&finality, text)?;
    }
    let backlog = site.app.backlog().await;
    gauge(text, "panjereh_store_up", "Whether the database answers.", u64::from(backlog.is_ok()))?;
    if let Ok(backlog) = backlog {
        gauge(text, "panjereh_outbox_messages", "Messages not yet delivered, at most 1000.", backlog.outbox as u64)?;
        let help = "Deadlines that have passed and were not yet acted on, at most 1000.";
        gauge(text, "panjereh_due_deadlines", help, backlog.due as u64)?;
        let help = "Messages that could not be delivered when they were last tried.";
        gauge(text, "panjereh_stuck_messages", help, backlog.stuck_messages as u64)?;
        let help = "Deadlines that could not lapse when they were last tried; the log says why.";
        gauge(text, "panjereh_stuck_deadlines", help, backlog.stuck_deadlines as u64)?;
        let help = "Draws that were due and could not take place when they were last tried; the log says why.";
        gauge(text, "panjereh_stuck_lots", help, backlog.stuck_lots as u64)?;
        let help = "Payments for cases that do not wait for them, to be given back, at most 1000.";
        gauge(text, "panjereh_unapplied_payments", help, backlog.unapplied_payments as u64)?;
    }
    Ok(())
}

/// What was written since the start.
fn written(tally: &Tally, text: &mut String) -> std::fmt::Result {
    let name = "panjereh_events_total";
    writeln!(text, "# HELP {name} Events that became durable, by kind.\n# TYPE {name} counter")?;
    for (kind, count) in &tally.events {
        writeln!(text, "{name}{{kind=\"{kind}\"}} {count}")?;
    }
    let name = "panjereh_store_appends_total";
    writeln!(text, "# HELP {name} Appends to the store, by how they came out.\n# TYPE {name} counter")?;
    for (outcome, count) in &tally.appends {
        writeln!(text, "{name}{{outcome=\"{outcome}\"}} {count}")?;
    }
    let name = "panjereh_store_append_duration_seconds";
    let done = tally.appends.get("done").copied().unwrap_or(0);
    let (seconds, rest_us) = (tally.took.as_secs(), tally.took.subsec_micros());
    writeln!(text, "# HELP {name} From asking to being durable, of appends that were done.\n# TYPE {name} summary")?;
    writeln!(text, "{name}_sum {seconds}.{rest_us:06}\n{name}_count {done}")
}

fn gauge(text: &mut String, name: &str, help: &str, value: u64) -> std::fmt::Result {
    writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}")
}

/// Counts a request and how long it took.
pub(crate) async fn measure(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let start = Instant::now();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("other", MatchedPath::as_str);
    site.measures.count(route, response.status(), start.elapsed());
    response
}
