//! `panjereh completions`.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::failure::Failure;

/// Print a shell's completions, to be put where the shell looks for them.
#[derive(Args)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self) -> Result<ExitCode, Failure> {
        clap_complete::generate(self.shell, &mut crate::Cli::command(), "panjereh", &mut std::io::stdout());
        Ok(ExitCode::SUCCESS)
    }
}
