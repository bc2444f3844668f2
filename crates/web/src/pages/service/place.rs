//! Where the points of a layout stand on the sheet: each rank spread so that nothing touches and edges run straight.
//!
//! Must not know of: services, texts.

use super::layers::Layout;

/// Sweeps down and up. What a node at the one end pulls reaches the other end by and by, a rank or so in each sweep.
const SWEEPS: usize = 80;
/// How much more a line's pieces pull at each other than at a box, so that it runs straight.
const STRAIGHT: f64 = 3.0;
/// Between two things beside each other, where one is a box or a label, and where both are lines, in pixels.
const APART: f64 = 18.0;
const LINES_APART: f64 = 12.0;
/// Between two ranks, in pixels: an arrow has to turn there.
const TURN: f64 = 26.0;
/// Around everything, in pixels.
pub(super) const MARGIN: f64 = 10.0;

/// How large something is, in pixels; a line's bend has no size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Where something stands: its middle, its size, and from where to where its rank reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Spot {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) size: Size,
    pub(super) rank_top: f64,
    pub(super) rank_bottom: f64,
}

/// Everything in its place: a spot for each point, and the size of the sheet.
pub(super) fn place(layout: &Layout, sizes: &[Size]) -> (Vec<Spot>, Size) {
    let across = across(layout, sizes);
    let size = |point: usize| sizes.get(point).copied().unwrap_or_default();
    let mut spots = vec![Spot::default(); layout.rank_of.len()];
    let (mut top, mut right) = (MARGIN, 0.0_f64);
    for rank in &layout.ranks {
        let height = rank.iter().map(|point| size(*point).height).fold(0.0, f64::max);
        for point in rank {
            let (x, size) = (at(&across, *point), size(*point));
            right = right.max(x + size.width / 2.0);
            if let Some(spot) = spots.get_mut(*point) {
                *spot = Spot { x, y: top + height / 2.0, size, rank_top: top, rank_bottom: top + height };
            }
        }
        top += height + TURN;
    }
    (spots, Size { width: right + MARGIN, height: top - TURN + MARGIN })
}

fn at(of: &[f64], place: usize) -> f64 {
    of.get(place).copied().unwrap_or(0.0)
}

/// How far from the left each point stands: as near as may be to the points that it hangs together with.
fn across(layout: &Layout, sizes: &[Size]) -> Vec<f64> {
    let mut pulls: Vec<Vec<usize>> = vec![Vec::new(); layout.rank_of.len()];
    let pieces = layout.chains.iter().flat_map(|chain| chain.iter().copied().zip(chain.iter().copied().skip(1)));
    for (one, other) in pieces {
        for (own, by) in [(one, other), (other, one)] {
            pulls.get_mut(own).into_iter().for_each(|pulls| pulls.push(by));
        }
    }
    let mut across = vec![0.0; layout.rank_of.len()];
    for sweep in 0..SWEEPS {
        let down = sweep % 2 == 0;
        let order: Vec<&Vec<usize>> =
            if down { layout.ranks.iter().collect() } else { layout.ranks.iter().rev().collect() };
        for rank in order {
            let wanted: Vec<(f64, f64)> = rank.iter().map(|point| wanted(*point, &pulls, &across, sizes)).collect();
            for (point, x) in rank.iter().zip(spread(&wanted, &apart(rank, sizes))) {
                across.get_mut(*point).into_iter().for_each(|own| *own = x);
            }
        }
    }
    let left = |point: usize| at(&across, point) - sizes.get(point).map_or(0.0, |size| size.width / 2.0);
    let least = (0..across.len()).map(left).fold(f64::INFINITY, f64::min);
    across.iter().map(|x| x - least + MARGIN).collect()
}

/// Where a point would stand by itself, and how much that matters: lines are to run straight before boxes stand in the middle.
fn wanted(point: usize, pulls: &[Vec<usize>], across: &[f64], sizes: &[Size]) -> (f64, f64) {
    let is_line = |point: usize| sizes.get(point).is_none_or(|size| size.height == 0.0);
    let (mut sum, mut weight) = (0.0, 0.0);
    for other in pulls.get(point).into_iter().flatten() {
        let own = if is_line(point) && is_line(*other) { STRAIGHT } else { 1.0 };
        sum += own * at(across, *other);
        weight += own;
    }
    if weight == 0.0 { (at(across, point), 0.2) } else { (sum / weight, weight) }
}

/// How far the middle of each point of a rank is at least from the one before it.
fn apart(rank: &[usize], sizes: &[Size]) -> Vec<f64> {
    let width = |point: usize| sizes.get(point).map_or(0.0, |size| size.width);
    let pairs = rank.iter().zip(rank.iter().skip(1));
    let between = pairs.map(|(one, other)| {
        let gap = if width(*one) + width(*other) == 0.0 { LINES_APART } else { APART };
        (width(*one) + width(*other)) / 2.0 + gap
    });
    std::iter::once(0.0).chain(between).collect()
}

/// The places nearest to those wanted, by squares weighted so, that keep their order and are this far apart: pool adjacent violators (Ayer et al.,
/// "An Empirical Distribution Function for Sampling with Incomplete Information", 1955) after taking the distances away.
fn spread(wanted: &[(f64, f64)], apart: &[f64]) -> Vec<f64> {
    let mut offset = 0.0;
    let offsets: Vec<f64> = apart
        .iter()
        .map(|gap| {
            offset += gap;
            offset
        })
        .collect();
    // Pools: what their members want together, their weight, how many they are.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for ((place, weight), offset) in wanted.iter().zip(&offsets) {
        let mut pool = ((place - offset) * weight, *weight, 1_usize);
        while let Some(last) = pools.last().copied().filter(|last| last.0 / last.1 > pool.0 / pool.1) {
            pool = (pool.0 + last.0, pool.1 + last.1, pool.2.saturating_add(last.2));
            pools.pop();
        }
        pools.push(pool);
    }
    let settled = pools.iter().flat_map(|(sum, weight, members)| std::iter::repeat_n(sum / weight, *members));
    settled.zip(&offsets).map(|(place, offset)| place + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::super::layers::{Edge, lay_out};
    use super::*;

    #[test]
    fn what_wants_the_same_place_stands_around_it() {
        assert_eq!(spread(&[(10.0, 1.0), (10.0, 1.0), (100.0, 1.0)], &[0.0, 20.0, 20.0]), [0.0, 20.0, 100.0]);
        assert_eq!(spread(&[], &[]), Vec::<f64>::new());
    }

    #[test]
    fn nothing_touches_anything_and_all_is_on_the_sheet() {
        let edge = |from, to| Edge { from, to, weak: from == 5 };
        let edges = [
            edge(0, 1),
            edge(0, 2),
            edge(0, 5),
            edge(1, 3),
            edge(2, 3),
            edge(0, 4),
            edge(3, 0),
            edge(3, 4),
            edge(5, 3),
        ];
        let layout = lay_out(6, &edges);
        let size = |point: usize| match point {
            0..6 => Size { width: 120.0, height: 40.0 },
            _ if layout.chains.iter().any(|chain| chain[1] == point) => Size { width: 80.0, height: 30.0 },
            _ => Size::default(),
        };
        let sizes: Vec<Size> = (0..layout.rank_of.len()).map(size).collect();
        let (spots, sheet) = place(&layout, &sizes);
        for (number, one) in spots.iter().enumerate() {
            assert!(one.x - one.size.width / 2.0 >= MARGIN - 0.1 && one.x + one.size.width / 2.0 <= sheet.width);
            assert!(one.y - one.size.height / 2.0 >= MARGIN - 0.1 && one.y + one.size.height / 2.0 <= sheet.height);
            for other in &spots[number + 1..] {
                let across = (one.x - other.x).abs() >= (one.size.width + other.size.width) / 2.0 + LINES_APART - 0.1;
                let along = (one.y - other.y).abs() >= (one.size.height + other.size.height) / 2.0 + TURN - 0.1;
                assert!(across || along, "{one:?} {other:?}");
            }
        }
    }
}
