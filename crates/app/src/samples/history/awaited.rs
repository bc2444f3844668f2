//! Who is awaited in a case, and how long people take.
//!
//! Must not know of: what they will do.

use definition::model::Outcome;
use engine::case::{Case, OfficerId, Turn};
use jiff::{SignedDuration, Timestamp};
use rand::RngExt as _;
use rand::rngs::StdRng;

/// How people use the time that they have, in hundredths of it: one of these, each as likely. More than a hundred is silence.
const OF_THE_TIME: [i32; 12] = [2, 4, 7, 10, 14, 19, 26, 34, 45, 62, 88, 130];
/// Of a hundred who were refused, so many appeal.
const APPEALS_PERCENT: u32 = 20;
/// Of a hundred granted cases, in so many an officer asks that it be looked at again.
const LOOKS_AGAIN_PERCENT: u32 = 2;
/// Until when somebody thinks of it, or looks: no law bounds that.
const LOOKING: SignedDuration = SignedDuration::from_hours(10 * 24);

/// Who is to act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Party {
    /// The applicant answers, supplies or appeals.
    Applicant,
    /// The applicant pays.
    Payer,
    /// An officer who was drawn.
    Officer(OfficerId),
    /// Any officer of the authority, who asks that the case be looked at again.
    Colleague,
}

/// A wait for somebody.
pub(super) struct Awaited {
    pub(super) party: Party,
    pub(super) due: Timestamp,
}

/// Who is awaited in a case now.
pub(super) fn of(case: &Case, dice: &mut StdRng) -> Vec<Awaited> {
    let one = |party: Party, due: Timestamp| vec![Awaited { party, due }];
    match &case.turn {
        Turn::Rules | Turn::Waiting { .. } => Vec::new(),
        Turn::Officers { due, .. } => {
            case.holders().into_iter().map(|officer| Awaited { party: Party::Officer(officer), due: *due }).collect()
        }
        Turn::Consult { branches } => {
            let due = branches.values().filter(|branch| branch.opinion.is_none()).map(|branch| branch.due).min();
            let due = due.unwrap_or(case.stage_since);
            case.holders().into_iter().map(|officer| Awaited { party: Party::Officer(officer), due }).collect()
        }
        Turn::Answer { due, .. } | Turn::Applicant { due } => one(Party::Applicant, *due),
        Turn::Payment { due, .. } => one(Party::Payer, *due),
        Turn::Ended => ended(case, dice),
    }
}

fn ended(case: &Case, dice: &mut StdRng) -> Vec<Awaited> {
    let Some(ended) = &case.ended else { return Vec::new() };
    let later = |since: Timestamp| since.checked_add(LOOKING).unwrap_or(since);
    if !case.called.is_empty() {
        let due = later(ended.at);
        return case.called.iter().map(|officer| Awaited { party: Party::Officer(officer.clone()), due }).collect();
    }
    let just_ended = ended.seq == case.seq;
    let mut chance = |percent: u32| just_ended && dice.random_range(0..100) < percent;
    match (ended.outcome, ended.appeal_until, &ended.certificate) {
        (Outcome::Refused, Some(until), _) if chance(APPEALS_PERCENT) => {
            vec![Awaited { party: Party::Applicant, due: until }]
        }
        (Outcome::Granted, _, Some(_)) if chance(LOOKS_AGAIN_PERCENT) => {
            vec![Awaited { party: Party::Colleague, due: later(ended.at) }]
        }
        _ => Vec::new(),
    }
}

/// How long somebody takes who has so much time; at least a minute, so that no two things happen at once.
pub(super) fn delay(has: SignedDuration, dice: &mut StdRng) -> SignedDuration {
    let hundredths = OF_THE_TIME.get(dice.random_range(0..OF_THE_TIME.len())).copied().unwrap_or(0);
    let wobble = SignedDuration::from_secs(dice.random_range(60..3600));
    let takes = has.max(SignedDuration::ZERO).checked_mul(hundredths).and_then(|span| span.checked_div(100));
    takes.unwrap_or(SignedDuration::ZERO).saturating_add(wobble)
}
