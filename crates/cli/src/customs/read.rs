//! `panjereh customs read`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use customs::declaration::Declaration;
use customs::edifact::Left;
use customs::{At, MAX_MESSAGE_BYTES, Message, Problem};
use serde::Serialize;

use super::declared::Items;
use crate::failure::{Failure, NO};
use crate::shared::{print_json, read_at_most, say};

/// Read WCO messages (DEC and RES, version 3.6) and EDIFACT interchanges (CUSDEC D.96B), and say of each whether it is accepted and what it is sent for, or every
/// reason why it is refused.
///
/// With --items the file is the head of a declaration, and its items are the rows of a sheet. A file is known by what is in it; a folder is looked through for files that end in `.xml`, `.edi` or `.edifact`. Exit codes: 0 all are accepted, 1 some are
/// refused, 2 there is nothing to read.
#[derive(Args)]
pub struct Read {
    /// A file, or a folder of files.
    path: PathBuf,
    #[command(flatten)]
    items: Items,
    /// One object: how many were accepted, what they are, and what is wrong with the others.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    accepted: usize,
    /// What the accepted files hold; an interchange may hold several.
    messages: Vec<Told>,
    refused: Vec<Refusal>,
    /// A file that ends the program is a defect of the program; it can be counted only by whoever starts one for each file.
    crashed: usize,
}

/// A message of an accepted file.
#[derive(Serialize)]
struct Told {
    file: String,
    /// What it is sent for, or `answer`.
    purpose: String,
    /// Its function (WCO 017, UN/EDIFACT 1225).
    function: String,
    reference: Option<String>,
    items: usize,
    /// Segments that a declaration has no place for.
    left: Vec<String>,
}

/// One reason why a file is refused.
#[derive(Serialize)]
pub struct Refusal {
    file: String,
    /// From 1, in characters; 0 if the whole file is meant.
    line: usize,
    column: usize,
    /// Segment, element and component of an interchange, or the cell of a sheet.
    at: Option<String>,
    /// The way to the element.
    element: String,
    /// The number that the WCO gave the datum.
    data_element: Option<&'static str>,
    reason: String,
    remedy: String,
}

impl Read {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let mut report = Report { accepted: 0, messages: Vec::new(), refused: Vec::new(), crashed: 0 };
        let files = if self.items.are_apart() { self.joined(&mut report)? } else { self.each(&mut report)? };
        let whole = report.refused.is_empty();
        if self.json {
            print_json(&report)?
        } else {
            report.tell(files)?
        }
        Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }

    /// Reads a head and its sheet of items, which are one declaration.
    fn joined(&self, report: &mut Report) -> Result<usize, Failure> {
        match self.items.declared(&self.path)? {
            Ok(one) => {
                report.accepted = 1;
                report.messages.push(declared(self.path.display().to_string(), &one, &[]));
            }
            Err(refused) => report.refused = refused,
        }
        Ok(1)
    }

    /// Reads each file for itself, and says how many there are.
    fn each(&self, report: &mut Report) -> Result<usize, Failure> {
        let files = files(&self.path)?;
        for file in &files {
            let bytes = read_at_most(file, MAX_MESSAGE_BYTES)
                .map_err(|error| Failure::new(format!("{}: {error}", file.display()), "see whether it may be read"))?;
            match customs::read(&bytes) {
                Ok(message) => {
                    report.accepted += 1;
                    report.messages.extend(told(file, &message));
                }
                Err(problems) => report.refused.extend(problems.iter().map(|problem| refusal(file, &bytes, problem))),
            }
        }
        Ok(files.len())
    }
}

impl Report {
    fn tell(&self, files: usize) -> Result<(), Failure> {
        for one in &self.messages {
            let reference = one.reference.as_deref().map(|reference| format!(" {reference}")).unwrap_or_default();
            say(format_args!("{}: {}{reference}", one.file, one.purpose))?;
            one.left.iter().try_for_each(|left| say(format_args!("  not taken: {left}")))?;
        }
        self.refused.iter().try_for_each(Refusal::tell)?;
        say(format_args!("{} accepted, {} refused", self.accepted, files - self.accepted))
    }
}

impl Refusal {
    pub(super) fn tell(&self) -> Result<(), Failure> {
        let number = self.data_element.map(|id| format!(" ({id})")).unwrap_or_default();
        let element = if self.element.is_empty() { String::new() } else { format!("\n  in {}{number}", self.element) };
        let at = self.at.as_deref().map(|at| format!("{at}: ")).unwrap_or_default();
        say(format_args!(
            "{}:{}:{}: {at}{}{element}\n  {}",
            self.file, self.line, self.column, self.reason, self.remedy
        ))
    }
}

/// What an accepted file holds.
fn told(file: &Path, message: &Message) -> Vec<Told> {
    let file = file.display().to_string();
    match message {
        Message::Declaration(one) => vec![declared(file, one, &[])],
        Message::Interchange(all) => {
            all.messages.iter().map(|one| declared(file.clone(), &one.declaration, &one.left)).collect()
        }
        Message::Notification(answer) => vec![Told {
            file,
            purpose: "answer".to_owned(),
            function: answer.function.value.clone(),
            reference: answer.declaration_reference.as_ref().map(|reference| reference.value.clone()),
            items: 0,
            left: Vec::new(),
        }],
    }
}

fn declared(file: String, declaration: &Declaration, left: &[Left]) -> Told {
    Told {
        file,
        purpose: declaration.purpose().to_string(),
        function: declaration.function.value.clone(),
        reference: declaration.reference.as_ref().map(|reference| reference.value.clone()),
        items: declaration.shipment.items.len(),
        left: left.iter().map(|left| format!("{}: {}", left.at, left.text)).collect(),
    }
}

pub(super) fn refusal(file: &Path, bytes: &[u8], problem: &Problem) -> Refusal {
    let (line, column) = match &problem.at {
        Some(At::Cell { row, column, .. }) => (usize::try_from(*row).unwrap_or(usize::MAX), number(column)),
        _ => problem.place(bytes),
    };
    Refusal {
        file: file.display().to_string(),
        line,
        column,
        at: problem.at.as_ref().map(ToString::to_string),
        element: problem.path.clone(),
        data_element: problem.id,
        reason: problem.fault.to_string(),
        remedy: problem.help(),
    }
}

/// The number of a column, from 1, by its letters.
fn number(letters: &str) -> usize {
    letters.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter.saturating_sub(b'A')) + 1)
}

/// The endings of names that a folder is looked through for.
const ENDINGS: [&str; 3] = ["xml", "edi", "edifact"];

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
            } else if path.extension().is_some_and(|own| ENDINGS.iter().any(|ending| own.eq_ignore_ascii_case(ending)))
            {
                files.push(path);
            }
        }
    }
    files.sort();
    if files.is_empty() {
        let endings = ENDINGS.map(|ending| format!(".{ending}")).join(", ");
        return Err(Failure::new(
            format!("{} has no file that ends in {endings}", path.display()),
            "name another folder",
        ));
    }
    Ok(files)
}
