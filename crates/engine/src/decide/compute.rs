//! Working facts out: each by its function, once what it is worked out of is known, and again when that changes.
//!
//! Must not know of: what a function does.

use std::collections::{BTreeMap, BTreeSet};

use definition::model::{Booking, Fact, FactPath, Name, Reserve, Service, Source, last};
use definition::value::Value;

use super::run::Run;
use crate::event::What;
use crate::refusal::{FactProblem, Refusal, Wrong};
use crate::world::{Computed, Fault};

/// What came of asking accounts.
pub(super) enum Booked {
    /// They moved this, which is to be recorded where the case ends.
    Done(Box<What>),
    /// They refused: the case goes here.
    Refused(Name),
}

impl<'a> Run<'a> {
    /// Works out everything that can be.
    pub(super) fn compute_all(&mut self) -> Result<(), Refusal> {
        let known = self.case.facts.keys().cloned().collect();
        self.compute(known)
    }

    /// Works out again what depends on these facts.
    pub(super) fn compute_from(&mut self, facts: &BTreeMap<Name, Value>) -> Result<(), Refusal> {
        self.compute(facts.keys().cloned().collect())
    }

    fn compute(&mut self, mut changed: BTreeSet<Name>) -> Result<(), Refusal> {
        // In the order of the definition: what is worked out of another stands behind it.
        let service: &'a Service = self.service;
        for fact in &service.facts {
            let Source::Function { function, of, .. } = &fact.source else { continue };
            if !of.iter().filter_map(FactPath::fact).any(|fact| changed.contains(fact)) {
                continue;
            }
            let given: Option<Vec<&Value>> = of.iter().map(|given| self.case.facts.get(&given.key())).collect();
            let Some(given) = given else { continue };
            let computed = match self.world.functions.compute(fact, &given, &self.case, self.world.now) {
                Ok(computed) => computed,
                Err(faults) if faults.is_empty() => return Err(self.undecidable(function)),
                Err(faults) => return Err(refused(of.iter().map(FactPath::fact), faults)),
            };
            let facts = self.of_the_types(fact, computed).ok_or_else(|| self.undecidable(function))?;
            self.record(What::Computed { function: function.clone(), facts })?;
            changed.insert(fact.name.clone());
        }
        Ok(())
    }

    /// What an end moves in accounts. Where they refuse, a person who acts is told; where nobody does, that is recorded, and the case goes where the definition says.
    pub(super) fn book(&mut self, stage: &str, booking: &Booking, otherwise: Option<&Name>) -> Result<Booked, Refusal> {
        let given: Option<Vec<&Value>> = booking.of.iter().map(|given| self.case.facts.get(given)).collect();
        let given = given.ok_or_else(|| self.undecidable(&booking.function))?;
        let function = booking.function.clone();
        let faults = match self.world.functions.book(booking, &given, &self.case, self.world.now) {
            Ok(posted) => {
                return Ok(Booked::Done(Box::new(What::Booked { function, posted: Value::Text(posted) })));
            }
            Err(faults) => faults,
        };
        match otherwise.filter(|_| self.unattended) {
            // Nothing in the way: the function could not be asked.
            _ if faults.is_empty() => Err(self.undecidable(&function)),
            None => Err(refused(booking.of.iter().map(Some), faults)),
            Some(otherwise) => {
                self.record(What::Unbooked { stage: stage.to_owned(), function, faults })?;
                Ok(Booked::Refused(otherwise.clone()))
            }
        }
    }

    /// Keeps for the case in accounts what its definition says. Where they refuse, a person is there to be told.
    pub(super) fn reserve(&mut self) -> Result<(), Refusal> {
        let service: &'a Service = self.service;
        let Some(Reserve { book, .. }) = &service.reserve else { return Ok(()) };
        match self.book("", book, None)? {
            Booked::Done(booked) => self.record(*booked),
            Booked::Refused(_) => Err(self.undecidable(&book.function)),
        }
    }

    /// Frees what is kept for the case, by what it was kept by. Accounts have nothing against that.
    pub(super) fn unreserve(&mut self) -> Result<(), Refusal> {
        let service: &'a Service = self.service;
        let (Some(Reserve { free, .. }), Some(by)) = (&service.reserve, &self.case.reserved) else { return Ok(()) };
        let given: Vec<&Value> = by.iter().collect();
        let posted = self.world.functions.book(free, &given, &self.case, self.world.now);
        let posted = posted.map_err(|_| self.undecidable(&free.function))?;
        self.record(What::Booked { function: free.function.clone(), posted: Value::Text(posted) })
    }

    /// Whether what is kept for the case is kept by one of these facts, or by what is worked out of one.
    pub(super) fn is_reserved_by(&self, facts: &BTreeMap<Name, Value>) -> bool {
        let (Some(Reserve { book, .. }), Some(_)) = (&self.service.reserve, &self.case.reserved) else { return false };
        let mut changed: BTreeSet<&Name> = facts.keys().collect();
        for fact in &self.service.facts {
            if let Source::Function { of, .. } = &fact.source
                && of.iter().filter_map(FactPath::fact).any(|given| changed.contains(given))
            {
                changed.insert(&fact.name);
            }
        }
        book.of.iter().any(|fact| changed.contains(fact))
    }

    /// What a function said, by path, if it is what the definition says that it gives.
    fn of_the_types(&self, fact: &Fact, computed: Computed) -> Option<BTreeMap<String, Value>> {
        let Source::Function { gives, .. } = &fact.source else { return None };
        let Computed { value, mut values } = computed;
        fact.type_.accepts(&value, &self.zone.lists).ok()?;
        let mut facts = BTreeMap::from([(fact.name.clone(), value)]);
        for concept in gives {
            let value = values.remove(concept)?;
            self.zone.concepts.get(concept)?.type_.accepts(&value, &self.zone.lists).ok()?;
            facts.insert(format!("{}.{}", fact.name, last(concept)), value);
        }
        values.is_empty().then_some(facts)
    }
}

/// What is against what was given, told at the fact by which each was given.
fn refused<'n>(of: impl Iterator<Item = Option<&'n Name>>, faults: Vec<Fault>) -> Refusal {
    let of: Vec<Option<&Name>> = of.collect();
    let problem = |fault: Fault| FactProblem {
        fact: of.get(fault.of).or(of.first()).copied().flatten().cloned().unwrap_or_default(),
        wrong: Wrong::Function(Box::new(fault)),
    };
    Refusal::Facts(faults.into_iter().map(problem).collect())
}
