//! `panjereh customs read`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use customs::{MAX_MESSAGE_BYTES, Problem};
use serde::Serialize;

use crate::failure::{Failure, NO};
use crate::shared::{print_json, read_at_most, say};

/// Read WCO messages (DEC and RES, version 3.6) and say of each whether it is accepted, or every reason why it is refused.
///
/// A folder is looked through for files that end in `.xml`. Exit codes: 0 all are accepted, 1 some are refused, 2 there is nothing to read.
#[derive(Args)]
pub struct Read {
    /// A file, or a folder of files.
    path: PathBuf,
    /// One object: how many were accepted, and what is wrong with the others.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    accepted: usize,
    refused: Vec<Refusal>,
    /// A file that ends the program is a defect of the program; it can be counted only by whoever starts one for each file.
    crashed: usize,
}

/// One reason why a file is refused.
#[derive(Serialize)]
struct Refusal {
    file: String,
    /// From 1, in characters; 0 if the whole file is meant.
    line: usize,
    column: usize,
    /// The way to the element.
    element: String,
    /// The number that the WCO gave the datum.
    data_element: Option<&'static str>,
    reason: String,
    remedy: String,
}

impl Read {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let files = files(&self.path)?;
        let mut report = Report { accepted: 0, refused: Vec::new(), crashed: 0 };
        for file in &files {
            let bytes = read_at_most(file, MAX_MESSAGE_BYTES)
                .map_err(|error| Failure::new(format!("{}: {error}", file.display()), "see whether it may be read"))?;
            match customs::read(&bytes) {
                Ok(_) => report.accepted += 1,
                Err(problems) => report.refused.extend(problems.iter().map(|problem| refusal(file, &bytes, problem))),
            }
        }
        let whole = report.refused.is_empty();
        if self.json {
            print_json(&report)?
        } else {
            report.tell(files.len())?
        }
        Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }
}

impl Report {
    fn tell(&self, files: usize) -> Result<(), Failure> {
        for one in &self.refused {
            let number = one.data_element.map(|id| format!(" ({id})")).unwrap_or_default();
            let element =
                if one.element.is_empty() { String::new() } else { format!("\n  in {}{number}", one.element) };
            say(format_args!("{}:{}:{}: {}{element}\n  {}", one.file, one.line, one.column, one.reason, one.remedy))?;
        }
        say(format_args!("{} accepted, {} refused", self.accepted, files - self.accepted))
    }
}

fn refusal(file: &Path, bytes: &[u8], problem: &Problem) -> Refusal {
    let (line, column) = problem.place(bytes);
    Refusal {
        file: file.display().to_string(),
        line,
        column,
        element: problem.path.clone(),
        data_element: problem.id,
        reason: problem.fault.to_string(),
        remedy: problem.fault.help(),
    }
}

/// The file, or the files of a folder and of those in it, in the order of their names.
fn files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error: std::io::Error, path: &Path| {
        Failure::new(format!("{}: {error}", path.display()), "name a file, or a folder that has some")
    };
    if !path.is_dir() {
        std::fs::metadata(path).map_err(|error| unreadable(error, path))?;
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|error| unreadable(error, &folder))? {
            let entry = entry.map_err(|error| unreadable(error, &folder))?;
            // A link may lead around in a circle.
            let kind = entry.file_type().map_err(|error| unreadable(error, &folder))?;
            let path = entry.path();
            if kind.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml")) {
                files.push(path);
            }
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(Failure::new(format!("{} has no file that ends in .xml", path.display()), "name another folder"));
    }
    Ok(files)
}
