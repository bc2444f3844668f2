//! Risk profiles: what came of earlier rows that had the same values.
//!
//! Must not know of: trees, which columns there are.
//!
//! A profile gives the share of frauds among the rows with the same values, drawn towards the share of all rows as if that many more (its weight) had come out as
//! all do: (frauds + weight x share) / (rows + weight). Micci-Barreca, "A Preprocessing Scheme for High-Cardinality Categorical Attributes" (2001), section 3.
//! What a row is itself told while a model is trained comes from the other folds, so that no row is told its own label.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::BuildHasherDefault;

/// Counts by key. The hasher has no seed: nothing is random here, and what is looked up never enters the map.
pub(super) type Counts = HashMap<Box<str>, Count, BuildHasherDefault<DefaultHasher>>;

/// What separates the values of a key; none holds it, since control characters are struck from them.
const BETWEEN: char = '\u{1f}';

/// How many rows there were, and how many of them frauds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The frauds.
    pub frauds: u32,
    /// The rows, frauds and others.
    pub rows: u32,
}

/// What came of the rows with each combination of values in some columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The numbers of the columns.
    pub(super) columns: Vec<usize>,
    /// How many rows the share of all weighs.
    pub(super) weight: u32,
    pub(super) counts: Counts,
    /// All rows.
    pub(super) all: Count,
}

impl Count {
    /// Takes a row in.
    pub const fn add(&mut self, fraud: bool) {
        self.rows = self.rows.saturating_add(1);
        self.frauds = self.frauds.saturating_add(fraud as u32);
    }

    /// The share of frauds, drawn towards that of `all` by `weight` rows. 0 if there is nothing to tell it from.
    #[must_use]
    pub fn share(self, all: Self, weight: u32) -> f64 {
        let plain = |count: Self| f64::from(count.frauds) / f64::from(count.rows.max(1));
        let (rows, weight) = (f64::from(self.rows), f64::from(weight));
        if rows + weight == 0.0 { plain(all) } else { (f64::from(self.frauds) + weight * plain(all)) / (rows + weight) }
    }
}

impl Profile {
    /// One that knows no rows yet.
    #[must_use]
    pub fn new(columns: Vec<usize>, weight: u32) -> Self {
        Self { columns, weight, counts: Counts::default(), all: Count::default() }
    }

    /// Takes a row in; `key` is room to work in.
    pub fn add<'c>(&mut self, cell: impl Fn(usize) -> &'c str, fraud: bool, key: &mut String) {
        self.all.add(fraud);
        write_key(key, self.columns.iter().map(|column| cell(*column)));
        match self.counts.get_mut(key.as_str()) {
            Some(count) => count.add(fraud),
            None => {
                let count = Count { frauds: u32::from(fraud), rows: 1 };
                self.counts.insert(key.as_str().into(), count);
            }
        }
    }

    /// What there is of rows with these values; `key` is room to work in.
    #[must_use]
    pub fn count<'c>(&self, cell: impl Fn(usize) -> &'c str, key: &mut String) -> Count {
        write_key(key, self.columns.iter().map(|column| cell(*column)));
        self.counts.get(key.as_str()).copied().unwrap_or_default()
    }

    /// The share of frauds for such a count.
    #[must_use]
    pub fn share(&self, count: Count) -> f64 {
        count.share(self.all, self.weight)
    }
}

/// Writes the key of these values.
pub(super) fn write_key<'c>(key: &mut String, cells: impl Iterator<Item = &'c str>) {
    key.clear();
    for (number, cell) in cells.enumerate() {
        if number > 0 {
            key.push(BETWEEN);
        }
        if cell.bytes().any(|byte| byte < b' ') {
            key.extend(cell.chars().filter(|letter| *letter >= ' '));
        } else {
            key.push_str(cell);
        }
    }
}

/// The values of a key.
pub(super) fn values(key: &str) -> impl Iterator<Item = &str> {
    key.split(BETWEEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [([&str; 2], bool); 5] = [
        (["2204", "FR"], true),
        (["2204", "FR"], true),
        (["2204", "IT"], false),
        (["8703", "DE"], false),
        (["8703", ""], false),
    ];

    fn profile(columns: &[usize], weight: u32) -> Profile {
        let mut profile = Profile::new(columns.to_vec(), weight);
        ROWS.iter().for_each(|(cells, fraud)| profile.add(|column| cells[column], *fraud, &mut String::new()));
        profile
    }

    fn share(profile: &Profile, cells: [&str; 2]) -> f64 {
        profile.share(profile.count(|column| cells[column], &mut String::new()))
    }

    #[test]
    fn a_share_is_drawn_towards_all() {
        let profile = profile(&[0], 2);
        // Two of three, and two more as 2 of 5 come out; what was never seen comes out as all do.
        assert_eq!(share(&profile, ["2204", ""]), (2.0 + 2.0 * 0.4) / 5.0);
        assert_eq!(share(&profile, ["0101", ""]), 0.4);
    }

    #[test]
    fn values_stand_together_and_cannot_be_forged_into_others() {
        let profile = profile(&[0, 1], 0);
        assert_eq!((share(&profile, ["2204", "FR"]), share(&profile, ["2204", "IT"])), (1.0, 0.0));
        // Control characters are struck, so that no cell holds what stands between two.
        assert_eq!(profile.count(|_| "2204\u{1f}FR", &mut String::new()), Count::default());
        assert_eq!(share(&profile, ["22\n04", "FR"]), 1.0);
    }

    #[test]
    fn where_nothing_is_known_the_share_is_that_of_all() {
        let all = Count { frauds: 3, rows: 10 };
        assert_eq!((Count::default().share(Count::default(), 0), Count::default().share(all, 0)), (0.0, 0.3));
    }
}
