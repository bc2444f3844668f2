//! `panjereh table`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use definition::dmn::{self, Exported, Logic};

use crate::failure::{Failure, NO};
use crate::shared::{say, sound_zone};

/// Exchange decision tables with other people's tools.
#[derive(Subcommand)]
pub enum Table {
    Export(Export),
    Import(Import),
}

impl Table {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Export(verb) => verb.run(),
            Self::Import(verb) => verb.run(),
        }
    }
}

/// Print a service's decision table as DMN 1.5.
///
/// Exit codes: 0 done, 2 the zone has problems, or no such service or table.
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
    fn run(self) -> Result<ExitCode, Failure> {
        let zone = sound_zone(&self.zone)?;
        let service = zone.services().get(&self.service).ok_or_else(|| {
            let there: Vec<&str> = zone.services().keys().map(String::as_str).collect();
            Failure::new(format!("there is no service {}", self.service), format!("there are {}", there.join(", ")))
        })?;
        let table = service.tables.get(&self.table).ok_or_else(|| {
            let there: Vec<&str> = service.tables.keys().map(String::as_str).collect();
            Failure::new(format!("there is no table {}", self.table), format!("there are {}", there.join(", ")))
        })?;
        let exported = Exported {
            name: &self.table,
            rules: table.table.rules(),
            defaults: &[],
            annotation_names: &[],
            annotations: &[],
        };
        say(dmn::export(&self.service, &[exported]).trim_end())?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Print the decision tables of a DMN file (1.1 to 1.5) as tables of this language; what cannot be said in it is named.
///
/// Exit codes: 0 done, 1 something cannot be said in this language, 2 the file could not be read.
#[derive(Args)]
pub struct Import {
    /// The DMN file.
    file: PathBuf,
}

impl Import {
    fn run(self) -> Result<ExitCode, Failure> {
        let bad = |why: &dyn std::fmt::Display| {
            Failure::new(format!("{}: {why}", self.file.display()), "export it again as DMN 1.5 XML")
        };
        let xml = std::fs::read_to_string(&self.file).map_err(|error| bad(&error))?;
        let decisions = dmn::import(&xml).map_err(|errors| {
            let list: Vec<String> =
                errors.iter().map(|error| format!("byte {}: {}", error.span.start, error.kind)).collect();
            bad(&list.join("; "))
        })?;
        let mut outside = false;
        for decision in decisions {
            match decision.logic {
                Logic::Table(table) => print_table(&decision.name, &table)?,
                Logic::Outside(why) => {
                    outside = true;
                    drop(writeln!(std::io::stderr(), "{}: not in this language: {why:?}", decision.name));
                }
            }
        }
        Ok(if outside { ExitCode::from(NO) } else { ExitCode::SUCCESS })
    }
}

/// A table as the file of a service would hold it.
fn print_table(name: &str, table: &dmn::DmnTable) -> Result<(), Failure> {
    let raw = &table.raw;
    let mut out = csv_line(std::iter::once(format!("hit: {}", raw.hit.value)));
    let inputs = raw.inputs.iter().map(|input| format!("in:{}", input.value));
    let outputs = raw.outputs.iter().map(|output| format!("out:{}", output.value));
    out.push_str(&csv_line(inputs.chain(outputs)));
    for row in &raw.rows {
        out.push_str(&csv_line(row.inputs.iter().chain(&row.outputs).map(|cell| cell.value.clone())));
    }
    say(format_args!("# {name}\n{out}"))
}

/// One line of CSV (RFC 4180).
fn csv_line(cells: impl Iterator<Item = String>) -> String {
    let quoted = cells.map(|cell| match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    });
    let mut line = quoted.collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}
