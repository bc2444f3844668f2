//! What an application is about, so that withdrawing and filing again does not draw again: the officers who were drawn for a matter stay.
//!
//! Must not know of: how officers are drawn, how an application is judged.
//!
//! A matter is one applicant, one service and the same register records (the same company, the same parcel), and for an appeal the appealed case.
//! What the applicant writes does not count: a word changed would make another matter of it. An application that the applicant withdrew or let
//! lapse leaves its officers behind; a decision closes the matter.

use std::collections::BTreeMap;

use definition::model::{Outcome, Service, Source};
use definition::value::Value;
use engine::CaseId;
use engine::act::Earlier;
use engine::case::Case;
use engine::reading;
use sha2::{Digest, Sha256};
use store::Put;

use crate::{App, AppError};

const KIND: &str = "drawn";

/// SHA-256, in hexadecimal, of what makes the matter, as a JSON array.
fn key(
    service: &Service,
    applicant: &str,
    appeals: Option<CaseId>,
    facts: &BTreeMap<String, Value>,
) -> Result<String, AppError> {
    let registered = service.facts.iter().filter(|fact| matches!(fact.source, Source::Register { .. }));
    let records: Vec<(&String, Option<String>)> =
        registered.map(|fact| (&fact.name, facts.get(&fact.name).and_then(reading::record_key))).collect();
    let matter = serde_json::to_vec(&(&service.name, applicant, appeals, records))?;
    Ok(hex::encode(Sha256::digest(matter)))
}

/// The write that belongs to a case's end: its officers are kept for the matter, or the matter is closed.
pub(crate) fn put(service: &Service, case: &Case) -> Result<Option<Put>, AppError> {
    let Some(ended) = &case.ended else { return Ok(None) };
    let undecided = matches!(ended.outcome, Outcome::Withdrawn | Outcome::Lapsed);
    let body = if undecided {
        Some(serde_json::to_vec(&Earlier { case: case.id, officers: case.officers.clone() })?)
    } else {
        None
    };
    // Most cases leave nothing behind and follow nothing: they cost no write.
    if case.follows.is_none() && (body.is_none() || case.officers.is_empty()) {
        return Ok(None);
    }
    let key = key(service, &case.applicant, case.appeals, &case.facts)?;
    Ok(Some(Put { kind: KIND.to_owned(), key, owner: Some(case.applicant.clone()), body, expected: None }))
}

impl App {
    /// The application in the same matter that came to no decision, if there was one.
    pub(crate) async fn earlier(
        &self,
        service: &Service,
        applicant: &str,
        appeals: Option<CaseId>,
        facts: &BTreeMap<String, Value>,
    ) -> Result<Option<Earlier>, AppError> {
        let entry = self.entry(KIND, &key(service, applicant, appeals, facts)?).await?;
        entry.map(|entry| Ok(serde_json::from_slice(&entry.body)?)).transpose()
    }
}
