//! From what the engine decided to what the store makes durable: rows, deadlines, messages and register entries in one append.
//!
//! Must not know of: who acts, how the engine decides.

use std::collections::BTreeSet;

use definition::Checked;
use definition::model::Service;
use engine::case::Case;
use engine::erasure;
use engine::event::{Event, What};
use jiff::Timestamp;
use record::leaf::outcome_name;
use store::{Append, CaseRow, Idempotency, NewDue, NewEvent, NewMessage};

use crate::accounts::randomness;
use crate::jobs::outbox::Topic;
use crate::{AppError, registers};

/// The append that makes these events durable. The commit point itself is `Store::append`.
pub(crate) fn append(
    before: Option<&CaseRow>,
    case: &Case,
    service: &Checked<Service>,
    events: &[Event],
    idempotency: Option<Idempotency>,
) -> Result<Append, AppError> {
    let mut outbox = Vec::new();
    let mut puts = Vec::new();
    for event in events {
        outbox.extend(messages(case, &event.what)?);
        if let What::Ended { enter: Some(entering), .. } = &event.what {
            puts.push(registers::put(entering)?);
        }
    }
    Ok(Append {
        case: case.id,
        expected_seq: before.map_or(0, |row| row.seq),
        events: new_events(before, events)?,
        row: row(case, &service.authority)?,
        due: due(case, service),
        outbox,
        puts,
        idempotency,
        erases: Vec::new(),
    })
}

/// The row of a case; `opened` and `last_position` are the store's to fill.
pub(crate) fn row(case: &Case, authority: &str) -> Result<CaseRow, AppError> {
    Ok(CaseRow {
        case: case.id,
        reference: case.id.reference(),
        service: case.service.clone(),
        authority: authority.to_owned(),
        applicant: case.applicant.clone(),
        stage: case.stage.clone(),
        outcome: case.ended.as_ref().map(|ended| outcome_name(ended.outcome).to_owned()),
        // Those who look at it again find it on their desks, too.
        holders: case
            .holders()
            .into_iter()
            .chain(case.called.iter().cloned())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        seq: case.seq,
        opened: 0,
        last_position: 0,
        opened_ms: case.opened.as_millisecond(),
        stage_since_ms: case.stage_since.as_millisecond(),
        due_ms: case.clocks().iter().map(|clock| clock.due.as_millisecond()).min(),
        state: serde_json::to_vec(case)?,
    })
}

/// The deadlines of a case: those of its clocks while it is open, and then the first at which something may be kept no longer.
pub(crate) fn due(case: &Case, service: &Checked<Service>) -> Vec<NewDue> {
    let clocks = case.clocks().into_iter().map(|clock| (clock.due, clock.name));
    let kept = erasure::due(service, service.zone(), case).into_iter().map(|(due, _)| due).min();
    let kept = kept.map(|due| (due, erasure::CLOCK.to_owned()));
    clocks.chain(kept).map(|(due, clock)| NewDue { at_ms: due.as_millisecond(), clock }).collect()
}

fn new_events(before: Option<&CaseRow>, events: &[Event]) -> Result<Vec<NewEvent>, AppError> {
    let mut stage = before.map(|row| row.stage.clone());
    events.iter().map(|event| Ok(new_event(event, &mut stage, randomness()?)?)).collect()
}

/// An event's row before it has a position. `stage` is where the case stood before the event, and afterwards where it stands.
pub(crate) fn new_event(event: &Event, stage: &mut Option<String>, salt: [u8; 32]) -> serde_json::Result<NewEvent> {
    if let What::Entered { stage: entered, .. } = &event.what {
        *stage = Some(entered.clone());
    }
    Ok(NewEvent {
        kind: event.what.kind().to_owned(),
        stage: stage.clone(),
        at_ms: event.at.as_millisecond(),
        body: serde_json::to_vec(event)?,
        salt,
    })
}

/// What is to be done once this event is durable.
fn messages(case: &Case, what: &What) -> Result<Vec<NewMessage>, AppError> {
    let has_certificate = case.ended.as_ref().is_some_and(|ended| ended.certificate.is_some());
    let topics = match what {
        What::Opened(opened) => {
            opened.appeals.map(|original| Topic::Appeal { original, opened: case.opened }).into_iter().collect()
        }
        What::Ended { certificate, overturn, .. } => {
            let overturned = case.appeals.filter(|_| *overturn).map(|original| Topic::Overturn { original });
            certificate.iter().map(|_| Topic::Certificate).chain(overturned).collect()
        }
        What::Corrected { .. } if has_certificate => vec![Topic::Certificate],
        // A decision that falls takes its certificate with it.
        What::Revoked { .. } | What::Overturned { .. } => vec![Topic::Revocation],
        _ => Vec::new(),
    };
    topics.iter().map(Topic::message).collect()
}

/// The millisecond that a row keeps of a moment, as a moment again.
pub(crate) fn moment(at_ms: i64) -> Timestamp {
    Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH)
}
