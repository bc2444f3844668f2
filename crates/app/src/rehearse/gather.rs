//! Gathers a log's rows into cases, and tells everything that is wrong with them.
//!
//! Must not know of: CSV, XES, how a case is decided.

use std::collections::{BTreeMap, BTreeSet};

use definition::Checked;
use definition::model::{FactPath, Name, Service};
use definition::value::{self, Value, ValueError};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::map::Map;
use super::map_step::Step;
use super::mistake::{Mistakes, Source, Unreadable, Wrong};
use super::past::{Held, Past, PastAct, PastCase};
use super::{csv_log, text, xes_log};

/// Reads a log: XES when it begins like XML, else CSV.
pub(super) fn read(bytes: &[u8], map: &Map, service: &Checked<Service>) -> Result<Past, Unreadable> {
    let text = text::text(bytes)?;
    let wanted: Vec<&str> = map.wanted();
    let mut gather = Gather::new(map, service);
    let mut row = |line, cells: &[Option<&str>]| gather.row(line, cells);
    if text.trim_start().starts_with('<') {
        xes_log::read(text, &wanted, &mut row)?;
    } else {
        csv_log::read(text, &wanted, &mut row)?;
    }
    gather.finish()
}

/// Most characters of a cell: names have some dozens, and free text is no part of a rehearsal.
const CELL_CHARS_MAX: usize = 10_000;

struct Gather<'a> {
    map: &'a Map,
    service: &'a Checked<Service>,
    cases: BTreeMap<String, PastCase>,
    unknown: BTreeSet<String>,
    /// Columns and cases that were told to disagree.
    at_odds: BTreeSet<(String, String)>,
    mistakes: Mistakes,
}

/// What stands in a row besides the facts.
struct Row<'a> {
    line: u64,
    case: &'a str,
    activity: &'a str,
    person: Option<&'a str>,
    at: Timestamp,
    deadline: Option<Timestamp>,
    closed: Option<Timestamp>,
}

impl<'a> Gather<'a> {
    fn new(map: &'a Map, service: &'a Checked<Service>) -> Self {
        let mistakes = Mistakes::new(Source::Log);
        Self { map, service, cases: BTreeMap::new(), unknown: BTreeSet::new(), at_odds: BTreeSet::new(), mistakes }
    }

    /// Takes a row whose cells stand in the order of [`Map::wanted`].
    fn row(&mut self, line: u64, cells: &[Option<&str>]) {
        if self.has_long_cell(line, cells) {
            return;
        }
        let mut cells = cells.iter().copied();
        let map = self.map;
        let columns = &map.columns;
        let case = self.needed(line, &columns.case, cells.next().flatten());
        let activity = self.needed(line, &columns.activity, cells.next().flatten());
        let person = cells.next().flatten();
        let at = self.needed(line, &columns.at, cells.next().flatten());
        let at = at.and_then(|at| self.instant(line, &columns.at, at));
        let mut optional = |column: &Option<String>| {
            let column = column.as_ref()?;
            let cell = cells.next().flatten()?;
            self.instant(line, column, cell)
        };
        let (deadline, closed) = (optional(&columns.deadline), optional(&columns.closed));
        let (Some(case), Some(activity), Some(at)) = (case, activity, at) else { return };
        let (facts, held) = self.facts(line, activity, cells);
        self.add(Row { line, case, activity, person, at, deadline, closed }, facts, held);
    }

    fn has_long_cell(&mut self, line: u64, cells: &[Option<&str>]) -> bool {
        if cells.iter().flatten().all(|cell| cell.len() <= CELL_CHARS_MAX) {
            return false;
        }
        let map = self.map;
        let lengths = cells.iter().map(|cell| cell.map_or(0, |cell| cell.chars().count()));
        let Some((column, chars)) = map.wanted().into_iter().zip(lengths).find(|(_, chars)| *chars > CELL_CHARS_MAX)
        else {
            return false;
        };
        self.mistakes.add(Some(line), Wrong::TooLong { column: column.to_owned(), chars, max: CELL_CHARS_MAX });
        true
    }

    fn needed<'c>(&mut self, line: u64, column: &str, cell: Option<&'c str>) -> Option<&'c str> {
        if cell.is_none() {
            self.mistakes.add(Some(line), Wrong::NoValue { column: column.to_owned() });
        }
        cell
    }

    fn instant(&mut self, line: u64, column: &str, cell: &str) -> Option<Timestamp> {
        let read = value::fold_digits(cell).parse::<Timestamp>();
        let (column, value) = (column.to_owned(), short(cell));
        let wrong = match read {
            Ok(instant) => match value::near(TimeZone::UTC.to_datetime(instant).date()) {
                Err(ValueError::FarDate { date }) => {
                    let (why, help) = value::far(date);
                    Wrong::FarTime { column, value, why, help }
                }
                _ => return Some(instant),
            },
            Err(_) => Wrong::BadTime { column, value },
        };
        self.mistakes.add(Some(line), wrong);
        None
    }

    /// The facts that this row's activity uses, and what registers said of them.
    fn facts<'c>(
        &mut self,
        line: u64,
        activity: &str,
        cells: impl Iterator<Item = Option<&'c str>>,
    ) -> (BTreeMap<Name, Value>, Held) {
        let (mut facts, mut held) = (BTreeMap::new(), Held::default());
        let (map, service) = (self.map, self.service);
        let Some(step) = map.activities.get(activity) else { return (facts, held) };
        let takes = |fact: &Name| service.fact(fact).filter(|fact| step.takes(service, fact));
        let typed = |concept: &Name| service.zone().concepts.get(concept).map(|concept| &concept.type_);
        for (column, cell) in map.facts.iter().zip(cells) {
            let (type_, into, name) = match &column.of {
                FactPath::Record { fact, concept, .. } if takes(fact).is_some() => {
                    (typed(concept), held.records.entry(fact.clone()).or_default(), concept)
                }
                FactPath::Applicant { concept } if matches!(step, Step::Submit | Step::Supply { .. }) => {
                    (typed(concept), &mut held.applicant, concept)
                }
                FactPath::Fact(fact) => (takes(fact).map(|fact| &fact.type_), &mut facts, fact),
                _ => continue,
            };
            let (Some(type_), Some(cell)) = (type_, cell) else { continue };
            let ours = column.values.as_ref().map_or(Some(cell), |values| values.get(cell).map(String::as_str));
            match ours.and_then(|ours| value::parse(type_, ours, &service.zone().lists).ok()) {
                Some(value) => drop(into.insert(name.clone(), value)),
                None => {
                    let wrong = Wrong::UnknownValue { fact: column.of.key(), value: short(cell) };
                    self.mistakes.add(Some(line), wrong);
                }
            }
        }
        (facts, held)
    }

    fn add(&mut self, row: Row<'_>, facts: BTreeMap<Name, Value>, held: Held) {
        if !self.map.activities.contains_key(row.activity) && self.unknown.insert(row.activity.to_owned()) {
            self.mistakes.add(Some(row.line), Wrong::UnknownActivity { activity: short(row.activity) });
        }
        let new = || PastCase { name: row.case.to_owned(), deadline: None, closed: None, acts: Vec::new() };
        let case = self.cases.entry(row.case.to_owned()).or_insert_with(new);
        let columns = &self.map.columns;
        let both =
            [(&columns.deadline, &mut case.deadline, row.deadline), (&columns.closed, &mut case.closed, row.closed)];
        for (column, known, said) in both {
            if let (Some(first), Some(second), Some(column)) = (*known, said, column)
                && first != second
                && self.at_odds.insert((column.clone(), row.case.to_owned()))
            {
                let (column, case) = (column.clone(), short(row.case));
                let wrong = Wrong::Disagrees { column, case, first: first.to_string(), second: second.to_string() };
                self.mistakes.add(Some(row.line), wrong);
            }
            *known = known.or(said);
        }
        let person = row.person.map(str::to_owned);
        case.acts.push(PastAct { activity: row.activity.to_owned(), person, at: row.at, facts, held });
    }

    fn finish(self) -> Result<Past, Unreadable> {
        self.mistakes.settle()?;
        if self.cases.is_empty() {
            return Err(Unreadable::one(Source::Log, None, Wrong::Empty));
        }
        let mut cases: Vec<PastCase> = self.cases.into_values().collect();
        for case in &mut cases {
            // Stable: at the same instant, the order of the file stays.
            case.acts.sort_by_key(|act| act.at);
        }
        Ok(Past { cases })
    }
}

/// As much of a cell as an error shows.
fn short(cell: &str) -> String {
    cell.chars().take(100).collect()
}
