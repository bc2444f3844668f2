//! Other people's programs from PyPI and npm, installed under `target/oracles` in the versions of `tests/oracles`.
//!
//! It must not know what tests do with them, nor anything of Debian's packages: that is `needs`.
//!
//! An installation is current when the copy of its pins beside it, written last, equals the committed ones; so one
//! that broke off is done again.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::command;
use crate::failure::Failure;
use crate::workspace::Workspace;

/// Installs what is missing or of another version, and gives the environment that leads tests to it.
pub fn provide(workspace: &Workspace) -> Result<Vec<(&'static str, OsString)>, Failure> {
    let (pins, home) = (workspace.oracle_pins(), workspace.oracles());
    let venv = home.join("venv");
    python("python3".as_ref(), &pins.join("requirements.txt"), &venv)?;
    let node = home.join("node");
    npm(&pins, &node)?;
    let mut environment = vec![
        ("PANJEREH_PYTHON", venv.join("bin/python").into()),
        ("PANJEREH_AXE", node.join("node_modules/axe-core/axe.min.js").into()),
        ("PANJEREH_SIMPLEWEBAUTHN", node.join("node_modules/@simplewebauthn/server/esm/index.js").into()),
        ("PANJEREH_OIDC_PROVIDER", node.join("node_modules/oidc-provider/lib/index.js").into()),
        ("PANJEREH_FEELIN", node.join("node_modules/feelin/dist/index.js").into()),
    ];
    environment.extend(witness(&pins, &home)?);
    Ok(environment)
}

/// The pins that need a newer Python than Debian 12 has, where the machine has one.
fn witness(pins: &Path, home: &Path) -> Result<Option<(&'static str, OsString)>, Failure> {
    let Some(newer) = newer_python() else {
        eprintln!(
            "no Python of 3.12 or newer: the tests against PyPI's aics-witness skip; put one on the PATH, or name it in {NEWER_PYTHON}"
        );
        return Ok(None);
    };
    let venv = home.join("venv-witness");
    python(&newer, &pins.join("requirements-witness.txt"), &venv)?;
    Ok(Some(("PANJEREH_WITNESS_PYTHON", venv.join("bin/python").into())))
}

/// Names a Python that is not on the `PATH`.
const NEWER_PYTHON: &str = "PANJEREH_NEWER_PYTHON";

fn newer_python() -> Option<OsString> {
    let names = ["python3", "python3.14", "python3.13", "python3.12"].map(OsString::from);
    let is_new = |program: &OsString| {
        let asked = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))";
        Command::new(program).args(["-c", asked]).output().is_ok_and(|output| output.status.success())
    };
    std::env::var_os(NEWER_PYTHON).into_iter().chain(names).find(is_new)
}

fn python(program: &OsStr, requirements: &Path, venv: &Path) -> Result<(), Failure> {
    let done = venv.join("requirements.txt");
    if same(requirements, &done) {
        return Ok(());
    }
    let remedy = "check that the machine reaches PyPI, and that its Python is at least 3.11";
    eprintln!("installing the pins of {} into {}:", requirements.display(), venv.display());
    command::show_and_run(Command::new(program).args(["-m", "venv", "--clear"]).arg(venv), remedy)?;
    let mut pip = Command::new(venv.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(requirements);
    command::show_and_run(&mut pip, remedy)?;
    copy(requirements, &done)
}

fn npm(pins: &Path, node: &Path) -> Result<(), Failure> {
    let (lock, done) = (pins.join("package-lock.json"), node.join("installed.json"));
    if same(&lock, &done) {
        return Ok(());
    }
    let remedy = "check that the machine reaches the npm registry";
    eprintln!("installing the pins of {} into {}:", lock.display(), node.display());
    fs::create_dir_all(node).map_err(|error| cannot("make", node, &error))?;
    copy(&pins.join("package.json"), &node.join("package.json"))?;
    copy(&lock, &node.join("package-lock.json"))?;
    let mut ci = Command::new("npm");
    ci.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(node);
    command::show_and_run(&mut ci, remedy)?;
    copy(&lock, &done)
}

fn same(pins: &Path, done: &Path) -> bool {
    matches!((fs::read(pins), fs::read(done)), (Ok(wanted), Ok(have)) if wanted == have)
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::copy(from, to).map(drop).map_err(|error| cannot(&format!("copy {} to", from.display()), to, &error))
}

fn cannot(verb: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot {verb} {}: {error}", path.display()), "check the disk's space and permissions")
}
