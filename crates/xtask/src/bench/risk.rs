//! Risk: our model beside plain LightGBM and XGBoost, all trained on one year and measured on the quarter after it; and how fast rows are scored.
//!
//! All rankings are measured by the same code, `customs::risk::measure`. Training needs clang and a CMake of 3.28 or newer, for LightGBM's source.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::bench::{Figures, example};
use crate::command;
use crate::failure::Failure;
use crate::workspace::Workspace;

/// Runs it.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let data = data(workspace)?;
    let (train, valid) = (data.join("df_syn_train_eng.csv.gz"), data.join("df_syn_valid_eng.csv.gz"));
    let python = peers(workspace)?;
    let folder = example::folder(workspace, "risk")?;
    let model = folder.join("ours.txt");
    let mut training = Command::new("cargo");
    training.current_dir(workspace.root()).args(["run", "--release", "--quiet", "--package", "risk-train", "--"]);
    training.arg(&train).arg("--model").arg(&model);
    command::show_and_run(with_cmake(&mut training, &python), "install clang and libclang-dev; CMake comes from PyPI")?;
    let script = workspace.oracle_pins().join("bench/risk_peers.py");
    let mut figures = example::figures(Command::new(&python).arg(script).arg(&train).arg(&valid).arg(&folder))?;
    let program = example::build(workspace, "customs", "risk")?;
    figures.extend(example::figures(Command::new(program).arg(&model).arg(&valid).arg(&folder))?);
    let ratio = example::number(&figures, "scored_rows_per_s")? / example::number(&figures, "lightgbm_rows_per_s")?;
    figures.insert("ratio_to_lightgbm".to_owned(), json!(ratio));
    Ok(figures)
}

fn data(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let data = std::env::var_os("PANJEREH_DATA").map_or_else(|| workspace.root().join("../shared/data"), PathBuf::from);
    let data = data.join("customs/risk_kr");
    if data.is_dir() {
        return Ok(data);
    }
    Err(Failure::new(format!("there is no {}", data.display()), "name the folder of the data in PANJEREH_DATA"))
}

/// A Python with the peers in it, and with CMake.
fn peers(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let venv = workspace.oracles().join("bench-risk-venv");
    let python = venv.join("bin/python");
    let done = venv.join("installed");
    if !done.is_file() {
        let remedy = "install python3-venv, or look at the network";
        command::show_and_run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv), remedy)?;
        let pins = workspace.oracle_pins().join("requirements-bench-risk.txt");
        let mut pip = Command::new(&python);
        command::show_and_run(pip.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(pins), remedy)?;
        std::fs::write(&done, "").map_err(|error| Failure::new(format!("{}: {error}", done.display()), "make room"))?;
    }
    Ok(python)
}

/// With the CMake that stands beside that Python.
fn with_cmake<'c>(command: &'c mut Command, python: &Path) -> &'c mut Command {
    let beside = python.parent().map(Path::to_path_buf);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = beside.into_iter().chain(std::env::split_paths(&path));
    match std::env::join_paths(folders) {
        Ok(path) => command.env("PATH", path),
        Err(_) => command,
    }
}
