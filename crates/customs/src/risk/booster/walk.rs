//! A tree as it is walked down by many rows at once: small nodes, turns without branches, and several rows abreast, so that the processor need not wait for one of them.
//!
//! Must not know of: anything but the tree. It gives the same as walking down the tree itself, which a test holds it to.

use super::{Child, Missing, Split, Test, Tree};

/// How many rows go over all trees before the next ones do: of thirty columns some hundred kilobytes, which stay near the processor, while a model of 24 megabytes does not.
pub(super) const BLOCK: usize = 512;
/// How many rows go down abreast.
const ABREAST: usize = 8;

/// A tree's turns and, behind them, its leaves, each of which leads to itself: who has arrived may go on turning beside those who have not.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Walk {
    nodes: Vec<Node>,
    /// How many nodes are turns.
    turns: u32,
    /// Whether each turn asks for a threshold alone.
    is_plain: bool,
}

/// A turn, or a leaf.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Node {
    /// Left if at most this.
    threshold: f64,
    column: u32,
    way: Way,
    left: u32,
    right: u32,
}

/// How a turn is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Way {
    /// By the threshold; not-a-number goes right.
    #[default]
    Right,
    /// By the threshold; not-a-number goes left.
    Left,
    /// As the tree says: sets of categories, and zeros that count as missing.
    Tree,
}

impl Walk {
    pub(super) fn new(tree: &Tree) -> Self {
        let turns = u32::try_from(tree.splits.len()).unwrap_or(u32::MAX);
        let mut nodes: Vec<Node> = tree.splits.iter().map(|split| Node::of(split, turns)).collect();
        let leaves = u32::try_from(tree.leaves.len().max(1)).unwrap_or(u32::MAX);
        nodes.extend((0..leaves).map(|leaf| {
            let own = turns.saturating_add(leaf);
            Node { left: own, right: own, ..Node::default() }
        }));
        let is_plain = nodes.iter().all(|node| node.way != Way::Tree);
        Self { nodes, turns, is_plain }
    }

    /// Adds the tree's value to each row's sum.
    pub(super) fn add(&self, tree: &Tree, rows: &[f64], width: usize, sums: &mut [f64]) {
        let (mut rows, mut sums) = (rows.chunks_exact(width * ABREAST), sums.chunks_exact_mut(ABREAST));
        for (rows, sums) in rows.by_ref().zip(sums.by_ref()) {
            self.add_abreast::<ABREAST>(tree, rows, width, sums);
        }
        for (row, sum) in rows.remainder().chunks_exact(width).zip(sums.into_remainder().chunks_exact_mut(1)) {
            self.add_abreast::<1>(tree, row, width, sum);
        }
    }

    fn add_abreast<const COUNT: usize>(&self, tree: &Tree, rows: &[f64], width: usize, sums: &mut [f64]) {
        let at = match self.is_plain {
            true => self.leaves::<COUNT>(|node, _, value| node.turn(value), rows, width),
            false => self.leaves::<COUNT>(|node, at, value| node.turn_as_the_tree(tree, at, value), rows, width),
        };
        for (at, sum) in at.iter().zip(sums) {
            let leaf = at.checked_sub(self.turns).and_then(|leaf| tree.leaves.get(leaf as usize));
            *sum += leaf.copied().unwrap_or_default();
        }
    }

    /// Where rows arrive. The count is known when it is compiled, so that the rows' turns stand side by side.
    #[inline]
    fn leaves<const COUNT: usize>(
        &self,
        turn: impl Fn(&Node, u32, f64) -> u32,
        rows: &[f64],
        width: usize,
    ) -> [u32; COUNT] {
        let mut at = [0; COUNT];
        loop {
            let mut walking = false;
            for (place, at) in at.iter_mut().enumerate() {
                let Some(node) = self.nodes.get(*at as usize) else { continue };
                let value = rows.get(place * width + node.column as usize).copied().unwrap_or(f64::NAN);
                *at = turn(node, *at, value);
                walking |= *at < self.turns;
            }
            if !walking {
                return at;
            }
        }
    }
}

impl Node {
    fn of(split: &Split, turns: u32) -> Self {
        let child = |child| match child {
            Child::Split(split) => u32::try_from(split).unwrap_or(u32::MAX),
            Child::Leaf(leaf) => u32::try_from(leaf).map_or(u32::MAX, |leaf| turns.saturating_add(leaf)),
        };
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
        Self { threshold, column, way, left: child(split.left), right: child(split.right) }
    }

    #[inline]
    fn turn(&self, value: f64) -> u32 {
        let left = (value <= self.threshold) | ((self.way == Way::Left) & value.is_nan());
        if left { self.left } else { self.right }
    }

    #[inline]
    fn turn_as_the_tree(&self, tree: &Tree, at: u32, value: f64) -> u32 {
        if self.way != Way::Tree {
            return self.turn(value);
        }
        let left = tree.splits.get(at as usize).is_some_and(|split| tree.goes_left(split.test, value));
        if left { self.left } else { self.right }
    }
}
