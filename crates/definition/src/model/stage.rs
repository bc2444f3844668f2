//! The stages of a service: what happens in each, until when, and where a case goes then.
//!
//! Must not know of: text, spans and problems, cases, the clock.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{FactPath, Name};

/// Where a case can stand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Stage {
    /// Its name.
    pub name: Name,
    /// What happens there.
    pub kind: StageKind,
    /// Whether the application stays there until the stage is over: else whoever is to be looked at could take it back and file another.
    #[serde(default, skip_serializing_if = "is_free")]
    pub binding: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_free(binding: &bool) -> bool {
    !*binding
}

/// The closed set of stage kinds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StageKind {
    /// A table decides at once.
    Decide {
        /// The table.
        table: Name,
        /// Route to target stage.
        routes: BTreeMap<Name, Name>,
    },
    /// A drawn officer decides; `record` is empty.
    Officer(Desk),
    /// A drawn officer inspects a place and records facts; `record` is not empty.
    Inspect(Desk),
    /// Several authorities at once.
    Consult {
        /// Branches in the author's order.
        branches: Vec<Branch>,
        /// Target when nobody objects.
        agree: Name,
        /// Target when one objects.
        object: Name,
    },
    /// The applicant supplies facts.
    Applicant {
        /// The facts.
        facts: Vec<Name>,
        /// How long.
        wait: Wait,
        /// Target when supplied.
        then: Name,
    },
    /// The applicant pays.
    Pay {
        /// The amount.
        amount: FactPath,
        /// The ground of the fee.
        ground: Name,
        /// How long.
        wait: Wait,
        /// Target when paid.
        then: Name,
    },
    /// Time passes.
    Wait {
        /// Until when.
        until: Until,
        /// Target then.
        then: Name,
    },
    /// Chance decides: a draw between the stages that may follow.
    Lot {
        /// The stages, each with its share, in the author's order: of two outcomes in one matter, the one that stands first binds.
        routes: Vec<Share>,
        /// How long randomness that comes from outside is waited for; then the case goes the first way.
        within: Period,
    },
    /// The case ends.
    End(End),
}

/// A stage that a lot may fall on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The stage, which is the route as well.
    pub route: Name,
    /// Its share of the draws, relative to the others' (1 to [`WEIGHT_MAX`]).
    pub weight: u32,
}

/// The largest share of a route. Twenty of them are still far below what a draw can count.
pub const WEIGHT_MAX: u32 = 1_000_000;
/// The fewest routes of a lot: with one there is nothing to draw.
pub const LOT_ROUTES_MIN: usize = 2;
/// The most routes of a lot.
pub const LOT_ROUTES_MAX: usize = 20;

/// A stage where officers act.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Desk {
    /// The role that is drawn from.
    pub role: Name,
    /// How many different officers must choose the same route (1 to 8).
    pub people: u32,
    /// Who decides where as many as must agree have chosen, do not agree, and nobody else of the role is left or settles it in time; the deadline, when nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub divided: Option<Name>,
    /// The deadline and its consequence.
    pub wait: Wait,
    /// Route to target stage.
    pub may: BTreeMap<Name, Name>,
    /// Whether one consolidated ask is allowed.
    pub ask: bool,
    /// Grounds that a refusal or ask may cite.
    pub grounds: Vec<Name>,
    /// The table whose answer is shown as a proposal.
    pub proposal: Option<Name>,
    /// Facts that are recorded with the decision (inspections); their sources say with which routes they are needed.
    pub record: Vec<Name>,
    /// The order in which it promises to deal with cases; in whatever order its officers like, when it promises none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
}

impl Desk {
    /// Every ground that may be cited there, each as often as it is listed.
    pub fn cited(&self) -> impl Iterator<Item = &Name> {
        self.grounds.iter().chain(self.order.iter().flat_map(|order| &order.overtake))
    }
}

/// The promise of a desk that each officer deals with the cases that wait for them in the order in which these were opened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// Grounds on which a case may be taken out of turn; with none, it never may.
    pub overtake: Vec<Name>,
}

/// One authority in a consult.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Branch {
    /// Its name in the stage.
    pub name: Name,
    /// The role that is drawn from.
    pub role: Name,
    /// How long.
    pub within: Period,
    /// What silence means.
    pub silent: Opinion,
    /// Grounds that its objection may cite.
    pub grounds: Vec<Name>,
}

/// An authority's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Opinion {
    /// No objection.
    Agree,
    /// An objection on a ground.
    Object,
}

/// A deadline for a person and what its expiry does.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wait {
    /// How long.
    pub within: Period,
    /// The consequence.
    pub overdue: Overdue,
}

/// What a deadline's expiry does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Overdue {
    /// As if this route had been chosen (a deemed decision).
    Route(Name),
    /// The case goes to this stage.
    Stage(Name),
    /// As if this route had been chosen, which nobody may choose: silence alone takes it.
    Deemed {
        /// The route.
        route: Name,
        /// Where it leads.
        to: Name,
    },
}

/// The end of a waiting time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Until {
    /// After a period.
    After(Period),
    /// At the beginning of the date that this path gives.
    Date(FactPath),
}

/// How a case ends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct End {
    /// The outcome.
    pub outcome: Outcome,
    /// The certificate issued.
    pub issue: Option<Name>,
    /// How long the certificate is valid.
    pub valid: Option<Period>,
    /// Whether the certificate may be used once only. Not written where it may not, so that older definitions keep their hash.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub once: bool,
    /// The register the case's facts enter.
    pub enter: Option<Name>,
    /// What is moved in accounts that are kept beside cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub book: Option<Booking>,
    /// Where the case goes instead when the accounts refuse what it moves, and nobody is there at that moment who could be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Name>,
    /// Where and how long an appeal may be lodged.
    pub appeal: Option<Appeal>,
    /// In an appeal service: the appealed decision falls.
    pub overturn: bool,
}

/// What an end moves in accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// The function that says what is moved.
    pub function: String,
    /// The facts that it is given, in order.
    pub of: Vec<Name>,
}

/// What is kept for a case in accounts from its opening to its end, whichever way that is. Both bookings are given the same facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserve {
    /// What keeps it.
    pub book: Booking,
    /// What frees it again.
    pub free: Booking,
}

/// The way to an appeal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Appeal {
    /// The service that hears it.
    pub service: Name,
    /// How long after the end.
    pub within: Period,
    /// Where the case goes when the decision falls.
    pub overturned: Option<Name>,
}

/// How a case came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// What was asked for was granted.
    Granted,
    /// It was refused on a ground.
    Refused,
    /// The applicant let a deadline pass.
    Lapsed,
    /// The applicant took it back.
    Withdrawn,
    /// It ended without a decision on the merits.
    Closed,
}

/// A length of time as the law states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// Units of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Days that are neither weekend nor holiday in the zone.
    Workdays,
    /// Days of the calendar.
    Days,
    /// Months of the zone's calendar.
    Months,
    /// Years of the zone's calendar.
    Years,
}
