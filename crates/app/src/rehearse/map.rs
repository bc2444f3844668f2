//! The map: which column of a log is what, and which activity is which act.
//!
//! Must not know of: logs. Everything that it names in the definition is looked up here, so that a replay meets no unknown name.
//!
//! ```yaml
//! service: receipt
//! columns: { case: "case:concept:name", activity: "concept:name", person: "org:resource", at: "time:timestamp", deadline: D, closed: C }
//! time: iso
//! facts: { channel: { column: "case:channel", values: { Internet: internet } } }    # without `values`: as the definition writes it
//!     # a record that the applicant chose by its key, `company: { column: K }`, and what registers said then, as tables name it: `company.arrears: { column: A }`
//! activities: { "T02 Check": { act: decide, stage: check, route: correct } }        # the acts: `map_step`
//! two-people: [[T02, T04]]
//! ```

use std::collections::{BTreeMap, BTreeSet};

use definition::Checked;
use definition::model::{FactPath, Name, Service, Source as FactSource};
use definition::span::Span;
use definition::syntax::source::{Source as File, Sources};
use definition::syntax::yaml::{self, Node, NodeKind};
use engine::reading;

use super::map_step::{self, Step};
use super::mistake::{Mistakes, Source, Unreadable, Wrong};

/// The register in which applicants stand.
const PEOPLE: &str = "people";

/// A map that fits the definition.
#[derive(Debug)]
pub(super) struct Map {
    pub(super) columns: Columns,
    pub(super) facts: Vec<FactColumn>,
    pub(super) activities: BTreeMap<String, Step>,
    /// Pairs of activities, by their first words, that two people should do.
    pub(super) two_people: Vec<(String, String)>,
}

/// Our name for a column: the log's.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) case: String,
    pub(super) activity: String,
    pub(super) person: String,
    pub(super) at: String,
    pub(super) deadline: Option<String>,
    pub(super) closed: Option<String>,
}

/// Where a fact stands in the log, or what a register said.
#[derive(Debug)]
pub(super) struct FactColumn {
    pub(super) of: FactPath,
    pub(super) column: String,
    /// The log's value to ours.
    pub(super) values: Option<BTreeMap<String, String>>,
}

impl Map {
    /// The columns to read: case, activity, person, at, deadline and closed if they are mapped, then the facts'.
    pub(super) fn wanted(&self) -> Vec<&str> {
        let Columns { case, activity, person, at, deadline, closed } = &self.columns;
        let always = [case, activity, person, at].into_iter();
        let facts = self.facts.iter().map(|fact| &fact.column);
        always.chain(deadline).chain(closed).chain(facts).map(String::as_str).collect()
    }
}

/// Reads a map for this service.
pub(super) fn read(bytes: &[u8], service: &Checked<Service>) -> Result<Map, Unreadable> {
    let (sources, unreadable) = Sources::read([("map", bytes)].into_iter());
    let Some(file) = sources.get(0) else { return Err(Unreadable::one(Source::Map, None, Wrong::Empty)) };
    let mut book = Book { file, mistakes: Mistakes::new(Source::Map) };
    let (root, broken) = yaml::parse(0, file.text());
    for problem in unreadable.iter().chain(&broken) {
        let (why, help) = (problem.message.clone(), problem.help.clone());
        book.wrong(problem.span, Wrong::Yaml { why, help });
    }
    if broken.is_empty() && unreadable.is_empty() {
        let map = whole(&mut book, &root, service);
        book.mistakes.settle()?;
        return Ok(map);
    }
    book.mistakes.settle()?;
    Err(Unreadable::one(Source::Map, None, Wrong::Empty))
}

/// What registers would be asked: a log has no registers, so it must say itself what they held.
fn from_registers(service: &Service) -> Vec<(FactPath, Name)> {
    let chosen = service.facts.iter().filter_map(|fact| match &fact.source {
        FactSource::Register { register, .. } => Some((FactPath::Fact(fact.name.clone()), register.clone())),
        _ => None,
    });
    let read = reading::paths(service).into_iter().filter_map(|path| match path {
        FactPath::Record { register, .. } => Some((path.clone(), register.clone())),
        FactPath::Applicant { .. } => Some((path.clone(), PEOPLE.to_owned())),
        _ => None,
    });
    chosen.chain(read).collect()
}

fn whole(book: &mut Book<'_>, root: &Node, service: &Service) -> Map {
    let known = ["service", "columns", "time", "facts", "activities", "two-people"];
    let parts = book.parts(root, "the map", &known, &["service", "columns", "time", "activities"]);
    if let Some(node) = parts.get("service")
        && let Some(name) = book.text(node, "service")
        && name != service.name
    {
        book.wrong(node.span, Wrong::NoSuch { what: "name", name, there: vec![service.name.clone()] });
    }
    if let Some(node) = parts.get("time")
        && book.text(node, "time").is_some_and(|time| time != "iso")
    {
        book.wrong(node.span, Wrong::Form { place: "`time`".to_owned(), wanted: "`iso`, ISO 8601 with an offset" });
    }
    let columns = parts.get("columns").map(|node| columns(book, node)).unwrap_or_default();
    let facts = parts.get("facts").map(|node| facts(book, node, service)).unwrap_or_default();
    for (path, register) in from_registers(service) {
        if !facts.iter().any(|column| column.of == path) {
            book.wrong(root.span, Wrong::NeedsRegister { fact: path.key(), register });
        }
    }
    let mut activities = BTreeMap::new();
    let named = parts.get("activities").map(|node| book.entries(node, "activities")).unwrap_or_default();
    let words: BTreeSet<String> = named.iter().map(|(name, _)| first_word(name).to_owned()).collect();
    for (name, node) in named {
        activities.extend(map_step::read(book, node, service).map(|step| (name, step)));
    }
    let two_people = parts.get("two-people").map(|node| pairs(book, node, &words)).unwrap_or_default();
    Map { columns, facts, activities, two_people }
}

fn columns(book: &mut Book<'_>, node: &Node) -> Columns {
    let needed = ["case", "activity", "person", "at"];
    let known = ["case", "activity", "person", "at", "deadline", "closed"];
    let parts = book.parts(node, "columns", &known, &needed);
    let mut column = |key: &str| parts.get(key).and_then(|node| book.text(node, key));
    Columns {
        case: column("case").unwrap_or_default(),
        activity: column("activity").unwrap_or_default(),
        person: column("person").unwrap_or_default(),
        at: column("at").unwrap_or_default(),
        deadline: column("deadline"),
        closed: column("closed"),
    }
}

fn facts(book: &mut Book<'_>, node: &Node, service: &Service) -> Vec<FactColumn> {
    let mut facts = Vec::new();
    let own = service.facts.iter().map(|fact| FactPath::Fact(fact.name.clone()));
    let read = from_registers(service).into_iter().map(|(path, _)| path);
    let known: BTreeMap<String, FactPath> = own.chain(read).map(|path| (path.key(), path)).collect();
    for (fact, node) in book.entries(node, "facts") {
        let of = known.get(&fact);
        if of.is_none() {
            let there = known.keys().cloned().collect();
            book.wrong(node.span, Wrong::NoSuch { what: "fact", name: fact.clone(), there });
        }
        let parts = book.parts(node, &fact, &["column", "values"], &["column"]);
        let column = parts.get("column").and_then(|node| book.text(node, "column")).unwrap_or_default();
        let values = parts.get("values").map(|node| {
            let entries = book.entries(node, "values").into_iter();
            entries.filter_map(|(theirs, node)| Some((theirs, book.text(node, "a value")?))).collect()
        });
        facts.extend(of.map(|of| FactColumn { of: of.clone(), column, values }));
    }
    facts
}

/// Pairs of first words, each of which an activity begins with.
fn pairs(book: &mut Book<'_>, node: &Node, known: &BTreeSet<String>) -> Vec<(String, String)> {
    let form = || Wrong::Form { place: "`two-people`".to_owned(), wanted: "a list of pairs, such as [[T02, T04]]" };
    let NodeKind::Sequence(items) = &node.kind else {
        book.wrong(node.span, form());
        return Vec::new();
    };
    let mut pairs = Vec::new();
    for item in items {
        let words = match &item.kind {
            NodeKind::Sequence(words) => words.iter().filter_map(|word| book.text(word, "a pair's word")).collect(),
            _ => Vec::new(),
        };
        for word in words.iter().filter(|word| !known.contains(*word)) {
            book.wrong(item.span, Wrong::NoSuch { what: "activity in the map", name: word.clone(), there: Vec::new() });
        }
        match <[String; 2]>::try_from(words) {
            Ok([one, other]) if one != other => pairs.push((one, other)),
            _ => book.wrong(item.span, form()),
        }
    }
    pairs
}

/// The word by which people speak of an activity.
pub(super) fn first_word(activity: &str) -> &str {
    activity.split_whitespace().next().unwrap_or(activity)
}

/// The map's text while it is read, and what is wrong with it.
pub(super) struct Book<'a> {
    file: &'a File,
    mistakes: Mistakes,
}

impl Book<'_> {
    pub(super) fn wrong(&mut self, span: Span, wrong: Wrong) {
        let line = u64::from(self.file.position(span.start).line);
        self.mistakes.add(Some(line), wrong);
    }

    pub(super) fn text(&mut self, node: &Node, place: &str) -> Option<String> {
        if let NodeKind::Scalar(text) = &node.kind {
            return Some(text.clone());
        }
        self.wrong(node.span, Wrong::Form { place: named(place), wanted: "a text" });
        None
    }

    pub(super) fn entries<'n>(&mut self, node: &'n Node, place: &str) -> Vec<(String, &'n Node)> {
        if let NodeKind::Mapping(entries) = &node.kind {
            return entries.iter().map(|(key, value)| (key.value.clone(), value)).collect();
        }
        self.wrong(node.span, Wrong::Form { place: named(place), wanted: "keys with values" });
        Vec::new()
    }

    /// A mapping's parts; those that are not known and those that are missing are told.
    pub(super) fn parts<'n>(
        &mut self,
        node: &'n Node,
        place: &str,
        known: &[&str],
        needed: &[&str],
    ) -> BTreeMap<String, &'n Node> {
        let parts: BTreeMap<String, &Node> = self.entries(node, place).into_iter().collect();
        if matches!(node.kind, NodeKind::Mapping(_)) {
            for key in needed.iter().filter(|key| !parts.contains_key(**key)) {
                self.wrong(node.span, Wrong::NoKey { key: (*key).to_owned() });
            }
        }
        for (key, value) in parts.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            let known = known.iter().map(|name| (*name).to_owned()).collect();
            self.wrong(value.span, Wrong::UnknownKey { key: key.clone(), known });
        }
        parts
    }
}

/// A place as a message names it: a key in quotes, a description as it is.
fn named(place: &str) -> String {
    if place.contains(' ') { place.to_owned() } else { format!("`{place}`") }
}
