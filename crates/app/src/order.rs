//! Order at a desk: which case an officer has to deal with first, where the definition promises that cases are dealt with as they were opened.
//!
//! Must not know of: what out of turn means (that is the engine's).

use definition::model::{Service, StageKind};
use engine::CaseId;
use store::{CaseQuery, CaseRow, CasesOf};

use crate::{App, AppError};

/// Cases read at once. Where officers keep the order, the first is the one that is looked for.
const PART: u32 = 50;

impl App {
    /// Of the cases that wait for an officer at the desk where this one stands, the one that was opened first, if it was opened before this one; none
    /// where the desk promises no order.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn ahead(&self, officer: &str, service: &Service, row: &CaseRow) -> Result<Option<CaseId>, AppError> {
        let kind = service.stage(&row.stage).map(|stage| &stage.kind);
        let ordered = matches!(kind, Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) if desk.order.is_some());
        if !ordered {
            return Ok(None);
        }
        let of = CasesOf::Holder(officer.to_owned());
        let mut query = CaseQuery { of, open: true, after: None, newest_first: false, limit: PART };
        loop {
            let part = self.store.cases(query.clone()).await?;
            let last = part.last().map(|last| last.opened);
            let is_full = part.len() >= PART as usize;
            let mut earlier = part.into_iter().take_while(|other| other.opened < row.opened);
            let found = earlier.find(|other| other.service == row.service && other.stage == row.stage);
            match (found, last) {
                (Some(found), _) => return Ok(Some(found.case)),
                (None, Some(last)) if is_full && last < row.opened => query.after = Some(last),
                _ => return Ok(None),
            }
        }
    }
}
