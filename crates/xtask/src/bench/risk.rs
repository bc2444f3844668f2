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

/// What is scored by us and by LightGBM itself: the names of files, and of figures.
const SCORED: [(&str, &str); 2] = [("ours-trees", "ours_trees"), ("lightgbm", "lightgbm")];

/// Runs it.
pub fn run(workspace: &Workspace) -> Result<Figures, Failure> {
    let data = data(workspace)?;
    let (train, valid) = (data.join("df_syn_train_eng.csv.gz"), data.join("df_syn_valid_eng.csv.gz"));
    let python = example::python(workspace, "bench-risk-venv", "requirements-bench-risk.txt")?;
    let folder = example::folder(workspace, "risk")?;
    let train_to = |name: &str, settings: &[&str]| {
        let model = folder.join(name);
        let mut training = Command::new("cargo");
        training.current_dir(workspace.root()).args(["run", "--release", "--quiet", "--package", "risk-train", "--"]);
        training.arg(&train).arg("--model").arg(&model).args(settings);
        command::show_and_run(
            with_cmake(&mut training, &python),
            "install clang and libclang-dev; CMake comes from PyPI",
        )?;
        Ok::<_, Failure>(model)
    };
    let ours = train_to("ours.txt", &[])?;
    let without = train_to("without-amounts.txt", &["--without-amounts"])?;
    let script = workspace.oracle_pins().join("bench/risk_peers.py");
    let mut figures = example::figures(Command::new(&python).arg(script).arg(&train).arg(&valid).arg(&folder))?;
    let program = example::build(workspace, "customs", "risk")?;
    let measured = |model: &Path| example::figures(Command::new(&program).arg(model).arg(&valid).arg(&folder));
    // Without profiles of exact prices and weights, which are a trait of the sample.
    let own = measured(&without)?.into_iter().filter_map(|(name, value)| {
        let name = name.strip_prefix("ours_").filter(|name| !name.starts_with("trees_"))?;
        Some((format!("without_amounts_{name}"), value))
    });
    figures.extend(own);
    figures.extend(measured(&ours)?);
    // LightGBM's own, on the trees that were handed over by the run before.
    let script = workspace.oracle_pins().join("bench/risk_predict.py");
    figures
        .extend(example::figures(Command::new(&python).arg(script).arg(&folder).args(SCORED.map(|(name, _)| name)))?);
    for (_, called) in SCORED {
        let theirs = example::number(&figures, &format!("{called}_predicted_by_lightgbm_rows_per_s"))?;
        let ratio = example::number(&figures, &format!("{called}_scored_rows_per_s"))? / theirs;
        figures.insert(format!("{called}_ratio_to_lightgbm"), json!(ratio));
    }
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
