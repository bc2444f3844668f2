//! What functions said in an act, as the record has it.
//!
//! Must not know of: whether a function would say it again; that takes what it was given, which only a disclosure has.

use std::collections::BTreeMap;

use definition::model::{Booking, Fact, Service, Source};
use definition::value::Value;
use engine::case::Case;
use engine::event::{Event, What};
use engine::reading;
use engine::world::{Computed, Fault, Functions};
use jiff::Timestamp;

/// What functions said, by fact, and what they booked or refused to.
#[derive(Debug, Default)]
pub(crate) struct Told {
    computed: BTreeMap<String, Computed>,
    booked: BTreeMap<String, String>,
    unbooked: BTreeMap<String, Vec<Fault>>,
}

impl Told {
    /// What these events of one act say.
    pub(crate) fn of(service: &Service, events: &[Event]) -> Self {
        let mut all = Self::default();
        for event in events {
            match &event.what {
                What::Computed { facts, .. } => all.computed.extend(told(service, facts)),
                What::Booked { function, posted: Value::Text(posted) } => {
                    all.booked.insert(function.clone(), posted.clone());
                }
                What::Unbooked { function, faults, .. } => {
                    all.unbooked.insert(function.clone(), faults.clone());
                }
                _ => {}
            }
        }
        all
    }
}

fn told(service: &Service, facts: &BTreeMap<String, Value>) -> Option<(String, Computed)> {
    let fact = service.facts.iter().find(|fact| facts.contains_key(&fact.name))?;
    let Source::Function { gives, .. } = &fact.source else { return None };
    let path = |concept: &String| format!("{}.{}", fact.name, reading::last(concept));
    let values = gives.iter().filter_map(|concept| Some((concept.clone(), facts.get(&path(concept))?.clone())));
    Some((fact.name.clone(), Computed { value: facts.get(&fact.name)?.clone(), values: values.collect() }))
}

impl Functions for Told {
    fn compute(&self, fact: &Fact, _: &[&Value], _: Timestamp) -> Result<Computed, Vec<Fault>> {
        self.computed.get(&fact.name).cloned().ok_or_else(Vec::new)
    }

    fn book(&self, booking: &Booking, _: &[&Value], _: &Case, _: Timestamp) -> Result<String, Vec<Fault>> {
        if let Some(posted) = self.booked.get(&booking.function) {
            return Ok(posted.clone());
        }
        Err(self.unbooked.get(&booking.function).cloned().unwrap_or_default())
    }
}
