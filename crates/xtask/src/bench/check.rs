//! Checking a catalogue of 200 services, and examining a table of 200 rows and 8 columns for gaps and overlaps.

use std::process::Command;

use crate::bench::{Figures, example};
use crate::failure::Failure;
use crate::workspace::Workspace;

/// Runs it.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let check = example::build(workspace, "definition", "check_rate")?;
    example::figures(Command::new(check).arg(example::zone(workspace)))
}
