//! The Debian packages that the tests need, and how they get onto the machine.
//!
//! It must not know what comes from PyPI or npm: that is `oracles`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command;
use crate::failure::Failure;

/// One thing that must be on the machine, the Debian package that brings it, and who asks for it.
struct Need {
    present: Present,
    package: &'static str,
    why: &'static str,
}

/// How to tell that a thing is there, without asking the package manager: it may have come another way.
enum Present {
    Program(&'static str),
    File(&'static str),
    Python(&'static str),
    Postgres,
}

const NEEDS: [Need; 9] = [
    need(Present::Postgres, "postgresql-15", "the store's tests run on a server of their own"),
    need(Present::Program("python3"), "python3", "other people's CWT and API checkers are Python programs"),
    need(Present::Python("import venv, ensurepip"), "python3-venv", "those are installed apart from the system's"),
    need(Present::Program("node"), "nodejs", "the gate's modules run in it, and axe-core comes from npm"),
    need(Present::Program("npm"), "npm", "axe-core comes from npm"),
    need(Present::Program("chromium"), "chromium", "the browser tests"),
    need(Present::Program("chromedriver"), "chromium-driver", "the browser tests"),
    need(Present::Program("go"), "golang-go", "Go's own log verifier checks ours"),
    need(
        Present::File("/usr/share/gocode/src/golang.org/x/mod/sumdb/note/note.go"),
        "golang-golang-x-mod-dev",
        "Go's own log verifier checks ours",
    ),
];

const fn need(present: Present, package: &'static str, why: &'static str) -> Need {
    Need { present, package, why }
}

/// Installs what is missing, with one `apt-get update`, when we are root on Debian; otherwise names it all at once.
pub fn provide() -> Result<(), Failure> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !need.is_present()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        eprintln!("missing: {} ({})", need.package, need.why);
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    let by_hand = format!("as root: apt-get update && apt-get install {}", packages.join(" "));
    if !command::is_root() || command::on_path("apt-get").is_none() {
        return Err(Failure::new("the tests need packages that only root on Debian can install", by_hand));
    }
    install(&packages, &by_hand)?;
    match missing.iter().find(|need| !need.is_present()) {
        None => Ok(()),
        Some(need) => Err(Failure::new(format!("{} is installed, but not found", need.package), by_hand)),
    }
}

/// What tests are told of the packages.
pub fn environment() -> Vec<(&'static str, OsString)> {
    let programs = [
        ("PANJEREH_CHROMIUM", "chromium"),
        ("PANJEREH_CHROMEDRIVER", "chromedriver"),
        ("PANJEREH_GO", "go"),
        ("PANJEREH_NODE", "node"),
    ];
    programs.into_iter().filter_map(|(name, program)| Some((name, command::on_path(program)?.into()))).collect()
}

/// The folder of PostgreSQL's server programs, the newest version first; Debian keeps them off the `PATH`.
pub fn postgres_programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let number = |folder: &PathBuf| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter_map(|folder| Some((number(&folder)?, folder.join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .collect();
    folders.sort();
    folders.pop().map(|(_, bin)| bin)
}

impl Need {
    fn is_present(&self) -> bool {
        match self.present {
            Present::Program(name) => command::on_path(name).is_some(),
            Present::File(path) => Path::new(path).is_file(),
            Present::Python(code) => {
                Command::new("python3").args(["-c", code]).output().is_ok_and(|output| output.status.success())
            }
            Present::Postgres => postgres_programs().is_some(),
        }
    }
}

fn install(packages: &[&str], by_hand: &str) -> Result<(), Failure> {
    eprintln!("installing them from Debian:");
    let patient = ["--quiet=2", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300"];
    command::show_and_run(Command::new("apt-get").arg("update").args(patient), by_hand)?;
    let mut install = Command::new("apt-get");
    install.args(["install", "--yes", "--no-install-recommends"]).args(patient).args(packages);
    command::show_and_run(install.env("DEBIAN_FRONTEND", "noninteractive"), by_hand)
}
