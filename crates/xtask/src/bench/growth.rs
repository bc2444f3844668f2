//! What an act costs, and how much memory the process holds, with ten thousand cases, a hundred thousand and a million.

use std::process::Command;

use crate::bench::{Figures, example};
use crate::failure::Failure;
use crate::workspace::Workspace;

/// Where along the way it is measured.
const CASES: [&str; 3] = ["10000", "100000", "1000000"];

/// Runs it.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let growth = example::build(workspace, "app", "growth")?;
    let folder = example::folder(workspace, "growth")?;
    let figures = example::figures(Command::new(growth).arg(example::zone(workspace)).arg(&folder).args(CASES))?;
    // A million cases take gigabytes, and nobody looks at them again.
    drop(std::fs::remove_dir_all(folder));
    Ok(figures)
}
