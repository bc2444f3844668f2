//! Decision tables: S-FEEL unary tests (DMN 1.5, section 9) over closed types, decided exactly and fast.
//!
//! A table comes in as text with spans ([`RawTable`]), is compiled once ([`compile`]), and is then evaluated
//! ([`Table::evaluate`]) and examined ([`gaps`], [`overlaps`], [`masked`], [`producible`]).
//!
//! Must not know: how CSV or YAML is read, what a fact is, what an output leads to, the words of an error.

mod analysis;
mod axis;
mod compile;
mod cover;
mod error;
mod evaluate;
mod hit;
mod index;
mod ranges;
mod read;
mod region;
mod rules;
mod unary;
mod volume;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::span::Spanned;

pub use analysis::{Gap, Overlap, TooComplex, gaps, masked, overlaps, producible};
pub use compile::{MAX_COLUMNS, MAX_ROWS, compile};
pub use error::{CellError, CellErrorKind, Expected};
pub use evaluate::{DecodedInputs, EvalError, Hit, Outputs};
pub use hit::{Aggregation, HitPolicy};
pub(crate) use read::quoted;
pub use region::Region;
pub use rules::{InputColumn, OutputColumn, Row, Rules};
pub use unary::{Test, UnaryTests, literal};

use index::Index;

/// A table as it was written: text, with the place of every cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawTable {
    /// The hit policy, a word or a DMN letter; empty means unique. What concerns the whole table is said at its place.
    pub hit: Spanned<String>,
    /// What each input column reads, such as `activity.risk`.
    pub inputs: Vec<Spanned<String>>,
    /// The name of each output column.
    pub outputs: Vec<Spanned<String>>,
    /// For priority and output order: the values of output columns, best first.
    pub output_order: Vec<OutputOrder>,
    /// The rules, in order.
    pub rows: Vec<RawRow>,
}

/// The values of one output column, best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputOrder {
    /// The name of the output column.
    pub output: Spanned<String>,
    /// Its values as output cells are written.
    pub values: Vec<Spanned<String>>,
}

/// One rule as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawRow {
    /// Line in the file, from 1.
    pub line: u32,
    /// One cell per input column.
    pub inputs: Vec<Spanned<String>>,
    /// One cell per output column.
    pub outputs: Vec<Spanned<String>>,
}

impl RawTable {
    /// A table without columns and rows.
    #[must_use]
    pub const fn new(hit: Spanned<String>) -> Self {
        Self { hit, inputs: Vec::new(), outputs: Vec::new(), output_order: Vec::new(), rows: Vec::new() }
    }
}

/// A table that can be decided. Its serial form is its [`Rules`]; the index is built again when it is read.
#[derive(Clone, Debug)]
pub struct Table {
    rules: Rules,
    index: Index,
}

impl Table {
    /// What the table says.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Makes `rules` decidable.
    ///
    /// # Errors
    /// The first thing that does not fit, if `rules` did not come out of [`compile`].
    pub fn build(rules: Rules) -> Result<Self, CellErrorKind> {
        let index = Index::build(&rules)?;
        Ok(Self { rules, index })
    }
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.rules == other.rules
    }
}

impl Eq for Table {}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.rules.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Table {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::build(Rules::deserialize(from)?).map_err(de::Error::custom)
    }
}
