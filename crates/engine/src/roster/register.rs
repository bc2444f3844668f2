//! The state of the roster: the fold of its events, and nothing that does not follow from them.

use std::collections::{BTreeMap, BTreeSet};

use definition::model::Name;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::act::{RosterAct, RosterActor, RosterEvent};
use super::decide::{PROPOSAL_LIVES_H, RECOVERY_LIVES_H};
use crate::case::{OfficerId, Person};

/// How many keepers with a passkey make that the operator's word no longer counts, and how many must agree on what they do to others.
pub const KEEPERS_MIN: usize = 2;

/// The roster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// Number of events.
    pub seq: u64,
    /// Everybody who is or was on it.
    pub officers: BTreeMap<OfficerId, Entry>,
    /// Where the zone is found, once passkeys depend on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What one keeper wants and another has not agreed to yet, in the order in which it came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<Proposal>,
}

/// What a keeper wants to do to somebody, and which has no effect until a second keeper does the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The number of the event that says so.
    pub seq: u64,
    /// What.
    pub act: RosterAct,
    /// By which keeper.
    pub by: OfficerId,
    /// When.
    pub at: Timestamp,
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
    /// Until when they may register a passkey without having one, once two keepers agreed.
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

/// A recovery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// Until when a passkey may be registered.
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
        if self.awaits_another(event) {
            let RosterEvent { at, act, by: RosterActor::Officer(by), .. } = event.clone() else { return };
            self.proposals.push(Proposal { seq: self.seq, act, by, at });
            return;
        }
        self.proposals.retain(|proposal| !proposal.act.agrees_with(&event.act));
        match event.act.officer() {
            Some(officer) => step(self.officers.entry(officer.clone()).or_default(), event),
            None => self.step(&event.act),
        }
    }

    /// Whether an act has no effect before another keeper does the same. What was proposed too long ago is forgotten.
    fn awaits_another(&mut self, event: &RosterEvent) -> bool {
        self.proposals.retain(|proposal| lives(proposal, event.at));
        self.agreements(&event.by, &event.act) > 1 && self.agreeing(&event.by, &event.act, event.at).is_empty()
    }

    /// How many keepers must agree on an act. One is enough for what concerns oneself, for a passkey that was stolen, and for whoever comes back early.
    /// What is done to a keeper can take the agreement of no more others than there are.
    pub fn agreements(&self, by: &RosterActor, act: &RosterAct) -> usize {
        let (RosterActor::Officer(by), Some(about)) = (by, act.officer()) else { return 1 };
        if by == about || !self.is_kept() {
            return 1;
        }
        let others = self.keepers().filter(|keeper| *keeper != about).count();
        match act {
            RosterAct::Recover { .. } => KEEPERS_MIN,
            RosterAct::WithdrawPasskey { credential, .. } if !self.signs_by_it_alone(about, credential) => 1,
            RosterAct::Return { .. }
            | RosterAct::AddPasskey { .. }
            | RosterAct::Relate { .. }
            | RosterAct::Address { .. } => 1,
            _ => KEEPERS_MIN.min(others),
        }
    }

    /// Whether a keeper wants the same already, and waits for another.
    pub fn has_proposed(&self, by: &RosterActor, act: &RosterAct, at: Timestamp) -> bool {
        let RosterActor::Officer(by) = by else { return false };
        let own = |one: &Proposal| one.by == *by && lives(one, at) && one.act.agrees_with(act);
        self.proposals.iter().any(own) && self.agreeing(&RosterActor::Officer(by.clone()), act, at).is_empty()
    }

    /// Whether it is the one passkey by which a keeper watches.
    fn signs_by_it_alone(&self, officer: &str, credential: &[u8]) -> bool {
        let alone = |passkeys: &[Passkey]| matches!(passkeys, [only] if only.credential == credential);
        self.of(officer).is_some_and(|entry| entry.keeper && alone(&entry.passkeys))
    }

    /// The other keepers who want the same at a moment, and can still sign for it.
    pub fn agreeing(&self, by: &RosterActor, act: &RosterAct, at: Timestamp) -> Vec<&OfficerId> {
        let others = self.proposals.iter().filter(|proposal| lives(proposal, at) && proposal.act.agrees_with(act));
        let others = others.map(|proposal| &proposal.by).filter(|keeper| self.keepers().any(|one| one == *keeper));
        others.filter(|keeper| !matches!(by, RosterActor::Officer(by) if by == *keeper)).collect()
    }

    fn step(&mut self, act: &RosterAct) {
        if let RosterAct::Address { url } = act {
            self.address = Some(url.clone());
        }
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
            // Who an officer is does not change with their weight: only leaving takes it away.
            if person.is_some() {
                entry.person.clone_from(person);
            }
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
        RosterAct::Recover { .. } => {
            let until = event.at.checked_add(SignedDuration::from_hours(RECOVERY_LIVES_H));
            entry.recovery.until = Some(until.unwrap_or(Timestamp::MAX));
        }
        RosterAct::Relate { with, .. } => drop(entry.relations.insert(with.clone())),
        RosterAct::Unrelate { with, .. } => drop(entry.relations.remove(with)),
        RosterAct::Address { .. } => {}
    }
}

/// Whether a proposal still waits for another keeper.
fn lives(proposal: &Proposal, at: Timestamp) -> bool {
    at.duration_since(proposal.at) < SignedDuration::from_hours(PROPOSAL_LIVES_H)
}
