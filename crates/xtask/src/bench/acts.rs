//! Acts through HTTP, beside the same rows inserted raw in the same run.
//!
//! `ratio_to_raw` is the time that SQLite alone took for the rows of the run over the time that the acts took. The rows are all events of the
//! measured acts, and of the other tables every row that the run left; they are inserted in transactions of [`ROWS_PER_COMMIT`].

use std::process::Command;

use serde_json::json;

use crate::bench::{Figures, example};
use crate::failure::Failure;
use crate::workspace::Workspace;

/// Cases prepared; three acts are done in each.
const CASES: &str = "20000";
/// About what a group commit of 256 acts in flight holds.
const ROWS_PER_COMMIT: &str = "512";

/// Runs it.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let acts = example::build(workspace, "web", "acts")?;
    let raw = example::build(workspace, "store-sqlite", "raw_rows")?;
    let folder = example::folder(workspace, "acts")?;
    let mut figures = example::figures(Command::new(acts).arg(example::zone(workspace)).arg(&folder).arg(CASES))?;
    let first = example::number(&figures, "first_position")?.to_string();
    let store = folder.join("store.sqlite");
    let raw = example::figures(Command::new(raw).arg(store).args([first.as_str(), ROWS_PER_COMMIT]))?;
    let ratio = example::number(&raw, "seconds")? / example::number(&figures, "seconds")?;
    figures.insert("raw_rows".to_owned(), json!(example::number(&raw, "rows")?));
    figures.insert("raw_rows_per_s".to_owned(), json!(example::number(&raw, "raw_rows_per_s")?));
    figures.insert("ratio_to_raw".to_owned(), json!(ratio));
    Ok(figures)
}
