//! What a witness answers over HTTP (C2SP tlog-witness, "HTTP Interface").
//!
//! Must not know of: files, keys, when to cosign.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use log::witness::{MAX_REQUEST_BYTES, SIZE_TYPE};
use tokio::time::timeout;

use super::kept::{Failed, Kept};
use crate::lot_institution::{self, Institutions};

/// How long a request may take, from its head to the answer; a log's is a few kilobytes.
const PATIENCE: Duration = Duration::from_secs(10);

/// The witness's routes. What else a witness does beside its logs is merged in here, with its own state and its own limit of bytes.
pub fn routes(kept: Arc<Kept>, lots: Arc<Institutions>) -> Router {
    let serving = Serving { kept, lots: Arc::clone(&lots) };
    let own = Router::new()
        .route("/add-checkpoint", post(add_checkpoint).layer(DefaultBodyLimit::max(MAX_REQUEST_BYTES)))
        .route("/", get(who))
        .route("/evidence", get(evidence))
        .route("/healthz", get(|| async { text(StatusCode::OK, "alive\n") }))
        .with_state(serving);
    let all = if lots.0.is_empty() { own } else { own.merge(lot_institution::routes(lots)) };
    all.layer(middleware::from_fn(bounded))
}

/// What it serves: the logs that it cosigns, and those for whose draws it is the second institution.
#[derive(Clone)]
struct Serving {
    kept: Arc<Kept>,
    lots: Arc<Institutions>,
}

fn text(status: StatusCode, text: impl Into<String>) -> Response {
    let head = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, head, text.into()).into_response()
}

/// Nobody holds a connection by sending slowly.
async fn bounded(request: Request, next: Next) -> Response {
    match timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => text(StatusCode::REQUEST_TIMEOUT, "the request took too long\n"),
    }
}

async fn add_checkpoint(State(Serving { kept, .. }): State<Serving>, body: Bytes) -> Response {
    // It waits for the disk, and one log's requests for each other.
    let added = tokio::task::spawn_blocking(move || kept.add(&body, Timestamp::now())).await;
    match added {
        Ok(Ok(answer)) => text(StatusCode::OK, answer),
        Ok(Err(Failed::Refused(refusal))) => {
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
            match refusal.known() {
                Some(known) => (status, [(header::CONTENT_TYPE, SIZE_TYPE)], format!("{known}\n")).into_response(),
                None => text(status, format!("{refusal}\n")),
            }
        }
        Ok(Err(Failed::Disk(why))) => {
            tracing::error!(why, "the state could not be kept, so nothing was cosigned");
            text(StatusCode::INTERNAL_SERVER_ERROR, "the witness cannot keep what it cosigns; see its log\n")
        }
        Err(error) => {
            tracing::error!(%error, "a request was not answered");
            text(StatusCode::INTERNAL_SERVER_ERROR, "the witness could not answer; see its log\n")
        }
    }
}

/// Who it is, and what it has seen.
async fn who(State(Serving { kept, lots }): State<Serving>) -> Response {
    let mut said = format!("A witness of transparency logs (https://c2sp.org/tlog-witness).\n\n{}\n", kept.verifier());
    for log in kept.status() {
        // Writing to a string cannot fail.
        let _ = match log.last {
            Some((size, root, at)) => {
                writeln!(said, "\n{}\n  {size} entries, root {root}, cosigned at {at}", log.origin)
            }
            None => writeln!(said, "\n{}\n  nothing cosigned yet", log.origin),
        };
        for institution in lots.0.iter().filter(|institution| institution.log.name() == log.origin) {
            let _ = writeln!(said, "  second institution of its draws, with the key {}", institution.public());
        }
    }
    text(StatusCode::OK, said)
}

async fn evidence(State(Serving { kept, .. }): State<Serving>) -> Response {
    let all = tokio::task::spawn_blocking(move || kept.evidence()).await;
    match all.map_err(std::io::Error::other).and_then(|all| all) {
        Ok(all) if all.is_empty() => text(StatusCode::OK, "No split view was seen.\n"),
        Ok(all) => text(
            StatusCode::OK,
            all.into_iter().map(|(name, text)| format!("=== {name}\n{text}\n")).collect::<String>(),
        ),
        Err(error) => {
            tracing::error!(%error, "the evidence cannot be read");
            text(StatusCode::INTERNAL_SERVER_ERROR, "the evidence cannot be read; see the witness's log\n")
        }
    }
}
