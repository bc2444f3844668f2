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

/// A deadline moved by as many days of its own kind as the applicant's own turn took: those after the day of `from`, up to and with that of
/// `to`. So the officers have as many days left after the answer as they had after the ask. None past the calendar's end.
pub fn moved(zone: &Zone, due: Timestamp, unit: Unit, from: Timestamp, to: Timestamp) -> Option<Timestamp> {
    let timezone = timezone(zone)?;
    let day = |at: Timestamp| at.to_zoned_datetime(timezone.clone()).date();
    let days = passed(zone, unit, day(from), day(to));
    // A deadline is the first moment after its last day, so the last day is that of the moment before.
    let last = day(due.checked_sub(jiff::SignedDuration::from_nanos(1)).ok()?);
    let unit = if unit == Unit::Workdays { Unit::Workdays } else { Unit::Days };
    let mut moved = zone.calendar.add(last, Period { count: days, unit })?;
    if moved < day(to) {
        // Asked on the last day and answered on a day off: a deadline that is past already would leave nobody a chance to look at the answer.
        moved = zone.calendar.add_workdays(day(to), 1)?;
    }
    if moved > zone.calendar.bounds().1 {
        return None;
    }
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
    if unit == Unit::Workdays {
        return zone.calendar.workdays_between(from, to);
    }
    from.until(to).map_or(0, |span| u32::try_from(span.get_days()).unwrap_or(0))
}

fn timezone(zone: &Zone) -> Option<TimeZone> {
    TimeZone::get(&zone.timezone).ok()
}
