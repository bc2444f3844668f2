//! Order: who waits on which desk since when, and whom a draw left out, over all cases in log order.
//!
//! Must not know of: how a case moves; it is told who came to a desk, who acted there and who left.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use engine::CaseId;
use engine::case::Digest;
use serde::{Deserialize, Serialize};

use crate::checks::{longer_waiting, queue_overtaken, roster_flickers};
use crate::finding::{At, Findings};

/// Something that happened on an officer's desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    /// The leaf of the act.
    pub(crate) index: u64,
    pub(crate) case: CaseId,
    /// The case's first leaf.
    pub(crate) opened: u64,
    pub(crate) officer: String,
    /// Service and stage.
    pub(crate) desk: String,
    /// Whether the definition promises that cases are dealt with there as they were opened.
    pub(crate) promised: bool,
    pub(crate) what: Moved,
}

/// What happened; in one act, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Moved {
    /// By one who was let take it out of turn on a ground.
    ActedOnGround,
    Acted,
    Left,
    Came,
}

/// A draw for a seat in which nobody sat before.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    pub(crate) index: u64,
    pub(crate) case: CaseId,
    /// Service and seat.
    pub(crate) seat: String,
    pub(crate) roster: Digest,
    pub(crate) candidates: BTreeSet<String>,
}

/// All desks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Desks {
    /// By officer and desk: the cases that wait, by the leaf at which they came.
    waiting: HashMap<String, BTreeMap<u64, Waits>>,
    /// The last two rosters of a seat that differ, and the leaf of the first draw from the second.
    rosters: HashMap<String, Rosters>,
    /// Overtakings so far.
    pub(crate) overtakings: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Waits {
    case: CaseId,
    /// The case's first leaf.
    opened: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Rosters {
    before: Option<BTreeSet<String>>,
    last: Option<(u64, CaseId, Digest, BTreeSet<String>)>,
}

impl Desks {
    /// Takes up moves in log order.
    pub(crate) fn follow(&mut self, moves: &[Move], findings: &mut Findings) {
        for one in moves {
            let key = format!("{} {}", one.officer, one.desk);
            let waiting = self.waiting.entry(key).or_default();
            let here = waiting.iter().find(|(_, waits)| waits.case == one.case).map(|(since, _)| *since);
            match one.what {
                Moved::Came => drop(waiting.insert(one.index, Waits { case: one.case, opened: one.opened })),
                Moved::Left => drop(here.and_then(|since| waiting.remove(&since))),
                Moved::Acted | Moved::ActedOnGround => {
                    if let Some(overtaken) = overtaken(waiting, one, here) {
                        self.overtakings = self.overtakings.saturating_add(1);
                        say(one, overtaken, self.overtakings, findings);
                    }
                }
            }
        }
    }

    /// Takes up draws in log order.
    pub(crate) fn drawn(&mut self, draws: Vec<Drawn>, findings: &mut Findings) {
        for draw in draws {
            let rosters = self.rosters.entry(draw.seat).or_default();
            if rosters.last.as_ref().is_some_and(|(_, _, roster, _)| *roster == draw.roster) {
                continue;
            }
            if let (Some(before), Some((index, case, _, middle))) = (&rosters.before, &rosters.last) {
                roster_flickers::check(At::leaf(*index, case.0), before, middle, &draw.candidates, findings);
            }
            rosters.before = rosters.last.take().map(|(.., candidates)| candidates);
            rosters.last = Some((draw.index, draw.case, draw.roster, draw.candidates));
        }
    }
}

/// Whom an act passed by: of the cases that waited with the officer, the one that was opened first, where the definition promises that order; else the
/// one that came to the desk first. The leaf that tells which.
fn overtaken(waiting: &BTreeMap<u64, Waits>, act: &Move, here: Option<u64>) -> Option<u64> {
    if act.promised {
        let others = waiting.values().filter(|waits| waits.case != act.case).map(|waits| waits.opened);
        return others.min().filter(|first| *first < act.opened);
    }
    let first = waiting.first_key_value().map(|(since, _)| *since);
    first.filter(|first| here.is_some_and(|here| *first < here))
}

fn say(act: &Move, overtaken: u64, overtakings: u64, findings: &mut Findings) {
    let at = At::leaf(act.index, act.case.0);
    match act.what {
        // The ground stands in the record, and is counted with the others.
        Moved::ActedOnGround => {}
        _ if act.promised => queue_overtaken::check(at, &act.officer, &act.desk, overtaken, findings),
        _ if overtakings <= longer_waiting::TOLD_MAX => {
            longer_waiting::check(at, &act.officer, &act.desk, overtaken, findings);
        }
        _ => {}
    }
}
