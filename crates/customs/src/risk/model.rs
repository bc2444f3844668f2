//! A model as it is published: how its numbers are made, the trees of each objective, and what their scores mean.
//!
//! Must not know of: the text that it is read from (`file`, `lightgbm`), how it is trained.

use super::booster::{Booster, Reason};
use super::calibration::Calibration;
use super::drift::Trained;
use super::feature::{Column, Features, Room};
use super::rows::{Row, RowsFault};

/// What a ranking is to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Goal {
    /// Frauds.
    Fraud,
    /// Duty that is not declared.
    Duty,
}

/// Trees for one goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// What for.
    pub goal: Goal,
    /// The trees.
    pub booster: Booster,
    /// From what they say to a chance of fraud.
    pub calibration: Calibration,
}

/// What rows were labelled with, and what was at stake in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// The column that says 1 where a fraud was found, else 0.
    pub label: String,
    /// The column of the tax's rate, in per cent.
    pub rate: String,
    /// The column of the amount that it is taken of.
    pub amount: String,
}

/// A model: trees for one goal or several over numbers that are made of a row's cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// What it was trained towards. Where LightGBM's own text says nothing of it, the names of the Korean data.
    pub truth: Truth,
    /// How its numbers are made.
    pub features: Features,
    /// Where the rate and the amount of the duty stand among the columns, if both are read.
    pub(super) stake: Option<(usize, usize)>,
    /// For each goal its trees, at least one.
    pub(super) objectives: Vec<Objective>,
    /// The columns as it was trained on them.
    pub trained: Vec<Trained>,
}

/// Rows on their way through the trees.
#[derive(Debug, Default)]
pub struct Block {
    lines: Vec<u32>,
    numbers: Vec<f64>,
    stakes: Vec<f64>,
    room: Room,
}

/// What a model says of a row for one goal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// What the trees say; rows are ranked by it where frauds are looked for.
    pub raw: f64,
    /// The chance of fraud, 0 to 1; the same as `raw` where nothing was calibrated.
    pub chance: f64,
    /// The chance times the duty at stake, in the data's own currency; none where the duty is not known. Rows are ranked by it where duty is looked for.
    pub expected: Option<f64>,
}

impl Default for Truth {
    fn default() -> Self {
        Self { label: "Fraud".to_owned(), rate: "Tax Rate".to_owned(), amount: "Item Price".to_owned() }
    }
}

impl Model {
    /// Puts a model together; none without an objective, or if some trees ask for another count of numbers than are made.
    #[must_use]
    pub fn new(truth: Truth, features: Features, objectives: Vec<Objective>, trained: Vec<Trained>) -> Option<Self> {
        let fits = |objective: &Objective| objective.booster.columns().len() == features.made.len();
        if objectives.is_empty() || !objectives.iter().all(fits) {
            return None;
        }
        let place = |name: &str| features.columns.iter().position(|column| column.name == name && column.number);
        let stake = place(&truth.rate).zip(place(&truth.amount));
        Some(Self { truth, features, stake, objectives, trained })
    }

    /// The columns that it reads, in the order in which a row has to give them.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.features.columns.iter().map(|column: &Column| column.name.as_str())
    }

    /// The columns whose cells have to be numbers, or empty.
    pub fn columns_of_numbers(&self) -> impl Iterator<Item = &str> {
        self.features.columns.iter().filter(|column| column.number).map(|column| column.name.as_str())
    }

    /// Whether it was trained with profiles and for goals of its own; else it is LightGBM's as it is.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.objectives.len() > 1
    }

    /// Takes a row in.
    ///
    /// # Errors
    /// A cell that should be a number and is none; the block is as it was.
    pub fn take(&self, row: &Row<'_>, block: &mut Block) -> Result<(), RowsFault> {
        self.features.make(row, &mut block.room, &mut block.numbers)?;
        block.stakes.push(self.features.stake(self.stake, &block.room));
        block.lines.push(row.line);
        Ok(())
    }

    /// What the model says of each row of a block, for a goal; where it has no trees for that goal, by those that it has.
    #[must_use]
    pub fn scores(&self, goal: Goal, block: &Block) -> Vec<Score> {
        self.scores_of(goal, &block.numbers, &block.stakes)
    }

    /// The same for numbers that are made already, with the duty at stake in each row.
    #[must_use]
    pub fn scores_of(&self, goal: Goal, numbers: &[f64], stakes: &[f64]) -> Vec<Score> {
        let Some(objective) = self.objective(goal) else { return Vec::new() };
        let raws = objective.booster.scores(numbers);
        let score = |(raw, stake): (f64, &f64)| {
            let chance = objective.calibration.chance(raw);
            Score { raw, chance, expected: Some(chance * stake).filter(|expected| expected.is_finite()) }
        };
        raws.into_iter().zip(stakes).map(score).collect()
    }

    /// Which features moved the score of a block's row, the strongest first.
    #[must_use]
    pub fn reasons(&self, goal: Goal, block: &Block, row: usize) -> Vec<Reason> {
        let width = self.features.made.len();
        let numbers = row.checked_mul(width).and_then(|from| block.numbers.get(from..from + width));
        let booster = self.objective(goal).map(|objective| &objective.booster);
        booster.zip(numbers).map(|(booster, numbers)| booster.reasons(numbers)).unwrap_or_default()
    }

    /// What a feature is called.
    #[must_use]
    pub fn feature_name(&self, feature: usize) -> String {
        self.features.made.get(feature).map(|feature| self.features.name(feature)).unwrap_or_default()
    }

    fn objective(&self, goal: Goal) -> Option<&Objective> {
        self.objectives.iter().find(|objective| objective.goal == goal).or_else(|| self.objectives.first())
    }
}

impl Block {
    /// The rows' lines, in the order in which they were taken in.
    #[must_use]
    pub fn lines(&self) -> &[u32] {
        &self.lines
    }

    /// The numbers of all rows, one row after the other.
    #[must_use]
    pub fn numbers(&self) -> &[f64] {
        &self.numbers
    }

    /// The duty at stake in each row.
    #[must_use]
    pub fn stakes(&self) -> &[f64] {
        &self.stakes
    }

    /// Makes room for the next rows.
    pub fn clear(&mut self) {
        self.lines.clear();
        self.numbers.clear();
        self.stakes.clear();
    }
}
