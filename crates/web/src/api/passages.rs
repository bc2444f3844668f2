//! Passages: a gate hands in who passed while it had no network, as often as it must; its supervisor reads them.
//!
//! Must not know of: how a gate judges.

use std::sync::Arc;

use app::engine::CaseId;
use app::{Direction, Double, Doubt, GROSS_MASS_KG_MAX, PASSAGES_MAX, Passage, Passed, Seen, Taken};
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::Asked;
use super::caller::{Caller, Query};
use super::misfit::{Misfit, Unfit};
use super::problem::{Place, Problem, Wire};
use super::schema;
use super::tree::Described;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/passages", post(hand_in).get(passages))
}

/// Passages that a gate kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HandedIn {
    /// The passages. Each is taken by itself, and once, however often it is sent.
    #[schema(max_items = 200)]
    passages: Vec<PassageRequest>,
}

impl Described for HandedIn {}

/// A passage, as the gate says it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PassageRequest {
    /// Its id: 128 random bits of the gate's.
    #[schema(pattern = "^[0-9a-f]{32}$", min_length = 32, max_length = 32)]
    id: String,
    /// When, by the gate's clock.
    at: Timestamp,
    /// The certificate's id, which is its case's.
    #[schema(value_type = schema::CaseId)]
    certificate: CaseId,
    /// SHA-256 of the certificate's claims.
    #[schema(value_type = schema::Sha256)]
    hash: String,
    direction: DirectionName,
    seen: SeenName,
    /// What the scale at the gate showed, in whole kilograms: load and vehicle together; absent where nothing was weighed.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1_000_000)]
    gross_mass_kg: Option<u32>,
    /// What the vehicle weighs without its load, in whole kilograms; absent where that is not known.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1_000_000)]
    tare_mass_kg: Option<u32>,
}

/// Which way.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Direction)]
pub(super) enum DirectionName {
    In,
    Out,
}

/// What the gate made of the certificate.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Seen)]
pub(super) enum SeenName {
    /// Signed, and proven by the log.
    Proven,
    /// Signed; the log's proof was not at hand.
    Signed,
}

/// What became of the passages.
#[derive(Serialize, ToSchema)]
pub(super) struct HandedInAnswer {
    /// For each its id and what became of it, in their order.
    taken: Vec<TakenAnswer>,
    /// One-time certificates that passed more than once, this gate being one of those they passed; the newest first.
    doubles: Vec<DoubleAnswer>,
    /// Passages of this gate that do not count, since the certificate did not hold when it was used; the newest first.
    doubted: Vec<PassedAnswer>,
}

/// What became of a passage.
#[derive(Serialize, ToSchema)]
pub(super) struct TakenAnswer {
    id: String,
    outcome: TakenName,
}

/// What became of a passage, in a word.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum TakenName {
    /// It is kept now.
    Now,
    /// It was kept already.
    Before,
    /// It is kept now, and its one-time certificate had left before.
    Double,
    /// Another passage has this id and time: it is not kept.
    Differs,
}

/// Passages of a one-time certificate, which should have been one.
#[derive(Serialize, ToSchema)]
pub(super) struct DoubleAnswer {
    /// The certificate's id.
    #[schema(value_type = schema::CaseId)]
    certificate: CaseId,
    passages: Vec<PassedAnswer>,
}

/// A passage that was handed in.
#[derive(Serialize, ToSchema)]
pub(super) struct PassedAnswer {
    /// The gate's account.
    gate: String,
    id: String,
    /// When, by the gate's clock.
    at: Timestamp,
    /// When it was handed in.
    taken: Timestamp,
    #[schema(value_type = schema::CaseId)]
    certificate: CaseId,
    /// The certificate's type; absent where the zone does not know the certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// Why it does not count; absent where the certificate held.
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<DoubtName>,
    direction: DirectionName,
    seen: SeenName,
    /// What the scale at the gate showed, in whole kilograms.
    #[serde(skip_serializing_if = "Option::is_none")]
    gross_mass_kg: Option<u32>,
    /// What the vehicle weighs without its load, in whole kilograms.
    #[serde(skip_serializing_if = "Option::is_none")]
    tare_mass_kg: Option<u32>,
}

/// Why a passage does not count: it is kept, and what was released by the certificate stays open.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Doubt)]
pub(in crate::api) enum DoubtName {
    /// The gate saw another certificate than the one that the case has.
    Other,
    /// By the gate's clock it took place after it was handed in.
    Ahead,
    /// By the gate's clock it took place before the certificate held.
    Early,
    /// The certificate had ended.
    Ended,
    /// The certificate was revoked, or its decision had fallen.
    Revoked,
    /// It was revoked within ten minutes afterwards by the gate's clock, which may be as far from the zone's.
    Close,
}

/// Takes passages that a gate kept; a gate's account alone may
#[utoipa::path(
    post, path = "/api/v1/passages", tag = "passages", operation_id = "hand_in_passages", request_body = HandedIn,
    responses((status = 200, description = "What became of each", body = HandedInAnswer)),
    security(("token" = []))
)]
pub(super) async fn hand_in(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Asked(HandedIn { passages }): Asked<HandedIn>,
) -> Result<Json<HandedInAnswer>, Problem> {
    if passages.len() > PASSAGES_MAX {
        return Err(misfit(Misfit::new(Unfit::Other)));
    }
    let read = passages.iter().enumerate().map(|(at, passage)| passage.read(at));
    let read = read.collect::<Result<Vec<Passage>, Problem>>()?;
    let outcomes = site.app.take_passages(&account, &read).await?;
    let doubles = site.app.double_passages(&account, &account.id).await?;
    let doubted = site.app.doubted_passages(&account, &account.id).await?;
    let ids = passages.into_iter().map(|passage| passage.id);
    let taken = ids.zip(outcomes).map(|(id, outcome)| TakenAnswer { id, outcome: outcome.into() });
    Ok(Json(HandedInAnswer {
        taken: taken.collect(),
        doubles: doubles.into_iter().map(DoubleAnswer::from).collect(),
        doubted: doubted.into_iter().map(PassedAnswer::from).collect(),
    }))
}

/// Which part of a gate's passages.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PassagesPart {
    /// The gate's account.
    #[param(min_length = 1, max_length = 64)]
    gate: String,
    /// Where to go on: the `next` of the part before.
    #[param(pattern = "^[0-9a-f-]{53}$", min_length = 53, max_length = 53)]
    cursor: Option<String>,
    /// At most how many.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

/// A gate's passages.
#[derive(Serialize, ToSchema)]
#[schema(as = Passages)]
pub(super) struct PassagesAnswer {
    /// The newest first.
    items: Vec<PassedAnswer>,
    /// What to give as `cursor` for the part that follows; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// The passages of a gate; the gate and whoever supervises its authority may see them
#[utoipa::path(
    get, path = "/api/v1/passages", tag = "passages", operation_id = "passages", params(PassagesPart),
    responses((status = 200, description = "The passages", body = PassagesAnswer)),
    security(("token" = []))
)]
pub(super) async fn passages(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Query(part): Query<PassagesPart>,
) -> Result<Json<PassagesAnswer>, Problem> {
    let is_key =
        |text: &String| text.len() == 53 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'));
    if part.cursor.as_ref().is_some_and(|cursor| !is_key(cursor)) {
        return Err(Wire::parameter("cursor").into());
    }
    let limit = part.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(Wire::parameter("limit").into());
    }
    let (passed, next) = site.app.passages(&account, &part.gate, part.cursor, limit).await?;
    Ok(Json(PassagesAnswer { items: passed.into_iter().map(PassedAnswer::from).collect(), next }))
}

impl PassageRequest {
    fn read(&self, at: usize) -> Result<Passage, Problem> {
        let wrong = |field: &str| misfit(Misfit::new(Unfit::Other).within(field).within(at.to_string()));
        let (mut id, mut hash) = ([0; 16], [0; 32]);
        let lower = |text: &str| !text.bytes().any(|byte| byte.is_ascii_uppercase());
        hex::decode_to_slice(&self.id, &mut id).ok().filter(|()| lower(&self.id)).ok_or_else(|| wrong("id"))?;
        hex::decode_to_slice(&self.hash, &mut hash).ok().filter(|()| lower(&self.hash)).ok_or_else(|| wrong("hash"))?;
        let direction = match self.direction {
            DirectionName::In => Direction::In,
            DirectionName::Out => Direction::Out,
        };
        let seen = match self.seen {
            SeenName::Proven => Seen::Proven,
            SeenName::Signed => Seen::Signed,
        };
        let gross_mass_kg = self.gross_mass_kg;
        if gross_mass_kg.is_some_and(|mass| !(1..=GROSS_MASS_KG_MAX).contains(&mass)) {
            return Err(wrong("gross_mass_kg"));
        }
        let tare_mass_kg = self.tare_mass_kg;
        // More than the whole is a mistake at the gate: what happened is recorded all the same, and such a load is missed, which the list of what is left over says.
        if tare_mass_kg.is_some_and(|tare| !(1..=GROSS_MASS_KG_MAX).contains(&tare)) {
            return Err(wrong("tare_mass_kg"));
        }
        let certificate = self.certificate;
        Ok(Passage { id, at: self.at, certificate, hash, direction, seen, gross_mass_kg, tare_mass_kg })
    }
}

/// Something in the list of passages does not do.
fn misfit(misfit: Misfit) -> Problem {
    Wire::Shape { place: Place::default(), misfits: vec![misfit.within("passages")] }.into()
}

impl From<Taken> for TakenName {
    fn from(taken: Taken) -> Self {
        match taken {
            Taken::Now => Self::Now,
            Taken::Before => Self::Before,
            Taken::Double => Self::Double,
            Taken::Differs => Self::Differs,
        }
    }
}

impl From<Doubt> for DoubtName {
    fn from(doubt: Doubt) -> Self {
        match doubt {
            Doubt::Other => Self::Other,
            Doubt::Ahead => Self::Ahead,
            Doubt::Early => Self::Early,
            Doubt::Ended => Self::Ended,
            Doubt::Revoked => Self::Revoked,
            Doubt::Close => Self::Close,
        }
    }
}

impl From<Double> for DoubleAnswer {
    fn from(Double { certificate, passages }: Double) -> Self {
        Self { certificate, passages: passages.into_iter().map(PassedAnswer::from).collect() }
    }
}

impl From<Passed> for PassedAnswer {
    fn from(Passed { gate, passage, taken, kind, doubt }: Passed) -> Self {
        Self {
            gate,
            id: hex::encode(passage.id),
            at: passage.at,
            taken,
            certificate: passage.certificate,
            kind,
            doubt: doubt.map(DoubtName::from),
            gross_mass_kg: passage.gross_mass_kg,
            tare_mass_kg: passage.tare_mass_kg,
            direction: match passage.direction {
                Direction::In => DirectionName::In,
                Direction::Out => DirectionName::Out,
            },
            seen: match passage.seen {
                Seen::Proven => SeenName::Proven,
                Seen::Signed => SeenName::Signed,
            },
        }
    }
}
