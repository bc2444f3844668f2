//! Mandates: given, accepted, given up, revoked. Each is a stream of its own, in the same log as the cases.
//!
//! Must not know of: HTTP, how an act is judged (the engine says), what is done under a mandate.

mod rebuild;

use std::collections::BTreeSet;

use definition::model::Name;
use definition::value::Date;
use engine::CaseId;
use engine::case::Person;
use engine::clock;
use engine::mandate::{self, Mandate, MandateAct, MandateEvent, MandateRefusal, Offered, Principal, Standing};
use jiff::Timestamp;
use store::{Append, CaseRow, EntryQuery, EventRow, NewEvent, Put};

use crate::accounts::{Account, randomness};
use crate::act::{Acted, Key, TRIES, idempotency};
use crate::agency::{KIND, Kept};
use crate::reads::Purpose;
use crate::{App, AppError, Choice, registers};

/// The kind of entry by which a principal's mandates are found; its key is the mandate, its owner the principal.
const OF_PRINCIPAL: &str = "mandate-of";
/// The kind of entry that every giving for a principal moves on; its key is the principal.
const GIVEN: &str = "mandates-given";
/// The stage in which a mandate's row stands, for ever.
const STAGE: &str = "mandate";
/// Tries at which an act on a mandate leaves what is done under it at the same moment the first place.
const POLITE: u32 = 3;
/// Mandates of one principal that are shown, and entries read at once.
const BATCH: u32 = 1000;

/// A mandate as those see it whom it concerns.
#[derive(Clone, Debug)]
pub struct MandateView {
    /// Its id.
    pub id: CaseId,
    /// What it says.
    pub mandate: Mandate,
    /// How it stands now.
    pub standing: Standing,
    /// Whether the viewer holds the principal.
    pub holds: bool,
    /// Whether the viewer is the agent.
    pub acts: bool,
    /// How often it was used.
    pub uses: u64,
    /// When it was used last.
    pub last_use: Option<Timestamp>,
    /// What the other is called. Of somebody who has not accepted it is not told whether there is such a person.
    pub other: Option<Account>,
}

/// The mandates that concern somebody.
#[derive(Clone, Debug, Default)]
pub struct Mandates {
    /// Given for what they hold.
    pub given: Vec<MandateView>,
    /// Received as the agent.
    pub received: Vec<MandateView>,
}

/// What somebody holds for which mandates can be given.
#[derive(Clone, Debug)]
pub struct Holding {
    /// The register.
    pub register: Name,
    /// The record.
    pub record: Choice,
}

fn owner(principal: &Principal) -> String {
    format!("{}/{}", principal.register, principal.key)
}

impl App {
    /// The services in which somebody can act for a principal of a register.
    pub fn mandate_services(&self, register: &str) -> BTreeSet<Name> {
        let services = self.zone().services().values();
        services.filter(|service| mandate::can_use(service, register)).map(|service| service.name.clone()).collect()
    }

    /// What somebody holds for which they can give mandates.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn holdings_to_act_for(&self, account: &Account) -> Result<Vec<Holding>, AppError> {
        let Some(person) = &account.person else { return Ok(Vec::new()) };
        let mut holdings = Vec::new();
        for register in self.zone().zone().registers.keys() {
            if self.mandate_services(register).is_empty() {
                continue;
            }
            let held = registers::held(self, &Purpose::own(person), register, person, None).await?;
            holdings.extend(held.into_iter().map(|(key, record)| Holding {
                register: register.clone(),
                record: Choice { key, values: record.values },
            }));
        }
        Ok(holdings)
    }

    /// From the beginning of a first day to the end of a last one in the zone; none beyond its calendar.
    pub fn mandate_span(&self, first: Date, last: Date) -> Option<(Timestamp, Timestamp)> {
        let zone = self.zone().zone();
        Some((clock::start_of(zone, first)?, clock::start_of(zone, last.tomorrow().ok()?)?))
    }

    /// Does an act on a mandate; giving one begins it, and needs no id. `id` names another.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such mandate or it is none of the account's business; [`AppError::Mandate`] says why it is refused.
    pub async fn act_on_mandate(
        &self,
        account: &Account,
        id: Option<CaseId>,
        act: &MandateAct,
        key: Option<Key>,
    ) -> Result<Acted, AppError> {
        let person = account.person.clone().ok_or(AppError::Forbidden)?;
        if let Some(acted) = self.replayed(account, key.as_ref()).await? {
            return Ok(acted);
        }
        let key = key.map(|key| key.of_account(account));
        // What is done under it at the same moment moves its entry on. Whoever ends it waits for nobody: after a few tries it is written whatever stands
        // there, and what was done meanwhile at the former version is refused.
        for tries in 1..TRIES {
            // Many who give at the same moment would overtake each other again and again.
            let _turn = self.turns.wait(tries).await;
            match self.act_on_mandate_once(&person, id, act, key.clone(), tries <= POLITE).await {
                Err(AppError::Stale) => {}
                other => return other,
            }
        }
        self.act_on_mandate_once(&person, id, act, key, false).await
    }

    /// Why an act on a mandate would be refused, before anybody confirms it.
    ///
    /// # Errors
    /// As [`App::act_on_mandate`].
    pub async fn judge_mandate(&self, account: &Account, id: Option<CaseId>, act: &MandateAct) -> Result<(), AppError> {
        let person = account.person.clone().ok_or(AppError::Forbidden)?;
        let before = self.before(&person, id).await?;
        let mandate = before.as_ref().map(|(_, mandate)| mandate);
        self.judged(&person, mandate, act, self.clock.now()).await
    }

    /// A mandate with its row, for whoever it concerns.
    async fn before(&self, person: &Person, id: Option<CaseId>) -> Result<Option<(CaseRow, Mandate)>, AppError> {
        let Some(id) = id else { return Ok(None) };
        let missing = || AppError::NotFound("mandate");
        let row = self.store.case(id).await?.filter(|row| mandate::is_stream(&row.case)).ok_or_else(missing)?;
        let mandate: Mandate = serde_json::from_slice(&row.state)?;
        let Principal { register, key } = &mandate.principal;
        let holds = registers::holder(self, register, key).await?.as_ref() == Some(person);
        if holds || mandate.agent == *person { Ok(Some((row, mandate))) } else { Err(missing()) }
    }

    async fn judged(
        &self,
        person: &Person,
        mandate: Option<&Mandate>,
        act: &MandateAct,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let principal = match (mandate, act) {
            (Some(mandate), _) => &mandate.principal,
            (None, MandateAct::Give { principal, .. }) => principal,
            (None, _) => return Err(MandateRefusal::Over.into()),
        };
        let services = self.mandate_services(&principal.register);
        let holder = if services.is_empty() {
            None
        } else {
            registers::holder(self, &principal.register, &principal.key).await?
        };
        let gives = mandate.is_none() && holder.as_ref() == Some(person);
        let open = if gives { self.open_mandates(principal, now).await? } else { 0 };
        let offered = Offered { holder: holder.as_ref(), services: &services, open };
        Ok(mandate::decide(mandate, person, act, &offered, now)?)
    }

    async fn act_on_mandate_once(
        &self,
        person: &Person,
        id: Option<CaseId>,
        act: &MandateAct,
        key: Option<Key>,
        politely: bool,
    ) -> Result<Acted, AppError> {
        let entry = match id {
            Some(id) => self.entry(KIND, &id.to_string()).await?,
            None => None,
        };
        let before = self.before(person, id).await?;
        let (now, mandate) = (self.clock.now(), before.as_ref().map(|(_, mandate)| mandate));
        // Before the open ones are counted: of two that are given at the same moment one is counted by the other.
        let count = self.count_put(act).await?;
        self.judged(person, mandate, act, now).await?;
        let event = MandateEvent { at: now, by: person.clone(), act: act.clone() };
        let broken = || AppError::Internal("an act on a mandate that cannot follow".to_owned());
        let after = Mandate::after(mandate.cloned(), &event).ok_or_else(broken)?;
        let id = id.map_or_else(|| Ok(mandate::stream(&randomness()?)), Ok::<_, AppError>)?;
        let acted = Acted { case: id, seq: after.seq, stage: STAGE.to_owned(), outcome: None };
        let opened_ms = before.as_ref().map_or(now.as_millisecond(), |(row, _)| row.opened_ms);
        let (kept, version) = match &entry {
            Some(entry) => (serde_json::from_slice(&entry.body)?, entry.version),
            None => (Kept { principal: after.principal.clone(), last_use: None, uses: 0, offered_until: None }, 0),
        };
        let kept = Kept { offered_until: offered_until(&after), ..kept };
        let id_is_new = before.is_none();
        let mut puts = vec![entry_put(id, &after, &kept, Some(version).filter(|_| politely || id_is_new))?];
        if before.is_none() {
            puts.push(found_put(id, &after.principal, 0));
            puts.extend(count);
        }
        if matches!(act, MandateAct::GiveUp | MandateAct::Revoke) {
            puts.extend(self.drop_drafts_under(&after.agent, id).await?);
        }
        let append = Append {
            case: id,
            expected_seq: after.seq.saturating_sub(1),
            events: vec![new_event(&event)?],
            row: row(id, &after, opened_ms)?,
            due: Vec::new(),
            outbox: Vec::new(),
            puts,
            idempotency: key.map(|key| idempotency(key, &acted, now.as_millisecond())).transpose()?,
            erases: Vec::new(),
        };
        let answered = self.append(append).await?;
        // An officer who becomes an agent has a conflict of interest from now on.
        self.forget_holdings();
        Ok(answered.unwrap_or(acted))
    }

    /// The write that every giving for a principal does, at the version that is read here.
    async fn count_put(&self, act: &MandateAct) -> Result<Option<Put>, AppError> {
        let MandateAct::Give { principal, .. } = act else { return Ok(None) };
        let (kind, key) = (GIVEN.to_owned(), owner(principal));
        let expected = Some(self.entry(GIVEN, &key).await?.map_or(0, |entry| entry.version));
        Ok(Some(Put { kind, key, owner: None, body: Some(b"{}".to_vec()), expected }))
    }

    async fn ids_of_principal(&self, principal: &Principal) -> Result<Vec<CaseId>, AppError> {
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let (kind, owner) = (OF_PRINCIPAL.to_owned(), Some(owner(principal)));
            let page = self.store.entries(EntryQuery { kind, key: None, owner, after, limit: BATCH }).await?;
            let Some(last) = page.last() else { return Ok(found) };
            after = Some(last.key.clone());
            let id = |entry: &store::Entry| {
                entry.key.parse().map_err(|_| AppError::Internal(format!("mandate {}", entry.key)))
            };
            found.extend(page.iter().map(id).collect::<Result<Vec<CaseId>, _>>()?);
        }
    }

    async fn open_mandates(&self, principal: &Principal, now: Timestamp) -> Result<usize, AppError> {
        let mut open = 0;
        for id in self.ids_of_principal(principal).await? {
            open += usize::from(self.mandate_state(id).await?.is_some_and(|mandate| !mandate.is_over(now)));
        }
        Ok(open)
    }

    /// One mandate with its history, for whoever holds its principal or is its agent.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn mandate(
        &self,
        account: &Account,
        id: CaseId,
    ) -> Result<(MandateView, Vec<(EventRow, MandateEvent)>), AppError> {
        let person = account.person.clone().ok_or(AppError::NotFound("mandate"))?;
        let (_, mandate) = self.before(&person, Some(id)).await?.ok_or(AppError::NotFound("mandate"))?;
        let rows = self.store.history(id, 0, BATCH).await?;
        let event = |row: EventRow| Ok((serde_json::from_slice(&row.event.body).map(|event| (row, event)))?);
        let history = rows.into_iter().map(event).collect::<Result<_, AppError>>()?;
        Ok((self.viewed(&person, id, mandate).await?, history))
    }

    async fn viewed(&self, person: &Person, id: CaseId, mandate: Mandate) -> Result<MandateView, AppError> {
        let entry = self.entry(KIND, &id.to_string()).await?;
        let kept: Option<Kept> = entry.as_ref().map(|entry| serde_json::from_slice(&entry.body)).transpose()?;
        let Principal { register, key } = &mandate.principal;
        let holder = registers::holder(self, register, key).await?;
        let (holds, acts) = (holder.as_ref() == Some(person), mandate.agent == *person);
        let other = match (holds, &holder) {
            (true, _) => Some(&mandate.agent).filter(|_| mandate.accepted.is_some()),
            (false, holder) => holder.as_ref(),
        };
        let other = match other {
            Some(other) => self.account(other).await.ok(),
            None => None,
        };
        Ok(MandateView {
            standing: mandate.standing(self.clock.now()),
            uses: kept.as_ref().map_or(0, |kept| kept.uses),
            last_use: kept.and_then(|kept| kept.last_use),
            id,
            mandate,
            holds,
            acts,
            other,
        })
    }

    /// The mandates that concern somebody, the newest first.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn mandates(&self, account: &Account) -> Result<Mandates, AppError> {
        let Some(person) = account.person.clone() else { return Ok(Mandates::default()) };
        let mut mandates = Mandates::default();
        for (id, _) in self.mandates_of_agent(&person).await? {
            if let Some(mandate) = self.mandate_state(id).await? {
                mandates.received.push(self.viewed(&person, id, mandate).await?);
            }
        }
        for register in self.zone().zone().registers.keys() {
            if self.mandate_services(register).is_empty() {
                continue;
            }
            for key in registers::held_keys(self, register, &person, BATCH).await? {
                let principal = Principal { register: register.clone(), key };
                for id in self.ids_of_principal(&principal).await? {
                    if let Some(mandate) = self.mandate_state(id).await? {
                        mandates.given.push(self.viewed(&person, id, mandate).await?);
                    }
                }
            }
        }
        for list in [&mut mandates.given, &mut mandates.received] {
            list.sort_by_key(|view| std::cmp::Reverse((view.mandate.given, view.id)));
        }
        Ok(mandates)
    }
}

fn new_event(event: &MandateEvent) -> Result<NewEvent, AppError> {
    Ok(NewEvent {
        kind: event.act.kind().to_owned(),
        stage: None,
        at_ms: event.at.as_millisecond(),
        body: serde_json::to_vec(event)?,
        salt: randomness()?,
    })
}

fn entry_put(id: CaseId, mandate: &Mandate, kept: &Kept, expected: Option<u64>) -> Result<Put, AppError> {
    // An offer that came to nothing is no business of whom it named: else their list could be filled by others.
    let nothing = mandate.accepted.is_none() && (mandate.revoked.is_some() || mandate.given_up.is_some());
    let (owner, body) = (Some(mandate.agent.clone()).filter(|_| !nothing), Some(serde_json::to_vec(kept)?));
    Ok(Put { kind: KIND.to_owned(), key: id.to_string(), owner, body, expected })
}

/// While nobody accepted a mandate: until when it may be accepted.
fn offered_until(mandate: &Mandate) -> Option<Timestamp> {
    mandate.accepted.is_none().then_some(mandate.until)
}

fn found_put(id: CaseId, principal: &Principal, version: u64) -> Put {
    let (kind, key, owner) = (OF_PRINCIPAL.to_owned(), id.to_string(), Some(owner(principal)));
    Put { kind, key, owner, body: Some(b"{}".to_vec()), expected: Some(version) }
}

/// The row of a mandate. Without a service it is no case: no list, queue or figure of cases has it.
fn row(id: CaseId, mandate: &Mandate, opened_ms: i64) -> Result<CaseRow, AppError> {
    Ok(CaseRow {
        case: id,
        reference: String::new(),
        service: String::new(),
        authority: String::new(),
        applicant: String::new(),
        stage: STAGE.to_owned(),
        outcome: None,
        holders: Vec::new(),
        seq: mandate.seq,
        opened: 0,
        last_position: 0,
        opened_ms,
        stage_since_ms: opened_ms,
        due_ms: None,
        state: serde_json::to_vec(mandate)?,
    })
}
