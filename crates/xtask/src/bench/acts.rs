//! Acts through HTTP: beside the same rows inserted raw, and beside the same acts with every guard on, in the same run.
//!
//! `ratio_to_raw` is the time that SQLite alone took for the rows of the run over the time that the acts took. The rows are all events of the
//! measured acts, and of the other tables every row that the run left; they are inserted in transactions of [`ROWS_PER_COMMIT`].
//!
//! Then it is all done again on an empty store with signatures of officers, draws with a second institution, and a log that two witnesses must cosign: the
//! figures that begin with `guarded`. At last with one of the three at a time. How, and what is left out of the measured part, is told in
//! `crates/cli/examples/acts/measure/mod.rs`.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::bench::{Figures, example};
use crate::failure::Failure;
use crate::workspace::Workspace;

/// Cases that are filed; three acts are done in each.
const CASES: &str = "20000";
/// Cases that are filed one after the other in the run with all guards, ten a second: enough for a 99th of a hundred.
const PACED: &str = "200";
/// About what a group commit of 256 acts in flight holds.
const ROWS_PER_COMMIT: &str = "512";

/// What the guards are called.
const SIGNATURES: &str = "signatures";
const DRAWS: &str = "draws";
const WITNESSES: &str = "witnesses";
const ALL: [&str; 3] = [SIGNATURES, DRAWS, WITNESSES];

/// Figures that are told of the guarded run under their own name after `guarded_`: those that stand beside the run without.
const BESIDE: [&str; 8] = [
    "acts_per_s",
    "p50_ms",
    "p99_ms",
    "filed_per_s",
    "processor_per_act_us",
    "processor_per_filing_us",
    "helpers_per_act_us",
    "helpers_per_filing_us",
];
/// Figures that only the guarded run has, or that mean something else in it: what the example calls them, and what they are called here.
const ITS_OWN: [(&str, &str); 7] = [
    ("published_p50_ms", "witnessed_p50_ms"),
    ("published_p99_ms", "witnessed_p99_ms"),
    ("paced_published_p50_ms", "paced_witnessed_p50_ms"),
    ("paced_published_p99_ms", "paced_witnessed_p99_ms"),
    ("drawn_p50_ms", "drawn_p50_ms"),
    ("drawn_p99_ms", "drawn_p99_ms"),
    ("burst_drawn_p50_ms", "burst_drawn_p50_ms"),
];

/// Runs it.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let acts = Acts {
        example: example::build(workspace, "cli", "acts")?,
        panjereh: example::program(workspace)?,
        zone: example::zone(workspace),
    };
    let raw = example::build(workspace, "store-sqlite", "raw_rows")?;
    let folder = example::folder(workspace, "acts")?;
    let plain = acts.measure(&folder, &[])?;
    let first = example::number(&plain, "first_position")?.to_string();
    let store = folder.join("store.sqlite");
    let raw = example::figures(Command::new(raw).arg(store).args([first.as_str(), ROWS_PER_COMMIT]))?;
    let guarded = |guards: &[&str]| {
        let folder = example::folder(workspace, "acts-guarded")?;
        acts.measure(&folder, guards)
    };
    let mut figures = plain.clone();
    let ratio = example::number(&raw, "seconds")? / example::number(&plain, "seconds")?;
    figures.insert("raw_rows".to_owned(), json!(example::number(&raw, "rows")?));
    figures.insert("raw_rows_per_s".to_owned(), json!(example::number(&raw, "raw_rows_per_s")?));
    figures.insert("ratio_to_raw".to_owned(), json!(ratio));
    figures.extend(with_all(&plain, &guarded(&ALL)?)?);
    for guard in ALL {
        figures.extend(with_one(guard, &plain, &guarded(&[guard])?)?);
    }
    Ok(figures)
}

/// The example, and what it needs.
struct Acts {
    example: PathBuf,
    panjereh: PathBuf,
    zone: PathBuf,
}

impl Acts {
    fn measure(&self, folder: &Path, guards: &[&str]) -> Result<Figures, Failure> {
        let paced = if guards.len() == ALL.len() { PACED } else { "0" };
        let mut command = Command::new(&self.example);
        command.arg(&self.zone).arg(folder).args([CASES, paced]).arg(&self.panjereh).args(guards);
        example::figures(&mut command)
    }
}

/// What is told of the run with all guards.
fn with_all(plain: &Figures, guarded: &Figures) -> Result<Figures, Failure> {
    let mut figures = Figures::new();
    for name in BESIDE {
        figures.insert(format!("guarded_{name}"), json!(example::number(guarded, name)?));
    }
    for (name, called) in ITS_OWN {
        figures.insert(called.to_owned(), json!(example::number(guarded, name)?));
    }
    figures.insert("guarded_ratio".to_owned(), json!(ratio("acts_per_s", plain, guarded)?));
    figures.insert("guarded_filed_ratio".to_owned(), json!(ratio("filed_per_s", plain, guarded)?));
    Ok(figures)
}

/// What is told of the run with one guard.
fn with_one(guard: &str, plain: &Figures, guarded: &Figures) -> Result<Figures, Failure> {
    let mut figures = Figures::new();
    for (rate, called) in [("acts_per_s", "ratio"), ("filed_per_s", "filed_ratio")] {
        figures.insert(format!("{guard}_{rate}"), json!(example::number(guarded, rate)?));
        figures.insert(format!("{guard}_{called}"), json!(ratio(rate, plain, guarded)?));
    }
    Ok(figures)
}

fn ratio(rate: &str, plain: &Figures, guarded: &Figures) -> Result<f64, Failure> {
    Ok(example::number(guarded, rate)? / example::number(plain, rate)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(acts_per_s: f64, filed_per_s: f64) -> Figures {
        let names = BESIDE.into_iter().chain(ITS_OWN.map(|(name, _)| name));
        let mut figures: Figures = names.map(|name| (name.to_owned(), json!(7.0))).collect();
        figures.insert("acts_per_s".to_owned(), json!(acts_per_s));
        figures.insert("filed_per_s".to_owned(), json!(filed_per_s));
        figures
    }

    #[test]
    fn the_guarded_run_is_told_beside_the_run_without() {
        let told = with_all(&figures(1000.0, 800.0), &figures(500.0, 200.0)).unwrap();
        assert_eq!(told["guarded_acts_per_s"], 500.0);
        assert_eq!(told["guarded_ratio"], 0.5);
        assert_eq!(told["guarded_filed_ratio"], 0.25);
        assert_eq!(told["witnessed_p50_ms"], 7.0);
        // The figures of the run without stay what they are.
        assert!(BESIDE.iter().all(|name| !told.contains_key(*name)));
    }

    #[test]
    fn a_run_that_lacks_a_figure_is_no_run() {
        let mut unwitnessed = figures(1.0, 1.0);
        unwitnessed.remove("published_p50_ms");
        assert!(with_all(&figures(1.0, 1.0), &unwitnessed).unwrap_err().to_string().contains("published_p50_ms"));
    }
}
