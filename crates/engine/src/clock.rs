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
    if unit == Unit::Workdays && moved > zone.calendar.bounds().1 {
        return None;
    }
    Some(moved.tomorrow().ok()?.to_zoned_datetime(timezone).ok()?.timestamp())
}

/// Until when what came to rest at `end` may be kept: the end of the period's last day in the zone. Unlike a deadline it waits for nobody's work, so it
/// may lie in years whose days off nobody entered yet.
pub fn kept_until(zone: &Zone, end: Timestamp, keep: Period) -> Option<Timestamp> {
    let timezone = timezone(zone)?;
    let last = zone.calendar.add(end.to_zoned_datetime(timezone.clone()).date(), keep)?;
    Some(last.tomorrow().ok()?.to_zoned_datetime(timezone).ok()?.timestamp())
}

/// The date in the zone at a moment.
pub fn date(zone: &Zone, at: Timestamp) -> Option<Date> {
    Some(at.to_zoned_datetime(timezone(zone)?).date())
}

/// The first moment of a date in the zone.
pub fn start_of(zone: &Zone, date: Date) -> Option<Timestamp> {
    Some(date.to_zoned_datetime(timezone(zone)?).ok()?.timestamp())
}

/// Whether a ground of the zone's law is in force at a moment.
pub fn is_in_force(zone: &Zone, ground: &str, at: Timestamp) -> bool {
    let day = date(zone, at);
    zone.grounds.get(ground).is_some_and(|ground| day.is_none_or(|day| ground.is_in_force(day)))
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

#[cfg(test)]
mod tests {
    use definition::check::{Files, check};
    use definition::model::{Period, Unit};
    use jiff::Timestamp;

    #[test]
    fn what_is_kept_a_year_goes_when_the_last_day_of_the_year_in_the_zone_s_calendar_is_over() {
        let text = include_str!("../tests/acts/zone.txt");
        let parts = text.split("--- ").skip(1).map(|part| part.split_once('\n').unwrap());
        let files = parts.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
        let zone = check(&Files(files)).zone.unwrap();
        let until = |end: &str, count, unit| {
            super::kept_until(zone.zone(), end.parse().unwrap(), Period { count, unit }).unwrap()
        };
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        // 30 Esfand 1403, a leap year, to 29 Esfand 1404; Tehran is 3:30 ahead of UTC, so the day ends at 20:30.
        assert_eq!(until("2025-03-20T08:00:00Z", 1, Unit::Years), at("2026-03-20T20:30:00Z"));
        // At 20:30 UTC the next day has begun there.
        assert_eq!(until("2025-03-20T20:29:59Z", 1, Unit::Days), at("2025-03-21T20:30:00Z"));
        assert_eq!(until("2025-03-20T20:30:00Z", 1, Unit::Days), at("2025-03-22T20:30:00Z"));
        // 31 Farvardin to the last of Mehr, which has 30 days: 22 October 2025.
        assert_eq!(until("2025-04-20T08:00:00Z", 6, Unit::Months), at("2025-10-22T20:30:00Z"));
    }
}
