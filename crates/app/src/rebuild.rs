//! Rebuilding views: every case's row and deadlines again from its events, and the entries beside them. What comes out is what stood, or something was wrong before.
//!
//! Must not know of: how a view is stored.

mod beside;

use engine::event::{Event, What};
use engine::fold;
use engine::roster::{Register, RosterEvent, STREAM};
use store::{CaseQuery, CasesOf};

use crate::leftovers::Gathered;
use crate::{App, AppError, commit, lots, roster_acts};
use beside::Matters;

/// Cases or accounts taken up at once.
const BATCH: u32 = 500;
/// Events of a case read at once.
const EVENTS: u32 = 1000;

/// What a rebuild came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Cases looked at.
    pub cases: u64,
    /// Cases, matters, mandates, accounts of gates and the roster, of which something was not what their events say. Deadlines are written again with every row.
    pub mended: u64,
}

impl App {
    /// Writes every case's row and deadlines again as they follow from its events.
    ///
    /// # Errors
    /// [`AppError::Internal`] when a case's events cannot be folded: the record is damaged, and nothing was written for that case.
    pub async fn rebuild(&self) -> Result<Rebuilt, AppError> {
        let mut rebuilt = Rebuilt::default();
        rebuilt.mended = rebuilt.mended.saturating_add(u64::from(self.rebuild_roster().await?));
        rebuilt.mended = rebuilt.mended.saturating_add(self.rebuild_mandates().await?);
        rebuilt.mended = rebuilt.mended.saturating_add(self.rebuild_gates().await?);
        let (mut after, mut matters, mut leftovers) = (None, Matters::default(), Gathered::default());
        loop {
            let query = CaseQuery { of: CasesOf::All, open: false, after, newest_first: false, limit: BATCH };
            let rows = self.store.cases(query).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.opened);
            for row in rows {
                rebuilt.cases = rebuilt.cases.saturating_add(1);
                let differs = self.rebuild_case(&row, &mut matters, &mut leftovers).await?;
                rebuilt.mended = rebuilt.mended.saturating_add(u64::from(differs));
            }
        }
        rebuilt.mended = rebuilt.mended.saturating_add(self.rebuild_leftovers(leftovers).await?);
        rebuilt.mended = rebuilt.mended.saturating_add(self.rebuild_matters(matters).await?);
        rebuilt.mended = rebuilt.mended.saturating_add(self.rebuild_goods().await?);
        Ok(rebuilt)
    }

    /// The roster's stream, which is no case.
    async fn rebuild_roster(&self) -> Result<bool, AppError> {
        let Some(stands) = self.store.case(STREAM).await? else { return Ok(false) };
        let mut register = Register::default();
        loop {
            let rows = self.store.history(STREAM, register.seq, EVENTS).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                register.follow(&serde_json::from_slice::<RosterEvent>(&row.event.body)?);
            }
        }
        let mut row = roster_acts::row(&register, stands.opened_ms)?;
        row.opened = stands.opened;
        row.last_position = stands.last_position;
        let differs = row != stands;
        self.store.restate(row, Vec::new()).await?;
        Ok(differs)
    }

    async fn rebuild_case(
        &self,
        stands: &store::CaseRow,
        matters: &mut Matters,
        leftovers: &mut Gathered,
    ) -> Result<bool, AppError> {
        let mut events: Vec<Event> = Vec::new();
        loop {
            let after = events.len() as u64;
            let rows = self.store.history(stands.case, after, EVENTS).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                events.push(serde_json::from_slice(&row.event.body)?);
            }
        }
        let damaged = |why: &dyn std::fmt::Display| AppError::Internal(format!("case {}: {why}", stands.case));
        let Some(Event { what: What::Opened(opened), .. }) = events.first() else {
            return Err(damaged(&"its first event does not open it"));
        };
        let service = self.definitions.by_hash(&*self.store, opened.definition).await?;
        let case = fold::fold(&service, &events).map_err(|misfit| damaged(&misfit))?;
        let case = case.ok_or_else(|| damaged(&"no events"))?;
        let mut row = commit::row(&case, &service.authority)?;
        row.opened = stands.opened;
        row.last_position = stands.last_position;
        matters.add(&service, &case, &events)?;
        self.gather_leftovers(leftovers, &service, &case, &events).await?;
        let differs = self.rebuild_beside(&case, stands.opened).await? || row != *stands;
        self.store.put(self.document_uses(case.id, &events).await?).await?;
        self.store.restate(row, commit::due(&case, &service)).await?;
        // What waits for its draw is found by entries. One that is drawn meanwhile is found to be gone.
        let lots = lots::puts(None, &case)?;
        if !lots.is_empty() {
            self.store.put(lots).await?;
        }
        Ok(differs)
    }
}
