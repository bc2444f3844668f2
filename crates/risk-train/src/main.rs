//! `risk-train`: trains a risk model on labelled declarations and writes the file that `panjereh risk` reads.
//!
//! LightGBM grows the trees; all else is `customs::risk`. Outside the default build, since LightGBM is built from source with clang and CMake (ADR 20). Must not know of:
//! cases, storage, HTTP.

mod data;
mod plan;
mod report;
mod settings;
mod train;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use customs::risk::learn::Lesson;
use customs::risk::{Model, Truth};

use crate::settings::Settings;

/// Train a risk model: the chance of fraud, and the chance times the duty at stake.
///
/// The table is CSV, or CSV packed with gzip, with the columns of the Korean customs' sample data (github.com/Seondong/Customs-Declaration-Datasets). The same table,
/// settings and seed give the same model, to the byte. Exit codes: 0 done, 2 a file could not be read or written.
#[derive(Parser)]
#[command(name = "risk-train")]
struct Args {
    /// The table that is learnt from.
    data: PathBuf,
    /// A table of later rows that the model is measured on. Nothing is learnt from it.
    #[arg(long, value_name = "TABLE")]
    valid: Option<PathBuf>,
    /// Where the model is written.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Learn from the rows before this day only, and measure on the others: how settings are chosen without looking at what they are judged by.
    #[arg(long, value_name = "DATE", required_unless_present = "model")]
    until: Option<String>,
    #[command(flatten)]
    settings: Settings,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(complaint) => {
            eprintln!("error: {complaint}");
            ExitCode::from(2)
        }
    }
}

/// What went wrong, and what to do about it.
type Complaint = String;

fn run(args: &Args) -> Result<(), Complaint> {
    let plan = plan::declarations(args.settings.weight, args.settings.without_amounts);
    let truth = Truth::default();
    let lesson = data::lesson(&args.data, &plan, &truth)?;
    let is_early =
        |row: &usize| args.until.as_ref().is_none_or(|until| lesson.days.get(*row).is_some_and(|day| day < until));
    let (early, late): (Vec<usize>, Vec<usize>) = (0..lesson.len()).partition(is_early);
    let text = train::model(&plan, &lesson, &early, &args.settings)?;
    let model = Model::read(&text).map_err(|problem| format!("what was written cannot be read again: {problem}"))?;
    if args.until.is_some() {
        report::tell("later rows", &model, &lesson, &late)?;
    }
    if let Some(valid) = &args.valid {
        let lesson: Lesson = data::lesson(valid, &plan, &truth)?;
        report::tell(&valid.display().to_string(), &model, &lesson, &(0..lesson.len()).collect::<Vec<_>>())?;
    }
    if let Some(file) = &args.model {
        std::fs::write(file, text)
            .map_err(|error| format!("{}: {error}; name a file that can be written", file.display()))?;
    }
    Ok(())
}
