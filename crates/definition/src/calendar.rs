//! Civil days as a zone counts them: its calendar, its weekend, its holidays, and when a period of law ends.
//!
//! Must not know of: cases, stages, files, the present day.
//!
//! **The zone's rule for clocks.** A period that starts at some time of day D never counts D itself. It ends at 24:00, local time, of the N-th
//! working day after D (`workdays`), of the N-th day after D (`days`), or of the day with D's number in the N-th month or year after it, or the
//! last day of that month when it has no such day (`months`, `years`, in the zone's own calendar). A period of zero ends at 24:00 of D.

mod kind;
#[cfg(test)]
mod tests;
mod workdays;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::model::{Period, Unit, Words};

pub use kind::{CalendarKind, Weekday};
use workdays::Workdays;

/// A zone's calendar. Two that were made from the same rules are equal and serialise alike.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Rules", into = "Rules")]
pub struct Calendar {
    rules: Rules,
    workdays: Arc<Workdays>,
}

/// What a calendar is made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// How dates are counted and shown.
    pub kind: CalendarKind,
    /// Days of the week without work.
    pub weekend: Vec<Weekday>,
    /// Days off.
    pub holidays: Vec<Holiday>,
    /// The last year (of `kind`) for which holidays are known; no clock may run past its end.
    pub until: Option<i16>,
}

/// A day off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// When.
    pub day: HolidayDate,
    /// What for, in each language.
    pub words: Words,
}

/// When a holiday is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HolidayDate {
    /// Every year on this day of the zone's calendar; in a year that has no such day, not at all.
    Yearly {
        /// Month, 1 to 12.
        month: u8,
        /// Day, 1 to 31.
        day: u8,
    },
    /// On this one day (ISO 8601).
    Once(Date),
}

impl From<Rules> for Calendar {
    fn from(rules: Rules) -> Self {
        let workdays = Arc::new(Workdays::of(&rules));
        Self { rules, workdays }
    }
}

impl From<Calendar> for Rules {
    fn from(calendar: Calendar) -> Self {
        calendar.rules
    }
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        self.rules == other.rules
    }
}

impl Calendar {
    /// What it was made from.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The first and last day whose work or rest this calendar knows: 1900-01-01 to 2199-12-31, or to the end of `until`.
    #[must_use]
    pub fn bounds(&self) -> (Date, Date) {
        self.workdays.bounds()
    }

    /// Whether people work on that day. Outside [`Calendar::bounds`] nobody does.
    #[must_use]
    pub fn is_workday(&self, date: Date) -> bool {
        self.workdays.contains(date)
    }

    /// The `count`-th working day after `date`; `date` itself for zero. `None` past the bounds.
    #[must_use]
    pub fn add_workdays(&self, date: Date, count: u32) -> Option<Date> {
        if count == 0 { Some(date) } else { self.workdays.after(date, count) }
    }

    /// How many working days lie after `from` and not after `to`; zero when `to` is not later. Days outside the bounds do not count.
    #[must_use]
    pub fn workdays_between(&self, from: Date, to: Date) -> u32 {
        self.workdays.between(from, to)
    }

    /// The day on which a period that starts on `date` ends, by the zone's rule. `None` when it is not a day that can be counted to.
    #[must_use]
    pub fn add(&self, date: Date, period: Period) -> Option<Date> {
        match period.unit {
            Unit::Workdays => self.add_workdays(date, period.count),
            Unit::Days => {
                let days = i64::from(period.count);
                date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
            }
            Unit::Months => self.rules.kind.add_months(date, period.count),
            Unit::Years => self.rules.kind.add_years(date, period.count),
        }
    }

    /// The instant at which a period that starts at `start` has passed: 24:00 local time of its last day. `None` for working days past the bounds: they
    /// cannot be counted where nobody entered the days off. Days, months and years can.
    #[must_use]
    pub fn due(&self, start: Timestamp, period: Period, tz: &TimeZone) -> Option<Timestamp> {
        let last = self.add(start.to_zoned_datetime(tz.clone()).date(), period)?;
        if period.unit == Unit::Workdays && last > self.bounds().1 {
            return None;
        }
        // 24:00 is the first instant of the next day, also where a clock change skips midnight.
        let midnight = last.tomorrow().ok()?.to_zoned_datetime(tz.clone()).ok()?;
        Some(midnight.timestamp())
    }
}
