//! Looking at cases: one case with its history, my cases, an officer's desk, a supervisor's queues.
//!
//! Must not know of: pages, words.

use std::sync::Arc;

use definition::Checked;
use definition::model::Service;
use engine::CaseId;
use engine::case::{Case, OfficerId, Turn};
use engine::event::{Event, What};
use store::{CaseQuery, CaseRow, CasesOf, EventRow, Queue};

use crate::accounts::Account;
use crate::rights::Standing;
use crate::{App, AppError};

/// Events of one case that are shown at most; more than any checked definition makes in practice.
const EVENTS_SHOWN: u32 = 1000;

/// One case as somebody may see it.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// Its row.
    pub row: CaseRow,
    /// Its state.
    pub case: Case,
    /// The definition it began under.
    pub service: Arc<Checked<Service>>,
    /// Its events with their places in the log.
    pub history: Vec<(EventRow, Event)>,
    /// What the viewer has to do with it.
    pub standing: Standing,
}

/// A part of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// What is in it.
    pub items: Vec<T>,
    /// The log position to go on from; none at the end.
    pub next: Option<u64>,
}

/// A case in a list.
#[derive(Clone, Debug)]
pub struct CaseSummary {
    /// Its row.
    pub row: CaseRow,
    /// Its state, without its facts.
    pub case: Case,
}

impl App {
    /// One case.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none or it is none of the account's business.
    pub async fn case(&self, account: &Account, id: CaseId) -> Result<CaseView, AppError> {
        let (row, service, case) = self.load(id).await?;
        let standing = self.standing_with_appeal(account, &row, &case).await?;
        self.note_look(account, &row, &service, &case, standing).await?;
        let mut history = if standing.sees() { self.history(id).await? } else { Vec::new() };
        let officer = account.officer.as_ref();
        seal_history(&mut history, officer);
        Ok(CaseView { row, case: sealed(case, officer), service, history, standing })
    }

    /// A case by the reference that people read to each other, for somebody who may see it.
    ///
    /// # Errors
    /// As [`App::case`].
    pub async fn case_by_reference(&self, account: &Account, reference: &str) -> Result<CaseView, AppError> {
        let of = CasesOf::Reference(reference.to_owned());
        let query = CaseQuery { of, open: false, after: None, newest_first: false, limit: 1 };
        let row = self.store.cases(query).await?.pop().ok_or(AppError::NotFound("case"))?;
        self.case(account, row.case).await
    }

    pub(crate) async fn history(&self, case: CaseId) -> Result<Vec<(EventRow, Event)>, AppError> {
        let rows = self.store.history(case, 0, EVENTS_SHOWN).await?;
        rows.into_iter().map(|row| Ok((row.clone(), serde_json::from_slice(&row.event.body)?))).collect()
    }

    /// The cases that somebody applied for, newest first.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn my_cases(
        &self,
        account: &Account,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Page<CaseSummary>, AppError> {
        let Some(person) = account.person.clone() else { return Ok(Page { items: Vec::new(), next: None }) };
        let of = CasesOf::Applicant(person);
        self.list(account, CaseQuery { of, open: false, after, newest_first: true, limit }).await
    }

    /// The cases that wait for an officer, in the order in which they arrived.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for somebody who is no officer.
    pub async fn desk(&self, account: &Account, after: Option<u64>, limit: u32) -> Result<Page<CaseSummary>, AppError> {
        let of = CasesOf::Holder(account.officer.clone().ok_or(AppError::Forbidden)?);
        self.list(account, CaseQuery { of, open: true, after, newest_first: false, limit }).await
    }

    /// The open cases of an authority that the account supervises, in the order in which they arrived.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub async fn supervised(
        &self,
        account: &Account,
        authority: &str,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Page<CaseSummary>, AppError> {
        if !account.supervises.iter().any(|own| own == authority) {
            return Err(AppError::Forbidden);
        }
        let of = CasesOf::Authority(authority.to_owned());
        self.list(account, CaseQuery { of, open: true, after, newest_first: false, limit }).await
    }

    /// The queues of the authorities that the account supervises.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for somebody who supervises nothing.
    pub async fn queues(&self, account: &Account) -> Result<Vec<Queue>, AppError> {
        if account.supervises.is_empty() {
            return Err(AppError::Forbidden);
        }
        let mut queues = Vec::new();
        for authority in &account.supervises {
            queues.extend(self.store.queues(Some(authority)).await?);
        }
        Ok(queues)
    }

    async fn list(&self, account: &Account, mut query: CaseQuery) -> Result<Page<CaseSummary>, AppError> {
        let limit = query.limit.clamp(1, 200);
        query.limit = limit.saturating_add(1);
        let mut rows = self.store.cases(query).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|row| row.opened);
        let summary = |row: CaseRow| {
            let mut case = sealed(serde_json::from_slice(&row.state)?, account.officer.as_ref());
            // A list says where cases stand; whoever wants to know what is in one looks at it, and that is kept.
            case.facts.clear();
            Ok(CaseSummary { case, row: CaseRow { state: Vec::new(), ..row } })
        };
        Ok(Page { items: rows.into_iter().map(summary).collect::<Result<_, AppError>>()?, next })
    }
}

/// The case without what others signed: as long as the decision does not stand, each officer of several decides alone.
fn sealed(mut case: Case, officer: Option<&OfficerId>) -> Case {
    if let Turn::Officers { signed, .. } = &mut case.turn {
        signed.retain(|signer, _| Some(signer) == officer);
    }
    case
}

/// Takes out what others signed for a decision that does not stand. A signature that nothing came of, as when the applicant withdrew, stays
/// sealed: the same officer may yet decide the matter.
fn seal_history(history: &mut Vec<(EventRow, Event)>, officer: Option<&OfficerId>) {
    let opens = |what: &What| matches!(what, What::Decided { .. } | What::Lapsed { .. });
    let open = history.iter().rev().find(|(_, event)| opens(&event.what)).map_or(0, |(row, _)| row.seq);
    history.retain(|(row, event)| match &event.what {
        What::Signed { officer: signer, .. } => row.seq < open || Some(signer) == officer,
        _ => true,
    });
}
