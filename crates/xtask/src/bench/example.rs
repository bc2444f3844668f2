//! Building an example of a crate in release mode, running it, and reading the one JSON object that it prints.
//!
//! It must not know what the example measures.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::bench::Figures;
use crate::command;
use crate::failure::Failure;
use crate::workspace::Workspace;

/// Builds the example; where it is.
pub fn build(workspace: &Workspace, package: &str, example: &str) -> Result<PathBuf, Failure> {
    build_of(workspace, &["--package", package, "--example", example])?;
    Ok(released(workspace).join("examples").join(example))
}

/// Builds the program; where it is.
pub fn program(workspace: &Workspace) -> Result<PathBuf, Failure> {
    build_of(workspace, &["--package", "cli", "--bin", "panjereh"])?;
    Ok(released(workspace).join("panjereh"))
}

fn build_of(workspace: &Workspace, what: &[&str]) -> Result<(), Failure> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace.root()).args(["build", "--release", "--quiet"]).args(what);
    command::show_and_run(&mut cargo, "mend what does not compile")
}

fn released(workspace: &Workspace) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.root().join("target"), PathBuf::from);
    target.join("release")
}

/// A Python of its own under `target/oracles`, with what a file of pins names.
pub fn python(workspace: &Workspace, venv: &str, pins: &str) -> Result<PathBuf, Failure> {
    let venv = workspace.oracles().join(venv);
    let (python, done) = (venv.join("bin/python"), venv.join("installed"));
    let pins = workspace.oracle_pins().join(pins);
    let unreadable =
        |error: std::io::Error| Failure::new(format!("{}: {error}", pins.display()), "make room, or rights for it");
    let wanted = std::fs::read(&pins).map_err(unreadable)?;
    // What was installed for other pins, or half, is made again.
    if std::fs::read(&done).is_ok_and(|there| there == wanted) {
        return Ok(python);
    }
    let remedy = "install python3-venv, or look at the network";
    command::show_and_run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv), remedy)?;
    let mut pip = Command::new(&python);
    command::show_and_run(pip.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(&pins), remedy)?;
    std::fs::write(&done, wanted).map_err(unreadable)?;
    Ok(python)
}

/// Runs a program; the JSON object on its last line.
pub fn figures(program: &mut Command) -> Result<Figures, Failure> {
    let said = command::ask(program, "run it by hand and see what it says")?;
    let last = said.lines().last().unwrap_or_default();
    match serde_json::from_str(last) {
        Ok(Value::Object(figures)) => Ok(figures),
        _ => {
            Err(Failure::new(format!("no JSON object on the last line: {last}"), "run it by hand and see what it says"))
        }
    }
}

/// A figure that must be there.
pub fn number(figures: &Figures, name: &str) -> Result<f64, Failure> {
    let number = figures.get(name).and_then(Value::as_f64);
    number.ok_or_else(|| Failure::new(format!("no figure {name}"), "see what the example prints"))
}

/// An empty folder on the disk of the workspace, since a disk in memory would measure nothing.
pub fn folder(workspace: &Workspace, name: &str) -> Result<PathBuf, Failure> {
    let folder = workspace.root().join("target/bench").join(name);
    let failed =
        |error: std::io::Error| Failure::new(format!("{}: {error}", folder.display()), "make room or rights for it");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(failed)?;
    }
    std::fs::create_dir_all(&folder).map_err(failed)?;
    Ok(folder)
}

/// The reference zone.
pub fn zone(workspace: &Workspace) -> PathBuf {
    Path::new(workspace.root()).join("zones/maku")
}
