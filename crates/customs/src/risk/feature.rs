//! From a row's cells to the numbers that trees ask for.
//!
//! Must not know of: trees.

use std::collections::HashMap;
use std::fmt;

use super::profile::{Count, Profile};
use super::rows::{Row, RowsFault};

/// A column that a model reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Whether its cells are numbers (or empty); else they are text.
    pub number: bool,
}

/// A number made of a row's cells. Columns and profiles are named by their numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum Feature {
    /// The number in a column; none if it is empty.
    Number(usize),
    /// A number by another, such as the price of a kilogram; none if one of them is empty, infinite if the second is zero.
    Ratio(usize, usize),
    /// A percentage of a number, such as the duty at stake; none if one of them is empty.
    Percent(usize, usize),
    /// A code of a column as the number that training gave it; none for another code.
    Code(usize, HashMap<String, u32>),
    /// The share of frauds that a profile tells of the row.
    Share(usize),
    /// How many rows a profile knows with the row's values.
    Rows(usize),
}

/// How a model makes its numbers of a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features {
    /// What is read.
    pub columns: Vec<Column>,
    /// What came of earlier rows.
    pub profiles: Vec<Profile>,
    /// What is made of both, in the order in which the trees have it.
    pub made: Vec<Feature>,
}

/// Room to work in, kept from row to row.
#[derive(Debug, Default)]
pub struct Room {
    numbers: Vec<f64>,
    counts: Vec<Count>,
    key: String,
}

impl Features {
    /// Reads a row's numbers; nothing is read twice.
    ///
    /// # Errors
    /// A cell that should be a number and is none.
    pub fn make(&self, row: &Row<'_>, room: &mut Room, into: &mut Vec<f64>) -> Result<(), RowsFault> {
        room.numbers.clear();
        for (number, column) in self.columns.iter().enumerate() {
            room.numbers.push(if column.number { row.number(number)? } else { f64::NAN });
        }
        room.counts.clear();
        for profile in &self.profiles {
            let count = profile.count(|column| self.key(column, row), &mut room.key);
            room.counts.push(count);
        }
        let text = |column| row.text(column);
        into.extend(self.made.iter().map(|feature| self.value(feature, room, &text)));
        Ok(())
    }

    /// A cell as a profile knows it; a number is the same however many zeros it is written with.
    pub(super) fn key<'r>(&self, column: usize, row: &Row<'r>) -> &'r str {
        let is_number = self.columns.get(column).is_some_and(|column| column.number);
        if is_number { plain(row.text(column)) } else { row.text(column) }
    }

    /// The duty at stake in the row that was read last: a percentage of an amount.
    pub(super) fn stake(&self, columns: Option<(usize, usize)>, room: &Room) -> f64 {
        let number = |column: usize| room.numbers.get(column).copied().unwrap_or(f64::NAN);
        columns.map_or(f64::NAN, |(rate, amount)| number(rate) * number(amount) / 100.0)
    }

    fn value<'r>(&self, feature: &Feature, room: &Room, text: &impl Fn(usize) -> &'r str) -> f64 {
        let number = |column: &usize| room.numbers.get(*column).copied().unwrap_or(f64::NAN);
        let count = |profile: &usize| room.counts.get(*profile).copied().unwrap_or_default();
        match feature {
            Feature::Number(column) => number(column),
            Feature::Ratio(over, under) => number(over) / number(under),
            Feature::Percent(rate, amount) => number(rate) * number(amount) / 100.0,
            Feature::Code(column, codes) => code_of(codes, text(*column)).map_or(f64::NAN, f64::from),
            Feature::Share(profile) => {
                self.profiles.get(*profile).map_or(f64::NAN, |learnt| learnt.share(count(profile)))
            }
            Feature::Rows(profile) => f64::from(count(profile).rows),
        }
    }

    /// What a feature is called: its columns, and what is made of them.
    #[must_use]
    pub fn name(&self, feature: &Feature) -> String {
        let column = |column: &usize| self.columns.get(*column).map(|column| column.name.as_str()).unwrap_or_default();
        let profile = |number: &usize| Named(self, *number);
        match feature {
            Feature::Number(number) | Feature::Code(number, _) => column(number).to_owned(),
            Feature::Ratio(over, under) => format!("{} / {}", column(over), column(under)),
            Feature::Percent(rate, amount) => format!("{} x {}", column(rate), column(amount)),
            Feature::Share(number) => format!("frauds by {}", profile(number)),
            Feature::Rows(number) => format!("rows by {}", profile(number)),
        }
    }
}

/// A number without the zeros that say nothing: `0.50` is `.5`, `007.0` is `7`.
fn plain(cell: &str) -> &str {
    let has_fraction = cell.contains('.') && !cell.contains(['e', 'E']);
    let cell = if has_fraction { cell.trim_end_matches('0').trim_end_matches('.') } else { cell };
    match cell.trim_start_matches('0') {
        "" if !cell.is_empty() => "0",
        digits => digits,
    }
}

/// The code of a cell; of a number in whichever way it is written.
fn code_of(codes: &HashMap<String, u32>, cell: &str) -> Option<u32> {
    let as_number = || codes.get(&cell.parse::<f64>().ok()?.to_string());
    codes.get(cell).or_else(as_number).copied()
}

/// A profile by the names of its columns.
struct Named<'f>(&'f Features, usize);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(profile) = self.0.profiles.get(self.1) else { return Ok(()) };
        for (number, column) in profile.columns.iter().enumerate() {
            let name = self.0.columns.get(*column).map(|column| column.name.as_str()).unwrap_or_default();
            write!(f, "{}{name}", if number > 0 { " + " } else { "" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn zeros_that_say_nothing_are_left_out() {
        let pairs = [
            ("0", "0"),
            ("0.0", "0"),
            ("", ""),
            ("100", "100"),
            ("100.0", "100"),
            ("0.50", ".5"),
            (".5", ".5"),
            ("007", "7"),
            ("1e10", "1e10"),
            ("-0.10", "-0.1"),
        ];
        for (cell, expected) in pairs {
            assert_eq!(plain(cell), expected, "{cell}");
        }
    }
}
