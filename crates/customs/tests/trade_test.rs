//! A government's trade test, where that data is there: its declarations and answers are read, what is neither is refused by name, and the tables are the schemas'.
//!
//! The data is looked for in `PANJEREH_DATA`, else beside the project; without it the tests say that they skip.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use customs::wco::format::Format;
use customs::wco::model::{Class, Content};
use customs::wco::{dec, res};
use customs::{Fault, Message, read};
use definition::syntax::xml::{Document, Element, Limits};

/// A folder of the data, if it is there.
fn data(folder: &str) -> Option<PathBuf> {
    let data = std::env::var_os("PANJEREH_DATA").map(PathBuf::from);
    let data = data.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    let folder = data.join("customs").join(folder);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no {}", folder.display());
    None
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml")) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What came of a file, in a word.
fn outcome(bytes: &[u8]) -> String {
    match read(bytes) {
        Ok(Message::Declaration(declaration)) if declaration.function.value == "9" => "original".to_owned(),
        Ok(Message::Declaration(_)) => "request".to_owned(),
        Ok(Message::Notification(_)) => "answer".to_owned(),
        Ok(Message::Interchange(_)) => "interchange".to_owned(),
        Err(problems) => {
            assert!(!problems.is_empty());
            match &problems[0].fault {
                Fault::OtherMessage { .. } => "other message".to_owned(),
                Fault::Xml(_) => "not XML".to_owned(),
                _ => problems[0].path.split('/').next().unwrap().to_owned(),
            }
        }
    }
}

#[test]
fn every_declaration_is_read_and_what_is_none_is_refused() {
    let Some(folder) = data("hmrc") else { return };
    let mut outcomes = BTreeMap::<String, usize>::new();
    for file in files(&folder) {
        *outcomes.entry(outcome(&std::fs::read(&file).unwrap())).or_default() += 1;
    }
    let said: Vec<(&str, usize)> = outcomes.iter().map(|(outcome, count)| (outcome.as_str(), *count)).collect();
    // Refused: two reports on declarations in another profile; answers that hold a datum without text or a date in words; three files that no parser of XML takes.
    let expected = [
        ("Declaration", 2),
        ("Response", 9),
        ("answer", 306),
        ("not XML", 3),
        ("original", 268),
        ("other message", 43),
        ("request", 20),
    ];
    assert_eq!(said, expected);
}

/// One part of a class on its way: id, form, whether it must be there, how often it may.
type Row = (String, String, String, bool, Option<u16>);

#[test]
fn the_tables_are_the_schemas() {
    let Some(folder) = data("schemas") else { return };
    let wco = folder.join("schemas/wco");
    let schema = rows_of_schema(&wco.join("declaration/WCO_DEC_2_DMS.xsd"), "Declaration");
    let mut table = BTreeSet::new();
    rows_of_table("", &dec::DECLARATION, &mut table);
    assert_eq!(table.symmetric_difference(&schema).collect::<Vec<_>>(), Vec::<&Row>::new());
    let schema = rows_of_schema(&wco.join("notification/WCO_RES_2_DMS.xsd"), "Response");
    let mut table = BTreeSet::new();
    rows_of_table("", &res::RESPONSE, &mut table);
    assert_eq!(table.symmetric_difference(&schema).collect::<Vec<_>>(), Vec::<&Row>::new());
}

fn rows_of_table(way: &str, class: &Class, rows: &mut BTreeSet<Row>) {
    for part in class.parts {
        let path = format!("{way}/{}", part.name);
        let form = match &part.content {
            Content::Class(_) => String::new(),
            Content::Datum(format) => written(*format),
        };
        rows.insert((path.clone(), part.id.to_owned(), form, part.required, part.most));
        if let Content::Class(class) = part.content {
            rows_of_table(&path, class, rows);
        }
    }
}

/// A form as the schemas write it, but for the dots of a code's digits, which they do not write alike.
fn written(format: Format) -> String {
    match format {
        Format::Digits { most } => format!("n{most}"),
        other => other.written(),
    }
}

fn rows_of_schema(file: &Path, root: &str) -> BTreeSet<Row> {
    let text = std::fs::read_to_string(file).unwrap();
    let limits = Limits { bytes: 4 << 20, depth: 64, elements: 100_000 };
    let document = Document::parse(&text, limits).unwrap();
    let schema = document.root().unwrap();
    let types: BTreeMap<&str, Element<'_>> = named(schema, "complexType").collect();
    let element = named(schema, "element").find(|(name, _)| *name == root).unwrap().1;
    let mut rows = BTreeSet::new();
    schema_class("", type_of(element, &types).unwrap(), &types, &mut rows);
    rows
}

fn named<'t>(of: Element<'t>, kind: &'static str) -> impl Iterator<Item = (&'t str, Element<'t>)> {
    of.children()
        .filter(move |child| child.name() == kind)
        .filter_map(|child| Some((child.attribute("", "name")?, child)))
}

fn type_of<'t>(element: Element<'t>, types: &BTreeMap<&str, Element<'t>>) -> Option<Element<'t>> {
    let inside = element.children().find(|child| child.name() == "complexType");
    inside.or_else(|| types.get(element.attribute("", "type")?).copied())
}

fn schema_class(way: &str, of: Element<'_>, types: &BTreeMap<&str, Element<'_>>, rows: &mut BTreeSet<Row>) {
    let sequence = of.children().find(|child| child.name() == "sequence").unwrap();
    for (name, element) in named(sequence, "element") {
        let path = format!("{way}/{name}");
        let inner = type_of(element, types);
        let mut said = BTreeMap::new();
        notes(element, &mut said);
        let form = if inner.is_some() { String::new() } else { said.get("WCOFormat").cloned().unwrap_or_default() };
        // What the schema calls alphanumeric with decimals is a decimal in its data types; `n..2` and `n2` of codes are alike.
        let form = match form.as_str() {
            "an..17,3" => "n..17,3".to_owned(),
            "n..2" => "n2".to_owned(),
            "n..4" => "n4".to_owned(),
            other => other.to_owned(),
        };
        let least = element.attribute("", "minOccurs").unwrap_or("1");
        let most = match element.attribute("", "maxOccurs").unwrap_or("1") {
            "unbounded" => None,
            number => Some(number.parse().unwrap()),
        };
        rows.insert((path.clone(), said.get("WCOID").cloned().unwrap_or_default(), form, least == "1", most));
        if let Some(inner) = inner {
            schema_class(&path, inner, types, rows);
        }
    }
}

/// What an element's annotation says, not those of the elements inside.
fn notes(element: Element<'_>, said: &mut BTreeMap<String, String>) {
    for annotation in element.children().filter(|child| child.name() == "annotation") {
        for note in annotation.children().flat_map(Element::children) {
            said.insert(note.name().to_owned(), note.text().trim().to_owned());
        }
    }
}

/// What an answer says, without the places where it stood.
fn without_places(text: &str) -> String {
    let Message::Notification(answer) = read(text.as_bytes()).unwrap() else { panic!("an answer") };
    let told = format!("{answer:?}");
    // `Span { file: 0, start: 1, end: 2 }`
    let mut parts = told.split("Span {");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |sum, part| sum + part.split_once('}').unwrap().1)
}

#[test]
fn answers_are_written_as_they_were_read() {
    let Some(folder) = data("hmrc") else { return };
    let mut written = 0;
    for file in files(&folder) {
        let bytes = std::fs::read(&file).unwrap();
        if let Ok(Message::Notification(answer)) = read(&bytes) {
            let again = answer.to_xml();
            assert_eq!(
                without_places(&again),
                without_places(std::str::from_utf8(&bytes).unwrap()),
                "{}",
                file.display()
            );
            written += 1;
        }
    }
    assert_eq!(written, 306);
}
