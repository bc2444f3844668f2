//! `panjereh completions`.

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::failure::Failure;

/// Print a shell's completions, to be put where the shell looks for them.
///
/// bash: panjereh completions bash > /etc/bash_completion.d/panjereh
/// zsh: panjereh completions zsh > /usr/local/share/zsh/site-functions/_panjereh
/// fish: panjereh completions fish > ~/.config/fish/completions/panjereh.fish
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self) -> Result<ExitCode, Failure> {
        // The generator panics where it cannot write, so it writes to memory.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut crate::Cli::command(), "panjereh", &mut script);
        std::io::stdout().lock().write_all(&script)?;
        Ok(ExitCode::SUCCESS)
    }
}
