//! The messages of the zone's Fluent files, and the messages that a definition needs.
//!
//! Must not know of: problems, how a message is formatted.

mod messages;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{End, Language, Overdue, Service, Source, StageKind, Zone};
use crate::places::{Part, Places};
use crate::span::Span;

pub use messages::{Circle, Messages, Reference, Text, To};

/// What a definition needs, and what it may have beside.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Must be there in every language.
    pub needed: BTreeSet<String>,
    /// May be there.
    pub welcome: BTreeSet<String>,
}

/// One folder's files: the zone's own, or a service's.
#[derive(Debug)]
pub struct Folder<'a> {
    /// The service; nothing for the zone.
    pub service: Option<&'a Service>,
    /// What is needed in it.
    pub wanted: Wanted,
    /// The files that could be read, by language.
    pub files: BTreeMap<&'a Language, Messages>,
}

impl<'a> Folder<'a> {
    /// The zone's own files.
    #[must_use]
    pub fn of_zone(zone: &'a Zone) -> Self {
        Self { service: None, wanted: by_zone(zone), files: read(&zone.words) }
    }

    /// A service's files.
    #[must_use]
    pub fn of_service(service: &'a Service) -> Self {
        Self { service: Some(service), wanted: by_service(service), files: read(&service.words) }
    }

    /// The place of `bytes` in the file of a language; the whole file's place for none.
    #[must_use]
    pub fn place(&self, places: &Places, language: &Language, bytes: (usize, usize)) -> Span {
        let file = match self.service {
            Some(service) => Part::ServiceWords(service.name.clone(), language.clone()),
            None => Part::ZoneWords(language.clone()),
        };
        let span = places.find(&file);
        let offset = |bytes: usize| span.start.saturating_add(u32::try_from(bytes).unwrap_or(u32::MAX));
        Span::new(span.file, offset(bytes.0), offset(bytes.1))
    }

    /// What a reader calls it.
    #[must_use]
    pub fn home(&self, language: &str) -> String {
        self.service
            .map_or_else(|| format!("{language}.ftl"), |service| format!("services/{}/{language}.ftl", service.name))
    }
}

fn read(words: &BTreeMap<Language, String>) -> BTreeMap<&Language, Messages> {
    words.iter().map(|(language, text)| (language, Messages::of(text))).collect()
}

fn by_zone(zone: &Zone) -> Wanted {
    let mut needed = BTreeSet::from(["zone".to_owned(), "zone.summary".to_owned()]);
    needed.extend(zone.authorities.iter().map(|name| format!("authority-{name}")));
    needed.extend(zone.portals.iter().map(|name| format!("portal-{name}")));
    needed.extend(zone.roles.keys().map(|name| format!("role-{name}")));
    needed.extend(zone.registers.keys().map(|name| format!("register-{name}")));
    needed.extend(zone.concepts.keys().map(|id| format!("concept-{}", id.replace('.', "-"))));
    Wanted { needed, welcome: BTreeSet::new() }
}

fn by_service(service: &Service) -> Wanted {
    let mut wanted = Wanted { needed: BTreeSet::from(["title".to_owned(), "summary".to_owned()]), ..Wanted::default() };
    for fact in &service.facts {
        wanted.needed.insert(format!("fact-{}", fact.name));
        let hint = format!("fact-{}.hint", fact.name);
        // Only who is asked needs help; who chooses from a register or records may have it.
        let asked = matches!(fact.source, Source::Ask { .. });
        if asked {
            wanted.needed.insert(hint)
        } else {
            wanted.welcome.insert(hint)
        };
    }
    for (name, table) in &service.tables {
        wanted.needed.insert(format!("table-{name}"));
        wanted.needed.extend(table.outputs.iter().map(|output| format!("output-{name}-{}", output.name)));
    }
    for stage in &service.stages {
        let name = &stage.name;
        wanted.needed.insert(format!("stage-{name}"));
        match &stage.kind {
            StageKind::Officer(desk) | StageKind::Inspect(desk) => {
                let deemed = match &desk.wait.overdue {
                    Overdue::Deemed { route, .. } => Some(route),
                    Overdue::Route(_) | Overdue::Stage(_) => None,
                };
                wanted.needed.extend(desk.may.keys().chain(deemed).map(|route| format!("route-{name}-{route}")));
            }
            StageKind::Consult { branches, .. } => {
                wanted.needed.extend(branches.iter().map(|branch| format!("branch-{name}-{}", branch.name)));
            }
            StageKind::End(End { issue: Some(certificate), .. }) => {
                wanted.needed.insert(format!("certificate-{certificate}"));
            }
            _ => {}
        }
    }
    wanted
}
