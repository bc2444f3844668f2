//! Drift: how far the rows of today are from those that a model was trained on, column by column.
//!
//! Must not know of: scores, what is done about it.
//!
//! The population stability index: the sum over the bins of (recent - trained) x ln(recent / trained), each a share of its rows. That is the divergence J of
//! Kullback and Leibler, "On Information and Sufficiency" (1951); as an index of populations, with the customary bounds 0.10 and 0.25, it stands in Siddiqi,
//! "Credit Risk Scorecards" (2006), and its statistics in Yurdakul, "Statistical Properties of Population Stability Index" (2018). Half a row is added to every
//! bin, so that an empty one has a logarithm.

use std::collections::BTreeMap;
use std::fmt;

use definition::value::Decimal;

/// How many bins a column of numbers has, but for its missing ones: tenths of the trained rows.
const TENTHS: usize = 10;
/// How many codes of a column have a bin of their own, the most frequent first; the others share one.
const MAX_CODES: usize = 30;

/// A column as the model was trained on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trained {
    /// Its name.
    pub column: String,
    pub(super) bins: Bins,
    /// Rows in each bin; at last those in which the cell is empty.
    pub(super) counts: Vec<u64>,
}

/// How a column's cells fall into bins.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Bins {
    /// Numbers up to each bound, rising; then those above all.
    Numbers(Vec<f64>),
    /// These codes, in order; then all others.
    Codes(Vec<String>),
}

/// How a column has moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// Its name.
    pub column: String,
    /// The population stability index, to four digits.
    pub index: Decimal,
    /// What the customary bounds make of it.
    pub verdict: Verdict,
}

/// What the customary bounds make of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Below 0.10.
    Stable,
    /// Up to 0.25.
    Moved,
    /// Above: the model was trained on other goods than these.
    Shifted,
}

impl Trained {
    /// Learns a column of numbers. A cell that is no number counts as empty.
    #[must_use]
    pub fn numbers<'c>(column: &str, cells: impl Iterator<Item = &'c str>) -> Self {
        let numbers: Vec<Option<f64>> = cells.map(number).collect();
        let mut sorted: Vec<f64> = numbers.iter().copied().flatten().collect();
        sorted.sort_by(f64::total_cmp);
        let bound = |tenth: usize| sorted.get((sorted.len() * tenth / TENTHS).saturating_sub(1)).copied();
        let mut bounds: Vec<f64> = (1..TENTHS).filter_map(bound).collect();
        bounds.dedup();
        let mut trained = Self::empty(column, Bins::Numbers(bounds));
        numbers.into_iter().for_each(|number| trained.count(trained.bins.of_number(number)));
        trained
    }

    /// Learns a column of codes.
    #[must_use]
    pub fn codes<'c>(column: &str, cells: impl Iterator<Item = &'c str> + Clone) -> Self {
        let mut frequent: BTreeMap<&str, u64> = BTreeMap::new();
        cells.clone().filter(|cell| !cell.is_empty()).for_each(|cell| *frequent.entry(cell).or_default() += 1);
        let mut frequent: Vec<(&str, u64)> = frequent.into_iter().collect();
        frequent.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let mut codes: Vec<String> = frequent.iter().take(MAX_CODES).map(|(code, _)| (*code).to_owned()).collect();
        codes.sort();
        let mut trained = Self::empty(column, Bins::Codes(codes));
        cells.for_each(|cell| trained.count(trained.bins.of(cell)));
        trained
    }

    fn empty(column: &str, bins: Bins) -> Self {
        let counts = vec![0; bins.len()];
        Self { column: column.to_owned(), bins, counts }
    }

    fn count(&mut self, bin: usize) {
        if let Some(count) = self.counts.get_mut(bin) {
            *count = count.saturating_add(1);
        }
    }

    /// How the column has moved in these rows.
    #[must_use]
    pub fn drift<'c>(&self, cells: impl Iterator<Item = &'c str>) -> Drift {
        let mut recent = Self::empty(&self.column, self.bins.clone());
        cells.for_each(|cell| recent.count(recent.bins.of(cell)));
        let index = index(&self.counts, &recent.counts);
        let verdict = match index {
            index if index < Decimal::new(10, 2) => Verdict::Stable,
            index if index <= Decimal::new(25, 2) => Verdict::Moved,
            _ => Verdict::Shifted,
        };
        Drift { column: self.column.clone(), index, verdict }
    }
}

impl Bins {
    /// How many there are, with the one for empty cells.
    pub(super) const fn len(&self) -> usize {
        match self {
            Self::Numbers(bounds) => bounds.len() + 2,
            Self::Codes(codes) => codes.len() + 2,
        }
    }

    fn of(&self, cell: &str) -> usize {
        match self {
            Self::Numbers(_) => self.of_number(number(cell)),
            Self::Codes(_) if cell.is_empty() => self.len() - 1,
            Self::Codes(codes) => codes.binary_search_by(|code| code.as_str().cmp(cell)).unwrap_or(codes.len()),
        }
    }

    fn of_number(&self, number: Option<f64>) -> usize {
        match (self, number) {
            (Self::Numbers(bounds), Some(number)) => bounds.partition_point(|bound| *bound < number),
            _ => self.len() - 1,
        }
    }
}

fn number(cell: &str) -> Option<f64> {
    cell.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The index of two counts of the same bins, rounded to four digits, which hides in what bit two machines' logarithms differ.
fn index(trained: &[u64], recent: &[u64]) -> Decimal {
    let all = |counts: &[u64]| counts.iter().map(|count| *count as f64 + 0.5).sum::<f64>();
    let (all_trained, all_recent) = (all(trained), all(recent));
    let terms = trained.iter().zip(recent).map(|(trained, recent)| {
        let (trained, recent) = ((*trained as f64 + 0.5) / all_trained, (*recent as f64 + 0.5) / all_recent);
        (recent - trained) * (recent / trained).ln()
    });
    let ten_thousandths = (terms.sum::<f64>() * 10_000.0).round();
    Decimal::new(ten_thousandths as i64, 4)
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stable => "stable",
            Self::Moved => "moved",
            Self::Shifted => "shifted",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_rows_have_not_moved() {
        let cells: Vec<String> = (0..1_000).map(|number| number.to_string()).collect();
        let trained = Trained::numbers("mass", cells.iter().map(String::as_str));
        assert_eq!(trained.counts, [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 0]);
        let drift = trained.drift(cells.iter().map(String::as_str));
        assert_eq!((drift.index, drift.verdict), (Decimal::ZERO, Verdict::Stable));
    }

    #[test]
    fn an_index_is_what_the_formula_gives() {
        // 50, 50 and no empty cell; then 75, 25 and none: by hand (0.25 x ln 1.5) + (-0.25 x ln 0.5) is 0.27465, and the half rows take a
        // little away.
        let trained = Trained::codes("origin", ["CN", "US"].into_iter().cycle().take(100_000));
        let drift = trained.drift(["CN", "CN", "CN", "US"].into_iter().cycle().take(100_000));
        assert_eq!((drift.index, drift.verdict), (Decimal::new(2746, 4), Verdict::Shifted));
        let moved = trained.drift(["CN", "CN", "US"].into_iter().cycle().take(100_000));
        assert_eq!((moved.index, moved.verdict), (Decimal::new(1155, 4), Verdict::Moved));
    }

    #[test]
    fn what_was_never_seen_and_what_is_empty_have_bins() {
        let trained = Trained::codes("origin", ["CN", ""].into_iter().cycle().take(100));
        assert_eq!((trained.counts.as_slice(), trained.bins.of("CN")), (&[50, 0, 50][..], 0));
        assert_eq!(trained.drift(std::iter::repeat_n("XX", 100)).verdict, Verdict::Shifted);
        let numbers = Trained::numbers("mass", ["1", "", "heavy", "nan"].into_iter());
        assert_eq!((numbers.counts.first(), numbers.counts.last()), (Some(&1), Some(&3)));
        // No rows at all are no reason for a panic.
        assert_eq!(Trained::numbers("mass", std::iter::empty()).drift(std::iter::empty()).index, Decimal::ZERO);
    }

    #[test]
    fn many_codes_share_the_last_bin() {
        let cells: Vec<String> = (0..100).flat_map(|code| vec![format!("{code:03}"); code + 1]).collect();
        let trained = Trained::codes("commodity", cells.iter().map(String::as_str));
        assert_eq!((trained.counts.len(), trained.counts[0]), (MAX_CODES + 2, 71));
    }
}
