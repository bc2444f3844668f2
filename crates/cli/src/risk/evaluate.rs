//! `panjereh risk evaluate`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use customs::risk::{Block, Goal, Measures, Model, Outcome, Rows, Truth, measure};
use serde::Serialize;

use super::files;
use crate::failure::{Failure, NO};
use crate::shared::{print_json, say};

/// Measure a model on rows of which it is known what came out.
///
/// Rows are ranked for two goals: `fraud` by the model's score, `duty` by the chance times the duty at stake. Of each ranking it is told how many of the highest 1, 5
/// and 10% are frauds, the area under the curve, and which share of the frauds' duty stands among the highest 5%, where any is at stake. The duty at stake is the rate in per cent of the amount
/// declared. Where scores are equal the earlier row is the higher. Exit codes: 0 done, 1 nothing is a fraud, or everything, 2 a file could not be read.
#[derive(Args)]
pub struct Evaluate {
    /// The table: CSV, or CSV packed with gzip.
    data: PathBuf,
    /// The model.
    #[arg(long)]
    model: PathBuf,
    /// The column that says 1 where a fraud was found, else 0; as the model was trained without it.
    #[arg(long, value_name = "COLUMN")]
    label: Option<String>,
    /// The column of the duty's rate, in per cent; as the model was trained without it.
    #[arg(long, value_name = "COLUMN")]
    rate: Option<String>,
    /// The column of the amount that the duty is taken of; as the model was trained without it.
    #[arg(long, value_name = "COLUMN")]
    amount: Option<String>,
    /// One object.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    /// SHA-256 of the model's file.
    model: String,
    rows: usize,
    frauds: usize,
    fraud: Told,
    duty: Told,
}

/// Shares, 0 to 1.
#[derive(Serialize)]
struct Told {
    precision_at_1: f64,
    precision_at_5: f64,
    precision_at_10: f64,
    auc: f64,
    /// Nothing where no fraud has a duty at stake.
    duty_at_5: Option<f64>,
}

impl Evaluate {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let (model, hash) = files::model(&self.model)?;
        let truth = Truth {
            label: self.label.clone().unwrap_or_else(|| model.truth.label.clone()),
            rate: self.rate.clone().unwrap_or_else(|| model.truth.rate.clone()),
            amount: self.amount.clone().unwrap_or_else(|| model.truth.amount.clone()),
        };
        let (by_fraud, by_duty) = self.outcomes(&model, &truth)?;
        let (Some(fraud), Some(duty)) = (measure(&by_fraud), measure(&by_duty)) else {
            say(format_args!(
                "{}: of {} rows none is a fraud, or every one: nothing can be measured",
                self.data.display(),
                by_fraud.len()
            ))?;
            return Ok(ExitCode::from(NO));
        };
        let frauds = by_fraud.iter().filter(|row| row.fraud).count();
        let report = Report { model: hash, rows: by_fraud.len(), frauds, fraud: told(fraud), duty: told(duty) };
        if self.json {
            print_json(&report)?
        } else {
            report.tell()?
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Each row ranked for fraud, and for duty.
    fn outcomes(&self, model: &Model, truth: &Truth) -> Result<(Vec<Outcome>, Vec<Outcome>), Failure> {
        let data = files::text(&self.data)?;
        let fail = files::fault(&self.data);
        let first = model.columns().count();
        let columns: Vec<&str> =
            model.columns().chain([truth.label.as_str(), truth.rate.as_str(), truth.amount.as_str()]).collect();
        let mut rows = Rows::read(&data, &columns).map_err(&fail)?;
        let (mut block, mut labels, mut stakes) = (Block::default(), Vec::new(), Vec::new());
        while let Some(row) = rows.next_row().map_err(&fail)? {
            model.take(&row, &mut block).map_err(&fail)?;
            labels.push(row.label(first).map_err(&fail)?);
            stakes.push(row.stake(first + 1, first + 2).map_err(&fail)?);
        }
        let outcome = |score: f64, (fraud, duty): (&bool, &f64)| Outcome { score, fraud: *fraud, duty: *duty };
        let truths = || labels.iter().zip(&stakes);
        let frauds = model.scores(Goal::Fraud, &block).into_iter().map(|score| score.raw);
        let chances = model.scores(Goal::Duty, &block).into_iter().map(|score| score.chance);
        let by_fraud = frauds.zip(truths()).map(|(score, truth)| outcome(score, truth)).collect();
        let by_duty = chances.zip(truths()).map(|(chance, truth)| outcome(chance * truth.1, truth)).collect();
        Ok((by_fraud, by_duty))
    }
}

impl Report {
    fn tell(&self) -> Result<(), Failure> {
        say(format_args!("model: sha256 {}\n{} rows, {} frauds", self.model, self.rows, self.frauds))?;
        for (name, told) in [("fraud", &self.fraud), ("duty", &self.duty)] {
            say(format_args!(
                "by {name}: precision {} at 1%, {} at 5%, {} at 10%; area under the curve {}; duty found at 5% {}",
                told.precision_at_1,
                told.precision_at_5,
                told.precision_at_10,
                told.auc,
                told.duty_at_5.map_or_else(|| "not told: none is at stake".to_owned(), |share| share.to_string())
            ))?;
        }
        Ok(())
    }
}

fn told(measures: Measures) -> Told {
    let six = |share: f64| (share * 1e6).round() / 1e6;
    Told {
        precision_at_1: six(measures.precision_at_1),
        precision_at_5: six(measures.precision_at_5),
        precision_at_10: six(measures.precision_at_10),
        auc: six(measures.auc),
        duty_at_5: measures.duty_at_5.map(six),
    }
}
