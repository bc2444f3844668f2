//! The shapes of what the domain's own types write as JSON, for the description. They are never made: each mirrors the type of the same name
//! in `definition` and `engine`, and tests hold real answers against them.
//!
//! Must not know of: handlers.
#![expect(dead_code, reason = "shapes are described, never made")]

mod event;
mod lot;
mod money;
mod service;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

pub(super) use event::Event;
pub(super) use lot::{Draw, Lot, Share, Sheet};
pub(super) use money::{Money, Sum};
pub(super) use service::{Answer, Applicant, GroundStatus, Period, Source, Stage, Type};

/// A case's id: 128 random bits.
#[derive(Serialize, ToSchema)]
#[schema(pattern = "^[0-9a-f]{32}$", min_length = 32, max_length = 32)]
pub(super) struct CaseId(String);

/// A mandate's id: `mandat` in ASCII, then 80 random bits.
#[derive(Serialize, ToSchema)]
#[schema(pattern = "^6d616e646174[0-9a-f]{20}$", min_length = 32, max_length = 32)]
pub(super) struct MandateId(String);

/// How a mandate stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum MandateStanding {
    /// The agent has not answered.
    Offered,
    /// Accepted, and its time is yet to come.
    Coming,
    /// The agent may act.
    Stands,
    /// Its time is over.
    Expired,
    /// The agent did not accept it.
    Declined,
    /// The agent gave it up.
    GivenUp,
    /// It was taken back.
    Revoked,
}

/// A SHA-256 digest (FIPS 180-4).
#[derive(Serialize, ToSchema)]
#[schema(pattern = "^[0-9a-f]{64}$", min_length = 64, max_length = 64)]
pub(super) struct Sha256(String);

/// The key that makes a repeat harmless.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(super) struct IdempotencyKey {
    /// Chosen by the caller, new for each write. The same request with the same key is done once and answered alike.
    #[param(rename = "Idempotency-Key", pattern = "^[!-~]{1,128}$", min_length = 1, max_length = 128)]
    key: String,
}

/// A typed value; its one key names the kind. Numbers are strings, since JSON readers differ on long ones.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Value)]
pub(super) enum TypedValue {
    /// True or false.
    Bool(bool),
    /// A member of a code list.
    Code(String),
    /// An exact decimal of at most 28 digits.
    Decimal(Decimal),
    /// An amount in a currency.
    Money(Money),
    /// A civil date.
    Date(Date),
    /// Free text.
    Text(String),
    /// A document that the account brought.
    Document(DocumentRef),
    /// A point on the earth.
    Place(Place),
    /// Several values, as a collecting table gives.
    #[schema(no_recursion)]
    List(Vec<TypedValue>),
}

/// An exact decimal.
#[derive(Serialize, ToSchema)]
#[schema(pattern = r"^-?[0-9]{1,28}(\.[0-9]{1,28})?$", max_length = 29, example = "1.50")]
pub(super) struct Decimal(String);

/// The bytes of a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(super) struct File(Vec<u8>);

/// A document by its content.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Document)]
pub(super) struct DocumentRef {
    /// The digest of its bytes.
    sha256: Sha256,
    /// Its length in bytes.
    size: u64,
    /// Its media type.
    media_type: String,
    /// The file name that the person gave it.
    name: String,
}

/// A point in WGS 84 (EPSG:4326), in degrees times 10^7.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    /// Latitude; north is positive.
    #[schema(minimum = -900_000_000, maximum = 900_000_000)]
    lat_e7: i32,
    /// Longitude; east is positive.
    #[schema(minimum = -1_800_000_000, maximum = 1_800_000_000)]
    lon_e7: i32,
}

/// What came of a write.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Acted {
    /// The case.
    case: CaseId,
    /// The number of its events now.
    seq: u64,
    /// The stage it stands in now.
    stage: String,
    /// How it ended, if it has.
    outcome: Option<Outcome>,
}

/// How a case came out.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Outcome {
    Granted,
    Refused,
    Lapsed,
    Withdrawn,
    Closed,
}

/// A consulted authority's answer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Opinion {
    Agree,
    Object,
}

/// One thing that is asked of the applicant.
#[derive(Serialize, ToSchema)]
pub(super) struct AskedItem {
    /// The fact that is missing or to be mended.
    #[schema(max_length = 200)]
    fact: String,
    /// The ground on which it is asked.
    #[schema(max_length = 200)]
    ground: String,
    /// What the officer says about it.
    #[schema(max_length = 2000)]
    note: String,
}

/// Whose turn it is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Turn {
    /// A rule is about to be applied.
    Rules,
    /// The drawn officers'.
    Officers {
        due: Timestamp,
        /// What the caller signed for; what others signed is sealed until the decision stands.
        signed: BTreeMap<String, Signature>,
    },
    /// Consulted authorities'.
    Consult {
        /// By branch.
        branches: BTreeMap<String, BranchTurn>,
    },
    /// The applicant's, after an ask.
    Answer {
        /// The applicant's deadline.
        due: Timestamp,
        /// What is asked.
        items: Vec<AskedItem>,
        /// When it was asked.
        asked_at: Timestamp,
        /// The officers' deadline as it stood.
        officers_due: Timestamp,
    },
    /// The applicant's, to supply facts.
    Applicant { due: Timestamp },
    /// The applicant's, to pay.
    Payment { due: Timestamp, amount: Money },
    /// Nobody's: time passes.
    Waiting { due: Timestamp },
    /// Nobody's any more.
    Ended,
}

/// What an officer signed for.
#[derive(Serialize, ToSchema)]
pub(super) struct Signature {
    route: String,
    ground: Option<String>,
    /// What was recorded with it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    facts: BTreeMap<String, TypedValue>,
}

/// What officers of the authority do together or not at all.
#[derive(Serialize, ToSchema)]
#[serde(tag = "to", rename_all = "lowercase")]
pub(super) enum Proposal {
    /// Mend a clerical error.
    Correct { fact: String, value: TypedValue },
    /// Revoke the certificate.
    Revoke { ground: String },
}

/// Where one authority's answer stands.
#[derive(Serialize, ToSchema)]
pub(super) struct BranchTurn {
    due: Timestamp,
    opinion: Option<Opinion>,
    /// The ground of an objection.
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<String>,
}

/// A decision and who made it.
#[derive(Serialize, ToSchema)]
pub(super) struct Decision {
    stage: String,
    route: String,
    /// The grounds cited: of several officers each cites one.
    grounds: Vec<String>,
    by: Decider,
}

/// Who decided.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Decider {
    /// A decision table.
    Rule,
    /// These officers.
    Officers(Vec<String>),
    /// These officers were silent, and the law decided.
    Silence(Vec<String>),
    /// The authorities that were consulted.
    Consult,
    /// A lot.
    Lot,
    /// What this other application in the same matter came to by lot.
    Matter(CaseId),
    /// A lot that was not drawn in time.
    Undrawn,
}

/// How a case ended.
#[derive(Serialize, ToSchema)]
pub(super) struct Ended {
    outcome: Outcome,
    at: Timestamp,
    /// The number of the event that ended it.
    seq: u64,
    /// The certificate issued.
    certificate: Option<Issued>,
    /// Until when an appeal may be lodged.
    appeal_until: Option<Timestamp>,
    /// The appeal that was lodged.
    appealed_by: Option<CaseId>,
    /// The ground on which the certificate was revoked.
    revoked: Option<String>,
}

/// Personal data that was erased from a case: that it was, not what stood there.
#[derive(Serialize, ToSchema)]
pub(super) struct Erased {
    at: Timestamp,
    /// The concepts whose values went.
    concepts: Vec<String>,
    cause: Cause,
}

/// In what capacity somebody reads.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Capacity {
    /// The service itself, as its definition says.
    Service,
    /// An officer who was drawn for the case.
    Officer,
    /// An officer who was drawn to hear the appeal.
    Appeal,
    /// A supervisor of the authority.
    Supervisor,
    /// Somebody who acts for the person under a mandate.
    Agent,
}

/// Why personal data was erased.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Cause {
    /// It may not be kept longer.
    Retention,
    /// This ground of law.
    Ground(String),
}

/// A certificate that a case issued.
#[derive(Serialize, ToSchema)]
pub(super) struct Issued {
    /// Its kind.
    certificate: String,
    from: Timestamp,
    until: Option<Timestamp>,
}
