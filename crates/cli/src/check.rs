//! `panjereh check`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use definition::value::{Date, ValueError, far, parse_date};

use crate::failure::{Failure, NO};
use crate::shared::{check_zone, colour, say, today};

/// Check a zone's definition and explain what is wrong with it.
///
/// Exit codes: 0 nothing is wrong, 1 there are problems, 2 the zone could not be read. `panjereh explain CODE` says more about a problem.
/// What is printed is coloured at a terminal, unless NO_COLOR is set.
#[derive(Args)]
pub struct Check {
    /// The folder that holds zone.yaml.
    zone: PathBuf,
    /// For people, for programs, or for code-scanning tools.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The day whose law and calendar count, such as 2027-03-21, to see what will be wrong then; today without it.
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Json,
    Sarif,
}

impl Check {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let report = check_zone(&self.zone, Some(self.on.unwrap_or_else(today)))?;
        match self.format {
            Format::Human => definition::render::human(&report, colour(), &mut std::io::stdout().lock())?,
            Format::Json => say(definition::render::json(&report)?)?,
            Format::Sarif => say(definition::render::sarif(&report)?)?,
        }
        Ok(if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }
}

/// A day of the Gregorian calendar, in the years in which law is looked for.
fn day(text: &str) -> Result<Date, String> {
    parse_date(text).map_err(|error| match error {
        ValueError::FarDate { date } => {
            let (message, help) = far(date);
            format!("{message}; {help}")
        }
        _ => "a day is written year, month, day, such as 2027-03-21".to_owned(),
    })
}
