//! What the record says came of an act.
//!
//! Must not know of: why (that is `decide`), storage.

use std::collections::BTreeMap;

use definition::model::{Name, Opinion, Outcome};
use definition::value::{Money, Value};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::CaseId;
use crate::case::{AskedItem, Cause, Decider, Digest, Issued, OfficerId, Person, Proposal};
use crate::lot::{Draw, Lot};
use crate::mandate::Agency;
use crate::signed::Signed;
use crate::world::Fault;

/// An event and when it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When. Order is the sequence number, never this.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub what: What,
    /// On an officer's own event: the act as the officer signed it. Whether the signature holds is for whoever has the officer's key to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Box<Signed>>,
    /// On the applicant's own event: who did it for them, and under which mandate. Whether that stood is for whoever has its stream to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<Box<Agency>>,
}

/// The kinds of event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum What {
    /// An application was submitted.
    Opened(Box<Opened>),
    /// The case came to a stage.
    Entered {
        /// The stage.
        stage: Name,
        /// Deadlines by clock: the stage's name, or its branches'.
        due: BTreeMap<Name, Timestamp>,
        /// What is to be paid there.
        amount: Option<Money>,
    },
    /// A draw, of officers for a seat or between the routes of a stage, was fixed but for its randomness, which nobody knows yet.
    Lot {
        /// The stage, or `stage/branch`.
        seat: String,
        /// The draw to come.
        lot: Box<Lot>,
    },
    /// The seat, or the stage in which chance decides, waits for the lot of another application in the same matter.
    Shared {
        /// The stage, or `stage/branch`.
        seat: String,
        /// How many officers are to come; 0 where a lot is between routes.
        people: u32,
        /// The case whose lot it is.
        case: CaseId,
        /// When that lot can be drawn at the earliest.
        due: Timestamp,
    },
    /// Officers, or a route, were drawn.
    Drawn {
        /// The stage, or `stage/branch`.
        seat: String,
        /// The draw, with all that is needed to do it again.
        draw: Draw,
    },
    /// An officer who sits in another application in the same matter sits here too.
    Seated {
        /// The stage, or `stage/branch`.
        seat: String,
        /// Who.
        officer: OfficerId,
        /// The case for which they were drawn.
        case: CaseId,
    },
    /// An officer gave up a seat; whoever is drawn next sits in their place.
    Vacated {
        /// The stage, or `stage/branch`.
        seat: String,
        /// Who.
        officer: OfficerId,
        /// Why.
        why: Vacancy,
        /// In the officer's words, when they recused themselves.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A table was applied: what it gave.
    Ruled {
        /// The table.
        table: Name,
        /// Its rows that fired, from 1.
        rows: Vec<u32>,
        /// What it gave, by output.
        outputs: BTreeMap<Name, Value>,
    },
    /// A function worked a fact out.
    Computed {
        /// The function.
        function: String,
        /// What it gave: the fact, and with it what it says besides, by path.
        facts: BTreeMap<String, Value>,
    },
    /// Something was moved in accounts that are kept beside cases.
    Booked {
        /// The function that said what.
        function: String,
        /// What, as the accounts write it.
        posted: Value,
    },
    /// What an end would have moved was refused, while nobody was there who could be told; the case goes elsewhere.
    Unbooked {
        /// The end that the case did not come to.
        stage: Name,
        /// The function that was asked.
        function: String,
        /// Everything that was in the way.
        faults: Vec<Fault>,
    },
    /// One of several officers signed.
    Signed {
        /// Who.
        officer: OfficerId,
        /// For what.
        route: Name,
        /// On what ground.
        ground: Option<Name>,
        /// In what words.
        note: String,
        /// What was recorded with it.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        facts: BTreeMap<Name, Value>,
    },
    /// A stage's decision stands.
    Decided {
        /// The stage.
        stage: Name,
        /// The route.
        route: Name,
        /// The grounds, in order and without doubles: of several officers each cites one.
        grounds: Vec<Name>,
        /// By whom.
        by: Decider,
        /// In what words.
        note: String,
        /// What was recorded with it.
        facts: BTreeMap<Name, Value>,
    },
    /// The applicant was asked, once, for all that is missing.
    Asked {
        /// By whom.
        officer: OfficerId,
        /// For what.
        items: Vec<AskedItem>,
        /// Until when.
        due: Timestamp,
    },
    /// The applicant answered.
    Supplied {
        /// With what.
        facts: BTreeMap<Name, Value>,
        /// What registers said about it.
        read: BTreeMap<String, Value>,
        /// The officers' deadline, moved by the applicant's own turn.
        due: Option<Timestamp>,
    },
    /// An authority answered.
    Consulted {
        /// The branch.
        branch: Name,
        /// The answer.
        opinion: Opinion,
        /// On what ground.
        ground: Option<Name>,
        /// By whom; nobody when deemed.
        officer: Option<OfficerId>,
        /// In what words.
        note: String,
    },
    /// A fee was paid.
    Paid {
        /// How much.
        amount: Money,
        /// The payment's reference.
        receipt: String,
    },
    /// A clock ran out.
    Lapsed {
        /// Which: the stage or branch.
        clock: Name,
        /// When it was due.
        due: Timestamp,
        /// Who was silent: officers, or nobody when it was the applicant's turn or time itself.
        silent: Vec<OfficerId>,
    },
    /// The applicant took the application back.
    Withdrawn {
        /// Why, if they said.
        reason: String,
    },
    /// An officer takes the case out of turn, before one that waits for them longer.
    Overtook {
        /// Who.
        officer: OfficerId,
        /// On what ground. Which cases were passed by follows from the record, and is not the applicant's to know.
        ground: Name,
    },
    /// A clerical error was mended.
    Corrected {
        /// In which fact.
        fact: Name,
        /// What stood there.
        was: Value,
        /// What stands now.
        value: Value,
        /// By whom: those who proposed it, and the last who agreed.
        officers: Vec<OfficerId>,
        /// What was wrong.
        reason: String,
    },
    /// The case ended.
    Ended {
        /// How.
        outcome: Outcome,
        /// What was issued.
        certificate: Option<Issued>,
        /// The register it enters and the record's values by concept.
        enter: Option<Entering>,
        /// Until when an appeal may be lodged.
        appeal_until: Option<Timestamp>,
        /// In an appeal: the appealed decision falls.
        overturn: bool,
    },
    /// An appeal was lodged.
    Appealed {
        /// The appeal.
        by: CaseId,
    },
    /// An appeal succeeded: the decision falls, and the case goes on.
    Overturned {
        /// The appeal.
        by: CaseId,
    },
    /// An officer of the authority had officers drawn who look at the case again.
    Convened {
        /// Who.
        officer: OfficerId,
        /// Why.
        reason: String,
    },
    /// An officer who was drawn to look at the case again leaves it as it stands.
    Kept {
        /// Who.
        officer: OfficerId,
        /// In what words.
        note: String,
    },
    /// An officer who was drawn to look at the case again proposed what others must agree to.
    Proposed {
        /// What.
        proposal: Proposal,
        /// Who.
        officer: OfficerId,
        /// Why, in their words.
        note: String,
    },
    /// The certificate was revoked.
    Revoked {
        /// On what ground.
        ground: Name,
        /// By whom: those who proposed it, and the last who agreed.
        officers: Vec<OfficerId>,
        /// In the last one's words.
        note: String,
    },
    /// Personal data was erased: from this case's events, and from all that was made of them. Of what kinds is known, of what value is not.
    Erased {
        /// The concepts whose values went, in order. What people wrote in their own words went with them, since it may repeat any of it.
        concepts: Vec<String>,
        /// Whether it is no longer known who applied.
        applicant: bool,
        /// Why.
        cause: Cause,
    },
}

/// Why an officer gave up a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vacancy {
    /// They said that they should not decide this case.
    Recused,
    /// They left the roster.
    Left,
    /// They are absent, and their cases were given to others.
    Absent,
}

/// What opens a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Its id.
    pub case: CaseId,
    /// The service.
    pub service: Name,
    /// Hash of the definition.
    pub definition: Digest,
    /// Who applied.
    pub applicant: Person,
    /// The appealed case.
    pub appeals: Option<CaseId>,
    /// What the applicant said.
    pub facts: BTreeMap<Name, Value>,
    /// What registers said.
    pub read: BTreeMap<String, Value>,
}

/// A record that enters a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entering {
    /// The register.
    pub register: Name,
    /// The record's key.
    pub key: String,
    /// Whose it is.
    pub held_by: Option<String>,
    /// Its values by concept.
    pub values: BTreeMap<String, Value>,
}

impl What {
    /// Whether it is an officer's own: what they say with it is theirs to sign.
    pub fn is_an_officers(&self) -> bool {
        match self {
            Self::Signed { .. }
            | Self::Asked { .. }
            | Self::Overtook { .. }
            | Self::Convened { .. }
            | Self::Kept { .. }
            | Self::Proposed { .. }
            | Self::Corrected { .. }
            | Self::Revoked { .. }
            | Self::Consulted { officer: Some(_), .. } => true,
            Self::Vacated { why, .. } => *why == Vacancy::Recused,
            Self::Decided { by, .. } => matches!(by, Decider::Officers(_)),
            _ => false,
        }
    }

    /// Whether it is the applicant's own, or done for them.
    pub fn is_an_applicants(&self) -> bool {
        matches!(self, Self::Opened(_) | Self::Supplied { .. } | Self::Withdrawn { .. })
    }

    /// The kind's name as it stands in the record.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::Entered { .. } => "entered",
            Self::Lot { .. } => "lot",
            Self::Shared { .. } => "shared",
            Self::Drawn { .. } => "drawn",
            Self::Seated { .. } => "seated",
            Self::Vacated { .. } => "vacated",
            Self::Ruled { .. } => "ruled",
            Self::Computed { .. } => "computed",
            Self::Booked { .. } => "booked",
            Self::Unbooked { .. } => "unbooked",
            Self::Signed { .. } => "signed",
            Self::Decided { .. } => "decided",
            Self::Asked { .. } => "asked",
            Self::Supplied { .. } => "supplied",
            Self::Consulted { .. } => "consulted",
            Self::Paid { .. } => "paid",
            Self::Lapsed { .. } => "lapsed",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Overtook { .. } => "overtook",
            Self::Corrected { .. } => "corrected",
            Self::Ended { .. } => "ended",
            Self::Appealed { .. } => "appealed",
            Self::Overturned { .. } => "overturned",
            Self::Convened { .. } => "convened",
            Self::Kept { .. } => "kept",
            Self::Proposed { .. } => "proposed",
            Self::Revoked { .. } => "revoked",
            Self::Erased { .. } => "erased",
        }
    }
}
