//! How long a case can take when everybody uses all of their time: the slowest path, over every day on which it may begin.
//!
//! The applicant's own turn stops the clock, so it takes no time, and the case goes on on any day. A deadline ends at 24:00. What follows when it
//! passes in silence begins the day after, and a period never counts the day on which it begins: a chain of deadlines is longer than their sum.
//!
//! Must not know of: problems, text.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::check::flow::circles::components;
use crate::check::flow::graph::{Cause, Edge, Graph};
use crate::check::flow::starts::Starts;
use crate::model::{FactPath, Period, Source, StageKind, Unit, Until};

/// How long a service's cases can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Never longer than the promise.
    Kept,
    /// Longer, and this is the slowest.
    Late(Slowest),
    /// Without limit: the stages make a circle in which the administration's time passes.
    Circle(Vec<usize>),
    /// Without limit: the stage waits for a date that may be any, and that the applicant did not choose.
    AnyDate(usize),
}

/// How many days so many working days can take at most, as far as it was asked for.
pub type Spans = BTreeMap<u32, u64>;

/// The slowest path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slowest {
    /// Its stages, in order.
    pub stages: Vec<usize>,
    /// A day on which it can begin.
    pub start: Date,
    /// How long it takes, in the promise's unit; in days if that is months or years.
    pub takes: u32,
    /// What was promised, in the same unit.
    pub promised: u32,
}

/// What a set of stages that is passed as one asks of a case.
#[derive(Debug)]
struct Step<'g, 'a> {
    /// Periods that run at once.
    periods: Vec<Period>,
    /// Whether the applicant has a turn in it, or chose a date that it waits for, after which any day may follow.
    resets: bool,
    /// Ways out of it.
    ways: Vec<&'g Edge<'a>>,
    /// Its stages.
    stages: Vec<usize>,
}

/// When a case comes to a step: on a day, or at its very beginning, when a deadline of the day before passed. Ordered by what is later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Arrival {
    day: Date,
    within: bool,
}

impl Arrival {
    /// The last day that is wholly or partly used up.
    fn used(self) -> Option<Date> {
        if self.within { Some(self.day) } else { self.day.yesterday().ok() }
    }
}

/// The most that a case can take from a step on, begun on any day, and the stretch that takes it.
#[derive(Clone, Debug, Default)]
struct Most {
    takes: u32,
    start: Option<Date>,
    /// Steps of this stretch, in order.
    steps: Vec<usize>,
    /// Where the next stretch begins.
    next: Option<Begin>,
}

/// The beginning of a stretch: a step, and whether the case comes to it within a day.
type Begin = (usize, bool);

impl Pace {
    /// The pace of `graph`'s service. `spans` is kept between services of one calendar, and begins empty.
    #[must_use]
    pub fn of(graph: &Graph<'_>, calendar: &Calendar, starts: Starts, spans: &mut Spans) -> Self {
        let edges: Vec<&Edge<'_>> = graph.live().filter(|edge| edge.cause != Cause::Appeal).collect();
        let pairs: Vec<(usize, usize)> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
        let mut sets = components(graph.service.stages.len(), &pairs);
        sets.retain(|stages| stages.iter().all(|number| graph.is_reached(*number)));
        let any_date = |number: &usize| waits_for_a_date(graph, *number);
        if let Some(number) = sets.iter().flatten().find(|number| any_date(number)) {
            return Self::AnyDate(*number);
        }
        let circle =
            |stages: &[usize]| stages.len() > 1 || pairs.iter().any(|(from, to)| from == to && stages.contains(from));
        let slow = |stages: &[usize]| stages.iter().any(|number| !periods(graph, *number).is_empty());
        if let Some(stages) = sets.iter().find(|stages| circle(stages) && slow(stages)) {
            return Self::Circle(stages.clone());
        }
        let steps: Vec<Step<'_, '_>> = sets.into_iter().map(|stages| step(graph, stages, &edges)).collect();
        Reckoning::new(graph, &steps, calendar, starts).pace(spans)
    }
}

/// Whether the stage waits for a date that somebody else than the applicant named.
fn waits_for_a_date(graph: &Graph<'_>, number: usize) -> bool {
    match graph.stage(number).map(|stage| &stage.kind) {
        Some(StageKind::Wait { until: Until::Date(path), .. }) => !is_applicants(graph, path),
        _ => false,
    }
}

/// Whether the applicant was asked for what the path reads: a wait for it is a wait that they chose.
fn is_applicants(graph: &Graph<'_>, path: &FactPath) -> bool {
    let FactPath::Fact(name) = path else { return false };
    graph.service.fact(name).is_some_and(|fact| matches!(fact.source, Source::Ask { .. }))
}

/// The administration's time in a stage: periods that run at once.
fn periods(graph: &Graph<'_>, number: usize) -> Vec<Period> {
    match graph.stage(number).map(|stage| &stage.kind) {
        Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) => vec![desk.wait.within],
        Some(StageKind::Consult { branches, .. }) => branches.iter().map(|branch| branch.within).collect(),
        Some(StageKind::Wait { until: Until::After(period), .. } | StageKind::Lot { within: period, .. }) => {
            vec![*period]
        }
        _ => Vec::new(),
    }
}

fn step<'g, 'a>(graph: &Graph<'a>, stages: Vec<usize>, edges: &[&'g Edge<'a>]) -> Step<'g, 'a> {
    let resets = stages.iter().any(|number| match graph.stage(*number).map(|stage| &stage.kind) {
        Some(StageKind::Applicant { .. } | StageKind::Pay { .. }) => true,
        Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) => desk.ask,
        Some(StageKind::Wait { until: Until::Date(path), .. }) => is_applicants(graph, path),
        _ => false,
    });
    let leaves = |edge: &&&Edge<'_>| stages.contains(&edge.from) && !stages.contains(&edge.to);
    let ways = edges.iter().filter(leaves).copied().collect();
    Step { periods: stages.iter().flat_map(|number| periods(graph, *number)).collect(), resets, ways, stages }
}

struct Reckoning<'r, 'g, 'a> {
    graph: &'r Graph<'a>,
    steps: &'r [Step<'g, 'a>],
    step_of: BTreeMap<usize, usize>,
    calendar: &'r Calendar,
    starts: Starts,
    most: BTreeMap<Begin, Most>,
}

impl<'r, 'g, 'a> Reckoning<'r, 'g, 'a> {
    fn new(graph: &'r Graph<'a>, steps: &'r [Step<'g, 'a>], calendar: &'r Calendar, starts: Starts) -> Self {
        let numbered = steps.iter().enumerate();
        let step_of =
            numbered.flat_map(|(number, step)| step.stages.iter().map(move |stage| (*stage, number))).collect();
        Self { graph, steps, step_of, calendar, starts, most: BTreeMap::new() }
    }

    fn pace(mut self, spans: &mut Spans) -> Pace {
        if self.is_plainly_kept(spans) {
            return Pace::Kept;
        }
        let Some(first) = self.step_of.get(&0).copied() else { return Pace::Kept };
        // No step leads to an earlier one, so what follows a stretch is reckoned before it.
        for begin in self.begins(first).into_iter().rev() {
            let most = self.most(begin);
            self.most.insert(begin, most);
        }
        let Some(Most { takes, start: Some(start), .. }) = self.most.get(&(first, true)).cloned() else {
            return Pace::Kept;
        };
        let promised = self.promised(start);
        if takes <= promised {
            return Pace::Kept;
        }
        Pace::Late(Slowest { stages: self.path((first, true)), start, takes, promised })
    }

    /// Whether even a reckoning that is too long stays within the promise: each deadline by itself at the worst time of the year, and a day more
    /// where one follows another in silence. It spares most services the days.
    fn is_plainly_kept(&self, spans: &mut Spans) -> bool {
        let within = self.graph.service.within;
        let mut longest: BTreeMap<usize, u64> = BTreeMap::new();
        for (number, step) in self.steps.iter().enumerate().rev() {
            let mut most = |period: &Period| match period.unit {
                Unit::Workdays if within.unit != Unit::Workdays => self.span(period.count, spans),
                Unit::Workdays | Unit::Days => u64::from(period.count),
                Unit::Months => u64::from(period.count) * 31,
                Unit::Years => u64::from(period.count) * 366,
            };
            let own = step.periods.iter().map(&mut most).max().map_or(0, |days| days + 1);
            let after = self.targets(step).filter_map(|to| longest.get(&to)).max().copied().unwrap_or(0);
            longest.insert(number, own + after);
        }
        let most = self.step_of.get(&0).and_then(|first| longest.get(first)).copied().unwrap_or(0);
        let promised = match within.unit {
            Unit::Workdays | Unit::Days => u64::from(within.count),
            Unit::Months => u64::from(within.count) * 28,
            Unit::Years => u64::from(within.count) * 365,
        };
        // The last deadline has nothing after it.
        most.saturating_sub(1) <= promised
    }

    /// The most days that so many working days can take.
    fn span(&self, workdays: u32, spans: &mut Spans) -> u64 {
        let days = |start: Date| {
            let end = self.calendar.add_workdays(start, workdays)?;
            u64::try_from(start.until(end).ok()?.get_days()).ok()
        };
        *spans.entry(workdays).or_insert_with(|| self.starts.days().filter_map(days).max().unwrap_or(u64::MAX / 1024))
    }

    fn targets(&self, step: &Step<'g, 'a>) -> impl Iterator<Item = usize> {
        step.ways.iter().filter_map(|edge| self.step_of.get(&edge.to).copied())
    }

    /// Where stretches begin: at the first step, and after each that the applicant has a turn in.
    fn begins(&self, first: usize) -> BTreeSet<Begin> {
        let mut begins = BTreeSet::from([(first, true)]);
        for step in self.steps.iter().filter(|step| step.resets) {
            for edge in &step.ways {
                if let Some(to) = self.step_of.get(&edge.to) {
                    begins.insert((*to, is_within(step, edge)));
                }
            }
        }
        begins
    }

    /// The most over all days on which a stretch may begin.
    fn most(&self, begin: Begin) -> Most {
        let mut most = Most::default();
        for start in self.starts.days() {
            let stretch = self.stretch(begin, start);
            let later = self.lateness(begin, &stretch) > self.lateness(begin, &most);
            if most.start.is_none() || later {
                most = stretch;
            }
        }
        most
    }

    /// How much it takes; for the first stretch, beyond what was promised on that day, since months are not all of one length.
    fn lateness(&self, begin: Begin, most: &Most) -> i64 {
        let is_first = self.steps.get(begin.0).is_some_and(|step| step.stages.contains(&0));
        let promised = most.start.filter(|_| is_first).map_or(0, |start| i64::from(self.promised(start)));
        i64::from(most.takes) - promised
    }

    /// The most that a case can take which comes to this step on this day.
    fn stretch(&self, (first, within): Begin, start: Date) -> Most {
        let mut arrivals: BTreeMap<usize, (Arrival, Option<usize>)> = BTreeMap::new();
        let begin = Arrival { day: start, within };
        arrivals.insert(first, (begin, None));
        let mut best = Most { start: Some(start), steps: vec![first], ..Most::default() };
        let mut ahead = first;
        while let Some((&number, &(arrival, _))) = arrivals.range(ahead..).next() {
            ahead = number + 1;
            let Some(step) = self.steps.get(number) else { continue };
            let Some((late, passed)) = self.leave(step, arrival) else { continue };
            let takes = |end: Arrival| {
                self.between(begin, end).unwrap_or(0).saturating_add(if step.resets { passed } else { 0 })
            };
            let mut better = |takes: u32, next: Option<Begin>| {
                if takes > best.takes {
                    best = Most { takes, start: Some(start), steps: trace(&arrivals, number), next };
                }
            };
            if step.ways.is_empty() {
                better(takes(late), None);
            }
            let mut onward = Vec::new();
            for edge in &step.ways {
                let Some(&to) = self.step_of.get(&edge.to) else { continue };
                let next = if is_within(step, edge) { Some(late) } else { after_midnight(late) };
                if step.resets {
                    let next = (to, is_within(step, edge));
                    let further = self.most.get(&next).map_or(0, |most| most.takes);
                    better(takes(arrival).saturating_add(further), Some(next));
                } else if let Some(next) = next {
                    onward.push((to, next));
                }
            }
            for (to, next) in onward {
                let known = arrivals.get(&to).map(|(arrival, _)| *arrival);
                if known.is_none_or(|known| next > known) {
                    arrivals.insert(to, (next, Some(number)));
                }
            }
        }
        best
    }

    /// The last moment of a step, and how much of the promise it takes where the applicant has a turn in it.
    fn leave(&self, step: &Step<'g, 'a>, arrival: Arrival) -> Option<(Arrival, u32)> {
        if step.periods.is_empty() {
            return Some((arrival, 0));
        }
        let ends = step.periods.iter().filter_map(|period| self.calendar.add(arrival.day, *period));
        let late = Arrival { day: ends.max()?, within: true };
        let mut passed = self.between(arrival, late)?;
        if step.resets && self.graph.service.within.unit == Unit::Workdays {
            // An ask may cut the period in two, so that each of its days is worked.
            let days = step.periods.iter().filter(|period| period.unit == Unit::Days).map(|period| period.count);
            passed = days.max().map_or(passed, |days| days.max(passed));
        }
        Some((late, passed))
    }

    /// How much of the promise passes from one moment to another: working days, or days.
    fn between(&self, from: Arrival, to: Arrival) -> Option<u32> {
        let (from, to) = (from.used()?, to.used()?);
        match self.graph.service.within.unit {
            Unit::Workdays => Some(self.calendar.workdays_between(from, to)),
            _ => u32::try_from(from.until(to).ok()?.get_days()).ok(),
        }
    }

    /// What was promised to who applied on that day, in the unit of `between`.
    fn promised(&self, start: Date) -> u32 {
        let within = self.graph.service.within;
        if within.unit == Unit::Workdays || within.unit == Unit::Days {
            return within.count;
        }
        let end = self.calendar.add(start, within);
        let days = end.and_then(|end| start.until(end).ok()).map_or(0, |span| span.get_days());
        u32::try_from(days).unwrap_or(0)
    }

    /// The stages of the slowest path, stretch by stretch.
    fn path(&self, first: Begin) -> Vec<usize> {
        let mut path = Vec::new();
        let mut next = Some(first);
        while let Some(most) = next.and_then(|begin| self.most.get(&begin)) {
            let steps = most.steps.iter().filter_map(|number| self.steps.get(*number));
            path.extend(steps.flat_map(|step| step.stages.iter().copied()));
            next = most.next;
        }
        path
    }
}

/// Whether a way out is taken within a day, rather than at 24:00 when a deadline has passed. The applicant's turn ends on any day.
fn is_within(step: &Step<'_, '_>, edge: &Edge<'_>) -> bool {
    step.periods.is_empty() || !matches!(edge.cause, Cause::Silence | Cause::Time)
}

fn after_midnight(late: Arrival) -> Option<Arrival> {
    Some(Arrival { day: late.day.tomorrow().ok()?, within: false })
}

fn trace(arrivals: &BTreeMap<usize, (Arrival, Option<usize>)>, last: usize) -> Vec<usize> {
    let mut path = vec![last];
    while let Some((_, Some(before))) = path.last().and_then(|number| arrivals.get(number)) {
        path.push(*before);
    }
    path.reverse();
    path
}
