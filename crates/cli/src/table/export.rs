//! `panjereh table export`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use definition::dmn::{self, Exported};

use crate::failure::Failure;
use crate::shared::{say, sound_report};

/// Print a service's decision table as DMN 1.5.
///
/// What `panjereh table import` makes of it says the same as the table: the service keeps its hash, unless a cell says `!= VALUE`, which comes back as
/// `not(VALUE)`. Exit codes: 0 done, 2 the zone has problems, or no such service or table.
#[derive(Args)]
pub struct Export {
    /// The zone's folder.
    zone: PathBuf,
    /// The service.
    service: String,
    /// The table.
    table: String,
}

impl Export {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let (zone, sources) = sound_report(&self.zone, None)?;
        let service = zone.services().get(&self.service).ok_or_else(|| {
            let there: Vec<&str> = zone.services().keys().map(String::as_str).collect();
            Failure::new(format!("there is no service {}", self.service), format!("there are {}", there.join(", ")))
        })?;
        let table = service.tables.get(&self.table).ok_or_else(|| {
            let there: Vec<&str> = service.tables.keys().map(String::as_str).collect();
            Failure::new(format!("there is no table {}", self.table), format!("there are {}", there.join(", ")))
        })?;
        let file = sources.number(&format!("services/{}/{}.csv", self.service, self.table));
        let notes = file.and_then(|file| sources.get(file)).and_then(|source| definition::notes(source.text()));
        let names: Vec<String> = notes.iter().map(|_| "note".to_owned()).collect();
        let notes: Vec<Vec<String>> = notes.into_iter().flatten().map(|note| vec![note]).collect();
        let exported = Exported {
            name: &self.table,
            rules: table.table.rules(),
            defaults: &[],
            annotation_names: &names,
            annotations: &notes,
        };
        say(dmn::export(&self.service, &[exported]).trim_end())?;
        Ok(ExitCode::SUCCESS)
    }
}
