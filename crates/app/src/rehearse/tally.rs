//! What a replay tells of itself while it runs: touches, silences, refusals, time in stages.
//!
//! Must not know of: how anything was decided.

use std::collections::BTreeMap;

use definition::model::{Name, Outcome};
use engine::case::{Case, Decider, branch_seat};
use engine::event::{Event, What};

use super::figures::between;
use super::report::{DeemedCase, NotAllowed, Outcomes};

/// What a replay told.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) touches: u64,
    pub(super) not_allowed: Vec<NotAllowed>,
    pub(super) deemed: Vec<DeemedCase>,
    pub(super) outcomes: Outcomes,
    pub(super) lapses: BTreeMap<String, u64>,
    /// Nanoseconds that cases stood in a stage, each time they left it.
    pub(super) in_stage: BTreeMap<Name, Vec<i128>>,
    pub(super) log_size: u64,
    pub(super) log_root: String,
}

/// What became of a case's seats so far.
#[derive(Debug, Default)]
pub(super) struct History {
    /// How each seat (a stage, or `stage/branch`) was left: `lapsed` or `done`.
    left: BTreeMap<String, &'static str>,
    /// The seats where silence decided.
    silent: Vec<String>,
}

impl History {
    /// What became of a seat.
    pub(super) fn of(&self, seat: &str) -> Option<&'static str> {
        self.left.get(seat).copied()
    }
}

impl Tally {
    /// Takes in what one act brought: the case before it, the events, in order.
    pub(super) fn count(&mut self, before: Option<&Case>, events: &[Event], history: &mut History) {
        let mut stood = before.map(|case| (case.stage.clone(), case.stage_since));
        for event in events {
            let stage = stood.as_ref().map(|(stage, _)| stage.clone()).unwrap_or_default();
            self.seats(&stage, &event.what, history);
            let next = match &event.what {
                What::Entered { stage, .. } => Some(stage.clone()),
                What::Ended { .. } => None,
                _ => continue,
            };
            let left = stood.take();
            // An end is entered and over in the same moment; nobody waits there.
            if let Some((left, since)) = left.filter(|(_, since)| next.is_some() || *since < event.at) {
                self.in_stage.entry(left).or_default().push(between(since, event.at));
            }
            stood = next.map(|stage| (stage, event.at));
        }
    }

    fn seats(&mut self, stage: &str, what: &What, history: &mut History) {
        match what {
            What::Lapsed { clock, .. } => {
                let seat = if clock == stage { clock.clone() } else { branch_seat(stage, clock) };
                let lapses = self.lapses.entry(seat.clone()).or_default();
                *lapses = lapses.saturating_add(1);
                history.left.insert(seat, "lapsed");
            }
            What::Decided { by: Decider::Silence(_), .. } => history.silent.push(stage.to_owned()),
            What::Consulted { branch, officer: None, .. } => history.silent.push(branch_seat(stage, branch)),
            What::Consulted { branch, .. } => drop(history.left.insert(branch_seat(stage, branch), "done")),
            What::Decided { .. } | What::Paid { .. } => drop(history.left.insert(stage.to_owned(), "done")),
            What::Supplied { due: None, .. } => drop(history.left.insert(stage.to_owned(), "done")),
            _ => {}
        }
    }

    /// Takes in where a case stands when the log ends.
    pub(super) fn end(&mut self, name: &str, case: Option<&Case>, history: &History) {
        let ended = case.and_then(|case| case.ended.as_ref());
        let outcomes = &mut self.outcomes;
        let counted = match (case, ended.map(|ended| ended.outcome)) {
            (None, _) => &mut outcomes.never_opened,
            (_, None) => &mut outcomes.open,
            (_, Some(Outcome::Granted)) => &mut outcomes.granted,
            (_, Some(Outcome::Refused)) => &mut outcomes.refused,
            (_, Some(Outcome::Lapsed)) => &mut outcomes.lapsed,
            (_, Some(Outcome::Withdrawn)) => &mut outcomes.withdrawn,
            (_, Some(Outcome::Closed)) => &mut outcomes.closed,
        };
        *counted = counted.saturating_add(1);
        if let Some(ended) = ended.filter(|ended| ended.outcome == Outcome::Granted && !history.silent.is_empty()) {
            let silent = history.silent.clone();
            self.deemed.push(DeemedCase { case: name.to_owned(), silent, granted: ended.at });
        }
    }
}
