//! One decision table, decided again and again, beside dsntk on the same table, the same contexts and with the same answers.

use std::process::Command;

use serde_json::json;

use crate::bench::{Figures, example};
use crate::command;
use crate::failure::Failure;
use crate::workspace::Workspace;

/// The table: a licence's, with a code, a use, a balance and an amount.
const TABLE: [&str; 2] = ["activity-licence", "eligibility"];

/// Runs it.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let rate = example::build(workspace, "definition", "table_rate")?;
    let peer = peer(workspace)?;
    let folder = example::folder(workspace, "table")?;
    let mut figures = example::figures(Command::new(rate).arg(example::zone(workspace)).args(TABLE).arg(&folder))?;
    let said = example::figures(Command::new(peer).arg(&folder))?;
    let different = example::number(&said, "different")?;
    if different > 0.0 {
        return Err(Failure::new(
            format!("dsntk answers {different} contexts otherwise"),
            format!("compare them in {}", folder.display()),
        ));
    }
    let peer_rate = example::number(&said, "peer_evaluations_per_s")?;
    let ratio = example::number(&figures, "evaluations_per_s")? / peer_rate;
    figures.insert("peer_evaluations_per_s".to_owned(), json!(peer_rate));
    figures.insert("ratio_to_peer".to_owned(), json!(ratio));
    Ok(figures)
}

/// The peer, built in a workspace of its own.
fn peer(workspace: &Workspace) -> Result<std::path::PathBuf, Failure> {
    let target = workspace.oracles().join("bench-dsntk");
    let manifest = workspace.oracle_pins().join("bench/dsntk/Cargo.toml");
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--locked", "--quiet", "--manifest-path"]).arg(manifest);
    cargo.arg("--target-dir").arg(&target);
    command::show_and_run(&mut cargo, "look at what it says; it needs a C compiler and cmake")?;
    Ok(target.join("release/dsntk-peer"))
}
