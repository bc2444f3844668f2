//! The shape of events.
//!
//! Must not know of: why they happen.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    AskedItem, CaseId, Cause, Decider, Draw, Issued, Lot, MandateId, Money, Opinion, Outcome, Proposal, Sha256,
    TypedValue,
};

/// An event of a case. Order is the sequence number, never the time.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Event {
    at: Timestamp,
    #[serde(flatten)]
    what: What,
    /// On an officer's own event: the act as their passkey signed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    signed: Option<Signed>,
    /// On the applicant's own event: who did it for them, and under which mandate.
    #[serde(skip_serializing_if = "Option::is_none")]
    under: Option<Agency>,
}

/// Something that was wrong with what a function was given, or that accounts had against it.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Objection {
    /// In which of the facts that it was given, from 0.
    of: u32,
    /// Where in that fact; empty where that is not said.
    place: String,
    /// What is wrong and what to do about it, by language.
    words: BTreeMap<String, String>,
}

/// Somebody acting for another under a mandate.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Agency {
    mandate: MandateId,
    /// Who acts: their number in the register of people.
    agent: String,
    principal: Principal,
}

/// Whoever lets somebody act for it: a register's record.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Principal {
    register: String,
    key: String,
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
    /// A draw was fixed but for its randomness.
    Lot { seat: String, lot: Lot },
    /// The seat waits for the lot of another application in the same matter.
    Shared { seat: String, people: u32, case: CaseId, due: Timestamp },
    /// Officers, or a route, were drawn.
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
    /// A function worked a fact out, and with it what it says besides.
    Computed { function: String, facts: BTreeMap<String, TypedValue> },
    /// Something was moved in accounts that are kept beside cases.
    Booked { function: String, posted: TypedValue },
    /// What an end would have moved was refused, while nobody was there who could be told.
    Unbooked { stage: String, function: String, faults: Vec<Objection> },
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
    /// An officer takes the case out of turn.
    Overtook { officer: String, ground: String },
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
    /// An officer of the authority had officers drawn who look at the case again.
    Convened { officer: String, reason: String },
    /// An officer who was drawn to look at the case again leaves it as it stands.
    Kept { officer: String, note: String },
    /// An officer who was drawn to look at the case again proposed what others must agree to.
    Proposed { proposal: Proposal, officer: String, note: String },
    /// The certificate was revoked.
    Revoked { ground: String, officers: Vec<String>, note: String },
    /// Personal data was erased; of what kinds is known, of what value is not.
    Erased {
        /// The concepts whose values went.
        concepts: Vec<String>,
        /// Whether it is no longer known who applied.
        applicant: bool,
        cause: Cause,
    },
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
