//! `panjereh tariff import hs2022`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use customs::nomenclature;

use crate::failure::Failure;
use crate::shared::say;
use crate::tables;

/// Print the Harmonized System of 2022 as a nomenclature.
///
/// It has no duties, so there is no tariff's file of it. Exit codes: 0 done, 2 a file could not be read or has a fault.
#[derive(Args)]
pub struct Hs2022 {
    /// The table of codes: section, hscode, description, parent, level.
    file: PathBuf,
    /// The names of the sections: section, name. Without it, chapters stand under no section.
    #[arg(long, value_name = "FILE")]
    sections: Option<PathBuf>,
}

impl Hs2022 {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let sections = self.sections.as_deref().map(|file| tables::read(file, nomenclature::hs2022_sections));
        let mut entries = sections.transpose()?.unwrap_or_default();
        entries.extend(tables::read(&self.file, nomenclature::hs2022)?);
        say(super::nomenclature(&entries)?.trim_end())?;
        Ok(ExitCode::SUCCESS)
    }
}
