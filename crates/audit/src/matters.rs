//! Who sits in a matter, made again from the record: one applicant, one service and the same register records have one draw.
//!
//! Must not know of: how the application keeps it. The rule is told here a second time on purpose: a slip in one telling shows against the other.
//!
//! A matter is an applicant, a service, the keys of the register records that an application names and, for an appeal, the appealed case. Whoever was
//! drawn in one of its cases sits in the others, until they give the seat up or that case ends by a decision (not withdrawn, not lapsed). Where it ends without one, they sit until another case that they
//! sit in ends by a decision. When a case ends by a decision and no other case of the matter is open with officers, all seats that it had are free again. What lots between stages came to is told in [`ways`].

mod ways;

use std::collections::{BTreeMap, HashMap, HashSet};

use definition::model::{Name, Outcome, Service, Source};
use definition::value::Value;
use engine::case::{AGAIN, Awaited, Case};
use engine::decide::needed_at_start;
use engine::event::{Event, What};
use engine::lot::Bound;
use engine::reading::record_key;
use engine::world::{Elsewhere, Sitter, Sitting};
use serde::{Deserialize, Serialize};
use ways::Ways;

/// The matters of some applicants.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Matters {
    matters: HashMap<String, Matter>,
    /// Applicants of whose cases one could not be followed: what their matters came to is not known.
    clouded: HashSet<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Matter {
    open: u64,
    sitting: Sitting,
    /// Cases without a decision whose officers still sit.
    #[serde(default)]
    left: HashSet<engine::CaseId>,
    /// Lots that are fixed and not drawn yet, by seat.
    #[serde(default)]
    lots: BTreeMap<String, Elsewhere>,
    /// What lots between stages came to.
    #[serde(default)]
    ways: Ways,
}

/// What [`key`] is made of: service, applicant, appealed case, register records.
type Parts = (String, String, Option<String>, BTreeMap<String, Option<String>>);

/// What makes a matter, as JSON.
pub(crate) fn key(
    service: &Service,
    applicant: &str,
    appeals: Option<engine::CaseId>,
    facts: &BTreeMap<String, Value>,
) -> String {
    let records: BTreeMap<&String, Option<String>> = service
        .facts
        .iter()
        .filter(|fact| matches!(fact.source, Source::Register { .. }) && needed_at_start(service, fact))
        .map(|fact| (&fact.name, facts.get(&fact.name).and_then(record_key)))
        .collect();
    serde_json::to_string(&(&service.name, applicant, appeals, records)).unwrap_or_default()
}

fn has_officers(case: &Case) -> bool {
    !case.officers.is_empty() || !case.lots.is_empty()
}

fn sits(case: &Case) -> bool {
    case.ended.is_none() && has_officers(case)
}

fn has_lot(case: &Case, seat: &str) -> bool {
    case.lots.get(seat).is_some_and(|waiting| matches!(waiting.awaited, Awaited::Lot(_)))
}

impl Matter {
    /// Frees whom the end of a case frees.
    fn let_go(&mut self, case: &Case) {
        let outcome = case.ended.as_ref().map(|ended| ended.outcome);
        let undecided = matches!(outcome, Some(Outcome::Withdrawn | Outcome::Lapsed));
        if undecided {
            self.left.insert(case.id);
        } else {
            self.left.remove(&case.id);
        }
        if outcome.is_some() && !undecided {
            let left = &self.left;
            for (seat, sitting) in &mut self.sitting {
                let sat = |sitter: &Sitter| case.drawn(seat).contains(&sitter.officer);
                sitting.retain(|sitter| sitter.case != case.id && !(left.contains(&sitter.case) && sat(sitter)));
            }
            if self.open == 0 {
                self.sitting.retain(|seat, _| !case.officers.contains_key(seat));
            }
        }
        self.sitting.retain(|_, sitting| !sitting.is_empty());
        let sitting = &self.sitting;
        self.left.retain(|case| sitting.values().flatten().any(|sitter| sitter.case == *case));
    }
}

impl Matters {
    /// Says that a case of this applicant cannot be followed.
    pub(crate) fn cloud(&mut self, applicant: &str) {
        self.clouded.insert(applicant.to_owned());
    }

    /// Whether what this applicant's matters came to is not known.
    pub(crate) fn is_clouded(&self, applicant: &str) -> bool {
        self.clouded.contains(applicant)
    }

    /// Who sits in a matter.
    pub(crate) fn sitting(&self, key: &str) -> Sitting {
        self.matters.get(key).map(|matter| matter.sitting.clone()).unwrap_or_default()
    }

    /// The lots of a matter that are yet to be drawn.
    pub(crate) fn lots(&self, key: &str) -> BTreeMap<String, Elsewhere> {
        self.matters.get(key).map(|matter| matter.lots.clone()).unwrap_or_default()
    }

    /// What lots between stages came to in a matter, by stage.
    pub(crate) fn ways(&self, key: &str) -> BTreeMap<Name, Vec<Bound>> {
        self.matters.get(key).map(|matter| matter.ways.bounds()).unwrap_or_default()
    }

    /// Takes up what an act did.
    pub(crate) fn follow(&mut self, service: &Service, before: Option<&Case>, after: &Case, events: &[Event]) {
        let touches = |event: &Event| {
            matches!(
                event.what,
                What::Lot { .. }
                    | What::Shared { .. }
                    | What::Drawn { .. }
                    | What::Seated { .. }
                    | What::Vacated { .. }
                    | What::Ended { .. }
                    | What::Overturned { .. }
            )
        };
        let officers = has_officers(after) || before.is_some_and(has_officers);
        if !ways::concerns(before, after) && (!officers || !events.iter().any(touches)) {
            return;
        }
        let key = key(service, &after.applicant, after.appeals, &after.facts);
        let matter = self.matters.entry(key.clone()).or_default();
        matter.ways.follow(service, before, after);
        // Those who look at a case again were drawn for that case alone.
        let goes_on = before.is_some_and(|before| before.ended.is_none() || after.ended.is_some());
        for (seat, officers) in after.officers.iter().filter(|(seat, _)| *seat != AGAIN) {
            let sitting = matter.sitting.entry(seat.clone()).or_default();
            for officer in officers {
                // Who came to the case earlier sits since then, or no longer.
                if goes_on && before.is_some_and(|before| before.drawn(seat).contains(officer)) {
                    continue;
                }
                if !sitting.iter().any(|sitter| sitter.officer == *officer) {
                    sitting.push(Sitter { officer: officer.clone(), case: after.id });
                }
            }
        }
        for (seat, waiting) in after.lots.iter().filter(|(seat, _)| *seat != AGAIN && has_lot(after, seat)) {
            matter.lots.entry(seat.clone()).or_insert(Elsewhere { case: after.id, due: waiting.due });
        }
        matter.lots.retain(|seat, lot| lot.case != after.id || has_lot(after, seat));
        // Who gave a seat up does not come back to it by another case of the matter.
        for (seat, gone) in &after.vacated {
            if let Some(sitting) = matter.sitting.get_mut(seat) {
                sitting.retain(|sitter| !gone.contains(&sitter.officer));
            }
        }
        match (before.is_some_and(sits), sits(after)) {
            (false, true) => matter.open = matter.open.saturating_add(1),
            (true, false) => matter.open = matter.open.saturating_sub(1),
            _ => {}
        }
        matter.let_go(after);
        if matter.open == 0 && matter.sitting.is_empty() && matter.lots.is_empty() && matter.ways.is_empty() {
            self.matters.remove(&key);
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.matters.extend(other.matters);
        self.clouded.extend(other.clouded);
    }

    /// Those of the applicants that `mine` says.
    pub(crate) fn split(&mut self, mine: impl Fn(&str) -> bool) -> Self {
        let applicant = |key: &str| {
            let parts: Option<Parts> = serde_json::from_str(key).ok();
            parts.map(|(_, applicant, ..)| applicant).unwrap_or_default()
        };
        let keys: Vec<String> = self.matters.keys().filter(|key| mine(&applicant(key))).cloned().collect();
        let matters = keys.into_iter().filter_map(|key| self.matters.remove_entry(&key)).collect();
        let clouded = self.clouded.iter().filter(|applicant| mine(applicant)).cloned().collect();
        Self { matters, clouded }
    }
}
