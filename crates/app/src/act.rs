//! Acting on a case: load, decide, append.
//!
//! Must not know of: HTTP, what any act means.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use definition::Checked;
use definition::model::{Name, Service};
use definition::value::Value;
use engine::CaseId;
use engine::act::{Act, Actor};
use engine::case::Case;
use engine::decide;
use engine::world::{Lots, Record, Roster, Sitting, World};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{CaseRow, Idempotency, StoreError};

use crate::accounts::{Account, randomness};
use crate::functions::Ready;
use crate::matter::Matter;
use crate::order::Turn;
use crate::payments::receipt_puts;
use crate::reads::Purpose;
use crate::signing::Signature;
use crate::{App, AppError, Assertion, commit, document_uses, goods, lots, registers};

/// How often an act that did not see what the actor saw is tried again: only acts that do not depend on what was seen.
pub(crate) const TRIES: u32 = 8;

/// A request that may come more than once.
#[derive(Clone, Debug)]
pub struct Key {
    /// The key that the caller chose (1 to 128 characters).
    pub key: String,
    /// SHA-256 of the request, so that a key is not used for two.
    pub request: [u8; 32],
}

impl Key {
    /// A key for these request bytes.
    pub fn new(key: impl Into<String>, request: &[u8]) -> Self {
        Self::of_parts(key, [request])
    }

    /// A key for a request that consists of these bytes, one after the other.
    pub fn of_parts<'r>(key: impl Into<String>, request: impl IntoIterator<Item = &'r [u8]>) -> Self {
        let digest = request.into_iter().fold(Sha256::new(), |digest, part| digest.chain_update(part));
        Self { key: key.into(), request: digest.finalize().into() }
    }

    /// The key as it is kept: two accounts may choose the same.
    pub(crate) fn of_account(self, account: &Account) -> Self {
        Self { key: format!("{}/{}", account.id, self.key), ..self }
    }
}

/// What came of an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acted {
    /// The case.
    pub case: CaseId,
    /// The number of its events now.
    pub seq: u64,
    /// The stage it stands in now.
    pub stage: String,
    /// How it ended, if it has.
    pub outcome: Option<String>,
}

/// What the registers and the roster say around an act, as they were read for it.
pub(crate) struct Surroundings {
    pub(crate) roster: Arc<Roster>,
    pub(crate) records: BTreeMap<Name, Record>,
    pub(crate) applicant: BTreeMap<String, Value>,
    pub(crate) turn: Turn,
    pub(crate) functions: Ready,
    pub(crate) signature: Option<Signature>,
}

impl Surroundings {
    pub(crate) fn world<'a>(
        &'a self,
        now: Timestamp,
        randomness: [u8; 32],
        sitting: &'a Sitting,
        lots: &'a Lots,
    ) -> World<'a> {
        let Self { roster, records, applicant, turn, functions, signature } = self;
        let signed = signature.as_ref().map(|signature| &signature.signed);
        World { now, randomness, roster, records, applicant, sitting, lots, functions, ahead: turn.ahead, signed }
    }
}

impl App {
    /// Does an act on a case in the name of a signed-in account. `seen` is the sequence number that the actor had before their eyes.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such case or it is none of the account's business; [`AppError::Stale`] when it moved on from
    /// `seen`; [`AppError::Refused`].
    pub async fn act(
        &self,
        account: &Account,
        case: CaseId,
        act: &Act,
        seen: Option<u64>,
        key: Option<Key>,
    ) -> Result<Acted, AppError> {
        self.act_signed(account, case, act, seen, key, None).await
    }

    /// As [`App::act`], with the officer's signature over the act.
    ///
    /// # Errors
    /// As [`App::act`]; [`AppError::SignatureNeeded`] where one is needed and none is given; [`AppError::Passkey`] when it does not hold.
    pub async fn act_signed(
        &self,
        account: &Account,
        case: CaseId,
        act: &Act,
        seen: Option<u64>,
        key: Option<Key>,
        assertion: Option<&Assertion>,
    ) -> Result<Acted, AppError> {
        let remembered = self.recent.take(case).filter(|(row, ..)| seen == Some(row.seq));
        let (row, service, state) = match remembered {
            Some(loaded) => loaded,
            None => self.load(case).await?,
        };
        let actor = self.may(account, &row, &service, &state, act).await;
        if matches!(actor, Err(AppError::NotFound(_))) {
            return Err(AppError::NotFound("case"));
        }
        if seen.is_some_and(|seen| seen != row.seq) {
            return match self.replayed(account, key.as_ref()).await? {
                Some(acted) => Ok(acted),
                None => Err(AppError::Stale),
            };
        }
        let actor = actor?;
        let signature = self.signature(account, (case, row.seq, state.definition), act, assertion).await?;
        let once = key.clone().map(|key| key.of_account(account));
        match self.do_act(&actor, row, &service, &state, act, once, signature).await {
            // What is refused by now may have been done then: a repeat gets the first answer.
            Err(AppError::Refused(refusal)) => match self.replayed(account, key.as_ref()).await? {
                Some(acted) => Ok(acted),
                None => Err(AppError::Refused(refusal)),
            },
            other => other,
        }
    }

    /// Does an act that depends on nothing an actor saw (the clock's, another case's), again if somebody else was first.
    pub(crate) async fn act_as(&self, actor: &Actor, case: CaseId, act: &Act) -> Result<Acted, AppError> {
        for _ in 1..TRIES {
            match self.act_once(actor, case, act).await {
                Err(AppError::Stale) => {}
                other => return other,
            }
        }
        self.act_once(actor, case, act).await
    }

    async fn act_once(&self, actor: &Actor, case: CaseId, act: &Act) -> Result<Acted, AppError> {
        let (row, service, state) = self.load(case).await?;
        self.do_act(actor, row, &service, &state, act, None, None).await
    }

    /// What the engine says of an act, without doing it.
    pub(crate) async fn try_act(
        &self,
        actor: &Actor,
        row: &CaseRow,
        service: &Arc<Checked<Service>>,
        state: &Case,
        act: &Act,
    ) -> Result<(), AppError> {
        let (surroundings, sitting) = (self.surroundings(actor, row, service, state, act).await?, Sitting::new());
        let now = self.clock.now();
        let lots = self.lots_at(now)?;
        let world = surroundings.world(now, randomness()?, &sitting, &lots);
        let (after, events) =
            self.with_rows(&surroundings.functions, || decide::decide(service, state, actor, act, &world)).await?;
        self.owners_are_known(&surroundings.functions, service).await?;
        self.papers_are_there(&surroundings.functions, service, &after, &events).await
    }

    async fn surroundings(
        &self,
        actor: &Actor,
        row: &CaseRow,
        service: &Arc<Checked<Service>>,
        state: &Case,
        act: &Act,
    ) -> Result<Surroundings, AppError> {
        let (records, applicant) = match act {
            Act::Supply { facts } => {
                let mut all = state.facts.clone();
                all.extend(facts.clone());
                // To a case that has ended nothing is supplied; the engine says so.
                let agency = if let Actor::Agent(agency) = actor { Some(&**agency) } else { None };
                match Purpose::open_case(state, service).map(|purpose| purpose.by(agency)) {
                    Some(purpose) => self.read_registers(&purpose, service, &all, &state.applicant).await?,
                    None => (BTreeMap::new(), BTreeMap::new()),
                }
            }
            _ => (BTreeMap::new(), BTreeMap::new()),
        };
        let turn = self.turn(actor, act, service, row).await?;
        // What an act gives may be worked out together with what the case knows already.
        let documents = match act {
            Act::Supply { facts } | Act::Decide { facts, .. } => {
                document_uses::hashes(state.facts.values().chain(facts.values()))
            }
            _ if goods::are_moved_by(service) => document_uses::hashes(state.facts.values()),
            _ => BTreeSet::new(),
        };
        let functions = self.functions(service, documents).await?;
        Ok(Surroundings { roster: self.roster(), records, applicant, turn, functions, signature: None })
    }

    #[expect(clippy::too_many_arguments, reason = "what an act is: who, on what, what, once, as signed")]
    pub(crate) async fn do_act(
        &self,
        actor: &Actor,
        row: CaseRow,
        service: &Arc<Checked<Service>>,
        state: &Case,
        act: &Act,
        key: Option<Key>,
        signature: Option<Signature>,
    ) -> Result<Acted, AppError> {
        let mut world = Surroundings { signature, ..self.surroundings(actor, &row, service, state, act).await? };
        for tries in 1..=TRIES {
            // Whoever was overtaken in a matter comes again one after the other, so that nobody is overtaken for ever.
            let _turn = self.turns.wait(tries).await;
            if tries > 1 {
                // A case that comes first may have come to the desk.
                world.turn = self.turn(actor, act, service, &row).await?;
            }
            let done = self.act_in_world(actor, &row, service, state, act, key.clone(), &world).await;
            // Another case of the matter may have drawn meanwhile, or come to the desk; this one stands as it stood, so what was seen still holds.
            let overtaken = matches!(done, Err(AppError::Stale)) && self.stands(&row).await?;
            if !overtaken {
                return done;
            }
        }
        Err(AppError::Stale)
    }

    async fn stands(&self, row: &CaseRow) -> Result<bool, AppError> {
        Ok(self.store.case(row.case).await?.is_some_and(|now| now.seq == row.seq))
    }

    #[expect(clippy::too_many_arguments, reason = "what an act is: who, on what, what, in which world")]
    async fn act_in_world(
        &self,
        actor: &Actor,
        row: &CaseRow,
        service: &Arc<Checked<Service>>,
        state: &Case,
        act: &Act,
        key: Option<Key>,
        surroundings: &Surroundings,
    ) -> Result<Acted, AppError> {
        let mut found = None;
        let now = self.clock.now();
        let nobody = Sitting::new();
        let lots = self.lots_at(now)?;
        // Of an act under a mandate and what ends the mandate, one is first.
        let mandate = self.use_in_case(actor, service, state, now).await?;
        let mut world = surroundings.world(now, randomness()?, &nobody, &lots);
        // Whoever waited for the matter's lot needs to know who came of it.
        let known = if matches!(act, Act::Share { .. }) { Some(self.matter_of(service, state).await?) } else { None };
        let shared = known.as_ref().map(|matter| matter.lots_in(&lots));
        if let (Some(matter), Some(shared)) = (&known, &shared) {
            (world.sitting, world.lots) = (matter.sitting(), shared);
        }
        surroundings.functions.forget_rows();
        let (mut after, mut events) =
            self.with_rows(&surroundings.functions, || decide::decide(service, state, actor, act, &world)).await?;
        let matter = match known {
            Some(_) => known.as_ref(),
            None => found.insert(self.matter(service, Some(state), &after, &events).await?).as_ref(),
        };
        let fuller = self.lots_for(world.lots, matter, world.roster, &events).await?;
        if let Some(fuller) = &fuller {
            world.lots = fuller;
            world.sitting = matter.map_or(&nobody, Matter::sitting);
            (after, events) =
                self.with_rows(&surroundings.functions, || decide::decide(service, state, actor, act, &world)).await?;
        }
        let acted = Acted::of(&after);
        let idempotency = key.map(|key| idempotency(key, &acted, world.now.as_millisecond())).transpose()?;
        let mut append = commit::append(Some(row), &after, service, &events, idempotency)?;
        registers::bring(&mut append.puts, self.corrections(service, after.id, &events).await?);
        append.puts.extend(self.document_uses(after.id, &events).await?);
        append
            .puts
            .extend(matter.as_ref().map(|matter| matter.put(service, Some(state), &after)).transpose()?.flatten());
        append.puts.extend(lots::puts(Some(state), &after)?);
        append.puts.extend(mandate);
        append.puts.extend(surroundings.turn.puts(service, state, &after));
        append.puts.extend(surroundings.signature.iter().flat_map(|signature| signature.puts.clone()));
        if let Act::Pay { receipt, .. } = act {
            append.puts.extend(receipt_puts(receipt, after.id));
        }
        self.owners_are_known(&surroundings.functions, service).await?;
        self.papers_are_there(&surroundings.functions, service, &after, &events).await?;
        let of = (append.case, append.expected_seq);
        append.puts.extend(surroundings.functions.row_puts(service, of, &events)?);
        append.outbox.extend(self.void_messages(&surroundings.functions).await?);
        append.puts.extend(self.keep_made(&surroundings.functions).await?);
        append.puts.extend(
            self.leftover_puts(service, Some(state), &after, (&events, &surroundings.functions.movements())).await?,
        );
        // The state is in `after`; its bytes are not needed twice. Of what the store fills, order needs when the case was opened.
        let row = CaseRow { state: Vec::new(), opened: row.opened, ..append.row.clone() };
        let replayed = self.append(append).await?;
        if replayed.is_none() {
            self.recent.put((row, Arc::clone(service), after));
        }
        Ok(replayed.unwrap_or(acted))
    }

    /// Appends; the first answer when the request was answered before.
    pub(crate) async fn append(&self, append: store::Append) -> Result<Option<Acted>, AppError> {
        let request = append.idempotency.as_ref().map(|idempotency| idempotency.request);
        let delivers = !append.outbox.is_empty();
        let kinds: Vec<String> = append.events.iter().map(|event| event.kind.clone()).collect();
        let begun = std::time::Instant::now();
        let appended = self.store.append(append).await;
        self.counts.lock().count(kinds, &appended, begun.elapsed());
        match appended {
            Ok(_) => {
                self.changed.notify_one();
                if delivers {
                    self.to_deliver.notify_one();
                }
                Ok(None)
            }
            Err(StoreError::Replayed { request: first, answer }) if Some(first) == request => {
                Ok(Some(serde_json::from_slice(&answer)?))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The first answer to a request with this key, if there is one.
    ///
    /// # Errors
    /// [`AppError::KeyReused`] when the key was used for another request.
    pub async fn replayed(&self, account: &Account, key: Option<&Key>) -> Result<Option<Acted>, AppError> {
        let Some(key) = key else { return Ok(None) };
        let found = self.store.answer(&format!("{}/{}", account.id, key.key)).await?;
        match found {
            Some(idempotency) if idempotency.request == key.request => {
                Ok(Some(serde_json::from_slice(&idempotency.answer)?))
            }
            Some(_) => Err(AppError::KeyReused),
            None => Ok(None),
        }
    }

    /// A case, the definition it began under, and its state.
    pub(crate) async fn load(&self, case: CaseId) -> Result<(CaseRow, Arc<Checked<Service>>, Case), AppError> {
        // What has no service is another stream: the roster's, or a mandate's.
        let row = self.store.case(case).await?.filter(|row| !row.service.is_empty());
        let row = row.ok_or(AppError::NotFound("case"))?;
        let state: Case = serde_json::from_slice(&row.state)?;
        let service = self.definitions.by_hash(&*self.store, state.definition).await?;
        Ok((row, service, state))
    }
}

/// An answer to be given again when the request comes again.
pub(crate) fn idempotency(key: Key, acted: &Acted, at_ms: i64) -> Result<Idempotency, AppError> {
    Ok(Idempotency { key: key.key, request: key.request, answer: serde_json::to_vec(acted)?, at_ms })
}

impl Acted {
    pub(crate) fn of(case: &Case) -> Self {
        let outcome = case.ended.as_ref().map(|ended| record::leaf::outcome_name(ended.outcome).to_owned());
        Self { case: case.id, seq: case.seq, stage: case.stage.clone(), outcome }
    }
}
