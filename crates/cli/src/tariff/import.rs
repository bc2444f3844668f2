//! `panjereh tariff import`.

mod hs2022;
mod national_book;
mod uk_global_tariff;

use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;
use customs::nomenclature::{Entry, write};
use definition::value::Date;

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

/// The year before which no published tariff began: a smaller one is of the Persian calendar, whose days files of tariffs do not have.
const FIRST_YEAR: i16 = 1600;

/// The first day of a tariff.
fn first_day(text: &str) -> Result<Date, String> {
    let day: Date = text.parse().map_err(|_| "it is no day; write one like 2026-03-21".to_owned())?;
    if day.year() < FIRST_YEAR {
        return Err(format!(
            "no tariff began in the year {} of the Gregorian calendar; write the day in that one, such as 2026-03-21",
            day.year()
        ));
    }
    Ok(day)
}
