//! What several verbs do: read and check a zone, run something async, print JSON.
//!
//! Must not know of: any one verb.

use std::future::Future;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use definition::{CheckedZone, Report};
use serde::Serialize;

use crate::failure::Failure;

/// A zone's folder, checked.
pub fn check_zone(folder: &Path) -> Result<Report, Failure> {
    let files = app::read_zone(folder).map_err(|error| {
        Failure::new(format!("the zone cannot be read: {error}"), "name the folder that holds zone.yaml")
    })?;
    Ok(definition::check(&files))
}

/// A zone's folder in which nothing is wrong.
pub fn sound_zone(folder: &Path) -> Result<CheckedZone, Failure> {
    let report = check_zone(folder)?;
    let problems = report.problems.len();
    match report.zone {
        Some(zone) if problems == 0 => Ok(zone),
        _ => Err(Failure::new(
            format!("{} has {problems} problems, and nothing runs unchecked", folder.display()),
            format!("see them with `panjereh check {}`", folder.display()),
        )),
    }
}

/// Runs something async to its end.
pub fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

/// Prints one JSON document.
pub fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    Ok(writeln!(out)?)
}

/// Whether people look at the standard output, and like colour.
pub fn colour() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}
