//! `panjereh customs`.

mod amend;
mod assess;
mod declared;
mod folder;
mod obstacles;
mod read;

use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;

/// Read declarations, change them, and compute what they owe.
#[derive(Subcommand)]
pub enum Customs {
    Read(read::Read),
    Amend(amend::Amend),
    Assess(assess::Assess),
}

impl Customs {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Read(verb) => verb.run(),
            Self::Amend(verb) => verb.run(),
            Self::Assess(verb) => verb.run(),
        }
    }
}
