//! What is known of a case wherever it stands: the facts and the tables' answers that every path to a stage has brought.
//!
//! Must not know of: problems, text.

use std::collections::BTreeSet;

use crate::check::flow::graph::{Cause, Edge, Graph};
use crate::model::{FactPath, Name, Service, Source, StageKind};

/// What is known when a case comes to a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    facts: BTreeSet<Name>,
    tables: BTreeSet<Name>,
}

impl Known {
    /// Whether the path can be read.
    #[must_use]
    pub fn has(&self, path: &FactPath) -> bool {
        match path {
            FactPath::Output { table, .. } => self.tables.contains(table),
            path => path.fact().is_none_or(|fact| self.has_fact(fact)),
        }
    }

    /// Whether the fact has a value.
    #[must_use]
    pub fn has_fact(&self, fact: &str) -> bool {
        self.facts.contains(fact)
    }

    /// Keeps what `other` knows too; says whether that took something away.
    fn keep(&mut self, other: &Self) -> bool {
        let before = self.facts.len() + self.tables.len();
        self.facts.retain(|fact| other.facts.contains(fact));
        self.tables.retain(|table| other.tables.contains(table));
        self.facts.len() + self.tables.len() < before
    }
}

/// Per stage, what every path to it has brought; nothing for stages that no case reaches.
#[must_use]
pub fn known(graph: &Graph<'_>) -> Vec<Option<Known>> {
    let mut at: Vec<Option<Known>> = vec![None; graph.service.stages.len()];
    let mut leaving: Vec<Vec<&Edge<'_>>> = vec![Vec::new(); at.len()];
    for edge in graph.live() {
        if let Some(list) = leaving.get_mut(edge.from) {
            list.push(edge);
        }
    }
    if let Some(first) = at.first_mut() {
        *first = Some(at_the_start(graph.service));
    }
    let mut ahead = vec![0];
    while let Some(number) = ahead.pop() {
        let Some(Some(here)) = at.get(number).cloned() else { continue };
        for edge in leaving.get(number).into_iter().flatten() {
            let after = after(graph, edge, here.clone());
            let Some(there) = at.get_mut(edge.to) else { continue };
            let changed = match there {
                Some(known) => known.keep(&after),
                None => {
                    *there = Some(after);
                    true
                }
            };
            if changed {
                ahead.push(edge.to);
            }
        }
    }
    at
}

/// A case begins with what registers say and with the answers without which it cannot be submitted. What a later stage has the applicant supply
/// is not asked before it.
#[must_use]
pub fn at_the_start(service: &Service) -> Known {
    let mut later: BTreeSet<&Name> = BTreeSet::new();
    for stage in &service.stages {
        if let StageKind::Applicant { facts, .. } = &stage.kind {
            later.extend(facts);
        }
    }
    let known = service.facts.iter().filter(|fact| !later.contains(&fact.name) && is_sure(&fact.source));
    let mut known = Known { facts: known.map(|fact| fact.name.clone()).collect(), tables: BTreeSet::new() };
    work_out(service, &mut known);
    known
}

/// Whether an applicant cannot go on without the fact.
const fn is_sure(source: &Source) -> bool {
    matches!(source, Source::Ask { required: true } | Source::Register { .. })
}

/// Adds what functions work out of what is known; each fact stands behind those that it is worked out of.
fn work_out(service: &Service, known: &mut Known) {
    for fact in &service.facts {
        if let Source::Function { of, .. } = &fact.source
            && of.iter().all(|given| known.has(given))
        {
            known.facts.insert(fact.name.clone());
        }
    }
}

fn after(graph: &Graph<'_>, edge: &Edge<'_>, mut known: Known) -> Known {
    match (graph.stage(edge.from).map(|stage| &stage.kind), edge.cause) {
        (Some(StageKind::Decide { table, .. }), _) => {
            known.tables.insert(table.clone());
        }
        (Some(StageKind::Inspect(desk) | StageKind::Officer(desk)), Cause::Officer(route)) => {
            let sure = |name: &&Name| graph.service.fact(name).is_some_and(|fact| fact.source.is_needed(Some(route)));
            known.facts.extend(desk.record.iter().filter(sure).cloned());
        }
        (Some(StageKind::Applicant { facts, .. }), Cause::Applicant) => {
            let sure = |name: &&Name| graph.service.fact(name).is_some_and(|fact| is_sure(&fact.source));
            known.facts.extend(facts.iter().filter(sure).cloned());
        }
        _ => {}
    }
    work_out(graph.service, &mut known);
    known
}
