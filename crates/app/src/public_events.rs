//! What everybody may know of a case, event by event, for export to process mining: what its leaves in the public log say, and whose desk it was.
//!
//! Must not know of: formats.
//!
//! An attribute is one of the leaf's public values: no words of people, no names, no fact that the definition does not call public. Hashes, signatures and
//! proofs are left out: they prove, and describe nothing.

use std::collections::BTreeMap;

use definition::model::{Name, Service};
use engine::case::{AGAIN, Decider};
use engine::event::{Event, What};
use engine::integrity;
use jiff::Timestamp;
use log::value::Value;
use record::leaf::pseudonym;
use store::EventRow;

use crate::extract::Drawn;
use crate::{AppError, commit, leaf};

/// A value that an event log can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Attribute {
    Text(String),
    Int(i64),
    Bool(bool),
    Time(Timestamp),
}

/// An event as everybody may know it.
pub(crate) struct PublicEvent {
    /// Its place in the log.
    pub(crate) position: u64,
    /// What happened: the kind of the event, and the stage in which it did.
    pub(crate) activity: String,
    pub(crate) at: Timestamp,
    pub(crate) attributes: BTreeMap<String, Attribute>,
    /// Whose desk it was, if it was one's.
    pub(crate) desk: Option<Desk>,
}

/// Officers by role: never who.
pub(crate) struct Desk {
    /// The role; none where officers of any role of the authority may act.
    pub(crate) role: Option<Name>,
    pub(crate) authority: Name,
    /// What they had to do with it.
    pub(crate) part: &'static str,
}

/// The name of a case in the public log, hexadecimal.
pub(crate) fn case_name(case: engine::CaseId) -> String {
    hex::encode(pseudonym(&case.0))
}

/// The prefix of facts among a leaf's public values.
pub(crate) const FACT: &str = "fact.";

/// An event of a case.
pub(crate) fn of(drawn: &Drawn, row: &EventRow, event: &Event) -> Result<PublicEvent, AppError> {
    let leaf = leaf::of(row, event, &drawn.service, drawn.definition)?;
    let activity = match &leaf.stage {
        Some(stage) => format!("{} {stage}", leaf.kind),
        None => leaf.kind.clone(),
    };
    let mut attributes: BTreeMap<String, Attribute> = leaf
        .public
        .into_iter()
        .filter_map(|(name, value)| attribute(&name, value).map(|value| (name, value)))
        .collect();
    attributes.extend(leaf.stage.map(|stage| ("stage".to_owned(), Attribute::Text(stage))));
    let desk = desk(&drawn.service, drawn.service.zone(), row, &event.what);
    let at = commit::moment(leaf.time_ms);
    Ok(PublicEvent { position: row.position, activity, at, attributes, desk })
}

fn attribute(name: &str, value: Value) -> Option<Attribute> {
    match value {
        Value::Text(text) => Some(Attribute::Text(text)),
        Value::Bool(is_so) => Some(Attribute::Bool(is_so)),
        Value::Int(ms) if name == "due" || name.starts_with("due.") => {
            Timestamp::from_millisecond(ms).ok().map(Attribute::Time)
        }
        Value::Int(number) => Some(Attribute::Int(number)),
        Value::Bytes(_) => None,
    }
}

/// Whose desk an event is about.
fn desk(service: &Service, zone: &definition::model::Zone, row: &EventRow, what: &What) -> Option<Desk> {
    let stage = row.event.stage.as_deref().unwrap_or_default();
    let of = |clock: &str, part: &'static str| {
        let role = integrity::role(service, stage, clock)?;
        let authority = zone.roles.get(role)?.authority.clone();
        Some(Desk { role: Some(role.clone()), authority, part })
    };
    // Those who look again are drawn from whatever role decided.
    let again = |part| Some(Desk { role: None, authority: service.authority.clone(), part });
    match what {
        What::Lot { seat, .. }
        | What::Shared { seat, .. }
        | What::Drawn { seat, .. }
        | What::Seated { seat, .. }
        | What::Vacated { seat, .. } => match seat.as_str() {
            AGAIN => again("seat"),
            seat => of(seat.split_once('/').map_or(seat, |(_, branch)| branch), "seat"),
        },
        What::Signed { .. } | What::Asked { .. } | What::Overtook { .. } => of(stage, "by"),
        What::Decided { by: Decider::Officers(_), .. } => of(stage, "by"),
        What::Decided { by: Decider::Silence(_), .. } => of(stage, "silent"),
        What::Consulted { branch, officer, .. } => of(branch, if officer.is_some() { "by" } else { "silent" }),
        What::Lapsed { clock, silent, .. } if !silent.is_empty() => of(clock, "silent"),
        What::Convened { .. }
        | What::Kept { .. }
        | What::Proposed { .. }
        | What::Corrected { .. }
        | What::Revoked { .. } => again("by"),
        _ => None,
    }
}
