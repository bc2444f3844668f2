//! The calendars that a zone may count in, by ICU4X; ISO 8601 dates are the common ground.
//!
//! Must not know of: weekends, holidays, periods of law.

use icu_calendar::cal::{Gregorian, Iso, Persian};
use icu_calendar::options::DateAddOptions;
use icu_calendar::types::DateDuration;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A calendar that dates are counted and shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CalendarKind {
    /// The Solar Hijri calendar of Iran. Its year begins at midnight before the true noon that follows the vernal equinox at 52.5 degrees east.
    Persian,
    /// The Gregorian calendar.
    Gregorian,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All seven, with the names that a definition uses.
    pub const ALL: [(&'static str, Self); 7] = [
        ("monday", Self::Monday),
        ("tuesday", Self::Tuesday),
        ("wednesday", Self::Wednesday),
        ("thursday", Self::Thursday),
        ("friday", Self::Friday),
        ("saturday", Self::Saturday),
        ("sunday", Self::Sunday),
    ];

    /// Days after Monday, 0 to 6.
    #[must_use]
    pub const fn offset(self) -> u8 {
        self as u8
    }
}

impl CalendarKind {
    /// Year, month and day of `date` in this calendar.
    #[must_use]
    pub fn from_iso(self, date: Date) -> Option<(i16, u8, u8)> {
        let iso = to_icu(date)?;
        let (year, month, day) = match self {
            Self::Persian => fields(&iso.to_calendar(Persian)),
            Self::Gregorian => fields(&iso.to_calendar(Gregorian)),
        };
        Some((i16::try_from(year).ok()?, month, day))
    }

    /// The ISO 8601 date of a year, month and day of this calendar; `None` if there is no such day.
    #[must_use]
    pub fn to_iso(self, year: i16, month: u8, day: u8) -> Option<Date> {
        let year = i32::from(year);
        let iso = match self {
            Self::Persian => icu_calendar::Date::try_new_persian(year, month, day).ok()?.to_calendar(Iso),
            Self::Gregorian => icu_calendar::Date::try_new_gregorian(year, month, day).ok()?.to_calendar(Iso),
        };
        from_icu(&iso)
    }

    /// `date` some months later; the last day of that month if it is too short.
    #[must_use]
    pub fn add_months(self, date: Date, months: u32) -> Option<Date> {
        self.add(date, DateDuration::for_months(i32::try_from(months).ok()?))
    }

    /// `date` some years later; the last day of that month if it is too short.
    #[must_use]
    pub fn add_years(self, date: Date, years: u32) -> Option<Date> {
        self.add(date, DateDuration::for_years(i32::try_from(years).ok()?))
    }

    fn add(self, date: Date, duration: DateDuration) -> Option<Date> {
        let iso = to_icu(date)?;
        // The default overflow constrains to the end of the month.
        let options = DateAddOptions::default();
        let later = match self {
            Self::Persian => iso.to_calendar(Persian).try_added_with_options(duration, options).ok()?.to_calendar(Iso),
            Self::Gregorian => {
                iso.to_calendar(Gregorian).try_added_with_options(duration, options).ok()?.to_calendar(Iso)
            }
        };
        from_icu(&later)
    }
}

fn fields<C: icu_calendar::Calendar>(date: &icu_calendar::Date<C>) -> (i32, u8, u8) {
    (date.year().extended_year(), date.month().number(), date.day_of_month().0)
}

fn to_icu(date: Date) -> Option<icu_calendar::Date<Iso>> {
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    icu_calendar::Date::try_new_iso(i32::from(date.year()), month, day).ok()
}

fn from_icu(date: &icu_calendar::Date<Iso>) -> Option<Date> {
    let (year, month, day) = fields(date);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
