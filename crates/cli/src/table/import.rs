//! `panjereh table import`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use definition::dmn::{self, DmnDecision, DmnTable, Logic, Unsaid};
use definition::span::Span;
use definition::syntax::source::Sources;

use crate::failure::{Failure, NO};
use crate::shared::say;

/// Print a decision table of a DMN file (1.1 to 1.5) as the file of a service: `services/SERVICE/TABLE.csv`.
///
/// Names are written as this language writes them; an input's is the fact that it reads. A money column is in the zone's currency. What cannot be said
/// in this language is named, with its place and what to do. Exit codes: 0 done, 1 something cannot be said in this language, 2 the file could not be
/// read, or has no such decision.
#[derive(Args)]
pub struct Import {
    /// The DMN file.
    file: PathBuf,
    /// Which of its decisions, where it has several tables.
    decision: Option<String>,
}

/// A DMN file's text, in which places are found.
struct Text {
    path: String,
    sources: Sources,
}

impl Import {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let path = self.file.display().to_string();
        let xml =
            std::fs::read(&self.file).map_err(|error| Failure::new(format!("{path}: {error}"), "name a DMN file"))?;
        let xml = String::from_utf8(xml).map_err(|error| {
            let place = error.utf8_error().valid_up_to();
            Failure::new(
                format!("{path}: byte {place} is not UTF-8"),
                "save the file as UTF-8, and say so in its first line",
            )
        })?;
        let xml = xml.strip_prefix('\u{feff}').unwrap_or(&xml);
        let text = Text::of(path, xml);
        let decisions = dmn::import(xml).map_err(|errors| {
            let list: Vec<String> = errors.iter().map(|error| text.at(error.span, &error.kind.to_string())).collect();
            Failure::new(list.join("; "), errors.first().map_or("name a DMN file", |error| error.kind.help()))
        })?;
        let (tables, outside) = self.chosen(&text, decisions)?;
        let whole = outside.is_empty();
        for (name, span, (what, help)) in &outside {
            text.tell(*span, &format!("the decision `{name}` stays outside: {what}"), help);
        }
        match tables.as_slice() {
            [] => Ok(ExitCode::from(NO)),
            [(_, table)] => Ok(if print(&text, table)? && whole { ExitCode::SUCCESS } else { ExitCode::from(NO) }),
            several => {
                let names: Vec<&str> = several.iter().map(|(name, _)| name.as_str()).collect();
                let message = format!("{} has {} tables: {}", text.path, names.len(), names.join(", "));
                Err(Failure::new(message, "name one of them behind the file; each is a file of its own in a service"))
            }
        }
    }

    /// The tables that are asked for, and why other decisions are none.
    fn chosen(&self, text: &Text, decisions: Vec<DmnDecision>) -> Result<(Vec<Named>, Vec<Left>), Failure> {
        let all: Vec<String> = decisions.iter().map(|decision| decision.name.clone()).collect();
        if all.is_empty() {
            let help =
                "name a file that has decisions; drawings and input data alone say nothing that can be decided by";
            return Err(Failure::new(format!("{} has no decision", text.path), help));
        }
        let mut tables = Vec::new();
        let mut outside = Vec::new();
        for decision in decisions.into_iter().filter(|it| self.decision.as_ref().is_none_or(|name| *name == it.name)) {
            match decision.logic {
                Logic::Table(table) => tables.push((decision.name, *table)),
                Logic::Outside(why) => outside.push((decision.name, decision.span, why.words())),
            }
        }
        match &self.decision {
            Some(name) if tables.is_empty() && outside.is_empty() => Err(Failure::new(
                format!("{} has no decision {name}", text.path),
                format!("there are {}", all.join(", ")),
            )),
            _ => Ok((tables, outside)),
        }
    }
}

/// A table and its name.
type Named = (String, DmnTable);

/// A decision that is left out: its name, its place, and why and what to do.
type Left = (String, Span, (String, &'static str));

/// Prints a table; whether all of it could be said.
fn print(text: &Text, table: &DmnTable) -> Result<bool, Failure> {
    let tell = |unsaid: &[Unsaid]| unsaid.iter().for_each(|it| text.tell(it.span, &it.message, &it.help));
    match dmn::said(table) {
        Ok(said) => {
            tell(&said.unsaid);
            say(said.csv.trim_end_matches('\n'))?;
            Ok(said.unsaid.is_empty())
        }
        Err(unsaid) => {
            tell(&unsaid);
            Ok(false)
        }
    }
}

impl Text {
    fn of(path: String, xml: &str) -> Self {
        let sources = Sources::of(&path, xml);
        Self { path, sources }
    }

    /// What is wrong, behind its place as people count: line and column.
    fn at(&self, span: Span, message: &str) -> String {
        let position = self.sources.get(span.file).map(|source| source.position(span.start));
        let place = position.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        format!("{}{place}: {message}", self.path)
    }

    /// Says on the standard error what is not printed.
    fn tell(&self, span: Span, message: &str, help: &str) {
        // Where nobody reads the standard error there is nobody to tell.
        drop(writeln!(std::io::stderr(), "{}\nhint: {help}", self.at(span, message)));
    }
}
