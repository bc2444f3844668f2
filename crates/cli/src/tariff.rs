//! `panjereh tariff`.

mod import;

use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;

/// Take over other people's tariffs.
#[derive(Subcommand)]
pub enum Tariff {
    Import(import::Import),
}

impl Tariff {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Import(verb) => verb.run(),
        }
    }
}
