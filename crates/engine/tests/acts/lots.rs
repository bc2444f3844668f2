//! The draw: by weight, without bias, without replacement, and the same again for anyone who does it again.

use std::collections::BTreeMap;

use engine::lot::{Candidate, Draw, draw};

fn candidates(weights: &[(&str, u32)]) -> Vec<Candidate> {
    weights.iter().map(|(officer, weight)| Candidate { officer: (*officer).to_owned(), weight: *weight }).collect()
}

fn drawn(weights: &[(&str, u32)], round: u32, people: u32) -> Vec<String> {
    let mut randomness = [0_u8; 32];
    randomness[..4].copy_from_slice(&round.to_be_bytes());
    draw(candidates(weights), "case/seat/0", randomness, people).unwrap().drawn
}

/// Pearson's chi-squared of draws against exact odds, given in parts of `whole`.
fn chi_squared(weights: &[(&str, u32)], people: u32, odds: &[(&[&str], f64)], rounds: u32) -> f64 {
    let mut counts: BTreeMap<Vec<String>, u32> = BTreeMap::new();
    for round in 0..rounds {
        *counts.entry(drawn(weights, round, people)).or_default() += 1;
    }
    let total: f64 = odds.iter().map(|(_, odds)| odds).sum();
    assert!((total - 1.0).abs() < 1e-9, "the odds are not whole");
    assert!(counts.len() <= odds.len(), "something was drawn that has no odds");
    let term = |(who, odds): &(&[&str], f64)| {
        let key: Vec<String> = who.iter().map(|officer| (*officer).to_owned()).collect();
        let seen = f64::from(counts.get(&key).copied().unwrap_or(0));
        let expected = odds * f64::from(rounds);
        (seen - expected).powi(2) / expected
    };
    odds.iter().map(term).sum()
}

// The bounds are the chi-squared distribution's 0.999 quantiles (NIST/SEMATECH e-Handbook, 1.3.6.7.4). The draws are the same in every run, so
// the tests never fail by chance.

#[test]
fn one_of_four_comes_by_weight() {
    let weights = [("a", 1), ("b", 2), ("c", 3), ("d", 4)];
    let odds: &[(&[&str], f64)] = &[(&["a"], 0.1), (&["b"], 0.2), (&["c"], 0.3), (&["d"], 0.4)];
    assert!(chi_squared(&weights, 1, odds, 20_000) < 16.266);
}

#[test]
fn two_of_three_come_in_every_order_by_what_is_left() {
    // P(a, then b) = 1/6 * 2/5, and so on: every order of every pair, by hand.
    let weights = [("a", 1), ("b", 2), ("c", 3)];
    let odds: &[(&[&str], f64)] = &[
        (&["a", "b"], 2.0 / 30.0),
        (&["a", "c"], 3.0 / 30.0),
        (&["b", "a"], 2.0 / 24.0),
        (&["b", "c"], 6.0 / 24.0),
        (&["c", "a"], 3.0 / 18.0),
        (&["c", "b"], 6.0 / 18.0),
    ];
    assert!(chi_squared(&weights, 2, odds, 20_000) < 20.515);
}

#[test]
fn seven_alike_are_drawn_alike() {
    let names = ["a", "b", "c", "d", "e", "f", "g"];
    let weights: Vec<(&str, u32)> = names.iter().map(|name| (*name, 1)).collect();
    let singles: Vec<[&str; 1]> = names.iter().map(|name| [*name]).collect();
    let odds: Vec<(&[&str], f64)> = singles.iter().map(|one| (one.as_slice(), 1.0 / 7.0)).collect();
    assert!(chi_squared(&weights, 1, &odds, 20_000) < 22.458);
}

#[test]
fn weight_nought_is_never_drawn_and_too_few_draw_nobody() {
    for round in 0..500 {
        assert_eq!(drawn(&[("a", 0), ("b", 1)], round, 1), ["b"]);
    }
    assert_eq!(draw(candidates(&[("a", 0), ("b", 1)]), "m", [1; 32], 2), None);
    assert_eq!(draw(Vec::new(), "m", [1; 32], 1), None);
    assert_eq!(draw(candidates(&[("a", 0)]), "m", [1; 32], 1), None);
}

#[test]
fn who_stands_twice_on_the_roster_counts_once() {
    for round in 0..500 {
        let both = drawn(&[("a", 5), ("a", 5), ("b", 1)], round, 2);
        assert_ne!(both[0], both[1]);
        assert_eq!(drawn(&[("a", 5), ("a", 0), ("b", 1)], round, 1), ["b"], "a recusal did not hold");
        assert_eq!(drawn(&[("a", 5), ("a", 5), ("b", 1)], round, 1), drawn(&[("b", 1), ("a", 5)], round, 1));
    }
}

#[test]
fn the_largest_weights_are_drawn_too() {
    let weights = [("a", u32::MAX), ("b", u32::MAX), ("c", 1)];
    let all: std::collections::BTreeSet<Vec<String>> = (0..200).map(|round| drawn(&weights, round, 2)).collect();
    assert!(all.len() >= 2);
}

#[test]
fn a_draw_can_be_done_again_and_none_other_passes_for_it() {
    let right = draw(candidates(&[("a", 1), ("b", 2), ("c", 3)]), "case/seat/0", [7; 32], 2).unwrap();
    assert!(right.is_right());
    let swapped = Draw { drawn: right.drawn.iter().rev().cloned().collect(), ..right.clone() };
    let other_matter = Draw { matter: "case/seat/1".to_owned(), ..right.clone() };
    let heavier = {
        let mut draw = right.clone();
        draw.candidates[0].weight = 1000;
        draw
    };
    for wrong in [swapped, heavier] {
        assert!(!wrong.is_right(), "{wrong:?}");
    }
    let again = draw(right.candidates.clone(), "case/seat/1", [7; 32], 2).unwrap();
    assert_eq!(other_matter.is_right(), again.drawn == right.drawn);
}
