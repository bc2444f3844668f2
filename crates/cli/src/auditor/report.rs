//! `panjereh auditor report`.

use std::process::ExitCode;

use clap::Args;
use record::audited::AuditNote;
use serde_json::json;

use super::{Outcome, hand_in};
use crate::failure::{Failure, NO};
use crate::shared::{print_json, say};

/// Hand a signed note in to the zone that it is about; doing it again changes nothing.
///
/// Exit codes: 0 the zone has it, 1 it contradicts what the zone has (the zone keeps up to 100 such notes as evidence), 2 it could not be handed in.
#[derive(Args)]
pub struct Report {
    /// The file that `panjereh audit --sign KEYFILE --note FILE` wrote.
    note: String,
    /// The zone's address, such as `https://maku.example`.
    url: String,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Report {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let bytes = super::note(&self.note)?;
        AuditNote::parse(&bytes).map_err(|error| {
            Failure::new(
                format!("{} is no audit note: {error}", self.note),
                "hand in a file as `panjereh audit --sign KEYFILE --note FILE` wrote it, whole",
            )
        })?;
        let outcome = hand_in(&self.url, &bytes)?;
        if self.json {
            print_json(&json!({ "outcome": outcome.name() }))?;
        } else {
            say(outcome.told())?;
        }
        Ok(if matches!(outcome, Outcome::Contradicts | Outcome::ContradictsNotKept) {
            ExitCode::from(NO)
        } else {
            ExitCode::SUCCESS
        })
    }
}
