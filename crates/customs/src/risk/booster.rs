//! Boosted trees, and walking down them.
//!
//! Must not know of: the text that they are read from, what their columns mean.

mod walk;

use walk::Walk;

/// Boosted trees over named columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Booster {
    pub(super) columns: Vec<String>,
    pub(super) trees: Vec<Tree>,
    /// The trees again, as they are walked down fast.
    walks: Vec<Walk>,
    pub(super) link: Link,
    /// Whether the trees' sum is divided by their number, as random forests do.
    pub(super) averaged: bool,
}

/// From the sum of the trees to what they predict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Link {
    /// The sum itself.
    Identity,
    /// A chance: 1 / (1 + exp(-slope x sum)).
    Sigmoid { slope: f64 },
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tree {
    pub(super) splits: Vec<Split>,
    pub(super) leaves: Vec<f64>,
    /// Where each set of categories begins among the words of all.
    pub(super) set_starts: Vec<usize>,
    pub(super) set_words: Vec<u32>,
}

/// Where a row turns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Split {
    pub(super) column: usize,
    pub(super) test: Test,
    pub(super) left: Child,
    pub(super) right: Child,
    /// What a row that comes here is worth on average; for reasons only.
    pub(super) value: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Test {
    /// Left if at most this.
    AtMost { threshold: f64, missing: Missing, missing_left: bool },
    /// Left if in this set of categories.
    In { set: usize },
}

/// What counts as missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// Nothing; not-a-number counts as zero.
    Never,
    /// Zero; and not-a-number, which counts as zero.
    Zero,
    /// Not-a-number.
    NotANumber,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Child {
    /// A later split of the same tree.
    Split(usize),
    /// A leaf.
    Leaf(usize),
}

/// What a column added to a score, or took from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The column's number.
    pub column: usize,
    /// How much it moved the sum of the trees.
    pub moved: f64,
}

/// The largest number that LightGBM takes for zero (its `kZeroThreshold`, a 32-bit number).
const ZERO: f64 = 1e-35_f32 as f64;

impl Booster {
    /// Trees over columns of these names.
    pub(super) fn new(columns: Vec<String>, trees: Vec<Tree>, link: Link, averaged: bool) -> Self {
        let walks = trees.iter().map(Walk::new).collect();
        Self { columns, trees, walks, link, averaged }
    }

    /// The columns, in the order in which a row has them.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// What it predicts for a row. A column that the row has not counts as not a number.
    #[must_use]
    pub fn score(&self, row: &[f64]) -> f64 {
        self.linked(self.trees.iter().map(|tree| tree.value(row)).fold(0.0, |sum, value| sum + value))
    }

    /// What it predicts for many rows, one after the other in `rows`: for each the same to the last bit as [`Booster::score`] says. What is left at the end and
    /// is no whole row is not looked at.
    #[must_use]
    pub fn scores(&self, rows: &[f64]) -> Vec<f64> {
        let width = self.columns.len().max(1);
        let mut sums = vec![0.0; rows.len() / width];
        // So many rows stay near the processor while every tree goes over them.
        for (rows, sums) in rows.chunks(width * walk::BLOCK).zip(sums.chunks_mut(walk::BLOCK)) {
            for (tree, walk) in self.trees.iter().zip(&self.walks) {
                walk.add(tree, rows, width, sums);
            }
        }
        sums.iter_mut().for_each(|sum| *sum = self.linked(*sum));
        sums
    }

    fn linked(&self, sum: f64) -> f64 {
        let sum = if self.averaged { sum / (self.trees.len().max(1) as f64) } else { sum };
        match self.link {
            Link::Identity => sum,
            Link::Sigmoid { slope } => 1.0 / (1.0 + (-slope * sum).exp()),
        }
    }

    /// Which columns moved the sum of the trees from its average, the strongest first: the change of the average value at each turn, given to the column that
    /// decided it (Saabas, 2014). A column that moved nothing is not named.
    #[must_use]
    pub fn reasons(&self, row: &[f64]) -> Vec<Reason> {
        let mut moved = vec![0.0; self.columns.len()];
        for tree in &self.trees {
            tree.explain(row, &mut moved);
        }
        let mut reasons: Vec<Reason> = (0..).zip(moved).map(|(column, moved)| Reason { column, moved }).collect();
        reasons.retain(|reason| reason.moved != 0.0);
        reasons.sort_by(|a, b| b.moved.abs().total_cmp(&a.moved.abs()));
        reasons
    }
}

impl Tree {
    fn value(&self, row: &[f64]) -> f64 {
        let mut child = self.first();
        loop {
            match child {
                Child::Leaf(leaf) => return self.leaves.get(leaf).copied().unwrap_or_default(),
                Child::Split(split) => match self.splits.get(split) {
                    Some(split) => child = self.turn(split, row),
                    None => return 0.0,
                },
            }
        }
    }

    fn explain(&self, row: &[f64], moved: &mut [f64]) {
        let mut child = self.first();
        while let Child::Split(at) = child {
            let Some(split) = self.splits.get(at) else { return };
            child = self.turn(split, row);
            let value = match child {
                Child::Leaf(leaf) => self.leaves.get(leaf).copied(),
                Child::Split(next) => self.splits.get(next).map(|next| next.value),
            };
            if let (Some(value), Some(moved)) = (value, moved.get_mut(split.column)) {
                *moved += value - split.value;
            }
        }
    }

    const fn first(&self) -> Child {
        if self.splits.is_empty() { Child::Leaf(0) } else { Child::Split(0) }
    }

    fn turn(&self, split: &Split, row: &[f64]) -> Child {
        let value = row.get(split.column).copied().unwrap_or(f64::NAN);
        if self.goes_left(split.test, value) { split.left } else { split.right }
    }

    #[inline]
    fn goes_left(&self, test: Test, value: f64) -> bool {
        match test {
            Test::AtMost { threshold, missing, missing_left } => {
                let value = if value.is_nan() && missing != Missing::NotANumber { 0.0 } else { value };
                let is_missing = match missing {
                    Missing::Never => false,
                    Missing::Zero => value.abs() <= ZERO,
                    Missing::NotANumber => value.is_nan(),
                };
                if is_missing { missing_left } else { value <= threshold }
            }
            Test::In { set } => self.contains(set, value),
        }
    }

    fn contains(&self, set: usize, value: f64) -> bool {
        let (Some(start), Some(end)) = (self.set_starts.get(set), self.set_starts.get(set + 1)) else { return false };
        is_in(self.set_words.get(*start..*end).unwrap_or_default(), value)
    }
}

/// Whether a set of categories, by its words of 32 bits, has one. What is no whole number is cut to one, as LightGBM does, so that above -1 it is zero; nothing else below
/// zero is in a set, and neither is not-a-number.
#[inline]
fn is_in(words: &[u32], value: f64) -> bool {
    if !(value > -1.0 && value < f64::from(u32::MAX)) {
        return false;
    }
    // Cut towards zero.
    let category = value as u32;
    words.get(category as usize / 32).is_some_and(|word| word >> (category % 32) & 1 == 1)
}
