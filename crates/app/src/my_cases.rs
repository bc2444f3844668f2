//! Somebody's cases: those that they applied for, and those in which they act for another under a mandate, in one list.
//!
//! Must not know of: pages.

use std::collections::BTreeMap;

use engine::CaseId;
use engine::case::{Case, Person};
use engine::mandate::{Agency, Mandate};
use store::{CaseQuery, CaseRow, CasesOf};

use crate::accounts::Account;
use crate::view::summary;
use crate::{App, AppError, CaseSummary, Page};

/// Parts that are looked through for one that has a case in it: an agent may act in few of many cases of an applicant's.
const PARTS_MAX: usize = 20;

/// An applicant's cases from some place on, newest first.
struct Source {
    rows: Vec<CaseRow>,
    /// Whether there are more than these.
    more: bool,
}

impl App {
    /// The cases that somebody applied for or may act in, newest first.
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
        let mut acts_for: BTreeMap<Person, Vec<(CaseId, Mandate)>> = BTreeMap::new();
        for (holder, id, mandate) in self.acts_for(&person).await?.into_iter().filter(|(holder, ..)| *holder != person)
        {
            acts_for.entry(holder).or_default().push((id, mandate));
        }
        if acts_for.is_empty() {
            return self.own_cases(account, after, limit).await;
        }
        let limit = limit.clamp(1, 200);
        let mut after = after;
        for _ in 0..PARTS_MAX {
            let page = self.part_of_cases(account, &person, &acts_for, after, limit).await?;
            if !page.items.is_empty() || page.next.is_none() {
                return Ok(page);
            }
            after = page.next;
        }
        Ok(Page { items: Vec::new(), next: after })
    }

    async fn part_of_cases(
        &self,
        account: &Account,
        person: &Person,
        acts_for: &BTreeMap<Person, Vec<(CaseId, Mandate)>>,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Page<CaseSummary>, AppError> {
        let mut found = self.source(person, after, limit).await?;
        // Beyond the last case of a list that goes on, another's may come first.
        let mut horizon = found.rows.last().filter(|_| found.more).map(|row| row.opened);
        let mut items: Vec<CaseSummary> =
            found.rows.drain(..).map(|row| summary(row, account, None)).collect::<Result<_, _>>()?;
        for (holder, mandates) in acts_for {
            let Source { rows, more } = self.source(holder, after, limit).await?;
            horizon = horizon.max(rows.last().filter(|_| more).map(|row| row.opened));
            for row in rows {
                if let Some(agency) = self.under_one(&row, mandates).await? {
                    items.push(summary(row, account, Some(agency))?);
                }
            }
        }
        items.retain(|item| horizon.is_none_or(|horizon| item.row.opened >= horizon));
        items.sort_by_key(|item| std::cmp::Reverse(item.row.opened));
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        if items.len() > most {
            items.truncate(most);
            horizon = items.last().map(|item| item.row.opened);
        }
        Ok(Page { items, next: horizon })
    }

    async fn source(&self, applicant: &Person, after: Option<u64>, limit: u32) -> Result<Source, AppError> {
        let of = CasesOf::Applicant(applicant.clone());
        let query = CaseQuery { of, open: false, after, newest_first: true, limit: limit.saturating_add(1) };
        let mut rows = self.store.cases(query).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        Ok(Source { rows, more })
    }

    /// The mandate, of these that stand, under which a case of their principals' holder can be acted in.
    async fn under_one(&self, row: &CaseRow, mandates: &[(CaseId, Mandate)]) -> Result<Option<Agency>, AppError> {
        let case: Case = serde_json::from_slice(&row.state)?;
        let service = self.definitions.by_hash(&*self.store, case.definition).await?;
        let subject = self.subject(&service, &case).await?;
        let under = mandates.iter().find(|(_, mandate)| subject.is_under(mandate));
        Ok(under.map(|(id, mandate)| mandate.agency(*id)))
    }
}
