//! Rates of exchange by day.
//!
//! Must not know of: what is exchanged.

use std::collections::BTreeMap;

use definition::value::{Date, Decimal};

use crate::table::{RowFault, RowProblem, rows, short};

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

/// Reads a table with the columns `currency`, `rate`, `valid_from`, `valid_to`; the rate is what one unit of the currency is worth.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(text: &str) -> Result<Rates, Vec<RowProblem>> {
    let rows = rows(text, &["currency", "rate", "valid_from", "valid_to"], &[], |row| {
        let currency = row.cell("currency");
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(RowFault::Currency { text: short(currency) });
        }
        let (from, to) = row.validity()?;
        Ok((currency.to_owned(), from.ok_or(RowFault::NoFirstDay)?, to, row.rate("rate")?))
    })?;
    let mut rates = Rates::default();
    for (currency, from, to, rate) in rows {
        rates.add(&currency, from, to, rate);
    }
    Ok(rates)
}
