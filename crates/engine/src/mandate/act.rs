//! What can be done to a mandate, and how it is recorded.

use std::collections::BTreeSet;

use definition::model::Name;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Principal;
use crate::case::Person;

/// An act on a mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum MandateAct {
    /// Whoever holds the principal offers a person to act for it. Nothing follows from it until they accept.
    Give {
        /// For whom.
        principal: Principal,
        /// Who shall act. They can give it on to nobody.
        agent: Person,
        /// For which services; all that there are for such a principal when empty.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        services: BTreeSet<Name>,
        /// From when.
        from: Timestamp,
        /// Until when; later than `from`.
        until: Timestamp,
    },
    /// The agent accepts: nobody becomes somebody's agent unasked.
    Accept,
    /// The agent declines, or gives the mandate up.
    GiveUp,
    /// Whoever holds the principal takes the mandate back.
    Revoke,
}

/// An act on a mandate as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MandateEvent {
    /// When. Order is the sequence number, never this.
    pub at: Timestamp,
    /// By whom.
    pub by: Person,
    /// What.
    #[serde(flatten)]
    pub act: MandateAct,
}

impl MandateAct {
    /// The kind's name in the record and the log.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Give { .. } => "mandate-give",
            Self::Accept => "mandate-accept",
            Self::GiveUp => "mandate-give-up",
            Self::Revoke => "mandate-revoke",
        }
    }
}
