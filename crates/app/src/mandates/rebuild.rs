//! Rebuilding what is kept of mandates: their rows, and the entries by which agents and principals find them.
//!
//! Must not know of: how an act on a mandate is judged.
//!
//! Which mandates there are, and what was done under each, is told by the feed alone.

use std::collections::BTreeMap;

use engine::CaseId;
use engine::mandate::{self, Agency, Mandate, MandateEvent};
use jiff::Timestamp;
use serde::Deserialize;
use store::Entry;

use super::{BATCH, KIND, Kept, OF_PRINCIPAL, entry_put, found_put, offered_until, owner, row};
use crate::{App, AppError};

/// What was done under a mandate.
#[derive(Clone, Copy, Default)]
struct Used {
    times: u64,
    last: Option<Timestamp>,
}

/// Who acted for whom in an event of a case.
#[derive(Deserialize)]
struct Under {
    at: Timestamp,
    under: Option<Agency>,
}

impl App {
    /// Writes the rows and entries of all mandates again as they follow from the feed; how many were not what they should be.
    pub(crate) async fn rebuild_mandates(&self) -> Result<u64, AppError> {
        let mut mended = 0_u64;
        for (id, used) in self.mandates_in_feed().await? {
            let differs = self.rebuild_row(id).await?;
            let differs = self.rebuild_entries(id, used).await? || differs;
            mended = mended.saturating_add(u64::from(differs));
        }
        Ok(mended)
    }

    async fn mandates_in_feed(&self) -> Result<BTreeMap<CaseId, Used>, AppError> {
        let (mut all, mut from) = (BTreeMap::<CaseId, Used>::new(), 0);
        loop {
            let page = self.store.feed(from, BATCH).await?;
            let Some(last) = page.last() else { return Ok(all) };
            from = last.position.saturating_add(1);
            for row in &page {
                if mandate::is_stream(&row.case) {
                    all.entry(row.case).or_default();
                    continue;
                }
                let Under { at, under: Some(agency) } = serde_json::from_slice(&row.event.body)? else { continue };
                let used = all.entry(agency.mandate).or_default();
                *used = Used { times: used.times.saturating_add(1), last: used.last.max(Some(at)) };
            }
        }
    }

    async fn rebuild_row(&self, id: CaseId) -> Result<bool, AppError> {
        let Some(stands) = self.store.case(id).await? else { return Ok(false) };
        let mut row = row(id, &self.folded(id).await?, stands.opened_ms)?;
        row.opened = stands.opened;
        row.last_position = stands.last_position;
        let differs = row != stands;
        self.store.restate(row, Vec::new()).await?;
        Ok(differs)
    }

    async fn folded(&self, id: CaseId) -> Result<Mandate, AppError> {
        let rows = self.store.history(id, 0, BATCH).await?;
        let events: Result<Vec<MandateEvent>, _> =
            rows.iter().map(|row| serde_json::from_slice(&row.event.body)).collect();
        let damaged = || AppError::Internal(format!("mandate {id}: its events cannot follow each other"));
        Mandate::fold(&events?).ok_or_else(damaged)
    }

    async fn rebuild_entries(&self, id: CaseId, used: Used) -> Result<bool, AppError> {
        let (mandate, key) = (self.folded(id).await?, id.to_string());
        let entry = self.entry(KIND, &key).await?;
        let stands: Option<Kept> = entry.as_ref().and_then(|entry| serde_json::from_slice(&entry.body).ok());
        let (times, last) = stands.as_ref().map_or((0, None), |kept| (kept.uses, kept.last_use));
        let kept = Kept {
            principal: mandate.principal.clone(),
            // Of a use in a case that was erased nothing tells but what stands.
            last_use: last.max(used.last),
            uses: times.max(used.times),
            offered_until: offered_until(&mandate),
        };
        let version = |entry: &Option<Entry>| entry.as_ref().map_or(0, |entry| entry.version);
        let mut put = entry_put(id, &mandate, &kept, Some(version(&entry)))?;
        let named = entry.as_ref().and_then(|entry| entry.owner.clone());
        if kept.has_lapsed(self.clock.now()) && named.is_none() {
            put.owner = None;
        }
        let found = self.entry(OF_PRINCIPAL, &key).await?;
        let finds = |entry: &Entry| entry.owner == Some(owner(&mandate.principal));
        let mut puts = Vec::new();
        if named != put.owner || stands.as_ref() != Some(&kept) {
            puts.push(put);
        }
        if !found.as_ref().is_some_and(finds) {
            puts.push(found_put(id, &mandate.principal, version(&found)));
        }
        let differs = !puts.is_empty();
        if differs {
            self.store.put(puts).await?;
        }
        Ok(differs)
    }
}
