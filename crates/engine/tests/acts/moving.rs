//! Deadlines and how the applicant's turn moves them, held against counting day by day.

use definition::model::{Period, Unit, Zone};
use engine::clock;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use crate::scene::{moment, zone};

fn tehran() -> TimeZone {
    TimeZone::get("Asia/Tehran").unwrap()
}

fn at(date: Date, minute_of_day: i64) -> Timestamp {
    let midnight = date.to_zoned_datetime(tehran()).unwrap().timestamp();
    midnight + jiff::SignedDuration::from_mins(minute_of_day)
}

fn last_day(due: Timestamp) -> Date {
    (due - jiff::SignedDuration::from_nanos(1)).to_zoned_datetime(tehran()).date()
}

/// Whether a day counts for a clock of this unit.
fn counts(zone: &Zone, unit: Unit, day: Date) -> bool {
    unit != Unit::Workdays || zone.calendar.is_workday(day)
}

/// The day on which `count` days that count have passed after `from`.
fn walk(zone: &Zone, unit: Unit, from: Date, mut count: u32) -> Date {
    let mut day = from;
    while count > 0 {
        day = day.tomorrow().unwrap();
        count -= u32::from(counts(zone, unit, day));
    }
    day
}

fn between(zone: &Zone, unit: Unit, from: Date, to: Date) -> u32 {
    let mut day = from;
    let mut count = 0;
    while day < to {
        day = day.tomorrow().unwrap();
        count += u32::from(counts(zone, unit, day));
    }
    count
}

fn units() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(Unit::Workdays), Just(Unit::Days), Just(Unit::Months), Just(Unit::Years)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// The officers have as many days left after the answer as they had after the ask.
    #[test]
    fn the_days_left_stay_the_same(
        unit in units(), count in 1_u32..40, start in 0_i64..2200, asked in 0_i64..60, took in 0_i64..120,
        minutes in (0_i64..1440, 0_i64..1440, 0_i64..1440),
    ) {
        let zone = zone().zone();
        let count = if matches!(unit, Unit::Months | Unit::Years) { count % 3 + 1 } else { count };
        let first = jiff::civil::date(2025, 1, 1);
        let start = first + jiff::Span::new().days(start);
        let due = clock::due(zone, at(start, minutes.0), Period { count, unit }).unwrap();
        let last = last_day(due);
        let asked = (start + jiff::Span::new().days(asked)).min(last);
        let answered = asked + jiff::Span::new().days(took);
        let (from, to) = (at(asked, minutes.1), at(answered, minutes.2).max(at(asked, minutes.1)));

        let moved = last_day(clock::moved(zone, due, unit, from, to).unwrap());

        let left = between(zone, unit, asked, last);
        let mut expected = walk(zone, unit, answered, left);
        // The rest of a working day is the least that officers have to look at an answer.
        if left == 0 && !counts(zone, unit, expected) {
            expected = walk(zone, unit, answered, 1);
        }
        prop_assert_eq!(moved, expected, "asked {} answered {} last {}", asked, answered, last);
        prop_assert!(moved >= last && moved >= answered);
        if took == 0 {
            prop_assert_eq!(moved, last, "an answer on the same day moves nothing");
        }
    }

    /// A deadline is the end of the last of so many working days, however they are counted.
    #[test]
    fn working_days_are_counted_one_by_one(count in 1_u32..200, start in 0_i64..3000, minute in 0_i64..1440) {
        let zone = zone().zone();
        let start = jiff::civil::date(2025, 1, 1) + jiff::Span::new().days(start);
        let due = clock::due(zone, at(start, minute), Period { count, unit: Unit::Workdays }).unwrap();
        prop_assert_eq!(last_day(due), walk(zone, Unit::Workdays, start, count));
    }
}

fn moved(unit: Unit, due: &str, from: &str, to: &str) -> Option<String> {
    clock::moved(zone().zone(), moment(due), unit, moment(from), moment(to)).map(|due| last_day(due).to_string())
}

#[test]
fn the_turn_of_the_year_and_nowruz_do_not_count_against_officers() {
    // Asked on Wednesday 18 March with one working day left; answered on Wednesday 25 March, the first working day after Nowruz.
    let after = moved(Unit::Workdays, "2026-03-26T00:00", "2026-03-18T09:00", "2026-03-25T09:00");
    assert_eq!(after.as_deref(), Some("2026-03-28"));
    // In days of the calendar, a week is a week.
    let after = moved(Unit::Days, "2026-03-20T00:00", "2026-03-18T09:00", "2026-03-25T09:00");
    assert_eq!(after.as_deref(), Some("2026-03-26"));
}

#[test]
fn an_answer_on_a_day_off_to_an_ask_of_the_last_day_leaves_the_next_working_day() {
    // Asked on Wednesday 6 May, the last day; answered on Friday.
    let after = moved(Unit::Workdays, "2026-05-07T00:00", "2026-05-06T09:00", "2026-05-08T09:00");
    assert_eq!(after.as_deref(), Some("2026-05-09"));
}

#[test]
fn a_clock_that_was_set_back_moves_nothing() {
    for unit in [Unit::Workdays, Unit::Days] {
        let after = moved(unit, "2026-05-11T00:00", "2026-05-06T09:00", "2026-05-04T09:00");
        assert_eq!(after.as_deref(), Some("2026-05-10"));
    }
}

#[test]
fn no_clock_of_working_days_runs_past_the_calendars_end() {
    let text = include_str!("zone.txt").replace("currency: IRR", "currency: IRR\nuntil: 1405");
    let zone = crate::scene::checked(&text);
    let zone = zone.zone();
    // 1405 ends on 20 March 2027.
    let due = moment("2027-03-19T00:00");
    let (from, far) = (moment("2027-03-15T09:00"), moment("2027-03-18T09:00"));
    for unit in [Unit::Days, Unit::Months] {
        assert!(clock::moved(zone, due, unit, from, far).is_some(), "days off do not count");
    }
    assert_eq!(clock::moved(zone, due, Unit::Workdays, from, far), None);
}

#[test]
fn what_is_valid_for_years_is_granted_though_the_calendar_ends_before() {
    let text = include_str!("zone.txt").replace("currency: IRR", "currency: IRR\nuntil: 1405");
    let zone = crate::scene::checked(&text);
    let granted = crate::scene::given_in(&zone, "licence", "2026-05-03T09:00").opened("kind baker, size 9");
    let ended = granted.case().ended.clone().unwrap();
    assert_eq!(ended.certificate.unwrap().until, Some(moment("2028-05-03T00:00")));
}
