//! `codes/LIST.csv`: closed lists of codes with attributes and words.
//!
//! Must not know of: concepts, tables.

use std::collections::BTreeMap;

use super::context::Context;
use super::read;
use super::sheet::{Sheet, wide};
use crate::codes;
use crate::model::{CodeList, Language, Name};
use crate::places::Part;
use crate::span::{Span, Spanned};
use crate::syntax::csv::Row;
use crate::value::{CodeLists, disguised, fold_digits, is_blank};

/// The folder.
pub(super) const FOLDER: &str = "codes/";
/// Longest code, in bytes.
const MAX_CODE: usize = 64;

/// The lists by name, as values are read against them.
impl CodeLists for BTreeMap<Name, CodeList> {
    fn contains(&self, list: &str, code: &str) -> bool {
        self.get(list).is_some_and(|list| list.values.contains_key(code))
    }

    fn codes(&self, list: &str) -> Option<&[String]> {
        self.get(list).map(|list| list.codes.as_slice())
    }
}

/// An attribute's column and the list that its header names.
struct Attribute {
    column: usize,
    name: Name,
    list: Option<Spanned<String>>,
}

pub(super) fn resolve(cx: &mut Context<'_>, languages: &[Language]) -> BTreeMap<Name, CodeList> {
    let mut lists = BTreeMap::new();
    let mut named = Vec::new();
    let paths: Vec<(u32, String)> = cx.sources.iter().map(|(file, source)| (file, source.path().to_owned())).collect();
    for (file, path) in &paths {
        let Some(name) = path.strip_prefix(FOLDER).and_then(|file| file.strip_suffix(".csv")) else { continue };
        let start = Span::start_of(*file);
        if !read::is_name(name) {
            read::wrong(cx, start, name, "a name for a code list");
            continue;
        }
        cx.place(Part::List(name.to_owned()), start);
        list(cx, path, name, languages, &mut lists, &mut named);
    }
    check_values(cx, &lists, &named);
    lists
}

/// A cell whose code must be of another list.
type Reference = (Name, Spanned<String>);

fn list(
    cx: &mut Context<'_>,
    path: &str,
    name: &str,
    languages: &[Language],
    lists: &mut BTreeMap<Name, CodeList>,
    named: &mut Vec<Reference>,
) {
    let Some(sheet) = Sheet::read(cx, path) else { return };
    let Some([code]) = sheet.columns(cx, ["code"], languages, is_attribute) else {
        cx.broken.insert(path.to_owned());
        return;
    };
    let attributes = attributes(&sheet, languages);
    let mut list = CodeList::default();
    for attribute in &attributes {
        let from =
            attribute.list.as_ref().map_or_else(|| format!("{name}.{}", attribute.name), |list| list.value.clone());
        list.attributes.insert(attribute.name.clone(), from);
    }
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for row in &sheet.rows {
        let Some(id) = row.cells.get(code).and_then(|cell| code_of(cx, cell, row)) else { continue };
        if let Some(first) = seen.get(&id.value) {
            read::duplicate(cx, &id, *first);
            continue;
        }
        seen.insert(id.value.clone(), id.span);
        let values = values(cx, row, &attributes, &list, lists, named);
        list.words.insert(id.value.clone(), sheet.words(cx, row, languages));
        list.values.insert(id.value.clone(), values);
        list.codes.push(id.value);
    }
    if list.codes.is_empty() {
        cx.report(
            &codes::MISSING,
            cx.places.find(&Part::List(name.to_owned())),
            "the list has no code",
            "add a row for each code",
        );
    }
    lists.insert(name.to_owned(), list);
}

/// The attribute values of a row. Those of a column that names no list make the list `LIST.ATTRIBUTE`.
fn values(
    cx: &mut Context<'_>,
    row: &Row,
    attributes: &[Attribute],
    list: &CodeList,
    lists: &mut BTreeMap<Name, CodeList>,
    named: &mut Vec<Reference>,
) -> BTreeMap<Name, String> {
    let mut values = BTreeMap::new();
    for attribute in attributes {
        let Some(value) = row.cells.get(attribute.column).and_then(|cell| code_of(cx, cell, row)) else { continue };
        let from = list.attributes.get(&attribute.name).cloned().unwrap_or_default();
        if attribute.list.is_some() {
            named.push((from, value.clone()));
        } else {
            let own = lists.entry(from).or_default();
            if own.values.insert(value.value.clone(), BTreeMap::new()).is_none() {
                own.codes.push(value.value.clone());
            }
        }
        values.insert(attribute.name.clone(), value.value);
    }
    values
}

/// Whether a header is an attribute: `name` or `name:LIST`.
fn is_attribute(header: &str) -> bool {
    let (name, list) = header.split_once(':').unwrap_or((header, "list"));
    read::is_name(name) && read::is_name(list)
}

fn attributes(sheet: &Sheet, languages: &[Language]) -> Vec<Attribute> {
    let further = sheet
        .header
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.value != "code" && !languages.contains(&cell.value) && is_attribute(&cell.value));
    let attribute = |(column, cell): (usize, &Spanned<String>)| match cell.value.split_once(':') {
        Some((name, list)) => {
            Attribute { column, name: name.to_owned(), list: Some(Spanned::new(list.to_owned(), cell.span)) }
        }
        None => Attribute { column, name: cell.value.clone(), list: None },
    };
    further.map(attribute).collect()
}

/// A code: any text without spaces and of moderate length; digits are ASCII.
fn code_of(cx: &mut Context<'_>, cell: &Spanned<String>, row: &Row) -> Option<Spanned<String>> {
    let code = fold_digits(&cell.value);
    let plain = !is_blank(&code) && disguised(&code).is_none() && !code.contains(char::is_whitespace);
    if plain && code.len() <= MAX_CODE {
        return Some(Spanned::new(code, cell.span));
    }
    read::wrong(
        cx,
        wide(cell.span, row.span),
        &cell.value,
        "a code: a text of at most 64 bytes without spaces and characters that nobody sees",
    );
    None
}

fn check_values(cx: &mut Context<'_>, lists: &BTreeMap<Name, CodeList>, named: &[Reference]) {
    for (list, value) in named {
        let home = format!("{FOLDER}{list}.csv");
        match lists.codes(list) {
            None => {
                let names: Vec<&str> = lists.keys().map(String::as_str).collect();
                cx.known("code list", &Spanned::new(list.clone(), value.span), names, FOLDER);
            }
            Some(codes) => {
                cx.known("code", value, codes.iter().map(String::as_str), &home);
            }
        }
    }
}
