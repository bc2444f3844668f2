//! The shape of draws, fixed and done.
//!
//! Must not know of: how a draw is done.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{CaseId, Sha256};

/// A draw with all that is needed to do it again.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Draw {
    candidates: Vec<Candidate>,
    roster: Sha256,
    matter: String,
    randomness: Sha256,
    /// The officers who were drawn, in order; nobody in a draw between routes.
    drawn: Vec<String>,
    /// The routes that could be drawn; absent in a draw of officers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    routes: Option<Vec<Share>>,
    /// The route that was drawn; absent in a draw of officers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    route: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aside: Option<Vec<Aside>>,
    /// Absent when the zone drew with its own randomness.
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<Proof>,
}

/// One officer who may be drawn.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Candidate {
    officer: String,
    weight: u32,
}

/// A route of a lot, with its share of the draws.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Share {
    /// The stage that follows.
    route: String,
    weight: u32,
}

/// What another application in the same matter came to by lot.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Bound {
    route: String,
    case: CaseId,
}

/// An officer of the role who is no candidate.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Aside {
    officer: String,
    why: Why,
}

/// Why an officer is no candidate.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::api) enum Why {
    Recused,
    Absent,
    Full,
    Silent,
}

/// A draw that is to come: all that decides it but the randomness.
#[derive(Serialize, ToSchema)]
#[serde(tag = "source", rename_all = "lowercase")]
pub(in crate::api) enum Lot {
    /// Its randomness will be a round of drand.
    Drand {
        /// Absent in a draw between routes.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        role: Option<String>,
        people: u32,
        candidates: Vec<Candidate>,
        /// The routes that can be drawn; absent in a draw of officers.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        routes: Option<Vec<Share>>,
        /// The way to which another application in the matter binds this one; absent where none does.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        bound: Option<Bound>,
        roster: Sha256,
        matter: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        aside: Option<Vec<Aside>>,
        due: Timestamp,
        chain: Sha256,
        round: u64,
    },
    /// Its randomness will be two institutions'.
    Vrf {
        /// Absent in a draw between routes.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        role: Option<String>,
        people: u32,
        candidates: Vec<Candidate>,
        /// The routes that can be drawn; absent in a draw of officers.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        routes: Option<Vec<Share>>,
        /// The way to which another application in the matter binds this one; absent where none does.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        bound: Option<Bound>,
        roster: Sha256,
        matter: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        aside: Option<Vec<Aside>>,
        due: Timestamp,
        keys: Vec<Sha256>,
    },
}

/// That the randomness is what the source said; `leaf` is the hash of the log's entry that fixed the draw.
#[derive(Serialize, ToSchema)]
#[serde(tag = "source", rename_all = "lowercase")]
#[schema(as = DrawProof)]
pub(in crate::api) enum Proof {
    /// A round of drand.
    Drand {
        leaf: Sha256,
        chain: Sha256,
        round: u64,
        signature: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        previous: Option<String>,
    },
    /// Two VRF proofs.
    Vrf { leaf: Sha256, proofs: Vec<VrfProof> },
}

/// A VRF proof (RFC 9381), in hexadecimal.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct VrfProof {
    key: Sha256,
    proof: String,
}

/// A draw on one sheet.
#[derive(Serialize, ToSchema)]
#[schema(as = DrawSheet)]
pub(in crate::api) struct Sheet {
    version: u32,
    seat: String,
    /// The entry of the public log that fixed the draw.
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<Fixed>,
    draw: Draw,
}

/// An entry of the public log: its index, and its bytes in hexadecimal.
#[derive(Serialize, ToSchema)]
#[schema(as = FixedIn)]
pub(in crate::api) struct Fixed {
    index: u64,
    leaf: String,
}
