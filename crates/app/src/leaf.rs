//! The leaf of an event as the store keeps it.
//!
//! Must not know of: what a leaf says (that is the record's). An event that was erased keeps its leaf beside what is left of it: nothing in it leads to
//! what is gone.

use std::collections::BTreeMap;

use definition::model::Service;
use definition::value::Value;
use engine::case::Digest;
use engine::event::Event;
use engine::mandate::MandateEvent;
use engine::roster::RosterEvent;
use log::leaf::Leaf;
use record::leaf;
use record::row::Row;
use serde::{Deserialize, Serialize};
use store::EventRow;

use crate::AppError;

/// The leaf of an event.
pub(crate) fn of(row: &EventRow, event: &Event, service: &Service, definition: Digest) -> Result<Leaf, AppError> {
    if let Some(remains) = &row.remains {
        let remains: Remains = serde_json::from_slice(remains)?;
        return Leaf::decode(&remains.leaf).map_err(|error| AppError::Internal(error.to_string()));
    }
    leaf::of(&kept(row), event, service, definition).map_err(|error| AppError::Internal(error.to_string()))
}

/// The leaf of an event of the roster's stream.
pub(crate) fn of_roster(row: &EventRow, event: &RosterEvent) -> Result<Leaf, AppError> {
    leaf::of_roster(&kept(row), event).map_err(|error| AppError::Internal(error.to_string()))
}

/// The leaf of an event of a mandate's stream.
pub(crate) fn of_mandate(row: &EventRow, event: &MandateEvent) -> Result<Leaf, AppError> {
    leaf::of_mandate(&kept(row), event).map_err(|error| AppError::Internal(error.to_string()))
}

fn kept(row: &EventRow) -> Row<'_> {
    let (stage, body) = (row.event.stage.as_deref(), row.event.body.as_slice());
    Row { case: row.case, seq: row.seq, previous: row.previous, stage, body, salt: &row.event.salt }
}

/// The commitment to the passkey that signed.
const CREDENTIAL: &str = "credential";

/// What an erased event has instead of its salt.
#[derive(Serialize, Deserialize)]
pub(crate) struct Remains {
    /// The leaf, which cannot be made again.
    #[serde(with = "hex::serde")]
    leaf: Vec<u8>,
    /// The salts of those facts that stay and are not public, by name, and of the passkey that signed: so that they, and what was decided on them, can
    /// still be held against the log.
    /// The event's own salt would open the others, too, to whoever can list every value that they may have had.
    salts: BTreeMap<String, Digest>,
}

/// What takes the place of an event's salt when it loses what is not `left`.
pub(crate) fn remains(
    row: &EventRow,
    event: &Event,
    left: &Event,
    service: &Service,
    definition: Digest,
) -> Result<Vec<u8>, AppError> {
    let made = of(row, event, service, definition)?;
    let former: Option<Remains> = row.remains.as_deref().map(serde_json::from_slice).transpose()?;
    let before: BTreeMap<&String, &Value> = leaf::facts(&event.what).into_iter().collect();
    let stays = leaf::facts(&left.what).into_iter().filter(|(name, value)| before.get(name) == Some(value));
    let salts = stays.filter(|(name, _)| made.commitments.contains_key(&format!("fact.{name}")));
    let salts = salts.filter_map(|(name, _)| {
        let salt = match &former {
            Some(former) => *former.salts.get(name)?,
            None => Digest(leaf::salt(&row.event.salt, name)),
        };
        Some((name.clone(), salt))
    });
    let mut salts: BTreeMap<String, Digest> = salts.collect();
    // That a passkey signed, and which. The salts of a fact and of the credential follow from their names, so a fact of this name would be opened, too.
    if left.signed.is_some() && !before.keys().any(|name| *name == CREDENTIAL) {
        let salt = match &former {
            Some(former) => former.salts.get(CREDENTIAL).copied(),
            None => Some(Digest(leaf::salt(&row.event.salt, CREDENTIAL))),
        };
        salts.extend(salt.map(|salt| (CREDENTIAL.to_owned(), salt)));
    }
    let leaf = made.encode().map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(serde_json::to_vec(&Remains { leaf, salts })?)
}
