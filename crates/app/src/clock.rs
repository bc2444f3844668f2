//! The clock on the wall. Everything that asks for the time asks here.
//!
//! Must not know of: what the time is for.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// A system clock that is behind the record by more than this, in milliseconds, is told of: the clocks of several machines differ a little.
const BEHIND_MS_TOLD: i64 = 2000;

/// The system's clock, moved by an offset that only tests and sample histories use. It never goes back, not behind what the record says either: of a
/// system clock that is set back it stands still until that has caught up, so that a deadline seen once stays passed and times in the log run forward.
#[derive(Debug, Default)]
pub struct Clock {
    ahead_ms: AtomicI64,
    latest_ms: AtomicI64,
}

impl Clock {
    /// The present moment, to the millisecond.
    pub fn now(&self) -> Timestamp {
        self.after(Timestamp::now())
    }

    /// What the machine's own clock says, though it be set back, and whatever a demonstration lets pass: what other people's clocks are held against.
    pub fn system(&self) -> Timestamp {
        Timestamp::now()
    }

    /// The present moment when the system's clock says `system`.
    fn after(&self, system: Timestamp) -> Timestamp {
        let ahead = SignedDuration::from_millis(self.ahead_ms.load(Ordering::Relaxed));
        let now = system.checked_add(ahead).unwrap_or(Timestamp::MAX).as_millisecond();
        let latest = self.latest_ms.fetch_max(now, Ordering::Relaxed).max(now);
        Timestamp::from_millisecond(latest).unwrap_or(Timestamp::MAX)
    }

    /// Goes on from the newest event of the record, in milliseconds since 1970 UTC; says so when the system's clock is behind it.
    pub(crate) fn goes_on_from(&self, at_ms: i64) {
        let behind_ms = at_ms.saturating_sub(self.system().as_millisecond());
        if behind_ms > BEHIND_MS_TOLD {
            let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::MAX);
            tracing::error!(
                behind_s = behind_ms.div_euclid(1000), newest = %at,
                "the system's clock is behind the newest event of the record; the zone's time stands still until it has caught up: set the clock right"
            );
        }
        self.not_before(at_ms);
    }

    /// Never says an earlier moment than this from now on, in milliseconds since 1970 UTC: another process has recorded something then.
    pub(crate) fn not_before(&self, at_ms: i64) {
        self.latest_ms.fetch_max(at_ms, Ordering::Relaxed);
    }

    /// Begins at an earlier moment, for a sample history that is played before anything real is recorded.
    pub(crate) fn begin(&self, at: Timestamp) {
        let behind_ms = at.as_millisecond().saturating_sub(Timestamp::now().as_millisecond());
        self.ahead_ms.store(behind_ms, Ordering::Relaxed);
        self.latest_ms.store(at.as_millisecond(), Ordering::Relaxed);
    }

    /// Lets time pass until a moment; none passes when it is over.
    pub(crate) fn advance_to(&self, moment: Timestamp) {
        self.advance(moment.duration_since(self.now()));
    }

    /// Goes by the system's clock again, with nothing ahead and nothing behind.
    pub(crate) fn catch_up(&self) {
        self.ahead_ms.store(0, Ordering::Relaxed);
    }

    /// Lets time pass.
    pub fn advance(&self, by: SignedDuration) {
        let by_ms = i64::try_from(by.as_millis()).unwrap_or(0).max(0);
        self.ahead_ms.fetch_add(by_ms, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::Clock;

    #[test]
    fn a_clock_that_is_set_back_stands_still_until_it_has_caught_up() {
        let clock = Clock::default();
        let at = |second| Timestamp::from_second(second).unwrap();
        assert_eq!(clock.after(at(1000)), at(1000));
        assert_eq!(clock.after(at(400)), at(1000), "it went back");
        assert_eq!(clock.after(at(999)), at(1000));
        assert_eq!(clock.after(at(1001)), at(1001), "it stands still though the system has caught up");
    }

    #[test]
    fn a_history_begins_in_the_past_and_ends_now() {
        let clock = Clock::default();
        let (before, begin) = (clock.now(), Timestamp::from_second(1000).unwrap());
        clock.begin(begin);
        assert!(clock.now() >= begin && clock.now() < before);
        let later = Timestamp::from_second(100_000).unwrap();
        clock.advance_to(later);
        assert!(clock.now() >= later && clock.now() < before);
        clock.advance_to(begin);
        assert!(clock.now() >= later, "it went back");
        clock.catch_up();
        assert!(clock.now() >= before);
    }

    #[test]
    fn time_passes_by_what_it_is_advanced_and_never_back() {
        let clock = Clock::default();
        let at = |second| Timestamp::from_second(second).unwrap();
        clock.advance(SignedDuration::from_secs(60));
        assert_eq!(clock.after(at(1000)), at(1060));
        clock.advance(SignedDuration::from_secs(-600));
        assert_eq!(clock.after(at(1000)), at(1060), "a negative advance is none");
    }
}
