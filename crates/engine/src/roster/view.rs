//! The roster as draws and rights see it at one moment.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::register::{Entry, Register};
use crate::case::OfficerId;
use crate::world::{Relation, Roster, Seat};

impl Register {
    /// Who holds which role at a moment, who is absent, and what keeps whom from which cases.
    pub fn at(&self, now: Timestamp) -> Roster {
        roster(self.officers.iter(), now)
    }

    /// The same of these officers alone.
    pub fn at_of(&self, officers: &BTreeSet<&str>, now: Timestamp) -> Roster {
        roster(officers.iter().filter_map(|officer| self.officers.get_key_value(*officer)), now)
    }

    /// The next moment after `now` at which [`Register::at`] says something else, if nothing is recorded until then.
    pub fn changes_after(&self, now: Timestamp) -> Option<Timestamp> {
        let ends = self.officers.values().filter_map(|entry| entry.absence.as_ref());
        ends.flat_map(|absence| [absence.from, absence.until]).filter(|moment| *moment > now).min()
    }
}

fn roster<'e>(officers: impl Iterator<Item = (&'e OfficerId, &'e Entry)>, now: Timestamp) -> Roster {
    let mut roster = Roster::default();
    for (officer, entry) in officers {
        let seat = |(role, weight): (&String, &u32)| Seat {
            role: role.clone(),
            officer: officer.clone(),
            person: entry.person.clone(),
            weight: *weight,
            most_open: entry.most_open,
        };
        roster.seats.extend(entry.roles.iter().map(seat));
        let relation =
            |with: &String| Relation { officer: officer.clone(), with: with.clone(), holds: false, acts: false };
        roster.relations.extend(entry.relations.iter().map(relation));
        if entry.is_absent(now) {
            roster.away.insert(officer.clone());
            if entry.absence.as_ref().is_some_and(|absence| absence.replaced) {
                roster.replaced.insert(officer.clone());
            }
        }
    }
    roster
}
