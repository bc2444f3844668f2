//! `panjereh tariff import`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use customs::tariff::import;
use jiff::civil::Date;

use crate::failure::{Failure, NO};
use crate::shared::{read_at_most, say};

/// The largest file that is read: 256 MiB.
const MAX_BYTES: usize = 256 << 20;

/// Print a published tariff as a tariff's file.
///
/// What cannot be taken over is named on the standard error, never guessed. Exit codes: 0 all is taken over, 1 some measures are left out, 2 the file could not be read.
#[derive(Args)]
pub struct Import {
    /// Whose file it is.
    #[arg(value_enum)]
    form: Form,
    /// The file.
    file: PathBuf,
    /// The day from which its measures hold.
    #[arg(long, value_name = "DATE")]
    valid_from: Date,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// The UK Global Tariff as the Department for International Trade published it: its duties as A00, the European Union's as A50.
    UkGlobalTariff,
}

impl Import {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let path = self.file.display();
        let bytes = read_at_most(&self.file, MAX_BYTES)
            .map_err(|error| Failure::new(format!("{path}: {error}"), "name a tariff's file"))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Failure::new(format!("{path}: byte {at} is not UTF-8"), "save the file as UTF-8")
        })?;
        let Form::UkGlobalTariff = self.form;
        let imported = import::uk_global_tariff(&text, &self.valid_from.to_string()).map_err(|fault| {
            Failure::new(format!("{path}: {fault}"), "name the table of commodities and duty rates")
        })?;
        say(imported.file.trim_end())?;
        for left in &imported.left {
            let what = format!("{path}:{}: {} {} is left out: {}", left.line, left.commodity, left.tax, left.fault);
            // Where nobody reads the standard error there is nobody to tell.
            drop(writeln!(std::io::stderr(), "{what}"));
        }
        Ok(if imported.left.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }
}
