//! Many times and what is said of them: mean, range and percentiles.
//!
//! Must not know of: what was measured.
//!
//! Exact: every time is kept, in four bytes; those of less than a second, which are most where no person was, are only counted.

use serde::Serialize;

/// Milliseconds in a second.
const SECOND_MS: u64 = 1000;

/// Times in whole seconds. One of more than 136 years counts as that.
#[derive(Clone, Debug, Default)]
pub(super) struct Series {
    zeros: u64,
    seconds: Vec<u32>,
}

/// What is said of times. All are in seconds; a percentile is the least time that at least so many per cent do not exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// The mean, rounded half up.
    pub mean_s: u64,
    /// The shortest.
    pub min_s: u64,
    /// The first quartile.
    pub p25_s: u64,
    /// The median.
    pub p50_s: u64,
    /// The third quartile.
    pub p75_s: u64,
    /// The 90th percentile.
    pub p90_s: u64,
    /// The 95th percentile.
    pub p95_s: u64,
    /// The longest.
    pub max_s: u64,
}

impl Series {
    /// So many times of nothing.
    pub(super) const fn zeros(zeros: u64) -> Self {
        Self { zeros, seconds: Vec::new() }
    }

    /// Adds a time.
    pub(super) fn push(&mut self, ms: u64) {
        match u32::try_from(ms.div_euclid(SECOND_MS)).unwrap_or(u32::MAX) {
            0 => self.zeros = self.zeros.saturating_add(1),
            seconds => self.seconds.push(seconds),
        }
    }

    /// Adds all of another.
    pub(super) fn join(&mut self, other: &Self) {
        self.zeros = self.zeros.saturating_add(other.zeros);
        self.seconds.extend_from_slice(&other.seconds);
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.zeros.saturating_add(self.seconds.len() as u64)
    }

    /// What is said of them; nothing of none.
    pub(super) fn figures(&self) -> Option<Figures> {
        let count = self.count();
        let mut sorted = self.seconds.clone();
        sorted.sort_unstable();
        let sum: u128 = sorted.iter().map(|seconds| u128::from(*seconds)).sum();
        let of = u128::from(count);
        let mean = sum.saturating_mul(2).saturating_add(of).checked_div(of.saturating_mul(2))?;
        let at = |percent: u64| {
            let rank = u128::from(percent).saturating_mul(of).div_ceil(100).max(1);
            let place = rank.checked_sub(u128::from(self.zeros)).and_then(|place| place.checked_sub(1));
            let seconds = place.and_then(|place| sorted.get(usize::try_from(place).ok()?));
            seconds.map_or(0, |seconds| u64::from(*seconds))
        };
        Some(Figures {
            mean_s: u64::try_from(mean).unwrap_or(u64::MAX),
            min_s: at(0),
            p25_s: at(25),
            p50_s: at(50),
            p75_s: at(75),
            p90_s: at(90),
            p95_s: at(95),
            max_s: at(100),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn figures(seconds: &[u64]) -> Figures {
        let mut series = Series::default();
        seconds.iter().for_each(|seconds| series.push(seconds * SECOND_MS + 999));
        series.figures().unwrap()
    }

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        // The example of <https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method>: of 15, 20, 35, 40 and 50 the 40th percentile is 20.
        let found = figures(&[40, 15, 50, 20, 35]);
        let expected =
            Figures { mean_s: 32, min_s: 15, p25_s: 20, p50_s: 35, p75_s: 40, p90_s: 50, p95_s: 50, max_s: 50 };
        assert_eq!(found, expected);
        assert_eq!(figures(&[7]).p25_s, 7);
        assert_eq!(figures(&[0, 0, 0, 9]).p75_s, 0);
        assert_eq!(figures(&[0, 0, 0, 9]).p90_s, 9);
        assert_eq!(figures(&[0, 1]).mean_s, 1, "half up");
        assert_eq!(Series::default().figures(), None);
    }

    proptest! {
        /// By the definition itself: the least of the times that at least so many per cent do not exceed.
        #[test]
        fn they_are_what_the_definition_says(seconds in prop::collection::vec(0_u64..20, 1..60)) {
            let found = figures(&seconds);
            let by_definition = |percent: usize| {
                let fits = |limit: &&u64| seconds.iter().filter(|one| one <= limit).count() * 100 >= percent * seconds.len();
                *seconds.iter().filter(fits).min().unwrap()
            };
            prop_assert_eq!([found.p25_s, found.p50_s, found.p75_s], [25, 50, 75].map(by_definition));
            prop_assert_eq!([found.p90_s, found.p95_s, found.max_s], [90, 95, 100].map(by_definition));
            prop_assert_eq!(found.min_s, *seconds.iter().min().unwrap());
        }
    }
}
