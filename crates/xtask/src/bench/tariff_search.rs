//! How often the right code is found by what goods are called, beside plain BM25 over the same descriptions.

use std::path::PathBuf;
use std::process::Command;

use crate::bench::{Figures, example};
use crate::failure::Failure;
use crate::workspace::Workspace;

/// Names a folder of further query sets: tables with the columns `query` and `code`.
const QUERIES: &str = "PANJEREH_QUERIES";

/// Runs it over the trade test's descriptions and the UK tariff's, and whatever tables are at hand.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let program = example::build(workspace, "search", "recall")?;
    let data = std::env::var_os("PANJEREH_DATA").map_or_else(|| workspace.root().join("../shared/data"), PathBuf::from);
    let data = data.join("customs");
    if !data.is_dir() {
        return Err(Failure::new(
            format!("there is no {}", data.display()),
            "name the folder of the data in PANJEREH_DATA",
        ));
    }
    example::figures(Command::new(&program).arg(&data).args(tables()?))
}

/// The tables of the folder, in the order of their names.
fn tables() -> Result<Vec<PathBuf>, Failure> {
    let Some(folder) = std::env::var_os(QUERIES).map(PathBuf::from) else { return Ok(Vec::new()) };
    let unreadable = |error: std::io::Error| {
        Failure::new(format!("{}: {error}", folder.display()), format!("name a folder of tables in {QUERIES}"))
    };
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            tables.push(path);
        }
    }
    tables.sort();
    Ok(tables)
}
