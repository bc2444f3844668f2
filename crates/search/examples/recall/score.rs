//! Recall and mean reciprocal rank over a set of queries.
//!
//! Must not know of: how anything is found.

use serde_json::{Map, Value};

use crate::queries::Query;

/// How many hits are looked at.
pub const DEPTH: usize = 100;

/// For each query, at which place the right subheading came, from 1; 0 if it was not among [`DEPTH`].
pub struct Score {
    places: Vec<usize>,
}

impl Score {
    pub fn of(queries: &[Query], lookup: impl Fn(&Query) -> Vec<String>) -> Self {
        let place = |query: &Query| lookup(query).iter().position(|code| *code == query.code).map_or(0, |at| at + 1);
        Self { places: queries.iter().map(place).collect() }
    }

    /// Writes the four figures, as shares of the queries.
    pub fn tell(&self, set: &str, way: &str, figures: &mut Map<String, Value>) {
        let all = f64::from(u32::try_from(self.places.len().max(1)).unwrap());
        let share = |sum: f64| (sum / all * 1000.0).round() / 1000.0;
        let at = |most: usize| {
            let found = self.places.iter().filter(|place| (1..=most).contains(*place)).count();
            share(f64::from(u32::try_from(found).unwrap()))
        };
        let reciprocal =
            self.places.iter().filter(|place| **place > 0).map(|place| 1.0 / f64::from(u32::try_from(*place).unwrap()));
        let rows = [
            ("recall_at_1", at(1)),
            ("recall_at_5", at(5)),
            ("recall_at_10", at(10)),
            ("mrr", share(reciprocal.sum())),
        ];
        let told: Vec<String> = rows.iter().map(|(name, value)| format!("{name} {value:.3}")).collect();
        eprintln!("  {way:<24} {}", told.join("  "));
        for (name, value) in rows {
            figures.insert(format!("{set}_{way}_{name}"), Value::from(value));
        }
    }
}
