//! What a model learns from labelled rows besides its trees: profiles, and the numbers of each row as if the row had not been there.
//!
//! Must not know of: how trees are grown, which columns there are.
//!
//! A row that is trained on gets its profiles from the other folds. Told of its own label, trees would learn to trust what no new row can tell.

use csv::StringRecord;

use super::feature::{Column, Feature, Features, Room};
use super::model::Truth;
use super::profile::Profile;
use super::rows::{Row, Rows, RowsFault};

/// What is made of a row, before anything is learnt.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is read.
    pub columns: Vec<Column>,
    /// The columns of each profile.
    pub profiles: Vec<Vec<usize>>,
    /// How many rows the share of all weighs in a profile.
    pub weight: u32,
    /// What is made of both.
    pub made: Vec<Feature>,
}

/// Labelled rows.
pub struct Lesson {
    places: Vec<(String, usize)>,
    records: Vec<(u32, StringRecord)>,
    /// Of each row whether it is a fraud.
    pub frauds: Vec<bool>,
    /// Of each row the duty at stake, in the data's own currency; 0 where it is not known.
    pub stakes: Vec<f64>,
    /// Of each row the text in the column that says when it was, by which rows are parted in time; empty without such a column.
    pub days: Vec<String>,
}

impl Lesson {
    /// Reads labelled rows.
    ///
    /// # Errors
    /// A column that is not there; a cell that should be a number, or a label, and is none.
    pub fn read(text: &str, plan: &Plan, truth: &Truth, day: Option<&str>) -> Result<Self, RowsFault> {
        let names = plan.columns.iter().map(|column| column.name.as_str());
        let more = [truth.label.as_str(), &truth.rate, &truth.amount];
        let columns: Vec<&str> = names.chain(more).chain(day).collect();
        let first = plan.columns.len();
        let mut rows = Rows::read(text, &columns)?;
        let places = rows.places().to_vec();
        let (mut records, mut frauds, mut stakes, mut days) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        while let Some(row) = rows.next_row()? {
            frauds.push(row.label(first)?);
            stakes.push(row.stake(first + 1, first + 2)?);
            days.push(row.text(first + 3).to_owned());
            records.push((row.line, row.record().clone()));
        }
        Ok(Self { places, records, frauds, stakes, days })
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The text of a row in a column of the plan.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<&str> {
        Some(self.row(row)?.text(column))
    }

    fn row(&self, row: usize) -> Option<Row<'_>> {
        self.records.get(row).map(|(line, record)| Row::new(&self.places, record, *line))
    }

    /// What is learnt from these rows.
    #[must_use]
    pub fn features(&self, plan: &Plan, rows: &[usize]) -> Features {
        let mut features = Features { columns: plan.columns.clone(), profiles: Vec::new(), made: plan.made.clone() };
        let mut key = String::new();
        for columns in &plan.profiles {
            let mut profile = Profile::new(columns.clone(), plan.weight);
            for number in rows {
                let (Some(row), Some(fraud)) = (self.row(*number), self.frauds.get(*number)) else { continue };
                profile.add(|column| features.key(column, &row), *fraud, &mut key);
            }
            features.profiles.push(profile);
        }
        features
    }

    /// The numbers of these rows, one row after the other, by what was learnt from others.
    ///
    /// # Errors
    /// A cell that should be a number and is none.
    pub fn numbers(&self, features: &Features, rows: &[usize]) -> Result<Vec<f64>, RowsFault> {
        let (mut numbers, mut room) = (Vec::new(), Room::default());
        for row in rows.iter().filter_map(|row| self.row(*row)) {
            features.make(&row, &mut room, &mut numbers)?;
        }
        Ok(numbers)
    }

    /// The numbers of these rows, each by what is learnt from those of them that are in other folds.
    ///
    /// # Errors
    /// A cell that should be a number and is none.
    pub fn numbers_out_of_fold(&self, plan: &Plan, rows: &[usize], folds: Folds) -> Result<Vec<f64>, RowsFault> {
        let width = plan.made.len();
        let mut numbers = vec![f64::NAN; rows.len() * width];
        for fold in 0..folds.count {
            let (inside, outside) = folds.part(rows, fold);
            let made = self.numbers(&self.features(plan, &outside), &inside)?;
            let mut made = made.chunks(width.max(1));
            for (row, numbers) in rows.iter().zip(numbers.chunks_mut(width.max(1))) {
                if folds.of(*row) == fold
                    && let Some(made) = made.next()
                {
                    numbers.copy_from_slice(made);
                }
            }
        }
        Ok(numbers)
    }
}

/// Rows parted evenly by a seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folds {
    /// How many parts, at least 2.
    pub count: u64,
    /// What decides which row is in which.
    pub seed: u64,
}

impl Folds {
    /// The fold of a row: its number mixed with the seed (`splitmix64`; Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
    #[must_use]
    pub const fn of(self, row: usize) -> u64 {
        let mut mixed = self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(row as u64);
        mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        match (mixed ^ (mixed >> 31)).checked_rem(self.count) {
            Some(fold) => fold,
            None => 0,
        }
    }

    /// The rows that are in a fold, and the others.
    #[must_use]
    pub fn part(self, rows: &[usize], fold: u64) -> (Vec<usize>, Vec<usize>) {
        rows.iter().partition(|row| self.of(**row) == fold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "Fraud,Rate,Price,Code,Day\n1,10,50,A,1\n1,10,50,A,1\n0,,50,A,2\n0,10,50,B,2\n";

    fn plan() -> Plan {
        let column = |name: &str, number| Column { name: name.to_owned(), number };
        Plan {
            columns: vec![column("Code", false), column("Price", true)],
            profiles: vec![vec![0]],
            weight: 0,
            made: vec![Feature::Number(1), Feature::Share(0), Feature::Rows(0)],
        }
    }

    fn lesson() -> Lesson {
        let truth = Truth { label: "Fraud".to_owned(), rate: "Rate".to_owned(), amount: "Price".to_owned() };
        Lesson::read(TABLE, &plan(), &truth, Some("Day")).unwrap()
    }

    #[test]
    fn labels_stakes_and_days_are_read_with_the_rows() {
        let lesson = lesson();
        assert_eq!((lesson.len(), lesson.frauds.as_slice()), (4, &[true, true, false, false][..]));
        assert_eq!((lesson.stakes.as_slice(), lesson.days[3].as_str()), (&[5.0, 5.0, 0.0, 5.0][..], "2"));
        assert_eq!((lesson.cell(3, 0), lesson.cell(4, 0)), (Some("B"), None));
    }

    #[test]
    fn no_row_is_told_its_own_label() {
        let (lesson, plan, rows) = (lesson(), plan(), [0, 1, 2, 3]);
        let inside = lesson.numbers(&lesson.features(&plan, &rows), &rows).unwrap();
        assert_eq!(inside.chunks(3).map(|row| row[2]).collect::<Vec<_>>(), [3.0, 3.0, 3.0, 1.0]);
        for seed in 0..50 {
            let folds = Folds { count: 2, seed };
            let numbers = lesson.numbers_out_of_fold(&plan, &rows, folds).unwrap();
            for (row, numbers) in rows.iter().zip(numbers.chunks(3)) {
                let others = |same: &usize| folds.of(*same) != folds.of(*row) && (*same < 3) == (*row < 3);
                assert_eq!(
                    numbers[2],
                    rows.iter().filter(|same| others(same)).count() as f64,
                    "seed {seed}, row {row}"
                );
            }
        }
    }

    #[test]
    fn folds_are_even_and_another_seed_parts_otherwise() {
        let folds = Folds { count: 5, seed: 1 };
        let sizes: Vec<usize> = (0..5).map(|fold| folds.part(&(0..10_000).collect::<Vec<_>>(), fold).0.len()).collect();
        assert!(sizes.iter().all(|size| size.abs_diff(2_000) < 200), "{sizes:?}");
        let same = (0..1_000).filter(|row| folds.of(*row) == Folds { count: 5, seed: 2 }.of(*row)).count();
        assert!(same.abs_diff(200) < 70, "{same}");
    }
}
