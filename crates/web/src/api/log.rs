//! The public log as JSON, for programs that do not read tiles: entries, and the proof that one is in it.
//!
//! Must not know of: cases, tiles.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::log::value::Value;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::{Anybody, At, NoParameters, Query};
use super::cases::Part;
use super::problem::{Problem, Wire};
use super::schema;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/log/entries", get(entries)).route("/log/proof/{index}", get(proof))
}

/// Entries of the log.
#[derive(Serialize, ToSchema)]
#[schema(as = LogEntries)]
pub(super) struct EntriesAnswer {
    /// How many entries the newest checkpoint covers.
    size: u64,
    /// The entries in order; the cursor is the index of the first. There may be fewer than were asked for before the end.
    items: Vec<EntryAnswer>,
    /// What to give as `cursor` for the part that follows; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// One entry: what anyone may know of one event of one case.
#[derive(Serialize, ToSchema)]
#[schema(as = LogEntry)]
pub(super) struct EntryAnswer {
    /// Its index, from 0.
    index: u64,
    /// Its leaf hash (RFC 6962), in base64.
    #[schema(min_length = 44, max_length = 44)]
    hash: String,
    /// Stands for the case; nothing outside the log leads from it to a person.
    #[schema(value_type = schema::CaseId)]
    case: String,
    /// Where in the case the event stands.
    sequence: u64,
    /// The index of the case's previous entry.
    previous: Option<u64>,
    /// What happened.
    kind: String,
    /// The stage the case then stood in.
    stage: Option<String>,
    /// When.
    at: Timestamp,
    /// The public facts.
    public: BTreeMap<String, PublicValue>,
    /// Salted commitments to the rest, in hexadecimal.
    #[schema(value_type = BTreeMap<String, schema::Sha256>)]
    commitments: BTreeMap<String, String>,
    /// SHA-256 of the definition.
    #[schema(value_type = schema::Sha256)]
    definition: String,
}

/// A public fact: text, whole number, truth, or bytes in hexadecimal.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum PublicValue {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// True or false.
    Bool(bool),
    /// Bytes.
    Bytes(String),
}

impl From<&Value> for PublicValue {
    fn from(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.clone()),
            Value::Int(number) => Self::Integer(*number),
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Bytes(bytes) => Self::Bytes(hex::encode(bytes)),
        }
    }
}

impl EntryAnswer {
    fn of(entry: app::Entry) -> Self {
        let leaf = entry.leaf;
        Self {
            index: entry.index,
            hash: entry.hash.to_string(),
            case: hex::encode(leaf.case),
            sequence: leaf.sequence,
            previous: leaf.previous,
            kind: leaf.kind,
            stage: leaf.stage,
            at: Timestamp::from_millisecond(leaf.time_ms).unwrap_or(Timestamp::UNIX_EPOCH),
            public: leaf.public.iter().map(|(name, value)| (name.clone(), value.into())).collect(),
            commitments: leaf.commitments.iter().map(|(name, to)| (name.clone(), hex::encode(to.0))).collect(),
            definition: hex::encode(leaf.definition),
        }
    }
}

/// Entries of the public log
#[utoipa::path(
    get, path = "/api/v1/log/entries", tag = "log", operation_id = "log_entries", params(Part),
    responses((status = 200, description = "Entries from an index on", body = EntriesAnswer)),
    security(())
)]
pub(super) async fn entries(
    State(site): State<Arc<Site>>,
    _: Anybody,
    Query(part): Query<Part>,
) -> Result<Json<EntriesAnswer>, Problem> {
    let (cursor, limit) = part.read()?;
    let size = site.app.checkpoint().map_or(0, |published| published.checkpoint.size());
    let mut entries = site.app.log_entries(cursor.unwrap_or(0)).await?;
    entries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = entries.last().map(|entry| entry.index.saturating_add(1)).filter(|next| *next < size);
    let next = next.map(|next| next.to_string());
    Ok(Json(EntriesAnswer { size, items: entries.into_iter().map(EntryAnswer::of).collect(), next }))
}

/// That an entry is in the public log
#[utoipa::path(
    get, path = "/api/v1/log/proof/{index}", tag = "log", operation_id = "log_proof",
    params(("index" = u64, Path, description = "The entry", maximum = 9_007_199_254_740_991_u64)),
    responses((status = 200, description = "A proof as C2SP tlog-proof writes it, with the newest checkpoint",
               body = String, content_type = "text/plain")),
    security(())
)]
pub(super) async fn proof(
    State(site): State<Arc<Site>>,
    _: Anybody,
    _: NoParameters,
    At(index): At<u64>,
) -> Result<Response, Problem> {
    let proof = site.app.inclusion(index).await?.ok_or(Wire::Path)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], proof).into_response())
}
