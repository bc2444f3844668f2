//! From trees to the model: names are looked up, values read, and whatever does not fit becomes a problem with a place.
//!
//! Must not know of: how a text is read (`syntax`), what makes a definition sound (`check::rules`).

mod booking;
mod concepts;
mod context;
mod deadline;
mod desk;
mod facts;
mod files;
mod functions;
mod include;
mod keys;
mod law;
mod lists;
mod lot;
pub(crate) mod nearest;
mod paths;
pub(crate) mod read;
mod record;
mod registers;
mod service;
mod sheet;
mod stage;
mod table;
pub(crate) mod table_words;
mod unused;
mod words;
mod zone;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Name, Service, Zone};
use crate::places::Places;
use crate::problem::Problem;
use crate::span::Span;
use crate::syntax::source::Sources;
use context::Context;

pub use table::notes;

/// What a zone's files say.
#[derive(Debug)]
pub struct Resolved {
    /// The zone, as far as it could be read.
    pub zone: Zone,
    /// The services that could be read, by name.
    pub services: Vec<Service>,
    /// Where everything stands.
    pub places: Places,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// Per service, the numbers of the files it is made of; what is wrong in one of them is wrong with the service.
    pub files: BTreeMap<Name, BTreeSet<u32>>,
    /// The text of what functions rest on, by its hash.
    pub tables: BTreeMap<String, Arc<str>>,
}

/// Reads a zone. `home` is the beginning of its `zone.yaml`, whether that is there or not.
#[must_use]
pub fn resolve(sources: &Sources, home: Span) -> Resolved {
    let mut cx = Context::new(sources, home);
    let zone = zone::resolve(&mut cx);
    let names = service::names(sources);
    let mut services = Vec::new();
    let mut files = BTreeMap::new();
    for name in &names {
        let (service, read) = service::resolve(&mut cx, &zone, name, &names);
        services.extend(service);
        files.insert(name.clone(), read);
    }
    files::unknown(&mut cx, &zone.languages, &files);
    // What seems unused may be used where something could not be read.
    if cx.problems.is_empty() && cx.broken.is_empty() {
        unused::find(&mut cx, &zone, &services);
    }
    Resolved { zone, services, places: cx.places, problems: cx.problems, files, tables: cx.tables }
}
