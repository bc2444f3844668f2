//! Five-step cases, each step durable, beside SpiffWorkflow with SQLite and one synced commit a step: one after the other, never at once.

use std::process::Command;

use serde_json::json;

use crate::bench::{Figures, example};
use crate::failure::Failure;
use crate::workspace::Workspace;

/// How long each of the two runs.
const SECONDS: &str = "15";

/// Runs it.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let cases = example::build(workspace, "app", "cases")?;
    let python = example::python(workspace, "bench-venv", "requirements-bench.txt")?;
    let folder = example::folder(workspace, "cases")?;
    let mut figures = example::figures(Command::new(cases).arg(example::zone(workspace)).arg(&folder).arg(SECONDS))?;
    let script = workspace.oracle_pins().join("bench/spiff_cases.py");
    let spiff = example::folder(workspace, "spiff")?;
    let peer = example::figures(Command::new(python).arg(script).arg(spiff).arg(SECONDS))?;
    let peer_rate = example::number(&peer, "peer_cases_per_s")?;
    let ratio = example::number(&figures, "cases_per_s")? / peer_rate;
    figures.insert("peer_cases_per_s".to_owned(), json!(peer_rate));
    figures.insert("ratio_to_peer".to_owned(), json!(ratio));
    Ok(figures)
}
