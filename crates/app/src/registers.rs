//! Registers: records by key, and whose they are. A case's record is an entry written in the same transaction as the event that made it.
//!
//! Must not know of: how a record came to be.

use std::collections::BTreeMap;

use definition::model::{Name, Service, Source};
use definition::value::Value;
use engine::CaseId;
use engine::event::{Entering, Event, What};
use engine::mandate::Agency;
use engine::reading;
use engine::world::Record;
use store::{Entry, EntryQuery, Put};

use crate::reads::{Purpose, named_record};
use crate::view::CaseView;
use crate::{App, AppError, InName};

/// A record as a person may choose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its key in the register.
    pub key: String,
    /// Its values by concept.
    pub values: BTreeMap<String, Value>,
}

fn kind(register: &str) -> String {
    format!("register/{register}")
}

/// The keys of what a person holds in a register, at most `limit`: who they must not decide about. Nothing of the records is read.
pub(crate) async fn held_keys(app: &App, register: &str, person: &str, limit: u32) -> Result<Vec<String>, AppError> {
    let owner = Some(person.to_owned());
    let held = app.store.entries(EntryQuery { kind: kind(register), key: None, owner, after: None, limit }).await?;
    Ok(held.into_iter().map(|entry| entry.key).collect())
}

/// Who holds a record; none when nobody does, or there is no such record. Nothing of it is read.
pub(crate) async fn holder(app: &App, register: &str, key: &str) -> Result<Option<String>, AppError> {
    Ok(app.entry(&kind(register), key).await?.and_then(|entry| entry.owner))
}

/// The records that somebody holds in a register, from behind `after`, by key.
pub(crate) async fn held(
    app: &App,
    _purpose: &Purpose<'_>,
    register: &str,
    holder: &str,
    after: Option<String>,
) -> Result<Vec<(String, Record)>, AppError> {
    let query = EntryQuery { kind: kind(register), key: None, owner: Some(holder.to_owned()), after, limit: 1000 };
    let entries = app.store.entries(query).await?;
    entries.into_iter().map(|entry| Ok((entry.key, serde_json::from_slice(&entry.body)?))).collect()
}

/// A record as it is disclosed to an auditor, with the events that entered it.
pub(crate) async fn disclosed(app: &App, register: &str, key: &str) -> Result<Option<Record>, AppError> {
    let entry = app.entry(&kind(register), key).await?;
    Ok(entry.map(|entry| serde_json::from_slice(&entry.body)).transpose()?)
}

/// The write that enters a record.
pub(crate) fn put(entering: &Entering) -> Result<Put, AppError> {
    let record = Record { held_by: entering.held_by.clone(), values: entering.values.clone() };
    Ok(Put {
        kind: kind(&entering.register),
        key: entering.key.clone(),
        owner: entering.held_by.clone(),
        body: Some(serde_json::to_vec(&record)?),
        expected: None,
    })
}

/// Adds what becomes of a record that was entered before. One that falls and is entered again by the same events, as when an appeal leads from one
/// grant to another, is written over the one that fell.
pub(crate) fn bring(puts: &mut Vec<Put>, corrections: Vec<Put>) {
    for correction in corrections {
        match puts.iter_mut().find(|put| (&put.kind, &put.key) == (&correction.kind, &correction.key)) {
            Some(again) => again.expected = correction.expected,
            None => puts.push(correction),
        }
    }
}

impl App {
    /// One record of a register, for a purpose. That it is another person's is kept for that person to see.
    pub(crate) async fn record(
        &self,
        purpose: &Purpose<'_>,
        register: &str,
        key: &str,
    ) -> Result<Option<Record>, AppError> {
        let entry = self.entry(&kind(register), key).await?;
        let record: Option<Record> = entry.map(|entry| serde_json::from_slice(&entry.body)).transpose()?;
        // What is there and is nobody's is everybody's.
        let holder = record.as_ref().map(|record| record.held_by.as_deref());
        if holder != Some(None) {
            self.note_attempt(purpose, register, key, holder.flatten()).await?;
        }
        Ok(record)
    }

    /// Writes records that a register's keeper brings.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn put_records(&self, records: &[Entering]) -> Result<(), AppError> {
        let puts = records.iter().map(put).collect::<Result<Vec<_>, _>>()?;
        Ok(self.store.put(puts).await?)
    }

    /// The records that somebody may choose from for a register fact: those held by the applicant, or by the value of another fact, which must be theirs.
    /// Whoever acts under a mandate sees of what the applicant holds only the principal, and what that holds. At most 1000, by key, from behind `after`.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the fact is no register fact.
    pub async fn choices(
        &self,
        service: &Service,
        fact: &str,
        applicant: &InName,
        facts: &BTreeMap<Name, Value>,
        after: Option<String>,
    ) -> Result<Vec<Choice>, AppError> {
        let source = service.fact(fact).map(|fact| &fact.source);
        let Some(Source::Register { register, held_by }) = source else { return Err(AppError::NotFound("fact")) };
        let purpose = Purpose::draft(&applicant.person, service).by(applicant.agency.as_ref());
        let holder = match (held_by, &applicant.agency) {
            (None, None) => Some(applicant.person.clone()),
            (None, Some(Agency { principal, .. })) => {
                let first =
                    principal.register == *register && after.as_ref().is_none_or(|after| *after < principal.key);
                let record = if first { self.record(&purpose, register, &principal.key).await? } else { None };
                let own = record.filter(|record| record.held_by.as_ref() == Some(&applicant.person));
                return Ok(own
                    .map(|own| Choice { key: principal.key.clone(), values: own.values })
                    .into_iter()
                    .collect());
            }
            (Some(other), _) if self.is_theirs(service, other, applicant, facts).await? => {
                facts.get(other).and_then(reading::record_key)
            }
            (Some(_), _) => None,
        };
        let Some(holder) = holder else { return Ok(Vec::new()) };
        let held = held(self, &purpose, register, &holder, after).await?;
        Ok(held.into_iter().map(|(key, record)| Choice { key, values: record.values }).collect())
    }

    /// Whether the record that a fact names is the applicant's, or of what is theirs: nobody looks into what another's company holds.
    pub(crate) async fn is_theirs(
        &self,
        service: &Service,
        fact: &str,
        applicant: &InName,
        facts: &BTreeMap<Name, Value>,
    ) -> Result<bool, AppError> {
        let mut fact = fact;
        // A definition has no circle of holders; if it had, nobody would hold anything.
        for _ in 0..service.facts.len() {
            let source = service.fact(fact).map(|fact| &fact.source);
            let key = facts.get(fact).and_then(reading::record_key);
            let (Some(Source::Register { register, held_by }), Some(key)) = (source, key) else { return Ok(false) };
            let held = holder(self, register, &key).await?;
            let Some(other) = held_by else {
                let principals = applicant.agency.as_ref().is_none_or(|agency| agency.principal.key == key);
                return Ok(principals && held.as_ref() == Some(&applicant.person));
            };
            if held.is_none() || held != facts.get(other).and_then(reading::record_key) {
                return Ok(false);
            }
            fact = other;
        }
        Ok(false)
    }

    /// The records that an open case's facts name, as the registers have them now. For nobody who has no part in the case is a register read, and
    /// when the case has ended for nobody at all: what was read for it stands in it.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn named(&self, view: &CaseView) -> Result<BTreeMap<Name, Choice>, AppError> {
        let mut named = BTreeMap::new();
        let purpose = Purpose::open_case(&view.case, &view.service).filter(|_| view.standing.sees());
        let Some(purpose) = purpose else { return Ok(named) };
        for (fact, register, key) in named_record(&view.service, &view.case) {
            if let Some(record) = self.record(&purpose, register, &key).await? {
                named.insert(fact.clone(), Choice { key, values: record.values });
            }
        }
        Ok(named)
    }

    /// Whether a record is among those that somebody holds and may choose for a register fact.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the fact is no register fact.
    pub async fn may_choose(
        &self,
        service: &Service,
        fact: &str,
        applicant: &InName,
        key: &str,
    ) -> Result<bool, AppError> {
        let source = service.fact(fact).map(|fact| &fact.source);
        let Some(Source::Register { register, .. }) = source else { return Err(AppError::NotFound("fact")) };
        if applicant
            .agency
            .as_ref()
            .is_some_and(|Agency { principal, .. }| principal.register != *register || principal.key != key)
        {
            return Ok(false);
        }
        let record = self
            .record(&Purpose::draft(&applicant.person, service).by(applicant.agency.as_ref()), register, key)
            .await?;
        Ok(record.is_some_and(|record| record.held_by.as_ref() == Some(&applicant.person)))
    }

    /// The writes that bring what was corrected to the record which the case entered into a register, over the record as it stands: its keeper may have
    /// added to it since. When the certificate is revoked or the decision falls, the record goes.
    pub(crate) async fn corrections(
        &self,
        service: &Service,
        case: CaseId,
        events: &[Event],
    ) -> Result<Vec<Put>, AppError> {
        let corrected: Vec<(&String, &Value)> = events
            .iter()
            .filter_map(|event| match &event.what {
                What::Corrected { fact, value, .. } => Some((&service.fact(fact)?.concept, value)),
                _ => None,
            })
            .collect();
        let falls = events.iter().any(|event| matches!(event.what, What::Revoked { .. } | What::Overturned { .. }));
        if corrected.is_empty() && !falls {
            return Ok(Vec::new());
        }
        let history = self.history(case).await?;
        let entered = history.iter().rev().find_map(|(_, event)| match &event.what {
            What::Ended { enter, .. } => Some(enter.as_ref()),
            _ => None,
        });
        let Some(Some(entered)) = entered else { return Ok(Vec::new()) };
        let Some(entry) = self.entry(&kind(&entered.register), &entered.key).await? else { return Ok(Vec::new()) };
        if falls {
            let Entry { kind, key, version, .. } = entry;
            return Ok(vec![Put { kind, key, owner: None, body: None, expected: Some(version) }]);
        }
        let mut record: Record = serde_json::from_slice(&entry.body)?;
        let before = record.values.clone();
        for (concept, value) in corrected {
            record.values.entry(concept.clone()).and_modify(|own| own.clone_from(value));
        }
        if record.values == before {
            return Ok(Vec::new());
        }
        let body = Some(serde_json::to_vec(&record)?);
        Ok(vec![Put { kind: entry.kind, key: entry.key, owner: entry.owner, body, expected: Some(entry.version) }])
    }

    /// The record that each register fact names, and the applicant's own.
    pub(crate) async fn read_registers(
        &self,
        purpose: &Purpose<'_>,
        service: &Service,
        facts: &BTreeMap<Name, Value>,
        applicant: &str,
    ) -> Result<(BTreeMap<Name, Record>, BTreeMap<String, Value>), AppError> {
        let mut records = BTreeMap::new();
        for fact in &service.facts {
            let Source::Register { register, .. } = &fact.source else { continue };
            let Some(key) = facts.get(&fact.name).and_then(reading::record_key) else { continue };
            if let Some(record) = self.record(purpose, register, &key).await? {
                records.insert(fact.name.clone(), record);
            }
        }
        let own = self.record(purpose, "people", applicant).await?.map(|record| record.values).unwrap_or_default();
        Ok((records, own))
    }
}
