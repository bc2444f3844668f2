//! What is left over, made again from the record and the passages. What stands otherwise is looked at once more before it is written: the zone may run.
//!
//! Must not know of: what the papers say.

use std::collections::{BTreeMap, BTreeSet};

use customs::goods::ManifestLine;
use definition::Checked;
use definition::model::Service;
use engine::CaseId;
use engine::case::Case;
use engine::event::Event;
use store::{Entry, EntryQuery, Put};

use super::follow::{JOURNEY, Journey, journey_key};
use super::lines::of_case;
use super::make::{declared, let_go, presented};
use super::restore_lines::Lines;
use super::settled::{self, Settled};
use super::{Kept, PaperKind, Record, What, key};
use crate::{App, AppError};

/// Entries looked at once.
const BATCH: u32 = 500;

/// What is left over, as it is gathered from all cases.
#[derive(Default)]
pub(crate) struct Gathered {
    kept: BTreeMap<(PaperKind, String), Kept>,
    lines: Lines,
    journeys: BTreeMap<Record, Journey>,
    /// By which cases a journey's record was presented where the goods arrived.
    presented: BTreeMap<Record, BTreeSet<CaseId>>,
    settled: BTreeMap<String, Settled>,
}

impl Gathered {
    fn keep(&mut self, kept: Kept) {
        self.kept.insert((kept.what.kind(), kept.key()), kept);
    }
}

impl App {
    /// Adds what is left over of a case.
    pub(crate) async fn gather_leftovers(
        &self,
        gathered: &mut Gathered,
        service: &Checked<Service>,
        case: &Case,
        events: &[Event],
    ) -> Result<(), AppError> {
        declared(service, case).into_iter().for_each(|kept| gathered.keep(kept));
        gathered.lines.add(of_case(case, events.iter())?);
        for (key, said) in settled::of_events(case.id, events.iter())? {
            // Of two that settle the same the later counts, as it was written last.
            if gathered.settled.get(&key).is_none_or(|other| other.at <= said.at) {
                gathered.settled.insert(key, said);
            }
        }
        if let Some(let_go) = let_go(events.iter())? {
            if case.erased.is_empty() {
                let passages = self.passages_of(case.id).await?;
                let_go.released(service, case, &passages).into_iter().for_each(|kept| gathered.keep(kept));
            }
            if let Some((kept, record)) = let_go.transit(service, case) {
                gathered.keep(kept);
                let journey = Journey { case: case.id, opened: case.opened, discharged: None };
                gathered.journeys.insert(record, journey);
            }
        }
        for record in presented(service, case, events) {
            if self.has_journeys(&record.register) {
                gathered.presented.entry(record).or_default().insert(case.id);
            }
        }
        Ok(())
    }

    /// Writes what is left over as the record has it; of how many it was otherwise.
    pub(crate) async fn rebuild_leftovers(&self, mut gathered: Gathered) -> Result<u64, AppError> {
        let mut mended = self.rebuild_journeys(&mut gathered).await?;
        mended = mended.saturating_add(self.rebuild_settled(std::mem::take(&mut gathered.settled)).await?);
        let (lines, other) = self.rebuild_lines(std::mem::take(&mut gathered.lines)).await?;
        mended = mended.saturating_add(other);
        lines.into_iter().for_each(|kept| gathered.keep(kept));
        for kind in PaperKind::ALL {
            let mut after = None;
            loop {
                let query =
                    EntryQuery { kind: kind.entry_kind().to_owned(), key: None, owner: None, after, limit: BATCH };
                let entries = self.store.entries(query).await?;
                let Some(last) = entries.last() else { break };
                after = Some(last.key.clone());
                for entry in entries {
                    let is = gathered.kept.remove(&(kind, entry.key.clone()));
                    if !stands(&entry, is.as_ref()) {
                        let line = is.as_ref().and_then(line_of).or_else(|| line_in(&entry));
                        let restored = self.restore_leftover((kind, &entry.key), line).await?;
                        mended = mended.saturating_add(u64::from(restored));
                    }
                }
            }
        }
        for ((kind, key), kept) in gathered.kept {
            let restored = self.restore_leftover((kind, &key), line_of(&kept)).await?;
            mended = mended.saturating_add(u64::from(restored));
        }
        Ok(mended)
    }

    async fn rebuild_journeys(&self, gathered: &mut Gathered) -> Result<u64, AppError> {
        let mut mended = 0_u64;
        for (record, mut journey) in std::mem::take(&mut gathered.journeys) {
            let entry = self.entry(JOURNEY, &journey_key(&record)).await?;
            let was = entry.as_ref().and_then(|entry| serde_json::from_slice::<Journey>(&entry.body).ok());
            let by = gathered.presented.get(&record);
            let said = was.as_ref().and_then(|was| was.discharged);
            // Of several cases the record does not say here which was first; what was written then does.
            journey.discharged = match by {
                Some(by) if said.is_some_and(|said| by.contains(&said)) => said,
                Some(by) => by.first().copied(),
                None => None,
            };
            if journey.discharged.is_some() {
                let key = key(PaperKind::Transit, journey.opened, journey.case);
                gathered.kept.remove(&(PaperKind::Transit, key));
            }
            if was.as_ref() != Some(&journey) {
                self.put_unless_overtaken(journey.put(&record, Some(entry.map_or(0, |entry| entry.version)))?).await?;
                mended = mended.saturating_add(1);
            }
        }
        Ok(mended)
    }

    /// Writes one as its case has it now; whether it was otherwise.
    async fn restore_leftover(
        &self,
        (kind, key): (PaperKind, &str),
        line: Option<ManifestLine>,
    ) -> Result<bool, AppError> {
        let entry = self.entry(kind.entry_kind(), key).await?;
        let is = match (line, case_in(key)) {
            (Some(line), _) => self.line_left(&line).await?,
            (None, Some(case)) if kind != PaperKind::Manifest => self.leftover_now(kind, case).await?,
            _ => None,
        };
        let is = is.filter(|kept| kept.key() == key);
        let put = match (&entry, &is) {
            (Some(entry), is) if stands(entry, is.as_ref()) => return Ok(false),
            (None, None) => return Ok(false),
            (entry, Some(kept)) => kept.put(Some(entry.as_ref().map_or(0, |entry| entry.version)))?,
            (Some(Entry { kind, key, version, .. }), None) => {
                Put { kind: kind.clone(), key: key.clone(), owner: None, body: None, expected: Some(*version) }
            }
        };
        self.put_unless_overtaken(put).await
    }

    /// Whether it was written: who was faster wrote what is right.
    pub(super) async fn put_unless_overtaken(&self, put: Put) -> Result<bool, AppError> {
        match self.store.put(vec![put]).await.map_err(AppError::from) {
            Err(AppError::Stale) => Ok(false),
            done => done.map(|()| true),
        }
    }

    /// What is left over of a case's paper now.
    pub(super) async fn leftover_now(&self, kind: PaperKind, case: CaseId) -> Result<Option<Kept>, AppError> {
        let (_, service, state) = match self.load(case).await {
            Err(AppError::NotFound(_)) => return Ok(None),
            loaded => loaded?,
        };
        if kind == PaperKind::Declared {
            return Ok(declared(&service, &state));
        }
        let history = self.history(case).await?;
        let Some(let_go) = let_go(history.iter().map(|(_, event)| event))? else { return Ok(None) };
        if kind == PaperKind::Released {
            let passages = self.passages_of(case).await?;
            return Ok(let_go.released(&service, &state, &passages).filter(|_| state.erased.is_empty()));
        }
        let Some((kept, record)) = let_go.transit(&service, &state) else { return Ok(None) };
        let entry = self.entry(JOURNEY, &journey_key(&record)).await?;
        let journey = entry.map(|entry| serde_json::from_slice::<Journey>(&entry.body)).transpose()?;
        Ok(Some(kept).filter(|_| journey.is_none_or(|journey| journey.discharged.is_none())))
    }
}

/// The line of a manifest that something is left over of.
fn line_of(kept: &Kept) -> Option<ManifestLine> {
    match &kept.what {
        What::Manifest { line, .. } => Some(line.clone()),
        _ => None,
    }
}

fn line_in(entry: &Entry) -> Option<ManifestLine> {
    line_of(&serde_json::from_slice::<Kept>(&entry.body).ok()?)
}

/// The case that a key names.
fn case_in(key: &str) -> Option<CaseId> {
    key.split('-').nth(1)?.parse().ok()
}

/// Whether an entry says this.
fn stands(entry: &Entry, is: Option<&Kept>) -> bool {
    let kept = serde_json::from_slice::<Kept>(&entry.body).ok();
    kept.is_some() && kept.as_ref() == is && is.is_some_and(|is| is.owner == entry.owner)
}
