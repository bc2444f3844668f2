//! `panjereh table`.

mod export;
mod import;

use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;

/// Exchange decision tables with other people's tools.
#[derive(Subcommand)]
pub enum Table {
    Export(export::Export),
    Import(import::Import),
}

impl Table {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Export(verb) => verb.run(),
            Self::Import(verb) => verb.run(),
        }
    }
}
