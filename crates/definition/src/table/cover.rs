//! What part of a region no row covers: the question behind gaps and masked rows, answered exactly.
//!
//! Splits the region column by column into classes that the same rows reach. A class that no row reaches is uncovered;
//! one where a row leaves the remaining columns free is covered. What has been found covered is remembered by its rows,
//! and whatever more rows reach is covered too. The question is co-NP-hard, so the work has a budget.
//! Must not know values, rules or text.

use std::collections::{HashMap, HashSet};

use super::ranges::{Range, RangeSet};

/// Most row numbers that are remembered in what is known to be covered: 16 MB of them.
const MAX_REMEMBERED: usize = 4_000_000;

/// Work left, in visited rows and cuts. Nothing is ever answered without having been worked out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget(pub(super) u64);

/// The budget ran out.
#[derive(Debug)]
pub(super) struct Spent;

impl Budget {
    pub(super) fn spend(&mut self, work: usize) -> Result<(), Spent> {
        self.0 = self.0.checked_sub(work as u64).ok_or(Spent)?;
        Ok(())
    }
}

/// At most `max` disjoint boxes of `region`, one set per column, that none of `rows` reaches.
pub(super) fn uncovered(
    region: &[RangeSet],
    rows: &[&[RangeSet]],
    max: usize,
    budget: &mut Budget,
) -> Result<Vec<Vec<RangeSet>>, Spent> {
    if max == 0 || region.iter().any(RangeSet::is_empty) {
        return Ok(Vec::new());
    }
    budget.spend(rows.len() * region.len())?;
    let rows: Vec<Row> = rows.iter().filter_map(|sets| Row::within(region, sets)).collect();
    let remaining = (0..region.len()).fold(0_u64, |mask, column| mask | (1 << column));
    let mut search = Search {
        region,
        rows: &rows,
        max,
        budget,
        path: region.to_vec(),
        found: Vec::new(),
        covered: HashSet::new(),
        remembered: 0,
    };
    let every: Vec<u32> = (0..).zip(&rows).map(|(i, _)| i).collect();
    search.visit(&every, remaining)?;
    Ok(search.found)
}

/// A row cut to the region.
struct Row {
    sets: Vec<RangeSet>,
    /// The columns, as bits, in which the row covers all of the region.
    free: u64,
}

impl Row {
    fn within(region: &[RangeSet], sets: &[RangeSet]) -> Option<Self> {
        let sets: Vec<RangeSet> = region.iter().zip(sets).map(|(all, set)| all.intersection(set)).collect();
        let free_in = |(column, (all, set)): (u32, (&RangeSet, &RangeSet))| u64::from(all == set) << column;
        let free = (0..).zip(region.iter().zip(&sets)).map(free_in).sum();
        (!sets.iter().any(RangeSet::is_empty)).then_some(Self { sets, free })
    }
}

struct Search<'a> {
    region: &'a [RangeSet],
    rows: &'a [Row],
    max: usize,
    budget: &'a mut Budget,
    /// The box that is being looked at.
    path: Vec<RangeSet>,
    found: Vec<Vec<RangeSet>>,
    /// Remaining columns and rows that are known to cover all of them.
    covered: HashSet<(u64, Vec<u32>)>,
    /// How many row numbers `covered` holds.
    remembered: usize,
}

/// The part of a column that the same rows reach.
struct Class {
    rows: Vec<u32>,
    part: Vec<Range>,
}

impl Search<'_> {
    /// Looks at the current box, which exactly the rows `active` reach, with the columns in `remaining` not yet split.
    /// Says whether it is covered. The recursion is as deep as there are columns.
    fn visit(&mut self, active: &[u32], remaining: u64) -> Result<bool, Spent> {
        self.budget.spend(active.len() + 1)?;
        if active.is_empty() {
            self.found.push(self.path.clone());
            return Ok(false);
        }
        if self.active(active).any(|row| row.free & remaining == remaining) {
            return Ok(true);
        }
        let key = (remaining, active.to_vec());
        if self.covered.contains(&key) {
            return Ok(true);
        }
        let Some(column) = self.best_column(active, remaining) else { return Ok(true) };
        let covered = self.split(active, remaining, column)?;
        if covered && self.remembered + active.len() <= MAX_REMEMBERED {
            self.remembered += active.len();
            self.covered.insert(key);
        }
        Ok(covered)
    }

    fn active<'s>(&'s self, active: &'s [u32]) -> impl Iterator<Item = &'s Row> {
        active.iter().filter_map(|i| self.rows.get(*i as usize))
    }

    /// The column that the most rows restrict: rows that leave it free are carried into every class.
    fn best_column(&self, active: &[u32], remaining: u64) -> Option<u32> {
        let restricts = |column: &u32| self.active(active).filter(|row| row.free & (1 << column) == 0).count();
        let columns = (0..u64::BITS).filter(|column| remaining & (1 << column) != 0);
        columns.min_by_key(|column| std::cmp::Reverse(restricts(column)))
    }

    fn split(&mut self, active: &[u32], remaining: u64, column: u32) -> Result<bool, Spent> {
        let mut classes = self.classes(active, column)?;
        // The smallest first: what covers them covers those that more rows reach.
        classes.sort_by_key(|class| class.rows.len());
        let left = remaining & !(1 << column);
        let mut known: Vec<Vec<u32>> = Vec::new();
        let mut covered = true;
        for Class { rows, part } in classes {
            self.budget.spend(known.len() + rows.len())?;
            if known.iter().any(|few| is_subset(few, &rows)) {
                continue;
            }
            self.enter(column, RangeSet::union(part));
            if self.visit(&rows, left)? {
                known.push(rows);
            } else {
                covered = false;
            }
            if self.found.len() >= self.max {
                break;
            }
        }
        let whole = self.region.get(column as usize).cloned().unwrap_or_default();
        self.enter(column, whole);
        Ok(covered)
    }

    fn enter(&mut self, column: u32, part: RangeSet) {
        if let Some(slot) = self.path.get_mut(column as usize) {
            *slot = part;
        }
    }

    /// Cuts the column where a row begins or ends and groups the pieces by the rows that reach them.
    fn classes(&mut self, active: &[u32], column: u32) -> Result<Vec<Class>, Spent> {
        let at = column as usize;
        let whole = self.region.get(at).map_or(&[][..], RangeSet::ranges);
        let sets: Vec<&[Range]> =
            self.active(active).filter_map(|row| row.sets.get(at)).map(RangeSet::ranges).collect();
        let cuts = cuts(whole, &sets);
        let words = active.len().div_ceil(64);
        self.budget.spend(cuts.len() * (words + 1))?;
        let mut inside = vec![0_u64; words];
        let mut within = false;
        let mut places: HashMap<Vec<u64>, usize> = HashMap::new();
        let mut classes: Vec<Class> = Vec::new();
        for (i, cut) in cuts.iter().enumerate() {
            match cut.row {
                None => within = !within,
                Some(row) => {
                    inside.get_mut(row / 64).into_iter().for_each(|word| *word ^= 1 << (row % 64));
                }
            }
            let Some(next) = cuts.get(i + 1).filter(|next| within && next.at > cut.at) else { continue };
            let place = *places.entry(inside.clone()).or_insert(classes.len());
            if place == classes.len() {
                classes.push(Class { rows: members(&inside, active), part: Vec::new() });
            }
            let piece = Range { lo: cut.at, hi: next.at - 1 };
            classes.get_mut(place).into_iter().for_each(|class| class.part.push(piece));
        }
        Ok(classes)
    }
}

/// A number from which a row (or, without one, the region) begins or no longer reaches.
struct Cut {
    at: i128,
    row: Option<usize>,
}

fn cuts(whole: &[Range], sets: &[&[Range]]) -> Vec<Cut> {
    let ends = |range: &Range, row| [Cut { at: range.lo, row }, Cut { at: range.hi + 1, row }];
    let of_rows = sets.iter().enumerate().flat_map(|(row, set)| set.iter().flat_map(move |r| ends(r, Some(row))));
    let mut cuts: Vec<Cut> = whole.iter().flat_map(|range| ends(range, None)).chain(of_rows).collect();
    cuts.sort_unstable_by_key(|cut| cut.at);
    cuts
}

fn members(bits: &[u64], active: &[u32]) -> Vec<u32> {
    let is_set = |i: usize| bits.get(i / 64).is_some_and(|word| word >> (i % 64) & 1 == 1);
    active.iter().enumerate().filter(|(i, _)| is_set(*i)).map(|(_, row)| *row).collect()
}

/// Whether all of `few` is in `many`; both are sorted.
fn is_subset(few: &[u32], many: &[u32]) -> bool {
    let mut rest = many.iter();
    few.iter().all(|row| rest.by_ref().take_while(|other| *other <= row).any(|other| other == row))
}
