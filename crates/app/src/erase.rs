//! Erasing personal data of a case that is over, on the clock's word or the operator's: from its events, from its row, and from what was made of them.
//!
//! Must not know of: how long anything may be kept, how a database writes over what was there.
//!
//! **The commit point is the append of the event that says so**: the events, the case's row, the copy of its certificate, the notes of who used which
//! document, the passages at gates and for whom officers were drawn change in the same transaction. A crash before it leaves everything, after it
//! nothing that a query could find. What then still has to be done outside the transaction is noted in it: documents go by the outbox, and the
//! database's files are written over by the next beat of the jobs ([`App::scrub_if_due`]).

use std::collections::BTreeSet;

use definition::Checked;
use definition::model::{Outcome, Service, StageKind};
use engine::CaseId;
use engine::act::{Act, Actor};
use engine::case::{Case, Digest};
use engine::event::{Event, What};
use engine::refusal::Refusal;
use engine::world::{NoFunctions, Roster, Sitting, World};
use engine::{decide, erasure};
use store::{CaseQuery, CaseRow, CasesOf, EntryQuery, Erase, EventRow, Put};

use crate::act::TRIES;
use crate::document_uses::{User, hashes, parted};
use crate::documents::{self, Brought};
use crate::jobs::outbox::Topic;
use crate::{App, AppError, certificates, commit, integrity, leaf};

/// The entry that says that the database's files are to be written over.
const SCRUB: &str = "scrub";
/// Events of a case, or entries, read at once.
const BATCH: u32 = 1000;

/// What an event of an erasure says.
struct Gone<'e> {
    concepts: &'e [String],
    applicant: bool,
}

impl App {
    /// Erases personal data of a case that is over: without a ground what may be kept no longer, on a ground of law that is in force all of it. Gives the
    /// concepts whose values went.
    ///
    /// # Errors
    /// [`AppError::Refused`] when the case is not over, nothing is due, or the ground is none; [`AppError::NotFound`]. Nothing is half done.
    pub async fn erase(&self, case: CaseId, ground: Option<&str>) -> Result<Vec<String>, AppError> {
        for _ in 0..TRIES {
            match self.erase_once(case, ground).await {
                Err(AppError::Stale) => {}
                other => return other,
            }
        }
        Err(AppError::Stale)
    }

    async fn erase_once(&self, case: CaseId, ground: Option<&str>) -> Result<Vec<String>, AppError> {
        let (row, service, state) = self.load(case).await?;
        self.no_appeal_is_heard(&state).await?;
        let actor = if ground.is_some() { Actor::Operator } else { Actor::Clock };
        let act = Act::Erase { ground: ground.map(str::to_owned) };
        let (roster, sitting) = (Roster::default(), Sitting::new());
        let (records, applicant) = Default::default();
        let now = self.clock.now();
        let lots = self.lots_at(now)?;
        let world = World {
            now,
            randomness: [0; 32],
            roster: &roster,
            records: &records,
            applicant: &applicant,
            sitting: &sitting,
            lots: &lots,
            functions: &NoFunctions,
            signed: None,
            ahead: None,
        };
        let (after, events) = decide::decide(&service, &state, &actor, &act, &world)?;
        let Some(What::Erased { concepts, applicant, .. }) = events.last().map(|event| &event.what) else {
            return Err(AppError::Internal("an erasure that erases nothing".to_owned()));
        };
        let gone = Gone { concepts, applicant: *applicant };
        let history = self.whole_history(case).await?;
        let mut append = commit::append(Some(&row), &after, &service, &events, None)?;
        append.erases = erases(&service, state.definition, &history, &gone)?;
        append.puts.extend(self.certificate_put(&row, &gone).await?);
        self.erase_documents(&mut append, &service, &state, &history, &gone).await?;
        append.puts.extend(self.erase_passages(case).await?);
        append.puts.extend(Self::leftovers_forgotten(&state));
        if gone.applicant {
            if history.iter().any(|(_, event)| matches!(event.what, What::Drawn { .. })) {
                append.puts.push(integrity::forget(self, case).await?);
            }
            append.puts.extend(self.erase_matter(&service, &state).await?);
            append.puts.extend(self.erase_looks(&state).await?);
        }
        append.puts.push(scrub_put(Some(now.to_string().into_bytes()), None));
        drop(self.recent.take(case));
        self.append(append).await?;
        Ok(concepts.clone())
    }

    /// The case that a text names, by its id or its reference.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn find_case(&self, name: &str) -> Result<CaseId, AppError> {
        if let Ok(id) = name.parse() {
            return self.store.case(id).await?.map(|row| row.case).ok_or(AppError::NotFound("case"));
        }
        let of = CasesOf::Reference(name.to_owned());
        let query = CaseQuery { of, open: false, after: None, newest_first: false, limit: 1 };
        self.store.cases(query).await?.pop().map(|row| row.case).ok_or(AppError::NotFound("case"))
    }

    /// Whoever hears an appeal must see what was decided on; and a decision that falls brings the case to life again.
    async fn no_appeal_is_heard(&self, state: &Case) -> Result<(), AppError> {
        let Some(appeal) = state.ended.as_ref().and_then(|ended| ended.appealed_by) else { return Ok(()) };
        let (_, service, appeal) = self.load(appeal).await?;
        let overturns = service.stage(&appeal.stage).is_some_and(|stage| match &stage.kind {
            StageKind::End(end) => end.overturn,
            _ => false,
        });
        match &appeal.ended {
            Some(ended) if ended.outcome != Outcome::Granted || !overturns => Ok(()),
            _ => Err(Refusal::NotOver { until: None }.into()),
        }
    }

    async fn whole_history(&self, case: CaseId) -> Result<Vec<(EventRow, Event)>, AppError> {
        let mut history: Vec<(EventRow, Event)> = Vec::new();
        loop {
            let after = history.last().map_or(0, |(row, _)| row.seq);
            let rows = self.store.history(case, after, BATCH).await?;
            if rows.is_empty() {
                return Ok(history);
            }
            for row in rows {
                let event = serde_json::from_slice(&row.event.body)?;
                history.push((row, event));
            }
        }
    }

    /// The zone's copy of a certificate states who holds it.
    async fn certificate_put(&self, row: &CaseRow, gone: &Gone<'_>) -> Result<Option<Put>, AppError> {
        let is_name = |concept: &String| concept.ends_with(".name") || concept.ends_with(".latin-name");
        if !gone.applicant && !gone.concepts.iter().any(is_name) {
            return Ok(None);
        }
        let Some(entry) = self.entry(certificates::KIND, &certificates::key(row)).await? else { return Ok(None) };
        Ok(Some(Put { kind: entry.kind, key: entry.key, owner: None, body: None, expected: Some(entry.version) }))
    }

    /// The case gives up the documents that it loses, and so do those who brought them, unless they need them elsewhere. What nobody uses goes.
    async fn erase_documents(
        &self,
        append: &mut store::Append,
        service: &Checked<Service>,
        state: &Case,
        history: &[(EventRow, Event)],
        gone: &Gone<'_>,
    ) -> Result<(), AppError> {
        let is_gone =
            |name: &str| erasure::concept(service, name).is_some_and(|concept| gone.concepts.contains(concept));
        let events = history.iter().map(|(_, event)| event);
        for (sha256, stays) in parted(events, is_gone) {
            if stays {
                continue;
            }
            let mut uses = self.uses(&sha256).await?;
            uses.by.remove(&User::Case(state.id));
            for account in people(state) {
                if self.needs_elsewhere(&account, &sha256, &uses.by).await? {
                    continue;
                }
                uses.by.remove(&User::Account(account.clone()));
                append.puts.extend(self.forget_brought(&account, &sha256).await?);
            }
            // Of a document from before its users were noted, nobody can say that this was the last one.
            if uses.is_known() {
                if uses.by.is_empty() {
                    append.puts.push(documents::kept::gone(&sha256));
                    append.outbox.push(Topic::Document { sha256: Digest(sha256) }.message()?);
                }
                append.puts.push(uses.put(&sha256)?);
            }
        }
        Ok(())
    }

    /// Whether somebody has a document in a draft, or in another of their cases.
    async fn needs_elsewhere(
        &self,
        account: &str,
        sha256: &[u8; 32],
        users: &BTreeSet<User>,
    ) -> Result<bool, AppError> {
        if self.drafts_of(account).await?.iter().any(|draft| hashes(draft.facts.values()).contains(sha256)) {
            return Ok(true);
        }
        for user in users {
            let User::Case(case) = user else { continue };
            let (_, _, other) = self.load(*case).await?;
            if people(&other).any(|person| person == account) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The writes after which an account is not known to have brought a document.
    async fn forget_brought(&self, account: &str, sha256: &[u8; 32]) -> Result<Vec<Put>, AppError> {
        let gone =
            |kind: &str, key: String| Put { kind: kind.to_owned(), key, owner: None, body: None, expected: None };
        let mut puts = vec![gone(documents::KIND, format!("{account}/{}", hex::encode(sha256)))];
        let mut after = None;
        loop {
            let (kind, owner) = (documents::KEY.to_owned(), Some(account.to_owned()));
            let page = self.store.entries(EntryQuery { kind, key: None, owner, after, limit: BATCH }).await?;
            let Some(last) = page.last() else { return Ok(puts) };
            after = Some(last.key.clone());
            for entry in page {
                let brought: Brought = serde_json::from_slice(&entry.body)?;
                if brought.document.sha256 == *sha256 {
                    puts.push(gone(documents::KEY, entry.key));
                }
            }
        }
    }

    /// Notes that the files are to be written over, and does it if that was noted.
    ///
    /// # Errors
    /// When the store is away, or somebody reads it for so long that it cannot be done now.
    pub async fn scrub_if_due(&self) -> Result<bool, AppError> {
        let now = self.clock.now();
        // What could not be done, as while a backup reads the files for long, is not tried at every beat.
        if self.held_scrub.rests(&(), now) {
            return Ok(false);
        }
        let Some(entry) = self.entry(SCRUB, SCRUB).await? else { return Ok(false) };
        self.held_scrub.add((), now);
        self.store.scrub().await?;
        self.held_scrub.keep_only(&BTreeSet::new());
        match self.store.put(vec![scrub_put(None, Some(entry.version))]).await.map_err(AppError::from) {
            // More was erased meanwhile.
            Err(AppError::Stale) => Ok(true),
            other => other.map(|()| true),
        }
    }
}

pub(crate) fn scrub_put(body: Option<Vec<u8>>, expected: Option<u64>) -> Put {
    Put { kind: SCRUB.to_owned(), key: SCRUB.to_owned(), owner: None, body, expected }
}

/// Whose accounts may have brought documents of a case: an account's id is the person's or the officer's.
fn people(state: &Case) -> impl Iterator<Item = String> + '_ {
    let officers = state.officers.values().flatten();
    officers
        .chain(&state.agents)
        .chain(Some(&state.applicant))
        .filter(|id| !id.is_empty())
        .cloned()
        .collect::<BTreeSet<_>>()
        .into_iter()
}

/// What is left of those events that lose something.
fn erases(
    service: &Checked<Service>,
    definition: Digest,
    history: &[(EventRow, Event)],
    gone: &Gone<'_>,
) -> Result<Vec<Erase>, AppError> {
    let mut erases = Vec::new();
    for (row, event) in history {
        let left = erasure::without(service, event, gone.concepts, gone.applicant);
        if left == *event {
            continue;
        }
        let remains = leaf::remains(row, event, &left, service, definition)?;
        erases.push(Erase { position: row.position, body: serde_json::to_vec(&left)?, remains });
    }
    Ok(erases)
}
