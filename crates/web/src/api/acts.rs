//! `POST /cases/{case}/acts`: what people do in a case. The hot path: one strict look at the body, one typed reading, one append.
//!
//! Must not know of: what any act means.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::definition::model::Opinion;
use app::definition::value::Value;
use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::AskedItem;
use app::{Account, Acted, AppError, Assertion, Invalid};
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value as Tree;
use utoipa::ToSchema;

use super::body::{Asked, Write};
use super::caller::{At, Caller};
use super::documents;
use super::misfit::Misfit;
use super::problem::{Problem, Wire};
use super::schema;
use super::tree::{self, Described};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/cases/{case}/acts", post(act)).route("/cases/{case}/challenge", post(challenge))
}

/// Makes the acts twice of one text: as they are sent and described, and as their reader can tell where they are wrong. What is told apart by a tag is
/// kept aside until the tag is found, and by then nobody knows any more in which field a number stood.
macro_rules! acts {
    ($($acts:tt)*) => {
        /// An act, and the number of events that the actor had before their eyes: what they decide on must not have changed meanwhile.
        #[derive(Deserialize, ToSchema)]
        #[serde(tag = "act", rename_all = "lowercase", deny_unknown_fields)]
        #[schema(as = ActRequest)]
        pub(super) enum ActRequest { $($acts)* }

        /// The same, with the act as the one key around its fields.
        #[derive(Deserialize, ToSchema)]
        #[serde(rename_all = "lowercase", deny_unknown_fields)]
        #[expect(dead_code, reason = "it is only tried")]
        enum KeyedAct { $($acts)* }
    };
}

acts! {
    /// An officer who was drawn chooses a route.
    Decide {
        /// The case's `seq` as the actor saw it.
        #[schema(maximum = 9_007_199_254_740_991_u64)]
        seen: u64,
        /// The route.
        #[schema(max_length = 200)]
        route: String,
        /// The ground, where one is needed.
        #[serde(default)]
        #[schema(max_length = 200)]
        ground: Option<String>,
        /// In the officer's words.
        #[serde(default)]
        #[schema(max_length = 2000, required = false)]
        note: String,
        /// Facts recorded with it, at inspections.
        #[serde(default)]
        #[schema(value_type = BTreeMap<String, schema::TypedValue>, required = false)]
        facts: BTreeMap<String, Value>,
        /// The officer's signature, where officers sign.
        #[serde(default)]
        #[schema(required = false)]
        assertion: Option<AssertionRequest>,
    },
    /// An officer who was drawn asks the applicant, once, for all that is missing.
    Ask {
        /// The case's `seq` as the actor saw it.
        #[schema(maximum = 9_007_199_254_740_991_u64)]
        seen: u64,
        /// For what, each on a ground.
        items: Vec<AskedItemRequest>,
        /// The officer's signature, where officers sign.
        #[serde(default)]
        #[schema(required = false)]
        assertion: Option<AssertionRequest>,
    },
    /// The applicant supplies what is asked, or what the stage needs.
    Supply {
        /// The case's `seq` as the actor saw it.
        #[schema(maximum = 9_007_199_254_740_991_u64)]
        seen: u64,
        /// What.
        #[schema(value_type = BTreeMap<String, schema::TypedValue>)]
        facts: BTreeMap<String, Value>,
    },
    /// A consulted officer answers.
    Advise {
        /// The case's `seq` as the actor saw it.
        #[schema(maximum = 9_007_199_254_740_991_u64)]
        seen: u64,
        /// For which branch.
        #[schema(max_length = 200)]
        branch: String,
        /// What.
        #[schema(value_type = schema::Opinion)]
        opinion: Opinion,
        /// The ground of an objection.
        #[serde(default)]
        #[schema(max_length = 200)]
        ground: Option<String>,
        /// In the officer's words.
        #[serde(default)]
        #[schema(max_length = 2000, required = false)]
        note: String,
        /// The officer's signature, where officers sign.
        #[serde(default)]
        #[schema(required = false)]
        assertion: Option<AssertionRequest>,
    },
    /// The applicant takes the application back.
    Withdraw {
        /// The case's `seq` as the actor saw it.
        #[schema(maximum = 9_007_199_254_740_991_u64)]
        seen: u64,
        /// Why, if they like to say.
        #[serde(default)]
        #[schema(max_length = 2000, required = false)]
        reason: String,
    },
    /// An officer who was drawn takes the case out of turn, where the desk promises an order; then they may deal with it.
    Overtake {
        /// The case's `seq` as the actor saw it.
        #[schema(maximum = 9_007_199_254_740_991_u64)]
        seen: u64,
        /// On what ground.
        #[schema(max_length = 200)]
        ground: String,
        /// The officer's signature, where officers sign.
        #[serde(default)]
        #[schema(required = false)]
        assertion: Option<AssertionRequest>,
    },
    /// An officer of the authority has officers drawn who look whether an error is to be mended or the certificate revoked.
    Convene {
        /// The case's `seq` as the actor saw it.
        #[schema(maximum = 9_007_199_254_740_991_u64)]
        seen: u64,
        /// Why.
        #[schema(min_length = 1, max_length = 2000)]
        reason: String,
        /// The officer's signature, where officers sign.
        #[serde(default)]
        #[schema(required = false)]
        assertion: Option<AssertionRequest>,
    },
    /// An officer who was drawn to look at the case again leaves it as it stands.
    Keep {
        /// The case's `seq` as the actor saw it.
        seen: u64,
        /// In the officer's words.
        #[serde(default)]
        #[schema(max_length = 2000, required = false)]
        note: String,
        /// The officer's signature, where officers sign.
        #[serde(default)]
        #[schema(required = false)]
        assertion: Option<AssertionRequest>,
    },
    /// An officer who was drawn to look at the case again mends a clerical error.
    Correct {
        /// The case's `seq` as the actor saw it.
        #[schema(maximum = 9_007_199_254_740_991_u64)]
        seen: u64,
        /// In which fact.
        #[schema(max_length = 200)]
        fact: String,
        /// What shall stand.
        #[schema(value_type = schema::TypedValue)]
        value: Value,
        /// What was wrong.
        #[schema(min_length = 1, max_length = 2000)]
        reason: String,
        /// The officer's signature, where officers sign.
        #[serde(default)]
        #[schema(required = false)]
        assertion: Option<AssertionRequest>,
    },
    /// An officer who was drawn to look at the case again proposes to revoke the certificate, or agrees with those who did: on one ground, as many as decided and two at
    /// least revoke it.
    Revoke {
        /// The case's `seq` as the actor saw it.
        #[schema(maximum = 9_007_199_254_740_991_u64)]
        seen: u64,
        /// On what ground.
        #[schema(max_length = 200)]
        ground: String,
        /// In the officer's words.
        #[serde(default)]
        #[schema(max_length = 2000, required = false)]
        note: String,
        /// The officer's signature, where officers sign.
        #[serde(default)]
        #[schema(required = false)]
        assertion: Option<AssertionRequest>,
    },
    /// An officer who was drawn says that they should not decide this case; another is drawn.
    Recuse {
        /// The case's `seq` as the actor saw it.
        seen: u64,
        /// Why.
        #[schema(min_length = 1, max_length = 2000)]
        reason: String,
        /// The officer's signature, where officers sign.
        #[serde(default)]
        #[schema(required = false)]
        assertion: Option<AssertionRequest>,
    },
}

/// An assertion by a passkey (WebAuthn Level 3, section 5.2.2) over the challenge that `POST /cases/{case}/challenge` gives. All in base64url without
/// padding.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AssertionRequest)]
pub(super) struct AssertionRequest {
    /// The passkey's credential id: `rawId`.
    #[schema(max_length = 1400)]
    credential: String,
    /// `response.authenticatorData`.
    #[schema(max_length = 90000)]
    authenticator_data: String,
    /// `response.clientDataJSON`.
    #[schema(max_length = 90000)]
    client_data: String,
    /// `response.signature`.
    #[schema(max_length = 1000)]
    signature: String,
}

impl AssertionRequest {
    fn read(self) -> Result<Assertion, Problem> {
        let bytes = |field: &'static str, text: &str| {
            let malformed = || AppError::Invalid { field, why: Invalid::Malformed };
            BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| malformed())
        };
        let client_data = String::from_utf8(bytes("client_data", &self.client_data)?);
        Ok(Assertion {
            credential: bytes("credential", &self.credential)?,
            authenticator_data: bytes("authenticator_data", &self.authenticator_data)?,
            client_data: client_data
                .map_err(|_| AppError::Invalid { field: "client_data", why: Invalid::Malformed })?,
            signature: bytes("signature", &self.signature)?,
        })
    }
}

/// What an officer's passkey is to sign.
#[derive(Serialize, ToSchema)]
#[schema(as = Challenge)]
pub(super) struct Challenge {
    /// The challenge: SHA-256 of "panjereh act v1" and `act`; in base64url without padding.
    challenge: String,
    /// The text of the act: JSON.
    act: String,
    /// The domain that passkeys are bound to (RP ID).
    rp_id: String,
    /// The origin that the client data must name.
    origin: String,
    /// The credential ids of the officer's passkeys, in base64url without padding.
    credentials: Vec<String>,
}

impl Described for ActRequest {
    fn first_misfit(json: &Tree) -> Option<Misfit> {
        let mut fields = json.as_object().cloned().unwrap_or_default();
        let Some(Tree::String(act)) = fields.remove("act") else { return tree::first_misfit::<Self>(json) };
        let keyed = Tree::Object([(act, Tree::Object(fields))].into_iter().collect());
        tree::first_misfit::<KeyedAct>(&keyed).map(|misfit| misfit.without_first("act"))
    }
}

/// One thing that is asked of the applicant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AskedItemRequest)]
pub(super) struct AskedItemRequest {
    /// The fact that is missing or to be mended.
    #[schema(max_length = 200)]
    fact: String,
    /// The ground on which it is asked.
    #[schema(max_length = 200)]
    ground: String,
    /// What the officer says about it.
    #[serde(default)]
    #[schema(max_length = 2000, required = false)]
    note: String,
}

impl From<AskedItemRequest> for AskedItem {
    fn from(item: AskedItemRequest) -> Self {
        Self { fact: item.fact, ground: item.ground, note: item.note }
    }
}

impl ActRequest {
    /// What was seen, the act as the engine knows it, and its signature.
    fn split(self) -> (u64, Act, Option<AssertionRequest>) {
        match self {
            Self::Decide { seen, route, ground, note, facts, assertion } => {
                (seen, Act::Decide { route, ground, note, facts }, assertion)
            }
            Self::Ask { seen, items, assertion } => {
                (seen, Act::Ask { items: items.into_iter().map(Into::into).collect() }, assertion)
            }
            Self::Supply { seen, facts } => (seen, Act::Supply { facts }, None),
            Self::Advise { seen, branch, opinion, ground, note, assertion } => {
                (seen, Act::Advise { branch, opinion, ground, note }, assertion)
            }
            Self::Withdraw { seen, reason } => (seen, Act::Withdraw { reason }, None),
            Self::Overtake { seen, ground, assertion } => (seen, Act::Overtake { ground }, assertion),
            Self::Convene { seen, reason, assertion } => (seen, Act::Convene { reason }, assertion),
            Self::Keep { seen, note, assertion } => (seen, Act::Keep { note }, assertion),
            Self::Correct { seen, fact, value, reason, assertion } => {
                (seen, Act::Correct { fact, value, reason }, assertion)
            }
            Self::Revoke { seen, ground, note, assertion } => (seen, Act::Revoke { ground, note }, assertion),
            Self::Recuse { seen, reason, assertion } => (seen, Act::Recuse { reason }, assertion),
        }
    }
}

/// Does an act in a case
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/acts", tag = "cases", operation_id = "act", request_body = ActRequest,
    params(("case" = schema::CaseId, Path, description = "The case"), schema::IdempotencyKey),
    responses((status = 200, description = "The act is durable", body = schema::Acted)),
    security(("token" = []))
)]
pub(super) async fn act(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    At(case): At<String>,
    Write { key, body }: Write<ActRequest>,
) -> Result<Json<Acted>, Problem> {
    let case: CaseId = case.parse().map_err(|_| Wire::Path)?;
    let (seen, act, assertion) = body.split();
    documents_of(&site, &account, &act).await?;
    let assertion = assertion.map(AssertionRequest::read).transpose()?;
    let acted = site.app.act_signed(&account, case, &act, Some(seen), Some(key), assertion.as_ref()).await;
    acted.map(Json).map_err(|error| match (error, act) {
        (error @ AppError::Refused(_), Act::Ask { items }) => Problem::Ask { error, items },
        (error, _) => error.into(),
    })
}

async fn documents_of(site: &Site, account: &Account, act: &Act) -> Result<(), Problem> {
    match act {
        Act::Decide { facts, .. } | Act::Supply { facts } => documents::brought(site, account, facts).await,
        Act::Correct { fact, value, .. } => documents::brought(site, account, std::iter::once((fact, value))).await,
        _ => Ok(()),
    }
}

/// Says what an officer's passkey is to sign for an act, without doing it
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/challenge", tag = "cases", operation_id = "challenge", request_body = ActRequest,
    params(("case" = schema::CaseId, Path, description = "The case")),
    responses((status = 200, description = "What is to be signed", body = Challenge)),
    security(("token" = []))
)]
pub(super) async fn challenge(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    At(case): At<String>,
    Asked(body): Asked<ActRequest>,
) -> Result<Json<Challenge>, Problem> {
    let case: CaseId = case.parse().map_err(|_| Wire::Path)?;
    let (seen, act, _) = body.split();
    documents_of(&site, &account, &act).await?;
    let to_sign = site.app.act_to_sign(&account, case, &act, seen).await.map_err(|error| match (error, act) {
        (error @ AppError::Refused(_), Act::Ask { items }) => Problem::Ask { error, items },
        (error, _) => error.into(),
    })?;
    let party = site.app.relying_party();
    Ok(Json(Challenge {
        challenge: BASE64_URL_SAFE_NO_PAD.encode(to_sign.challenge),
        act: to_sign.text,
        rp_id: party.id.clone(),
        origin: party.origin.clone(),
        credentials: to_sign.passkeys.iter().map(|id| BASE64_URL_SAFE_NO_PAD.encode(id)).collect(),
    }))
}
