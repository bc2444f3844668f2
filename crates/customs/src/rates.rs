//! Rates of exchange by day.
//!
//! Must not know of: what is exchanged.

use std::collections::BTreeMap;

use definition::value::{Date, Decimal};

/// What one unit of a currency is worth in the jurisdiction's, since which day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    by_currency: BTreeMap<String, BTreeMap<Date, Rate>>,
}

/// A rate, and the last day on which it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rate {
    rate: Decimal,
    to: Option<Date>,
}

impl Rates {
    /// Adds a rate that holds from a day, until another day or until the next rate of the currency begins.
    pub fn add(&mut self, currency: &str, from: Date, to: Option<Date>, rate: Decimal) {
        self.by_currency.entry(currency.to_owned()).or_default().insert(from, Rate { rate, to });
    }

    /// The rate of a currency on a day.
    #[must_use]
    pub fn find(&self, currency: &str, day: Date) -> Option<Decimal> {
        let (_, rate) = self.by_currency.get(currency)?.range(..=day).next_back()?;
        rate.to.is_none_or(|to| day <= to).then_some(rate.rate)
    }
}
