//! A small graph laid out in layers (Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System Structures", 1981):
//! cycles are turned round, nodes stand after all that lead to them, long edges bend at places of their own, and barycentres order each layer.
//!
//! Must not know of: services, pixels.

use std::collections::BTreeSet;

/// Sweeps of the ordering; small graphs settle in fewer.
const SWEEPS: usize = 8;

/// Where everything stands: layer and place in the layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Of each node.
    pub(super) nodes: Vec<Spot>,
    /// Of each edge: from its source over its bends to its target, in the direction of the edge.
    pub(super) edges: Vec<Vec<Spot>>,
    /// How many layers there are.
    pub(super) layers: usize,
    /// How many places the fullest layer has.
    pub(super) places: usize,
}

/// A place in a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) layer: usize,
    pub(super) place: usize,
    /// How many stand in the layer.
    pub(super) of: usize,
}

/// Lays out nodes `0..count`; the first is where it begins. Edges to itself are the caller's to leave out.
pub(super) fn lay_out(count: usize, edges: &[(usize, usize)]) -> Layout {
    let back = back_edges(count, edges);
    let forward: Vec<(usize, usize)> = edges
        .iter()
        .enumerate()
        .map(|(number, (from, to))| if back.contains(&number) { (*to, *from) } else { (*from, *to) })
        .collect();
    let mut layer_of = depths(count, &forward);
    // A chain of points for each edge: its ends are nodes, between them stand bends, one a layer.
    let mut chains = Vec::new();
    for (from, to) in &forward {
        let (first, last) = (at(&layer_of, *from), at(&layer_of, *to));
        let mut chain = vec![*from];
        for layer in first.saturating_add(1)..last {
            chain.push(layer_of.len());
            layer_of.push(layer);
        }
        chain.push(*to);
        chains.push(chain);
    }
    let layers = order(&layer_of, &chains);
    let spots = spots(&layer_of, &layers);
    let spot = |point: &usize| spots.get(*point).copied().unwrap_or(Spot { layer: 0, place: 0, of: 1 });
    let edges = chains.iter().enumerate().map(|(number, chain)| {
        let mut bends: Vec<Spot> = chain.iter().map(spot).collect();
        if back.contains(&number) {
            bends.reverse();
        }
        bends
    });
    Layout {
        nodes: (0..count).map(|node| spot(&node)).collect(),
        edges: edges.collect(),
        layers: layers.len(),
        places: layers.iter().map(Vec::len).max().unwrap_or(0),
    }
}

fn at(of: &[usize], place: usize) -> usize {
    of.get(place).copied().unwrap_or(0)
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

/// Points by layer, each layer ordered by where its neighbours stand, forth and back in turn.
fn order(layer_of: &[usize], chains: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut layers: Vec<Vec<usize>> = vec![Vec::new(); layer_of.iter().max().map_or(0, |last| last.saturating_add(1))];
    for (point, layer) in layer_of.iter().enumerate() {
        if let Some(points) = layers.get_mut(*layer) {
            points.push(point);
        }
    }
    let pairs: Vec<(usize, usize)> =
        chains.iter().flat_map(|chain| chain.iter().copied().zip(chain.iter().copied().skip(1))).collect();
    for sweep in 0..SWEEPS {
        let forth = sweep % 2 == 0;
        let spots = spots(layer_of, &layers);
        // Ten-thousandths of the layer's height, so that layers of different fullness compare.
        let height = |point: usize| spots.get(point).map_or(0, |spot| middle(*spot));
        let neighbours = |point: usize| {
            let of = pairs.iter().filter_map(move |(from, to)| match forth {
                true if *to == point => Some(*from),
                false if *from == point => Some(*to),
                _ => None,
            });
            let heights: Vec<usize> = of.map(height).collect();
            let sum: usize = heights.iter().sum();
            sum.checked_div(heights.len()).unwrap_or_else(|| height(point))
        };
        for points in &mut layers {
            points.sort_by_key(|point| neighbours(*point));
        }
    }
    layers
}

fn middle(spot: Spot) -> usize {
    let twice = spot.place.saturating_mul(2).saturating_add(1);
    twice.saturating_mul(10_000).checked_div(spot.of.saturating_mul(2)).unwrap_or(0)
}

fn spots(layer_of: &[usize], layers: &[Vec<usize>]) -> Vec<Spot> {
    let spot = |(point, layer): (usize, &usize)| {
        let points = layers.get(*layer);
        let place = points.and_then(|points| points.iter().position(|own| *own == point)).unwrap_or(0);
        Spot { layer: *layer, place, of: points.map_or(1, Vec::len) }
    };
    layer_of.iter().enumerate().map(spot).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_edges_bend_and_cycles_turn_round() {
        // 0 -> 1 -> 2 -> 0, and 0 -> 3 -> 2.
        let layout = lay_out(4, &[(0, 1), (1, 2), (2, 0), (0, 3), (3, 2)]);
        assert_eq!(layout.layers, 3);
        assert_eq!(layout.nodes.iter().map(|spot| spot.layer).collect::<Vec<_>>(), [0, 1, 2, 1]);
        let back = layout.edges[2].iter().map(|spot| spot.layer).collect::<Vec<_>>();
        assert_eq!(back, [2, 1, 0], "the edge back has a bend and its own direction");
        assert_eq!(layout.places, 3);
    }

    #[test]
    fn nothing_and_one_are_laid_out() {
        assert_eq!(lay_out(0, &[]).layers, 0);
        assert_eq!(lay_out(1, &[]).places, 1);
    }
}
