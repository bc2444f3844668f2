//! A report as one JSON object. Must not know of: terminals.

use serde::Serialize;

use super::Place;
use crate::check::Report;
use crate::problem::Problem;
use crate::syntax::source::Sources;

#[derive(Serialize)]
struct Written<'a> {
    services: usize,
    draft_grounds: usize,
    problems: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'static str,
    name: &'static str,
    #[serde(flatten)]
    place: Place<'a>,
    message: &'a str,
    why: &'a str,
    help: &'a str,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    note: &'a str,
}

/// `{"services": N, "draft_grounds": D, "problems": [{"code", "name", "file", "line", "column", "end_line", "end_column", "message", "why", "help", "related"}]}`, where
/// N counts the services that the zone has, D the grounds of its law that nobody has confirmed, and each of `related` has a place and a `note`.
///
/// # Errors
/// None that bytes can cause; the serialiser's type has one.
pub fn json(report: &Report) -> Result<String, serde_json::Error> {
    let problems = report.problems.iter().map(|problem| entry(&report.sources, problem)).collect();
    serde_json::to_string_pretty(&Written { services: report.services, draft_grounds: report.drafts, problems })
}

fn entry<'a>(sources: &'a Sources, problem: &'a Problem) -> Entry<'a> {
    let related = |(span, note): &'a (crate::span::Span, String)| Related { place: Place::of(sources, *span), note };
    Entry {
        code: problem.code.id,
        name: problem.code.name,
        place: Place::of(sources, problem.span),
        message: &problem.message,
        why: &problem.why,
        help: &problem.help,
        related: problem.related.iter().map(related).collect(),
    }
}
