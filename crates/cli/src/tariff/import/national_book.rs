//! `panjereh tariff import national-book`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use customs::tariff::import::national_book;
use definition::value::Date;

use crate::failure::Failure;
use crate::shared::say;
use crate::tables;

/// Print a national tariff book (codes, Persian and English names, customs duty, commercial profit, priority group) as a tariff's file.
///
/// The first row holds the heads, in Persian or English: کد تعرفه (code), شرح (fa), شرح انگلیسی (en), حقوق گمرکی (customs duty), سود بازرگانی (commercial profit); and if the
/// book has them حقوق ورودی (import duty, their sum), گروه اولویت (priority group), معتبر از (valid from), معتبر تا (valid to). A row without rates is a heading.
/// The two rates become the taxes CUD and COM. A book with a fault is refused as a whole, each fault with its line.
/// Exit codes: 0 done, 2 the file could not be read or has a fault.
#[derive(Args)]
pub struct NationalBook {
    /// The book, as CSV in UTF-8.
    file: PathBuf,
    /// The day from which its measures hold, unless the book says so itself.
    #[arg(long, value_name = "DATE", value_parser = crate::shared::day)]
    valid_from: Date,
    /// Where to write what the codes stand for.
    #[arg(long, value_name = "FILE")]
    nomenclature: Option<PathBuf>,
}

impl NationalBook {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let bytes = tables::bytes(&self.file)?;
        let book = national_book(&bytes, self.valid_from).map_err(|problems| {
            let told = problems.into_iter().map(|one| (one.line, format!("{}; {}", one.fault, one.fault.help())));
            tables::refused(&self.file, told)
        })?;
        if let Some(file) = &self.nomenclature {
            super::keep(&book.entries, file)?;
        }
        say(book.file.trim_end())?;
        Ok(ExitCode::SUCCESS)
    }
}
