//! The decision-table cases of the DMN Technology Compatibility Kit: what belongs to the language must come out as the
//! kit says, and what does not must say so by name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests may fail loudly

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use definition::dmn::{DmnDecision, DmnTable, Logic, OTHER_TEXT, import};
use definition::table::{Outputs, Table};
use definition::value::{CodeLists, Decimal, Type, Value, parse_date};
use quick_xml::Reader;
use quick_xml::events::Event;

/// An element of a test file; the kit's files are trusted, unlike definitions.
#[derive(Debug, Default)]
struct Node {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Node>,
}

impl Node {
    fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|c| c.name == name)
    }
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |c| c.name == name)
    }
    fn name_attribute(&self) -> &str {
        self.attributes.get("name").map_or("", String::as_str)
    }
}

fn tree(xml: &str) -> Node {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let attributes = start.attributes().map(|a| {
                    let a = a.unwrap();
                    let value = a.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned();
                    (a.key.local_name().into_inner().to_owned(), value)
                });
                let attributes = attributes.collect();
                let name = start.local_name().into_inner().to_owned();
                open.push(Node { name, attributes, ..Node::default() });
            }
            Event::End(_) => {
                let node = open.pop().unwrap();
                open.last_mut().unwrap().children.push(node);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text.xml10_content()),
            Event::GeneralRef(r) => {
                let c = r.resolve_char_ref().unwrap().map(|c| c.to_string());
                let named = || quick_xml::escape::resolve_predefined_entity(&r.xml10_content()).unwrap().to_owned();
                open.last_mut().unwrap().text.push_str(&c.unwrap_or_else(named));
            }
            Event::Eof => return open.remove(0).children.remove(0),
            _ => {}
        }
    }
}

/// What the kit gives and expects.
#[derive(Clone, Debug, PartialEq)]
enum Given {
    Nothing,
    Text(String),
    Number(Decimal),
    Bool(bool),
    Components(BTreeMap<String, Given>),
    List(Vec<Given>),
}

fn given(node: &Node) -> Given {
    if let Some(value) = node.child("value") {
        let text = value.text.trim();
        return match value.attributes.get("type").map(|t| t.rsplit(':').next().unwrap()) {
            _ if value.attributes.get("nil").is_some_and(|nil| nil == "true") => Given::Nothing,
            Some("decimal" | "double" | "integer" | "int" | "float") => Given::Number(text.parse().unwrap()),
            Some("boolean") => Given::Bool(text == "true"),
            _ => Given::Text(value.text.clone()),
        };
    }
    if let Some(list) = node.child("list") {
        return Given::List(list.all("item").map(given).collect());
    }
    let components: BTreeMap<_, _> = node.all("component").map(|c| (c.name_attribute().to_owned(), given(c))).collect();
    if components.is_empty() { Given::Nothing } else { Given::Components(components) }
}

/// The input `path` as a value of `of`.
fn input(inputs: &BTreeMap<String, Given>, path: &str, of: &Type, table: &DmnTable) -> Result<Value, String> {
    let found = inputs.get(path).cloned().or_else(|| {
        let (name, part) = path.split_once('.')?;
        let Some(Given::Components(parts)) = inputs.get(name) else { return None };
        parts.get(part).cloned()
    });
    match (of, found) {
        (_, None | Some(Given::Nothing)) => Err(format!("the input {path} is absent")),
        (Type::Decimal { .. }, Some(Given::Number(number))) => Ok(Value::Decimal(number)),
        (Type::Bool, Some(Given::Bool(flag))) => Ok(Value::Bool(flag)),
        (Type::Date, Some(Given::Text(text))) => Ok(Value::Date(parse_date(&text).unwrap())),
        (Type::Code(list), Some(Given::Text(text))) => {
            let open = table.contains(list, OTHER_TEXT) && !table.contains(list, &text);
            Ok(Value::Code(if open { OTHER_TEXT.to_owned() } else { text }))
        }
        (of, found) => Err(format!("{found:?} for {of:?}")),
    }
}

fn plain(value: Option<&Value>) -> Given {
    match value {
        None => Given::Nothing,
        Some(Value::Code(text) | Value::Text(text)) => Given::Text(text.clone()),
        Some(Value::Decimal(number)) => Given::Number(*number),
        Some(Value::Bool(flag)) => Given::Bool(*flag),
        Some(Value::Date(date)) => Given::Text(date.to_string()),
        Some(other) => panic!("{other:?}"),
    }
}

fn row(table: &Table, cells: &[Option<Value>]) -> Given {
    let columns = &table.rules().outputs;
    match cells {
        [alone] => plain(alone.as_ref()),
        _ => Given::Components(columns.iter().zip(cells).map(|(c, v)| (c.name.clone(), plain(v.as_ref()))).collect()),
    }
}

/// A default as written: all that the kit has are strings.
fn default(written: Option<&str>) -> Given {
    written.map_or(Given::Nothing, |text| Given::Text(text.trim_matches('"').to_owned()))
}

/// What the decision gives, or why it is outside of the language.
fn decide(decision: &DmnDecision, inputs: &BTreeMap<String, Given>) -> Result<Given, String> {
    let imported = match &decision.logic {
        Logic::Table(table) => table,
        Logic::Outside(why) => return Err(format!("{why:?}")),
    };
    let table = imported.compile().map_err(|errors| format!("{:?}", errors[0].kind))?;
    let columns = imported.raw.inputs.iter().zip(&imported.inputs);
    let values: Vec<Value> =
        columns.map(|(path, of)| input(inputs, &path.value, of, imported)).collect::<Result<_, _>>()?;
    let hit = table.evaluate(&values).map_err(|error| format!("evaluation: {error:?}"))?;
    Ok(match hit.outputs {
        Outputs::Row(cells) => row(&table, cells),
        Outputs::Rows(rows) => Given::List(rows.iter().map(|cells| row(&table, cells)).collect()),
        Outputs::Aggregate(value) => plain(Some(&value)),
        Outputs::Nothing => match imported.defaults.as_slice() {
            [alone] => default(alone.as_ref().map(|d| d.value.as_str())),
            several => {
                let names = table.rules().outputs.iter().map(|c| c.name.clone());
                let parts = several.iter().map(|d| default(d.as_ref().map(|d| d.value.as_str())));
                let parts: BTreeMap<_, _> = names.zip(parts).collect();
                if parts.values().all(|p| *p == Given::Nothing) { Given::Nothing } else { Given::Components(parts) }
            }
        },
    })
}

fn data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("PANJEREH_DATA").map_or(beside, PathBuf::from).join("dmn");
    data.is_dir().then_some(data)
}

/// The test files below `data`, in order of their names.
fn test_files(data: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for level in ["compliance-level-2", "compliance-level-3"] {
        for directory in std::fs::read_dir(data.join(level)).unwrap() {
            let entries = std::fs::read_dir(directory.unwrap().path()).unwrap();
            let tests = entries.map(|e| e.unwrap().path()).filter(|p| p.to_string_lossy().contains("-test-"));
            files.extend(tests);
        }
    }
    files.sort();
    files
}

/// The directories of the kit with cases inside the language, and how many. In `0008-listGen` it is the one table whose
/// outputs are literals.
const INSIDE: [(&str, usize); 13] = [
    ("0004-simpletable-U", 3),
    ("0007-simpletable-P2", 3),
    ("0008-listGen", 1),
    ("0010-multi-output-U", 3),
    ("0108-first-hitpolicy", 3),
    ("0109-ruleOrder-hitpolicy", 3),
    ("0110-outputOrder-hitpolicy", 3),
    ("0111-first-hitpolicy-singleoutputcol", 3),
    ("0113-outputOrder-hitpolicy-singleinoutcol", 3),
    ("0114-min-collect-hitpolicy", 3),
    ("0115-sum-collect-hitpolicy", 3),
    ("0116-count-collect-hitpolicy", 3),
    ("0117-multi-any-hitpolicy", 3),
];

#[test]
fn the_compatibility_kit() {
    let Some(data) = data() else {
        println!("skipped: no DMN test data; set PANJEREH_DATA to the folder that holds dmn/");
        return;
    };
    let (mut cases, mut inside) = (0, BTreeMap::new());
    for file in test_files(&data) {
        let tests = tree(&std::fs::read_to_string(&file).unwrap());
        let model = file.with_file_name(tests.child("modelName").unwrap().text.trim());
        let directory = file.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let decisions = import(&std::fs::read_to_string(&model).unwrap()).unwrap();
        for case in tests.all("testCase") {
            cases += 1;
            let inputs: BTreeMap<_, _> =
                case.all("inputNode").map(|n| (n.name_attribute().to_owned(), given(n))).collect();
            let mut outside = Vec::new();
            for result in case.all("resultNode") {
                let name = result.name_attribute();
                let decision = decisions.iter().find(|d| d.name == name).expect(name);
                match decide(decision, &inputs) {
                    Ok(given_back) => {
                        let expected = given(result.child("expected").unwrap());
                        assert_eq!(given_back, expected, "{directory} {:?} {name}", case.attributes.get("id"));
                    }
                    Err(why) => outside.push(format!("{name}: {why}")),
                }
            }
            if outside.is_empty() {
                *inside.entry(directory.clone()).or_insert(0) += 1;
            } else {
                println!("outside: {directory} {}: {}", case.attributes["id"], outside.join("; "));
            }
        }
    }
    let count: usize = inside.values().sum();
    println!("{count} of {cases} inside the language, all pass");
    let expected: BTreeMap<String, usize> = INSIDE.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
    assert_eq!(inside, expected);
    assert_eq!(cases, 68);
}
