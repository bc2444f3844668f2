//! How much of a span lies in working days of a zone.
//!
//! Must not know of: cases, whose time it is.
//!
//! By running sums: how much of all time up to the beginning of each day was working time. Days that a clock change makes longer or shorter count as
//! long as they are.

use std::collections::BTreeMap;

use definition::calendar::Calendar;
use definition::model::Zone;
use engine::case::Digest;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The clocks by definition: a case that began under an older calendar keeps it.
#[derive(Debug, Default)]
pub(super) struct Clocks(BTreeMap<Digest, Clock>);

/// The working time of one calendar.
#[derive(Debug)]
pub(super) struct Clock {
    calendar: Calendar,
    tz: TimeZone,
    days: Vec<Day>,
}

#[derive(Clone, Copy, Debug)]
struct Day {
    date: Date,
    begins_ms: i64,
    is_worked: bool,
    /// Working time before it, since the first day that is known here.
    worked_ms: i64,
}

impl Clocks {
    /// The clock of the zone that a definition was checked with.
    pub(super) fn of(&mut self, definition: Digest, zone: &Zone) -> &mut Clock {
        self.0.entry(definition).or_insert_with(|| Clock::of(zone))
    }
}

impl Clock {
    fn of(zone: &Zone) -> Self {
        // A checked zone has a time zone that there is.
        let tz = TimeZone::get(&zone.timezone).unwrap_or(TimeZone::UTC);
        Self { calendar: zone.calendar.clone(), tz, days: Vec::new() }
    }

    /// How much of the time from one moment to another is working time, in milliseconds. Outside the calendar's bounds nobody works.
    pub(super) fn between_ms(&mut self, from: Timestamp, to: Timestamp) -> u64 {
        self.reach(from);
        self.reach(to);
        u64::try_from(self.at_ms(to).saturating_sub(self.at_ms(from))).unwrap_or(0)
    }

    /// Working time up to a moment within the days that are known.
    fn at_ms(&self, at: Timestamp) -> i64 {
        let at_ms = at.as_millisecond();
        let after = self.days.partition_point(|day| day.begins_ms <= at_ms);
        let Some(day) = after.checked_sub(1).and_then(|place| self.days.get(place)) else { return 0 };
        let within_ms = if day.is_worked { at_ms.saturating_sub(day.begins_ms) } else { 0 };
        day.worked_ms.saturating_add(within_ms)
    }

    /// Makes the days known up to that of a moment, and from it on.
    fn reach(&mut self, at: Timestamp) {
        // A day beyond each bound, on which nobody works, stands for all that lie further.
        let (least, most) = self.calendar.bounds();
        let (least, most) = (least.yesterday().unwrap_or(least), most.tomorrow().unwrap_or(most));
        let date = at.to_zoned_datetime(self.tz.clone()).date().clamp(least, most);
        match (self.days.first(), self.days.last()) {
            (Some(first), Some(last)) if date < first.date => {
                let to = last.date;
                self.days.clear();
                self.extend(date, to);
            }
            (_, Some(last)) if date > last.date => {
                let next = last.date.tomorrow().unwrap_or(date);
                self.extend(next, date);
            }
            (None, _) => self.extend(date, date),
            _ => {}
        }
    }

    /// Adds the days from one to another, both included.
    fn extend(&mut self, mut date: Date, to: Date) {
        while date <= to {
            let Ok(begins) = date.to_zoned_datetime(self.tz.clone()) else { return };
            let begins_ms = begins.timestamp().as_millisecond();
            let before = self.days.last();
            let worked_ms = before.map_or(0, |day| {
                let length_ms = begins_ms.saturating_sub(day.begins_ms);
                day.worked_ms.saturating_add(if day.is_worked { length_ms } else { 0 })
            });
            self.days.push(Day { date, begins_ms, is_worked: self.calendar.is_workday(date), worked_ms });
            let Ok(next) = date.tomorrow() else { return };
            date = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use definition::check::{Files, check};

    use super::*;

    fn zone(more: &str) -> Zone {
        let text = include_str!("../../../engine/tests/acts/zone.txt").replacen("Asia/Tehran", more, 1);
        let parts = text.split("--- ").skip(1).map(|part| part.split_once('\n').unwrap());
        let files = parts.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
        Zone::clone(check(&Files(files)).zone.unwrap().zone())
    }

    fn hours(clock: &mut Clock, from: &str, to: &str) -> u64 {
        clock.between_ms(from.parse().unwrap(), to.parse().unwrap()) / 3_600_000
    }

    #[test]
    fn days_off_do_not_count_and_parts_of_days_do() {
        let mut clock = Clock::of(&zone("Asia/Tehran"));
        // Wednesday 12:00 in Tehran (UTC+3:30) to Saturday 12:00; Thursday and Friday are the weekend.
        assert_eq!(hours(&mut clock, "2026-06-10T08:30:00Z", "2026-06-13T08:30:00Z"), 24);
        assert_eq!(hours(&mut clock, "2026-06-11T08:30:00Z", "2026-06-12T08:30:00Z"), 0, "within a weekend");
        assert_eq!(hours(&mut clock, "2026-06-13T08:30:00Z", "2026-06-13T10:30:00Z"), 2, "within a day");
        // Earlier than all that is known: Nowruz of 1405 takes the four days from Saturday 21 March 2026 on.
        assert_eq!(hours(&mut clock, "2026-03-18T20:30:00Z", "2026-03-25T20:30:00Z"), 24);
        assert_eq!(hours(&mut clock, "2026-06-13T08:30:00Z", "2026-06-10T08:30:00Z"), 0, "a clock that was put back");
    }

    #[test]
    fn a_day_that_a_clock_change_makes_shorter_counts_as_long_as_it_is() {
        let mut clock = Clock::of(&zone("Europe/Berlin"));
        // Sunday 29 March 2026 has 23 hours, Sunday 25 October has 25.
        assert_eq!(hours(&mut clock, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"), 23);
        assert_eq!(hours(&mut clock, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"), 25);
    }

    #[test]
    fn beyond_the_calendar_nobody_works() {
        let mut clock = Clock::of(&zone("Asia/Tehran"));
        let all = clock.between_ms(Timestamp::MIN, Timestamp::MAX);
        assert_eq!(clock.between_ms("2200-01-05T00:00:00Z".parse().unwrap(), Timestamp::MAX), 0);
        assert_eq!(clock.between_ms(Timestamp::MIN, "1899-12-20T00:00:00Z".parse().unwrap()), 0);
        assert!(all > 0);
    }
}
