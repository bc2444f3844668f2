//! `panjereh tariff`.

mod import;
mod search;

use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;

/// Take over other people's tariffs, and find codes in them.
#[derive(Subcommand)]
pub enum Tariff {
    #[command(subcommand)]
    Import(import::Import),
    Search(search::Search),
}

impl Tariff {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Import(import) => import.run(),
            Self::Search(verb) => verb.run(),
        }
    }
}
