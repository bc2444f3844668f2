//! Deadlines: when a period that begins now runs out, and how the applicant's own turn moves the officers' deadline.
//!
//! Must not know of: the present moment (it is given).

use definition::model::{Period, Unit, Zone};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// When a period that begins at `now` runs out: the end of its last day in the zone. None past the calendar's end.
pub fn due(zone: &Zone, now: Timestamp, period: Period) -> Option<Timestamp> {
    zone.calendar.due(now, period, &timezone(zone)?)
}

/// A deadline moved by as many days of its own kind as passed between `from` and `to`, the applicant's own turn. The day on which the answer
/// came counts as the officers' again.
pub fn moved(zone: &Zone, due: Timestamp, unit: Unit, from: Timestamp, to: Timestamp) -> Option<Timestamp> {
    let timezone = timezone(zone)?;
    let day = |at: Timestamp| at.to_zoned_datetime(timezone.clone()).date();
    let days = passed(zone, unit, day(from), day(to));
    // A deadline is the first moment after its last day, so the last day is that of the moment before.
    let last = day(due.checked_sub(jiff::SignedDuration::from_nanos(1)).ok()?);
    let unit = if unit == Unit::Workdays { Unit::Workdays } else { Unit::Days };
    let moved = zone.calendar.add(last, Period { count: days, unit })?;
    Some(moved.tomorrow().ok()?.to_zoned_datetime(timezone).ok()?.timestamp())
}

/// The date in the zone at a moment.
pub fn date(zone: &Zone, at: Timestamp) -> Option<Date> {
    Some(at.to_zoned_datetime(timezone(zone)?).date())
}

/// The first moment of a date in the zone.
pub fn start_of(zone: &Zone, date: Date) -> Option<Timestamp> {
    Some(date.to_zoned_datetime(timezone(zone)?).ok()?.timestamp())
}

fn passed(zone: &Zone, unit: Unit, from: Date, to: Date) -> u32 {
    let days = from.series(jiff::Span::new().days(1)).skip(1).take_while(|day| *day <= to);
    let counted = days.filter(|day| unit != Unit::Workdays || zone.calendar.is_workday(*day));
    u32::try_from(counted.count()).unwrap_or(u32::MAX)
}

fn timezone(zone: &Zone) -> Option<TimeZone> {
    TimeZone::get(&zone.timezone).ok()
}
