//! Five-step cases, each step durable, beside SpiffWorkflow with SQLite and one synced commit a step: one after the other, never at once.

use std::process::Command;

use serde_json::json;

use crate::bench::{Figures, example};
use crate::command;
use crate::failure::Failure;
use crate::workspace::Workspace;

/// How long each of the two runs.
const SECONDS: &str = "15";

/// Runs it.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let cases = example::build(workspace, "app", "cases")?;
    let python = peer(workspace)?;
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

/// A Python with the peer in it.
fn peer(workspace: &Workspace) -> Result<std::path::PathBuf, Failure> {
    let venv = workspace.oracles().join("bench-venv");
    let python = venv.join("bin/python");
    if !python.is_file() {
        let remedy = "install python3-venv, or look at the network";
        command::show_and_run(Command::new("python3").args(["-m", "venv"]).arg(&venv), remedy)?;
        let pins = workspace.oracle_pins().join("requirements-bench.txt");
        let mut pip = Command::new(&python);
        command::show_and_run(pip.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(pins), remedy)?;
    }
    Ok(python)
}
