//! `panjereh tariff import uk-global-tariff`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use customs::tariff::import;
use jiff::civil::Date;

use crate::failure::{Failure, NO};
use crate::shared::say;
use crate::tables;

/// Print the UK Global Tariff, as the Department for International Trade published it, as a tariff's file: its duties as A00, the European Union's as A50.
///
/// What cannot be taken over is named on the standard error, never guessed. Exit codes: 0 all is taken over, 1 some measures are left out, 2 the file could not be read.
#[derive(Args)]
pub struct UkGlobalTariff {
    /// The file.
    file: PathBuf,
    /// The day from which its measures hold.
    #[arg(long, value_name = "DATE", value_parser = crate::shared::day)]
    valid_from: Date,
    /// Where to write what the codes stand for.
    #[arg(long, value_name = "FILE")]
    nomenclature: Option<PathBuf>,
}

impl UkGlobalTariff {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let path = self.file.display();
        let text = tables::text(&self.file)?;
        let imported = import::uk_global_tariff(&text, &self.valid_from.to_string())
            .map_err(|fault| Failure::new(format!("{path}: {fault}"), fault.help()))?;
        if let Some(file) = &self.nomenclature {
            super::keep(&imported.entries, file)?;
        }
        say(imported.file.trim_end())?;
        for left in &imported.left {
            let what = format!("{path}:{}: {} {} is left out: {}", left.line, left.commodity, left.tax, left.fault);
            // Where nobody reads the standard error there is nobody to tell.
            drop(writeln!(std::io::stderr(), "{what}"));
        }
        Ok(if imported.left.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }
}
