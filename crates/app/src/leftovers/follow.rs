//! What is left over changes with what is recorded: the writes that go with an append, and with a passage at a gate.
//!
//! Must not know of: who reads it.

use std::sync::Arc;

use definition::Checked;
use definition::model::{Service, StageKind};
use engine::CaseId;
use engine::case::Case;
use engine::event::Event;
use serde::{Deserialize, Serialize};
use store::Put;

use super::make::{LetGo, declared, let_go, presented};
use super::{PaperKind, Posted, Record, gone, settled};
use crate::passages::Passed;
use crate::{App, AppError};

/// The kind of entry that says which case's journey a record is; its key is the register's name and the record's key.
pub(super) const JOURNEY: &str = "leftover/journey";

/// A journey in transit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journey {
    /// The case that let it go.
    pub(super) case: CaseId,
    /// When that case was opened.
    pub(super) opened: jiff::Timestamp,
    /// The case by which it was discharged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) discharged: Option<CaseId>,
}

impl Journey {
    pub(super) fn put(&self, record: &Record, expected: Option<u64>) -> Result<Put, AppError> {
        let body = Some(serde_json::to_vec(self)?);
        Ok(Put { kind: JOURNEY.to_owned(), key: journey_key(record), owner: None, body, expected })
    }
}

pub(super) fn journey_key(record: &Record) -> String {
    format!("{}/{}", record.register, record.key)
}

impl App {
    /// What an append changes of what is left over: a case before and after, the events that made the difference, and what those of them moved that book.
    pub(crate) async fn leftover_puts(
        &self,
        service: &Checked<Service>,
        before: Option<&Case>,
        after: &Case,
        (events, moved): (&[Event], &[Arc<[Posted]>]),
    ) -> Result<Vec<Put>, AppError> {
        let mut puts = Vec::new();
        let (was, is) = (before.and_then(|before| declared(service, before)), declared(service, after));
        if was != is {
            puts.push(match &is {
                Some(kept) => kept.put(None)?,
                None => gone(PaperKind::Declared, after.opened, after.id, None),
            });
        }
        puts.extend(self.line_puts(after, events, moved).await?);
        puts.extend(settled::puts(after.id, events)?);
        if let Some(let_go) = let_go(events.iter())? {
            puts.extend(let_go_puts(service, &let_go, after)?);
        }
        for record in presented(service, after, events) {
            if self.has_journeys(&record.register) {
                puts.extend(self.discharge(&record, after.id).await?);
            }
        }
        Ok(puts)
    }

    /// What is left over of a case's release once all of these passages took place.
    pub(crate) async fn passage_puts(&self, case: CaseId, passed: &Passed) -> Result<Vec<Put>, AppError> {
        let history = self.history(case).await?;
        let Some(let_go) = let_go(history.iter().map(|(_, event)| event))? else { return Ok(Vec::new()) };
        let (_, service, state) = self.load(case).await?;
        if !state.erased.is_empty() {
            return Ok(Vec::new());
        }
        let mut passages = self.passages_of(case).await?;
        passages.push(passed.clone());
        let is = let_go.released(&service, &state, &passages);
        let gone = gone(PaperKind::Released, state.opened, case, None);
        // Of two passages at once the second has to know of the first.
        let version = self.entry(&gone.kind, &gone.key).await?.map_or(0, |entry| entry.version);
        Ok(match is {
            Some(kept) => vec![kept.put(Some(version))?],
            None if version > 0 => vec![Put { expected: Some(version), ..gone }],
            None => Vec::new(),
        })
    }

    /// Of a case that forgets something nothing is left over any more: with what passages it went would say when somebody was where.
    pub(crate) fn leftovers_forgotten(case: &Case) -> Vec<Put> {
        vec![gone(PaperKind::Released, case.opened, case.id, None)]
    }

    /// Whether cases that let goods go enter a register.
    pub(super) fn has_journeys(&self, register: &str) -> bool {
        let enters = |service: &Service| {
            service.stages.iter().any(|stage| match &stage.kind {
                StageKind::End(end) => end.book.is_some() && end.enter.as_deref() == Some(register),
                _ => false,
            })
        };
        self.zone().services().values().any(|service| enters(service))
    }

    /// The writes by which a case discharges a journey; none where the record is none, or was discharged before.
    async fn discharge(&self, record: &Record, by: CaseId) -> Result<Vec<Put>, AppError> {
        let Some(entry) = self.entry(JOURNEY, &journey_key(record)).await? else { return Ok(Vec::new()) };
        let journey: Journey = serde_json::from_slice(&entry.body)?;
        if journey.discharged.is_some() {
            return Ok(Vec::new());
        }
        let gone = gone(PaperKind::Transit, journey.opened, journey.case, None);
        Ok(vec![gone, Journey { discharged: Some(by), ..journey }.put(record, Some(entry.version))?])
    }
}

/// The writes of what a case let go.
fn let_go_puts(service: &Checked<Service>, let_go: &LetGo, case: &Case) -> Result<Vec<Put>, AppError> {
    let mut puts = Vec::new();
    if let Some(kept) = let_go.released(service, case, &[]) {
        puts.push(kept.put(None)?);
    }
    if let Some((kept, record)) = let_go.transit(service, case) {
        puts.push(kept.put(None)?);
        puts.push(Journey { case: case.id, opened: case.opened, discharged: None }.put(&record, None)?);
    }
    Ok(puts)
}
