//! `panjereh export xes`.

use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

use clap::Args;

use crate::extract::Cases;
use crate::failure::Failure;
use crate::shared::block_on;

/// Print the record as an event log with a trace for each case (XES, IEEE 1849-2016).
///
/// It says of events and cases what the public log says, with roles and never persons. `panjereh rehearse` reads XES, too. It needs the store alone and no
/// keys, writes nothing to it, and the zone may run.
///
/// Exit codes: 0 done, 2 it could not run or was broken off (then what was printed is no whole file), or no case was filed in the period.
#[derive(Args)]
pub struct Xes {
    #[command(flatten)]
    cases: Cases,
}

impl Xes {
    pub fn run(self) -> Result<ExitCode, Failure> {
        block_on(async {
            let store = self.cases.store().await?;
            let mut out = BufWriter::new(std::io::stdout().lock());
            app::xes::export(&*store, &self.cases.selection(), &mut out).await?;
            Ok(out.flush()?)
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
