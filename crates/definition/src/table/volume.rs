//! Gaps of a table whose rows do not overlap, by counting: the rows fill the space exactly if their volumes add up to
//! its own. Unlike the general question this one is cheap, whatever the table looks like.
//!
//! Volumes are counted in pieces between the cuts of each column, which keeps them small. Must not know values or text.

use super::ranges::{Range, RangeSet};

/// A set of neighbouring pieces, `lo..hi` by number.
#[derive(Clone, Copy, Debug)]
struct Pieces {
    lo: usize,
    hi: usize,
}

/// The space cut into a grid, and the rows in it.
struct Grid {
    /// Per column, where each piece begins, and past the last one where the space ends.
    starts: Vec<Vec<i128>>,
    /// Per row and column, the pieces it reaches.
    rows: Vec<Vec<Vec<Pieces>>>,
}

/// What counting says.
pub(super) enum Count {
    /// The rows fill the space.
    Full,
    /// None of the rows reaches this box.
    Gap(Vec<RangeSet>),
    /// The volumes are too large to be counted.
    TooLarge,
}

/// Whether `rows`, no two of which overlap, fill `space`, a range per column.
pub(super) fn count(space: &[Range], rows: &[&[RangeSet]]) -> Count {
    let grid = Grid::new(space, rows);
    let mut part: Vec<Pieces> =
        grid.starts.iter().map(|starts| Pieces { lo: 0, hi: starts.len().saturating_sub(1) }).collect();
    match grid.lacks(&part) {
        None => return Count::TooLarge,
        Some(false) => return Count::Full,
        Some(true) => {}
    }
    for column in 0..part.len() {
        while let Some(whole) = part.get(column).copied().filter(|p| p.hi - p.lo > 1) {
            let middle = whole.lo + (whole.hi - whole.lo) / 2;
            let (left, right) = (Pieces { hi: middle, ..whole }, Pieces { lo: middle, ..whole });
            set(&mut part, column, left);
            if grid.lacks(&part) != Some(true) {
                set(&mut part, column, right);
            }
        }
    }
    Count::Gap(grid.ranges(&part))
}

fn set(part: &mut [Pieces], column: usize, pieces: Pieces) {
    part.get_mut(column).into_iter().for_each(|slot| *slot = pieces);
}

impl Grid {
    fn new(space: &[Range], rows: &[&[RangeSet]]) -> Self {
        let starts: Vec<Vec<i128>> =
            space.iter().enumerate().map(|(column, whole)| starts(*whole, rows, column)).collect();
        let piece = |starts: &[i128], number: i128| starts.partition_point(|start| *start < number);
        let reach = |(starts, set): (&Vec<i128>, &RangeSet)| -> Vec<Pieces> {
            let pieces = |r: &Range| Pieces { lo: piece(starts, r.lo), hi: piece(starts, r.hi + 1) };
            set.ranges().iter().map(pieces).collect()
        };
        let rows = rows.iter().map(|sets| starts.iter().zip(*sets).map(reach).collect()).collect();
        Self { starts, rows }
    }

    /// Whether something of `part` is in no row; nothing if its volume is too large to be counted.
    fn lacks(&self, part: &[Pieces]) -> Option<bool> {
        let total = part.iter().try_fold(1_u128, |volume, p| volume.checked_mul((p.hi - p.lo) as u128))?;
        // Rows are disjoint, so their volumes within the part never exceed the total.
        let filled: u128 = self.rows.iter().map(|row| volume_within(row, part)).sum();
        Some(filled < total)
    }

    fn ranges(&self, part: &[Pieces]) -> Vec<RangeSet> {
        let range = |(starts, p): (&Vec<i128>, &Pieces)| match (starts.get(p.lo), starts.get(p.hi)) {
            (Some(lo), Some(end)) => RangeSet::of(*lo, end - 1),
            _ => RangeSet::default(),
        };
        self.starts.iter().zip(part).map(range).collect()
    }
}

fn volume_within(row: &[Vec<Pieces>], part: &[Pieces]) -> u128 {
    let common = |(reach, p): (&Vec<Pieces>, &Pieces)| -> u128 {
        reach.iter().map(|r| r.hi.min(p.hi).saturating_sub(r.lo.max(p.lo)) as u128).sum()
    };
    row.iter().zip(part).map(common).product()
}

fn starts(whole: Range, rows: &[&[RangeSet]], column: usize) -> Vec<i128> {
    let ends = |r: &Range| [r.lo, r.hi + 1];
    let sets = rows.iter().filter_map(|sets| sets.get(column));
    let mut starts: Vec<i128> = sets.flat_map(|set| set.ranges().iter().flat_map(ends)).collect();
    starts.extend([whole.lo, whole.hi + 1]);
    starts.sort_unstable();
    starts.dedup();
    starts
}
