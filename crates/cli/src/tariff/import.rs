//! `panjereh tariff import`.

mod hs2022;
mod national_book;
mod uk_global_tariff;

use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;
use customs::nomenclature::{Entry, write};

use crate::failure::Failure;

/// Print a published tariff as a tariff's file, and what its codes stand for as a nomenclature.
///
/// What cannot be taken over is named, never guessed.
#[derive(Subcommand)]
pub enum Import {
    Hs2022(hs2022::Hs2022),
    NationalBook(national_book::NationalBook),
    UkGlobalTariff(uk_global_tariff::UkGlobalTariff),
}

impl Import {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Hs2022(verb) => verb.run(),
            Self::NationalBook(verb) => verb.run(),
            Self::UkGlobalTariff(verb) => verb.run(),
        }
    }
}

/// The nomenclature of these entries, as text.
fn nomenclature(entries: &[Entry]) -> Result<String, Failure> {
    write(entries).map_err(|error| Failure::new(error, "see that there is memory left, then start again"))
}

/// Writes a nomenclature's file: whole or not at all, so that what stood there is not lost to a full disk.
fn keep(entries: &[Entry], file: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::new(format!("{}: {error}", file.display()), "name a file that can be written, on a disk with room")
    };
    let mut beside = file.as_os_str().to_owned();
    beside.push(".part");
    let beside = Path::new(&beside);
    std::fs::write(beside, nomenclature(entries)?).map_err(failed)?;
    std::fs::rename(beside, file).map_err(failed)
}
