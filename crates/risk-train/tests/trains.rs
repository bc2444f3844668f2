//! Training from the outside, on made-up declarations in which fraud follows a rule: the same file each time, and a model that finds the rule.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use customs::risk::{Goal, Model};

/// Made-up declarations: wine from two countries at a low price is mostly a fraud, all else seldom.
fn synthetic(rows: usize) -> String {
    let mut table =
        "Date,HS6 Code,Country of Origin,Country of Departure,Tax Type,Office ID,Tax Rate,Item Price,Net Mass,Fraud\n"
            .to_owned();
    let mut state = 12_345_u64;
    let mut below = |most: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    for row in 0..rows {
        let commodity = ["220421", "870323", "610910", "010121"][below(4) as usize];
        let origin = ["FR", "IT", "DE", "CN"][below(4) as usize];
        let price = 100 + below(10_000);
        let suspect = commodity == "220421" && matches!(origin, "FR" | "IT") && price < 5_000;
        let fraud = u8::from(below(100) < if suspect { 90 } else { 5 });
        let (mass, office, day) = (1 + below(500), below(5), 1 + row * 28 / rows);
        writeln!(table, "2020-01-{day:02},{commodity},{origin},{origin},A,{office},8,{price},{mass},{fraud}").unwrap();
    }
    table
}

fn train(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_risk-train")).current_dir(folder).args(arguments).output().unwrap()
}

#[test]
fn the_same_seed_gives_the_same_model_and_it_finds_the_rule() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.csv"), synthetic(3_000)).unwrap();
    let settings = ["--trees", "30", "--leaves", "7", "--folds", "3"];
    let written = |file: &str, seed: &str| {
        let output = train(
            folder.path(),
            &[&["d.csv", "--valid", "d.csv", "--model", file, "--seed", seed], &settings[..]].concat(),
        );
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (std::fs::read_to_string(folder.path().join(file)).unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let (first, told) = written("a.txt", "1");
    assert_eq!(first, written("b.txt", "1").0);
    assert_ne!(first, written("c.txt", "2").0);
    let report: serde_json::Value = serde_json::from_str(told.lines().last().unwrap()).unwrap();
    assert!(report["fraud"]["precision_at_5"].as_f64().unwrap() > 0.85, "{report}");
    assert!(report["fraud"]["auc"].as_f64().unwrap() > 0.75, "{report}");
    let model = Model::read(&first).unwrap();
    assert!(model.is_whole() && model.trained.len() == 8);
    // The chance that stands beside a score is what came out: for the rule's rows about nine of ten.
    let numbers: Vec<f64> = vec![f64::NAN; model.features.made.len()];
    assert!(model.scores_of(Goal::Fraud, &numbers, &[1.0])[0].chance < 0.5);
}

#[test]
fn settings_are_judged_by_later_rows_and_wrong_tables_are_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.csv"), synthetic(1_500)).unwrap();
    let small = ["--trees", "5", "--leaves", "4", "--folds", "2"];
    let output = train(folder.path(), &[&["d.csv", "--until", "2020-01-20"], &small[..]].concat());
    let told = String::from_utf8(output.stdout).unwrap();
    let report: serde_json::Value = serde_json::from_str(told.trim()).unwrap();
    assert!(report["rows"].as_u64().unwrap() < 800, "{report}");
    std::fs::write(folder.path().join("w.csv"), synthetic(5).replace(",8,", ",eight,")).unwrap();
    for (table, expected) in
        [("none.csv", "none.csv"), ("w.csv", "w.csv: line 2: `eight` in the column `Tax Rate` is no number")]
    {
        let output = train(folder.path(), &[&[table, "--model", "m.txt"], &small[..]].concat());
        assert_eq!(output.status.code(), Some(2));
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(complaint.contains(expected), "{complaint}");
        assert!(!folder.path().join("m.txt").exists());
    }
}
