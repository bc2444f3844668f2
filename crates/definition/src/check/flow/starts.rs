//! The days on which a case may begin that have to be tried so that nothing is missed.
//!
//! Must not know of: stages, problems.

use jiff::civil::Date;

use crate::calendar::{Calendar, CalendarKind, HolidayDate};

/// How many years in a row are tried.
///
/// What a clock meets depends on the weekday on which its year begins, on where the next leap day lies, and on days off that are entered for one
/// year. Leap days are four or, in the Persian calendar every 29 or 33 years, five years apart, and four years move the weekday by five, which has
/// no common divisor with seven: so within 66 years a year begins on each weekday with the leap day in this, the next, the one after it or none of
/// them. A clock that runs over at most three of the zone's years can meet nothing else (a test holds this against the calendars).
const YEARS: i16 = 66;

/// A stretch of days.
#[derive(Clone, Copy, Debug)]
pub struct Starts {
    /// The first day tried.
    pub first: Date,
    /// The last day tried.
    pub last: Date,
}

impl Starts {
    /// The days to try for `calendar`: `YEARS` years, and those around each day off that is entered for one year.
    #[must_use]
    pub fn of(calendar: &Calendar) -> Self {
        let rules = calendar.rules();
        let once = rules.holidays.iter().filter_map(|holiday| match holiday.day {
            HolidayDate::Once(date) => rules.kind.from_iso(date).map(|(year, ..)| year),
            HolidayDate::Yearly { .. } => None,
        });
        let begin = match rules.kind {
            CalendarKind::Persian => 1400,
            CalendarKind::Gregorian => 2021,
        };
        // A clock of up to two years that began before a day off may still meet it.
        let low = once.clone().min().map_or(begin, |year| begin.min(year.saturating_sub(2)));
        let high = once.max().map_or(begin, |year| begin.max(year)).max(low.saturating_add(YEARS));
        let (least, most) = calendar.bounds();
        let day = |year: i16| rules.kind.to_iso(year, 1, 1).map(|date| date.clamp(least, most));
        Self { first: day(low).unwrap_or(least), last: day(high.saturating_add(1)).unwrap_or(most) }
    }

    /// Every day.
    pub fn days(self) -> impl Iterator<Item = Date> {
        self.first.series(jiff::Span::new().days(1)).take_while(move |day| *day <= self.last)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::YEARS;
    use crate::calendar::CalendarKind;

    /// All that distinguishes three years in a row: the weekday of the first day, and which of the three is a leap year.
    fn kinds(kind: CalendarKind, from: i16, years: i16) -> BTreeSet<(i8, Option<i16>)> {
        let first = |year| kind.to_iso(year, 1, 1).unwrap();
        let days = |year| first(year).until(first(year + 1)).unwrap().get_days();
        let leap = |year: i16| (0..3).find(|ahead| days(year + ahead) == 366);
        (from..from + years).map(|year| (first(year).weekday().to_monday_zero_offset(), leap(year))).collect()
    }

    #[test]
    fn sixty_six_years_hold_all_that_the_calendars_ever_do() {
        for (kind, from, first) in [(CalendarKind::Persian, 1400, 1280), (CalendarKind::Gregorian, 2021, 1901)] {
            let tried = kinds(kind, from, YEARS);
            assert_eq!(tried.len(), 28, "{kind:?}");
            assert!(kinds(kind, first, 290).is_subset(&tried), "{kind:?}");
        }
    }
}
