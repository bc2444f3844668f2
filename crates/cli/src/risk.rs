//! `panjereh risk`.

mod drift;
mod evaluate;
mod files;
mod score;

use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;

/// Score rows with a model of boosted trees, measure the model, and see whether it still fits.
#[derive(Subcommand)]
pub enum Risk {
    Score(score::Score),
    Evaluate(evaluate::Evaluate),
    Drift(drift::Drift),
}

impl Risk {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Score(verb) => verb.run(),
            Self::Evaluate(verb) => verb.run(),
            Self::Drift(verb) => verb.run(),
        }
    }
}
