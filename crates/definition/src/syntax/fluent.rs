//! Fluent files: which messages and attributes there are, and where. Formatting them is for whoever shows them.
//!
//! Must not know of: which messages a definition needs.

use std::collections::BTreeMap;

use fluent_syntax::ast::{Entry, Identifier};
use fluent_syntax::parser;

use crate::codes;
use crate::problem::Problem;
use crate::span::Span;

/// Deepest nesting of placeables; one or two are usual.
const MAX_DEPTH: usize = 32;

/// The messages of a file: `title`, and `title.hint` for the attribute `hint` of `title`. A message that has only attributes is there with its
/// attributes alone.
pub type Messages = BTreeMap<String, Span>;

/// Reads `text`, which is file number `file`.
#[must_use]
pub fn parse(file: u32, text: &str) -> (Messages, Vec<Problem>) {
    if let Some(at) = too_deep(text) {
        let message = format!("placeables nested more than {MAX_DEPTH} levels deep");
        let problem = codes::TOO_DEEP.problem(span(file, at, at + 1), message, "look for a `}` that is missing");
        return (Messages::new(), vec![problem]);
    }
    let (resource, errors) = match parser::parse(text) {
        Ok(resource) => (resource, Vec::new()),
        Err(partial) => partial,
    };
    let mut problems: Vec<Problem> = errors.iter().map(|error| syntax(file, text, error)).collect();
    let mut messages = Messages::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let at = place(file, text, &message.id);
        if message.value.is_some() {
            insert(&mut messages, &mut problems, message.id.name.to_owned(), at);
        }
        for attribute in &message.attributes {
            let id = format!("{}.{}", message.id.name, attribute.id.name);
            insert(&mut messages, &mut problems, id, place(file, text, &attribute.id));
        }
    }
    (messages, problems)
}

fn insert(messages: &mut Messages, problems: &mut Vec<Problem>, id: String, at: Span) {
    if let Some(first) = messages.get(&id) {
        let mut problem =
            codes::DUPLICATE.problem(at, format!("`{id}` stands here a second time"), "remove one of the two");
        problem.related.push((*first, "first here".to_owned()));
        problems.push(problem);
        return;
    }
    messages.insert(id, at);
}

/// Where the parser, which recurses, would go deeper than it should: the offset of that bracket.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0_usize);
    for line in text.split_inclusive('\n') {
        // No expression gets past the `=` of an entry; whatever was left open before is junk to the parser.
        if starts_entry(line) {
            depth = 0;
        }
        for (offset, byte) in line.bytes().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'(' if depth > 0 => depth += 1,
                b')' if depth > 1 => depth -= 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > MAX_DEPTH {
                return Some(at + offset);
            }
        }
        at += line.len();
    }
    None
}

fn starts_entry(line: &str) -> bool {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    line.starts_with(name) && line.trim_start_matches(name).trim_start_matches(' ').starts_with('=')
}

fn span(file: u32, start: usize, end: usize) -> Span {
    let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Span::new(file, offset(start), offset(end.max(start)))
}

/// The tree has no places, but its names are slices of the text.
fn place(file: u32, text: &str, id: &Identifier<&str>) -> Span {
    let start = (id.name.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    span(file, start, (start + id.name.len()).min(text.len()))
}

fn syntax(file: u32, text: &str, error: &parser::ParserError) -> Problem {
    // The parser counts bytes also where its own place is inside a character.
    let start = text.floor_char_boundary(error.pos.start);
    let end = text.ceil_char_boundary(error.pos.end.max(start));
    let message = format!("not Fluent: {}", error.kind.to_string().to_lowercase());
    let help = "write `name = text`, with further lines and `.attribute = text` indented";
    codes::FLUENT_SYNTAX.problem(span(file, start, end), message, help)
}
