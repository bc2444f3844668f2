//! Where in the author's files each part of the model stands, so that a rule over the model can point at the text.
//!
//! Must not know of: rules, rendering.

use std::collections::BTreeMap;

use crate::model::Name;
use crate::span::Span;

/// A part of a zone's definition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `zone.yaml` as a whole, or a top-level key of it.
    Zone(Option<String>),
    /// A role in `zone.yaml`.
    Role(Name),
    /// A row of `law.csv`.
    Ground(Name),
    /// A row of `concepts.csv`.
    Concept(String),
    /// A code list's file.
    List(Name),
    /// A register.
    Register(Name),
    /// A function.
    Function(String),
    /// A Fluent file of the zone.
    ZoneWords(String),
    /// A service as a whole, a top-level key of it, or `answer.overdue`.
    Service(Name, Option<String>),
    /// A fact.
    Fact(Name, Name),
    /// A stage's name.
    Stage(Name, Name),
    /// The value of a key of a stage; nested keys joined by `.`: `may.grant`, `consult.fire.within`.
    StageKey(Name, Name, String),
    /// A decision table's file, at its header.
    Table(Name, Name),
    /// A column's header of a table, by number from 0 over the whole file.
    TableColumn(Name, Name, usize),
    /// A row of a table, by number from 0.
    TableRow(Name, Name, usize),
    /// A Fluent file of a service.
    ServiceWords(Name, String),
}

/// The span of every part.
#[derive(Clone, Debug)]
pub struct Places {
    parts: BTreeMap<Part, Span>,
    /// Where the zone as a whole stands.
    home: Span,
}

impl Places {
    /// No part yet, of a zone that stands at `home`.
    #[must_use]
    pub const fn new(home: Span) -> Self {
        Self { parts: BTreeMap::new(), home }
    }

    /// Remembers where a part stands.
    pub fn insert(&mut self, part: Part, span: Span) {
        self.parts.insert(part, span);
    }

    /// Where a part stands; for a stage's key that does not stand there, the stage; the zone's own file when nothing is known.
    pub fn find(&self, part: &Part) -> Span {
        if let Some(span) = self.parts.get(part) {
            return *span;
        }
        let wider = match part {
            Part::StageKey(service, stage, key) => match key.rsplit_once('.') {
                Some((outer, _)) => Some(Part::StageKey(service.clone(), stage.clone(), outer.to_owned())),
                None => Some(Part::Stage(service.clone(), stage.clone())),
            },
            Part::TableRow(service, table, _) | Part::TableColumn(service, table, _) => {
                Some(Part::Table(service.clone(), table.clone()))
            }
            Part::Stage(service, _) | Part::Fact(service, _) | Part::Table(service, _) => {
                Some(Part::Service(service.clone(), None))
            }
            Part::Service(service, Some(_)) => Some(Part::Service(service.clone(), None)),
            Part::Zone(None) => None,
            _ => Some(Part::Zone(None)),
        };
        wider.map_or(self.home, |part| self.find(&part))
    }
}
