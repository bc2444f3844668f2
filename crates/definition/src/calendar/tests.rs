//! The calendar against published dates, and its fast counting against counting day by day.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::{Calendar, CalendarKind, Holiday, HolidayDate, Rules, Weekday};
use crate::model::{Period, Unit};

fn calendar() -> Calendar {
    let yearly = |month, day| Holiday { day: HolidayDate::Yearly { month, day }, words: Default::default() };
    let once = |date| Holiday { day: HolidayDate::Once(date), words: Default::default() };
    Calendar::from(Rules {
        kind: CalendarKind::Persian,
        weekend: vec![Weekday::Thursday, Weekday::Friday],
        holidays: vec![yearly(1, 1), yearly(1, 2), yearly(1, 13), yearly(12, 29), once(date(2026, 6, 6))],
        until: Some(1420),
    })
}

/// 1 Farvardin as the Iranian calendar authority published it; the equinox of these years is on or about that day.
#[test]
fn the_year_begins_when_the_almanac_says() {
    let known = [
        (1354, date(1975, 3, 21)),
        (1375, date(1996, 3, 20)),
        (1376, date(1997, 3, 21)),
        (1399, date(2020, 3, 20)),
        (1400, date(2021, 3, 21)),
        (1403, date(2024, 3, 20)),
        (1404, date(2025, 3, 21)),
        (1405, date(2026, 3, 21)),
        (1408, date(2029, 3, 20)),
        (1409, date(2030, 3, 21)),
    ];
    for (year, iso) in known {
        assert_eq!(CalendarKind::Persian.to_iso(year, 1, 1), Some(iso), "{year}");
        assert_eq!(CalendarKind::Persian.from_iso(iso), Some((year, 1, 1)), "{year}");
    }
}

#[test]
fn esfand_has_thirty_days_in_leap_years_only() {
    for year in 1395..=1412 {
        let leap = [1395, 1399, 1403, 1408, 1412].contains(&year);
        assert_eq!(CalendarKind::Persian.to_iso(year, 12, 30).is_some(), leap, "{year}");
    }
}

#[test]
fn months_and_years_are_clamped_to_the_month() {
    let iso = |y, m, d| CalendarKind::Persian.to_iso(y, m, d).unwrap();
    let kind = CalendarKind::Persian;
    assert_eq!(kind.add_months(iso(1404, 6, 31), 1), Some(iso(1404, 7, 30)));
    assert_eq!(kind.add_months(iso(1404, 6, 31), 6), Some(iso(1404, 12, 29)));
    assert_eq!(kind.add_years(iso(1403, 12, 30), 1), Some(iso(1404, 12, 29)));
    assert_eq!(kind.add_years(iso(1403, 12, 30), 5), Some(iso(1408, 12, 30)));
    assert_eq!(CalendarKind::Gregorian.add_months(date(2025, 10, 31), 1), Some(date(2025, 11, 30)));
}

#[test]
fn a_clock_ends_at_midnight_of_the_last_working_day() {
    let tehran = TimeZone::get("Asia/Tehran").unwrap();
    let due = |start: &str, count, unit| {
        let end = calendar().due(start.parse().unwrap(), Period { count, unit }, &tehran);
        end.map(|end| end.to_string())
    };
    // Saturday 13:30 in Tehran (UTC+3:30); five working days: Sunday to Wednesday and, after the weekend, Saturday.
    assert_eq!(due("2026-06-13T10:00:00Z", 5, Unit::Workdays).as_deref(), Some("2026-06-20T20:30:00Z"));
    // 22:00 UTC on Friday is already Saturday in Tehran.
    assert_eq!(due("2026-06-12T22:00:00Z", 1, Unit::Workdays).as_deref(), Some("2026-06-14T20:30:00Z"));
    assert_eq!(due("2026-06-13T10:00:00Z", 0, Unit::Workdays).as_deref(), Some("2026-06-13T20:30:00Z"));
    assert_eq!(due("2026-06-13T10:00:00Z", 3, Unit::Days).as_deref(), Some("2026-06-16T20:30:00Z"));
    assert_eq!(due("2026-06-13T10:00:00Z", u32::MAX, Unit::Days), None);
    assert_eq!(due("2026-06-13T10:00:00Z", u32::MAX, Unit::Workdays), None);
    // The calendar's days off are entered until the end of 1420.
    assert_eq!(due("2026-06-13T10:00:00Z", 9_000, Unit::Workdays), None, "past `until`");
    assert_eq!(
        due("2026-06-13T10:00:00Z", 30, Unit::Years).as_deref(),
        Some("2056-06-12T20:30:00Z"),
        "no days off count"
    );
}

#[test]
fn midnight_that_a_clock_change_skips_is_the_first_instant_of_the_day() {
    // Tehran went from 24:00 on 21 March 2022 straight to 01:00 on 22 March.
    let tehran = TimeZone::get("Asia/Tehran").unwrap();
    let end = calendar().due("2022-03-20T08:00:00Z".parse().unwrap(), Period { count: 1, unit: Unit::Days }, &tehran);
    assert_eq!(end.unwrap().to_string(), "2022-03-21T20:30:00Z");
}

#[test]
fn a_calendar_without_working_days_has_no_next_one() {
    let rules = Rules { weekend: Weekday::ALL.map(|(_, day)| day).to_vec(), ..calendar().rules().clone() };
    assert_eq!(Calendar::from(rules).add_workdays(date(2026, 1, 1), 1), None);
}

#[test]
fn serialisation_keeps_the_rules() {
    let json = serde_json::to_string(&calendar()).unwrap();
    assert_eq!(serde_json::from_str::<Calendar>(&json).unwrap(), calendar());
}

/// The definition of a working day, without the table.
fn is_worked(day: Date) -> bool {
    let (_, month, number) = CalendarKind::Persian.from_iso(day).unwrap();
    let weekend = matches!(day.weekday(), jiff::civil::Weekday::Thursday | jiff::civil::Weekday::Friday);
    let off = [(1, 1), (1, 2), (1, 13), (12, 29)].contains(&(month, number)) || day == date(2026, 6, 6);
    !weekend && !off
}

proptest! {
    #[test]
    fn counting_by_table_is_counting_day_by_day(offset in 0_i64..43_000, count in 1_u32..400) {
        let calendar = calendar();
        let start = date(1921, 3, 22).checked_add(jiff::Span::new().days(offset)).unwrap();
        let (mut day, mut left) = (start, count);
        while left > 0 {
            day = day.tomorrow().unwrap();
            left -= u32::from(is_worked(day));
        }
        prop_assert_eq!(calendar.add_workdays(start, count), Some(day));
        prop_assert_eq!(calendar.workdays_between(start, day), count);
        prop_assert!(calendar.is_workday(day));
    }
}
