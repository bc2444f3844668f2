//! The measurements of many cases, by service, by what cases are told apart by, and by what was measured.
//!
//! Must not know of: how one is measured, what is told and what is hidden.

use std::collections::{BTreeMap, BTreeSet};

use definition::Checked;
use definition::model::{Name, Outcome, Service, StageKind};
use definition::value::{Type, Value};
use engine::case::Case;

use super::Question;
use super::figures::Series;
use super::measure::{Measured, Seat, Split};
use crate::extract::ExtractError;

/// What stands in the place of a value where a case has none.
pub(super) const NO_VALUE: &str = "(none)";
/// Officers that are told apart: whether there was more than one.
const OFFICERS: usize = 2;

/// What was measured.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// That cases were filed.
    Filed,
    /// From filing to decision.
    Decision,
    /// From filing to an end; to any when none.
    End(Option<Outcome>),
    /// A step.
    Step(Seat),
    /// What officers of a role (the second) of an authority had to do.
    Role(Name, Name),
}

/// Times, elapsed and working.
#[derive(Clone, Debug, Default)]
pub(super) struct Pair {
    pub(super) elapsed: Series,
    pub(super) working: Series,
}

/// Measurements of one kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    pub(super) count: u64,
    pub(super) open: u64,
    pub(super) overturned: u64,
    pub(super) all: Pair,
    pub(super) authority: Pair,
    pub(super) applicant: Pair,
    pub(super) waiting: Pair,
    /// Who brought them about, as far as it must be known whether they are few.
    pub(super) applicants: BTreeSet<String>,
    /// Who were to act, so far; empty where nobody was.
    pub(super) officers: BTreeSet<String>,
}

/// Measurements by kind.
pub(super) type Cell = BTreeMap<Key, Held>;

/// Cells by service, and in each by the value by which cases are told apart; one without a value where they are not.
pub(super) type Cells = BTreeMap<Name, BTreeMap<Option<String>, Cell>>;

/// What is gathered.
pub(super) struct Gathered {
    by: Option<String>,
    /// Applicants that are told apart.
    least: usize,
    cells: Cells,
    /// Whether a definition had what cases are to be told apart by.
    found: bool,
    /// By what they could be.
    could: BTreeSet<Name>,
}

impl Gathered {
    pub(super) fn of(question: &Question) -> Self {
        let least = usize::try_from(question.least).unwrap_or(usize::MAX);
        let (by, cells, could) = (question.by.clone(), Cells::new(), BTreeSet::new());
        Self { by, least, cells, found: false, could }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Takes up a case.
    pub(super) fn take(&mut self, service: &Checked<Service>, measured: Measured) {
        let value = self.value(service, &measured);
        let cell = self.cells.entry(service.name.clone()).or_default().entry(value).or_default();
        let Measured { case, decided, ended, steps, overturned, .. } = measured;
        // Whose an erased case was is not known, and cannot be found.
        let applicant = if case.applicant.is_empty() { case.id.to_string() } else { case.applicant.clone() };
        let mut hold = |key: Key, split: Option<&Split>, officers: &[String]| {
            let held = cell.entry(key).or_default();
            held.count = held.count.saturating_add(1);
            keep(&mut held.applicants, &applicant, self.least);
            officers.iter().for_each(|officer| keep(&mut held.officers, officer, OFFICERS));
            split.into_iter().for_each(|split| held.push(split));
        };
        hold(Key::Filed, None, &[]);
        decided.iter().for_each(|split| hold(Key::Decision, Some(split), &[]));
        ended.iter().for_each(|(outcome, split)| hold(Key::End(Some(*outcome)), Some(split), &[]));
        for (seat, split) in &steps {
            let officers = officers(&case, seat);
            hold(Key::Step(seat.clone()), Some(split), &officers);
        }
        if let Some(filed) = cell.get_mut(&Key::Filed) {
            filed.open = filed.open.saturating_add(u64::from(case.ended.is_none()));
            filed.overturned = filed.overturned.saturating_add(overturned);
        }
    }

    /// All of it.
    ///
    /// # Errors
    /// [`ExtractError::NoSuchGroup`] when no definition had what cases are to be told apart by.
    pub(super) fn finish(self) -> Result<Cells, ExtractError> {
        match self.by {
            Some(name) if !self.found => {
                Err(ExtractError::NoSuchGroup { name, known: self.could.into_iter().collect() })
            }
            _ => Ok(self.cells),
        }
    }

    /// The value of what cases are told apart by: of a public fact as the case has it, or the route of a table.
    fn value(&mut self, service: &Service, measured: &Measured) -> Option<String> {
        let by = self.by.as_ref()?;
        let closed = |type_: &Type| matches!(type_, Type::Code(_) | Type::Bool);
        let facts = service.facts.iter().filter(|fact| fact.public && closed(&fact.type_)).map(|fact| &fact.name);
        let tables = service.stages.iter().filter(|stage| matches!(stage.kind, StageKind::Decide { .. }));
        let tables: BTreeSet<&Name> = tables.map(|stage| &stage.name).collect();
        let facts: BTreeSet<&Name> = facts.collect();
        self.could.extend(facts.iter().chain(&tables).map(|name| (*name).clone()));
        let value = match (facts.contains(by), tables.contains(by)) {
            (true, _) => measured.case.facts.get(by).and_then(told),
            (false, true) => measured.routes.get(by).cloned(),
            (false, false) => None,
        };
        self.found |= facts.contains(by) || tables.contains(by);
        Some(value.unwrap_or_else(|| NO_VALUE.to_owned()))
    }
}

impl Held {
    fn push(&mut self, split: &Split) {
        let parts = [
            (&mut self.all, split.all()),
            (&mut self.authority, split.authority),
            (&mut self.applicant, split.applicant),
            (&mut self.waiting, split.waiting),
        ];
        for (pair, span) in parts {
            pair.elapsed.push(span.elapsed_ms);
            pair.working.push(span.working_ms);
        }
    }

    /// Adds all of another. The people are only told apart up to where they are no longer few.
    pub(super) fn join(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        self.open = self.open.saturating_add(other.open);
        self.overturned = self.overturned.saturating_add(other.overturned);
        let pairs = [
            (&mut self.all, &other.all),
            (&mut self.authority, &other.authority),
            (&mut self.applicant, &other.applicant),
            (&mut self.waiting, &other.waiting),
        ];
        for (pair, other) in pairs {
            pair.elapsed.join(&other.elapsed);
            pair.working.join(&other.working);
        }
        self.applicants.extend(other.applicants.iter().cloned());
        self.officers.extend(other.officers.iter().cloned());
    }

    /// Of the times those of the authority alone: the applicant and the definition then had none.
    pub(super) fn authoritys(&self) -> Self {
        let none = || Pair { elapsed: Series::zeros(self.count), working: Series::zeros(self.count) };
        let (all, authority) = (self.authority.clone(), self.authority.clone());
        Self { all, authority, applicant: none(), waiting: none(), ..self.people() }
    }

    /// The counts and people without the times.
    fn people(&self) -> Self {
        let (applicants, officers) = (self.applicants.clone(), self.officers.clone());
        Self {
            count: self.count,
            open: self.open,
            overturned: self.overturned,
            applicants,
            officers,
            ..Self::default()
        }
    }
}

/// Keeps a name among others, of which no more than so many are needed.
fn keep(names: &mut BTreeSet<String>, name: &str, most: usize) {
    if names.len() < most && !names.contains(name) {
        names.insert(name.to_owned());
    }
}

/// The officers who came to a seat, those who gave it up included.
fn officers(case: &Case, seat: &Seat) -> Vec<String> {
    let name = seat.name();
    let gave_up = case.vacated.get(&name).into_iter().flatten();
    case.drawn(&name).iter().chain(gave_up).cloned().collect()
}

/// A value of a closed list as the public log says it.
fn told(value: &Value) -> Option<String> {
    match value {
        Value::Code(code) => Some(code.clone()),
        Value::Bool(is_so) => Some(if *is_so { "yes" } else { "no" }.to_owned()),
        _ => None,
    }
}
