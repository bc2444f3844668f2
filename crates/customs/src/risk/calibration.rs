//! From a score to a chance: what share of the rows with such a score were frauds.
//!
//! Must not know of: what made the scores.
//!
//! Isotonic regression by pooling adjacent violators (Ayer et al., "An Empirical Distribution Function for Sampling with Incomplete Information", 1955;
//! for calibration Zadrozny and Elkan, 2002). Between the middles of two pools the chance goes in a straight line, so that fewer scores tie.

/// A rising line from scores to chances.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calibration {
    /// Scores, rising, each with its chance (0 to 1, never falling).
    pub(super) knots: Vec<(f64, f64)>,
}

/// Neighbours that have one chance.
struct Pool {
    rows: usize,
    frauds: usize,
    scores: f64,
}

impl Calibration {
    /// Learns it from scores that came from rows which the model had not seen, and from what came out.
    #[must_use]
    pub fn fit(scored: &[(f64, bool)]) -> Self {
        let mut sorted: Vec<(f64, bool)> = scored.iter().copied().filter(|(score, _)| score.is_finite()).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut pools: Vec<Pool> = Vec::new();
        for tied in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
            let frauds = tied.iter().filter(|(_, fraud)| *fraud).count();
            let mut pool = Pool { rows: tied.len(), frauds, scores: tied.iter().map(|(score, _)| score).sum() };
            // A pool whose share is not above that of the one before is one with it.
            while let Some(before) = pools.pop_if(|before| !before.is_below(&pool)) {
                pool = before.with(&pool);
            }
            pools.push(pool);
        }
        Self { knots: pools.iter().map(|pool| (pool.scores / pool.rows as f64, pool.share())).collect() }
    }

    /// The chance for a score: 0 to 1. Without anything learnt it is the score itself.
    #[must_use]
    pub fn chance(&self, score: f64) -> f64 {
        let after = self.knots.partition_point(|(knot, _)| *knot <= score);
        match (after.checked_sub(1).and_then(|before| self.knots.get(before)), self.knots.get(after)) {
            (Some((from, low)), Some((to, high))) => low + (high - low) * ((score - from) / (to - from)),
            (Some((_, chance)), None) | (None, Some((_, chance))) => *chance,
            (None, None) => score,
        }
    }
}

impl Pool {
    fn with(&self, other: &Self) -> Self {
        Self { rows: self.rows + other.rows, frauds: self.frauds + other.frauds, scores: self.scores + other.scores }
    }

    /// Whether its share is the smaller, in whole numbers.
    const fn is_below(&self, other: &Self) -> bool {
        (2 * self.frauds + 1) * (other.rows + 1) < (2 * other.frauds + 1) * (self.rows + 1)
    }

    /// The share of frauds, kept off 0 and 1 by half a row: what was never seen is not impossible.
    fn share(&self) -> f64 {
        (self.frauds as f64 + 0.5) / (self.rows as f64 + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn neighbours_out_of_order_are_one() {
        let calibration = Calibration::fit(&[(0.1, false), (0.2, true), (0.3, false), (0.9, true)]);
        assert_eq!(calibration.knots, [(0.1, 0.25), (0.25, 0.5), (0.9, 0.75)]);
        assert_eq!((calibration.chance(0.0), calibration.chance(0.25), calibration.chance(2.0)), (0.25, 0.5, 0.75));
        assert!(calibration.chance(0.5) > 0.5 && calibration.chance(0.5) < 0.75);
    }

    proptest! {
        #[test]
        fn a_chance_never_falls_and_stays_between_0_and_1(rows in prop::collection::vec((-3.0_f64..3.0, any::<bool>()), 1..80), at in -4.0_f64..4.0, more in 0.0_f64..1.0) {
            let calibration = Calibration::fit(&rows);
            let (low, high) = (calibration.chance(at), calibration.chance(at + more));
            prop_assert!((0.0..=1.0).contains(&low) && low <= high + 1e-12, "{low} {high}");
            prop_assert!(calibration.knots.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }
}
