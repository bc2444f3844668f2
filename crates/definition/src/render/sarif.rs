//! A report as SARIF 2.1.0 (OASIS), which code-scanning tools show beside the lines. Must not know of: terminals.

use serde_json::{Value, json};

use super::Place;
use crate::check::Report;
use crate::codes;
use crate::problem::Problem;
use crate::span::Span;
use crate::syntax::source::Sources;

/// The report as a SARIF log with one run. Paths are relative to the zone's folder, columns count characters.
///
/// # Errors
/// None that bytes can cause; the serialiser's type has one.
pub fn sarif(report: &Report) -> Result<String, serde_json::Error> {
    let rules: Vec<codes::Explanation> = codes::all().collect();
    let results: Vec<Value> = report.problems.iter().map(|problem| result(&report.sources, problem, &rules)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "panjereh",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log)
}

fn rule(rule: &codes::Explanation) -> Value {
    let short = rule.text.lines().next().unwrap_or(rule.code.name);
    json!({
        "id": rule.code.id,
        "name": rule.code.name,
        "shortDescription": { "text": short },
        "fullDescription": { "text": rule.text },
        "defaultConfiguration": { "level": "error" },
    })
}

fn result(sources: &Sources, problem: &Problem, rules: &[codes::Explanation]) -> Value {
    let related = problem.related.iter().zip(1..).map(|((span, note), id): (&(Span, String), u32)| {
        let mut place = location(sources, *span);
        if let Value::Object(fields) = &mut place {
            fields.insert("id".to_owned(), id.into());
            fields.insert("message".to_owned(), json!({ "text": note }));
        }
        place
    });
    let mut result = json!({
        "ruleId": problem.code.id,
        "level": "error",
        "message": { "text": format!("{}. {}. {}.", problem.message, problem.why, problem.help) },
        "locations": [location(sources, problem.span)],
        "relatedLocations": related.collect::<Vec<_>>(),
    });
    let index = rules.iter().position(|rule| rule.code == problem.code);
    if let (Some(index), Value::Object(fields)) = (index, &mut result) {
        fields.insert("ruleIndex".to_owned(), index.into());
    }
    result
}

fn location(sources: &Sources, span: Span) -> Value {
    let place = Place::of(sources, span);
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(place.file) },
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    }})
}

/// The path as a relative URI reference (RFC 3986): bytes that are not unreserved are percent-encoded.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~');
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
