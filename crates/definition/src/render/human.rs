//! A report for people: each problem with the excerpt in which its place is marked.
//!
//! Must not know of: whether there is a terminal; the caller says so.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt;
use std::io;
use std::ops::Range;

use ariadne::{Color, Config, IndexType, Label, ReportKind, Source};

use crate::check::Report;
use crate::problem::Problem;
use crate::span::Span;
use crate::syntax::source::Sources;

/// Longest line that is shown whole, in bytes: an excerpt of a line without end helps nobody.
const MAX_LINE_BYTES: usize = 2_000;

/// The files as the excerpts' writer wants them, each read once.
struct Excerpts<'a> {
    sources: &'a Sources,
    read: HashMap<u32, Source<String>>,
}

impl ariadne::Cache<u32> for Excerpts<'_> {
    type Storage = String;

    fn fetch(&mut self, file: &u32) -> Result<&Source<String>, impl fmt::Debug> {
        let text = || self.sources.get(*file).map_or("", |source| source.text());
        Ok::<_, Infallible>(self.read.entry(*file).or_insert_with(|| Source::from(clean(text()))))
    }

    fn display<'b>(&self, file: &'b u32) -> Option<impl fmt::Display + 'b> {
        self.sources.get(*file).map(|source| clean(source.path()))
    }
}

/// Writes the problems, each with code, place, excerpt, why and help, and at the end how many there are.
///
/// # Errors
/// Those of `out`.
pub fn human(report: &Report, color: bool, out: &mut impl io::Write) -> io::Result<()> {
    let mut excerpts = Excerpts { sources: &report.sources, read: HashMap::new() };
    for problem in &report.problems {
        if fits(&report.sources, problem) {
            excerpt(problem, color, &mut excerpts, out)?;
        } else {
            plain(report, problem, out)?;
        }
        writeln!(out)?;
    }
    let problems = match report.problems.len() {
        0 => "no problem".to_owned(),
        count => counted(count, "problem"),
    };
    let drafts = match report.drafts {
        0 => String::new(),
        count => format!(", {}", counted(count, "draft ground")),
    };
    writeln!(out, "{}, {problems}{drafts}", counted(report.services, "service"))
}

fn counted(count: usize, of: &str) -> String {
    if count == 1 { format!("1 {of}") } else { format!("{count} {of}s") }
}

/// Whether the lines of a problem are short enough to be shown.
fn fits(sources: &Sources, problem: &Problem) -> bool {
    let spans = std::iter::once(problem.span).chain(problem.related.iter().map(|(span, _)| *span));
    spans.into_iter().all(|span| {
        let Some(source) = sources.get(span.file) else { return false };
        let start = span.start as usize;
        let (before, after) = (source.text().get(..start).unwrap_or(""), source.text().get(start..).unwrap_or(""));
        let behind = before.bytes().rev().take(MAX_LINE_BYTES).position(|byte| byte == b'\n').unwrap_or(before.len());
        let ahead = after.bytes().take(MAX_LINE_BYTES).position(|byte| byte == b'\n').unwrap_or(after.len());
        behind + ahead < MAX_LINE_BYTES
    })
}

fn excerpt(problem: &Problem, color: bool, excerpts: &mut Excerpts<'_>, out: &mut impl io::Write) -> io::Result<()> {
    let at = range(problem.span);
    let mut builder = ariadne::Report::build(ReportKind::Error, at.clone())
        .with_config(Config::new().with_color(color).with_index_type(IndexType::Byte))
        .with_code(format!("{} {}", problem.code.id, problem.code.name))
        .with_message(clean(&problem.message))
        .with_label(Label::new(at).with_message("here").with_color(Color::Red))
        .with_note(clean(&problem.why))
        .with_help(clean(&problem.help));
    for (span, note) in &problem.related {
        builder = builder.with_label(Label::new(range(*span)).with_message(clean(note)).with_color(Color::Cyan));
    }
    builder.finish().write(excerpts, out)
}

fn plain(report: &Report, problem: &Problem, out: &mut impl io::Write) -> io::Result<()> {
    let place = super::Place::of(&report.sources, problem.span);
    let code = problem.code;
    writeln!(out, "[{} {}] Error: {}", code.id, code.name, clean(&problem.message))?;
    writeln!(out, "  at {}:{}:{}", place.file, place.line, place.column)?;
    writeln!(out, "  Note: {}", clean(&problem.why))?;
    writeln!(out, "  Help: {}", clean(&problem.help))
}

fn range(span: Span) -> (u32, Range<usize>) {
    (span.file, span.start as usize..span.end as usize)
}

/// `text` with control characters replaced by as many `?` as they have bytes, so that a file cannot steer the reader's terminal.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() && !matches!(c, '\n' | '\r' | '\t') {
            clean.extend(std::iter::repeat_n('?', c.len_utf8()));
        } else {
            clean.push(c);
        }
    }
    clean
}
