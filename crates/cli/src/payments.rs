//! `panjereh payments`.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::accounts::beside;
use crate::config::ConfigFile;
use crate::failure::Failure;
use crate::shared::{block_on, print_json, say};

/// Payments read from the store at once.
const PART: u32 = 1000;

/// List the payments that no case took and that are to be given back.
#[derive(Subcommand)]
pub enum Payments {
    List(List),
}

impl Payments {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let Self::List(verb) = self;
        block_on(verb.run())?;
        Ok(ExitCode::SUCCESS)
    }
}

/// List the payments that no case took and that are to be given back; the zone may be running.
///
/// The treasury takes one off the list with POST /api/v1/payments/returned.
///
/// Exit codes: 0 done, 2 it could not run.
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    config: ConfigFile,
    /// Print a list of JSON objects.
    #[arg(long)]
    json: bool,
}

impl List {
    async fn run(self) -> Result<(), Failure> {
        let app = beside(self.config.read()?).await?;
        let (mut payments, mut next) = app.unapplied_payments(None, PART).await?;
        while next.is_some() {
            let (part, after) = app.unapplied_payments(next, PART).await?;
            payments.extend(part);
            next = after;
        }
        payments.sort_by_key(|payment| payment.at);
        if self.json {
            return print_json(&payments);
        }
        for payment in payments {
            let app::Unapplied { case, receipt, amount, at, why } = payment;
            // A receipt may have any characters: none of them is to move the terminal's cursor.
            say(format_args!(
                "{at}  {case}  {}  {} {}  {why}",
                receipt.escape_debug(),
                amount.amount(),
                amount.currency
            ))?;
        }
        Ok(())
    }
}
