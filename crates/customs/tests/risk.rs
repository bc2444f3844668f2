//! Models by hand: what a score and its reasons are, and what is no model.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use customs::risk::{Booster, ModelFault};
use proptest::prelude::*;

/// Two trees over the columns `mass` and `origin`: a threshold, then a set of origins (1 and 33).
const MODEL: &str = include_str!("data/sample-model.txt");

#[test]
fn a_row_goes_down_every_tree_and_says_why() {
    let model = Booster::read(MODEL).unwrap();
    assert_eq!(model.columns(), ["mass", "origin"]);
    // Light goods from origin 33: 0.5 from the first tree, 0.25 from the second.
    assert_eq!(model.score(&[10.0, 33.0]), 0.75);
    assert_eq!(model.score(&[10.0, 32.0]), 0.5 - 0.25);
    assert_eq!(model.score(&[f64::NAN, 1.0]), -0.5 + 0.25);
    assert_eq!(model.score(&[]), -0.5 - 0.25);
    let reasons = model.reasons(&[10.0, 33.0]);
    assert_eq!(reasons.iter().map(|reason| (reason.column, reason.moved)).collect::<Vec<_>>(), [(0, 0.5), (1, 0.25)]);
}

#[test]
fn what_is_no_model_is_refused_with_its_line() {
    let fault = |text: &str| Booster::read(text).unwrap_err();
    assert_eq!(fault("").fault, ModelFault::NotAModel);
    assert_eq!(fault("tree\nversion=v3\n").fault, ModelFault::NotAModel);
    for (from, to, expected) in [
        ("left_child=-1", "left_child=0", "line 18: `0` in `left_child`"),
        ("left_child=-1", "left_child=7", "left_child"),
        ("right_child=-2", "right_child=-9", "right_child"),
        ("split_feature=0", "split_feature=2", "split_feature"),
        ("threshold=100", "threshold=nan", "line 16: `NaN` in `threshold`"),
        ("leaf_value=0.5 -0.5", "leaf_value=0.5 nan", "line 20: `NaN` in `leaf_value`"),
        ("leaf_value=0.5 -0.5", "leaf_value=1e999 -0.5", "line 20: `inf` in `leaf_value`"),
        ("threshold=100", "threshold=1 2", "2 entries"),
        ("leaf_value=0.5 -0.5", "leaf_value=0.5", "1 entries"),
        ("cat_boundaries=0 2", "cat_boundaries=0 9", "cat_threshold"),
        ("is_linear=0", "is_linear=1", "linear"),
        ("objective=regression", "objective=multiclass num_class:3", "objective"),
        ("num_tree_per_iteration=1", "num_tree_per_iteration=3", "several classes"),
        ("end of trees", "", "end of trees"),
        ("num_leaves=2", "num_leaves=99999999999999999999", "num_leaves"),
        ("num_leaves=2", "num_leaves=18446744073709551615", "leaf_value"),
    ] {
        assert!(MODEL.contains(from), "{from}");
        let problem = fault(&MODEL.replacen(from, to, 1));
        assert!(problem.to_string().contains(expected) && problem.line > 0, "{from} -> {to}: {problem}");
    }
}

proptest! {
    #[test]
    fn no_change_of_a_model_makes_it_walk_without_end(at in 0_usize..2_000, byte in 0_u8..128, row in prop::collection::vec(prop::num::f64::ANY, 0..3)) {
        let mut bytes = MODEL.as_bytes().to_vec();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(model) = Booster::read(&String::from_utf8(bytes).unwrap()) {
            let _ = (model.score(&row), model.reasons(&row));
        }
    }
}
