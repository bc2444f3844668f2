//! The decidable form of a table: per column, which rows a number lets through, as bit sets.
//!
//! A column's line of numbers is cut where any cell begins or ends, so between two cuts the same rows pass. Columns
//! with very many cuts are cut more coarsely, and the rows that pass are then looked at again; that bounds the memory
//! of a table of 10,000 rows to a few megabytes.
//! Must not know hit policies' results, spans or text.

use std::collections::HashMap;

use super::axis::Axis;
use super::compile::{MAX_COLUMNS, MAX_ROWS};
use super::error::CellErrorKind;
use super::ranges::{Range, RangeSet};
use super::rules::{Row, Rules};
use crate::value::Value;

/// Most pieces that a column's line is cut into.
const MAX_BUCKETS: usize = 256;

/// A table ready to be decided and examined.
#[derive(Clone, Debug)]
pub(super) struct Index {
    pub(super) axes: Vec<Axis>,
    /// Per row, the numbers that pass in each column.
    pub(super) boxes: Vec<Vec<RangeSet>>,
    /// Per row, its place in the order of output values; rows with equal outputs in the table's order.
    pub(super) ranks: Vec<u32>,
    columns: Vec<Column>,
    /// One bit per row.
    every_row: Vec<u64>,
    /// Whether some column is cut coarsely.
    coarse: bool,
}

#[derive(Clone, Debug)]
struct Column {
    /// Where each piece begins; the first is the least number of the axis. Numbers beyond 64 bits are brought to the
    /// nearest end; a column in which a cell begins or ends there counts as coarse.
    starts: Vec<i64>,
    /// For each piece, one bit per row that lets something of it pass.
    rows: Vec<u64>,
    coarse: bool,
}

impl Index {
    pub(super) fn build(rules: &Rules) -> Result<Self, CellErrorKind> {
        check_shape(rules)?;
        let axes: Vec<Axis> = rules.inputs.iter().map(|c| Axis::new(&c.type_, &c.codes)).collect::<Result<_, _>>()?;
        let boxes: Vec<Vec<RangeSet>> = rules.rows.iter().map(|row| row_box(row, &axes)).collect::<Result<_, _>>()?;
        let mut every_row = vec![u64::MAX; boxes.len() / 64];
        if !boxes.len().is_multiple_of(64) {
            every_row.push((1 << (boxes.len() % 64)) - 1);
        }
        let columns: Vec<Column> =
            axes.iter().enumerate().map(|(i, axis)| Column::build(axis, &boxes, i, every_row.len())).collect();
        let coarse = columns.iter().any(|c| c.coarse);
        Ok(Self { axes, ranks: ranks(rules), columns, every_row, coarse, boxes })
    }

    /// Hands the number of every row that `inputs` matches to `take`, in order, until it says to stop.
    pub(super) fn matches(&self, inputs: &[i128], mut take: impl FnMut(u32) -> bool) {
        if let [every] = *self.every_row {
            // Most tables have at most 64 rows: one word tells them all.
            let columns = self.columns.iter().zip(inputs);
            let word = columns.fold(every, |word, (column, input)| {
                word & column.rows.get(column.piece(*input)).copied().unwrap_or(0)
            });
            self.take_word(0, word, inputs, &mut take);
            return;
        }
        let width = self.every_row.len();
        let mut pieces = [0_usize; MAX_COLUMNS];
        for ((piece, column), input) in pieces.iter_mut().zip(&self.columns).zip(inputs) {
            *piece = column.piece(*input) * width;
        }
        for (at, every) in self.every_row.iter().enumerate() {
            let columns = pieces.iter().zip(&self.columns);
            let word =
                columns.fold(*every, |word, (piece, column)| word & column.rows.get(piece + at).copied().unwrap_or(0));
            if !self.take_word(at, word, inputs, &mut take) {
                return;
            }
        }
    }

    /// Hands on the rows of the word numbered `at`; says whether to go on.
    fn take_word(&self, at: usize, mut word: u64, inputs: &[i128], take: &mut impl FnMut(u32) -> bool) -> bool {
        while word != 0 {
            let row = at * 64 + word.trailing_zeros() as usize;
            word &= word - 1;
            if (!self.coarse || self.admits(row, inputs)) && !take(row as u32) {
                return false;
            }
        }
        true
    }

    /// Looks at a row again where its column is cut coarsely.
    fn admits(&self, row: usize, inputs: &[i128]) -> bool {
        let Some(sets) = self.boxes.get(row) else { return false };
        let mut columns = self.columns.iter().zip(sets).zip(inputs);
        columns.all(|((column, set), input)| !column.coarse || set.contains(*input))
    }
}

impl Column {
    fn build(axis: &Axis, boxes: &[Vec<RangeSet>], at: usize, width: usize) -> Self {
        let domain = axis.domain();
        let sets = || boxes.iter().filter_map(|sets| sets.get(at));
        let ends = |r: &Range| [r.lo, r.hi + 1];
        let mut starts: Vec<i128> = sets().flat_map(|set| set.ranges().iter().flat_map(ends)).collect();
        starts.push(domain.lo);
        starts.retain(|start| *start <= domain.hi);
        starts.sort_unstable();
        starts.dedup();
        let coarse = starts.len() > MAX_BUCKETS;
        if coarse {
            starts = starts.iter().copied().step_by(starts.len().div_ceil(MAX_BUCKETS)).collect();
        }
        let coarse = coarse || starts.iter().skip(1).any(|start| i128::from(narrow(*start)) != *start);
        let mut starts: Vec<i64> = starts.into_iter().map(narrow).collect();
        starts.dedup();
        let mut column = Self { rows: vec![0; starts.len() * width], starts, coarse };
        for (row, set) in sets().enumerate() {
            set.ranges().iter().for_each(|range| column.mark(row, *range, width));
        }
        column
    }

    fn mark(&mut self, row: usize, range: Range, width: usize) {
        for piece in self.piece(range.lo)..=self.piece(range.hi) {
            if let Some(word) = self.rows.get_mut(piece * width + row / 64) {
                *word |= 1 << (row % 64);
            }
        }
    }

    /// The piece of the line that `number` lies in.
    fn piece(&self, number: i128) -> usize {
        let number = narrow(number);
        self.starts.partition_point(|start| *start <= number).saturating_sub(1)
    }
}

/// `number`, or the end of 64 bits that is nearest to it.
fn narrow(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

fn row_box(row: &Row, axes: &[Axis]) -> Result<Vec<RangeSet>, CellErrorKind> {
    row.tests.iter().zip(axes).map(|(tests, axis)| tests.ranges(axis).map_err(CellErrorKind::Literal)).collect()
}

/// Rules may come from a file of another program; everything here takes their shape for granted afterwards.
fn check_shape(rules: &Rules) -> Result<(), CellErrorKind> {
    let columns = rules.inputs.len().saturating_add(rules.outputs.len());
    if rules.rows.len() > MAX_ROWS {
        return Err(CellErrorKind::TooManyRows { rows: rules.rows.len() });
    }
    if columns > MAX_COLUMNS {
        return Err(CellErrorKind::TooManyColumns { columns });
    }
    if rules.outputs.is_empty() {
        return Err(CellErrorKind::NoOutput);
    }
    let ragged = |row: &&Row| row.tests.len() != rules.inputs.len() || row.outputs.len() != rules.outputs.len();
    match rules.rows.iter().find(ragged) {
        Some(row) => Err(CellErrorKind::CellCount { expected: columns, found: row.tests.len() + row.outputs.len() }),
        None => Ok(()),
    }
}

/// The place of every row when the rows are ordered by their outputs, column by column (DMN 1.5, section 8.2.8).
fn ranks(rules: &Rules) -> Vec<u32> {
    let places: Vec<HashMap<&Value, usize>> =
        rules.outputs.iter().map(|column| column.order.iter().zip(0..).collect()).collect();
    let place = |known: &HashMap<&Value, usize>, value: &Option<Value>| {
        value.as_ref().and_then(|value| known.get(value)).copied().unwrap_or(known.len())
    };
    let key = |row: &Row| -> Vec<usize> {
        places.iter().zip(&row.outputs).map(|(known, value)| place(known, value)).collect()
    };
    let mut ordered: Vec<(Vec<usize>, usize)> = rules.rows.iter().map(key).zip(0..).collect();
    ordered.sort();
    let mut ranks = vec![0; ordered.len()];
    for (rank, (_, row)) in (0..).zip(ordered) {
        if let Some(slot) = ranks.get_mut(row) {
            *slot = rank;
        }
    }
    ranks
}
