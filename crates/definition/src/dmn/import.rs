//! Takes the decisions out of a DMN file. Must not know how tables are decided.

use super::columns::{self, Declared, Definitions, computed, distinct, strings, text_of};
use super::xml::{self, Element};
use super::{DmnDecision, DmnError, DmnList, DmnTable, Logic, NULL, Outside};
use crate::span::{Span, Spanned};
use crate::table::{HitPolicy, MAX_COLUMNS, MAX_ROWS, OutputOrder, RawRow, RawTable};
use crate::value::{Decimal, Type};

/// Reads a DMN 1.1 to 1.5 file: every decision, business knowledge model and decision service by name, as a table of
/// the definition language or with the reason why it is none. Diagrams and extensions are left out.
///
/// # Errors
/// What keeps the file as a whole from being read.
pub fn import(xml: &str) -> Result<Vec<DmnDecision>, Vec<DmnError>> {
    let root = xml::parse(xml).map_err(|error| vec![error])?;
    let definitions = Definitions::of(&root);
    let mut decisions = Vec::new();
    for element in &root.children {
        let logic = match element.name.as_str() {
            "decision" => decision(&definitions, element),
            "businessKnowledgeModel" | "decisionService" => Err(Outside::Callable { element: element.name.clone() }),
            _ => continue,
        };
        let name = element.attribute("name").unwrap_or_default().to_owned();
        decisions.push(DmnDecision { name, span: element.tag, logic: logic.unwrap_or_else(Logic::Outside) });
    }
    Ok(decisions)
}

/// Elements of a decision that are not its logic.
const NOT_LOGIC: [&str; 13] = [
    "description",
    "extensionElements",
    "question",
    "allowedAnswers",
    "variable",
    "informationRequirement",
    "knowledgeRequirement",
    "authorityRequirement",
    "supportedObjective",
    "impactedPerformanceIndicator",
    "decisionMaker",
    "decisionOwner",
    "usingProcess",
];

fn decision(definitions: &Definitions<'_>, element: &Element) -> Result<Logic, Outside> {
    match element.child("decisionTable") {
        Some(table) => Ok(Logic::Table(Box::new(read_table(definitions, element, table)?))),
        None => {
            let logic = element.children.iter().find(|child| !NOT_LOGIC.contains(&child.name.as_str()));
            Err(Outside::NotATable { element: logic.map(|child| child.name.clone()) })
        }
    }
}

fn read_table(definitions: &Definitions<'_>, decision: &Element, table: &Element) -> Result<DmnTable, Outside> {
    let rules: Vec<&Element> = table.children_named("rule").collect();
    let inputs: Vec<&Element> = table.children_named("input").collect();
    let outputs: Vec<&Element> = table.children_named("output").collect();
    let columns = inputs.len() + outputs.len();
    if columns > MAX_COLUMNS || rules.len() > MAX_ROWS {
        return Err(Outside::TooLarge { columns, rules: rules.len() });
    }
    let rows: Vec<RawRow> = rules.iter().map(|rule| row(rule)).collect();
    let ragged = |row: &RawRow| row.inputs.len() != inputs.len() || row.outputs.len() != outputs.len();
    if let Some(rule) = rows.iter().position(ragged) {
        return Err(Outside::Ragged { rule });
    }
    let mut raw = RawTable::new(hit_policy(table)?);
    raw.rows = rows;
    let mut read = DmnTable {
        raw,
        inputs: Vec::new(),
        outputs: Vec::new(),
        lists: Vec::new(),
        defaults: Vec::new(),
        annotation_names: names(table.children_named("annotation")),
        annotations: rules
            .iter()
            .map(|rule| rule.children_named("annotationEntry").filter_map(text_of).collect())
            .collect(),
    };
    for (column, element) in inputs.into_iter().enumerate() {
        read_input(definitions, element, column, &mut read)?;
    }
    let alone = outputs.len() == 1;
    for (column, element) in outputs.into_iter().enumerate() {
        let name = element.attribute("name").or_else(|| decision.attribute("name").filter(|_| alone));
        read_output(element, name.map_or_else(|| format!("output {}", column + 1), str::to_owned), column, &mut read)?;
    }
    Ok(read)
}

fn names<'a>(elements: impl Iterator<Item = &'a Element>) -> Vec<String> {
    elements.map(|element| element.attribute("name").unwrap_or_default().to_owned()).collect()
}

fn hit_policy(table: &Element) -> Result<Spanned<String>, Outside> {
    let policy = table.attribute("hitPolicy").unwrap_or("UNIQUE");
    let text = match table.attribute("aggregation") {
        Some(how) if policy == "COLLECT" => format!("{policy} {how}"),
        _ => policy.to_owned(),
    };
    match HitPolicy::parse(&text) {
        Some(policy) => Ok(Spanned::new(policy.word().to_owned(), table.span)),
        None => Err(Outside::HitPolicy { text }),
    }
}

fn row(rule: &Element) -> RawRow {
    // Modelling tools leave a cell empty where the standard writes `-`.
    let test = |entry| {
        let cell = cell(entry);
        if cell.value.is_empty() { Spanned::new("-".to_owned(), cell.span) } else { cell }
    };
    RawRow {
        line: 0,
        inputs: rule.children_named("inputEntry").map(test).collect(),
        outputs: rule.children_named("outputEntry").map(output).collect(),
    }
}

/// An output's text; what says nothing is an empty cell, as our own tables write it.
fn output(entry: &Element) -> Spanned<String> {
    let cell = cell(entry);
    if cell.value == NULL { Spanned::new(String::new(), cell.span) } else { cell }
}

/// The text of an entry and its place, without the space around it.
fn cell(entry: &Element) -> Spanned<String> {
    let Some(text) = entry.child("text") else { return Spanned::new(String::new(), entry.span) };
    let trimmed = text.text.trim();
    let before = text.text.len() - text.text.trim_start().len();
    let Span { file, start, end } = text.span;
    // Where an entity stands in the text its place cannot be told by counting; then it is that of the whole.
    let verbatim = end.checked_sub(start).is_some_and(|length| length as usize == text.text.len());
    let start = start + u32::try_from(before).unwrap_or(0);
    let length = u32::try_from(trimmed.len()).unwrap_or(0);
    let span = if verbatim { Span::new(file, start, start + length) } else { text.span };
    Spanned::new(plain(trimmed), span)
}

/// `text` with the numbers that FEEL lets be written with an exponent (DMN 1.5, section 10.3.1.2, rule 37) written out; what stands in quotes stays.
/// One that an exact decimal cannot hold stays too, and is refused where it is read.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => crate::table::quoted(rest).map_or(rest.len(), |(_, length)| length),
            _ if first.is_alphanumeric() => word(rest),
            _ => first.len_utf8(),
        };
        let (taken, further) = rest.split_at_checked(length).unwrap_or((rest, ""));
        match Decimal::from_scientific(taken) {
            Ok(number) if taken.contains(['e', 'E']) => out.push_str(&number.normalize().to_string()),
            _ => out.push_str(taken),
        }
        rest = further;
    }
    out
}

/// How many bytes the name or number that `text` begins with has: a sign belongs to it behind an exponent's letter.
fn word(text: &str) -> usize {
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let digit_follows = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        let belongs = c.is_alphanumeric()
            || (c == '.' && digit_follows)
            || (matches!(c, '+' | '-') && matches!(before, 'e' | 'E') && digit_follows);
        if !belongs {
            return at;
        }
        before = c;
    }
    text.len()
}

fn read_input(
    definitions: &Definitions<'_>,
    element: &Element,
    column: usize,
    read: &mut DmnTable,
) -> Result<(), Outside> {
    let expression = element.child("inputExpression");
    let text = expression.and_then(text_of).unwrap_or_default();
    if !is_name(definitions, &text) {
        return Err(Outside::InputExpression { text: text.chars().take(80).collect() });
    }
    let declared = Declared {
        name: &text,
        type_ref: expression.and_then(|e| e.attribute("typeRef")).or_else(|| definitions.variable_type(&text)),
        allowed: element.child("inputValues").and_then(text_of),
        element,
    };
    let cells: Vec<Spanned<String>> = read.raw.rows.iter().filter_map(|row| row.inputs.get(column)).cloned().collect();
    let (of, list) = columns::input(definitions, &declared, &cells)?;
    if let Some(list) = list {
        know(read, list);
    }
    read.inputs.push(of);
    read.raw.inputs.push(Spanned::new(text, expression.map_or(element.span, |e| e.span)));
    Ok(())
}

/// Adds to what is known of a list: two columns on one must not see each other's codes only in part.
fn know(read: &mut DmnTable, list: DmnList) {
    match read.lists.iter_mut().find(|known| known.name == list.name) {
        Some(known) => known.codes = distinct(known.codes.drain(..).chain(list.codes).collect()),
        None => read.lists.push(DmnList { codes: distinct(list.codes), ..list }),
    }
}

/// Whether `text` is the name of something, perhaps with the path to a part of it, and not an expression.
fn is_name(definitions: &Definitions<'_>, text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '.' | '\'');
    let begins = |c: char| c.is_alphabetic() || c == '_';
    definitions.is_variable(text) || (text.starts_with(begins) && text.chars().all(plain))
}

fn read_output(element: &Element, name: String, column: usize, read: &mut DmnTable) -> Result<(), Outside> {
    let default = element.child("defaultOutputEntry").map(cell).filter(|d| !d.value.is_empty());
    let cells = read.raw.rows.iter().filter_map(|row| row.outputs.get(column));
    let literals: Vec<&str> = cells.chain(&default).map(|cell| cell.value.as_str()).collect();
    let of = columns::output(element, &literals)?;
    if let Some(Type::Code(list)) = &of {
        let codes = literals.iter().filter_map(|text| strings(text)).flatten().collect();
        know(read, DmnList { name: list.clone(), codes });
    }
    let name = Spanned::new(name, element.span);
    if let Some(allowed) = element.child("outputValues").map(cell).filter(|a| !a.value.is_empty()) {
        let values = literal_list(&allowed.value).ok_or_else(|| computed(&allowed.value))?;
        let values = values.into_iter().map(|value| Spanned::new(value, allowed.span)).collect();
        read.raw.output_order.push(OutputOrder { output: name.clone(), values });
    }
    read.raw.outputs.push(name);
    read.outputs.push(of);
    read.defaults.push(default);
    Ok(())
}

/// The literals of a list of output values, as cells are written.
fn literal_list(text: &str) -> Option<Vec<String>> {
    if text.contains('"') && !text.contains('@') && !text.contains("date") {
        let literal = |code| crate::table::literal(&crate::value::Value::Code(code));
        return Some(strings(text)?.into_iter().map(literal).collect());
    }
    Some(text.split(',').map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect())
}
