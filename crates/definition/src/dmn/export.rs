//! Writes tables as a DMN 1.5 file. Must not know where the file goes.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter, Write};

use quick_xml::escape::escape;

use super::{NAMESPACE, NULL, OWN_NAMESPACE};
use crate::table::{Aggregation, HitPolicy, InputColumn, OutputColumn, Row, Rules, Test, UnaryTests, literal};
use crate::value::{Type, Value};

/// A table to be exported.
#[derive(Clone, Copy, Debug)]
pub struct Exported<'a> {
    /// The decision's name.
    pub name: &'a str,
    /// What the table says.
    pub rules: &'a Rules,
    /// What each output gives when no rule matches; may be empty.
    pub defaults: &'a [Option<Value>],
    /// The names of the annotation columns; may be empty.
    pub annotation_names: &'a [String],
    /// Per rule, its annotations; may be empty.
    pub annotations: &'a [Vec<String>],
}

/// Writes `tables` as the DMN 1.5 file of a model called `name`, one decision each, with the input data they need.
#[must_use]
pub fn export(name: &str, tables: &[Exported<'_>]) -> String {
    let mut out = String::new();
    // Writing to a string never fails.
    let _ = write_model(&mut out, name, tables);
    out
}

/// The input data of all tables: a number for each name, with the type of its first column.
type InputData<'a> = BTreeMap<&'a str, (usize, &'a InputColumn)>;

fn write_model(out: &mut String, name: &str, tables: &[Exported<'_>]) -> fmt::Result {
    let mut data = InputData::new();
    for column in tables.iter().flat_map(|table| &table.rules.inputs) {
        let next = data.len() + 1;
        data.entry(&column.path).or_insert((next, column));
    }
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<definitions xmlns=\"{NAMESPACE}\" xmlns:panjereh=\"{OWN_NAMESPACE}\" id=\"definitions\"")?;
    writeln!(out, "    namespace=\"{OWN_NAMESPACE}\" name=\"{}\">", escape(name))?;
    for (path, (number, column)) in &data {
        let (path, type_ref) = (escape(*path), type_ref(Some(&column.type_)));
        writeln!(out, "  <inputData id=\"input-{number}\" name=\"{path}\">")?;
        writeln!(out, "    <variable name=\"{path}\" typeRef=\"{type_ref}\"/>")?;
        writeln!(out, "  </inputData>")?;
    }
    for (number, table) in (1..).zip(tables) {
        write_decision(out, number, table, &data)?;
    }
    writeln!(out, "</definitions>")
}

fn write_decision(out: &mut String, number: usize, table: &Exported<'_>, data: &InputData<'_>) -> fmt::Result {
    let rules = table.rules;
    writeln!(out, "  <decision id=\"decision-{number}\" name=\"{}\">", escape(table.name))?;
    writeln!(out, "    <variable name=\"{}\"/>", escape(table.name))?;
    let mut needed: Vec<usize> =
        rules.inputs.iter().filter_map(|c| data.get(c.path.as_str())).map(|(input, _)| *input).collect();
    needed.sort_unstable();
    needed.dedup();
    for input in needed {
        writeln!(out, "    <informationRequirement><requiredInput href=\"#input-{input}\"/></informationRequirement>")?;
    }
    writeln!(out, "    <decisionTable id=\"table-{number}\" {}>", policy(rules.hit))?;
    for column in &rules.inputs {
        write_input(out, column)?;
    }
    for (i, column) in rules.outputs.iter().enumerate() {
        write_output(out, column, table.defaults.get(i).and_then(Option::as_ref))?;
    }
    for name in table.annotation_names {
        writeln!(out, "      <annotation name=\"{}\"/>", escape(name))?;
    }
    for (i, row) in rules.rows.iter().enumerate() {
        write_rule(out, row, table.annotations.get(i).map_or(&[], Vec::as_slice))?;
    }
    writeln!(out, "    </decisionTable>")?;
    writeln!(out, "  </decision>")
}

fn write_input(out: &mut String, column: &InputColumn) -> fmt::Result {
    writeln!(out, "      <input{}>", own_attributes(Some(&column.type_)))?;
    let (path, type_ref) = (escape(&column.path), type_ref(Some(&column.type_)));
    writeln!(out, "        <inputExpression typeRef=\"{type_ref}\"><text>{path}</text></inputExpression>")?;
    if let Some(values) = allowed(column) {
        writeln!(out, "        <inputValues><text>{}</text></inputValues>", escape(&values))?;
    }
    writeln!(out, "      </input>")
}

fn write_output(out: &mut String, column: &OutputColumn, default: Option<&Value>) -> fmt::Result {
    let (name, type_ref) = (escape(&column.name), type_ref(column.type_.as_ref()));
    writeln!(out, "      <output name=\"{name}\" typeRef=\"{type_ref}\"{}>", own_attributes(column.type_.as_ref()))?;
    if !column.order.is_empty() {
        let values = column.order.iter().map(literal).collect::<Vec<_>>().join(", ");
        writeln!(out, "        <outputValues><text>{}</text></outputValues>", escape(&values))?;
    }
    if let Some(default) = default {
        writeln!(out, "        <defaultOutputEntry><text>{}</text></defaultOutputEntry>", escape(literal(default)))?;
    }
    writeln!(out, "      </output>")
}

fn write_rule(out: &mut String, row: &Row, annotations: &[String]) -> fmt::Result {
    writeln!(out, "      <rule>")?;
    for tests in &row.tests {
        writeln!(out, "        <inputEntry><text>{}</text></inputEntry>", escape(Portable(tests).to_string()))?;
    }
    for value in &row.outputs {
        // An entry is an expression, and an empty one is none.
        let text = value.as_ref().map_or_else(|| NULL.to_owned(), literal);
        writeln!(out, "        <outputEntry><text>{}</text></outputEntry>", escape(&text))?;
    }
    for annotation in annotations {
        writeln!(out, "        <annotationEntry><text>{}</text></annotationEntry>", escape(annotation))?;
    }
    writeln!(out, "      </rule>")
}

/// A lone `!= a` as `not(a)`, which every version of DMN has.
struct Portable<'a>(&'a UnaryTests);

impl Display for Portable<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            UnaryTests::In(tests) => match tests.as_slice() {
                [Test::IsNot(value)] => write!(f, "not({})", literal(value)),
                _ => write!(f, "{}", self.0),
            },
            other => write!(f, "{other}"),
        }
    }
}

fn policy(hit: HitPolicy) -> String {
    let aggregation = match hit {
        HitPolicy::Collect(Aggregation::Sum) => " aggregation=\"SUM\"",
        HitPolicy::Collect(Aggregation::Min) => " aggregation=\"MIN\"",
        HitPolicy::Collect(Aggregation::Max) => " aggregation=\"MAX\"",
        HitPolicy::Collect(Aggregation::Count) => " aggregation=\"COUNT\"",
        _ => "",
    };
    let word = if matches!(hit, HitPolicy::Collect(_)) { "collect" } else { hit.word() };
    format!("hitPolicy=\"{}\"{aggregation}", word.to_uppercase())
}

/// FEEL's type for `of`; an output without a type holds strings.
fn type_ref(of: Option<&Type>) -> &'static str {
    match of {
        Some(Type::Bool) => "boolean",
        Some(Type::Decimal { .. } | Type::Money(_)) => "number",
        Some(Type::Date) => "date",
        _ => "string",
    }
}

/// What FEEL's type does not say.
fn own_attributes(of: Option<&Type>) -> String {
    match of {
        Some(Type::Decimal { scale, min, max }) => {
            let bound = |name, end: &Option<_>| {
                end.as_ref().map(|end| format!(" panjereh:{name}=\"{end}\"")).unwrap_or_default()
            };
            format!(" panjereh:scale=\"{scale}\"{}{}", bound("min", min), bound("max", max))
        }
        Some(Type::Money(currency)) => format!(" panjereh:currency=\"{}\"", escape(currency)),
        Some(Type::Code(list)) => format!(" panjereh:list=\"{}\"", escape(list)),
        _ => String::new(),
    }
}

/// The allowed values of an input, as FEEL writes them.
fn allowed(column: &InputColumn) -> Option<String> {
    match &column.type_ {
        Type::Code(_) => {
            let quoted = column.codes.iter().map(|code| literal(&Value::Code(code.clone())));
            Some(quoted.collect::<Vec<_>>().join(", "))
        }
        Type::Decimal { min: Some(min), max: Some(max), .. } => Some(format!("[{min}..{max}]")),
        Type::Decimal { min: Some(min), .. } => Some(format!(">= {min}")),
        Type::Decimal { max: Some(max), .. } => Some(format!("<= {max}")),
        _ => None,
    }
}
