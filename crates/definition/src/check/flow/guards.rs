//! Which ways through a service can be taken: follows a case from its first stage with all that the tables on its way have settled.
//!
//! A route counts if a row of the table can fire with it, given the rows that fired before on the same inputs. What is settled about a fact
//! is forgotten where the fact can change: when it is asked for, recorded or supplied; what a register says, whenever time passes. A correction
//! of a clerical error is no way through a service. Where that is too much to follow, a way counts as open: nothing is called closed that is not.
//!
//! Must not know of: problems, text.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::flow::graph::{Cause, Graph};
use crate::check::tables::{Examined, ROUTE};
use crate::model::{DecisionTable, FactPath, Name, Service, Source, Stage, StageKind};
use crate::table::{HitPolicy, Region};
use crate::value::Value;

/// How many different states of knowledge are followed through one stage; past that, all that is known is dropped there.
const MAX_STATES: usize = 64;

/// What is settled about the inputs; a path that is not there can have any value.
type Settled = BTreeMap<FactPath, Region>;

/// A table's input column that reads a path, through which values of that path become sets.
type Readers<'a> = BTreeMap<&'a FactPath, (&'a DecisionTable, usize)>;

/// Marks the stages that can be reached and the edges that can be taken.
pub(super) fn mark(graph: &mut Graph<'_>, examined: &Examined) {
    let service = graph.service;
    let mut leaving = vec![Vec::new(); service.stages.len()];
    for (number, edge) in graph.edges.iter().enumerate() {
        if let Some(list) = leaving.get_mut(edge.from) {
            list.push(number);
        }
    }
    let seen = vec![Vec::new(); service.stages.len()];
    let mut walk = Walk { graph, examined, leaving, readers: readers(service), seen, ahead: Vec::new() };
    walk.enter(0, Settled::new());
    while let Some((stage, settled)) = walk.ahead.pop() {
        walk.leave(stage, settled);
    }
}

/// The paths worth following: those that two stages read, or that one table gives and another reads.
fn readers(service: &Service) -> Readers<'_> {
    let mut readers = Readers::new();
    let mut read: BTreeSet<&FactPath> = BTreeSet::new();
    for stage in &service.stages {
        let StageKind::Decide { table, .. } = &stage.kind else { continue };
        let Some(table) = service.tables.get(table) else { continue };
        for (column, path) in table.inputs.iter().enumerate() {
            if !read.insert(path) || matches!(path, FactPath::Output { .. }) {
                readers.insert(path, (table, column));
            }
        }
    }
    readers
}

struct Walk<'g, 'a> {
    graph: &'g mut Graph<'a>,
    examined: &'g Examined,
    leaving: Vec<Vec<usize>>,
    readers: Readers<'a>,
    seen: Vec<Vec<Settled>>,
    ahead: Vec<(usize, Settled)>,
}

impl<'a> Walk<'_, 'a> {
    fn enter(&mut self, stage: usize, settled: Settled) {
        let Some(seen) = self.seen.get_mut(stage) else { return };
        if seen.iter().any(|known| covers(known, &settled)) {
            return;
        }
        let settled = if seen.len() < MAX_STATES { settled } else { Settled::new() };
        seen.push(settled.clone());
        if let Some(reached) = self.graph.reached.get_mut(stage) {
            *reached = true;
        }
        self.ahead.push((stage, settled));
    }

    fn leave(&mut self, number: usize, settled: Settled) {
        let Some(stage) = self.graph.stage(number) else { return };
        let tables = &self.graph.service.tables;
        if let StageKind::Decide { table, .. } = &stage.kind
            && let Some((name, decision)) = tables.get_key_value(table)
        {
            return self.decide(number, name, decision, &settled);
        }
        let after = after(self.graph.service, stage, settled);
        for edge in self.leaving.get(number).cloned().unwrap_or_default() {
            self.take(edge, after.clone());
        }
    }

    fn take(&mut self, edge: usize, settled: Settled) {
        if let Some(edge) = self.graph.edges.get_mut(edge) {
            edge.live = true;
            let to = edge.to;
            self.enter(to, settled);
        }
    }

    fn decide(&mut self, number: usize, name: &'a Name, decision: &'a DecisionTable, settled: &Settled) {
        let edges = self.leaving.get(number).cloned().unwrap_or_default();
        let column = decision.outputs.iter().position(|output| output.name == ROUTE);
        for (row, rule) in decision.table.rules().rows.iter().enumerate() {
            if self.examined.is_masked(&self.graph.service.name, name, row) {
                continue;
            }
            let Some(after) = self.fire(name, decision, row, settled) else { continue };
            let route = match column.and_then(|column| rule.outputs.get(column)) {
                Some(Some(Value::Code(route))) => route,
                _ => continue,
            };
            for &edge in &edges {
                if self.graph.edges.get(edge).is_some_and(|edge| edge.cause == Cause::Table(route)) {
                    self.take(edge, after.clone());
                }
            }
        }
    }

    /// What is settled once this row has fired; nothing when it cannot.
    fn fire(&self, name: &Name, decision: &DecisionTable, row: usize, settled: &Settled) -> Option<Settled> {
        let mut after = settled.clone();
        for (column, path) in decision.inputs.iter().enumerate() {
            let Some(passes) = decision.table.region(row, column) else { continue };
            let left = settled.get(path).map_or_else(|| passes.clone(), |known| known.and(&passes));
            if left.is_empty() {
                return None;
            }
            if self.readers.contains_key(path) {
                after.insert(path.clone(), left);
            }
        }
        for (column, output) in decision.outputs.iter().enumerate() {
            let path = FactPath::Output { table: name.clone(), output: output.name.clone() };
            after.remove(&path);
            let Some((reader, input)) = self.readers.get(&path).filter(|_| gives_one(decision)) else { continue };
            let value = decision.table.rules().rows.get(row).and_then(|rule| rule.outputs.get(column)?.as_ref());
            if let Some(region) = value.and_then(|value| reader.table.region_of(*input, value)) {
                after.insert(path, region);
            }
        }
        Some(after)
    }
}

/// Whether a table gives what one of its rows says, rather than a list or a sum.
fn gives_one(decision: &DecisionTable) -> bool {
    let hit = decision.table.rules().hit;
    !matches!(hit, HitPolicy::RuleOrder | HitPolicy::OutputOrder | HitPolicy::Collect(_))
}

fn covers(wide: &Settled, narrow: &Settled) -> bool {
    wide.iter().all(|(path, region)| narrow.get(path).is_some_and(|other| region.covers(other)))
}

/// What is still settled after a stage in which people act or time passes.
fn after(service: &Service, stage: &Stage, mut settled: Settled) -> Settled {
    let (supplied, asked): (&[Name], bool) = match &stage.kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => (&desk.record, desk.ask),
        StageKind::Applicant { facts, .. } => (facts, false),
        _ => (&[], false),
    };
    settled.retain(|path, _| match path {
        FactPath::Fact(fact) | FactPath::Attribute { fact, .. } => {
            let source = service.fact(fact).map(|fact| &fact.source);
            let is_recorded = matches!(source, Some(Source::Record { .. }));
            let is_computed = matches!(source, Some(Source::Function { .. }));
            !is_computed && !supplied.contains(fact) && (!asked || is_recorded)
        }
        FactPath::Record { .. } | FactPath::Applicant { .. } => false,
        FactPath::Output { .. } => true,
    });
    settled
}
