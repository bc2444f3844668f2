//! The record as an object-centric event log: OCEL 2.0 in its JSON form (<https://www.ocel-standard.org/specification/formats/json/>; Berti and others,
//! OCEL 2.0 Specification, 2023, arXiv:2403.01975).
//!
//! Must not know of: files, secret keys.
//!
//! | in the log | is | type | id |
//! |---|---|---|---|
//! | event | an event of the record | `SERVICE: KIND STAGE` | its place in the public log |
//! | object | a case | `case of SERVICE` | its pseudonym in the public log |
//! | object | a certificate | `certificate CERTIFICATE` | the case's, and which end issued it |
//! | object | a register's record, such as a company | `record of REGISTER` | a number in the order of appearance, good in this file alone |
//! | object | officers, as the role that they hold | `role` | the role's name |
//! | object | an authority | `authority` | its name |
//!
//! Attributes are what the public log says of the event ([`crate::public_events`]). A record is an object if the concept that names it is no personal data;
//! that it is the same in two cases is more than the log says, so records can be left out. Officers are roles and never persons; applicants are nowhere.
//!
//! The file is written while the record is read, once for events and once for objects, so it may be larger than the memory. What is kept are the types,
//! the roles, and 20 bytes for each record.

mod objects;
mod write;

use std::io::Write;

use definition::model::Name;
use serde::Serialize;
use store::Store;

use crate::extract::{Cases, Drawn, ExtractError, Selection};
use crate::public_events;
use objects::Objects;
use write::{Attributed, Event, List, Types};

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// Cases.
    pub cases: u64,
    /// Events.
    pub events: u64,
    /// Objects.
    pub objects: u64,
}

/// Writes the cases of a selection as an object-centric event log; registers' records among the objects only `with_records`.
///
/// # Errors
/// [`ExtractError`], before anything is written, when nothing is selected; later when the store goes away, a case's record is damaged, or `out` takes no
/// more: then what was written is no whole file.
pub async fn export(
    store: &dyn Store,
    selection: &Selection,
    with_records: bool,
    out: &mut dyn Write,
) -> Result<Exported, ExtractError> {
    let mut cases = Cases::of(store, selection).await?;
    let Some(mut drawn) = cases.next().await? else { return Err(cases.empty().await?) };
    let mut objects = Objects::new(with_records);
    let (mut event_types, mut exported) = (Types::default(), Exported::default());
    out.write_all(b"{\"events\":")?;
    let mut events = List::begin(out)?;
    loop {
        exported.cases = exported.cases.saturating_add(1);
        for event in events_of(&drawn, &mut cases, &mut objects).await? {
            event_types.note(&event.type_, &event.attributes);
            events.push(&event)?;
        }
        match cases.next().await? {
            Some(next) => drawn = next,
            None => break,
        }
    }
    exported.events = events.end()?;
    out.write_all(b",\n\"objects\":")?;
    let mut list = List::begin(out)?;
    cases.rewind();
    while let Some(drawn) = cases.next().await? {
        for object in objects.of(&drawn, &mut cases).await? {
            list.push(&object)?;
        }
    }
    for object in objects.shared() {
        list.push(&object)?;
    }
    exported.objects = list.end()?;
    let types = [("eventTypes", event_types.list()), ("objectTypes", objects.types())];
    for (name, types) in types {
        write!(out, ",\n\"{name}\":")?;
        serde_json::to_writer(&mut *out, &types)?;
    }
    out.write_all(b"}\n")?;
    Ok(exported)
}

/// The events of a case.
async fn events_of(drawn: &Drawn, cases: &mut Cases<'_>, objects: &mut Objects) -> Result<Vec<Event>, ExtractError> {
    let service: &Name = &drawn.service.name;
    let mut events = Vec::with_capacity(drawn.events.len());
    let mut certificate = None;
    for (row, event) in &drawn.events {
        let public = public_events::of(drawn, row, event)?;
        let relationships = objects.touched(drawn, (row, event), public.desk.as_ref(), &mut certificate, cases).await?;
        events.push(Event {
            id: public.position.to_string(),
            type_: format!("{service}: {}", public.activity),
            time: public.at,
            attributes: public.attributes.into_iter().map(|(name, value)| Attributed { name, value }).collect(),
            relationships,
        });
    }
    Ok(events)
}
