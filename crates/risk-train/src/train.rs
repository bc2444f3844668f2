//! Trains a model: profiles, the trees of both goals, what their scores mean, and what the rows were like.
//!
//! Must not know of: files, which columns there are.

use customs::risk::learn::{Folds, Lesson, Plan};
use customs::risk::{Booster, Calibration, Goal, Model, Objective, RowsFault, Trained, Truth};
use lightgbm3::Dataset;

use crate::Complaint;
use crate::settings::Settings;

/// The file of a model that learnt from these rows.
pub fn model(plan: &Plan, lesson: &Lesson, rows: &[usize], settings: &Settings) -> Result<String, Complaint> {
    if !rows.iter().any(|row| is_fraud(lesson, *row)) || rows.iter().all(|row| is_fraud(lesson, *row)) {
        return Err("none of the rows is a fraud, or every one; learn from rows of both kinds".to_owned());
    }
    let numbers = lesson.numbers_out_of_fold(plan, rows, folds(settings, 0)).map_err(unread)?;
    let (mut objectives, mut texts) = (Vec::new(), Vec::new());
    for goal in [Goal::Fraud, Goal::Duty] {
        let text = trees(plan, lesson, rows, &numbers, goal, settings)?;
        let booster = booster(&text)?;
        let calibration = calibration(plan, lesson, rows, goal, settings)?;
        objectives.push(Objective { goal, booster, calibration });
        texts.push(text);
    }
    let columns = plan.columns.iter().enumerate();
    let trained = columns.map(|(number, column)| {
        let cells = rows.iter().filter_map(|row| lesson.cell(*row, number));
        if column.number { Trained::numbers(&column.name, cells) } else { Trained::codes(&column.name, cells) }
    });
    let model = Model::new(Truth::default(), lesson.features(plan, rows), objectives, trained.collect());
    let model = model.ok_or("LightGBM's trees ask for other numbers than they were given")?;
    Ok(model.write(&texts.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// What the scores mean: learnt from rows that the trees which scored them had not seen, nor the profiles behind their numbers.
fn calibration(
    plan: &Plan,
    lesson: &Lesson,
    rows: &[usize],
    goal: Goal,
    settings: &Settings,
) -> Result<Calibration, Complaint> {
    let parts = folds(settings, 1);
    let mut scored = Vec::new();
    for part in 0..parts.count {
        let (unseen, seen) = parts.part(rows, part);
        let numbers = lesson.numbers_out_of_fold(plan, &seen, folds(settings, 0)).map_err(unread)?;
        let booster = booster(&trees(plan, lesson, &seen, &numbers, goal, settings)?)?;
        let numbers = lesson.numbers(&lesson.features(plan, &seen), &unseen).map_err(unread)?;
        let frauds = unseen.iter().map(|row| is_fraud(lesson, *row));
        scored.extend(booster.scores(&numbers).into_iter().zip(frauds));
    }
    Ok(Calibration::fit(&scored))
}

/// LightGBM's text of the trees for a goal.
fn trees(
    plan: &Plan,
    lesson: &Lesson,
    rows: &[usize],
    numbers: &[f64],
    goal: Goal,
    settings: &Settings,
) -> Result<String, Complaint> {
    let labels: Vec<f32> = rows.iter().map(|row| f32::from(u8::from(is_fraud(lesson, *row)))).collect();
    let width = i32::try_from(plan.made.len()).map_err(|_| "too many features")?;
    let mut dataset = Dataset::from_slice(numbers, &labels, width, true).map_err(failed)?;
    if goal == Goal::Duty {
        dataset.set_weights(&weights(lesson, rows)).map_err(failed)?;
    }
    let trained = lightgbm3::Booster::train(dataset, &settings.parameters()).map_err(failed)?;
    trained.save_string().map_err(failed)
}

/// How much each row counts where duty is looked for: with the logarithm of the duty at stake, so that a few great consignments do not outweigh all others; 1 on
/// average.
fn weights(lesson: &Lesson, rows: &[usize]) -> Vec<f32> {
    let stake = |row: &usize| lesson.stakes.get(*row).copied().unwrap_or_default().max(0.0);
    let logarithms: Vec<f64> = rows.iter().map(|row| 1.0 + stake(row).ln_1p()).collect();
    let mean = logarithms.iter().sum::<f64>() / logarithms.len().max(1) as f64;
    logarithms.iter().map(|one| (one / mean) as f32).collect()
}

const fn folds(settings: &Settings, more: u64) -> Folds {
    Folds { count: settings.folds, seed: settings.seed.wrapping_mul(2).wrapping_add(more) }
}

fn is_fraud(lesson: &Lesson, row: usize) -> bool {
    lesson.frauds.get(row).copied().unwrap_or_default()
}

fn booster(text: &str) -> Result<Booster, Complaint> {
    Booster::read(text).map_err(|problem| format!("LightGBM's text cannot be read: {problem}"))
}

fn unread(fault: RowsFault) -> Complaint {
    format!("{fault}; {}", fault.help())
}

fn failed(error: lightgbm3::Error) -> Complaint {
    format!("LightGBM: {error}")
}
