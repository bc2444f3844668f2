//! Circles in a graph: the largest sets of stages from each of which every other can be reached.
//!
//! Must not know of: stages, causes, problems.

use std::collections::BTreeSet;

/// The circles that `edges` make among `count` nodes, each with its nodes in order; a node with an edge to itself is one. By their first node.
#[must_use]
pub fn circles(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let loops: BTreeSet<usize> = edges.iter().filter(|(from, to)| from == to).map(|(from, _)| *from).collect();
    let mut found = components(count, edges);
    found.retain(|members| members.len() > 1 || members.iter().any(|member| loops.contains(member)));
    found.sort();
    found
}

/// All nodes in sets that are circles or single nodes; no edge leads to an earlier set.
///
/// Kosaraju's algorithm, without recursion: a definition may have as many stages as a file holds.
#[must_use]
pub fn components(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let (mut forward, mut backward) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for &(from, to) in edges {
        add(&mut forward, from, to);
        add(&mut backward, to, from);
    }
    let mut order = Vec::with_capacity(count);
    let mut seen = vec![false; count];
    for node in 0..count {
        visit(node, &forward, &mut seen, &mut order);
    }
    let mut seen = vec![false; count];
    let mut found = Vec::new();
    for node in order.into_iter().rev() {
        let mut members = Vec::new();
        visit(node, &backward, &mut seen, &mut members);
        members.sort_unstable();
        if !members.is_empty() {
            found.push(members);
        }
    }
    found
}

fn add(lists: &mut [Vec<usize>], at: usize, value: usize) {
    if let Some(list) = lists.get_mut(at) {
        list.push(value);
    }
}

/// Appends what can be reached from `start` and was not seen, each node after all that it leads to.
fn visit(start: usize, next: &[Vec<usize>], seen: &mut [bool], order: &mut Vec<usize>) {
    let mut path = Vec::new();
    enter(start, seen, &mut path);
    while let Some((node, tried)) = path.last_mut() {
        let (node, following) = (*node, next.get(*node).and_then(|list| list.get(*tried)).copied());
        *tried += 1;
        match following {
            Some(to) => enter(to, seen, &mut path),
            None => {
                order.push(node);
                path.pop();
            }
        }
    }
}

fn enter(node: usize, seen: &mut [bool], path: &mut Vec<(usize, usize)>) {
    if let Some(mark) = seen.get_mut(node).filter(|mark| !**mark) {
        *mark = true;
        path.push((node, 0));
    }
}

#[cfg(test)]
mod tests {
    use super::circles;

    #[test]
    fn circles_are_told_from_chains() {
        assert_eq!(circles(4, &[(0, 1), (1, 2), (2, 3)]), Vec::<Vec<usize>>::new());
        assert_eq!(circles(5, &[(0, 1), (1, 2), (2, 1), (3, 3), (2, 3), (3, 4)]), vec![vec![1, 2], vec![3]]);
        assert_eq!(circles(3, &[(2, 0), (0, 1), (1, 2), (1, 0)]), vec![vec![0, 1, 2]]);
    }

    #[test]
    fn a_hundred_thousand_stages_do_not_overflow_the_stack() {
        let ring: Vec<(usize, usize)> = (0..100_000).map(|node| (node, (node + 1) % 100_000)).collect();
        assert_eq!(circles(100_000, &ring).first().map(Vec::len), Some(100_000));
    }
}
