//! What someone does in a case.
//!
//! Must not know of: what comes of it (that is `decide`).

use std::collections::BTreeMap;

use definition::model::{Name, Opinion};
use definition::value::{Money, Value};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::CaseId;
use crate::case::{AskedItem, Digest, OfficerId, Person};
use crate::event::Vacancy;
use crate::lot::Proof;
use crate::mandate::Agency;

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Actor {
    /// A person, as an applicant.
    Person(Person),
    /// A person who acts for the applicant under a mandate. Whoever says so has seen that it stands.
    Agent(Box<Agency>),
    /// An officer.
    Officer(OfficerId),
    /// The payment service, which alone says that money arrived.
    Treasury,
    /// The clock, which acts like anyone else.
    Clock,
    /// Whoever operates the zone, who can erase what no longer may be kept, and nothing else.
    Operator,
    /// Another case, by way of the outbox.
    Case(CaseId),
    /// The source of a draw's randomness, which only brings what it said.
    Beacon,
}

/// An act on a case that is open or has ended. (The act that opens one is [`Application`].)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "lowercase")]
pub enum Act {
    /// An officer chooses a route.
    Decide {
        /// The route.
        route: Name,
        /// The ground, where one is needed.
        #[serde(default)]
        ground: Option<Name>,
        /// In the officer's words.
        #[serde(default)]
        note: String,
        /// Facts recorded (inspections).
        #[serde(default)]
        facts: BTreeMap<Name, Value>,
    },
    /// An officer asks the applicant for all that is missing.
    Ask {
        /// What.
        items: Vec<AskedItem>,
    },
    /// The applicant supplies what is asked, or what the stage needs.
    Supply {
        /// What.
        facts: BTreeMap<Name, Value>,
    },
    /// A consulted officer answers.
    Advise {
        /// For which branch.
        branch: Name,
        /// What.
        opinion: Opinion,
        /// The ground of an objection.
        #[serde(default)]
        ground: Option<Name>,
        /// In the officer's words.
        #[serde(default)]
        note: String,
    },
    /// A payment arrived.
    Pay {
        /// Its reference at the payment service (1 to 64 characters).
        receipt: String,
        /// How much.
        amount: Money,
    },
    /// The applicant takes the application back.
    Withdraw {
        /// Why, if they like to say.
        #[serde(default)]
        reason: String,
    },
    /// An officer takes the case out of turn where the desk promises an order, and may then deal with it.
    Overtake {
        /// On what ground.
        ground: Name,
    },
    /// An officer of the authority has officers drawn who look whether an error is to be mended or the certificate revoked.
    Convene {
        /// Why.
        reason: String,
    },
    /// An officer who was drawn to look at the case again leaves it as it stands.
    Keep {
        /// In the officer's words.
        #[serde(default)]
        note: String,
    },
    /// An officer who was drawn to look at the case again proposes to mend a clerical error, or agrees with those who did.
    Correct {
        /// In which fact.
        fact: Name,
        /// What shall stand.
        value: Value,
        /// What was wrong.
        reason: String,
    },
    /// A clock has run out.
    Lapse {
        /// Which.
        clock: Name,
        /// The deadline that has passed.
        due: Timestamp,
    },
    /// The randomness of a lot is there. Whoever brings it has verified the proof.
    Draw {
        /// The seat.
        seat: String,
        /// The number of the event that fixed the lot.
        lot: u64,
        /// The randomness.
        randomness: Digest,
        /// That it is the source's.
        proof: Box<Proof>,
    },
    /// The lot of another case, for which this one waited, was drawn.
    Share {
        /// The seat.
        seat: String,
        /// The number of the event since which it waited.
        lot: u64,
    },
    /// An appeal was opened.
    Appeal {
        /// The appeal.
        by: CaseId,
        /// When it was opened: that is what must be in time, not the delivery of the word.
        opened: Timestamp,
    },
    /// An appeal succeeded.
    Overturn {
        /// The appeal.
        by: CaseId,
    },
    /// An officer who was drawn to look at the case again proposes to revoke the certificate, or agrees with those who did: on one ground, as many as decided and two at least revoke it.
    Revoke {
        /// On what ground.
        ground: Name,
        /// In the officer's words.
        #[serde(default)]
        note: String,
    },
    /// Personal data of a case that is over goes: what may be kept no longer, or on a ground all of it.
    Erase {
        /// On what ground; none when it is the clock that says so.
        ground: Option<Name>,
    },
    /// An officer who was drawn says that they should not decide this case.
    Recuse {
        /// Why.
        reason: String,
    },
    /// The seats of an officer who has left, or is absent with their cases given to others, are drawn for again.
    Vacate {
        /// Whose.
        officer: OfficerId,
        /// Why: never [`Vacancy::Recused`], which is the officer's own to say.
        why: Vacancy,
    },
}

impl Act {
    /// Whether it is an officer's to do, and so theirs to sign.
    pub fn is_an_officers(&self) -> bool {
        matches!(
            self,
            Self::Decide { .. }
                | Self::Ask { .. }
                | Self::Advise { .. }
                | Self::Overtake { .. }
                | Self::Convene { .. }
                | Self::Keep { .. }
                | Self::Correct { .. }
                | Self::Revoke { .. }
                | Self::Recuse { .. }
        )
    }

    /// Whether it answers to the stage in which the case stands, and would mean something else in another.
    pub(crate) fn is_for_a_stage(&self) -> bool {
        matches!(
            self,
            Self::Decide { .. }
                | Self::Ask { .. }
                | Self::Supply { .. }
                | Self::Advise { .. }
                | Self::Pay { .. }
                | Self::Overtake { .. }
                | Self::Recuse { .. }
        )
    }
}

/// The act that opens a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// The new case's id, drawn at random by the caller.
    pub case: CaseId,
    /// Who applies.
    pub applicant: Person,
    /// Who does it for them under a mandate, if somebody does. Whoever says so has seen that it stands.
    pub under: Option<Agency>,
    /// The case appealed against, for an appeal.
    pub appeals: Option<CaseId>,
    /// What they say.
    pub facts: BTreeMap<Name, Value>,
}
