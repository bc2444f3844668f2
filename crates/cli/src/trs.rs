//! `panjereh trs`.

mod csv;
mod table;

use std::io::Write as _;
use std::process::ExitCode;

use app::trs::{LEAST, Question, study};
use clap::Args;

use crate::extract::Cases;
use crate::failure::Failure;
use crate::shared::{block_on, print_json};

/// Study how long cases take, step by step and by authority: a WCO Time Release Study of the record.
///
/// Counted are all cases that were filed in the period, each followed to its end. Each time is told as elapsed and as working time (the part that lies in
/// working days of the zone's calendar), and by whose it was: the authority's, the applicant's (the promise's clock stands still), or waiting that the
/// definition sets. Percentiles are of the nearest rank. With --by cases are told apart by a public fact, or by the route that a table took, such as the
/// channel. It needs the store alone and no keys, writes nothing, and the zone may run.
///
/// What fewer than --least applicants brought about is hidden, and what a single officer did, so that nobody is found in it; where subtracting would
/// lead to it, one figure more. It follows the WCO's Guide to Measure the Time Required for the Release of Goods, version 3 (2018).
///
/// Exit codes: 0 done, 2 it could not run, or no case was filed in the period.
#[derive(Args)]
pub struct Trs {
    #[command(flatten)]
    cases: Cases,
    /// Tell cases apart by this public fact, or by the route of this stage's table.
    #[arg(long, value_name = "FACT")]
    by: Option<String>,
    /// Hide what fewer applicants than this brought about; 1 hides nothing.
    #[arg(long, value_name = "COUNT", default_value_t = LEAST, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    least: u64,
    /// Print one JSON object with all figures, in seconds.
    #[arg(long)]
    json: bool,
    /// Print all figures as CSV, in seconds.
    #[arg(long, conflicts_with = "json")]
    csv: bool,
}

impl Trs {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let question = Question { selection: self.cases.selection(), by: self.by.clone(), least: self.least };
        let studied = block_on(async { Ok(study(&*self.cases.store().await?, &question).await?) })?;
        if self.json {
            print_json(&studied)?;
        } else {
            let text = if self.csv { csv::csv(&studied) } else { table::table(&studied) };
            let mut out = std::io::stdout().lock();
            out.write_all(text.as_bytes())?;
            out.flush()?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
