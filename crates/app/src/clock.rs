//! The clock on the wall. Everything that asks for the time asks here.
//!
//! Must not know of: what the time is for.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// The system's clock, moved by an offset that only tests and the demo's "let time pass" use. It never goes back: a system clock that is set
/// back stands still until it catches up, so that a deadline seen once stays passed.
#[derive(Debug, Default)]
pub struct Clock {
    ahead_ms: AtomicI64,
    latest_ms: AtomicI64,
}

impl Clock {
    /// The present moment, to the millisecond.
    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_millis(self.ahead_ms.load(Ordering::Relaxed));
        let now = Timestamp::now().checked_add(ahead).unwrap_or(Timestamp::MAX).as_millisecond();
        let latest = self.latest_ms.fetch_max(now, Ordering::Relaxed).max(now);
        Timestamp::from_millisecond(latest).unwrap_or(Timestamp::MAX)
    }

    /// Lets time pass.
    pub fn advance(&self, by: SignedDuration) {
        let by_ms = i64::try_from(by.as_millis()).unwrap_or(0).max(0);
        self.ahead_ms.fetch_add(by_ms, Ordering::Relaxed);
    }
}
