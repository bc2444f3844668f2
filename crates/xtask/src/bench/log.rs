//! Entries durable in the store, integrated in the log's tiles and signed, while cases that rules decide are submitted.
//!
//! No peer runs here: what one of the kind was measured at on such a machine stands in `docs/benchmarks.md`.

use std::process::Command;

use crate::bench::{Figures, example};
use crate::failure::Failure;
use crate::workspace::Workspace;

/// How long cases are submitted.
const SECONDS: &str = "15";

/// Runs it.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let log = example::build(workspace, "app", "log_rate")?;
    let folder = example::folder(workspace, "log")?;
    example::figures(Command::new(log).arg(example::zone(workspace)).arg(folder).arg(SECONDS))
}
