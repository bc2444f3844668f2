//! The lines of a government's own answers, computed again from its declarations and a tariff.

use std::path::PathBuf;
use std::process::Command;

use serde_json::json;

use crate::bench::{Figures, example};
use crate::failure::Failure;
use crate::workspace::Workspace;

/// Runs it, with the published tariff and the general rates alone, and with further published rates.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let program = example::build(workspace, "customs", "tax_lines")?;
    let data = std::env::var_os("PANJEREH_DATA").map_or_else(|| workspace.root().join("../shared/data"), PathBuf::from);
    let data = data.join("customs");
    if !data.is_dir() {
        return Err(Failure::new(
            format!("there is no {}", data.display()),
            "name the folder of the data in PANJEREH_DATA",
        ));
    }
    let rows = workspace.root().join("crates/customs/examples/data");
    let run = |file: &str| example::figures(Command::new(&program).arg(&data).arg(rows.join(file)));
    let general = run("general-rates.csv")?;
    let mut figures = run("published-rates.csv")?;
    figures.insert("same_with_general_rates".to_owned(), json!(example::number(&general, "same")?));
    Ok(figures)
}
