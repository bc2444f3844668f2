//! `panjereh auditor`: what an auditor does besides auditing.
//!
//! Must not know of: what an audit does.

mod hand_in;
mod key;
mod report;
mod verify;

use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;
use crate::shared::{block_on, read_at_most};

pub use hand_in::{Outcome, hand_in};
pub use key::open;

/// Make an auditor's key, hand in what an audit came to, or check what an auditor signed.
#[derive(Subcommand)]
pub enum Auditor {
    Key(key::Key),
    Report(report::Report),
    Verify(verify::Verify),
}

impl Auditor {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Key(verb) => verb.run(),
            Self::Report(verb) => verb.run(),
            Self::Verify(verb) => verb.run(),
        }
    }
}

/// The note in a file or at an address, at most one byte longer than a note may be.
fn note(place: &str) -> Result<Vec<u8>, Failure> {
    let most = record::audited::NOTE_BYTES_MAX;
    let bad = |why: &dyn std::fmt::Display| {
        Failure::new(
            format!("{place}: {why}"),
            "name the file that `panjereh audit --sign KEYFILE --note FILE` wrote, or a note's address",
        )
    };
    if place.starts_with("http://") || place.starts_with("https://") {
        let bounds = crate::fetch::Bounds { patience: hand_in::PATIENCE, most_bytes: most };
        return block_on(async { crate::fetch::fetch(place, bounds).await.map_err(|why| bad(&why)) });
    }
    read_at_most(Path::new(place), most).map_err(|error| bad(&error))
}
