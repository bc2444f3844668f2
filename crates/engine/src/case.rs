//! A case: what its events add up to.
//!
//! Must not know of: how events come about, storage, the clock.

use std::collections::{BTreeMap, BTreeSet};

use definition::model::{Name, Opinion, Outcome};
use definition::value::{Money, Value};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::CaseId;
pub use crate::digest::Digest;
use crate::lot::Lot;

mod decided;

pub use decided::{Decider, Decision, Way};

/// A person's id as the register `people` has it.
pub type Person = String;

/// An officer's id on the roster.
pub type OfficerId = String;

/// One run of a service for one applicant: the fold of its events, and nothing that does not follow from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// The service.
    pub service: Name,
    /// Hash of the definition it began under, which it keeps to its end.
    pub definition: Digest,
    /// Who applied.
    pub applicant: Person,
    /// The case whose decision is appealed, in an appeal.
    pub appeals: Option<CaseId>,
    /// Number of events.
    pub seq: u64,
    /// When it was opened.
    pub opened: Timestamp,
    /// What is known: by fact, by what a register said (`company.arrears`), by what a table gave (`fees.amount`).
    pub facts: BTreeMap<String, Value>,
    /// Where it stands.
    pub stage: Name,
    /// Since when.
    pub stage_since: Timestamp,
    /// Whose turn it is.
    pub turn: Turn,
    /// Who acted in it for the applicant.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub agents: BTreeSet<Person>,
    /// Stages whose one ask was used.
    pub asked: BTreeSet<Name>,
    /// Officers who may take it out of turn in the stage where it stands, on a ground that the record has.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub overtaking: BTreeSet<OfficerId>,
    /// Receipts of the payments made: the same money does not pay twice.
    #[serde(default)]
    pub receipts: BTreeSet<String>,
    /// What was paid in each stage, in all: a case that comes back to it owes the rest.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub paid: BTreeMap<Name, Money>,
    /// Officers drawn, by stage (`review`) or branch (`opinions/fire-safety`): who came once stays.
    pub officers: BTreeMap<String, Vec<OfficerId>>,
    /// Draws that are yet to come, by seat: at most one for each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lots: BTreeMap<String, Waiting>,
    /// Where chance decided, by stage: a case draws once in a stage, and goes the same way whenever it comes back.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ways: BTreeMap<Name, Way>,
    /// Who was drawn to look at the case again and has not said yet what is to be done.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub called: BTreeSet<OfficerId>,
    /// How much was proposed since anything was mended or revoked.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub proposals: u32,
    /// Officers who gave up a seat, by seat. None of them comes to the case again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub vacated: BTreeMap<String, Vec<OfficerId>>,
    /// Officers whose turn it was when a deadline passed. Others are drawn after them, where there are others.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub silent: BTreeSet<OfficerId>,
    /// What single officers who look at it again proposed, which others must agree to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposed: Vec<Proposed>,
    /// The values of `reserve.of` by which something is kept for it in accounts, in their order; none where nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserved: Option<Vec<Value>>,
    /// The last decision by a table, an officer or silence.
    pub decision: Option<Decision>,
    /// How it ended, once it has.
    pub ended: Option<Ended>,
    /// What was erased, and when and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<Erased>,
}

/// An erasure: that it was, not what stood there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// When.
    pub at: Timestamp,
    /// The concepts whose values went, in order.
    pub concepts: Vec<String>,
    /// Why.
    pub cause: Cause,
}

/// Why something was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// It may not be kept longer: the definition says how long, and the clock that it was over.
    Retention,
    /// This ground of law.
    Ground(Name),
}

/// A draw that is yet to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The number of the event that says so.
    pub seq: u64,
    /// How many officers it will bring.
    pub people: u32,
    /// When it can take place at the earliest.
    pub due: Timestamp,
    /// What is waited for.
    #[serde(rename = "for")]
    pub awaited: Awaited,
}

/// What a seat waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Awaited {
    /// The case's own lot.
    Lot(Box<Lot>),
    /// The lot of another case in the same matter.
    Case(CaseId),
}

/// What an officer proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Who.
    pub officer: OfficerId,
    /// What.
    pub proposal: Proposal,
}

/// What officers of the authority do together or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "lowercase")]
pub enum Proposal {
    /// Mend a clerical error.
    Correct {
        /// In which fact.
        fact: Name,
        /// What shall stand.
        value: Value,
    },
    /// Revoke the certificate.
    Revoke {
        /// On what ground.
        ground: Name,
    },
}

impl Proposal {
    /// Whether both cannot be done: another value for the same fact, another ground.
    pub fn rivals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Correct { fact, .. }, Self::Correct { fact: other, .. }) => fact == other,
            (Self::Revoke { .. }, Self::Revoke { .. }) => true,
            _ => false,
        }
    }
}

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The outcome.
    pub outcome: Outcome,
    /// When.
    pub at: Timestamp,
    /// The number of the event that ended it: a case that is overturned may end again, and each end is another one.
    pub seq: u64,
    /// The certificate issued.
    pub certificate: Option<Issued>,
    /// Until when an appeal may be lodged.
    pub appeal_until: Option<Timestamp>,
    /// The appeal that was lodged.
    pub appealed_by: Option<CaseId>,
    /// The ground on which the certificate was revoked.
    pub revoked: Option<Name>,
}

/// A certificate that a case issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Its kind, a name of the definition.
    pub certificate: Name,
    /// From when it is valid.
    pub from: Timestamp,
    /// Until when; for ever when absent.
    pub until: Option<Timestamp>,
}

/// Whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Turn {
    /// Nobody's: a rule is about to be applied. Never the turn of a case at rest.
    Rules,
    /// The drawn officers'.
    Officers {
        /// Their deadline.
        due: Timestamp,
        /// Who has signed for what.
        signed: BTreeMap<OfficerId, Signature>,
    },
    /// Consulted authorities'.
    Consult {
        /// By branch.
        branches: BTreeMap<Name, BranchTurn>,
    },
    /// The applicant's, after an ask. The officers' clock stands still.
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
    /// The applicant's, to supply the stage's facts.
    Applicant {
        /// The deadline.
        due: Timestamp,
    },
    /// The applicant's, to pay.
    Payment {
        /// The deadline.
        due: Timestamp,
        /// How much.
        amount: Money,
    },
    /// Nobody's: time passes, or a lot between stages is yet to be drawn.
    Waiting {
        /// Until when.
        due: Timestamp,
    },
    /// Nobody's any more.
    Ended,
}

/// What an officer signed for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The route.
    pub route: Name,
    /// The ground cited.
    pub ground: Option<Name>,
    /// What was recorded with it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<Name, Value>,
}

/// Where one authority's answer stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BranchTurn {
    /// Its deadline.
    pub due: Timestamp,
    /// Its answer, once given or deemed.
    pub opinion: Option<Opinion>,
    /// The ground of an objection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<Name>,
}

/// One thing that is asked of the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedItem {
    /// The fact that is missing or to be mended.
    pub fact: Name,
    /// The ground on which it is asked.
    pub ground: Name,
    /// What the officer says about it.
    pub note: String,
}

/// A clock of a case that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningClock {
    /// Its name: the stage, or the branch within it.
    pub name: String,
    /// When it runs out.
    pub due: Timestamp,
}

impl Case {
    /// The clocks that run now.
    pub fn clocks(&self) -> Vec<RunningClock> {
        let one = |due: &Timestamp| vec![RunningClock { name: self.stage.clone(), due: *due }];
        match &self.turn {
            Turn::Rules | Turn::Ended => Vec::new(),
            Turn::Officers { due, .. }
            | Turn::Answer { due, .. }
            | Turn::Applicant { due }
            | Turn::Payment { due, .. }
            | Turn::Waiting { due } => one(due),
            Turn::Consult { branches } => branches
                .iter()
                .filter(|(_, branch)| branch.opinion.is_none())
                .map(|(name, branch)| RunningClock { name: name.clone(), due: branch.due })
                .collect(),
        }
    }

    /// The officers whose turn it is, in order and without doubles.
    pub fn holders(&self) -> Vec<OfficerId> {
        let mut holders: Vec<OfficerId> = match &self.turn {
            Turn::Officers { signed, .. } => {
                self.drawn(&self.stage).iter().filter(|officer| !signed.contains_key(*officer)).cloned().collect()
            }
            Turn::Consult { branches } => branches
                .iter()
                .filter(|(_, branch)| branch.opinion.is_none())
                .flat_map(|(name, _)| self.drawn(&branch_seat(&self.stage, name)).to_vec())
                .collect(),
            _ => Vec::new(),
        };
        holders.sort();
        holders.dedup();
        holders
    }

    /// The officers drawn for a stage or branch.
    pub fn drawn(&self, seat: &str) -> &[OfficerId] {
        self.officers.get(seat).map_or(&[], Vec::as_slice)
    }

    /// How many officers have come to a seat, those who gave it up included.
    pub fn came(&self, seat: &str) -> usize {
        self.drawn(seat).len().saturating_add(self.vacated.get(seat).map_or(0, Vec::len))
    }

    /// Whether an officer gave up a seat of this case.
    pub fn gave_up(&self, officer: &str) -> bool {
        self.vacated.values().flatten().any(|one| one == officer)
    }

    /// Whether it is the applicant's own turn, when no promise runs.
    pub fn applicants_turn(&self) -> bool {
        matches!(self.turn, Turn::Answer { .. } | Turn::Applicant { .. } | Turn::Payment { .. })
    }
}

/// The seat of those who look at a case again: no stage and no branch is called so.
pub const AGAIN: &str = "/again";

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The name under which a branch's officer is drawn.
pub fn branch_seat(stage: &str, branch: &str) -> String {
    format!("{stage}/{branch}")
}
