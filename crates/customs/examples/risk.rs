//! Measures a model and the scores of others on the same rows, and how fast rows are scored: `risk MODEL DATA.csv.gz FOLDER`.
//!
//! FOLDER has NAME.scores (for each row of the data a line: the score for fraud and the one for duty, with a space between them) of every peer, and of plain LightGBM its
//! model, `lightgbm.txt`, and the rows as it was given them, `lightgbm.numbers`. The same of our trees is put beside them, and of both what is scored here
//! (`.scored`), so that LightGBM can be held against it. The last line is one JSON object.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a measurement fails by panicking")]

use std::io::Read as _;
use std::path::Path;
use std::time::Instant;

use customs::risk::{Block, Booster, Goal, Measures, Model, Outcome, Rows, measure};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, data, folder] = arguments.as_slice() else { panic!("risk MODEL DATA FOLDER") };
    let file = std::fs::read_to_string(model).unwrap();
    let model = Model::read(&file).unwrap();
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(std::fs::File::open(data).unwrap()).read_to_string(&mut text).unwrap();
    let (block, truths) = read(&model, &text);
    let mut figures = Vec::new();
    let frauds = model.scores(Goal::Fraud, &block).iter().map(|score| score.raw).collect::<Vec<_>>();
    let duties: Vec<f64> =
        model.scores(Goal::Duty, &block).iter().zip(&truths).map(|(score, truth)| score.chance * truth.1).collect();
    tell(&mut figures, "ours", &truths, &frauds, &duties);
    for name in ["lightgbm", "xgboost"] {
        let scores = std::fs::read_to_string(Path::new(folder).join(name).with_extension("scores")).unwrap();
        let pairs: Vec<Vec<f64>> =
            scores.lines().map(|line| line.split(' ').map(|number| number.parse().unwrap()).collect()).collect();
        let column = |number: usize| pairs.iter().map(|pair| pair[number]).collect::<Vec<f64>>();
        tell(&mut figures, name, &truths, &column(0), &column(1));
    }
    hand_over(&file, &block, Path::new(folder));
    speed(&mut figures, &model, &text, &block, Path::new(folder));
    println!("{{{}}}", figures.join(","));
}

/// The rows through the features, and of each whether it is a fraud and what is at stake.
fn read(model: &Model, text: &str) -> (Block, Vec<(bool, f64)>) {
    let (mut block, mut truths) = (Block::default(), Vec::new());
    let first = model.columns().count();
    let truth = &model.truth;
    let more = [truth.label.as_str(), &truth.rate, &truth.amount];
    let columns: Vec<&str> = model.columns().chain(more).collect();
    let mut rows = Rows::read(text, &columns).unwrap();
    while let Some(row) = rows.next_row().unwrap() {
        model.take(&row, &mut block).unwrap();
        let stake = row.number(first + 1).unwrap() * row.number(first + 2).unwrap() / 100.0;
        truths.push((row.label(first).unwrap(), stake));
    }
    (block, truths)
}

fn tell(figures: &mut Vec<String>, name: &str, truths: &[(bool, f64)], frauds: &[f64], duties: &[f64]) {
    for (goal, scores) in [("fraud", frauds), ("duty", duties)] {
        let outcomes: Vec<Outcome> = truths
            .iter()
            .zip(scores)
            .map(|((fraud, duty), score)| Outcome { score: *score, fraud: *fraud, duty: *duty })
            .collect();
        let Measures { precision_at_1, precision_at_5, precision_at_10, auc, duty_at_5 } = measure(&outcomes).unwrap();
        let shares = [
            ("precision_at_1", precision_at_1),
            ("precision_at_5", precision_at_5),
            ("precision_at_10", precision_at_10),
            ("auc", auc),
            ("duty_at_5", duty_at_5.unwrap_or_default()),
        ];
        figures.extend(shares.map(|(share, value)| format!("\"{name}_{goal}_{share}\":{value:.4}")));
    }
}

/// Rows a second on one core: through the trees for fraud alone, from text on for both goals, and through plain LightGBM's trees.
fn speed(figures: &mut Vec<String>, model: &Model, text: &str, block: &Block, folder: &Path) {
    let rows = block.lines().len() as f64;
    let fastest = |work: &mut dyn FnMut()| {
        let times = (0..9).map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        });
        times.fold(f64::INFINITY, f64::min)
    };
    let trees = fastest(&mut || drop(std::hint::black_box(model.scores(Goal::Fraud, block))));
    let whole = fastest(&mut || {
        let (block, _) = read(model, text);
        std::hint::black_box((model.scores(Goal::Fraud, &block), model.scores(Goal::Duty, &block)));
    });
    figures.push(format!("\"scored_rows_per_s\":{:.0}", rows / trees));
    figures.push(format!("\"scored_from_text_both_goals_rows_per_s\":{:.0}", rows / whole));
    for name in ["ours-trees", "lightgbm"] {
        let text = std::fs::read_to_string(folder.join(name).with_extension("txt")).unwrap();
        let booster = Booster::read(&text).unwrap();
        let bytes = std::fs::read(folder.join(name).with_extension("numbers")).unwrap();
        let numbers: Vec<f64> =
            bytes.chunks_exact(8).map(|bytes| f64::from_le_bytes(bytes.try_into().unwrap())).collect();
        write(&folder.join(name).with_extension("scored"), &booster.scores(&numbers));
        let took = fastest(&mut || drop(std::hint::black_box(booster.scores(&numbers))));
        let name = name.replace('-', "_");
        figures.push(format!("\"{name}_scored_rows_per_s\":{:.0}", rows / took));
    }
}

/// The trees for frauds of our model as LightGBM reads them, and the rows as they are given to them.
fn hand_over(model: &str, block: &Block, folder: &Path) {
    let (_, trees) = model.split_once("\ntrees\t").unwrap();
    let (count, trees) = trees.split_once('\n').unwrap();
    let trees: String = trees.split_inclusive('\n').take(count.parse().unwrap()).collect();
    std::fs::write(folder.join("ours-trees.txt"), trees).unwrap();
    write(&folder.join("ours-trees.numbers"), block.numbers());
}

fn write(path: &Path, numbers: &[f64]) {
    std::fs::write(path, numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>()).unwrap();
}
