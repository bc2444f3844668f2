//! What the log says by itself, whatever the definition: the figures of process mining, in whole nanoseconds until they are rounded.
//!
//! Must not know of: the replay.

use std::collections::{BTreeMap, BTreeSet};

use definition::Checked;
use definition::model::Service;
use jiff::Timestamp;

use super::map::first_word;
use super::past::{Past, PastCase};
use super::report::{LateCase, Rounded, SamePerson, Times, count};

/// Nanoseconds in a day of 86,400 s.
const DAY_NS: i128 = 86_400_000_000_000;

/// How many different ones there are.
pub(super) fn different<'a>(all: impl Iterator<Item = &'a str>) -> u64 {
    count(all.collect::<BTreeSet<_>>().len())
}

/// Cases closed strictly after their recorded deadline.
pub(super) fn late_cases(past: &Past) -> Vec<LateCase> {
    let late = |case: &PastCase| {
        let (deadline, closed) = (case.deadline?, case.closed?);
        let days_late = days(between(deadline, closed)).filter(|_| closed > deadline)?;
        Some(LateCase { case: case.name.clone(), deadline, closed, days_late })
    };
    past.cases.iter().filter_map(late).collect()
}

/// How many cases were closed after the definition's promise, counted from their first event.
pub(super) fn past_promise(past: &Past, service: &Checked<Service>) -> u64 {
    let broken = |case: &&PastCase| {
        let due = case.acts.first().and_then(|first| engine::clock::due(service.zone(), first.at, service.within));
        matches!((due, case.closed), (Some(due), Some(closed)) if closed >= due)
    };
    count(past.cases.iter().filter(broken).count())
}

/// By pair of activities: the cases that have both, and those where one person did both.
pub(super) fn same_person(
    past: &Past,
    pairs: &[(String, String)],
) -> (BTreeMap<String, SamePerson>, BTreeMap<String, Vec<String>>) {
    let mut figures = BTreeMap::new();
    let mut cases = BTreeMap::new();
    for (one, other) in pairs {
        let both = past.cases.iter().filter(|case| has(case, one) && has(case, other));
        let both: Vec<&PastCase> = both.collect();
        let same = both.iter().filter(|case| !people(case, one).is_disjoint(&people(case, other)));
        let same: Vec<String> = same.map(|case| case.name.clone()).collect();
        let pair = format!("{one}+{other}");
        figures.insert(pair.clone(), SamePerson { both: count(both.len()), same: count(same.len()) });
        cases.insert(pair, same);
    }
    (figures, cases)
}

fn has(case: &PastCase, word: &str) -> bool {
    case.acts.iter().any(|act| first_word(&act.activity) == word)
}

/// Who did the activity in the case.
fn people<'a>(case: &'a PastCase, word: &str) -> BTreeSet<&'a str> {
    let acts = case.acts.iter().filter(|act| first_word(&act.activity) == word);
    acts.filter_map(|act| act.person.as_deref()).collect()
}

/// How many different sequences of activities there are.
pub(super) fn variants(past: &Past) -> u64 {
    let sequence = |case: &'_ PastCase| case.acts.iter().map(|act| act.activity.clone()).collect::<Vec<_>>();
    count(past.cases.iter().map(sequence).collect::<BTreeSet<_>>().len())
}

/// Mean over all cases of the time from the first event to the last.
pub(super) fn mean_elapsed_days(past: &Past) -> Option<Rounded> {
    let elapsed = |case: &PastCase| Some(between(case.acts.first()?.at, case.acts.last()?.at));
    let total: i128 = past.cases.iter().filter_map(elapsed).sum();
    let cases = i128::try_from(past.cases.len()).ok()?;
    Rounded::ratio(total, cases.checked_mul(DAY_NS)?, 3)
}

/// Of all time between consecutive events of a case, the share where the person changes.
pub(super) fn handover_share(past: &Past) -> Option<Rounded> {
    let (mut all, mut changed) = (0_i128, 0_i128);
    for (before, after) in past.cases.iter().flat_map(|case| case.acts.iter().zip(case.acts.iter().skip(1))) {
        let passed = between(before.at, after.at);
        all = all.saturating_add(passed);
        if before.person != after.person {
            changed = changed.saturating_add(passed);
        }
    }
    Rounded::ratio(changed, all, 4)
}

/// Where time went: before each activity, since the event before it in its case.
pub(super) fn time_before_activity(past: &Past) -> BTreeMap<String, Times> {
    let mut waited: BTreeMap<&str, Vec<i128>> = BTreeMap::new();
    for (before, after) in past.cases.iter().flat_map(|case| case.acts.iter().zip(case.acts.iter().skip(1))) {
        waited.entry(&after.activity).or_default().push(between(before.at, after.at));
    }
    waited.into_iter().filter_map(|(activity, waits)| Some((activity.to_owned(), times(&waits)?))).collect()
}

/// Count, sum and median of durations in nanoseconds; none of none.
pub(super) fn times(durations: &[i128]) -> Option<Times> {
    let mut sorted = durations.to_vec();
    sorted.sort_unstable();
    let median = *sorted.get(sorted.len().checked_sub(1)? / 2)?;
    let total_days = days(sorted.iter().sum())?;
    Some(Times { count: count(sorted.len()), total_days, median_days: days(median)? })
}

/// Nanoseconds between two instants.
pub(super) fn between(from: Timestamp, to: Timestamp) -> i128 {
    to.as_nanosecond().saturating_sub(from.as_nanosecond())
}

fn days(nanoseconds: i128) -> Option<Rounded> {
    Rounded::ratio(nanoseconds, DAY_NS, 3)
}
