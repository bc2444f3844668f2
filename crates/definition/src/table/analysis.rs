//! What can be said of a table without deciding it: gaps, overlaps, rows that never count, outputs that can come.
//!
//! Every answer is exact or [`TooComplex`]. Must not know spans or the words of a problem.

use std::collections::HashSet;

use super::Table;
use super::cover::{Budget, Spent, uncovered};
use super::hit::HitPolicy;
use super::ranges::{Range, RangeSet};
use super::unary::UnaryTests;
use super::volume::{Count, count};
use crate::value::Value;

/// Work for one question: about two seconds on one core of 2020.
const WORK: u64 = 100_000_000;

/// Inputs that no rule is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// One such row of inputs.
    pub witness: Vec<Value>,
    /// All of this gap: inputs that pass these tests, one cell per column, match no rule.
    pub region: Vec<UnaryTests>,
}

/// Two rules, counted from 0, for the same inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The earlier rule.
    pub row_a: u32,
    /// The later rule.
    pub row_b: u32,
    /// Inputs that both match.
    pub witness: Vec<Value>,
}

/// The question was given up: the table's rules are too entangled to be answered within the work allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the table is too complex to be examined")]
pub struct TooComplex;

impl From<Spent> for TooComplex {
    fn from(_: Spent) -> Self {
        Self
    }
}

/// At most `max` disjoint gaps of the table; empty if every row of inputs matches a rule.
///
/// # Errors
/// [`TooComplex`] if that cannot be told within the work allowed. A table whose rows do not overlap is always told,
/// though then one gap only may be given.
pub fn gaps(table: &Table, max: usize) -> Result<Vec<Gap>, TooComplex> {
    let space: Vec<RangeSet> = table.index.axes.iter().map(super::axis::Axis::whole).collect();
    let rows: Vec<&[RangeSet]> = live_rows(table).map(|(_, sets)| sets).collect();
    let counted = match pairs(table, 1, |_, _| true) {
        Ok(found) if found.is_empty() => Some(count(&domains(table), &rows)),
        _ => None,
    };
    if max == 0 || matches!(counted, Some(Count::Full)) {
        return Ok(Vec::new());
    }
    let boxes = match (uncovered(&space, &rows, max, &mut Budget(WORK)), counted) {
        (Ok(boxes), _) => boxes,
        (Err(_), Some(Count::Gap(gap))) => vec![gap],
        (Err(spent), _) => return Err(spent.into()),
    };
    Ok(boxes.iter().map(|sets| gap(table, sets)).collect())
}

/// At most `max` pairs of rules at odds: for a unique table any two for the same inputs, for policy any those that say
/// different things. The other policies settle overlaps, so there are none.
///
/// # Errors
/// [`TooComplex`] if that cannot be told within the work allowed.
pub fn overlaps(table: &Table, max: usize) -> Result<Vec<Overlap>, TooComplex> {
    let mut found = match table.rules.hit {
        HitPolicy::Unique => pairs(table, max, |_, _| true)?,
        HitPolicy::Any => pairs(table, max, |a, b| table.outputs(a) != table.outputs(b))?,
        _ => Vec::new(),
    };
    found.sort_by_key(|overlap| (overlap.row_a, overlap.row_b));
    Ok(found)
}

/// The rules, counted from 0, that never count: no input can match them, or (first and priority) wherever they match
/// other rules go before them.
///
/// # Errors
/// [`TooComplex`] if that cannot be told within the work allowed.
pub fn masked(table: &Table) -> Result<Vec<u32>, TooComplex> {
    let live: Vec<(u32, &[RangeSet])> = live_rows(table).collect();
    let alive: HashSet<u32> = live.iter().map(|(row, _)| *row).collect();
    let mut masked: Vec<u32> = (0..).zip(&table.rules.rows).map(|(row, _)| row).filter(|r| !alive.contains(r)).collect();
    let rank = |row: u32| match table.rules.hit {
        HitPolicy::First => Some(row),
        HitPolicy::Priority => table.index.ranks.get(row as usize).copied(),
        _ => None,
    };
    let mut ranked: Vec<(u32, u32, &[RangeSet])> =
        live.iter().filter_map(|(row, sets)| Some((rank(*row)?, *row, *sets))).collect();
    ranked.sort_unstable_by_key(|(rank, ..)| *rank);
    let mut budget = Budget(WORK);
    let mut before: Vec<&[RangeSet]> = Vec::with_capacity(ranked.len());
    for (_, row, sets) in ranked {
        budget.spend(before.len())?;
        let touching: Vec<&[RangeSet]> = before.iter().copied().filter(|other| meet(sets, other)).collect();
        if uncovered(sets, &touching, 1, &mut budget)?.is_empty() {
            masked.push(row);
        } else {
            // What is masked adds nothing to what masks.
            before.push(sets);
        }
    }
    masked.sort_unstable();
    Ok(masked)
}

/// The values of output column `column`, counted from 0, that the table can really give, in the order of its rules; for
/// a table that aggregates, the values that can go into it. Takes for granted that the table has no [`overlaps`].
///
/// # Errors
/// [`TooComplex`] if that cannot be told within the work allowed.
pub fn producible(table: &Table, column: usize) -> Result<Vec<Value>, TooComplex> {
    let masked: HashSet<u32> = masked(table)?.into_iter().collect();
    let mut seen: HashSet<&Value> = HashSet::new();
    let rows = (0..).zip(&table.rules.rows).filter(|(row, _)| !masked.contains(row));
    let values = rows.filter_map(|(_, row)| row.outputs.get(column)?.as_ref());
    Ok(values.filter(|value| seen.insert(*value)).cloned().collect())
}

/// The rules that some input matches.
fn live_rows(table: &Table) -> impl Iterator<Item = (u32, &[RangeSet])> {
    let boxes = (0..).zip(table.index.boxes.iter().map(Vec::as_slice));
    boxes.filter(|(_, sets)| !sets.iter().any(RangeSet::is_empty))
}

fn domains(table: &Table) -> Vec<Range> {
    table.index.axes.iter().map(super::axis::Axis::domain).collect()
}

/// Whether two boxes have something in common.
fn meet(a: &[RangeSet], b: &[RangeSet]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.first_common(b).is_some())
}

/// At most `max` pairs of rules that meet and that `wanted` takes. Sweeps along the column that fewest rules leave
/// free, so that only rules which meet there are compared.
fn pairs(table: &Table, max: usize, wanted: impl Fn(u32, u32) -> bool) -> Result<Vec<Overlap>, TooComplex> {
    let mut budget = Budget(WORK);
    let mut entries: Vec<(Range, u32, &[RangeSet])> = Vec::new();
    let sweep = sweep_column(table);
    for (row, sets) in live_rows(table) {
        let whole = [Range { lo: 0, hi: 0 }];
        let ranges = sweep.and_then(|column| sets.get(column)).map_or(&whole[..], RangeSet::ranges);
        entries.extend(ranges.iter().map(|range| (*range, row, sets)));
    }
    entries.sort_unstable_by_key(|(range, row, _)| (range.lo, *row));
    let mut open: Vec<(i128, u32, &[RangeSet])> = Vec::new();
    let mut seen: HashSet<(u32, u32)> = HashSet::new();
    let mut found = Vec::new();
    for (range, row, sets) in entries {
        open.retain(|(hi, ..)| *hi >= range.lo);
        budget.spend(open.len() + 1)?;
        for (_, other, others) in &open {
            let (row_a, row_b) = (row.min(*other), row.max(*other));
            if row_a == row_b || !meet(sets, others) || !wanted(row_a, row_b) || !seen.insert((row_a, row_b)) {
                continue;
            }
            if found.len() == max {
                return Ok(found);
            }
            found.push(overlap(table, row_a, row_b, sets, others));
        }
        open.push((range.hi, row, sets));
    }
    Ok(found)
}

/// The column in which the pieces of the rules are shortest against the whole: the one that fewest rules leave free.
fn sweep_column(table: &Table) -> Option<usize> {
    let free = |column: usize| {
        let whole = table.index.axes.get(column).map(super::axis::Axis::whole);
        live_rows(table).filter(|(_, sets)| sets.get(column) == whole.as_ref()).count()
    };
    (0..table.index.axes.len()).min_by_key(|column| free(*column))
}

fn gap(table: &Table, sets: &[RangeSet]) -> Gap {
    let region = table.index.axes.iter().zip(sets).map(|(axis, set)| UnaryTests::of_ranges(set, axis)).collect();
    Gap { witness: witness(table, sets), region }
}

fn overlap(table: &Table, row_a: u32, row_b: u32, a: &[RangeSet], b: &[RangeSet]) -> Overlap {
    let common: Vec<RangeSet> = a.iter().zip(b).map(|(a, b)| a.intersection(b)).collect();
    Overlap { row_a, row_b, witness: witness(table, &common) }
}

fn witness(table: &Table, sets: &[RangeSet]) -> Vec<Value> {
    let axes = table.index.axes.iter();
    axes.zip(sets).map(|(axis, set)| axis.decode(telling(set, axis.domain()))).collect()
}

/// The number of `set` that says most to a reader: where something begins or ends, not the end of the world.
fn telling(set: &RangeSet, domain: Range) -> i128 {
    let finite = |r: &Range| match (r.lo == domain.lo, r.hi == domain.hi) {
        (false, _) => Some(r.lo),
        (true, false) => Some(r.hi),
        (true, true) => None,
    };
    let middle = 0.clamp(domain.lo, domain.hi);
    set.ranges().iter().find_map(finite).unwrap_or(middle)
}
