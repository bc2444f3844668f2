//! The rows of a study: what was measured, the sums of it, and the figures of each.
//!
//! Must not know of: how anything was measured, how it is shown.

use std::collections::BTreeMap;

use definition::model::{Name, Outcome};
use record::leaf::outcome_name;
use serde::Serialize;

use super::Question;
use super::conceal::{People, Sum, conceal};
use super::figures::{Figures, Series};
use super::gather::{Cell, Cells, Held, Key, Pair};

/// What a row measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// That cases were filed: a count, and how many of them have not ended.
    Filed,
    /// From filing to the last decision before the first end.
    FilingToDecision,
    /// From filing to the first end, if it granted what was asked for.
    FilingToRelease,
    /// From filing to the first end; with an outcome, only of those that ended so.
    FilingToEnd,
    /// A stay in a stage, or an authority's answer.
    Step,
    /// What officers of a role had to do, over all services and stages.
    Role,
}

/// One row.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The service; of all when none.
    pub service: Option<Name>,
    /// The value by which cases are told apart; all of them when none.
    pub by: Option<String>,
    /// What is measured.
    pub measure: Measure,
    /// How they ended.
    pub outcome: Option<&'static str>,
    /// The stage.
    pub stage: Option<Name>,
    /// The authority that is consulted, as the definition's branch has it.
    pub branch: Option<Name>,
    /// What kind of stage it is.
    pub kind: Option<&'static str>,
    /// The authority whose officers are to act.
    pub authority: Option<Name>,
    /// Their role.
    pub role: Option<Name>,
    /// Whether nothing is told because it could lead to somebody.
    pub hidden: bool,
    /// How many.
    pub count: Option<u64>,
    /// Of cases that were filed: those that have not ended.
    pub open: Option<u64>,
    /// How often a decision on these cases fell in an appeal.
    pub overturned: Option<u64>,
    /// From the first moment to the last.
    pub elapsed: Option<Shares>,
    /// What of it lies in working days.
    pub working: Option<Shares>,
}

/// Figures by whose time it was. Each is of all that were measured: who had nothing to do took no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Shares {
    /// Everybody's.
    pub all: Figures,
    /// The authorities'.
    pub authority: Figures,
    /// The applicant's.
    pub applicant: Figures,
    /// Time that the definition sets.
    pub waiting: Figures,
}

/// Where the rows of a cell stand.
type Placed = BTreeMap<Key, usize>;

/// The rows, with their sums, of which nothing is told that leads to somebody.
pub(super) fn rows(cells: Cells, question: &Question) -> Vec<Row> {
    let mut table = Table::default();
    let (mut all, mut roles) = (Cell::new(), Cell::new());
    let mut services: Vec<Placed> = Vec::new();
    for (service, groups) in cells {
        let groups: BTreeMap<_, _> = groups.into_iter().map(|(value, cell)| (value, with_any_end(cell))).collect();
        let mut total = Cell::new();
        groups.values().for_each(|cell| join(&mut total, cell));
        let whole = table.place(Some(&service), None, &total);
        let apart = groups.iter().filter_map(|(value, cell)| Some((value.as_deref()?, cell)));
        let parts: Vec<Placed> = apart.map(|(value, cell)| table.place(Some(&service), Some(value), cell)).collect();
        table.sum(&whole, &parts);
        drop(groups);
        for (key, held) in &total {
            match key {
                Key::Step(seat) => {
                    if let (Some(authority), Some(role)) = (&seat.authority, &seat.role) {
                        let own = held.authoritys();
                        roles.entry(Key::Role(authority.clone(), role.clone())).or_default().join(&own);
                    }
                }
                _ => all.entry(key.clone()).or_default().join(held),
            }
        }
        services.push(whole);
    }
    if services.len() > 1 {
        let whole = table.place(None, None, &all);
        table.sum(&whole, &services);
    }
    let whole = table.place(None, None, &roles);
    table.sum_roles(&whole, &services);
    table.told(question.least)
}

/// The rows while they come together.
#[derive(Default)]
struct Table {
    rows: Vec<Row>,
    people: Vec<People>,
    sums: Vec<Sum>,
}

impl Table {
    /// Adds a row for each measurement of a cell.
    fn place(&mut self, service: Option<&Name>, by: Option<&str>, cell: &Cell) -> Placed {
        let mut placed = Placed::new();
        for (key, held) in cell {
            placed.insert(key.clone(), self.rows.len());
            self.rows.push(row(service, by, key, held));
            let Held { count, applicants, officers, .. } = held;
            self.people.push(People { count: *count, applicants: applicants.clone(), officers: officers.clone() });
        }
        let ends: Vec<usize> =
            placed.iter().filter(|(key, _)| matches!(key, Key::End(Some(_)))).map(|(_, place)| *place).collect();
        if let Some(whole) = placed.get(&Key::End(None)) {
            self.sums.push(Sum { whole: *whole, parts: ends });
        }
        placed
    }

    /// Notes that each row of a cell is the sum of those of others.
    fn sum(&mut self, whole: &Placed, parts: &[Placed]) {
        for (key, whole) in whole {
            let parts: Vec<usize> = parts.iter().filter_map(|part| part.get(key).copied()).collect();
            if !parts.is_empty() {
                self.sums.push(Sum { whole: *whole, parts });
            }
        }
    }

    /// Notes of which steps a role's row is the sum.
    fn sum_roles(&mut self, roles: &Placed, services: &[Placed]) {
        for (key, whole) in roles {
            let is_its = |step: &Key| {
                let Key::Step(seat) = step else { return false };
                matches!((key, &seat.authority, &seat.role),
                    (Key::Role(authority, role), Some(own), Some(held)) if authority == own && role == held)
            };
            let steps = services.iter().flatten().filter(|(step, _)| is_its(step)).map(|(_, place)| *place);
            self.sums.push(Sum { whole: *whole, parts: steps.collect() });
        }
    }

    /// The rows as they are told.
    fn told(self, least: u64) -> Vec<Row> {
        let hidden = conceal(&self.people, &self.sums, least);
        let told = |(row, hidden): (Row, bool)| match hidden {
            false => row,
            true => Row { hidden, count: None, open: None, overturned: None, elapsed: None, working: None, ..row },
        };
        self.rows.into_iter().zip(hidden).map(told).collect()
    }
}

/// A cell with the ends of all outcomes together.
fn with_any_end(mut cell: Cell) -> Cell {
    let mut any = Held::default();
    cell.iter().filter(|(key, _)| matches!(key, Key::End(_))).for_each(|(_, held)| any.join(held));
    if any.count > 0 {
        cell.insert(Key::End(None), any);
    }
    cell
}

fn join(cell: &mut Cell, other: &Cell) {
    for (key, held) in other {
        cell.entry(key.clone()).or_default().join(held);
    }
}

fn row(service: Option<&Name>, by: Option<&str>, key: &Key, held: &Held) -> Row {
    let (measure, outcome) = match key {
        Key::Filed => (Measure::Filed, None),
        Key::Decision => (Measure::FilingToDecision, None),
        Key::End(Some(Outcome::Granted)) => (Measure::FilingToRelease, Some(Outcome::Granted)),
        Key::End(outcome) => (Measure::FilingToEnd, *outcome),
        Key::Step(_) => (Measure::Step, None),
        Key::Role(..) => (Measure::Role, None),
    };
    let seat = if let Key::Step(seat) = key { Some(seat) } else { None };
    let (authority, role) = match key {
        Key::Step(seat) => (seat.authority.clone(), seat.role.clone()),
        Key::Role(authority, role) => (Some(authority.clone()), Some(role.clone())),
        _ => (None, None),
    };
    let filed = |count: u64| (*key == Key::Filed).then_some(count);
    Row {
        service: service.cloned(),
        by: by.map(str::to_owned),
        measure,
        outcome: outcome.map(outcome_name),
        stage: seat.map(|seat| seat.stage.clone()),
        branch: seat.and_then(|seat| seat.branch.clone()),
        kind: seat.map(|seat| seat.kind),
        authority,
        role,
        hidden: false,
        count: Some(held.count),
        open: filed(held.open),
        overturned: filed(held.overturned),
        elapsed: shares(held, |pair| &pair.elapsed),
        working: shares(held, |pair| &pair.working),
    }
}

/// The figures of all times; nothing where none were measured.
fn shares(held: &Held, of: impl Fn(&Pair) -> &Series) -> Option<Shares> {
    let figures = |pair: &Pair| of(pair).figures();
    Some(Shares {
        all: figures(&held.all)?,
        authority: figures(&held.authority)?,
        applicant: figures(&held.applicant)?,
        waiting: figures(&held.waiting)?,
    })
}
