//! What a rehearsal found, as one object. Every number is a count or a ratio of whole numbers, rounded here and nowhere else.
//!
//! Must not know of: how it came about, terminals.

use std::collections::BTreeMap;
use std::fmt;

use definition::Checked;
use definition::model::Service;
use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::figures;
use super::map::Map;
use super::past::Past;
use super::tally::Tally;

/// What the past was, and what the definition would have made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The service.
    pub service: String,
    /// SHA-256 of the definition, in hexadecimal.
    pub definition: String,
    /// The first instant of the log.
    pub from: Option<Timestamp>,
    /// The last instant of the log, up to which clocks ran.
    pub until: Option<Timestamp>,

    /// Cases in the log.
    pub cases: u64,
    /// Events in the log.
    pub events: u64,
    /// Different activities.
    pub activities: u64,
    /// Different people.
    pub people: u64,
    /// Cases that were closed.
    pub closed: u64,
    /// Of those closed, how many after their recorded deadline.
    pub late: u64,
    /// Of those closed, how many after the definition's promise, counted from their first event.
    pub past_promise: u64,
    /// By pair of activities that two people should do: where one did both.
    pub same_person: BTreeMap<String, SamePerson>,
    /// Different sequences of activities.
    pub variants: u64,
    /// Mean time from a case's first event to its last, over all cases, in days of 86,400 s; 3 decimals, half up.
    pub mean_elapsed_days: Option<Rounded>,
    /// Of all time between consecutive events of a case, the share where the person changes; 4 decimals, half up.
    pub handover_share: Option<Rounded>,
    /// Time before each activity, since the event before it in its case.
    pub time_before_activity: BTreeMap<String, Times>,

    /// Cases that the definition would have granted with at least one officer or authority silent in whose place it decided.
    pub deemed_granted: u64,
    /// Acts of officers per case that the definition has a place for: decisions, opinions and notes, without those not allowed; 3 decimals.
    pub touches_per_case: Option<Rounded>,
    /// Acts of the log that the definition does not allow.
    pub not_allowed: u64,
    /// How the cases would have ended by the log's end.
    pub outcomes: Outcomes,
    /// Clocks that would have run out, by stage or `stage/branch`.
    pub lapses: BTreeMap<String, u64>,
    /// Time that cases would have stood in each stage that they left.
    pub time_in_stage: BTreeMap<String, Times>,
    /// Acts not allowed, by activity and reason; the counts add up to `not_allowed`.
    pub not_allowed_by: Vec<NotAllowedGroup>,

    /// Events that the replay recorded, each a leaf.
    pub log_size: u64,
    /// Root of the leaves' Merkle tree (RFC 6962, section 2.1), in hexadecimal.
    pub log_root: String,

    /// The cases closed after their recorded deadline, by name.
    pub late_cases: Vec<LateCase>,
    /// The cases of `same_person` where one person did both, by pair.
    pub same_person_cases: BTreeMap<String, Vec<String>>,
    /// The cases of `deemed_granted`, by name.
    pub deemed_granted_cases: Vec<DeemedCase>,
    /// Every act not allowed, in order of time.
    pub not_allowed_acts: Vec<NotAllowed>,
}

/// Where one person did what needs two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SamePerson {
    /// Cases that have both activities.
    pub both: u64,
    /// Of them, those where some person did at least one of each.
    pub same: u64,
}

/// How cases ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each is the outcome of that name")]
pub struct Outcomes {
    pub granted: u64,
    pub refused: u64,
    pub lapsed: u64,
    pub withdrawn: u64,
    pub closed: u64,
    /// Still open at the log's end.
    pub open: u64,
    /// No application was accepted.
    pub never_opened: u64,
}

/// How long something took, over its occurrences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Times {
    /// How often.
    pub count: u64,
    /// All together, in days of 86,400 s.
    pub total_days: Rounded,
    /// The median (of an even number, the lower of the middle two), in days.
    pub median_days: Rounded,
}

/// A case closed too late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct LateCase {
    pub case: String,
    pub deadline: Timestamp,
    pub closed: Timestamp,
    pub days_late: Rounded,
}

/// A case granted with somebody silent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeemedCase {
    /// The case.
    pub case: String,
    /// The stages or `stage/branch` where silence decided.
    pub silent: Vec<String>,
    /// When it would have been granted.
    pub granted: Timestamp,
}

/// An act of the log that the definition does not allow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotAllowed {
    /// The case.
    pub case: String,
    /// When it was done.
    pub at: Timestamp,
    /// What was done.
    pub activity: String,
    /// By whom.
    pub person: Option<String>,
    /// Where the case stood; nowhere before it was open.
    pub stood: Option<String>,
    /// Why not.
    #[serde(flatten)]
    pub why: Why,
}

/// Why an act is not allowed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Why {
    /// The refusal's kind, as programs read it; further `not-open`, `open-already`, `nobody-named`.
    pub refusal: String,
    /// What had become of the act's stage: `not-reached`, `lapsed` (its clock had run out) or `done`; nothing when it stood open.
    pub stage_was: Option<&'static str>,
    /// Which facts are at fault, or which of what registers held the log leaves empty, as the map names them; most often none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
}

/// Acts of one activity, not allowed for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotAllowedGroup {
    /// The activity.
    pub activity: String,
    /// Why.
    #[serde(flatten)]
    pub why: Why,
    /// How many.
    pub count: u64,
}

/// A number rounded half up to some decimals. In JSON, the shortest number that reads as these digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rounded {
    /// The number in units of the last decimal.
    units: i64,
    /// How many decimals.
    decimals: u32,
}

impl Rounded {
    /// `numerator / denominator` to so many decimals (0 to 9), half up; none when the denominator is not positive.
    pub fn ratio(numerator: i128, denominator: i128, decimals: u32) -> Option<Self> {
        if denominator <= 0 {
            return None;
        }
        let scaled = numerator.checked_mul(2)?.checked_mul(10_i128.checked_pow(decimals)?)?;
        let units = scaled.checked_add(denominator)?.div_euclid(denominator.checked_mul(2)?);
        Some(Self { units: i64::try_from(units).ok()?, decimals })
    }
}

impl fmt::Display for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = 10_u64.pow(self.decimals);
        let sign = if self.units < 0 { "-" } else { "" };
        let (whole, rest) = (self.units.unsigned_abs() / scale, self.units.unsigned_abs() % scale);
        f.pad(&format!("{sign}{whole}.{rest:0width$}", width = self.decimals as usize))
    }
}

impl Serialize for Rounded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The text's nearest double is written as the same text again, so no digit is lost or made up.
        let number = self.to_string().parse::<f64>().map_err(serde::ser::Error::custom)?;
        serializer.serialize_f64(number)
    }
}

/// Puts together what the log says and what the replay told.
pub(super) fn report(service: &Checked<Service>, map: &Map, past: &Past, tally: Tally) -> Report {
    let late_cases = figures::late_cases(past);
    let (same_person, same_person_cases) = figures::same_person(past, &map.two_people);
    let cases = count(past.cases.len());
    Report {
        service: service.name.clone(),
        definition: hex::encode(service.hash()),
        from: past.acts().map(|act| act.at).min(),
        until: past.until(),
        cases,
        events: count(past.acts().count()),
        activities: figures::different(past.acts().map(|act| act.activity.as_str())),
        people: figures::different(past.acts().filter_map(|act| act.person.as_deref())),
        closed: count(past.cases.iter().filter(|case| case.closed.is_some()).count()),
        late: count(late_cases.len()),
        past_promise: figures::past_promise(past, service),
        same_person,
        variants: figures::variants(past),
        mean_elapsed_days: figures::mean_elapsed_days(past),
        handover_share: figures::handover_share(past),
        time_before_activity: figures::time_before_activity(past),
        deemed_granted: count(tally.deemed.len()),
        touches_per_case: Rounded::ratio(tally.touches.into(), cases.into(), 3),
        not_allowed: count(tally.not_allowed.len()),
        outcomes: tally.outcomes,
        lapses: tally.lapses,
        time_in_stage: tally
            .in_stage
            .iter()
            .filter_map(|(stage, times)| Some((stage.clone(), figures::times(times)?)))
            .collect(),
        not_allowed_by: groups(&tally.not_allowed),
        log_size: tally.log_size,
        log_root: tally.log_root,
        late_cases,
        same_person_cases,
        deemed_granted_cases: tally.deemed,
        not_allowed_acts: tally.not_allowed,
    }
}

fn groups(acts: &[NotAllowed]) -> Vec<NotAllowedGroup> {
    let mut counts: BTreeMap<(&str, &Why), u64> = BTreeMap::new();
    for act in acts {
        let counted = counts.entry((&act.activity, &act.why)).or_default();
        *counted = counted.saturating_add(1);
    }
    let group = |((activity, why), count): ((&str, &Why), u64)| NotAllowedGroup {
        activity: activity.to_owned(),
        why: why.clone(),
        count,
    };
    counts.into_iter().map(group).collect()
}

/// A length as a count.
pub(super) fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
