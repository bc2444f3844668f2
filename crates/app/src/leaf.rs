//! The leaf of an event as the store keeps it.
//!
//! Must not know of: what a leaf says (that is the record's).

use definition::model::Service;
use engine::case::Digest;
use engine::event::Event;
use engine::roster::RosterEvent;
use log::leaf::Leaf;
use record::leaf;
use record::row::Row;
use store::EventRow;

use crate::AppError;

/// The leaf of an event.
pub(crate) fn of(row: &EventRow, event: &Event, service: &Service, definition: Digest) -> Result<Leaf, AppError> {
    leaf::of(&kept(row), event, service, definition).map_err(|error| AppError::Internal(error.to_string()))
}

/// The leaf of an event of the roster's stream.
pub(crate) fn of_roster(row: &EventRow, event: &RosterEvent) -> Result<Leaf, AppError> {
    leaf::of_roster(&kept(row), event).map_err(|error| AppError::Internal(error.to_string()))
}

fn kept(row: &EventRow) -> Row<'_> {
    let (stage, body) = (row.event.stage.as_deref(), row.event.body.as_slice());
    Row { case: row.case, seq: row.seq, previous: row.previous, stage, body, salt: &row.event.salt }
}
