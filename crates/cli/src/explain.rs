//! `panjereh explain`.

use std::process::ExitCode;

use clap::Args;

use crate::failure::Failure;

/// Explain a problem's code at length.
#[derive(Args)]
pub struct Explain {
    /// The code (P110) or its name (unknown-name); all codes are listed without one.
    code: Option<String>,
}

impl Explain {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let Some(code) = self.code else {
            definition::codes::all().for_each(|known| println!("{}  {}", known.code.id, known.code.name));
            return Ok(ExitCode::SUCCESS);
        };
        let explanation = definition::codes::explain(&code).ok_or_else(|| {
            Failure::new(format!("there is no code {code}"), "`panjereh explain` without a code lists them all")
        })?;
        println!("{} {}\n\n{}", explanation.code.id, explanation.code.name, explanation.text.trim());
        Ok(ExitCode::SUCCESS)
    }
}
