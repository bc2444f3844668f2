//! What was done in an audit, in numbers.
//!
//! Must not know of: findings.

use serde::{Deserialize, Serialize};

/// Counts over all that was audited, in this run and those that it continues.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Leaves of the log that were read.
    pub leaves: u64,
    /// Leaves that were made again from their events.
    pub leaves_recomputed: u64,
    /// Cases.
    pub cases: u64,
    /// Acts that were done again.
    pub acts: u64,
    /// Acts of which the log shows only a beginning; they are taken up when it goes on.
    pub unfinished: u64,
    /// Decisions that a table made.
    pub rules: u64,
    /// Acts of officers, on cases and on the roster, that nobody signed.
    pub acts_unsigned: u64,
    /// Draws that were drawn again.
    pub draws: u64,
    /// Those of them whose randomness the zone made by itself, so that nobody can prove that it was not chosen.
    pub draws_unproven: u64,
    /// Those of them in which the lot had nothing to choose: there were no more candidates than were drawn.
    pub draws_forced: u64,
    /// Deadlines that were counted again.
    pub deadlines: u64,
    /// Deadlines that ran out.
    pub lapses: u64,
    /// Events whose content was erased: their leaves stand, and nothing else of them can be checked.
    pub erased: u64,
    /// Events of cases that could not be followed any further after something in them differed.
    pub not_followed: u64,
    /// Acts of which it was taken on trust who sits in the matter, since a case that knew it was erased.
    pub seats_on_trust: u64,
    /// Definitions whose canonical form was held against its hash.
    pub definitions: u64,
    /// Certificates that were held against their cases.
    pub certificates: u64,
    /// Status lists.
    pub status_lists: u64,
    /// Register records.
    pub records: u64,
    /// Published figures.
    pub figures: u64,
    /// Published figures of which only bounds are known, since cases that they count were erased.
    pub figures_bounded: u64,
    /// Answers of functions for which they were asked again.
    pub functions: u64,
    /// Bookings in the goods accounts that were booked again.
    pub bookings: u64,
    /// Answers and bookings for which no function could be asked: what was given was erased or is missing, or the case or the accounts cannot be followed.
    pub functions_not_asked: u64,
    /// Acts by which an officer took up a case before one that had waited longer on the same desk.
    pub overtakings: u64,
}

impl Counts {
    pub(crate) fn add(&mut self, other: &Self) {
        let pairs: [(&mut u64, u64); 13] = [
            (&mut self.leaves_recomputed, other.leaves_recomputed),
            (&mut self.cases, other.cases),
            (&mut self.acts, other.acts),
            (&mut self.rules, other.rules),
            (&mut self.acts_unsigned, other.acts_unsigned),
            (&mut self.draws, other.draws),
            (&mut self.draws_unproven, other.draws_unproven),
            (&mut self.draws_forced, other.draws_forced),
            (&mut self.deadlines, other.deadlines),
            (&mut self.lapses, other.lapses),
            (&mut self.erased, other.erased),
            (&mut self.not_followed, other.not_followed),
            (&mut self.seats_on_trust, other.seats_on_trust),
        ];
        for (sum, more) in pairs {
            *sum = sum.saturating_add(more);
        }
    }
}
