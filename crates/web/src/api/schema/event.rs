//! The shape of events.
//!
//! Must not know of: why they happen.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{AskedItem, CaseId, Decider, Issued, Money, Opinion, Outcome, Proposal, Sha256, TypedValue};

/// An event of a case. Order is the sequence number, never the time.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Event {
    at: Timestamp,
    #[serde(flatten)]
    what: What,
    /// On an officer's own event: the act as their passkey signed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    signed: Option<Signed>,
}

/// An act with the assertion over it (WebAuthn Level 3, section 7.2); bytes in hexadecimal.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Signed {
    /// The JSON text whose SHA-256, after "panjereh act v1", is the challenge.
    act: String,
    credential: String,
    authenticator_data: String,
    client_data: String,
    signature: String,
}

/// The kinds of event.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[schema(as = EventKind)]
pub(in crate::api) enum What {
    /// An application was submitted.
    Opened {
        case: CaseId,
        service: String,
        definition: Sha256,
        applicant: String,
        appeals: Option<CaseId>,
        facts: BTreeMap<String, TypedValue>,
        read: BTreeMap<String, TypedValue>,
    },
    /// The case came to a stage.
    Entered { stage: String, due: BTreeMap<String, Timestamp>, amount: Option<Money> },
    /// Officers were drawn.
    Drawn { seat: String, draw: Draw },
    /// An officer who sits in another application in the same matter sits here too.
    Seated { seat: String, officer: String, case: CaseId },
    /// An officer gave up a seat.
    Vacated {
        seat: String,
        officer: String,
        why: Vacancy,
        #[serde(skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A table was applied.
    Ruled { table: String, rows: Vec<u32>, outputs: BTreeMap<String, TypedValue> },
    /// One of several officers signed.
    Signed {
        officer: String,
        route: String,
        ground: Option<String>,
        note: String,
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        facts: BTreeMap<String, TypedValue>,
    },
    /// A stage's decision stands.
    Decided {
        stage: String,
        route: String,
        grounds: Vec<String>,
        by: Decider,
        note: String,
        facts: BTreeMap<String, TypedValue>,
    },
    /// The applicant was asked, once, for all that is missing.
    Asked { officer: String, items: Vec<AskedItem>, due: Timestamp },
    /// The applicant answered.
    Supplied { facts: BTreeMap<String, TypedValue>, read: BTreeMap<String, TypedValue>, due: Option<Timestamp> },
    /// An authority answered.
    Consulted { branch: String, opinion: Opinion, ground: Option<String>, officer: Option<String>, note: String },
    /// A fee was paid.
    Paid { amount: Money, receipt: String },
    /// A clock ran out.
    Lapsed { clock: String, due: Timestamp, silent: Vec<String> },
    /// The applicant took the application back.
    Withdrawn { reason: String },
    /// A clerical error was mended.
    Corrected { fact: String, value: TypedValue, officers: Vec<String>, reason: String },
    /// The case ended.
    Ended {
        outcome: Outcome,
        certificate: Option<Issued>,
        enter: Option<Entering>,
        appeal_until: Option<Timestamp>,
        overturn: bool,
    },
    /// An appeal was lodged.
    Appealed { by: CaseId },
    /// An appeal succeeded.
    Overturned { by: CaseId },
    /// An officer of the authority proposed what others must agree to.
    Proposed { proposal: Proposal, officer: String, note: String },
    /// The certificate was revoked.
    Revoked { ground: String, officers: Vec<String>, note: String },
}

/// A draw with all that is needed to do it again.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Draw {
    candidates: Vec<Candidate>,
    roster: Sha256,
    matter: String,
    randomness: Sha256,
    drawn: Vec<String>,
}

/// One officer who may be drawn.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Candidate {
    officer: String,
    weight: u32,
}

/// A record that enters a register.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Entering {
    register: String,
    key: String,
    held_by: Option<String>,
    values: BTreeMap<String, TypedValue>,
}

/// Why an officer gave up a seat.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::api) enum Vacancy {
    Recused,
    Left,
    Absent,
}
