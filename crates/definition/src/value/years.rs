//! The years of which dates are taken: the one bound for facts, cells, grounds and what is typed, so that a day of the Persian calendar written as
//! ISO 8601 is told as what it is, and not taken for a day of the middle ages.
//!
//! Must not know of: where a date comes from, the calendar of a zone.

use std::ops::RangeInclusive;

use super::{Date, ValueError};
use crate::calendar::CalendarKind;

/// The years of the Gregorian calendar of which a date is taken: they have nothing in common with the Persian years that anybody alive writes.
pub const YEARS: RangeInclusive<i16> = 1700..=2199;

/// The first day that is taken.
pub const FIRST_DAY: Date = Date::constant(1700, 1, 1);
/// The last day that is taken.
pub const LAST_DAY: Date = Date::constant(2199, 12, 31);

/// `date`, if it lies in [`YEARS`].
///
/// # Errors
/// [`ValueError::FarDate`] if it does not.
pub fn near(date: Date) -> Result<Date, ValueError> {
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(ValueError::FarDate { date }) }
}

/// The day that is meant if the numbers of a far `date` are of the Persian calendar.
#[must_use]
pub fn meant(date: Date) -> Option<Date> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    CalendarKind::Persian.to_iso(date.year(), month, day).and_then(|day| near(day).ok())
}

/// What is wrong with a far `date`, and what to write in its place, for authors and operators.
#[must_use]
pub fn far(date: Date) -> (String, String) {
    let message = format!("`{date}` lies outside the years 1700 to 2199 of the Gregorian calendar (ISO 8601)");
    let help = match meant(date) {
        Some(meant) => format!("if a day of the Persian calendar is meant, write `{meant}`"),
        None => format!("write a day of the Gregorian calendar from {FIRST_DAY} to {LAST_DAY}"),
    };
    (message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_is_the_years() {
        for day in [FIRST_DAY, LAST_DAY] {
            assert_eq!(near(day), Ok(day));
        }
        for day in [FIRST_DAY.yesterday().unwrap(), LAST_DAY.tomorrow().unwrap(), Date::MIN, Date::MAX] {
            assert_eq!(near(day), Err(ValueError::FarDate { date: day }));
        }
    }

    #[test]
    fn a_persian_day_is_told_as_what_it_is() {
        assert_eq!(meant(Date::constant(1405, 9, 2)), Some(Date::constant(2026, 11, 23)));
        assert!(far(Date::constant(1405, 9, 2)).1.contains("`2026-11-23`"));
        for day in [Date::constant(9999, 12, 29), Date::constant(1, 1, 1), Date::constant(1405, 8, 31)] {
            assert_eq!(meant(day), None);
            assert!(far(day).1.contains("from 1700-01-01 to 2199-12-31"));
        }
    }
}
