//! `panjereh lot`.

mod serve;
mod verify;

use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;

/// Do a draw of officers again, or be the second institution that draws are made with.
#[derive(Subcommand)]
pub enum Lot {
    Verify(verify::Verify),
    Serve(serve::Serve),
}

impl Lot {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Verify(verb) => verb.run(),
            Self::Serve(verb) => verb.run(),
        }
    }
}
