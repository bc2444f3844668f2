//! What one cell lets through, as a set that can be narrowed by other cells on the same input, for whoever follows a case through several tables.
//!
//! Must not know: stages, paths, which tables read the same input.

use super::Table;
use super::ranges::{Range, RangeSet};
use super::unary::UnaryTests;
use crate::value::Value;

/// A set of values of one type. Only sets over the same type may be narrowed by each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region(RangeSet);

impl Region {
    /// Whether no value is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What lies in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(self.0.intersection(&other.0))
    }

    /// Whether every value of `other` is in this set.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.0.intersection(&other.0) == other.0
    }
}

impl Table {
    /// The values that pass input cell `column` of `row`, both from 0; nothing when there is no such cell, or when it lets everything through.
    #[must_use]
    pub fn region(&self, row: usize, column: usize) -> Option<Region> {
        let tests = self.rules().rows.get(row)?.tests.get(column)?;
        if *tests == UnaryTests::Any {
            return None;
        }
        tests.ranges(self.index.axes.get(column)?).ok().map(Region)
    }

    /// The set of `value` alone, as input `column` sees it; empty when the column has no such value.
    #[must_use]
    pub fn region_of(&self, column: usize, value: &Value) -> Option<Region> {
        let number = self.index.axes.get(column)?.encode(value);
        Some(Region(RangeSet::union(number.map(|number| Range { lo: number, hi: number }))))
    }
}
