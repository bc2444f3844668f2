//! Erasure: which personal data a case holds and for how long, what a case forgets, and what is left of an event.
//!
//! Must not know of: who asks for it, salts, where an event is kept.
//!
//! An event that lost something is still an event, so a case whose events were erased folds to what it was after the erasure: what is erased is
//! what [`forget`] takes out of the state. What moved the case (stages, routes, grounds, times, draws, rules and what they gave, money) is nobody's
//! personal data and stays, for statistics and for whoever checks how the zone decides.

use std::collections::{BTreeMap, BTreeSet};

use definition::model::{Concept, Fact, FactPath, Service, Source, Zone, last};
use definition::value::Value;
use jiff::Timestamp;

use crate::case::{Case, Proposal};
use crate::clock;
use crate::event::{Event, What};
use crate::reading;

/// The clock of what a case may keep no longer, among the clocks of its stages: no stage can have this name.
pub const CLOCK: &str = "@keep";
/// The register that says who people are.
const PEOPLE: &str = "people";

/// The concept that stands for a person wherever they are named; whoever loses it is no longer known as the applicant.
pub fn names_people(zone: &Zone) -> Option<&String> {
    zone.registers.get(PEOPLE).map(|register| &register.key)
}

/// The personal concepts of which the case may still hold something.
pub fn held(service: &Service, zone: &Zone, case: &Case) -> BTreeSet<String> {
    let personal = zone.concepts.iter().filter(|(_, concept)| concept.personal).map(|(id, _)| id);
    personal.filter(|concept| holds(service, zone, case, concept)).cloned().collect()
}

/// Until when the case may keep what it holds, by concept: from its end on, or from the moment at which it can no longer be appealed against if that
/// is later. Nothing while it is open, and nothing of what may be kept for ever.
pub fn due(service: &Service, zone: &Zone, case: &Case) -> Vec<(Timestamp, String)> {
    let Some(ended) = &case.ended else { return Vec::new() };
    let kept = zone.concepts.iter().filter(|(_, concept)| concept.personal && concept.keep.is_some());
    let due = |(id, concept): (&String, &Concept)| {
        let until = clock::kept_until(zone, ended.at, concept.keep?)?;
        Some((ended.appeal_until.map_or(until, |appeal| until.max(appeal)), id.clone()))
    };
    kept.filter(|(id, _)| holds(service, zone, case, id)).filter_map(due).collect()
}

fn holds(service: &Service, zone: &Zone, case: &Case, concept: &String) -> bool {
    if case.erased.iter().any(|erased| erased.concepts.contains(concept)) {
        return false;
    }
    let of_fact = |fact: &Fact| {
        // What an officer of several recorded may stand in an event alone.
        let recorded = matches!(fact.source, Source::Record { .. });
        fact.concept == *concept && (recorded || case.facts.contains_key(&fact.name))
    };
    let of_record = |path: &FactPath| match path {
        FactPath::Record { concept: read, .. } | FactPath::Applicant { concept: read } => {
            read == concept && case.facts.contains_key(&path.key())
        }
        _ => false,
    };
    let applies = names_people(zone) == Some(concept) && !case.applicant.is_empty();
    applies || service.facts.iter().any(of_fact) || reading::each_path(service).any(of_record)
}

/// Takes values of these concepts out of a case's state.
pub fn forget(service: &Service, case: &mut Case, concepts: &[String], applicant: bool) {
    case.facts.retain(|key, _| !is_of(service, key, concepts));
    // Nobody agrees any more with a correction of what is gone.
    case.proposed.retain(|proposed| match &proposed.proposal {
        Proposal::Correct { fact, .. } => !is_of(service, fact, concepts),
        Proposal::Revoke { .. } => true,
    });
    if applicant {
        case.agents.clear();
        case.applicant.clear();
    }
}

/// What is left of an event without values of these concepts and without what people wrote in their own words. Of an event that loses anything, what
/// its officer signed goes as well, since it says the same again; that they signed, and with which passkey, stays.
#[must_use]
pub fn without(service: &Service, event: &Event, concepts: &[String], applicant: bool) -> Event {
    let mut left = event.clone();
    redact(service, &mut left.what, concepts, applicant);
    if applicant {
        // Who acted for somebody is known no longer than for whom.
        left.under = None;
    }
    if left != *event {
        left.signed.iter_mut().for_each(|signed| signed.erase());
    }
    left
}

fn redact(service: &Service, what: &mut What, concepts: &[String], applicant: bool) {
    match what {
        What::Opened(opened) => {
            drop_values(service, &mut opened.facts, concepts);
            drop_values(service, &mut opened.read, concepts);
            if applicant {
                opened.applicant.clear();
            }
        }
        What::Supplied { facts, read, .. } => {
            drop_values(service, facts, concepts);
            drop_values(service, read, concepts);
        }
        What::Computed { facts, .. } => drop_values(service, facts, concepts),
        What::Signed { facts, note, .. } | What::Decided { facts, note, .. } => {
            drop_values(service, facts, concepts);
            note.clear();
        }
        What::Corrected { fact, was, value, reason, .. } => {
            if is_of(service, fact, concepts) {
                // Only a text can be corrected.
                *was = Value::Text(String::new());
                *value = Value::Text(String::new());
            }
            reason.clear();
        }
        What::Proposed { proposal, note, .. } => {
            if let Proposal::Correct { fact, value } = proposal
                && is_of(service, fact, concepts)
            {
                *value = Value::Text(String::new());
            }
            note.clear();
        }
        What::Ended { enter: Some(entering), .. } => {
            entering.values.retain(|concept, _| !concepts.contains(concept));
            if applicant {
                entering.held_by = None;
            }
        }
        What::Asked { items, .. } => items.iter_mut().for_each(|item| item.note.clear()),
        What::Consulted { note, .. }
        | What::Revoked { note, .. }
        | What::Kept { note, .. }
        | What::Vacated { note, .. } => note.clear(),
        What::Withdrawn { reason } | What::Convened { reason, .. } => reason.clear(),
        // What was wrong may be told by what it was about.
        What::Unbooked { faults, .. } => faults.iter_mut().for_each(|fault| {
            fault.place.clear();
            fault.words.clear();
        }),
        // How the case moved. Each kind by its name: of a new one somebody must say here what a person could be known by.
        What::Ended { enter: None, .. }
        | What::Entered { .. }
        | What::Lot { .. }
        | What::Shared { .. }
        | What::Drawn { .. }
        | What::Seated { .. }
        | What::Ruled { .. }
        // What lies in accounts is theirs, as a register's record is the register's.
        | What::Booked { .. }
        | What::Paid { .. }
        | What::Lapsed { .. }
        | What::Overtook { .. }
        | What::Appealed { .. }
        | What::Overturned { .. }
        | What::Erased { .. } => {}
    }
}

/// Takes the values of these concepts out.
pub(crate) fn drop_values(service: &Service, values: &mut BTreeMap<String, Value>, concepts: &[String]) {
    values.retain(|key, _| !is_of(service, key, concepts));
}

/// Whether a key among the facts of a case is about one of these concepts.
pub(crate) fn is_of(service: &Service, key: &str, concepts: &[String]) -> bool {
    concept(service, key).is_some_and(|concept| concepts.contains(concept))
}

/// What a key among the facts of a case is about; none for what a table gave.
pub fn concept<'s>(service: &'s Service, key: &str) -> Option<&'s String> {
    if let Some(fact) = service.fact(key) {
        return Some(&fact.concept);
    }
    if let Some((fact, part)) = key.split_once('.')
        && let Some(Source::Function { gives, .. }) = service.fact(fact).map(|fact| &fact.source)
    {
        return gives.iter().find(|concept| last(concept) == part);
    }
    reading::each_path(service).find_map(|path| match path {
        FactPath::Record { concept, .. } | FactPath::Applicant { concept } if path.key() == key => Some(concept),
        _ => None,
    })
}
