//! Looking at cases: one case with its history, my cases, an officer's desk, a supervisor's queues.
//!
//! Must not know of: pages, words.

use std::sync::Arc;

use definition::Checked;
use definition::model::Service;
use engine::CaseId;
use engine::case::{AGAIN, Case, OfficerId, Turn};
use engine::event::{Event, What};
use engine::mandate::Agency;
use engine::withheld;
use store::{CaseQuery, CaseRow, CasesOf, EventRow, Queue};

use crate::accounts::Account;
use crate::rights::Standing;
use crate::{App, AppError, extract};

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
    /// The mandate under which the viewer acts in it for the applicant.
    pub agency: Option<Agency>,
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
    /// The mandate under which the viewer acts in it for the applicant.
    pub agency: Option<Agency>,
}

impl App {
    /// One case.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none or it is none of the account's business.
    pub async fn case(&self, account: &Account, id: CaseId) -> Result<CaseView, AppError> {
        let (row, service, case) = self.load(id).await?;
        let (standing, agency) = self.standing_with_appeal(account, &row, &service, &case).await?;
        self.note_look(account, &row, &service, &case, standing).await?;
        let mut history = if standing.sees() { self.history(id).await? } else { Vec::new() };
        let officer = account.officer.as_ref();
        seal_history(&mut history, &case, officer);
        let (row, mut case) = sealed(row, case, account);
        if standing.applicant || standing.agent {
            withhold(&service, &mut case, &mut history);
        }
        Ok(CaseView { row, case, service, history, standing, agency })
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
        extract::history(&*self.store, case).await
    }

    /// The cases that somebody applied for, newest first.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn own_cases(
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
        // A case that has ended waits for those who are to look at it again.
        self.list(account, CaseQuery { of, open: false, after, newest_first: false, limit }).await
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
        let items = rows.into_iter().map(|row| summary(row, account, None)).collect::<Result<_, AppError>>()?;
        Ok(Page { items, next })
    }
}

/// A case as a list has it.
pub(crate) fn summary(row: CaseRow, account: &Account, agency: Option<Agency>) -> Result<CaseSummary, AppError> {
    let case = serde_json::from_slice(&row.state)?;
    let (row, mut case) = sealed(row, case, account);
    // A list says where cases stand; whoever wants to know what is in one looks at it, and that is kept.
    case.facts.clear();
    Ok(CaseSummary { case, row: CaseRow { state: Vec::new(), ..row }, agency })
}

/// The case without what others signed or proposed: as long as nothing comes of it, each officer of several decides alone, and only a supervisor is
/// told whom the case waits for still.
fn sealed(mut row: CaseRow, mut case: Case, account: &Account) -> (CaseRow, Case) {
    let officer = account.officer.as_ref();
    let open = case.holders();
    if let Turn::Officers { signed, .. } = &mut case.turn {
        signed.retain(|signer, _| Some(signer) == officer);
    }
    if !looks_again(&case, officer) {
        case.proposed.clear();
        case.called.clear();
    }
    row.holders = if account.supervises.contains(&row.authority) { open } else { case.holders() };
    (row, case)
}

/// Takes out what is withheld from whom the case is about.
fn withhold(service: &Checked<Service>, case: &mut Case, history: &mut [(EventRow, Event)]) {
    let concepts = withheld::concepts(service.zone());
    if concepts.is_empty() {
        return;
    }
    withheld::from_facts(service, &mut case.facts, &concepts);
    for (row, event) in history {
        let all = event.what.clone();
        withheld::from_event(service, &mut event.what, &concepts);
        if event.what != all {
            // What is recorded says all of it. Elsewhere it stays: from it whoever looks makes the leaf again, as of a draw.
            row.event.body.clear();
        }
    }
}

/// Whether an officer was drawn to look at the case again.
fn looks_again(case: &Case, officer: Option<&OfficerId>) -> bool {
    officer.is_some_and(|officer| case.drawn(AGAIN).contains(officer))
}

/// Takes out what others signed for a decision that does not stand, and what was proposed, for all but those who look again. A signature that nothing
/// came of, as when the applicant withdrew, stays sealed: the same officer may yet decide the matter.
fn seal_history(history: &mut Vec<(EventRow, Event)>, case: &Case, officer: Option<&OfficerId>) {
    let opens = |what: &What| matches!(what, What::Decided { .. } | What::Lapsed { .. });
    let open = history.iter().rev().find(|(_, event)| opens(&event.what)).map_or(0, |(row, _)| row.seq);
    let looks_again = looks_again(case, officer);
    history.retain(|(row, event)| match &event.what {
        What::Signed { officer: signer, .. } => row.seq < open || Some(signer) == officer,
        What::Proposed { .. } | What::Kept { .. } => looks_again,
        _ => true,
    });
}
