//! `cargo xtask tidy`: the house rules that no compiler knows, one file each, and why they are there.
//!
//! It must not know how to build anything: it reads the checkout as text, in about a second.
//!
//! A rule is a file with a `check(&Tree, &mut Vec<Finding>)`; it collects and never stops. What is longer than allowed
//! stands in `tidy-exceptions.txt`, which may only shrink. To add a rule: a file, its `mod` line, its line in [`RULES`].

mod decisions;
mod dependencies;
mod finding;
mod links;
mod machine_paths;
mod opening;
mod purity;
mod reasons;
mod rust;
mod size;
mod tree;
mod unfinished;
mod whitespace;

use std::process::ExitCode;

use crate::failure::Failure;
use crate::tidy::finding::Finding;
use crate::tidy::tree::Tree;
use crate::workspace::Workspace;

const RULES: &[fn(&Tree, &mut Vec<Finding>)] = &[
    decisions::check,
    dependencies::check,
    links::check,
    machine_paths::check,
    opening::check,
    purity::check,
    reasons::check,
    size::check,
    unfinished::check,
    whitespace::check,
];

/// Checks the checkout; exit code 1 when there is something to mend.
pub fn run(workspace: &Workspace) -> Result<ExitCode, Failure> {
    let tree = Tree::read(workspace.root())?;
    let mut findings = Vec::new();
    for check in RULES {
        check(&tree, &mut findings);
    }
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    eprintln!("tidy: {} files, {} to mend", tree.len(), findings.len());
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
