//! Models with profiles by hand: what a row is told, and which files are none.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use customs::risk::{Block, Goal, Model, Rows, Score, model_hash};
use definition::value::Decimal;
use proptest::prelude::*;

/// A profile by commodity and origin, and a tree of one turn for each goal: for frauds by what the profile tells, for duty by the price of a kilogram.
const MODEL: &str = include_str!("data/sample-risk.txt");
/// LightGBM's own model over `mass` and `origin`, which is a category.
const PLAIN: &str = include_str!("data/sample-model.txt");

fn block(model: &Model, table: &str) -> Block {
    let mut block = Block::default();
    let columns: Vec<&str> = model.columns().collect();
    let mut rows = Rows::read(table, &columns).unwrap();
    while let Some(row) = rows.next_row().unwrap() {
        model.take(&row, &mut block).unwrap();
    }
    block
}

const TABLE: &str = "Country of Origin,HS6 Code,Item Price,Tax Rate,Net Mass,Importer\n\
                     FR,220421,1000,15,2,A\nDE,870323,1000,,0,B\nXX,010121,,8,5,C\n";

#[test]
fn a_row_is_told_what_came_of_its_like() {
    let model = Model::read(MODEL).unwrap();
    let block = block(&model, TABLE);
    assert_eq!(block.lines(), [2, 3, 4]);
    // Price, price of a kilogram, duty at stake, the profile's share and its rows: (3 + 2 x 0.3) / 6, (0 + 0.6) / 8, and as all.
    assert_eq!(block.numbers()[..5], [1000.0, 500.0, 150.0, 0.6, 4.0]);
    assert_eq!(block.numbers()[5..7], [1000.0, f64::INFINITY]);
    assert!(block.numbers()[7].is_nan());
    assert_eq!(block.numbers()[8..10], [0.6 / 8.0, 6.0]);
    assert_eq!((block.numbers()[13], block.numbers()[14]), (0.3, 0.0));
    let high = 1.0 / (1.0 + (-2.0_f64).exp());
    let frauds = model.scores(Goal::Fraud, &block);
    assert_eq!(frauds[0], Score { raw: high, chance: 0.7, expected: Some(0.7 * 150.0) });
    assert_eq!((frauds[1].chance, frauds[1].expected), (0.1, None));
    assert_eq!(model.scores(Goal::Duty, &block)[0].expected, Some(0.6 * 150.0));
    let reasons = model.reasons(Goal::Fraud, &block, 0);
    assert_eq!(reasons.len(), 1);
    assert_eq!(
        (model.feature_name(reasons[0].column).as_str(), reasons[0].moved),
        ("frauds by HS6 Code + Country of Origin", 2.0)
    );
    assert_eq!(model.feature_name(1), "Item Price / Net Mass");
}

#[test]
fn what_is_written_is_read_again_and_has_one_hash() {
    let model = Model::read(MODEL).unwrap();
    let trees: Vec<&str> = MODEL.split("trees\t").skip(1).map(|part| part.split_once('\n').unwrap().1).collect();
    let trees: Vec<String> = trees.iter().map(|text| text.split_inclusive('\n').take(29).collect()).collect();
    let written = model.write(&trees.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(written, MODEL);
    assert_eq!(Model::read(&written).unwrap(), model);
    // SHA-256 of the empty text (FIPS 180-4).
    assert!(model_hash(b"").starts_with(&[0xe3, 0xb0, 0xc4, 0x42]));
}

#[test]
fn columns_drift_from_what_they_were() {
    let model = Model::read(MODEL).unwrap();
    let drift = model.trained[1].drift(["DE", "DE", "DE", "FR", "FR"].into_iter());
    assert!(drift.index < Decimal::new(10, 2), "{drift:?}");
    assert!(model.trained[0].drift(["50"].into_iter().cycle().take(100)).index > Decimal::new(25, 2));
}

#[test]
fn pandas_categories_are_read_by_what_they_say() {
    let plain = |categories: &str| PLAIN.replace("pandas_categorical:null", categories);
    let score = |text: &str, table: &str| {
        let model = Model::read(text).unwrap();
        model.scores(Goal::Fraud, &block(&model, table))[0].raw
    };
    // Code 1 goes left; it is the second of the list.
    let listed = plain("pandas_categorical:[[\"CN\", \"FR\"]]");
    assert_eq!((score(&listed, "mass,origin\n10,FR\n"), score(&listed, "mass,origin\n10,CN\n")), (0.75, 0.25));
    assert_eq!(score(&listed, "mass,origin\n10,unknown\n"), 0.25);
    // Numbers are the same however they are written.
    let numbers = plain("pandas_categorical:[[7, 8.0]]");
    assert_eq!((score(&numbers, "mass,origin\n10,8\n"), score(&numbers, "mass,origin\n10,08.0\n")), (0.75, 0.75));
    // Without lists a cell is its code.
    assert_eq!(score(PLAIN, "mass,origin\n10,33\n"), 0.75);
    let two = Model::read(&plain("pandas_categorical:[[\"CN\"], [\"FR\"]]")).unwrap_err();
    assert!(two.to_string().contains("names 2 lists of categories, and 1 of its columns"), "{two}");
    // What ends before them is no whole model: its categories would be read as numbers.
    for end in ["feature_importances", "origin=1", "end of parameters", "mass=1\norigin"] {
        let cut = &PLAIN[..PLAIN.find(end).unwrap()];
        let problem = Model::read(cut).unwrap_err().to_string();
        assert!(problem.contains("the file ends too early"), "{end}: {problem}");
    }
    assert!(Model::read(&plain("pandas_categorical:[7")).unwrap_err().to_string().contains("is not a JSON list"));
}

#[test]
fn what_is_no_model_is_refused_with_its_line() {
    for (from, to, expected) in [
        ("panjereh-risk\t1", "panjereh-risk\t2", "line 1: the model is of format 2"),
        ("panjereh-risk\t1", "risk\t1", "line 1: this is neither a model"),
        ("column\tnumber\tTax Rate", "column\tdate\tTax Rate", "line 3: `date` is not `number` or `text`"),
        (
            "profile\t2\t3\t10\t3\t4",
            "profile\t2\t3\t10\t3\t9",
            "line 8: `9` is not the number of one that stands above",
        ),
        ("profile\t2\t3\t10\t3\t4", "profile\t2\t11\t10\t3\t4", "line 8: `11` is not a count of frauds"),
        ("profile\t2\t3\t10\t3\t4", "profile\t-2\t3\t10\t3\t4", "line 8: `-2` is not a number that can be there"),
        (
            "case\t3\t4\t220421\tFR",
            "case\t3\t4\t220421",
            "line 9: the line has 3 fields behind its first, and 4 are due",
        ),
        ("case\t0\t6\t870323\tDE", "case\t0\t6\t220421\tFR", "line 10: these values stand twice"),
        ("feature\tratio\t1\t2", "feature\tratio\t1\t3", "line 12: `3` is not a column of numbers"),
        ("feature\tshare\t0", "feature\tshare\t1", "line 14: `1` is not the number"),
        ("feature\trows\t0\n", "", "the trees ask for other numbers"),
        ("bin\t5\t100", "bin\t5\tinf", "`inf` is not a finite number"),
        ("bin\t4\tFR", "bin\t4\tAA", "`Country of Origin` is not a column whose bins rise"),
        ("bin\t0\n", "", "the line has 2 fields"),
        ("objective\tduty", "objective\tmagic", "`magic` is not `fraud` or `duty`"),
        ("knot\t0.8\t0.7", "knot\t0.8\t0.05", "`0.05` is not a chance from 0 to 1 that rises"),
        ("knot\t0.8\t0.7", "knot\t0.8\t1.7", "is not a chance from 0 to 1"),
        ("trees\t29", "trees\t9", "ends before `end of trees`"),
        ("trees\t29", "trees\t99999", "the file ends too early"),
        ("left_child=-1", "left_child=0", "`0` in `left_child`"),
        ("end\n", "", "the file ends too early"),
        ("truth\t", "truth\tX\t", "line 2: the line has 4 fields behind its first, and 3 are due"),
        ("truth\t", "lies\t", "line 2: `lies` does not stand here"),
    ] {
        assert!(MODEL.contains(from), "{from}");
        // The end is looked for at the end.
        let text =
            if from == "end\n" { MODEL.strip_suffix("end\n").unwrap().to_owned() } else { MODEL.replacen(from, to, 1) };
        let problem = Model::read(&text).unwrap_err();
        assert!(problem.to_string().contains(expected), "{from} -> {to}: {problem}");
    }
}

proptest! {
    #[test]
    fn no_change_of_a_model_makes_it_panic(at in 0_usize..4_000, byte in 0_u8..128) {
        let mut bytes = MODEL.as_bytes().to_vec();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(model) = Model::read(&String::from_utf8(bytes).unwrap()) {
            let columns: Vec<&str> = model.columns().collect();
            let table = format!("{}\n{}\n", columns.join(","), vec!["1"; columns.len()].join(","));
            if let Ok(mut rows) = Rows::read(&table, &columns) {
                let mut block = Block::default();
                while let Ok(Some(row)) = rows.next_row() {
                    let _ = model.take(&row, &mut block);
                }
                let _ = (model.scores(Goal::Duty, &block), model.reasons(Goal::Fraud, &block, 0));
            }
        }
    }
}
