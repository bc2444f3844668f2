//! The slowest path, against walking every path day by day.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{Graph, Pace, Spans, Starts};
use crate::calendar::{Calendar, CalendarKind, Holiday, HolidayDate, Rules, Weekday};
use crate::check::tables::Examined;
use crate::model::{
    Applicant, Branch, Desk, End, Opinion, Outcome, Overdue, Period, Service, Stage, StageKind, Unit, Until, Wait,
};

/// What a random stage does: its kind, how long, in workdays or in days, and how far ahead its two ways lead.
type Plan = (u8, u32, bool, usize, usize);

fn name(number: usize) -> String {
    format!("stage-{number}")
}

fn period(count: u32, workdays: bool) -> Period {
    Period { count, unit: if workdays { Unit::Workdays } else { Unit::Days } }
}

fn service(plans: &[Plan], promise: Period) -> Service {
    let last = plans.len();
    let mut stages: Vec<Stage> = plans
        .iter()
        .enumerate()
        .map(|(number, plan)| Stage { name: name(number), kind: kind(number, last, plan), binding: false })
        .collect();
    let end = End {
        outcome: Outcome::Closed,
        issue: None,
        valid: None,
        once: false,
        enter: None,
        book: None,
        otherwise: None,
        appeal: None,
        overturn: false,
    };
    stages.push(Stage { name: name(last), kind: StageKind::End(end), binding: false });
    Service {
        name: "service".to_owned(),
        authority: "town".to_owned(),
        portal: "market".to_owned(),
        applicant: Applicant::Person,
        within: promise,
        answer: None,
        reserve: None,
        facts: Vec::new(),
        stages,
        tables: BTreeMap::new(),
        words: BTreeMap::new(),
    }
}

fn kind(number: usize, last: usize, &(kind, count, workdays, near, far): &Plan) -> StageKind {
    let target = |ahead: usize| name((number + 1 + ahead).min(last));
    let within = period(count, workdays);
    match kind % 3 {
        0 => StageKind::Officer(Desk {
            role: "clerk".to_owned(),
            people: 1,
            divided: None,
            wait: Wait { within, overdue: Overdue::Stage(target(near)) },
            may: BTreeMap::from([("go".to_owned(), target(far))]),
            ask: false,
            grounds: Vec::new(),
            proposal: None,
            record: Vec::new(),
            order: None,
        }),
        1 => StageKind::Wait { until: Until::After(within), then: target(near) },
        _ => {
            let branch = |name: &str, within| Branch {
                name: name.to_owned(),
                role: "clerk".to_owned(),
                within,
                silent: Opinion::Agree,
                grounds: Vec::new(),
            };
            let branches = vec![branch("one", within), branch("two", period(2, !workdays))];
            StageKind::Consult { branches, agree: target(near), object: target(far) }
        }
    }
}

fn calendar() -> Calendar {
    let off = |date| Holiday { day: HolidayDate::Once(date), words: BTreeMap::new() };
    Calendar::from(Rules {
        kind: CalendarKind::Gregorian,
        weekend: vec![Weekday::Thursday, Weekday::Friday],
        holidays: vec![off(date(2026, 3, 21)), off(date(2026, 3, 22)), off(date(2026, 4, 1))],
        until: None,
    })
}

/// The last day of a period, by counting days one at a time.
fn last_day(calendar: &Calendar, start: Date, period: Period) -> Date {
    let (mut day, mut left) = (start, period.count);
    while left > 0 {
        day = day.tomorrow().unwrap();
        left -= u32::from(period.unit == Unit::Days || calendar.is_workday(day));
    }
    day
}

/// The last day that any path uses up which comes to `stage` on `day`; `fresh` when it came at the day's first moment.
fn latest(service: &Service, calendar: &Calendar, stage: &str, day: Date, fresh: bool) -> Date {
    let on = |stage: &str, day, fresh| latest(service, calendar, stage, day, fresh);
    let end = |period| last_day(calendar, day, period);
    let chosen = |stage: &str, last: Date| {
        let days = day.series(jiff::Span::new().days(1)).take_while(|day| *day <= last);
        days.map(|day| on(stage, day, false)).max().unwrap()
    };
    let passed = |stage: &str, last: Date| on(stage, last.tomorrow().unwrap(), true);
    match &service.stage(stage).unwrap().kind {
        StageKind::Officer(desk) => {
            let last = end(desk.wait.within);
            let Overdue::Stage(overdue) = &desk.wait.overdue else { unreachable!() };
            chosen(&desk.may["go"], last).max(passed(overdue, last))
        }
        StageKind::Wait { until: Until::After(period), then } => passed(then, end(*period)),
        StageKind::Consult { branches, agree, object, .. } => {
            let last = branches.iter().map(|branch| end(branch.within)).max().unwrap();
            chosen(agree, last).max(chosen(object, last)).max(passed(agree, last))
        }
        _ => {
            if fresh {
                day.yesterday().unwrap()
            } else {
                day
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_path_is_slower_than_the_slowest(
        plans in prop::collection::vec((0_u8..3, 0_u32..5, any::<bool>(), 0_usize..2, 0_usize..2), 1..5),
        in_workdays in any::<bool>(),
    ) {
        let (calendar, unit) = (calendar(), if in_workdays { Unit::Workdays } else { Unit::Days });
        let service = service(&plans, Period { count: 0, unit });
        let starts = Starts { first: date(2026, 3, 1), last: date(2026, 4, 5) };
        let takes = |start: Date| {
            let used = latest(&service, &calendar, &name(0), start, false);
            let counted = start.series(jiff::Span::new().days(1)).skip(1).take_while(|day| *day <= used);
            counted.filter(|day| !in_workdays || calendar.is_workday(*day)).count()
        };
        let slowest = starts.days().map(takes).max().unwrap();
        let graph = Graph::of(&service, &Examined::default());
        match Pace::of(&graph, &calendar, starts, &mut Spans::new()) {
            Pace::Late(late) => {
                prop_assert_eq!(late.takes as usize, slowest);
                prop_assert_eq!(takes(late.start), slowest);
            }
            Pace::Kept => prop_assert_eq!(slowest, 0),
            other => prop_assert!(false, "{:?}", other),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// The quick reckoning must not call kept what is late: a promise one shorter than the slowest path is late, and one as long is kept.
    #[test]
    fn a_promise_is_kept_exactly_when_the_slowest_path_keeps_it(
        plans in prop::collection::vec((0_u8..3, 1_u32..5, any::<bool>(), 0_usize..2, 0_usize..2), 1..5),
        in_workdays in any::<bool>(),
    ) {
        let starts = Starts { first: date(2026, 3, 1), last: date(2026, 4, 5) };
        let pace = |count| {
            let service = service(&plans, period(count, in_workdays));
            let graph = Graph::of(&service, &Examined::default());
            Pace::of(&graph, &calendar(), starts, &mut Spans::new())
        };
        let Pace::Late(slowest) = pace(0) else { return Ok(()) };
        prop_assert_eq!(pace(slowest.takes), Pace::Kept);
        prop_assert!(matches!(pace(slowest.takes - 1), Pace::Late(_)));
    }
}

#[test]
fn what_follows_silence_begins_the_day_after() {
    // Two deadlines of one workday: the second begins on the day after the first has passed, and does not count that day.
    let service = service(&[(0, 1, true, 0, 0), (0, 1, true, 0, 0)], period(0, true));
    let graph = Graph::of(&service, &Examined::default());
    let Pace::Late(late) = Pace::of(&graph, &calendar(), Starts::of(&calendar()), &mut Spans::new()) else {
        panic!("kept")
    };
    assert_eq!((late.takes, late.stages), (3, vec![0, 1, 2]));
}
