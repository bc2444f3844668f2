//! Customs: declarations read and assessed on one core, beside lxml that only makes trees of the same files; whole declarations through HTTP, durable and logged; and goods
//! moved in the accounts, in memory and through HTTP. What is durable stands beside the same rows inserted raw, in the same run.
//!
//! `ratio_to_raw` is the time that SQLite alone took for the rows that a run left, over the time of the run. Declarations and
//! assessments of up to 64 KiB are among the rows.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::bench::{Figures, example};
use crate::failure::Failure;
use crate::workspace::Workspace;

/// How often lxml goes over all files; the fastest counts, as on our side.
const ROUNDS: &str = "9";
/// Whole declarations of one item.
const SINGLE: [&str; 2] = ["10000", "1"];
/// Declarations of so many items as a case takes without an officer in the reference zone: each item is a movement.
const LONG: [&str; 2] = ["1000", "50"];
/// About what a group commit holds, as in `acts`.
const ROWS_PER_COMMIT: &str = "512";

/// Runs it.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let mut figures = read(workspace)?;
    let goods = example::build(workspace, "customs", "goods_rate")?;
    let goods = example::figures(&mut Command::new(goods))?;
    for (name, called) in [("decided_per_second", "moved_in_memory_per_s"), ("folded_per_second", "folded_per_s")] {
        figures.insert(called.to_owned(), json!(example::number(&goods, name)?));
    }
    let served = Served {
        example: example::build(workspace, "cli", "declarations")?,
        raw: example::build(workspace, "store-sqlite", "raw_rows")?,
        zone: example::zone(workspace),
    };
    figures.extend(served.measure(&example::folder(workspace, "customs-single")?, SINGLE)?);
    let long = served.measure(&example::folder(workspace, "customs-long")?, LONG)?;
    figures.extend(long.into_iter().map(|(name, value)| (format!("long_{name}"), value)));
    Ok(figures)
}

/// Declarations read and assessed, and the peer.
fn read(workspace: &Workspace) -> Result<Figures, Failure> {
    let ours = example::build(workspace, "customs", "declaration_rate")?;
    let python = example::python(workspace, "bench-venv", "requirements-bench.txt")?;
    let folder = example::folder(workspace, "customs-declarations")?;
    let data = std::env::var_os("PANJEREH_DATA").map_or_else(|| workspace.root().join("../shared/data"), PathBuf::from);
    let data = data.join("customs");
    let mut ours = Command::new(ours);
    ours.arg(&folder);
    if data.join("hmrc").is_dir() {
        ours.arg(data);
    } else {
        eprintln!("there is no {}: the declarations are made by hand", data.display());
    }
    let mut figures = example::figures(&mut ours)?;
    let script = workspace.oracle_pins().join("bench/lxml_tokens.py");
    let peer = example::figures(Command::new(python).arg(script).arg(folder).arg(ROUNDS))?;
    if peer.get("files") != figures.get("declarations") {
        return Err(Failure::new(
            "lxml read other files than we did",
            "see what is in target/bench/customs-declarations",
        ));
    }
    let peer = example::number(&peer, "lxml_per_s")?;
    let ratio = example::number(&figures, "read_and_assessed_per_s")? / peer;
    figures.insert("lxml_per_s".to_owned(), json!(peer));
    figures.insert("ratio_to_lxml".to_owned(), json!(ratio));
    Ok(figures)
}

/// What a zone is served and measured by.
struct Served {
    example: PathBuf,
    raw: PathBuf,
    zone: PathBuf,
}

impl Served {
    fn measure(&self, folder: &Path, [declarations, items]: [&str; 2]) -> Result<Figures, Failure> {
        let mut command = Command::new(&self.example);
        let mut figures = example::figures(command.arg(&self.zone).arg(folder).args([declarations, items]))?;
        let first = example::number(&figures, "first_position")?.to_string();
        let store = folder.join("store.sqlite");
        let raw = example::figures(Command::new(&self.raw).arg(store).args([first.as_str(), ROWS_PER_COMMIT]))?;
        let ratio = example::number(&raw, "seconds")? / example::number(&figures, "seconds")?;
        figures.insert("raw_rows".to_owned(), json!(example::number(&raw, "rows")?));
        figures.insert("raw_rows_per_s".to_owned(), json!(example::number(&raw, "raw_rows_per_s")?));
        figures.insert("ratio_to_raw".to_owned(), json!(ratio));
        Ok(figures)
    }
}
