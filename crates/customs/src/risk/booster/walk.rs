//! A tree as it is walked down by many rows at once: small nodes, and several rows abreast, so that the processor need not wait for one of them.
//!
//! Must not know of: anything but the tree. It gives the same as walking down the tree itself, which a test holds it to.

use super::{Child, Missing, Test, Tree};

/// How many rows go over all trees before the next ones do.
pub(super) const BLOCK: usize = 64;
/// How many rows go down abreast.
const ABREAST: usize = 8;

/// A tree's turns.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Walk {
    nodes: Vec<Node>,
}

/// A turn. A child at or above zero is a node, one below is the complement of a leaf.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Node {
    threshold: f64,
    column: u32,
    way: Way,
    left: i32,
    right: i32,
}

/// How a turn is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Left if at most the threshold; not-a-number goes right.
    Right,
    /// The same; not-a-number goes left.
    Left,
    /// As the tree says: sets of categories, and zeros that count as missing.
    Tree,
}

impl Walk {
    pub(super) fn new(tree: &Tree) -> Self {
        let child = |child| match child {
            Child::Split(split) => i32::try_from(split).unwrap_or(i32::MAX),
            Child::Leaf(leaf) => i32::try_from(leaf).map_or(i32::MIN, |leaf| !leaf),
        };
        let node = |split: &super::Split| {
            let (threshold, way) = match split.test {
                // Not-a-number counts as zero where nothing is missing.
                Test::AtMost { threshold, missing: Missing::Never, .. } if 0.0 <= threshold => (threshold, Way::Left),
                Test::AtMost { threshold, missing: Missing::Never, .. } => (threshold, Way::Right),
                Test::AtMost { threshold, missing: Missing::NotANumber, missing_left: true } => (threshold, Way::Left),
                Test::AtMost { threshold, missing: Missing::NotANumber, .. } => (threshold, Way::Right),
                Test::AtMost { threshold, missing: Missing::Zero, .. } => (threshold, Way::Tree),
                Test::In { .. } => (0.0, Way::Tree),
            };
            let column = u32::try_from(split.column).unwrap_or(u32::MAX);
            Node { threshold, column, way, left: child(split.left), right: child(split.right) }
        };
        Self { nodes: tree.splits.iter().map(node).collect() }
    }

    /// Adds the tree's value to each row's sum.
    pub(super) fn add(&self, tree: &Tree, rows: &[f64], width: usize, sums: &mut [f64]) {
        for (rows, sums) in rows.chunks(width * ABREAST).zip(sums.chunks_mut(ABREAST)) {
            let mut at = [if self.nodes.is_empty() { -1 } else { 0 }; ABREAST];
            let mut walking = true;
            while walking {
                walking = false;
                for (at, row) in at.iter_mut().zip(rows.chunks_exact(width)) {
                    if let Some(node) = usize::try_from(*at).ok().and_then(|at| self.nodes.get(at)) {
                        *at = node.turn(tree, *at, row);
                        walking |= *at >= 0;
                    }
                }
            }
            for (at, sum) in at.iter().zip(sums) {
                let leaf = usize::try_from(!*at).ok().and_then(|leaf| tree.leaves.get(leaf));
                *sum += leaf.copied().unwrap_or_default();
            }
        }
    }
}

impl Node {
    #[inline]
    fn turn(&self, tree: &Tree, at: i32, row: &[f64]) -> i32 {
        let value = row.get(self.column as usize).copied().unwrap_or(f64::NAN);
        let left = match self.way {
            Way::Right => value <= self.threshold,
            Way::Left => value <= self.threshold || value.is_nan(),
            Way::Tree => return self.as_the_tree(tree, at, row),
        };
        if left { self.left } else { self.right }
    }

    #[cold]
    fn as_the_tree(&self, tree: &Tree, at: i32, row: &[f64]) -> i32 {
        let split = usize::try_from(at).ok().and_then(|at| tree.splits.get(at));
        let left = split.is_some_and(|split| tree.turn(split, row) == split.left);
        if left { self.left } else { self.right }
    }
}
