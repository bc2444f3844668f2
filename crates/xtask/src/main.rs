//! The house's own commands: `cargo xtask test`, `tidy` and `bench`.
//!
//! It must not know Panjereh's crates. It starts them, reads them as text and measures them from outside, so that it
//! builds in seconds and still runs when they do not compile.

mod bench;
mod command;
mod failure;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use crate::failure::Failure;
use crate::workspace::Workspace;

const USAGE: &str = "\
cargo xtask VERB

  test [-p CRATE]... [FILTER] [-- ARGS]   install what the tests need, start a PostgreSQL, run every test
  tidy                                    check the house rules that no compiler knows
  bench [NAME] [--json FILE]              measure, each time beside a peer; without NAME, list what there is
";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let verb = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    match dispatch(&verb, &rest) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(2)
        }
    }
}

/// Runs one verb. Exit code 0 is good, 1 means that it found something, 2 that it could not run.
fn dispatch(verb: &str, args: &[String]) -> Result<ExitCode, Failure> {
    let workspace = Workspace::find()?;
    match verb {
        "test" => test::run(&workspace, args),
        "tidy" => tidy::run(&workspace),
        "bench" => bench::run(&workspace, args),
        "" | "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        other => Err(Failure::new(format!("there is no verb {other:?}"), "run `cargo xtask help`")),
    }
}
