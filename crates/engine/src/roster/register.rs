//! The state of the roster: the fold of its events, and nothing that does not follow from them.

use std::collections::{BTreeMap, BTreeSet};

use definition::model::Name;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::act::{RosterAct, RosterActor, RosterEvent};
use super::decide::RECOVERY_LIVES_H;
use crate::case::{OfficerId, Person};

/// How many keepers with a passkey make that the operator's word no longer counts, and how many must agree on a recovery.
pub const KEEPERS_MIN: usize = 2;

/// The roster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// Number of events.
    pub seq: u64,
    /// Everybody who is or was on it.
    pub officers: BTreeMap<OfficerId, Entry>,
}

/// What the roster says of one officer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The roles they hold, each with their share of draws.
    #[serde(default)]
    pub roles: BTreeMap<Name, u32>,
    /// The person they are.
    #[serde(default)]
    pub person: Option<Person>,
    /// Whether they are a keeper of the roster.
    #[serde(default)]
    pub keeper: bool,
    /// Most open cases.
    #[serde(default)]
    pub most_open: Option<u32>,
    /// Their last absence.
    #[serde(default)]
    pub absence: Option<Absence>,
    /// The passkeys that sign for them, in the order in which they came.
    #[serde(default)]
    pub passkeys: Vec<Passkey>,
    /// Keepers who agree that they may register a passkey without having one.
    #[serde(default)]
    pub recovery: Recovery,
    /// Whom and what they declared a relation with.
    #[serde(default)]
    pub relations: BTreeSet<String>,
}

/// An absence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Whether their cases are drawn for again.
    pub replaced: bool,
}

/// A passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// Its credential id.
    #[serde(with = "hex")]
    pub credential: Vec<u8>,
    /// Its public key, a COSE_Key.
    #[serde(with = "hex")]
    pub key: Vec<u8>,
    /// What its owner calls it.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
}

/// A recovery under way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// The keepers who agree.
    #[serde(default)]
    pub agreed: BTreeSet<OfficerId>,
    /// Until when a passkey may be registered; set when enough agree.
    #[serde(default)]
    pub until: Option<Timestamp>,
}

impl Entry {
    /// Whether they are on the roster: they hold a role, or keep it.
    pub fn serves(&self) -> bool {
        self.keeper || !self.roles.is_empty()
    }

    /// Whether they are absent at a moment.
    pub fn is_absent(&self, at: Timestamp) -> bool {
        self.absence.as_ref().is_some_and(|absence| absence.from <= at && at < absence.until)
    }
}

impl Register {
    /// The roster after all these events.
    pub fn fold<'e>(events: impl IntoIterator<Item = &'e RosterEvent>) -> Self {
        let mut register = Self::default();
        events.into_iter().for_each(|event| register.follow(event));
        register
    }

    /// The roster after one more event.
    pub fn follow(&mut self, event: &RosterEvent) {
        self.seq = self.seq.saturating_add(1);
        let entry = self.officers.entry(event.act.officer().clone()).or_default();
        step(entry, event);
    }

    /// What it says of an officer.
    pub fn of(&self, officer: &str) -> Option<&Entry> {
        self.officers.get(officer)
    }

    /// Whose passkey this is, with the passkey.
    pub fn owner(&self, credential: &[u8]) -> Option<(&OfficerId, &Passkey)> {
        self.officers.iter().find_map(|(officer, entry)| {
            let passkey = entry.passkeys.iter().find(|passkey| passkey.credential == credential)?;
            Some((officer, passkey))
        })
    }

    /// Whether anybody has a passkey.
    pub fn has_passkeys(&self) -> bool {
        self.officers.values().any(|entry| !entry.passkeys.is_empty())
    }

    /// The keepers who can sign.
    pub fn keepers(&self) -> impl Iterator<Item = &OfficerId> {
        self.officers.iter().filter(|(_, entry)| entry.keeper && !entry.passkeys.is_empty()).map(|(officer, _)| officer)
    }

    /// Whether keepers watch over it, and the operator's word no longer counts.
    pub fn is_kept(&self) -> bool {
        self.keepers().count() >= KEEPERS_MIN
    }
}

fn step(entry: &mut Entry, event: &RosterEvent) {
    match &event.act {
        RosterAct::Join { role, person, weight, .. } => {
            entry.roles.insert(role.clone(), *weight);
            entry.person.clone_from(person);
        }
        RosterAct::Leave { role: Some(role), .. } => drop(entry.roles.remove(role)),
        // Relations stay, should they come back; passkeys do not.
        RosterAct::Leave { role: None, .. } => {
            *entry = Entry { relations: std::mem::take(&mut entry.relations), ..Entry::default() }
        }
        RosterAct::Limit { most_open, .. } => entry.most_open = *most_open,
        RosterAct::Absent { from, until, replaced, .. } => {
            entry.absence = Some(Absence { from: *from, until: *until, replaced: *replaced });
        }
        RosterAct::Return { .. } => entry.absence = None,
        RosterAct::Keep { .. } => entry.keeper = true,
        RosterAct::Unkeep { .. } => entry.keeper = false,
        RosterAct::AddPasskey { credential, key, name, .. } => {
            let (credential, key, name) = (credential.clone(), key.clone(), name.clone());
            entry.passkeys.push(Passkey { credential, key, name, since: event.at });
            entry.recovery = Recovery::default();
        }
        RosterAct::WithdrawPasskey { credential, .. } => {
            entry.passkeys.retain(|passkey| passkey.credential != *credential);
        }
        RosterAct::Recover { .. } => agree(&mut entry.recovery, &event.by, event.at),
        RosterAct::Relate { with, .. } => drop(entry.relations.insert(with.clone())),
        RosterAct::Unrelate { with, .. } => drop(entry.relations.remove(with)),
    }
}

fn agree(recovery: &mut Recovery, by: &RosterActor, at: Timestamp) {
    match by {
        RosterActor::Officer(keeper) => drop(recovery.agreed.insert(keeper.clone())),
        // Where no keepers watch, the operator's word is enough.
        RosterActor::Operator => {}
    }
    if recovery.agreed.len() >= KEEPERS_MIN || *by == RosterActor::Operator {
        recovery.until = Some(at.checked_add(SignedDuration::from_hours(RECOVERY_LIVES_H)).unwrap_or(Timestamp::MAX));
        recovery.agreed.clear();
    }
}
