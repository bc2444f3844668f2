//! `panjereh export`.

mod ocel;
mod xes;

use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;

/// Write the record as an event log for process mining.
#[derive(Subcommand)]
pub enum Export {
    Ocel(ocel::Ocel),
    Xes(xes::Xes),
}

impl Export {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Ocel(verb) => verb.run(),
            Self::Xes(verb) => verb.run(),
        }
    }
}
