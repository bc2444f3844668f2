//! How many open cases wait for each officer, in log order, and what draws say of who is full.
//!
//! Must not know of: how a case moves; it is told for whom a case waits and for whom no longer.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use engine::CaseId;
use engine::case::OfficerId;
use serde::{Deserialize, Serialize};

use crate::checks::load_differs;
use crate::finding::{At, Findings};

/// What is told, in log order.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// The leaf of the act.
    pub(crate) index: u64,
    pub(crate) at_ms: i64,
    pub(crate) what: What,
}

/// What is told of an act; in one act, in this order.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// Somebody is drawn, or a lot fixed, as the case stood before the act.
    Fills(Filled),
    /// An open case waits for these officers no longer, and for those.
    Waits { no_longer: Vec<OfficerId>, now: Vec<OfficerId> },
    /// A case that cannot be followed, and may wait for anybody as long as it is open.
    Unseen { case: CaseId, open: bool },
}

/// Who could be drawn where some may hold only so many cases.
#[derive(Clone, Debug)]
pub(crate) struct Filled {
    pub(crate) place: At,
    pub(crate) seat: String,
    pub(crate) people: u32,
    /// Those who could be drawn, and whether they have a share.
    pub(crate) candidates: Vec<(OfficerId, bool)>,
    pub(crate) full: Vec<OfficerId>,
    /// How many open cases each may hold, as each roster has it that the act can have been made of.
    pub(crate) limits: BTreeMap<OfficerId, BTreeSet<Option<u32>>>,
}

/// All officers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Loads {
    officers: HashMap<OfficerId, Count>,
    /// Open cases that cannot be followed.
    unseen: BTreeSet<CaseId>,
    unseen_count: Count,
}

/// A number, and what it was a short time ago.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Count {
    now: u32,
    /// What it was until a moment: one entry for a second at most, however much happened in it.
    before: VecDeque<Was>,
}

/// What a number was at least and at most, until a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Was {
    until_ms: i64,
    least: u32,
    most: u32,
}

impl Count {
    fn change(&mut self, at_ms: i64, to: u32, tolerance_ms: i64) {
        // Times may run back by as much as is tolerated, so twice as much is kept.
        let oldest_ms = at_ms.saturating_sub(tolerance_ms.saturating_mul(2));
        while self.before.front().is_some_and(|was| was.until_ms < oldest_ms) {
            self.before.pop_front();
        }
        match self.before.back_mut() {
            Some(last) if last.until_ms.div_euclid(1000) == at_ms.div_euclid(1000) => {
                last.until_ms = last.until_ms.max(at_ms);
                (last.least, last.most) = (last.least.min(self.now), last.most.max(self.now));
            }
            _ => self.before.push_back(Was { until_ms: at_ms, least: self.now, most: self.now }),
        }
        self.now = to;
    }

    /// What it was at least and at most since a moment.
    fn since(&self, from_ms: i64) -> (u32, u32) {
        let before = self.before.iter().filter(|was| was.until_ms >= from_ms);
        before.fold((self.now, self.now), |(least, most), was| (least.min(was.least), most.max(was.most)))
    }
}

impl Loads {
    /// Takes up what is told. How full somebody is was read before the act was recorded, by a process for which others may have done something in between.
    pub(crate) fn follow(&mut self, mut told: Vec<Told>, tolerance_ms: i64, findings: &mut Findings) {
        told.sort_by_key(|one| (one.index, !matches!(one.what, What::Fills(_))));
        for Told { index: _, at_ms, what } in told {
            match what {
                What::Fills(filled) => {
                    let since = at_ms.saturating_sub(tolerance_ms);
                    load_differs::check(&filled, &|officer| self.held(officer, since), findings);
                }
                What::Waits { no_longer, now } => {
                    no_longer.into_iter().for_each(|officer| self.step(officer, at_ms, -1, tolerance_ms));
                    now.into_iter().for_each(|officer| self.step(officer, at_ms, 1, tolerance_ms));
                }
                What::Unseen { case, open } => {
                    let changed = if open { self.unseen.insert(case) } else { self.unseen.remove(&case) };
                    if changed {
                        let count = u32::try_from(self.unseen.len()).unwrap_or(u32::MAX);
                        self.unseen_count.change(at_ms, count, tolerance_ms);
                    }
                }
            }
        }
    }

    fn step(&mut self, officer: OfficerId, at_ms: i64, by: i32, tolerance_ms: i64) {
        let count = self.officers.entry(officer).or_default();
        count.change(at_ms, count.now.saturating_add_signed(by), tolerance_ms);
    }

    /// How many open cases an officer held since a moment: at least, and at most if all that cannot be followed waited for them.
    fn held(&self, officer: &str, since_ms: i64) -> (u32, u32) {
        let none = Count::default();
        let own = self.officers.get(officer).unwrap_or(&none);
        let (_, unseen) = self.unseen_count.since(since_ms);
        let (least, most) = own.since(since_ms);
        (least, most.saturating_add(unseen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE_MS: i64 = 60_000;

    fn waits(index: u64, at_ms: i64, no_longer: &[&str], now: &[&str]) -> Told {
        let all = |officers: &[&str]| officers.iter().map(|one| (*one).to_owned()).collect();
        Told { index, at_ms, what: What::Waits { no_longer: all(no_longer), now: all(now) } }
    }

    /// A draw of one among a, b and c, of whom a may hold one case and these are full.
    fn draws(index: u64, at_ms: i64, full: &[&str]) -> Told {
        let is_full = |one: &&str| full.contains(one);
        let all = ["a", "b", "c"];
        let limits = all.map(|one| (one.to_owned(), BTreeSet::from([(one == "a").then_some(1)])));
        let what = What::Fills(Filled {
            place: At::index(index),
            seat: "review".to_owned(),
            people: 1,
            candidates: all.iter().filter(|one| !is_full(one)).map(|one| ((*one).to_owned(), true)).collect(),
            full: full.iter().map(|one| (*one).to_owned()).collect(),
            limits: limits.into(),
        });
        Told { index, at_ms, what }
    }

    fn found(told: Vec<Told>) -> Vec<Option<u64>> {
        let mut findings = Findings::default();
        Loads::default().follow(told, MINUTE_MS, &mut findings);
        findings.list.iter().map(|finding| finding.leaf).collect()
    }

    #[test]
    fn who_has_no_case_is_not_full_and_who_has_one_is() {
        assert_eq!(found(vec![draws(1, 0, &["a"])]), [Some(1)]);
        assert_eq!(found(vec![draws(1, 0, &[])]), []);
        let one = || waits(1, 0, &[], &["a"]);
        assert_eq!(found(vec![one(), draws(2, 2 * MINUTE_MS, &["a"])]), []);
        assert_eq!(found(vec![one(), draws(2, 2 * MINUTE_MS, &[])]), [Some(2)]);
    }

    /// In the last minute another process may have seen what was there before.
    #[test]
    fn a_minute_counts_either_way() {
        let one = || waits(1, 0, &[], &["a"]);
        let none = || waits(2, 5 * MINUTE_MS, &["a"], &[]);
        assert_eq!(found(vec![one(), draws(2, 1000, &[]), draws(3, 1000, &["a"])]), []);
        assert_eq!(found(vec![one(), none(), draws(3, 5 * MINUTE_MS + 1000, &["a"])]), []);
        assert_eq!(found(vec![one(), none(), draws(3, 7 * MINUTE_MS, &["a"])]), [Some(3)]);
    }

    /// The act itself does not count, nor does the order in which it was told.
    #[test]
    fn a_draw_is_made_as_it_stood_before_the_act() {
        assert_eq!(found(vec![waits(7, 0, &[], &["a"]), draws(7, 0, &["a"])]), [Some(7)]);
    }

    /// Whatever an erased case waited for nobody knows, while it was open.
    #[test]
    fn an_open_case_that_cannot_be_followed_may_wait_for_anybody() {
        let unseen = |index, at_ms, open| {
            let case = CaseId([1; 16]);
            Told { index, at_ms, what: What::Unseen { case, open } }
        };
        assert_eq!(found(vec![unseen(1, 0, true), draws(2, 9 * MINUTE_MS, &["a"])]), []);
        let ended = vec![unseen(1, 0, true), unseen(2, 1000, false), draws(3, 9 * MINUTE_MS, &["a"])];
        assert_eq!(found(ended), [Some(3)]);
    }
}
