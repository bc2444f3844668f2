//! A small graph laid out in ranks (Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System Structures", 1981):
//! cycles are turned round, nodes stand after all that lead to them, every edge has a place for its label between two ranks of nodes, long
//! edges bend at places of their own, and barycentres order each rank.
//!
//! Must not know of: services, pixels.

use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Sweeps of the ordering; small graphs settle in fewer.
const SWEEPS: usize = 12;

/// An edge from one node to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    /// It does not say what stands after what, as the way back into a case by an appeal.
    pub(super) weak: bool,
}

/// Where everything stands: points in ranks. The first points are the nodes, in even ranks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// The rank of each point.
    pub(super) rank_of: Vec<usize>,
    /// The points of each rank, in order.
    pub(super) ranks: Vec<Vec<usize>>,
    /// Of each edge: the points from its source to its target. The one after the source is the place of its label.
    pub(super) chains: Vec<Vec<usize>>,
}

impl Layout {
    pub(super) fn rank(&self, point: usize) -> usize {
        at(&self.rank_of, point)
    }
}

/// Lays out nodes `0..count`; the first is where it begins. Edges to itself are the caller's to leave out.
pub(super) fn lay_out(count: usize, edges: &[Edge]) -> Layout {
    let depths = levels(count, edges);
    let mut rank_of: Vec<usize> = depths.iter().map(|depth| depth.saturating_mul(2)).collect();
    let mut chains = Vec::new();
    for edge in edges {
        let (first, last) = (at(&rank_of, edge.from), at(&rank_of, edge.to));
        let (upper, lower) = (first.min(last), first.max(last));
        // Between two nodes beside each other the label stands in their own rank.
        let between = if upper == lower { upper..upper.saturating_add(1) } else { upper.saturating_add(1)..lower };
        let mut chain: Vec<usize> = between.clone().map(|rank| rank.saturating_sub(between.start)).collect();
        for point in &mut chain {
            *point = rank_of.len().saturating_add(*point);
        }
        rank_of.extend(between);
        if first > last {
            chain.reverse();
        }
        chains.push([vec![edge.from], chain, vec![edge.to]].concat());
    }
    let mut ranks = order(&rank_of, &chains);
    let is_flat =
        |chain: &&Vec<usize>| chain.first().map(|from| at(&rank_of, *from)) == chain.last().map(|to| at(&rank_of, *to));
    let flat: Vec<&Vec<usize>> = chains.iter().filter(is_flat).collect();
    for (number, chain) in flat.iter().enumerate() {
        if let [from, label, to] = chain.as_slice() {
            set_beside(&mut ranks, flat.get(..number).unwrap_or_default(), [*from, *label, *to]);
        }
    }
    Layout { rank_of, ranks, chains }
}

fn at(of: &[usize], place: usize) -> usize {
    of.get(place).copied().unwrap_or(0)
}

/// How deep each node stands, counting nodes only.
fn levels(count: usize, edges: &[Edge]) -> Vec<usize> {
    let led_to = |edge: &Edge| edges.iter().any(|other| !other.weak && other.to == edge.to);
    let strong: Vec<(usize, usize)> =
        edges.iter().filter(|edge| !edge.weak || !led_to(edge)).map(|edge| (edge.from, edge.to)).collect();
    let back = back_edges(count, &strong);
    let turned = strong.iter().enumerate().map(|(number, (from, to))| match back.contains(&number) {
        true => (*to, *from),
        false => (*from, *to),
    });
    let mut depths = depths(count, &turned.collect::<Vec<_>>());
    // Beside a node there is room for two that lead to it; whatever more does stands one deeper.
    for (number, edge) in edges.iter().enumerate() {
        let own = at(&depths, edge.from);
        let beside = |other: &&Edge| other.to == edge.to && at(&depths, other.from) == own;
        let before = edges.iter().take(number).filter(beside).count();
        if own == at(&depths, edge.to)
            && before >= 2
            && let Some(depth) = depths.get_mut(edge.from)
        {
            *depth = depth.saturating_add(1);
        }
    }
    depths
}

/// Edges that lead back to a node on the way to themselves, found by walking depth first without recursion.
fn back_edges(count: usize, edges: &[(usize, usize)]) -> BTreeSet<usize> {
    let (mut back, mut done, mut open) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for root in 0..count {
        let mut walk = vec![(root, false)];
        while let Some((node, leaving)) = walk.pop() {
            if leaving {
                open.remove(&node);
                done.insert(node);
                continue;
            }
            if done.contains(&node) || !open.insert(node) {
                continue;
            }
            walk.push((node, true));
            for (number, (_, to)) in edges.iter().enumerate().filter(|(_, (from, _))| *from == node) {
                if open.contains(to) {
                    back.insert(number);
                } else {
                    walk.push((*to, false));
                }
            }
        }
    }
    back
}

/// The longest way to each node. The edges have no cycle, so as many rounds as nodes suffice.
fn depths(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut depths = vec![0; count];
    for _ in 0..count {
        for (from, to) in edges {
            let least = at(&depths, *from).saturating_add(1);
            if let Some(depth) = depths.get_mut(*to) {
                *depth = least.max(*depth);
            }
        }
    }
    depths
}

/// Points by rank, each rank ordered by where its neighbours stand in the one before it, down and up in turn, and neighbours changed over where
/// that helps; of all orders met, the one with the fewest crossings.
fn order(rank_of: &[usize], chains: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut ranks: Vec<Vec<usize>> = vec![Vec::new(); rank_of.iter().max().map_or(0, |last| last.saturating_add(1))];
    for (point, rank) in rank_of.iter().enumerate() {
        if let Some(points) = ranks.get_mut(*rank) {
            points.push(point);
        }
    }
    let pairs = pairs(rank_of, chains);
    let mut best = (crossings(rank_of, &ranks, &pairs), ranks.clone());
    for sweep in 0..SWEEPS {
        let down = sweep % 2 == 0;
        for step in 0..ranks.len() {
            let rank = if down { step } else { ranks.len().saturating_sub(step).saturating_sub(1) };
            let places = places(&ranks, rank_of.len());
            if let Some(points) = ranks.get_mut(rank) {
                points.sort_by_key(|point| wanted(*point, &pairs, &places, down));
            }
        }
        change_over(rank_of, &mut ranks, &pairs);
        let found = crossings(rank_of, &ranks, &pairs);
        if found < best.0 {
            best = (found, ranks.clone());
        }
    }
    best.1
}

/// The middle of a point's neighbours above it, or below; where it has none, its own place.
fn wanted(point: usize, pairs: &[(usize, usize)], places: &[usize], down: bool) -> usize {
    let of = pairs.iter().filter_map(|(upper, lower)| match down {
        true if *lower == point => Some(*upper),
        false if *upper == point => Some(*lower),
        _ => None,
    });
    let met: Vec<usize> = of.map(|other| at(places, other)).collect();
    met.iter().sum::<usize>().checked_div(met.len()).unwrap_or_else(|| at(places, point))
}

/// Changes two points beside each other over wherever fewer pieces cross then.
fn change_over(rank_of: &[usize], ranks: &mut [Vec<usize>], pairs: &[(usize, usize)]) {
    for rank in 0..ranks.len() {
        let touches = |pair: &&(usize, usize)| at(rank_of, pair.0) == rank || at(rank_of, pair.1) == rank;
        let near: Vec<(usize, usize)> = pairs.iter().filter(touches).copied().collect();
        let mut least = crossings(rank_of, ranks, &near);
        for place in 1..ranks.get(rank).map_or(0, Vec::len) {
            let swap = |ranks: &mut [Vec<usize>]| {
                ranks.get_mut(rank).into_iter().for_each(|points| points.swap(place.saturating_sub(1), place));
            };
            swap(ranks);
            let now = crossings(rank_of, ranks, &near);
            if now < least {
                least = now;
            } else {
                swap(ranks);
            }
        }
    }
}

/// The pieces of edges between one rank and the next, the upper point first.
fn pairs(rank_of: &[usize], chains: &[Vec<usize>]) -> Vec<(usize, usize)> {
    let pieces = chains.iter().flat_map(|chain| chain.iter().copied().zip(chain.iter().copied().skip(1)));
    pieces
        .filter_map(|(one, other)| match at(rank_of, one).cmp(&at(rank_of, other)) {
            Ordering::Less => Some((one, other)),
            Ordering::Equal => None,
            Ordering::Greater => Some((other, one)),
        })
        .collect()
}

/// Where each point stands in its rank, in ten-thousandths of it, so that ranks of different fullness compare.
fn places(ranks: &[Vec<usize>], points: usize) -> Vec<usize> {
    let mut places = vec![0; points];
    for rank in ranks {
        for (number, point) in rank.iter().enumerate() {
            let twice = number.saturating_mul(2).saturating_add(1);
            if let Some(place) = places.get_mut(*point) {
                *place = twice.saturating_mul(10_000) / rank.len().saturating_mul(2).max(1);
            }
        }
    }
    places
}

/// How many pieces of edges cross. The widths of points do not matter to that.
fn crossings(rank_of: &[usize], ranks: &[Vec<usize>], pairs: &[(usize, usize)]) -> usize {
    let places = places(ranks, rank_of.len());
    let cross = |one: (usize, usize), other: (usize, usize)| {
        let upper = at(&places, one.0).cmp(&at(&places, other.0));
        let lower = at(&places, one.1).cmp(&at(&places, other.1));
        at(rank_of, one.0) == at(rank_of, other.0) && upper != Ordering::Equal && upper.reverse() == lower
    };
    let each = pairs.iter().enumerate();
    each.map(|(number, one)| pairs.iter().skip(number).filter(|other| cross(*one, **other)).count()).sum()
}

/// Puts the source of a chain right beside the node that it leads to, the label between them: on the side where it stood, or else on the other.
fn set_beside(ranks: &mut [Vec<usize>], flat: &[&Vec<usize>], [from, label, to]: [usize; 3]) {
    let Some(rank) = ranks.iter_mut().find(|rank| rank.contains(&to)) else { return };
    let place = |rank: &[usize], point: usize| rank.iter().position(|own| *own == point).unwrap_or(0);
    let before = place(rank, from) < place(rank, to);
    rank.retain(|own| *own != from && *own != label);
    let target = place(rank, to);
    let taken = |side: Option<usize>| {
        let beside = side.and_then(|side| rank.get(side));
        beside.is_some_and(|beside| flat.iter().any(|other| other.get(1) == Some(beside) && other.last() == Some(&to)))
    };
    let (left, right) = (taken(target.checked_sub(1)), taken(target.checked_add(1)));
    if (before && !left) || right {
        rank.splice(target..target, [from, label]);
    } else {
        let after = target.saturating_add(1);
        rank.splice(after..after, [label, from]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(pairs: &[(usize, usize)]) -> Vec<Edge> {
        pairs.iter().map(|(from, to)| Edge { from: *from, to: *to, weak: false }).collect()
    }

    #[test]
    fn long_edges_bend_and_cycles_turn_round() {
        // 0 -> 1 -> 2 -> 0, and 0 -> 3 -> 2.
        let layout = lay_out(4, &edges(&[(0, 1), (1, 2), (2, 0), (0, 3), (3, 2)]));
        assert_eq!((0..4).map(|node| layout.rank(node)).collect::<Vec<_>>(), [0, 2, 4, 2]);
        let back: Vec<usize> = layout.chains[2].iter().map(|point| layout.rank(*point)).collect();
        assert_eq!(back, [4, 3, 2, 1, 0], "the edge back has its own direction, and its label beside its source");
        assert_eq!(layout.ranks.iter().map(Vec::len).max(), Some(3));
    }

    #[test]
    fn an_edge_that_orders_nothing_lies_between_two_nodes_of_a_rank() {
        // Three ends beside the goal 1 of which an appeal leads there: two stand beside it, one below.
        let mut all = edges(&[(0, 2), (0, 1), (0, 3), (0, 4)]);
        all.extend([2, 3, 4].map(|from| Edge { from, to: 1, weak: true }));
        let layout = lay_out(5, &all);
        assert_eq!((0..5).map(|node| layout.rank(node)).collect::<Vec<_>>(), [0, 2, 2, 2, 4]);
        let labels = [layout.chains[4][1], layout.chains[5][1]];
        let nodes: Vec<usize> =
            layout.ranks[2].iter().copied().filter(|point| *point < 5 || labels.contains(point)).collect();
        assert!(nodes == [2, labels[0], 1, labels[1], 3] || nodes == [3, labels[1], 1, labels[0], 2], "{nodes:?}");
        assert_eq!(layout.chains[6].len(), 3, "the third goes up by one rank");
    }

    #[test]
    fn nothing_and_one_are_laid_out() {
        assert!(lay_out(0, &[]).ranks.iter().all(Vec::is_empty));
        assert_eq!(lay_out(1, &[]).ranks, [vec![0]]);
    }
}
