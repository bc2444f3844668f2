//! What an audit keeps of a case between its acts.
//!
//! Must not know of: how it came about.

use std::collections::BTreeMap;

use definition::model::Outcome;
use engine::case::{Case, Digest};
use engine::event::{Entering, Event, What};
use engine::integrity::Course;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::unfollowed::Unfollowed;

/// A case as far as it was followed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// Where it stands; none when it cannot be followed any further.
    pub(crate) case: Option<Case>,
    /// The definition that it began under.
    pub(crate) definition: Digest,
    /// How many leaves it has.
    pub(crate) seq: u64,
    /// Index of its first leaf.
    pub(crate) first: u64,
    /// Index of its last leaf.
    pub(crate) last: u64,
    /// Leaves that issued a certificate: an end, or a correction of what stands on one.
    pub(crate) issuing: Vec<u64>,
    /// The leaf of its last end, and whether it overturns the appealed decision.
    pub(crate) end: Option<(u64, bool)>,
    /// By seat, the hash of the leaf that fixed a lot which is not drawn yet.
    #[serde(default)]
    pub(crate) lots: BTreeMap<String, Digest>,
    /// The record that its last end entered into a register, as corrected since, and whether it stands.
    pub(crate) entered: Option<(Entering, bool)>,
    /// What of it counts in the published figures once it ends.
    #[serde(default)]
    pub(crate) course: Course,
    /// When something happened in it last.
    pub(crate) at: Option<Timestamp>,
    /// What leaves say of it, where it cannot be followed any further.
    pub(crate) unfollowed: Option<Unfollowed>,
}

impl Kept {
    pub(crate) fn new(definition: Digest, index: u64) -> Self {
        Self {
            case: None,
            definition,
            seq: 0,
            first: index,
            last: index,
            issuing: Vec::new(),
            end: None,
            lots: BTreeMap::new(),
            entered: None,
            course: Course::default(),
            at: None,
            unfollowed: None,
        }
    }

    /// When it was opened.
    pub(crate) fn opened(&self) -> Option<Timestamp> {
        self.case.as_ref().map(|case| case.opened)
    }

    /// Whether it granted.
    pub(crate) fn granted(&self) -> bool {
        let ended = self.case.as_ref().and_then(|case| case.ended.as_ref());
        ended.is_some_and(|ended| ended.outcome == Outcome::Granted)
    }

    /// Notes what an event means for certificates and registers. `has_certificate` says so of the case after the event.
    pub(crate) fn note(&mut self, index: u64, event: &Event, concept: impl Fn(&str) -> Option<String>) {
        match &event.what {
            What::Ended { certificate, enter, overturn, .. } => {
                self.end = Some((index, *overturn));
                if certificate.is_some() {
                    self.issuing.push(index);
                }
                self.entered = enter.clone().map(|enter| (enter, true)).or(self.entered.take());
            }
            What::Corrected { fact, value, .. } => {
                let issued = self.case.as_ref().and_then(|case| case.ended.as_ref());
                if issued.is_some_and(|ended| ended.certificate.is_some()) {
                    self.issuing.push(index);
                }
                if let (Some((entered, true)), Some(concept)) = (&mut self.entered, concept(fact)) {
                    entered.values.entry(concept).and_modify(|own| own.clone_from(value));
                }
            }
            What::Revoked { .. } | What::Overturned { .. } => {
                if let Some((_, stands)) = &mut self.entered {
                    *stands = false;
                }
            }
            _ => {}
        }
    }
}
