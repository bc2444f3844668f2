//! Who reads what about whom, and why: a register is read for a purpose or not at all, and each person can see who looked at what is known of them.
//!
//! Must not know of: pages, how a register is kept.
//!
//! Three things are records of a read. What registers said for a case stands in its events, with the register's part in the log. A look at a case's
//! facts by anybody but the applicant is an entry that is durable before the facts are shown; looks of one account at one case within a minute are
//! one entry, whose version counts them. An attempt to use somebody else's record is an entry of the one whose record it is. A look goes
//! with the case that it is about, an attempt after a year.

use std::collections::BTreeSet;

use definition::model::{Name, Service, Source};
use engine::case::Case;
use engine::event::What;
use engine::mandate::Agency;
use engine::{CaseId, erasure, reading};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{CaseRow, EntryQuery, Put};

use crate::accounts::Account;
use crate::rights::Standing;
use crate::{App, AppError, commit};

const LOOK: &str = "look";
pub(crate) const ATTEMPT: &str = "attempt";
/// An attempt to use a record that is not there: it says nothing of anybody, and the next sweep strikes it.
pub(crate) const AT_NOTHING: &str = "attempt-at-nothing";
/// How long an attempt is kept: so that whoever asks once a year finds it.
const ATTEMPT_LIVES: SignedDuration = SignedDuration::from_hours(24 * 365);
/// Entries read at once.
const BATCH: u32 = 1000;
/// A minute in milliseconds: looks within one are kept together.
const MINUTE_MS: i64 = 60_000;

/// What a register is read for. Only what is named here makes one, and without one no record can be had.
#[derive(Clone, Debug)]
pub(crate) struct Purpose<'a> {
    /// Whose application, case or data it is.
    person: &'a str,
    /// Who does it for them under a mandate.
    agent: Option<&'a str>,
    /// For which service; none when a person looks at their own data.
    service: Option<&'a Service>,
}

impl<'a> Purpose<'a> {
    /// A person's own application for a service.
    pub(crate) fn draft(person: &'a str, service: &'a Service) -> Self {
        Self { person, agent: None, service: Some(service) }
    }

    /// A case that is open; none when it has ended.
    pub(crate) fn open_case(case: &'a Case, service: &'a Service) -> Option<Self> {
        case.ended.is_none().then_some(Self { person: &case.applicant, agent: None, service: Some(service) })
    }

    /// The same, where somebody does it for that person.
    pub(crate) fn by(self, agency: Option<&'a Agency>) -> Self {
        Self { agent: agency.map(|agency| agency.agent.as_str()), ..self }
    }

    /// The certificate that a case issues; none when it issues none, or has forgotten whom it is about.
    pub(crate) fn certificate(case: &'a Case, service: &'a Service) -> Option<Self> {
        let issues = case.ended.as_ref().is_some_and(|ended| ended.certificate.is_some());
        (issues && case.erased.is_empty()).then_some(Self {
            person: &case.applicant,
            agent: None,
            service: Some(service),
        })
    }

    /// A person asks what is known of them.
    pub(crate) fn own(person: &'a str) -> Self {
        Self { person, agent: None, service: None }
    }
}

/// A read of what is known of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Read {
    /// When; of several within a minute the last.
    pub at: Timestamp,
    /// How often within that minute.
    pub times: u64,
    /// By whom.
    pub by: Reader,
    /// Of which register; none when it was the case itself.
    pub register: Option<Name>,
    /// What was read, by concept.
    pub concepts: Vec<String>,
    /// The case of the person's own for which it was; none when it was for somebody else, whose case is nobody else's business.
    pub case: Option<CaseId>,
}

/// Who read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// The authority.
    pub authority: Name,
    /// In what capacity.
    pub capacity: Capacity,
    /// The officer, where the case's page names them.
    pub officer: Option<String>,
    /// The agent, by their number in the register of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
}

/// In what capacity somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Capacity {
    /// The service itself, as its definition says.
    Service,
    /// An officer who was drawn for the case.
    Officer,
    /// An officer who was drawn to hear the appeal.
    Appeal,
    /// A supervisor of the authority.
    Supervisor,
    /// Somebody who acts for the person under a mandate.
    Agent,
}

/// A look as it is kept.
#[derive(Serialize, Deserialize)]
struct Look {
    at: Timestamp,
    case: CaseId,
    by: Reader,
    concepts: Vec<String>,
}

/// An attempt as it is kept. Who made it is for an investigation, and is not shown.
#[derive(Serialize, Deserialize)]
struct Attempt {
    at: Timestamp,
    authority: Name,
    register: Name,
    concepts: Vec<String>,
    person: String,
}

impl App {
    /// Keeps that somebody who is not the applicant looks at a case's facts, before they see them.
    pub(crate) async fn note_look(
        &self,
        account: &Account,
        row: &CaseRow,
        service: &Service,
        case: &Case,
        standing: Standing,
    ) -> Result<(), AppError> {
        if standing.applicant || !standing.sees() || case.applicant.is_empty() {
            return Ok(());
        }
        let capacity = match standing {
            Standing { drawn: true, .. } => Capacity::Officer,
            Standing { hears: true, .. } => Capacity::Appeal,
            Standing { supervisor: true, .. } => Capacity::Supervisor,
            _ => Capacity::Agent,
        };
        // Those who were drawn are named on the case's page, others are not.
        let officer = account.officer.clone().filter(|_| capacity == Capacity::Officer);
        let agent = account.person.clone().filter(|_| capacity == Capacity::Agent);
        let by = Reader { authority: row.authority.clone(), capacity, officer, agent };
        let at = self.clock.now();
        let concepts = erasure::held(service, self.zone().zone(), case).into_iter().collect();
        let look = Look { at, case: case.id, by, concepts };
        let put = Put {
            kind: LOOK.to_owned(),
            key: format!("{}/{}/{}", minute(at), case.id, account.id),
            owner: Some(case.applicant.clone()),
            body: Some(serde_json::to_vec(&look)?),
            expected: None,
        };
        Ok(self.store.put(vec![put]).await?)
    }

    /// Keeps that somebody named a record which is another person's. They learn nothing from it, not even that there is one: they are told the same of
    /// what is not there, for which as much is written, so that a clock does not tell what the answer hides.
    pub(crate) async fn note_attempt(
        &self,
        purpose: &Purpose<'_>,
        register: &str,
        key: &str,
        holder: Option<&str>,
    ) -> Result<(), AppError> {
        let zone = self.zone().zone();
        let held_by_people = zone.registers.get(register).and_then(|register| register.held_by.as_ref());
        let of_a_person = held_by_people.is_some() && held_by_people == erasure::names_people(zone);
        // A person's own record bears their number.
        let is_anothers = of_a_person && holder != Some(purpose.person) && key != purpose.person;
        let Some(service) = purpose.service.filter(|_| is_anothers) else { return Ok(()) };
        let at = self.clock.now();
        let attempt = Attempt {
            at,
            authority: service.authority.clone(),
            register: register.to_owned(),
            concepts: zone.registers.get(register).map(|register| vec![register.key.clone()]).unwrap_or_default(),
            person: purpose.agent.unwrap_or(purpose.person).to_owned(),
        };
        let (kind, body) = match holder {
            Some(_) => (ATTEMPT, serde_json::to_vec(&attempt)?),
            None => (AT_NOTHING, b"{}".to_vec()),
        };
        let put = Put {
            kind: kind.to_owned(),
            key: format!("{}/{}", minute(at), digest(&[register, key, purpose.agent.unwrap_or(purpose.person)])),
            owner: holder.map(str::to_owned),
            body: Some(body),
            expected: None,
        };
        Ok(self.store.put(vec![put]).await?)
    }

    /// Who read what about a person, and why, the newest first: at most 1000 of each kind of entry, and what registers said for these cases.
    pub(crate) async fn reads_about(&self, person: &str, views: &[crate::CaseView]) -> Result<Vec<Read>, AppError> {
        let mut reads: Vec<Read> = views.iter().flat_map(by_service).collect();
        for entry in self.of_person(LOOK, person).await? {
            let Look { at, case, by, concepts } = serde_json::from_slice(&entry.body)?;
            reads.push(Read { at, times: entry.version, by, register: None, concepts, case: Some(case) });
        }
        for entry in self.of_person(ATTEMPT, person).await? {
            let Attempt { at, authority, register, concepts, .. } = serde_json::from_slice(&entry.body)?;
            let by = Reader { authority, capacity: Capacity::Service, officer: None, agent: None };
            reads.push(Read { at, times: entry.version, by, register: Some(register), concepts, case: None });
        }
        reads.sort_by_key(|read| std::cmp::Reverse(read.at));
        Ok(reads)
    }

    /// The writes after which nobody is known to have looked at a person's data for the sake of a case that forgot the person.
    pub(crate) async fn erase_looks(&self, case: &Case) -> Result<Vec<Put>, AppError> {
        let of_case = format!("/{}/", case.id);
        let looks =
            self.of_person(LOOK, &case.applicant).await?.into_iter().filter(|entry| entry.key.contains(&of_case));
        let gone =
            |entry: store::Entry| Put { kind: entry.kind, key: entry.key, owner: None, body: None, expected: None };
        Ok(looks.map(gone).collect())
    }

    async fn of_person(&self, kind: &str, person: &str) -> Result<Vec<store::Entry>, AppError> {
        let mut found: Vec<store::Entry> = Vec::new();
        loop {
            let after = found.last().map(|entry| entry.key.clone());
            let (kind, owner) = (kind.to_owned(), Some(person.to_owned()));
            let page = self.store.entries(EntryQuery { kind, key: None, owner, after, limit: BATCH }).await?;
            if page.is_empty() {
                return Ok(found);
            }
            found.extend(page);
        }
    }
}

/// The write that strikes an attempt which is old.
pub(crate) fn swept_attempt(entry: &store::Entry, now: Timestamp) -> Option<Put> {
    let attempt: Option<Attempt> = serde_json::from_slice(&entry.body).ok();
    let old = attempt.is_none_or(|attempt| now.duration_since(attempt.at) >= ATTEMPT_LIVES);
    let (kind, key, expected) = (entry.kind.clone(), entry.key.clone(), Some(entry.version));
    old.then_some(Put { kind, key, owner: None, body: None, expected })
}

/// What registers said for a case, as its events have it.
fn by_service(view: &crate::CaseView) -> Vec<Read> {
    let mut reads = Vec::new();
    for (row, event) in &view.history {
        let (facts, read) = match &event.what {
            What::Opened(opened) => (&opened.facts, &opened.read),
            What::Supplied { facts, read, .. } => (facts, read),
            _ => continue,
        };
        for fact in &view.service.facts {
            let Source::Register { register, .. } = &fact.source else { continue };
            if !facts.contains_key(&fact.name) {
                continue;
            }
            let of_fact = format!("{}.", fact.name);
            let said = read.keys().filter(|key| key.starts_with(&of_fact));
            let said = said.filter_map(|key| erasure::concept(&view.service, key));
            let concepts: BTreeSet<String> = said.chain([&fact.concept]).cloned().collect();
            reads.push(Read {
                at: commit::moment(row.event.at_ms),
                times: 1,
                by: Reader {
                    authority: view.row.authority.clone(),
                    capacity: Capacity::Service,
                    officer: None,
                    agent: None,
                },
                register: Some(register.clone()),
                concepts: concepts.into_iter().collect(),
                case: Some(view.case.id),
            });
        }
    }
    reads
}

/// The minute of a moment, so that keys are in its order.
fn minute(at: Timestamp) -> String {
    format!("{:012}", at.as_millisecond().div_euclid(MINUTE_MS))
}

fn digest(parts: &[&str]) -> String {
    use sha2::Digest as _;
    let digest = parts.iter().fold(sha2::Sha256::new(), |digest, part| digest.chain_update(part).chain_update([0]));
    hex::encode(digest.finalize())
}

/// The key of the record that a fact names, if a register holds the fact.
pub(crate) fn named_record<'s>(service: &'s Service, case: &Case) -> Vec<(&'s Name, &'s Name, String)> {
    let one = |fact: &'s definition::model::Fact| {
        let Source::Register { register, .. } = &fact.source else { return None };
        let key = case.facts.get(&fact.name).and_then(reading::record_key)?;
        Some((&fact.name, register, key))
    };
    service.facts.iter().filter_map(one).collect()
}
