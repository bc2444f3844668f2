//! The shape of what a definition says.
//!
//! Must not know of: how definitions are written.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{Decimal, Opinion, Outcome, Share};

/// Who may apply.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::api) enum Applicant {
    Person,
    Company,
    Household,
}

/// Whether a ground's text was confirmed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::api) enum GroundStatus {
    Confirmed,
    Draft,
}

/// A length of time as the law states it.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Period {
    count: u32,
    unit: Unit,
}

/// Units of a period.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::api) enum Unit {
    Workdays,
    Days,
    Months,
    Years,
}

/// How long the applicant has to answer an ask, and the stage that follows silence.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Answer {
    within: Period,
    overdue: String,
}

/// The type of a fact.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = FactType)]
pub(in crate::api) enum Type {
    Bool,
    /// A code of this list.
    Code(String),
    Decimal {
        scale: u8,
        min: Option<Decimal>,
        max: Option<Decimal>,
    },
    /// An amount in this currency.
    Money(String),
    Date,
    Text {
        max_chars: u32,
    },
    /// Of any kind that is taken.
    Document,
    /// Of this kind only.
    #[serde(rename = "document-of")]
    DocumentOf(DocumentKind),
    Place,
}

/// Kinds of documents, where not every one does.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::api) enum DocumentKind {
    /// JPEG, PNG or WebP.
    Image,
    Pdf,
    /// XML, JSON or UN/EDIFACT that programs write for programs.
    Message,
}

/// The one source of a fact.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::api) enum Source {
    /// The applicant is asked.
    Ask { required: bool },
    /// A register holds it; the fact is the key of a record.
    Register { register: String, held_by: Option<String> },
    /// An officer records it in this stage.
    Record {
        stage: String,
        /// The routes with which a value is needed, elsewhere it may be left out; absent where it is needed with every one.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        needed: Option<Vec<String>>,
    },
    /// A function works it out of what it is given, and with it these concepts.
    Function { function: String, of: Vec<Given>, gives: Vec<String> },
}

/// What a function is given: a fact, by its name, or what a register or a function says with one.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(in crate::api) enum Given {
    Fact(String),
    Read(FactPath),
}

/// Where a case can stand.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Stage {
    name: String,
    kind: StageKind,
    /// Whether the application stays there until the stage is over; absent where it may be taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    binding: Option<bool>,
}

/// The closed set of stage kinds.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::api) enum StageKind {
    /// A table decides at once.
    Decide { table: String, routes: BTreeMap<String, String> },
    /// A drawn officer decides.
    Officer(Desk),
    /// A drawn officer inspects a place and records facts.
    Inspect(Desk),
    /// Several authorities at once.
    Consult { branches: Vec<Branch>, agree: String, object: String },
    /// The applicant supplies facts.
    Applicant { facts: Vec<String>, wait: Wait, then: String },
    /// The applicant pays.
    Pay { amount: FactPath, ground: String, wait: Wait, then: String },
    /// Time passes.
    Wait { until: Until, then: String },
    /// Chance decides between these stages; where no draw takes place in time, the first of them follows.
    Lot { routes: Vec<Share>, within: Period },
    /// The case ends.
    End(End),
}

/// A stage where officers act.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Desk {
    role: String,
    /// How many different officers must choose the same route.
    people: u32,
    /// Where the case goes when these do not agree and nobody is left to settle it in time; absent where the deadline decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    divided: Option<String>,
    wait: Wait,
    /// Route to stage.
    may: BTreeMap<String, String>,
    /// Whether one ask is allowed.
    ask: bool,
    grounds: Vec<String>,
    /// The table whose answer is shown as a proposal.
    proposal: Option<String>,
    /// Facts that are recorded with the decision; of each, its source says with which decisions it is needed.
    record: Vec<String>,
    /// The promise to deal with cases in the order in which they were opened; absent where none is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    order: Option<Order>,
}

/// A desk's promise of order.
#[derive(Serialize, ToSchema)]
#[schema(as = DeskOrder)]
pub(in crate::api) struct Order {
    /// Grounds on which a case may be taken out of turn; with none, it never may.
    overtake: Vec<String>,
}

/// One authority in a consult.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Branch {
    name: String,
    role: String,
    within: Period,
    /// What silence means.
    silent: Opinion,
    /// The grounds that its objection may cite.
    grounds: Vec<String>,
}

/// A deadline for a person and what its expiry does.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Wait {
    within: Period,
    overdue: Overdue,
}

/// What a deadline's expiry does.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::api) enum Overdue {
    /// As if this route had been chosen.
    Route(String),
    /// The case goes to this stage.
    Stage(String),
    /// As if this route had been chosen, which nobody may choose: silence alone takes it.
    Deemed {
        route: String,
        /// The stage that it leads to.
        to: String,
    },
}

/// The end of a waiting time.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::api) enum Until {
    After(Period),
    Date(FactPath),
}

/// How a case ends.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct End {
    outcome: Outcome,
    /// The certificate issued.
    issue: Option<String>,
    /// How long it is valid.
    valid: Option<Period>,
    /// It may be used once only; absent where it may be used again and again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    once: bool,
    /// The register that the case's facts enter.
    enter: Option<String>,
    /// What it moves in accounts; absent where it moves nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    book: Option<Booking>,
    /// Where the case goes when the accounts refuse that, and nobody is there who could be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    otherwise: Option<String>,
    appeal: Option<Appeal>,
    /// In an appeal: the appealed decision falls.
    overturn: bool,
}

/// What an end moves in accounts.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Booking {
    /// The function that says what is moved.
    function: String,
    /// The facts that it is given.
    of: Vec<String>,
}

/// The way to an appeal.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Appeal {
    service: String,
    within: Period,
    /// Where the case goes when the decision falls.
    overturned: Option<String>,
}

/// Where a value comes from.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::api) enum FactPath {
    Fact(String),
    Attribute { fact: String, list: String, attribute: String },
    Record { fact: String, register: String, concept: String },
    Output { table: String, output: String },
    Applicant { concept: String },
}
