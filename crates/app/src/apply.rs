//! Applying: a draft is kept until it is whole, then it becomes a case.
//!
//! Must not know of: pages, how an application is judged.

use std::collections::BTreeMap;

use definition::Checked;
use definition::model::{Name, Service, StageKind};
use definition::value::Value;
use engine::CaseId;
use engine::act::Application;
use engine::case::Ended;
use engine::refusal::Refusal;
use engine::world::Sitting;
use engine::{decide, mandate};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Entry, EntryQuery, Put};

use crate::accounts::{Account, randomness};
use crate::act::{Acted, Key, Surroundings, TRIES, idempotency};
use crate::declare::Filled;
use crate::matter::Matter;
use crate::order::Turn;
use crate::reads::Purpose;
use crate::{App, AppError, InName, commit, document_uses, lots};

pub(crate) const DRAFT: &str = "draft";
/// How long a draft is kept after it was last written: long enough to get a paper from another office.
const DRAFT_LIVES: SignedDuration = SignedDuration::from_hours(24 * 90);
const APPEAL: &str = "appeal";

/// What an applicant has said so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The service.
    pub service: Name,
    /// The case appealed against, for an appeal.
    pub appeals: Option<CaseId>,
    /// The mandate under which they apply for another; none in their own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<CaseId>,
    /// The facts given.
    pub facts: BTreeMap<Name, Value>,
    /// The declarations that are being filled in, by the fact that they are to be.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub forms: BTreeMap<Name, Filled>,
    /// When it was last written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Timestamp>,
    /// The version that stands in the store; 0 for a new one. Two windows cannot overwrite each other unseen.
    #[serde(skip)]
    pub version: u64,
}

fn draft_key(person: &str, service: &str, appeals: Option<CaseId>, mandate: Option<CaseId>) -> String {
    let original = appeals.map(|original| format!("/{original}")).unwrap_or_default();
    let under = mandate.map(|mandate| format!("/under/{mandate}")).unwrap_or_default();
    format!("{person}/{service}{original}{under}")
}

/// A new case's id, drawn at random: none that is a mandate's.
fn case_id() -> Result<CaseId, AppError> {
    loop {
        let id = CaseId(randomness()?.first_chunk().copied().unwrap_or_default());
        if !mandate::is_stream(&id) {
            return Ok(id);
        }
    }
}

impl App {
    /// The draft of a person for a service; an empty one when there is none.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for an account that is no person's; [`AppError::NotFound`] for a service that is not there.
    pub async fn draft(
        &self,
        account: &Account,
        service: &str,
        appeals: Option<CaseId>,
        mandate: Option<CaseId>,
    ) -> Result<Draft, AppError> {
        let person = account.person.as_deref().ok_or(AppError::Forbidden)?;
        self.definitions.current(service)?;
        let entry = self.entry(DRAFT, &draft_key(person, service, appeals, mandate)).await?;
        let empty = Draft { service: service.to_owned(), appeals, mandate, ..Draft::default() };
        let Some(entry) = entry else { return Ok(empty) };
        let draft: Draft = serde_json::from_slice(&entry.body)?;
        Ok(Draft { version: entry.version, ..draft })
    }

    /// A person's drafts.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn drafts(&self, account: &Account) -> Result<Vec<Draft>, AppError> {
        match &account.person {
            Some(person) => self.drafts_of(person).await,
            None => Ok(Vec::new()),
        }
    }

    pub(crate) async fn drafts_of(&self, person: &str) -> Result<Vec<Draft>, AppError> {
        let owner = Some(person.to_owned());
        let query = EntryQuery { kind: DRAFT.to_owned(), key: None, owner, after: None, limit: 100 };
        let entries = self.store.entries(query).await?;
        entries.iter().map(|entry| Ok(serde_json::from_slice(&entry.body)?)).collect()
    }

    /// Keeps a draft.
    ///
    /// # Errors
    /// [`AppError::Stale`] when it was changed in another window.
    pub async fn keep_draft(&self, account: &Account, draft: &Draft) -> Result<(), AppError> {
        let put = self.draft_put(account, draft, true)?;
        Ok(self.store.put(vec![put]).await?)
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn drop_draft(&self, account: &Account, draft: &Draft) -> Result<(), AppError> {
        let put = self.draft_put(account, draft, false)?;
        Ok(self.store.put(vec![put]).await?)
    }

    /// The writes after which an agent keeps nothing of what they began for a company under a mandate that ends.
    pub(crate) async fn drop_drafts_under(&self, agent: &str, mandate: CaseId) -> Result<Vec<Put>, AppError> {
        let own = self.drafts_of(agent).await?.into_iter().filter(|draft| draft.mandate == Some(mandate));
        let gone = |draft: Draft| Put {
            kind: DRAFT.to_owned(),
            key: draft_key(agent, &draft.service, draft.appeals, draft.mandate),
            owner: None,
            body: None,
            expected: None,
        };
        Ok(own.map(gone).collect())
    }

    /// The write that strikes a draft which is old, or was begun under a mandate that is over.
    pub(crate) async fn swept_draft(&self, entry: &Entry, now: Timestamp) -> Result<Option<Put>, AppError> {
        let mut draft: Draft = serde_json::from_slice(&entry.body)?;
        let over = match draft.mandate {
            Some(mandate) => self.mandate_state(mandate).await?.is_none_or(|mandate| mandate.is_over(now)),
            None => false,
        };
        let Entry { kind, key, owner, version, .. } = entry.clone();
        let put = |body| Some(Put { kind, key, owner, body, expected: Some(version) });
        match draft.kept {
            Some(at) if !over && now.duration_since(at) < DRAFT_LIVES => Ok(None),
            // From before that was kept.
            None if !over => {
                draft.kept = Some(now);
                Ok(put(Some(serde_json::to_vec(&draft)?)))
            }
            _ => Ok(put(None)),
        }
    }

    fn draft_put(&self, account: &Account, draft: &Draft, keep: bool) -> Result<Put, AppError> {
        let person = account.person.clone().ok_or(AppError::Forbidden)?;
        let written = || serde_json::to_vec(&Draft { kept: Some(self.clock.now()), ..draft.clone() });
        let body = if keep { Some(written()?) } else { None };
        let key = draft_key(&person, &draft.service, draft.appeals, draft.mandate);
        Ok(Put { kind: DRAFT.to_owned(), key, owner: Some(person), body, expected: Some(draft.version) })
    }

    /// Submits an application. A draft of it is spent in the same transaction.
    ///
    /// # Errors
    /// [`AppError::Refused`] with everything that is wrong, in one list.
    pub async fn submit(&self, account: &Account, draft: &Draft, key: Option<Key>) -> Result<Acted, AppError> {
        // What was refused by now may have been done then: a repeat gets the first answer.
        if let Some(acted) = self.replayed(account, key.as_ref()).await? {
            return Ok(acted);
        }
        let service = self.definitions.current(&draft.service)?;
        let in_name = self.in_name(account, &draft.service, draft.appeals, draft.mandate).await?;
        let person = in_name.person.as_str();
        let (records, applicant) = self
            .read_registers(
                &Purpose::draft(person, &service).by(in_name.agency.as_ref()),
                &service,
                &draft.facts,
                person,
            )
            .await?;
        let functions = self.functions(&service, document_uses::hashes(draft.facts.values())).await?;
        let world = Surroundings {
            roster: self.roster(),
            records,
            applicant,
            turn: Turn::default(),
            functions,
            signature: None,
        };
        for tries in 1..=TRIES {
            // As in an act: another application in the same matter may have been first to draw.
            let _turn = self.turns.wait(tries).await;
            match self.submit_in_world(account, &in_name, draft, &service, key.clone(), &world).await {
                Err(AppError::Stale) => {}
                // The same request may have gone through meanwhile, and what it reserved is in its own way.
                Err(AppError::Refused(refusal)) => {
                    return self.replayed(account, key.as_ref()).await?.ok_or(AppError::Refused(refusal));
                }
                other => return other,
            }
        }
        Err(AppError::Stale)
    }

    async fn submit_in_world(
        &self,
        account: &Account,
        in_name: &InName,
        draft: &Draft,
        service: &Checked<Service>,
        key: Option<Key>,
        surroundings: &Surroundings,
    ) -> Result<Acted, AppError> {
        let now = self.clock.now();
        let (nobody, lots) = (Sitting::new(), self.lots_at(now)?);
        let mut world = surroundings.world(now, randomness()?, &nobody, &lots);
        let mut puts = self.appeal_put(&in_name.person, draft, world.now).await?;
        puts.extend(self.use_in_application(in_name, draft, service, world.now).await?);
        let application = Application {
            case: case_id()?,
            applicant: in_name.person.clone(),
            under: in_name.agency.clone(),
            appeals: draft.appeals,
            facts: draft.facts.clone(),
        };
        surroundings.functions.forget_rows();
        surroundings.functions.foresee(service, &application.facts, &application.case.reference());
        self.bring_rows(&surroundings.functions).await?;
        let (mut state, mut events) =
            self.with_rows(&surroundings.functions, || decide::open(service, &application, &world)).await?;
        let matter = self.matter(service, None, &state, &events).await?;
        let fuller = self.lots_for(&lots, matter.as_ref(), world.roster, &events).await?;
        if let Some(fuller) = &fuller {
            world.lots = fuller;
            world.sitting = matter.as_ref().map_or(&nobody, Matter::sitting);
            (state, events) =
                self.with_rows(&surroundings.functions, || decide::open(service, &application, &world)).await?;
        }
        puts.extend(matter.as_ref().map(|matter| matter.put(service, None, &state)).transpose()?.flatten());
        puts.extend(lots::puts(None, &state)?);
        let acted = Acted::of(&state);
        let key = key.map(|key| key.of_account(account));
        let idempotency = key.map(|key| idempotency(key, &acted, world.now.as_millisecond())).transpose()?;
        let mut append = commit::append(None, &state, service, &events, idempotency)?;
        if draft.version > 0 {
            puts.push(self.draft_put(account, draft, false)?);
        }
        append.puts.extend(puts);
        append.puts.extend(self.document_uses(state.id, &events).await?);
        self.owners_are_known(&surroundings.functions, service).await?;
        self.papers_are_there(&surroundings.functions, service, &state, &events).await?;
        append.puts.extend(surroundings.functions.row_puts(service, (append.case, 0), &events)?);
        append.outbox.extend(self.void_messages(&surroundings.functions).await?);
        append.puts.extend(self.keep_made(&surroundings.functions).await?);
        append
            .puts
            .extend(self.leftover_puts(service, None, &state, (&events, &surroundings.functions.movements())).await?);
        match self.append(append).await {
            // Somebody was first: if it was with the same appeal, that is what there is to say.
            Err(AppError::Stale) if draft.appeals.is_some() => {
                self.appeal_put(&in_name.person, draft, world.now).await?;
                Err(AppError::Stale)
            }
            appended => Ok(appended?.unwrap_or(acted)),
        }
    }

    /// The write of the mandate under which somebody applies, which stands at this moment; an appeal is about the service of what it appeals against.
    async fn use_in_application(
        &self,
        in_name: &InName,
        draft: &Draft,
        service: &Checked<Service>,
        now: Timestamp,
    ) -> Result<Option<Put>, AppError> {
        let Some(agency) = &in_name.agency else { return Ok(None) };
        let original = match draft.appeals {
            None => None,
            Some(original) => Some(self.load(original).await?.1),
        };
        self.use_mandate(agency, original.as_deref().unwrap_or(service), &in_name.person, now).await.map(Some)
    }

    /// For an appeal opened `now`: that it may be lodged, and the entry that keeps a second one against the same end out.
    async fn appeal_put(&self, person: &str, draft: &Draft, now: Timestamp) -> Result<Vec<Put>, AppError> {
        let Some(original) = draft.appeals else {
            return if self.is_appeal(&draft.service) {
                Err(AppError::NotFound("appealed case"))
            } else {
                Ok(Vec::new())
            };
        };
        let (_, service, state) = self.load(original).await?;
        if person != state.applicant {
            return Err(AppError::NotFound("case"));
        }
        let end = service.stage(&state.stage).and_then(|stage| match &stage.kind {
            StageKind::End(end) => end.appeal.as_ref(),
            _ => None,
        });
        let until = state.ended.as_ref().and_then(|ended| ended.appeal_until);
        let here = end.is_some_and(|appeal| appeal.service == draft.service);
        let open = |_: &&Ended| here && until.is_some_and(|until| now < until);
        let ended = state.ended.as_ref().filter(open).ok_or(Refusal::NoAppeal { until })?;
        let put = appeal_entry(original, ended.seq);
        if ended.appealed_by.is_some() || self.entry(&put.kind, &put.key).await?.is_some() {
            return Err(Refusal::AppealOpened.into());
        }
        Ok(vec![put])
    }

    /// Whether a service hears appeals: some end points to it.
    pub fn is_appeal(&self, service: &str) -> bool {
        let services = self.zone().services().values();
        services.flat_map(|service| &service.stages).any(|stage| match &stage.kind {
            StageKind::End(end) => end.appeal.as_ref().is_some_and(|appeal| appeal.service == service),
            _ => false,
        })
    }
}

/// The write that keeps a second appeal against the same end of a case out.
pub(crate) fn appeal_entry(original: CaseId, end: u64) -> Put {
    let key = format!("{original}/{end}");
    Put { kind: APPEAL.to_owned(), key, owner: None, body: Some(Vec::new()), expected: Some(0) }
}
