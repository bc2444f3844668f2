//! The state of a mandate: the fold of its events, and whether it stands at a moment.

use std::collections::BTreeSet;

use definition::model::Name;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Agency, MandateAct, MandateEvent, Principal};
use crate::CaseId;
use crate::case::Person;

/// A mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// Number of events.
    pub seq: u64,
    /// For whom.
    pub principal: Principal,
    /// Who gave it.
    pub giver: Person,
    /// Who acts.
    pub agent: Person,
    /// For which services; all when empty.
    pub services: BTreeSet<Name>,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// When it was given.
    pub given: Timestamp,
    /// When the agent accepted.
    pub accepted: Option<Timestamp>,
    /// When the agent declined or gave it up.
    pub given_up: Option<Timestamp>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
}

/// How a mandate stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
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

/// Why a mandate does not let somebody act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// The agent has not accepted it.
    NotAccepted,
    /// Its time is yet to come.
    NotYet {
        /// When it comes.
        from: Timestamp,
    },
    /// Its time is over.
    Expired {
        /// Since when.
        until: Timestamp,
    },
    /// The agent gave it up.
    GivenUp {
        /// When.
        at: Timestamp,
    },
    /// It was taken back.
    Revoked {
        /// When.
        at: Timestamp,
    },
    /// It is not for this service.
    OtherService,
    /// It is not for this case, or not this person's.
    NotThis,
}

impl Mandate {
    /// The mandate after all these events; none when they do not begin with its giving, or cannot follow each other.
    pub fn fold<'e>(events: impl IntoIterator<Item = &'e MandateEvent>) -> Option<Self> {
        events.into_iter().try_fold(None, |before, event| Self::after(before, event).map(Some)).flatten()
    }

    /// The mandate after one more event; none when it cannot follow.
    pub fn after(before: Option<Self>, event: &MandateEvent) -> Option<Self> {
        match (before, &event.act) {
            (None, MandateAct::Give { principal, agent, services, from, until }) => Some(Self {
                seq: 1,
                principal: principal.clone(),
                giver: event.by.clone(),
                agent: agent.clone(),
                services: services.clone(),
                from: *from,
                until: *until,
                given: event.at,
                accepted: None,
                given_up: None,
                revoked: None,
            }),
            (None, _) | (Some(_), MandateAct::Give { .. }) => None,
            (Some(mut mandate), act) => {
                mandate.seq = mandate.seq.saturating_add(1);
                match act {
                    MandateAct::Accept => mandate.accepted = Some(event.at),
                    MandateAct::GiveUp => mandate.given_up = Some(event.at),
                    MandateAct::Revoke | MandateAct::Give { .. } => mandate.revoked = Some(event.at),
                }
                Some(mandate)
            }
        }
    }

    /// How it stands at a moment, after all the events that were folded.
    pub fn standing(&self, now: Timestamp) -> Standing {
        match self {
            Self { revoked: Some(_), .. } => Standing::Revoked,
            Self { given_up: Some(_), accepted: None, .. } => Standing::Declined,
            Self { given_up: Some(_), .. } => Standing::GivenUp,
            _ if self.until <= now => Standing::Expired,
            Self { accepted: None, .. } => Standing::Offered,
            _ if now < self.from => Standing::Coming,
            _ => Standing::Stands,
        }
    }

    /// Whether nothing can come of it any more.
    pub fn is_over(&self, now: Timestamp) -> bool {
        !matches!(self.standing(now), Standing::Offered | Standing::Coming | Standing::Stands)
    }

    /// Whether it lets its agent act in a service at a moment, after all the events that were folded.
    ///
    /// # Errors
    /// [`Lacking`] says what it lacks.
    pub fn allows(&self, agent: &str, service: &str, now: Timestamp) -> Result<(), Lacking> {
        if self.agent != agent {
            return Err(Lacking::NotThis);
        }
        match (self.standing(now), self.revoked, self.given_up) {
            (Standing::Stands, ..) if self.is_for(service) => Ok(()),
            (Standing::Stands, ..) => Err(Lacking::OtherService),
            (_, Some(at), _) => Err(Lacking::Revoked { at }),
            (_, None, Some(at)) => Err(Lacking::GivenUp { at }),
            (Standing::Expired, ..) => Err(Lacking::Expired { until: self.until }),
            (Standing::Coming, ..) => Err(Lacking::NotYet { from: self.from }),
            _ => Err(Lacking::NotAccepted),
        }
    }

    /// Whether it is for a service.
    pub fn is_for(&self, service: &str) -> bool {
        self.services.is_empty() || self.services.contains(service)
    }

    /// What an event says of somebody who acts under it.
    pub fn agency(&self, id: CaseId) -> Agency {
        Agency { mandate: id, agent: self.agent.clone(), principal: self.principal.clone() }
    }
}
