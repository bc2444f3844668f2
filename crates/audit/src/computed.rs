//! What functions said in an act, as the record has it: with that an act is done again. Whether they would say it again is asked afterwards, in log order
//! ([`crate::asked`]).
//!
//! Must not know of: what a function does, tables, documents.

use std::collections::BTreeMap;

use definition::model::{Booking, Fact, Service, Source, last};
use definition::value::Value;
use engine::case::Case;
use engine::event::{Event, What};
use engine::world::{Computed, Fault, Functions};
use jiff::Timestamp;

/// What functions said, by fact, and what they booked or refused to.
#[derive(Debug, Default)]
pub(crate) struct Told {
    computed: BTreeMap<String, Computed>,
    /// By function and the number of the event in its case: one act may book by a function more than once.
    booked: BTreeMap<String, BTreeMap<u64, Result<String, Vec<Fault>>>>,
}

impl Told {
    /// What these events of one act say, each behind so many others of the act; the case had so many events before it.
    pub(crate) fn of(service: &Service, before: u64, events: &[(usize, Event)]) -> Self {
        let mut all = Self::default();
        for (place, event) in events {
            let seq = before.saturating_add(1).saturating_add(*place as u64);
            match &event.what {
                What::Computed { facts, .. } => all.computed.extend(told(service, facts)),
                What::Booked { function, posted: Value::Text(posted) } => {
                    all.booked.entry(function.clone()).or_default().insert(seq, Ok(posted.clone()));
                }
                What::Unbooked { function, faults, .. } => {
                    all.booked.entry(function.clone()).or_default().insert(seq, Err(faults.clone()));
                }
                _ => {}
            }
        }
        all
    }
}

/// The fact that these values of one event are of, and what was said of it.
pub(crate) fn told(service: &Service, facts: &BTreeMap<String, Value>) -> Option<(String, Computed)> {
    let fact = service.facts.iter().find(|fact| facts.contains_key(&fact.name))?;
    let Source::Function { gives, .. } = &fact.source else { return None };
    let path = |concept: &String| format!("{}.{}", fact.name, last(concept));
    let values = gives.iter().filter_map(|concept| Some((concept.clone(), facts.get(&path(concept))?.clone())));
    Some((fact.name.clone(), Computed { value: facts.get(&fact.name)?.clone(), values: values.collect() }))
}

impl Functions for Told {
    fn compute(&self, fact: &Fact, _: &[&Value], _: &Case, _: Timestamp) -> Result<Computed, Vec<Fault>> {
        self.computed.get(&fact.name).cloned().ok_or_else(Vec::new)
    }

    fn book(&self, booking: &Booking, _: &[&Value], case: &Case, _: Timestamp) -> Result<String, Vec<Fault>> {
        let later = case.seq.saturating_add(1)..;
        let next = self.booked.get(&booking.function).and_then(|all| all.range(later).next());
        next.map_or(Err(Vec::new()), |(_, said)| said.clone())
    }
}
