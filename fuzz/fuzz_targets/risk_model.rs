//! Any text as a risk model: no panic when it is read, nor when a row is scored and explained; many rows at once come out as one by one.
#![no_main]

use customs::risk::{Block, Booster, Goal, Model, Rows};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(booster) = Booster::read(text) {
        let width = booster.columns().len();
        let rows: Vec<f64> = [0.0, 1.0, -1.0, f64::NAN, 33.0].into_iter().cycle().take(width.min(64) * 20).collect();
        if width <= 64 {
            let one_by_one = rows.chunks(width).map(|row| booster.score(row).to_bits());
            assert!(booster.scores(&rows).into_iter().map(f64::to_bits).eq(one_by_one));
        }
    }
    let Ok(model) = Model::read(text) else { return };
    let columns: Vec<&str> = model.columns().collect();
    let table = format!("{}\n{}\n", columns.join(","), vec!["1"; columns.len()].join(","));
    let Ok(mut rows) = Rows::read(&table, &columns) else { return };
    let mut block = Block::default();
    while let Ok(Some(row)) = rows.next_row() {
        if model.take(&row, &mut block).is_err() {
            return;
        }
    }
    for goal in [Goal::Fraud, Goal::Duty] {
        assert_eq!(model.scores(goal, &block).len(), block.lines().len());
        let _ = model.reasons(goal, &block, 0);
    }
    for trained in &model.trained {
        let _ = trained.drift(["1", "", "x"].into_iter());
    }
});
