//! `panjereh export ocel`.

use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

use clap::Args;

use crate::extract::Cases;
use crate::failure::Failure;
use crate::shared::block_on;

/// Print the record as an object-centric event log (OCEL 2.0, JSON).
///
/// Events are those of the record; objects are cases, certificates, register records, and officers as roles, never as persons. Attributes and ids are what
/// the public log says. That two cases name the same record, such as a company, is more than it says, although the file does not say which: keep the file to
/// yourself, or leave records out with --public. It needs the store alone and no keys, writes nothing to it, and the zone may run.
///
/// Exit codes: 0 done, 2 it could not run or was broken off (then what was printed is no whole file), or no case was filed in the period.
#[derive(Args)]
pub struct Ocel {
    #[command(flatten)]
    cases: Cases,
    /// Nothing but what the public log says: leave register records out.
    #[arg(long)]
    public: bool,
}

impl Ocel {
    pub fn run(self) -> Result<ExitCode, Failure> {
        block_on(async {
            let store = self.cases.store().await?;
            let mut out = BufWriter::new(std::io::stdout().lock());
            app::ocel::export(&*store, &self.cases.selection(), !self.public, &mut out).await?;
            Ok(out.flush()?)
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
