//! Acts on the roster: who is on it, who keeps it, whose passkey is which. Each is an event of the roster's stream, in the same log as the cases.
//!
//! Must not know of: HTTP, how an act is judged (the engine says).

use std::collections::{BTreeMap, BTreeSet};

use credential::passkey::PasskeyKey;
use engine::case::OfficerId;
use engine::roster::{self, Register, RosterAct, RosterActor, RosterEvent, STREAM};
use engine::world::Roster;
use store::{Append, CaseRow, NewEvent, Put};

use crate::accounts::{Account, randomness};
use crate::revoke::shut_out;
use crate::signing::{PasskeyError, Signature};
use crate::{App, AppError, Assertion};

/// Events of an import that are appended together.
const BATCH: usize = 500;
/// The entry that held the roster before it was a stream.
const FORMER: (&str, &str) = ("roster", "current");
/// The stage in which the stream's row stands, for ever.
const STAGE: &str = "roster";

impl App {
    /// Does an act on the roster in the name of a signed-in account. `seen` is the number of the stream's events that the actor had before their eyes.
    ///
    /// # Errors
    /// [`AppError::Roster`] says why it is refused; [`AppError::SignatureNeeded`] and [`AppError::Passkey`] what is wrong with its signature;
    /// [`AppError::Stale`] when somebody was first.
    pub async fn act_on_roster(
        &self,
        account: &Account,
        act: &RosterAct,
        seen: u64,
        assertion: Option<&Assertion>,
    ) -> Result<(), AppError> {
        let officer = account.officer.clone().ok_or(AppError::Forbidden)?;
        self.refresh_roster().await?;
        let register = self.register();
        if register.seq != seen {
            return Err(AppError::Stale);
        }
        if let RosterAct::AddPasskey { key, .. } = act {
            PasskeyKey::read(key).map_err(PasskeyError::Fault)?;
        }
        let first = matches!(act, RosterAct::AddPasskey { .. }) && is_without(&register, &officer);
        let signature = match assertion {
            None if first => None,
            _ => self.roster_signature(&officer, seen, act, assertion).await?,
        };
        let (signed, puts) = signature.map_or((None, Vec::new()), |Signature { signed, puts }| (Some(signed), puts));
        let by = RosterActor::Officer(officer);
        let now = self.clock.now();
        roster::decide(self.zone().zone(), &register, &by, act, signed.is_some(), now)?;
        let event = RosterEvent { at: now, by, act: act.clone(), signed: signed.map(Box::new) };
        self.append_to_roster(&register, vec![event], puts).await
    }

    /// Why an act on the roster would be refused, before anybody signs it.
    ///
    /// # Errors
    /// [`AppError::Roster`].
    pub fn judge_roster_act(&self, account: &Account, act: &RosterAct) -> Result<(), AppError> {
        let by = RosterActor::Officer(account.officer.clone().ok_or(AppError::Forbidden)?);
        Ok(roster::decide(self.zone().zone(), &self.register(), &by, act, true, self.clock.now())?)
    }

    /// Does an act on the roster as the operator: only until keepers watch over it.
    ///
    /// # Errors
    /// [`AppError::Roster`] when it is not the operator's to do.
    pub async fn operate_roster(&self, acts: &[RosterAct]) -> Result<(), AppError> {
        self.refresh_roster().await?;
        for acts in acts.chunks(BATCH) {
            let mut register = (*self.register()).clone();
            let before = register.clone();
            let (now, by) = (self.clock.now(), RosterActor::Operator);
            let mut events = Vec::with_capacity(acts.len());
            for act in acts {
                roster::decide(self.zone().zone(), &register, &by, act, false, now)?;
                let event = RosterEvent { at: now, by: by.clone(), act: act.clone(), signed: None };
                register.follow(&event);
                events.push(event);
            }
            self.append_to_roster(&before, events, Vec::new()).await?;
        }
        Ok(())
    }

    /// Brings the roster to what a list says, as the operator: whoever is missing there leaves, whoever is new joins, each by an act of its own.
    ///
    /// # Errors
    /// As [`App::operate_roster`].
    pub async fn put_roster(&self, wanted: Roster) -> Result<(), AppError> {
        self.refresh_roster().await?;
        let acts = difference(&self.register(), &wanted);
        self.operate_roster(&acts).await
    }

    /// Records where the zone is found now, if passkeys were bound to another address.
    pub(crate) async fn record_address(&self) -> Result<(), AppError> {
        let register = self.register();
        let bound = register.officers.values().any(|entry| !entry.passkeys.is_empty());
        match self.new_address(&register).filter(|_| bound) {
            Some(event) => self.append_to_roster(&register, vec![event], Vec::new()).await,
            None => Ok(()),
        }
    }

    /// The event that says where the zone is found, if the roster does not say so yet.
    fn new_address(&self, register: &Register) -> Option<RosterEvent> {
        let url = self.base_url().to_owned();
        let is_new = register.address.as_ref() != Some(&url);
        let act = RosterAct::Address { url };
        is_new.then(|| RosterEvent { at: self.clock.now(), by: RosterActor::Operator, act, signed: None })
    }

    /// A store from before the roster was a stream has it as one entry: it becomes acts of the operator, once.
    pub(crate) async fn take_over_roster(&self) -> Result<(), AppError> {
        let Some(entry) = self.entry(FORMER.0, FORMER.1).await? else { return Ok(()) };
        if self.register().seq == 0 {
            self.put_roster(serde_json::from_slice(&entry.body)?).await?;
        }
        let (kind, key) = (entry.kind, entry.key);
        let gone = Put { kind, key, owner: None, body: None, expected: Some(entry.version) };
        Ok(self.store.put(vec![gone]).await?)
    }

    /// Appends events to the stream: **the same commit point as a case's**.
    async fn append_to_roster(
        &self,
        before: &Register,
        mut events: Vec<RosterEvent>,
        mut puts: Vec<Put>,
    ) -> Result<(), AppError> {
        if events.is_empty() {
            return Ok(());
        }
        if events.iter().any(|event| matches!(event.act, RosterAct::AddPasskey { .. })) {
            events.splice(0..0, self.new_address(before));
        }
        let mut after = before.clone();
        events.iter().for_each(|event| after.follow(event));
        let opened_ms = match self.store.case(STREAM).await? {
            Some(row) => row.opened_ms,
            None => events.first().map_or(0, |event| event.at.as_millisecond()),
        };
        let new = events.iter().map(new_event).collect::<Result<_, AppError>>()?;
        let shut_out = shut_out(before, &after);
        puts.extend(self.ends_of_all(&shut_out).await?);
        let append = Append {
            case: STREAM,
            expected_seq: before.seq,
            events: new,
            row: row(&after, opened_ms)?,
            due: Vec::new(),
            outbox: Vec::new(),
            puts,
            idempotency: None,
            erases: Vec::new(),
        };
        self.append(append).await?;
        self.refresh_roster().await?;
        // What was opened while this was on its way to the store.
        for officer in &shut_out {
            self.end_secrets(officer).await?;
        }
        Ok(())
    }
}

fn is_without(register: &Register, officer: &str) -> bool {
    register.of(officer).is_none_or(|entry| entry.passkeys.is_empty())
}

/// The row of the stream. Without a service it is no case: no list, queue or figure of cases has it.
pub(crate) fn row(register: &Register, opened_ms: i64) -> Result<CaseRow, AppError> {
    Ok(CaseRow {
        case: STREAM,
        reference: String::new(),
        service: String::new(),
        authority: String::new(),
        applicant: String::new(),
        stage: STAGE.to_owned(),
        outcome: None,
        holders: Vec::new(),
        seq: register.seq,
        opened: 0,
        last_position: 0,
        opened_ms,
        stage_since_ms: opened_ms,
        due_ms: None,
        state: serde_json::to_vec(register)?,
    })
}

fn new_event(event: &RosterEvent) -> Result<NewEvent, AppError> {
    Ok(NewEvent {
        kind: event.act.kind().to_owned(),
        stage: None,
        at_ms: event.at.as_millisecond(),
        body: serde_json::to_vec(event)?,
        salt: randomness()?,
    })
}

/// The acts that bring the roster from what it is to what a list says.
fn difference(register: &Register, wanted: &Roster) -> Vec<RosterAct> {
    let pairs: BTreeSet<(&OfficerId, &String)> = wanted.seats.iter().map(|seat| (&seat.officer, &seat.role)).collect();
    let mut acts = Vec::new();
    for (officer, entry) in &register.officers {
        for role in entry.roles.keys().filter(|role| !pairs.contains(&(officer, *role))) {
            acts.push(RosterAct::Leave { officer: officer.clone(), role: Some(role.clone()), reason: String::new() });
        }
    }
    for seat in &wanted.seats {
        let stands = register
            .of(&seat.officer)
            .is_some_and(|entry| entry.roles.get(&seat.role) == Some(&seat.weight) && entry.person == seat.person);
        if !stands {
            acts.push(RosterAct::Join {
                officer: seat.officer.clone(),
                role: seat.role.clone(),
                person: seat.person.clone(),
                weight: seat.weight,
            });
        }
    }
    let limits = wanted.seats.iter().filter_map(|seat| Some((&seat.officer, seat.most_open?)));
    let limits: BTreeMap<&OfficerId, u32> = limits.collect();
    for (officer, most_open) in limits {
        let most_open = Some(most_open);
        if register.of(officer).is_none_or(|entry| entry.most_open != most_open) {
            acts.push(RosterAct::Limit { officer: officer.clone(), most_open });
        }
    }
    acts
}
