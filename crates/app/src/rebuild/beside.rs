//! Rebuilding what is kept beside cases, so that nothing is done twice and nobody drawn twice: receipts that paid, appeals that were lodged, matters.
//! And what finds the accounts of gates.
//!
//! Must not know of: how an entry is stored, what a draw is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use definition::Checked;
use definition::model::{Name, Service};
use engine::CaseId;
use engine::case::Case;
use engine::event::{Event, What};
use engine::fold;
use store::{Entry, EntryQuery, Put};

use super::BATCH;
use crate::accounts::{ACCOUNT, Account};
use crate::apply::appeal_entry;
use crate::matter::{self, Kept};
use crate::payments::receipt_puts;
use crate::{App, AppError};

/// Which cases are one matter, as it is gathered from all of them.
#[derive(Default)]
pub(super) struct Matters {
    cases: BTreeMap<String, Vec<CaseId>>,
    /// Services of which some case has forgotten what its matter was.
    forgot: BTreeSet<Name>,
}

impl Matters {
    pub(super) fn add(&mut self, service: &Service, case: &Case, events: &[Event]) -> Result<(), AppError> {
        if !case.erased.is_empty() {
            self.forgot.insert(service.name.clone());
            return Ok(());
        }
        let draws = |what: &What| {
            matches!(what, What::Lot { .. } | What::Shared { .. } | What::Drawn { .. } | What::Seated { .. })
        };
        if !case.ways.is_empty() || events.iter().any(|event| draws(&event.what)) {
            self.cases.entry(matter::key(service, case)?).or_default().push(case.id);
        }
        Ok(())
    }
}

impl App {
    /// Notes with each gate's account whose gate it is; of how many that was not so.
    pub(super) async fn rebuild_gates(&self) -> Result<u64, AppError> {
        let (mut mended, mut after) = (0_u64, None);
        loop {
            let query = EntryQuery { kind: ACCOUNT.to_owned(), key: None, owner: None, after, limit: BATCH };
            let entries = self.store.entries(query).await?;
            let Some(last) = entries.last() else { return Ok(mended) };
            after = Some(last.key.clone());
            for entry in entries {
                let account: Account = serde_json::from_slice(&entry.body)?;
                if account.gate != entry.owner {
                    let Entry { kind, key, body, version, .. } = entry;
                    let (body, expected) = (Some(body), Some(version));
                    self.store.put(vec![Put { kind, key, owner: account.gate, body, expected }]).await?;
                    mended = mended.saturating_add(1);
                }
            }
        }
    }

    /// Writes the entries of receipts that paid for a case, and of the appeal that it is, where they are not there; whether that was so.
    pub(super) async fn rebuild_beside(&self, case: &Case, opened: u64) -> Result<bool, AppError> {
        let mut wanted: Vec<Put> = Vec::new();
        for receipt in &case.receipts {
            wanted.extend(receipt_puts(receipt, case.id));
        }
        if let Some(original) = case.appeals {
            wanted.extend(self.appealed_end(original, opened).await?.map(|end| appeal_entry(original, end)));
        }
        let mut puts = Vec::new();
        for put in wanted {
            let entry = self.entry(&put.kind, &put.key).await?;
            if entry.as_ref().map(|entry| &entry.body) != put.body.as_ref() {
                puts.push(Put { expected: Some(entry.map_or(0, |entry| entry.version)), ..put });
            }
        }
        let differs = !puts.is_empty();
        if differs {
            self.store.put(puts).await?;
        }
        Ok(differs)
    }

    /// The number of the end against which an appeal was opened at this position of the log: the last one before it.
    async fn appealed_end(&self, original: CaseId, opened: u64) -> Result<Option<u64>, AppError> {
        let history = self.history(original).await?;
        let mut ends = history.iter().filter(|(_, event)| matches!(event.what, What::Ended { .. }));
        Ok(ends.rfind(|(row, _)| row.position < opened).map(|(row, _)| row.seq))
    }

    /// Writes every matter again that is not what its cases' events say; how many there were.
    pub(super) async fn rebuild_matters(&self, matters: Matters) -> Result<u64, AppError> {
        let mut mended = 0_u64;
        for (key, cases) in matters.cases {
            let (mut kept, mut last) = (Kept::default(), None);
            self.follow_matter(&cases, |service, before, after| {
                kept.follow(service, before, after);
                last = Some((after.service.clone(), after.applicant.clone()));
            })
            .await?;
            let Some((service, applicant)) = last else { continue };
            let entry = self.entry(matter::KIND, &key).await?;
            let stands = entry.as_ref().and_then(|entry| serde_json::from_slice::<Kept>(&entry.body).ok());
            // What a case did that has forgotten its matter is in no event any more: the entry, or that there is none, knows more.
            if matters.forgot.contains(&service) || stands.unwrap_or_default() == kept {
                continue;
            }
            self.store.put(vec![kept.put(key, entry.map_or(0, |entry| entry.version), &applicant)?]).await?;
            mended = mended.saturating_add(1);
        }
        Ok(mended)
    }

    /// Tells of all that touched a matter, in the order of the log: a case before and after.
    async fn follow_matter(
        &self,
        cases: &[CaseId],
        mut told: impl FnMut(&Service, Option<&Case>, &Case),
    ) -> Result<(), AppError> {
        let mut stands: BTreeMap<CaseId, (Arc<Checked<Service>>, Option<Case>)> = BTreeMap::new();
        let mut events = BTreeMap::new();
        for case in cases {
            stands.insert(*case, (self.load(*case).await?.1, None));
            let history = self.history(*case).await?.into_iter();
            events.extend(history.map(|(row, event)| (row.position, (*case, event))));
        }
        for (case, event) in events.into_values() {
            let Some((service, before)) = stands.get_mut(&case) else { continue };
            let after = fold::apply(service, before.clone(), &event);
            let after = after.map_err(|misfit| AppError::Internal(format!("case {case}: {misfit}")))?;
            if matter::is_touched(before.as_ref(), &after, std::slice::from_ref(&event)) {
                told(service, before.as_ref(), &after);
            }
            *before = Some(after);
        }
        Ok(())
    }
}
