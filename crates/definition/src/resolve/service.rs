//! `services/NAME/`: a service from its files.
//!
//! Must not know of: other services but by name.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::include::{Parts, gather};
use super::keys::Keys;
use super::table::{self, Draft};
use super::{booking, facts, read, record, stage, words};
use crate::codes;
use crate::model::{Answer, Applicant, Fact, Name, Service, Zone};
use crate::places::Part;
use crate::span::{Span, Spanned};
use crate::syntax::source::Sources;

/// The names of the services: folders in `services/` that have a `service.yaml`.
pub(super) fn names(sources: &Sources) -> Vec<Name> {
    let paths = sources.iter().map(|(_, source)| source.path());
    let folders = paths.filter_map(|path| path.strip_prefix("services/")?.strip_suffix("/service.yaml"));
    folders.filter(|name| !name.contains('/')).map(str::to_owned).collect()
}

/// What names in a service can refer to.
pub(super) struct Scope<'a> {
    pub(super) zone: &'a Zone,
    pub(super) services: &'a [Name],
    /// The service's name.
    pub(super) name: &'a str,
    /// Its folder, with a `/` at the end.
    pub(super) folder: String,
    /// Where its facts are defined, as a message says it.
    pub(super) facts_home: String,
    pub(super) facts: Vec<Fact>,
    pub(super) stages: Vec<Name>,
    pub(super) tables: BTreeMap<Name, Option<Draft>>,
}

impl Scope<'_> {
    /// Looks up the name of a fact.
    pub(super) fn fact(&self, cx: &mut Context<'_>, name: &Spanned<String>) -> Option<&Fact> {
        let names = self.facts.iter().map(|fact| fact.name.as_str());
        cx.known("fact", name, names, &self.facts_home);
        self.facts.iter().find(|fact| fact.name == name.value)
    }

    /// Looks up the name of a stage.
    pub(super) fn stage(&self, cx: &mut Context<'_>, name: &Spanned<String>) {
        let home = format!("{}service.yaml", self.folder);
        cx.known("stage", name, self.stages.iter().map(String::as_str), &home);
    }
}

/// Reads one service, unless its file is not YAML; and the numbers of the files that it is made of.
pub(super) fn resolve(
    cx: &mut Context<'_>,
    zone: &Zone,
    name: &str,
    services: &[Name],
) -> (Option<Service>, BTreeSet<u32>) {
    let folder = format!("services/{name}/");
    let path = format!("{folder}service.yaml");
    // Further YAML files are read when they are included, and only then.
    let is_own = |file: &str| file.starts_with(&folder) && (file == path || !file.ends_with(".yaml"));
    let own = cx.sources.iter().filter(|(_, source)| is_own(source.path())).map(|(file, _)| file);
    let mut parts = Parts { files: own.collect(), ..Parts::default() };
    let Some(file) = cx.sources.number(&path) else { return (None, parts.files) };
    let start = Span::start_of(file);
    cx.place(Part::Service(name.to_owned(), None), start);
    let Some(node) = cx.yaml(&path) else { return (None, parts.files) };
    let Some(mut keys) = Keys::of(cx, &node, start, "the service") else { return (None, parts.files) };
    for (key, value) in keys.all() {
        cx.place(Part::Service(name.to_owned(), Some(key.value.clone())), value.span);
    }
    gather(cx, &mut keys, &path, &mut Vec::new(), &mut parts);
    if parts.broken {
        cx.broken.insert(path.clone());
    }
    let facts_home = format!("`facts` of {name}");
    let mut scope = Scope {
        zone,
        services,
        name,
        folder,
        facts_home,
        facts: Vec::new(),
        stages: Vec::new(),
        tables: BTreeMap::new(),
    };
    if parts.broken {
        cx.broken.insert(scope.facts_home.clone());
    }
    scope.stages = parts.stages.iter().map(|(name, _)| name.value.clone()).collect();
    scope.facts = facts::resolve(cx, &scope, &parts.facts);
    scope.tables = table::drafts(cx, &scope, &parts.tables);
    (body(cx, keys, start, &scope, &parts), parts.files)
}

fn body(cx: &mut Context<'_>, mut keys: Keys<'_>, start: Span, scope: &Scope<'_>, parts: &Parts) -> Option<Service> {
    let zone = scope.zone;
    let name = keys.need(cx, "service", "NAME").and_then(|node| read::name(cx, node));
    if let Some(other) = name.filter(|name| name.value != scope.name) {
        read::wrong(cx, other.span, &other.value, &format!("`{}`, the name of the service's folder", scope.name));
    }
    let authority = keys.need(cx, "authority", "NAME").and_then(|node| read::name(cx, node));
    if let Some(authority) = &authority {
        cx.known("authority", authority, zone.authorities.iter().map(String::as_str), "zone.yaml");
    }
    let portal = keys.need(cx, "portal", "NAME").and_then(|node| read::name(cx, node));
    if let Some(portal) = &portal {
        cx.known("portal", portal, zone.portals.iter().map(String::as_str), "zone.yaml");
    }
    let applicant = applicant(cx, &mut keys);
    let within = keys.need(cx, "within", "10 workdays").and_then(|node| read::period(cx, node));
    let answer = answer(cx, &mut keys, scope);
    let reserve = booking::reserve(cx, &mut keys, scope);
    let at = keys.at();
    keys.finish(cx);
    let stages = stage::resolve(cx, scope, &parts.stages);
    if parts.stages.is_empty() && !parts.broken {
        cx.report(&codes::MISSING, at, "the service has no stage", "add `stages`; a case begins in the first");
    }
    booking::apart(cx, scope, reserve.as_ref(), &stages);
    record::check(cx, scope, &stages, &parts.facts);
    let part = |language| Part::ServiceWords(scope.name.to_owned(), language);
    let words = words::read(cx, &scope.folder, &zone.languages, start, part);
    let tables = table::compile(cx, scope);
    Some(Service {
        name: scope.name.to_owned(),
        authority: authority?.value,
        portal: portal?.value,
        applicant: applicant?,
        within: within?,
        answer,
        reserve,
        facts: scope.facts.clone(),
        stages,
        tables,
        words,
    })
}

fn applicant(cx: &mut Context<'_>, keys: &mut Keys<'_>) -> Option<Applicant> {
    let node = keys.need(cx, "for", "person")?;
    let text = read::text(cx, node, "`person`, `company` or `household`")?;
    match text.value.as_str() {
        "person" => Some(Applicant::Person),
        "company" => Some(Applicant::Company),
        "household" => Some(Applicant::Household),
        other => {
            read::wrong(cx, text.span, other, "`person`, `company` or `household`");
            None
        }
    }
}

fn answer(cx: &mut Context<'_>, keys: &mut Keys<'_>, scope: &Scope<'_>) -> Option<Answer> {
    let node = keys.get("answer")?;
    let mut keys = Keys::of(cx, node, node.span, "`answer`")?;
    let within = keys.need(cx, "within", "10 workdays").and_then(|node| read::period(cx, node));
    let overdue = keys.need(cx, "overdue", "STAGE").and_then(|node| read::name(cx, node));
    keys.finish(cx);
    let overdue = overdue?;
    scope.stage(cx, &overdue);
    cx.place(Part::Service(scope.name.to_owned(), Some("answer.overdue".to_owned())), overdue.span);
    Some(Answer { within: within?, overdue: overdue.value })
}
