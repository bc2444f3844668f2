//! How often one caller may call: a bucket of tokens for each, which fills at a steady rate.
//!
//! Must not know of: who the callers are.

use std::collections::HashMap;
use std::time::Instant;

use parking_lot::Mutex;

use super::problem::Wire;

/// How many callers are remembered at once; past it, those whose buckets are full again are forgotten, and then all.
const CALLERS_MAX: usize = 100_000;

/// How often one account or address may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests per second in the long run, at least 1.
    pub per_s: u32,
    /// Requests at once, at least 1.
    pub burst: u32,
}

impl Default for RateLimit {
    /// A program that sends without a pause stays below it; one that loops without end does not.
    fn default() -> Self {
        Self { per_s: 500, burst: 5000 }
    }
}

/// Everybody's buckets.
#[derive(Debug)]
pub(crate) struct Limiter {
    limit: Option<RateLimit>,
    buckets: Mutex<HashMap<String, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// Requests left, in thousandths.
    left: u64,
    at: Instant,
}

impl Limiter {
    pub(crate) fn new(limit: Option<RateLimit>) -> Self {
        Self { limit, buckets: Mutex::default() }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// [`Wire::TooMany`] with the seconds after which there is room again.
    pub(crate) fn take(&self, caller: &str) -> Result<(), Wire> {
        match self.limit {
            None => Ok(()),
            Some(limit) => self.take_at(limit, caller, Instant::now()),
        }
    }

    fn take_at(&self, limit: RateLimit, caller: &str, now: Instant) -> Result<(), Wire> {
        let mut buckets = self.buckets.lock();
        if !buckets.contains_key(caller) {
            make_room(&mut buckets, limit, now);
            buckets.insert(caller.to_owned(), Bucket { left: limit.full(), at: now });
        }
        let Some(bucket) = buckets.get_mut(caller) else { return Ok(()) };
        *bucket = Bucket { left: bucket.filled(limit, now), at: now };
        match bucket.left.checked_sub(1000) {
            Some(left) => {
                bucket.left = left;
                Ok(())
            }
            // The rate is at least one a second, so there is room after one.
            None => Err(Wire::TooMany { after_s: 1 }),
        }
    }
}

fn make_room(buckets: &mut HashMap<String, Bucket>, limit: RateLimit, now: Instant) {
    if buckets.len() >= CALLERS_MAX {
        buckets.retain(|_, bucket| bucket.filled(limit, now) < limit.full());
    }
    if buckets.len() >= CALLERS_MAX {
        buckets.clear();
    }
}

impl RateLimit {
    fn full(self) -> u64 {
        u64::from(self.burst.max(1)).saturating_mul(1000)
    }
}

impl Bucket {
    fn filled(self, limit: RateLimit, now: Instant) -> u64 {
        let passed_ms = now.saturating_duration_since(self.at).as_millis();
        let more = passed_ms.saturating_mul(u128::from(limit.per_s.max(1)));
        self.left.saturating_add(u64::try_from(more).unwrap_or(u64::MAX)).min(limit.full())
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Limiter, RateLimit};

    #[test]
    fn a_burst_then_the_steady_rate_each_for_themselves() {
        let limit = RateLimit { per_s: 2, burst: 3 };
        let limiter = Limiter::new(Some(limit));
        let start = Instant::now();
        let taken = |caller: &str, after_ms: u64| {
            limiter.take_at(limit, caller, start + Duration::from_millis(after_ms)).is_ok()
        };
        assert_eq!([0, 0, 0, 0].map(|at| taken("a", at)), [true, true, true, false]);
        assert!(taken("b", 0));
        assert_eq!([499, 500, 500, 1000].map(|at| taken("a", at)), [false, true, false, true]);
    }
}
