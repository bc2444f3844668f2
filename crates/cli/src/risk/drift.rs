//! `panjereh risk drift`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use customs::risk::{Rows, Verdict};
use serde::Serialize;

use super::files;
use crate::failure::{Failure, NO};
use crate::shared::{print_json, say};

/// Say of each column how far the rows of a table are from those that a model was trained on.
///
/// By the population stability index: below 0.10 a column is stable, up to 0.25 it has moved, above it has shifted, and a model that was trained on other goods should
/// be trained again. The bounds are custom and no law. Exit codes: 0 no column has shifted, 1 one has, 2 a file could not be read.
#[derive(Args)]
pub struct Drift {
    /// The table: CSV, or CSV packed with gzip.
    data: PathBuf,
    /// The model; one that risk-train wrote.
    #[arg(long)]
    model: PathBuf,
    /// One object.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    /// SHA-256 of the model's file.
    model: String,
    rows: usize,
    /// The column that moved most first.
    columns: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    column: String,
    /// The population stability index, as a decimal of four digits.
    index: String,
    verdict: String,
}

impl Drift {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let (model, hash) = files::model(&self.model)?;
        if model.trained.is_empty() {
            return Err(Failure::new(
                format!("{} does not say on what it was trained", self.model.display()),
                "name a model that risk-train wrote",
            ));
        }
        let data = files::text(&self.data)?;
        let fail = files::fault(&self.data);
        let columns: Vec<&str> = model.trained.iter().map(|trained| trained.column.as_str()).collect();
        let mut rows = Rows::read(&data, &columns).map_err(&fail)?;
        let mut cells: Vec<Vec<String>> = vec![Vec::new(); columns.len()];
        let mut count = 0;
        while let Some(row) = rows.next_row().map_err(&fail)? {
            cells.iter_mut().enumerate().for_each(|(column, cells)| cells.push(row.text(column).to_owned()));
            count += 1;
        }
        if count == 0 {
            return Err(Failure::new(
                format!("{} has no rows below its columns' names", self.data.display()),
                "name a table of the rows that are to be compared",
            ));
        }
        let mut drifts: Vec<_> = model
            .trained
            .iter()
            .zip(&cells)
            .map(|(trained, cells)| trained.drift(cells.iter().map(String::as_str)))
            .collect();
        drifts.sort_by(|a, b| b.index.cmp(&a.index).then(a.column.cmp(&b.column)));
        let shifted = drifts.iter().any(|drift| drift.verdict == Verdict::Shifted);
        let told = |drift: &customs::risk::Drift| Told {
            column: drift.column.clone(),
            index: drift.index.to_string(),
            verdict: drift.verdict.to_string(),
        };
        let report = Report { model: hash, rows: count, columns: drifts.iter().map(told).collect() };
        if self.json {
            print_json(&report)?
        } else {
            report.tell()?
        }
        Ok(if shifted { ExitCode::from(NO) } else { ExitCode::SUCCESS })
    }
}

impl Report {
    fn tell(&self) -> Result<(), Failure> {
        say(format_args!("model: sha256 {}\n{} rows", self.model, self.rows))?;
        self.columns.iter().try_for_each(|one| say(format_args!("{}: {} ({})", one.column, one.index, one.verdict)))
    }
}
