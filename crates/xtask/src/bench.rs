//! `cargo xtask bench`: finds the benchmark of that name, runs it, and writes what it measured.
//!
//! It must not know what is measured, nor link it: a benchmark builds the release program (or an example of a crate)
//! and drives it from outside, beside a peer in the same run. That keeps `cargo xtask` small, and it measures what
//! people run.
//!
//! To add one: a file `bench/NAME.rs` with `pub fn run(&Workspace) -> Result<Figures, Failure>`, and a line in
//! [`BENCHES`]. A figure's unit is the last part of its name, as in `p99_ms`.

mod acts;
mod audit;
mod cases;
mod check;
mod customs;
mod example;
mod growth;
mod log;
mod risk;
mod table;
mod tariff_search;
mod tax_lines;

use std::process::ExitCode;

use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::workspace::Workspace;

/// What a benchmark measured, by name; the names are what `--json` writes.
pub type Figures = Map<String, Value>;

/// One benchmark.
struct Bench {
    name: &'static str,
    about: &'static str,
    run: fn(&Workspace) -> Result<Figures, Failure>,
}

/// Every benchmark, in the order of the table in `docs/benchmarks.md`.
const BENCHES: &[Bench] = &[
    Bench {
        name: "acts",
        about: "acts through HTTP, beside the same rows inserted raw, and with every guard on",
        run: acts::run,
    },
    Bench { name: "cases", about: "five-step cases, beside SpiffWorkflow", run: cases::run },
    Bench { name: "log", about: "entries durable, integrated and signed", run: log::run },
    Bench { name: "table", about: "one table decided, beside dsntk", run: table::run },
    Bench { name: "check", about: "a catalogue checked, a table examined for gaps and overlaps", run: check::run },
    Bench { name: "audit", about: "a record audited, and manipulations found", run: audit::run },
    Bench { name: "tax-lines", about: "a government's own tax lines computed again", run: tax_lines::run },
    Bench {
        name: "tariff-search",
        about: "codes found by what goods are called, beside plain BM25",
        run: tariff_search::run,
    },
    Bench {
        name: "customs",
        about: "declarations read and assessed, beside lxml; declarations and goods through HTTP, beside the same rows inserted raw",
        run: customs::run,
    },
    Bench { name: "risk", about: "frauds and duty found, beside LightGBM and XGBoost; rows scored", run: risk::run },
    Bench { name: "growth", about: "an act's cost and the memory held, up to a million cases", run: growth::run },
];

/// Runs `bench [NAME] [--json FILE]`.
pub fn run(workspace: &Workspace, args: &[String]) -> Result<ExitCode, Failure> {
    let wanted = Wanted::read(args)?;
    let Some(name) = wanted.name else {
        for bench in BENCHES {
            println!("{:<14} {}", bench.name, bench.about);
        }
        return Ok(ExitCode::SUCCESS);
    };
    let bench = BENCHES.iter().find(|bench| bench.name == name).ok_or_else(|| {
        Failure::new(format!("there is no benchmark {name:?}"), "run `cargo xtask bench` for their names")
    })?;
    let figures = (bench.run)(workspace)?;
    for (figure, value) in &figures {
        println!("{figure:<28} {value}");
    }
    if let Some(file) = wanted.json {
        std::fs::write(file, format!("{:#}\n", Value::Object(figures))).map_err(|error| {
            Failure::new(format!("cannot write {file}: {error}"), "choose a file that can be written")
        })?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The command line.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted<'a> {
    name: Option<&'a str>,
    json: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    fn read(args: &'a [String]) -> Result<Self, Failure> {
        let mut wanted = Self::default();
        let mut args = args.iter().map(String::as_str);
        while let Some(arg) = args.next() {
            let slot = match arg {
                "--json" => {
                    wanted.json = Some(args.next().ok_or_else(|| usage("--json names no file"))?);
                    continue;
                }
                option if option.starts_with('-') => {
                    return Err(usage(&format!("there is no option {option}")));
                }
                _ => &mut wanted.name,
            };
            if slot.replace(arg).is_some() {
                return Err(usage("more than one benchmark is named"));
            }
        }
        Ok(wanted)
    }
}

fn usage(what: &str) -> Failure {
    Failure::new(what, "write `cargo xtask bench [NAME] [--json FILE]`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<(Option<String>, Option<String>), String> {
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let wanted = Wanted::read(&args).map_err(|failure| failure.to_string())?;
        Ok((wanted.name.map(str::to_owned), wanted.json.map(str::to_owned)))
    }

    #[test]
    fn name_and_file_are_read_in_any_order() {
        let both = Ok((Some("acts".to_owned()), Some("a.json".to_owned())));
        assert_eq!(read("acts --json a.json"), both);
        assert_eq!(read("--json a.json acts"), both);
        assert_eq!(read(""), Ok((None, None)));
    }

    #[test]
    fn a_wrong_line_is_explained() {
        assert!(read("acts --json").unwrap_err().contains("names no file"));
        assert!(read("acts cases").unwrap_err().contains("more than one"));
        assert!(read("--jsn").unwrap_err().contains("no option --jsn"));
    }
}
