//! What can be done to the roster, and how it is recorded.

use definition::model::Name;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::case::{OfficerId, Person};
use crate::signed::Signed;

/// Who acts on the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RosterActor {
    /// An officer or keeper, in their own name.
    Officer(OfficerId),
    /// Whoever runs the zone's machine: only until keepers watch over the roster.
    Operator,
}

/// An act on the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum RosterAct {
    /// An officer takes on a role, or holds it with another weight.
    Join {
        /// Who.
        officer: OfficerId,
        /// The role.
        role: Name,
        /// The person the officer is, so that nobody decides their own case.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<Person>,
        /// Their share of draws (0 to 1,000,000; 0 is never drawn).
        weight: u32,
    },
    /// An officer gives up a role, or leaves the service.
    Leave {
        /// Who.
        officer: OfficerId,
        /// The role; all of them, and the keeping, without one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<Name>,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// How many open cases may wait for an officer before others are drawn.
    Limit {
        /// Who.
        officer: OfficerId,
        /// How many (1 to 10,000); as many as come without it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most_open: Option<u32>,
    },
    /// An officer is not there: they are not drawn meanwhile.
    Absent {
        /// Who.
        officer: OfficerId,
        /// From when.
        from: Timestamp,
        /// Until when; later than `from`.
        until: Timestamp,
        /// The cases that wait for them are drawn for again when the absence begins.
        replaced: bool,
    },
    /// An officer is back before the end of their absence.
    Return {
        /// Who.
        officer: OfficerId,
    },
    /// Somebody becomes a keeper of the roster.
    Keep {
        /// Who.
        officer: OfficerId,
    },
    /// Somebody is a keeper no longer.
    Unkeep {
        /// Who.
        officer: OfficerId,
    },
    /// A passkey is an officer's from now on.
    AddPasskey {
        /// Whose.
        officer: OfficerId,
        /// Its credential id.
        #[serde(with = "hex")]
        credential: Vec<u8>,
        /// Its public key, a COSE_Key.
        #[serde(with = "hex")]
        key: Vec<u8>,
        /// What its owner calls it.
        name: String,
    },
    /// A passkey signs nothing any more.
    WithdrawPasskey {
        /// Whose.
        officer: OfficerId,
        /// Its credential id.
        #[serde(with = "hex")]
        credential: Vec<u8>,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// An officer without a passkey may register one.
    Recover {
        /// Who may.
        officer: OfficerId,
        /// Why.
        reason: String,
    },
    /// An officer declares a relation: they are not drawn for cases of that person or about that record, and may not act in them.
    Relate {
        /// Who.
        officer: OfficerId,
        /// With whom or what: a person's id, or the key of a record such as a company's.
        with: String,
        /// Of what kind, in the officer's words.
        reason: String,
    },
    /// A declared relation holds no longer: a keeper's to say.
    Unrelate {
        /// Who.
        officer: OfficerId,
        /// With whom or what.
        with: String,
    },
    /// The zone is found at this address from now on: what officers sign names it as the origin of the page on which they signed
    /// (WebAuthn Level 3, section 5.8.1), so whoever verifies a signature years later must know which address stood then.
    Address {
        /// The address, without a slash at the end (1 to 200 characters).
        url: String,
    },
}

/// An act on the roster as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterEvent {
    /// When. Order is the sequence number, never this.
    pub at: Timestamp,
    /// By whom.
    pub by: RosterActor,
    /// What.
    #[serde(flatten)]
    pub act: RosterAct,
    /// As they signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Box<Signed>>,
}

impl RosterAct {
    /// The kind's name in the record and the log.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Join { .. } => "roster-join",
            Self::Leave { .. } => "roster-leave",
            Self::Limit { .. } => "roster-limit",
            Self::Absent { .. } => "roster-absent",
            Self::Return { .. } => "roster-return",
            Self::Keep { .. } => "roster-keep",
            Self::Unkeep { .. } => "roster-unkeep",
            Self::AddPasskey { .. } => "roster-add-passkey",
            Self::WithdrawPasskey { .. } => "roster-withdraw-passkey",
            Self::Recover { .. } => "roster-recover",
            Self::Relate { .. } => "roster-relate",
            Self::Unrelate { .. } => "roster-unrelate",
            Self::Address { .. } => "roster-address",
        }
    }

    /// Whether two keepers mean the same by two acts: each has reasons of their own.
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.without_reason() == other.without_reason()
    }

    fn without_reason(&self) -> Self {
        let mut act = self.clone();
        if let Self::Leave { reason, .. } | Self::WithdrawPasskey { reason, .. } | Self::Recover { reason, .. } =
            &mut act
        {
            reason.clear();
        }
        act
    }

    /// Whom it is about; nobody where it is about the zone.
    pub fn officer(&self) -> Option<&OfficerId> {
        match self {
            Self::Join { officer, .. }
            | Self::Leave { officer, .. }
            | Self::Limit { officer, .. }
            | Self::Absent { officer, .. }
            | Self::Return { officer }
            | Self::Keep { officer }
            | Self::Unkeep { officer }
            | Self::AddPasskey { officer, .. }
            | Self::WithdrawPasskey { officer, .. }
            | Self::Recover { officer, .. }
            | Self::Relate { officer, .. }
            | Self::Unrelate { officer, .. } => Some(officer),
            Self::Address { .. } => None,
        }
    }
}
