//! Which cases a verb draws from a zone's record, and why none could be drawn.
//!
//! Must not know of: what is made of them.

use std::path::PathBuf;
use std::sync::Arc;

use app::extract::{ExtractError, Selection};
use clap::Args;
use jiff::civil::Date;

use crate::config::ConfigFile;
use crate::failure::Failure;
use crate::place::Place;
use crate::shared::FIRST_YEAR;

/// Where the record is, and which of its cases are meant.
#[derive(Args)]
pub struct Cases {
    /// A folder that `panjereh demo` made.
    #[arg(conflicts_with = "config")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigFile,
    /// Only cases of this service.
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// Only cases filed on this day or later (YYYY-MM-DD, by the zone's own time).
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<Date>,
    /// Only cases filed on this day or earlier.
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<Date>,
}

fn day(text: &str) -> Result<Date, &'static str> {
    // Persian and Arabic digits are digits.
    let day = definition::value::fold_digits(text).parse::<Date>().ok();
    // A smaller year is of the Persian calendar: by the other one nothing had been filed, or everything.
    let day = day.filter(|day| day.year() >= FIRST_YEAR);
    day.ok_or("give a day of the Gregorian calendar such as 2026-03-21")
}

impl Cases {
    pub fn selection(&self) -> Selection {
        Selection { service: self.service.clone(), from: self.from, to: self.to }
    }

    /// The store, opened to be read: the zone may run meanwhile.
    pub async fn store(&self) -> Result<Arc<dyn app::Store>, Failure> {
        let place = match &self.dir {
            Some(dir) => Place::demonstration(dir)?,
            None => self.config.read()?.place,
        };
        place.existing_store().await
    }
}

impl From<ExtractError> for Failure {
    fn from(error: ExtractError) -> Self {
        let hint = match &error {
            ExtractError::Backwards { .. } => "give --from a day that is not after that of --to".to_owned(),
            ExtractError::NoSuchService { known, .. } => one_of("--service", known, "the record has none yet"),
            ExtractError::NoSuchGroup { known, .. } => one_of(
                "--by",
                known,
                "none of these services has a public fact with a closed list of values, or a stage in which a table decides",
            ),
            ExtractError::Empty { filed: Some((first, last)) } => {
                format!("cases were filed from {first} to {last}: give a period in which some were")
            }
            ExtractError::Empty { filed: None } => "there is something to draw once a case was filed".to_owned(),
            ExtractError::App(_) | ExtractError::Write(_) => String::new(),
        };
        match error {
            ExtractError::App(error) => error.into(),
            ExtractError::Write(error) => error.into(),
            told => Self::new(told, hint),
        }
    }
}

fn one_of(option: &str, known: &[String], none: &str) -> String {
    if known.is_empty() { none.to_owned() } else { format!("give {option} one of: {}", known.join(", ")) }
}
