//! What a rule is given: the zone, its services, where their parts stand in the text, and what several rules need worked out.
//!
//! Must not know of: any rule, text, rendering.

use jiff::civil::Date;

use crate::check::flow::Graph;
use crate::check::tables::{Examined, Findings};
use crate::check::words::Folder;
use crate::model::{DecisionTable, Name, Service, Zone};
use crate::places::{Part, Places};
use crate::span::Span;

/// A zone to be checked.
#[derive(Debug)]
pub struct Context<'a> {
    /// What its services share.
    pub zone: &'a Zone,
    /// Its services.
    pub services: &'a [Service],
    /// Whether these are all of them: others have a problem, and what they say is not known.
    pub complete: bool,
    /// Where the parts stand.
    pub places: &'a Places,
    /// The day on which grounds must be in force; without it that is not checked.
    pub today: Option<Date>,
    /// What the examination of the decision tables found.
    pub examined: Examined,
    /// The words of the zone, then of each service.
    pub words: Vec<Folder<'a>>,
    /// Per service, how its cases move.
    pub graphs: Vec<Graph<'a>>,
}

impl<'a> Context<'a> {
    /// Works out what the rules share.
    #[must_use]
    pub fn new(
        zone: &'a Zone,
        services: &'a [Service],
        complete: bool,
        places: &'a Places,
        today: Option<Date>,
    ) -> Self {
        let examined = Examined::of(services);
        let graphs = services.iter().map(|service| Graph::of(service, &examined)).collect();
        let words = std::iter::once(Folder::of_zone(zone)).chain(services.iter().map(Folder::of_service)).collect();
        Self { zone, services, complete, places, today, examined, words, graphs }
    }

    /// Every table with what its examination found.
    pub fn tables(&self) -> impl Iterator<Item = (&'a Service, &'a Name, &'a DecisionTable, &Findings)> {
        let services: &'a [Service] = self.services;
        let tables =
            services.iter().flat_map(|service| service.tables.iter().map(move |(name, table)| (service, name, table)));
        tables
            .filter_map(|(service, name, table)| Some((service, name, table, self.examined.get(&service.name, name)?)))
    }

    /// Where a stage's name stands.
    #[must_use]
    pub fn stage(&self, service: &Service, stage: &str) -> Span {
        self.places.find(&Part::Stage(service.name.clone(), stage.to_owned()))
    }

    /// Where a stage's key stands, such as `may.grant`.
    #[must_use]
    pub fn stage_key(&self, service: &Service, stage: &str, key: &str) -> Span {
        self.places.find(&Part::StageKey(service.name.clone(), stage.to_owned(), key.to_owned()))
    }
}
