//! `panjereh customs read`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use customs::declaration::Declaration;
use customs::edifact::Left;
use customs::{At, MAX_MESSAGE_BYTES, Message, Problem};
use serde::Serialize;

use super::declared::Items;
use super::folder::{self, Found};
use crate::failure::{Failure, NO};
use crate::shared::{print_json, read_at_most, say};

/// Read WCO messages (DEC and RES, version 3.6) and EDIFACT interchanges (CUSDEC D.96B), and say of each whether it is accepted and what it is sent for, or every
/// reason why it is refused.
///
/// With --items the file is the head of a declaration, and its items are the rows of a sheet. A file is known by what is in it; a folder is looked through for files that end in `.xml`, `.edi` or `.edifact`;
/// what cannot be read there is refused, and the rest is read. Exit codes: 0 all are accepted, 1 some are
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
                report.messages.push(declared(self.path.display().to_string(), &one.declaration, &[]));
            }
            Err(refused) => report.refused = refused,
        }
        Ok(1)
    }

    /// Reads each file for itself, and says how many there are. What cannot be read in a folder is refused, and the rest is read.
    fn each(&self, report: &mut Report) -> Result<usize, Failure> {
        if !self.path.is_dir() {
            let bytes = read_at_most(&self.path, MAX_MESSAGE_BYTES).map_err(|error| unread(&self.path, &error))?;
            report.take(&self.path, &bytes);
            return Ok(1);
        }
        let found = Found::in_folder(&self.path)?;
        let count = found.files.len() + found.refused.len();
        report.refused = found.refused;
        for file in &found.files {
            match folder::bytes(file) {
                Ok(bytes) => report.take(file, &bytes),
                Err(refused) => report.refused.push(*refused),
            }
        }
        Ok(count)
    }
}

pub(super) fn unread(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()), "name a file that may be read, or a folder that has some")
}

impl Report {
    /// Takes a file's messages, or notes what is wrong with it.
    fn take(&mut self, file: &Path, bytes: &[u8]) {
        match customs::read(bytes) {
            Ok(message) => {
                self.accepted += 1;
                self.messages.extend(told(file, &message));
            }
            Err(problems) => self.refused.extend(problems.iter().map(|problem| refusal(file, bytes, problem))),
        }
    }

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
    /// A file of which nothing could be read.
    pub(super) fn of_file(path: &Path, reason: impl ToString, remedy: &str) -> Self {
        Self {
            file: path.display().to_string(),
            line: 0,
            column: 0,
            at: None,
            element: String::new(),
            data_element: None,
            reason: reason.to_string(),
            remedy: remedy.to_owned(),
        }
    }

    pub(super) fn tell(&self) -> Result<(), Failure> {
        let number = self.data_element.map(|id| format!(" ({id})")).unwrap_or_default();
        let element = if self.element.is_empty() { String::new() } else { format!("\n  in {}{number}", self.element) };
        let at = self.at.as_deref().map(|at| format!("{at}: ")).unwrap_or_default();
        let place = if self.line == 0 { String::new() } else { format!("{}:{}:", self.line, self.column) };
        say(format_args!("{}:{place} {at}{}{element}\n  {}", self.file, self.reason, self.remedy))
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
