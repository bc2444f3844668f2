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

/// Rules compared for one question: about a second. 10,000 rules that all meet each other take half of it.
const COMPARING_WORK: u64 = 100_000_000;
/// Work of searching for one question: about a second.
const SEARCHING_WORK: u64 = 30_000_000;

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

/// At most `max` disjoint gaps of the table, each as wide as it can be made; empty if every row of inputs matches a rule.
///
/// # Errors
/// [`TooComplex`] if that cannot be told within the work allowed. A table whose rows do not overlap is always told.
pub fn gaps(table: &Table, max: usize) -> Result<Vec<Gap>, TooComplex> {
    let space: Vec<RangeSet> = table.index.axes.iter().map(super::axis::Axis::whole).collect();
    let rows: Vec<&[RangeSet]> = live_rows(table).map(|(_, sets)| sets).collect();
    let disjoint = pairs(table, 1, |_, _| true).is_ok_and(|found| found.is_empty());
    let mut budget = Budget(SEARCHING_WORK);
    let mut found: Vec<Vec<RangeSet>> = Vec::new();
    while found.len() < max {
        // A gap that is known counts as a rule, so that the next one is another; they stay disjoint.
        let known: Vec<&[RangeSet]> = rows.iter().copied().chain(found.iter().map(Vec::as_slice)).collect();
        let gap = open_box(table, &space, &known, disjoint, &mut budget)?.map(|open| widened(open, &space, &known));
        match gap {
            Some(gap) => found.push(gap),
            None => break,
        }
    }
    Ok(found.iter().map(|sets| gap(table, sets)).collect())
}

/// Some box of `space` that no row reaches, by counting if the rows are disjoint, else by searching.
fn open_box(
    table: &Table,
    space: &[RangeSet],
    rows: &[&[RangeSet]],
    disjoint: bool,
    budget: &mut Budget,
) -> Result<Option<Vec<RangeSet>>, TooComplex> {
    match disjoint.then(|| count(&domains(table), rows)) {
        Some(Count::Full) => Ok(None),
        Some(Count::Gap(open)) => Ok(Some(open)),
        Some(Count::TooLarge) | None => Ok(uncovered(space, rows, 1, budget)?.pop()),
    }
}

/// `open`, which no row reaches, widened in one column after the other as far as the rows let it.
fn widened(mut open: Vec<RangeSet>, space: &[RangeSet], rows: &[&[RangeSet]]) -> Vec<RangeSet> {
    for (column, whole) in space.iter().enumerate() {
        let beside = |sets: &&&[RangeSet]| {
            let others = sets.iter().zip(&open).enumerate().filter(|(other, _)| *other != column);
            others.into_iter().all(|(_, (row, open))| row.first_common(open).is_some())
        };
        let taken = rows.iter().filter(beside).filter_map(|sets| sets.get(column));
        let taken = RangeSet::union(taken.flat_map(|set| set.ranges().iter().copied()));
        let free = match whole.ranges() {
            [Range { lo, hi }] => taken.complement(*lo, *hi),
            _ => continue,
        };
        open.get_mut(column).into_iter().for_each(|slot| slot.clone_from(&free));
    }
    open
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
    let mut masked: Vec<u32> =
        (0..).zip(&table.rules.rows).map(|(row, _)| row).filter(|r| !alive.contains(r)).collect();
    let rank = |row: u32| match table.rules.hit {
        HitPolicy::First => Some(row),
        HitPolicy::Priority => table.index.ranks.get(row as usize).copied(),
        _ => None,
    };
    let mut ranked: Vec<(u32, u32, &[RangeSet])> =
        live.iter().filter_map(|(row, sets)| Some((rank(*row)?, *row, *sets))).collect();
    ranked.sort_unstable_by_key(|(rank, ..)| *rank);
    let (mut comparing, mut searching) = (Budget(COMPARING_WORK), Budget(SEARCHING_WORK));
    let mut before: Vec<&[RangeSet]> = Vec::with_capacity(ranked.len());
    for (_, row, sets) in ranked {
        comparing.spend(before.len())?;
        let touching: Vec<&[RangeSet]> = before.iter().copied().filter(|other| meet(sets, other)).collect();
        if uncovered(sets, &touching, 1, &mut searching)?.is_empty() {
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
    let mut budget = Budget(COMPARING_WORK);
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
