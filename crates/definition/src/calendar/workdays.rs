//! Which days are worked, as one bit a day with running counts, so that counting working days costs the same however many there are.
//!
//! Must not know of: periods, instants, time zones.

use jiff::civil::{Date, date};

use super::{HolidayDate, Rules};

/// The first day with a bit; a Monday.
const FIRST: Date = date(1900, 1, 1);
/// The last day with a bit.
const LAST: Date = date(2199, 12, 31);
/// Days from `FIRST` to `LAST`, both included: 300 years with 73 leap days (1900 and 2100 have none).
const DAYS: usize = 300 * 365 + 73;

/// The days worked.
#[derive(Debug)]
pub(super) struct Workdays {
    /// One bit a day from `FIRST`, lowest first; set when worked.
    words: Vec<u64>,
    /// Per word, how many days are worked before it.
    before: Vec<u32>,
    /// The last day known.
    last: Date,
}

impl Workdays {
    pub(super) fn of(rules: &Rules) -> Self {
        let last = last_day(rules);
        let mut words = vec![0_u64; DAYS.div_ceil(64)];
        let known = index(last).map_or(0, |day| day + 1);
        for day in 0..known {
            let weekday = u8::try_from(day % 7).unwrap_or(0);
            set(&mut words, day, !rules.weekend.iter().any(|off| off.offset() == weekday));
        }
        for day in holidays(rules) {
            set(&mut words, day, false);
        }
        let before = words.iter().scan(0, |sum, word| {
            let so_far = *sum;
            *sum += word.count_ones();
            Some(so_far)
        });
        Self { before: before.collect(), words, last }
    }

    pub(super) fn bounds(&self) -> (Date, Date) {
        (FIRST, self.last)
    }

    pub(super) fn contains(&self, date: Date) -> bool {
        index(date).is_some_and(|day| self.words.get(day / 64).is_some_and(|word| word >> (day % 64) & 1 == 1))
    }

    /// The `count`-th day worked after `date`; `count` is at least 1.
    pub(super) fn after(&self, date: Date, count: u32) -> Option<Date> {
        let nth = self.up_to(date)?.checked_add(count)?;
        let word = self.before.partition_point(|before| *before < nth).checked_sub(1)?;
        let mut bits = *self.words.get(word)?;
        let within = nth - self.before.get(word)?;
        for _ in 1..within {
            // Drops the lowest bit that is set; of zero, it stays zero.
            bits &= bits.wrapping_sub(1);
        }
        if bits == 0 {
            return None;
        }
        let day = word * 64 + bits.trailing_zeros() as usize;
        FIRST.checked_add(jiff::Span::new().try_days(i64::try_from(day).ok()?).ok()?).ok()
    }

    pub(super) fn between(&self, from: Date, to: Date) -> u32 {
        let clamp = |date: Date| date.clamp(FIRST, LAST);
        let count = |date: Date| self.up_to(clamp(date)).unwrap_or(0);
        count(to).saturating_sub(count(from))
    }

    /// How many days are worked up to and with `date`.
    fn up_to(&self, date: Date) -> Option<u32> {
        let day = index(date)?;
        // All bits up to and with this day's.
        let mask = u64::MAX >> (63 - day % 64);
        let within = (self.words.get(day / 64)? & mask).count_ones();
        Some(self.before.get(day / 64)? + within)
    }
}

fn last_day(rules: &Rules) -> Date {
    let end_of = |year: i16| rules.kind.to_iso(year.checked_add(1)?, 1, 1)?.yesterday().ok();
    rules.until.and_then(end_of).map_or(LAST, |end| end.clamp(FIRST, LAST))
}

/// Days from `FIRST`; `None` outside `FIRST..=LAST`.
fn index(date: Date) -> Option<usize> {
    if date > LAST {
        return None;
    }
    // Whole days, so the rounded-down number of hours is exact.
    usize::try_from(date.duration_since(FIRST).as_hours() / 24).ok().filter(|_| date >= FIRST)
}

fn set(words: &mut [u64], day: usize, worked: bool) {
    if let Some(word) = words.get_mut(day / 64) {
        let bit = 1 << (day % 64);
        if worked { *word |= bit } else { *word &= !bit }
    }
}

fn holidays(rules: &Rules) -> Vec<usize> {
    let year_of = |date| rules.kind.from_iso(date).map_or(0, |(year, ..)| year);
    let years = year_of(FIRST)..=year_of(LAST);
    let mut days = Vec::new();
    for holiday in &rules.holidays {
        match holiday.day {
            HolidayDate::Once(date) => days.extend(index(date)),
            HolidayDate::Yearly { month, day } => {
                let each = years.clone().filter_map(|year| rules.kind.to_iso(year, month, day));
                days.extend(each.filter_map(index));
            }
        }
    }
    days
}
