//! `panjereh risk`.

mod score;

use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;

/// Score rows with a model of boosted trees.
#[derive(Subcommand)]
pub enum Risk {
    Score(score::Score),
}

impl Risk {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Score(verb) => verb.run(),
        }
    }
}
