//! Runs `cargo test`, passes its output through as it comes, and counts.
//!
//! It must not know what the tests need.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::test::tally::Tally;
use crate::workspace::Workspace;

/// Runs the whole workspace, or what `args` choose with `-p`. A suite that fails does not keep the next from running.
pub fn run(workspace: &Workspace, args: &[String], environment: &[(&'static str, OsString)]) -> Result<Tally, Failure> {
    for (name, value) in environment {
        eprintln!("{name}={}", value.to_string_lossy());
    }
    let remedy = "run it as `cargo xtask test`";
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut child = Command::new(cargo)
        .args(arguments(args))
        .current_dir(workspace.root())
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::new(format!("cannot start cargo: {error}"), remedy))?;
    let mut tally = Tally::default();
    if let Some(output) = child.stdout.take() {
        pass_through(output, std::io::stdout(), &mut tally)
            .map_err(|error| Failure::new(format!("cannot pass on output: {error}"), remedy))?;
    }
    let status = child.wait().map_err(|error| Failure::new(format!("lost sight of cargo: {error}"), remedy))?;
    tally.close(status.success());
    Ok(tally)
}

/// The whole workspace, but for what is built with clang and CMake, which the tests do not install: that has tests of its own, run by hand.
const ALL: [&str; 3] = ["--workspace", "--exclude", "risk-train"];

/// `-p` narrows what is otherwise the whole workspace.
fn arguments(args: &[String]) -> Vec<String> {
    let chosen =
        args.iter().take_while(|arg| *arg != "--").any(|arg| arg.starts_with("-p") || arg.starts_with("--package"));
    let all: &[&str] = if chosen { &[] } else { &ALL };
    let fixed = ["test", "--no-fail-fast"].iter().chain(all).map(|&arg| arg.to_owned());
    fixed.chain(args.iter().cloned()).collect()
}

/// Line by line, as bytes: a test may print what is not UTF-8.
fn pass_through(output: impl Read, mut to: impl Write, tally: &mut Tally) -> std::io::Result<()> {
    let mut output = BufReader::new(output);
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        tally.read(&String::from_utf8_lossy(&line));
        line.clear();
    }
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments_of(args: &[&str]) -> Vec<String> {
        arguments(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn everything_is_tested_unless_packages_are_chosen() {
        assert_eq!(arguments_of(&[]), ["test", "--no-fail-fast", "--workspace", "--exclude", "risk-train"]);
        assert_eq!(arguments_of(&["-p", "log", "tile"]), ["test", "--no-fail-fast", "-p", "log", "tile"]);
        assert_eq!(arguments_of(&["--package=log"]), ["test", "--no-fail-fast", "--package=log"]);
    }

    #[test]
    fn what_follows_two_dashes_chooses_nothing() {
        assert_eq!(
            arguments_of(&["--", "-p"]),
            ["test", "--no-fail-fast", "--workspace", "--exclude", "risk-train", "--", "-p"]
        );
    }

    #[test]
    fn output_that_is_not_text_is_passed_on_and_counted() {
        let output: &[u8] = b"\xff\xfe\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n";
        let (mut tally, mut passed_on) = (Tally::default(), Vec::new());
        pass_through(output, &mut passed_on, &mut tally).unwrap();
        assert_eq!(passed_on, output);
        assert_eq!(tally.to_string(), "2 passed, 0 failed, 0 skipped");
    }
}
