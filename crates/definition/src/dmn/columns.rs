//! The types of a DMN table's columns: what its type references and literals say, closed.
//!
//! A string column is closed by its allowed values or else by the literals in its cells and everything else as one code.
//! Must not know XML's syntax.

use std::collections::{HashMap, HashSet};

use super::xml::Element;
use super::{DmnList, NUMBER_SCALE, OTHER_TEXT, Outside};
use crate::span::{Span, Spanned};
use crate::table::{RawRow, RawTable, Test, UnaryTests, compile};
use crate::value::{CodeLists, Decimal, Type, Value, ValueError, parse_date, parse_decimal};

/// How deep one type may rest on another.
const MAX_ALIASES: usize = 8;

/// What is known of an input before its cells are looked at.
pub(super) struct Declared<'a> {
    pub(super) name: &'a str,
    pub(super) type_ref: Option<&'a str>,
    pub(super) allowed: Option<String>,
    /// The `input` element, for the attributes of our own exports.
    pub(super) element: &'a Element,
}

/// What the elements of a file can refer to by name.
pub(super) struct Definitions<'a> {
    /// Item definitions, the types of a file.
    items: HashMap<&'a str, &'a Element>,
    /// Input data and decisions, with the types of their variables.
    variables: HashMap<&'a str, Option<&'a str>>,
}

impl<'a> Definitions<'a> {
    pub(super) fn of(root: &'a Element) -> Self {
        let mut names = Self { items: HashMap::new(), variables: HashMap::new() };
        for element in &root.children {
            let Some(name) = element.attribute("name") else { continue };
            match element.name.as_str() {
                "itemDefinition" => drop(names.items.entry(name).or_insert(element)),
                "inputData" | "decision" => {
                    let of = element.child("variable").and_then(|variable| variable.attribute("typeRef"));
                    names.variables.entry(name).or_insert(of);
                }
                _ => {}
            }
        }
        names
    }

    pub(super) fn is_variable(&self, name: &str) -> bool {
        self.variables.contains_key(name)
    }

    pub(super) fn variable_type(&self, name: &str) -> Option<&'a str> {
        self.variables.get(name).copied().flatten()
    }
}

/// The basic type that `type_ref` rests on in the item definitions of `definitions`, and the allowed values on the way.
pub(super) fn basic(definitions: &Definitions<'_>, type_ref: &str) -> (String, Option<String>) {
    let mut name = local(type_ref).to_owned();
    let mut allowed = None;
    for _ in 0..MAX_ALIASES {
        let Some(item) = definitions.items.get(name.as_str()) else { break };
        allowed = allowed.or_else(|| item.child("allowedValues").and_then(text_of));
        match item.child("typeRef") {
            Some(base) => name = local(base.text.trim()).to_owned(),
            None => break,
        }
    }
    (name, allowed)
}

/// DMN 1.1 writes `feel:string` where later versions write `string`.
fn local(type_ref: &str) -> &str {
    type_ref.rsplit(':').next().unwrap_or(type_ref)
}

/// The text inside an element's `text` child.
pub(super) fn text_of(element: &Element) -> Option<String> {
    element.child("text").map(|text| text.text.trim().to_owned())
}

/// The type of an input whose cells are `cells`, and its code list if it is one of strings.
pub(super) fn input(
    definitions: &Definitions<'_>,
    declared: &Declared<'_>,
    cells: &[Spanned<String>],
) -> Result<(Type, Option<DmnList>), Outside> {
    let (basic, allowed_by_type) = declared.type_ref.map(|t| basic(definitions, t)).unwrap_or_default();
    let allowed = declared.allowed.clone().or(allowed_by_type).filter(|text| text != "-" && !text.is_empty());
    let unclear = || Outside::InputType { input: declared.name.to_owned(), type_ref: basic.clone() };
    let values =
        |text: &str| Outside::InputValues { input: declared.name.to_owned(), text: text.chars().take(80).collect() };
    match basic.as_str() {
        "boolean" => Ok((Type::Bool, None)),
        "date" if allowed.is_none() => Ok((Type::Date, None)),
        "date" => Err(values(allowed.as_deref().unwrap_or_default())),
        "number" => match declared.element.own_attribute("currency") {
            Some(currency) => Ok((Type::Money(currency.to_owned()), None)),
            None => Ok((
                number(declared.element, allowed.as_deref())
                    .ok_or_else(|| values(allowed.as_deref().unwrap_or_default()))?,
                None,
            )),
        },
        "string" => {
            let name = declared.element.own_attribute("list").unwrap_or(declared.name).to_owned();
            let codes = match &allowed {
                Some(text) => strings(text).filter(|codes| !codes.is_empty()).ok_or_else(|| values(text))?,
                None => codes_of(cells)?,
            };
            // Cells that are not lists of quoted strings would be taken for bare codes.
            codes_of(cells)?;
            Ok((Type::Code(name.clone()), Some(DmnList { name, codes })))
        }
        _ => Err(unclear()),
    }
}

/// The codes that stand in the cells, and one for all others.
fn codes_of(cells: &[Spanned<String>]) -> Result<Vec<String>, Outside> {
    let mut codes = vec![OTHER_TEXT.to_owned()];
    for cell in cells {
        codes.extend(strings(&cell.value).ok_or_else(|| computed(&cell.value))?);
    }
    Ok(distinct(codes))
}

/// Each code once, where it stands first.
pub(super) fn distinct(codes: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    codes.into_iter().filter(|code| seen.insert(code.clone())).collect()
}

pub(super) fn computed(text: &str) -> Outside {
    Outside::Computed { text: text.chars().take(80).collect() }
}

/// The quoted strings of a cell that says nothing but `-`, strings, commas, `not(...)`, `=` and `!=`.
pub(super) fn strings(cell: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut between = String::new();
    let mut rest = cell;
    while let Some(quote) = rest.find('"') {
        between.push_str(rest.get(..quote)?);
        let (text, length) = crate::table::quoted(rest.get(quote..)?)?;
        found.push(text);
        rest = rest.get(quote + length..)?;
    }
    between.push_str(rest);
    let between = between.trim();
    let inner = between.strip_prefix("not").unwrap_or(between);
    let plain = between == "-" || inner.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '=' | '!'));
    plain.then_some(found)
}

/// A number with the bounds that its allowed values state, if they state nothing else.
fn number(element: &Element, allowed: Option<&str>) -> Option<Type> {
    let scale = element.own_attribute("scale").and_then(|s| s.parse().ok()).filter(|s| *s <= 28);
    let scale = scale.unwrap_or(NUMBER_SCALE);
    let Some(allowed) = allowed else { return Some(Type::Decimal { scale, min: None, max: None }) };
    let (min, max) = match one_test(allowed, element.span, scale)? {
        Test::AtLeast(low) => (Some(low), None),
        Test::AtMost(high) => (None, Some(high)),
        Test::Between { low, low_included: true, high, high_included: true } => (Some(low), Some(high)),
        _ => return None,
    };
    let plain = |value| match value {
        Some(Value::Decimal(number)) => Some(number),
        _ => None,
    };
    Some(Type::Decimal { scale, min: plain(min), max: plain(max) })
}

/// The single test that `text`, which stands `at` a place, is on a decimal of `scale`.
fn one_test(text: &str, at: Span, scale: u8) -> Option<Test> {
    struct NoLists;
    impl CodeLists for NoLists {
        fn contains(&self, _: &str, _: &str) -> bool {
            false
        }
        fn codes(&self, _: &str) -> Option<&[String]> {
            None
        }
    }
    let spanned = |text: &str| Spanned::new(text.to_owned(), at);
    let row = RawRow { line: 1, inputs: vec![spanned(text)], outputs: vec![spanned("")] };
    let mut raw = RawTable::new(spanned(""));
    (raw.inputs, raw.outputs, raw.rows) = (vec![spanned("")], vec![spanned("")], vec![row]);
    let table = compile(&raw, &[Type::Decimal { scale, min: None, max: None }], &[None], &NoLists).ok()?;
    match table.rules().rows.first()?.tests.first()? {
        UnaryTests::In(tests) => Some(tests.first().filter(|_| tests.len() == 1)?.clone()),
        _ => None,
    }
}

/// The type that all of `literals` have: nothing for strings, which are codes without a list unless one of our own exports names it.
pub(super) fn output(element: &Element, literals: &[&str]) -> Result<Option<Type>, Outside> {
    let written: Vec<&str> = literals.iter().copied().filter(|text| !text.is_empty()).collect();
    let all = |is: &dyn Fn(&str) -> bool| written.iter().all(|text| is(text));
    if all(&is_string) {
        return Ok(element.own_attribute("list").map(|list| Type::Code(list.to_owned())));
    }
    let of = if all(&|text| matches!(text, "true" | "false")) {
        Type::Bool
    } else if all(&is_date) {
        Type::Date
    } else {
        let number =
            |text: &str| parse_decimal(text).ok().filter(|_| !text.contains(',')).map(|d| d.normalize().scale());
        let scales: Option<Vec<u32>> = written.iter().map(|text| number(text)).collect();
        let strange = || computed(written.iter().find(|text| number(text).is_none()).copied().unwrap_or_default());
        let finest = scales.ok_or_else(strange)?.into_iter().max().unwrap_or(0);
        number_output(element, u8::try_from(finest).unwrap_or(28))
    };
    // An empty cell beside literals is FEEL's null, which a typed column cannot hold.
    if written.len() == literals.len() { Ok(Some(of)) } else { Err(computed("")) }
}

fn number_output(element: &Element, finest: u8) -> Type {
    if let Some(currency) = element.own_attribute("currency") {
        return Type::Money(currency.to_owned());
    }
    let scale = element.own_attribute("scale").and_then(|s| s.parse().ok()).unwrap_or(finest).max(finest);
    let bound = |name| element.own_attribute(name).and_then(|text| text.parse::<Decimal>().ok());
    Type::Decimal { scale, min: bound("min"), max: bound("max") }
}

/// Whether `text` is one FEEL string and nothing else.
pub(super) fn is_string(text: &str) -> bool {
    crate::table::quoted(text).is_some_and(|(_, length)| length == text.len())
}

fn is_date(text: &str) -> bool {
    let called = text.strip_prefix("date").and_then(|t| t.trim_start().strip_prefix('(')?.strip_suffix(')'));
    let quoted = text.strip_prefix('@').or(called).map(str::trim);
    // Far away it is a date all the same, and the checker says what is wrong with it.
    let is = |inner: &str| matches!(parse_date(inner), Ok(_) | Err(ValueError::FarDate { .. }));
    quoted.and_then(|q| q.strip_prefix('"')?.strip_suffix('"')).is_some_and(is)
}
