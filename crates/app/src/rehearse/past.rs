//! The agency's past as data: what was done, by whom, when, in which case.
//!
//! Must not know of: files, the definition's acts.

use std::collections::BTreeMap;

use definition::model::Name;
use definition::value::Value;
use jiff::Timestamp;

/// A log of the past, with its cases in order of their names.
#[derive(Debug)]
pub(super) struct Past {
    pub(super) cases: Vec<PastCase>,
}

/// One case of the past.
#[derive(Debug)]
pub(super) struct PastCase {
    pub(super) name: String,
    /// When it should have been closed, as recorded.
    pub(super) deadline: Option<Timestamp>,
    /// When it was closed; nothing while it is open.
    pub(super) closed: Option<Timestamp>,
    /// What was done, in order of time; at the same instant, in the order of the file. At least one.
    pub(super) acts: Vec<PastAct>,
}

/// Something that was done.
#[derive(Debug)]
pub(super) struct PastAct {
    pub(super) activity: String,
    /// By whom, if it is recorded.
    pub(super) person: Option<String>,
    pub(super) at: Timestamp,
    /// What the log says of the facts that the map names.
    pub(super) facts: BTreeMap<Name, Value>,
    /// What it says that registers held.
    pub(super) held: Held,
}

/// What registers held, by concept.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Of the records that facts name.
    pub(super) records: BTreeMap<Name, BTreeMap<Name, Value>>,
    /// Of the applicant.
    pub(super) applicant: BTreeMap<Name, Value>,
}

impl Past {
    /// The acts of all cases in the order in which they happened; at the same instant, in order of the cases' names.
    pub(super) fn in_order(&self) -> Vec<(usize, usize)> {
        let places = self.cases.iter().enumerate();
        let each =
            places.flat_map(|(case, past)| past.acts.iter().enumerate().map(move |(act, it)| (it.at, case, act)));
        let mut order: Vec<(Timestamp, usize, usize)> = each.collect();
        order.sort_unstable();
        order.into_iter().map(|(_, case, act)| (case, act)).collect()
    }

    /// All acts, case after case.
    pub(super) fn acts(&self) -> impl Iterator<Item = &PastAct> {
        self.cases.iter().flat_map(|case| &case.acts)
    }

    /// The last instant that the log knows of.
    pub(super) fn until(&self) -> Option<Timestamp> {
        self.acts().map(|act| act.at).max()
    }
}
