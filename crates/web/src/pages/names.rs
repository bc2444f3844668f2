//! What the parts of a definition are called: fact paths, values by type, tests of a table's cell, stages, grounds.
//!
//! Must not know of: any one page, cases.

use std::collections::BTreeSet;

use app::definition::Checked;
use app::definition::model::{Fact, FactPath, GroundStatus, Opinion, Service, Source, StageKind};
use app::definition::table::{Test, UnaryTests};
use app::definition::value::{self, Type, Value};
use app::engine::{clock, erasure, reading};

use super::context::{Context, spoken};

/// A ground as it is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cited {
    /// Its text in the page's language.
    pub(crate) text: String,
    /// The law and the article, where one is known.
    pub(crate) law: String,
    /// Nobody has confirmed it.
    pub(crate) draft: bool,
    /// Nothing may rest on it today. Of what rested on it in its time this is not said.
    pub(crate) past: bool,
}

impl Context<'_> {
    /// A ground, with the law that it stands in.
    pub(crate) fn cited(&self, id: &str) -> Cited {
        let ground = self.zone().grounds.get(id);
        let law = ground.map(|ground| match (ground.title(self.language.tag()), ground.article.as_str()) {
            (act, "") => act.to_owned(),
            (act, article) => self.t2("ground-article", ("act", act), ("article", self.digits(article))),
        });
        Cited {
            text: self.ground(id),
            law: law.unwrap_or_default(),
            draft: ground.is_none_or(|ground| ground.status == GroundStatus::Draft),
            past: false,
        }
    }

    /// A ground on which something is to rest today.
    pub(crate) fn cited_today(&self, service: &Checked<Service>, id: &str) -> Cited {
        let past = !clock::is_in_force(service.zone(), id, self.site.app.clock.now());
        Cited { past, ..self.cited(id) }
    }

    /// What a concept is called.
    pub(crate) fn concept(&self, id: &str) -> String {
        self.z(&format!("concept-{}", id.replace('.', "-")))
    }

    /// What a fact is called in its service.
    pub(crate) fn fact(&self, service: &Checked<Service>, name: &str) -> String {
        self.s(service, &format!("fact-{name}"))
    }

    /// What a stage is called.
    pub(crate) fn stage(&self, service: &Checked<Service>, name: &str) -> String {
        self.s(service, &format!("stage-{name}"))
    }

    /// What a path reads.
    pub(crate) fn path_name(&self, service: &Checked<Service>, path: &FactPath) -> String {
        match path {
            FactPath::Fact(name) => self.fact(service, name),
            FactPath::Attribute { fact, attribute, .. } => {
                let attribute = self.t_or(&format!("attribute-{attribute}"), attribute);
                self.t2("attribute-of", ("fact", self.fact(service, fact)), ("attribute", attribute))
            }
            FactPath::Record { fact, concept, .. } => self.read_of(service, fact, concept),
            FactPath::Applicant { concept } => self.concept(concept),
            FactPath::Output { table, output } => self.s(service, &format!("output-{table}-{output}")),
        }
    }

    /// What a key of a case's facts is called: a fact, what a register said, what a table gave.
    pub(crate) fn key_name(&self, service: &Checked<Service>, key: &str) -> String {
        let path = reading::paths(service).into_iter().find(|path| path.key() == key);
        match (path, key.split_once('.')) {
            (Some(path), _) => self.path_name(service, path),
            (None, Some((table, output))) if service.tables.contains_key(table) => {
                self.s(service, &format!("output-{table}-{output}"))
            }
            // What a function said and no rule reads.
            (None, Some((fact, _))) => {
                erasure::concept(service, key).map_or_else(String::new, |concept| self.read_of(service, fact, concept))
            }
            (None, None) => self.fact(service, key),
        }
    }

    /// What is read of a fact: by its concept, and by the fact as well where functions say the like of several, as what is to be paid before and after an inspection.
    fn read_of(&self, service: &Checked<Service>, fact: &str, concept: &String) -> String {
        let says = |other: &&Fact| matches!(&other.source, Source::Function { gives, .. } if gives.contains(concept));
        if service.facts.iter().filter(says).count() < 2 {
            return self.concept(concept);
        }
        self.t2("attribute-of", ("fact", self.fact(service, fact)), ("attribute", self.concept(concept)))
    }

    /// What a route is called where a person or a table may take it.
    pub(crate) fn route(&self, service: &Checked<Service>, stage: &str, route: &str) -> String {
        let words = self.s_or_empty(service, &format!("route-{stage}-{route}"));
        if !words.is_empty() {
            return words;
        }
        match service.stage(stage).map(|stage| &stage.kind) {
            // A table's route has no words of its own; where it leads has.
            Some(StageKind::Decide { routes, .. }) => {
                routes.get(route).map_or_else(|| route.to_owned(), |to| self.stage(service, to))
            }
            // A lot falls on a stage.
            Some(StageKind::Lot { .. }) => self.stage(service, route),
            _ => route.to_owned(),
        }
    }

    /// The word of an authority's answer, as it ends the keys of words about it.
    pub(crate) fn opinion_key(&self, opinion: Opinion) -> &'static str {
        match opinion {
            Opinion::Agree => "agree",
            Opinion::Object => "object",
        }
    }

    /// A value that a table gives.
    pub(crate) fn output(&self, service: &Checked<Service>, table: &str, output: &str, value: &Value) -> String {
        if let (Value::Code(route), "route") = (value, output) {
            let leads = service.stages.iter().find(|stage| match &stage.kind {
                StageKind::Decide { table: own, .. } => own == table,
                StageKind::Officer(desk) | StageKind::Inspect(desk) => desk.proposal.as_deref() == Some(table),
                _ => false,
            });
            if let Some(stage) = leads {
                return self.route(service, &stage.name, route);
            }
        }
        let column = service.tables.get(table).and_then(|table| table.outputs.iter().find(|own| own.name == output));
        self.typed(column.map(|column| &column.type_), value)
    }

    /// A value under a key of a case's facts.
    pub(crate) fn keyed(&self, service: &Checked<Service>, key: &str, value: &Value) -> String {
        if let (Value::Document(document), Some(concept)) = (value, erasure::concept(service, key)) {
            // What a program wrote has a file's name that tells nobody what it is.
            return self.t2("document-named", ("what", self.concept(concept)), ("file", spoken(&document.name)));
        }
        if let Some((table, output)) = key.split_once('.').filter(|(table, _)| service.tables.contains_key(*table)) {
            return self.output(service, table, output, value);
        }
        let path = reading::paths(service).into_iter().find(|path| path.key() == key);
        match path {
            Some(FactPath::Record { concept, .. } | FactPath::Applicant { concept }) => self.value(concept, value),
            None if key.contains('.') => {
                erasure::concept(service, key).map_or_else(String::new, |concept| self.value(concept, value))
            }
            _ => self.typed(service.fact(key).map(|fact| &fact.type_), value),
        }
    }

    /// A fact's value as the log and certificates write it, in words; the text itself where it is not of the fact's type.
    pub(crate) fn said(&self, service: &Checked<Service>, fact: &str, text: &str) -> String {
        let Some(fact) = service.fact(fact) else { return spoken(text) };
        let amount = match &fact.type_ {
            Type::Money(currency) => text.strip_suffix(currency.as_str()).map(str::trim_end),
            _ => None,
        };
        let value = value::parse(&fact.type_, amount.unwrap_or(text), &self.zone().lists);
        value.map_or_else(|_| spoken(text), |value| self.typed(Some(&fact.type_), &value))
    }

    /// A test of a table's cell, in words: signs of comparison turn round in a right-to-left line.
    pub(crate) fn tests(&self, type_: &Type, tests: &UnaryTests) -> String {
        let list = |tests: &[Test]| {
            let words: Vec<String> = tests.iter().map(|test| self.test(type_, test)).collect();
            words.join(&self.t("list-comma"))
        };
        match tests {
            UnaryTests::Any => self.t("test-any"),
            UnaryTests::In(tests) => list(tests),
            UnaryTests::NotIn(tests) => self.t1("test-not", "value", list(tests)),
        }
    }

    fn test(&self, type_: &Type, test: &Test) -> String {
        let show = |value: &Value| self.typed(Some(type_), value);
        let one = |key: &str, value: &Value| self.t1(key, "value", show(value));
        match test {
            Test::Is(value) => show(value),
            Test::IsNot(value) => one("test-not", value),
            Test::Less(value) => one("test-less", value),
            Test::AtMost(value) => one("test-at-most", value),
            Test::More(value) => one("test-more", value),
            Test::AtLeast(value) => one("test-at-least", value),
            Test::Between { low, low_included, high, high_included } => {
                let low = one(if *low_included { "test-at-least" } else { "test-more" }, low);
                let high = one(if *high_included { "test-at-most" } else { "test-less" }, high);
                self.t2("test-between", ("low", low), ("high", high))
            }
        }
    }

    /// Every ground that a service may cite, each once, as the zone orders them.
    pub(crate) fn grounds_of(&self, service: &Checked<Service>) -> Vec<Cited> {
        let of_stages = service.stages.iter().flat_map(|stage| match &stage.kind {
            StageKind::Officer(desk) | StageKind::Inspect(desk) => desk.cited().collect(),
            StageKind::Consult { branches, .. } => branches.iter().flat_map(|branch| &branch.grounds).collect(),
            StageKind::Pay { ground, .. } => vec![ground],
            _ => Vec::new(),
        });
        let of_tables = service.tables.values().flat_map(|table| table.grounds.iter().flatten());
        let ids: BTreeSet<&String> = of_stages.chain(of_tables).collect();
        ids.into_iter().map(|id| self.cited_today(service, id)).collect()
    }
}
