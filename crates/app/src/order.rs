//! Order at a desk: which case an officer has to deal with first, where the definition promises that cases are dealt with as they were opened.
//!
//! Must not know of: what out of turn means (that is the engine's).
//!
//! Who waits is read before an act is recorded, and a case that was opened earlier may come back to the desk meanwhile: its applicant answers, its lot
//! is drawn, another officer gives it up. So each officer's desk has an entry whose version every such coming raises, in the append that brings it. An act
//! reads that version before it looks who waits, and its own append names it: if somebody came in between, nothing is recorded and the act looks again.
//! Whoever reads the log later can therefore say without any doubt that an act which passed an earlier case by was out of turn.

use definition::model::{Service, StageKind};
use engine::CaseId;
use engine::act::{Act, Actor};
use engine::case::Case;
use store::{CaseQuery, CaseRow, CasesOf, Put};

use crate::{App, AppError};

/// Cases read at once. Where officers keep the order, the first is the one that is looked for.
const PART: u32 = 50;
/// The entries of officers' desks.
const KIND: &str = "desk";

/// Whether it is a case's turn, as far as an officer's desk was looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turn {
    /// The case that comes first.
    pub(crate) ahead: Option<CaseId>,
    /// The write that holds the look against whoever comes meanwhile.
    pub(crate) put: Option<Put>,
}

impl App {
    /// Of the cases that wait for an officer at the desk where this one stands, the one that was opened first, if it was opened before this one; none
    /// where the desk promises no order.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn ahead(&self, officer: &str, service: &Service, row: &CaseRow) -> Result<Option<CaseId>, AppError> {
        if !is_ordered(service, &row.stage) {
            return Ok(None);
        }
        let of = CasesOf::Holder(officer.to_owned());
        let mut query = CaseQuery { of, open: true, after: None, newest_first: false, limit: PART };
        loop {
            let part = self.store.cases(query.clone()).await?;
            let last = part.last().map(|last| last.opened);
            let is_full = part.len() >= PART as usize;
            for earlier in part.iter().take_while(|other| other.opened < row.opened) {
                let same = earlier.service == row.service && earlier.stage == row.stage;
                if same && waits_for(officer, earlier)? {
                    return Ok(Some(earlier.case));
                }
            }
            match last {
                Some(last) if is_full && last < row.opened => query.after = Some(last),
                _ => return Ok(None),
            }
        }
    }

    /// Whether it is the case's turn, where an officer deals with it at a desk that promises an order.
    ///
    /// # Errors
    /// When the store is away.
    pub(crate) async fn turn(
        &self,
        actor: &Actor,
        act: &Act,
        service: &Service,
        row: &CaseRow,
    ) -> Result<Turn, AppError> {
        let (Actor::Officer(officer), Act::Decide { .. } | Act::Ask { .. } | Act::Overtake { .. }) = (actor, act)
        else {
            return Ok(Turn::default());
        };
        if !is_ordered(service, &row.stage) {
            return Ok(Turn::default());
        }
        let key = key(officer, &row.service, &row.stage);
        // The version first: whoever comes after it makes the append fail, whether they are among those who are read next or not.
        let version = self.entry(KIND, &key).await?.map_or(0, |entry| entry.version);
        let ahead = self.ahead(officer, service, row).await?;
        Ok(Turn { ahead, put: Some(raised(key, Some(version))) })
    }
}

impl Turn {
    /// The writes of an act: its own, and one for each officer to whose desk it brings the case, which others may be about to pass by. When a case is
    /// opened it passes nobody: it is the last in every order.
    pub(crate) fn puts(&self, service: &Service, before: &Case, after: &Case) -> Vec<Put> {
        let mut puts: Vec<Put> = self.put.iter().cloned().collect();
        if !is_ordered(service, &after.stage) {
            return puts;
        }
        let is_new = before.stage != after.stage || before.stage_since != after.stage_since;
        let was = before.holders();
        for officer in after.holders().iter().filter(|officer| is_new || !was.contains(officer)) {
            let key = key(officer, &after.service, &after.stage);
            if puts.iter().all(|put| put.key != key) {
                puts.push(raised(key, None));
            }
        }
        puts
    }
}

/// Whether a desk promises an order.
fn is_ordered(service: &Service, stage: &str) -> bool {
    let kind = service.stage(stage).map(|stage| &stage.kind);
    matches!(kind, Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) if desk.order.is_some())
}

/// Whether it is an officer's turn in a case that they hold: whoever is called to look at it again holds it, too.
fn waits_for(officer: &str, row: &CaseRow) -> Result<bool, AppError> {
    let state: Case = serde_json::from_slice(&row.state)?;
    Ok(state.holders().iter().any(|holder| holder == officer))
}

fn key(officer: &str, service: &str, stage: &str) -> String {
    format!("{service}/{stage}/{officer}")
}

fn raised(key: String, expected: Option<u64>) -> Put {
    Put { kind: KIND.to_owned(), key, owner: None, body: Some(Vec::new()), expected }
}
