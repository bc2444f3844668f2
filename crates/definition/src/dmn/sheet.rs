//! Writes an imported table as the file of a service, and names what such a file cannot say.
//!
//! Must not know of: XML, how a table is decided.

use super::DmnTable;
use super::words;
use crate::resolve::{read, table_words};
use crate::span::Span;
use crate::table::{HitPolicy, OutputColumn, Row, Rules, literal};
use crate::value::{Type, Value};

/// The output that a table's file has as a column of its own.
const GROUND: &str = "ground";

/// A table as the file of a service would hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The file's text, CSV (RFC 4180).
    pub csv: String,
    /// What the table says and the file does not.
    pub unsaid: Vec<Unsaid>,
}

/// Something that the language has no way to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaid {
    /// Where it stands, in bytes, as file 0.
    pub span: Span,
    /// What it is.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Writes `table` as the file of a service. A money column is in the currency of the zone that the file is put into; names of facts and outputs are
/// written as the language writes names, `Applicant Age` as `applicant-age`.
///
/// # Errors
/// Every cell that cannot be decided on: nothing is written then.
pub fn said(table: &DmnTable) -> Result<Said, Vec<Unsaid>> {
    let compiled = table.compile().map_err(|errors| {
        let problems = errors.iter().map(table_words::problem);
        problems
            .map(|problem| Unsaid { span: problem.span, message: problem.message, help: problem.help })
            .collect::<Vec<_>>()
    })?;
    let rules = compiled.rules();
    let mut unsaid = Vec::new();
    for default in table.defaults.iter().flatten() {
        let (message, help) = words::of_default(&default.value);
        unsaid.push(Unsaid { span: default.span, message, help });
    }
    let header = header(table, rules, &mut unsaid);
    let mut csv = settings(rules);
    csv.push_str(&line(header));
    for (number, row) in rules.rows.iter().enumerate() {
        csv.push_str(&line(cells(table, rules, row, number)));
    }
    Ok(Said { csv, unsaid })
}

/// The lines before the header.
fn settings(rules: &Rules) -> String {
    let mut text = String::new();
    if rules.hit != HitPolicy::default() {
        text.push_str(&line(vec![format!("hit: {}", rules.hit.word())]));
    }
    for column in rules.outputs.iter().filter(|column| !column.order.is_empty()) {
        let head = format!("out:{} order", name(&column.name));
        text.push_str(&line(std::iter::once(head).chain(column.order.iter().map(value)).collect()));
    }
    text
}

fn header(table: &DmnTable, rules: &Rules, unsaid: &mut Vec<Unsaid>) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for (column, written) in rules.inputs.iter().zip(&table.raw.inputs) {
        let path = column.path.split('.').map(name).collect::<Vec<_>>().join(".");
        let fits = path.split('.').all(read::is_name);
        add(&mut cells, format!("in:{path}"), fits, &column.path, written.span, unsaid);
    }
    for (column, written) in rules.outputs.iter().zip(&table.raw.outputs).filter(|(column, _)| !is_ground(column)) {
        let own = name(&column.name);
        let fits = read::is_name(&own) && own != GROUND;
        let head = match column.type_.as_ref().map(type_text) {
            Some(of) => format!("out:{own}:{of}"),
            None => format!("out:{own}"),
        };
        add(&mut cells, head, fits, &column.name, written.span, unsaid);
    }
    if rules.outputs.iter().any(is_ground) {
        cells.push(GROUND.to_owned());
    }
    if has_notes(table) {
        cells.push("note".to_owned());
    }
    cells
}

/// Adds a header's cell; a name that is none, or that another column has, is told.
fn add(cells: &mut Vec<String>, head: String, fits: bool, of: &str, span: Span, unsaid: &mut Vec<Unsaid>) {
    if !fits || cells.contains(&head) {
        let (message, help) = words::of_name(of);
        unsaid.push(Unsaid { span, message, help });
    }
    cells.push(head);
}

fn cells(table: &DmnTable, rules: &Rules, row: &Row, number: usize) -> Vec<String> {
    let mut cells: Vec<String> = row.tests.iter().map(|tests| tests.written(&value)).collect();
    let output = |cell: &Option<Value>| cell.as_ref().map(value).unwrap_or_default();
    let outputs = || rules.outputs.iter().zip(&row.outputs);
    cells.extend(outputs().filter(|(column, _)| !is_ground(column)).map(|(_, cell)| output(cell)));
    // A ground is a name, and stands as it is.
    let ground = |cell: &Option<Value>| match cell {
        Some(Value::Code(ground)) => ground.clone(),
        other => output(other),
    };
    cells.extend(outputs().filter(|(column, _)| is_ground(column)).map(|(_, cell)| ground(cell)));
    if has_notes(table) {
        let notes = table.annotations.get(number).map_or(&[][..], Vec::as_slice);
        let notes: Vec<&str> = notes.iter().map(String::as_str).filter(|note| !note.is_empty()).collect();
        cells.push(notes.join("; "));
    }
    cells
}

fn is_ground(column: &OutputColumn) -> bool {
    column.name == GROUND && column.type_.is_none()
}

fn has_notes(table: &DmnTable) -> bool {
    !table.annotation_names.is_empty() || table.annotations.iter().flatten().any(|note| !note.is_empty())
}

/// A name as the language writes names, where only spaces, underlines and capitals stand against it.
fn name(text: &str) -> String {
    let folded: String =
        text.trim().chars().map(|c| if matches!(c, ' ' | '_') { '-' } else { c.to_ascii_lowercase() }).collect();
    if read::is_name(text) || !read::is_name(&folded) { text.to_owned() } else { folded }
}

/// A type as a header writes it.
fn type_text(of: &Type) -> String {
    match of {
        Type::Bool => "boolean".to_owned(),
        Type::Code(list) => format!("code({list})"),
        Type::Decimal { scale, min: None, max: None } => format!("decimal({scale})"),
        Type::Decimal { scale, min, max } => {
            let bound = |end: &Option<_>| end.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("decimal({scale},{}..{})", bound(min), bound(max))
        }
        Type::Money(_) => "money".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Text { max_chars } => format!("text({max_chars})"),
        Type::Document | Type::DocumentOf(_) => "document".to_owned(),
        Type::Place => "place".to_owned(),
    }
}

/// A value as people write it in a cell: codes and dates without quotes, where they can be told from all else.
fn value(value: &Value) -> String {
    let is_plain = |code: &str| {
        code.starts_with(|c: char| c.is_ascii_alphanumeric())
            && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            && !matches!(code, "not" | "date")
    };
    match value {
        Value::Code(code) if is_plain(code) => code.clone(),
        Value::Date(date) => date.to_string(),
        other => literal(other),
    }
}

/// One line of CSV.
fn line(cells: Vec<String>) -> String {
    let quoted = cells.into_iter().map(|cell| match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    });
    let mut line = quoted.collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}
