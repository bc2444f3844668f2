//! A record audited whole with two threads, inclusion proofs made and checked, and the suite of manipulations.
//!
//! No peer runs here: none is known that does an administration's acts again.

use std::process::Command;

use crate::bench::{Figures, example};
use crate::failure::Failure;
use crate::workspace::Workspace;

/// People in the record, some 45 events each.
const PEOPLE: &str = "6000";

/// Runs it.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let audit = example::build(workspace, "audit", "audit_rate")?;
    let folder = example::folder(workspace, "audit")?;
    let figures = example::figures(Command::new(audit).arg(example::zone(workspace)).arg(&folder).arg(PEOPLE))?;
    drop(std::fs::remove_dir_all(folder));
    Ok(figures)
}
