//! Certificates: made from what a case issued, shown with the log's proof, revoked on a status list.
//!
//! Must not know of: pages, COSE.

use std::collections::BTreeMap;

use credential::{Certificate, Claims, Input, Verdict};
use definition::model::{Applicant, Source};
use definition::value::Value;
use engine::CaseId;
use engine::case::Case;
use engine::reading;
use engine::world::Record;
use serde::{Deserialize, Serialize};
use store::{CaseRow, EventRow, MAX_ROWS, Put};

use crate::accounts::Account;
use crate::{App, AppError, status};

const KIND: &str = "certificate";
/// The kinds of events that issue a certificate: the end, and a correction after it, which makes what was issued before a wrong statement.
const ISSUING: [&str; 2] = ["ended", "corrected"];

/// A certificate as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    /// The COSE message, without a proof.
    #[serde(with = "hex::serde")]
    message: Vec<u8>,
    /// The log position of the event that issued it.
    position: u64,
}

/// A certificate for showing.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The certificate, with the log's proof as soon as there is one.
    pub certificate: Certificate,
    /// The same without the proof: small enough for a QR code that a telephone reads.
    pub bare: Certificate,
    /// What is to be thought of it now.
    pub verdict: Verdict,
}

impl App {
    /// The certificate of a case, for somebody who may see the case; none while it is being made.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the case issued none.
    pub async fn certificate(&self, account: &Account, case: CaseId) -> Result<Option<Shown>, AppError> {
        let view = self.case(account, case).await?;
        let issued = view.case.ended.as_ref().and_then(|ended| ended.certificate.as_ref());
        if issued.is_none() || !view.standing.sees() {
            return Err(AppError::NotFound("certificate"));
        }
        let Some((kept, _)) = self.kept_certificate(&view.row).await? else { return Ok(None) };
        let bare = Certificate::read(&kept.message).map_err(|error| AppError::Internal(error.to_string()))?;
        let proof = self.inclusion(kept.position).await?;
        let certificate = match proof {
            Some(proof) => {
                bare.with_inclusion(proof.as_bytes()).map_err(|error| AppError::Internal(error.to_string()))?
            }
            None => bare.clone(),
        };
        let verdict = self.verify(Input::Message(&certificate.to_cose_bytes())).await?;
        Ok(Some(Shown { certificate, bare, verdict }))
    }

    /// Judges a certificate against the zone's own keys and the status list that it names.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn verify(&self, input: Input<'_>) -> Result<Verdict, AppError> {
        let read = match input {
            Input::Text(text) => Certificate::read_text(text),
            Input::Message(message) => Certificate::read(message),
        };
        let status = read.as_ref().ok().and_then(|certificate| certificate.claims().status.as_ref());
        let number = status.map_or(0, |status| self.status_number(&status.uri));
        // The list under the address that the zone had then is the same list.
        let moved = status.filter(|status| status.uri.ends_with(&format!("/status/{number}")));
        let list = match self.status_list_as(number, moved.map(|status| status.uri.as_str())).await {
            // A list that is not there yet: the first one shows that another would be needed.
            Err(AppError::NotFound(_)) => self.status_list(0).await,
            list => list,
        }?;
        Ok(credential::verify(input, &self.issuer.trusted(), self.clock.now().as_second(), Some(&*list)))
    }

    /// Brings a case's certificate to what the case says now: makes it, makes it again after a correction, puts it on the status list when it was
    /// revoked or its decision fell. Doing it twice changes nothing, and the order of two reasons for it does not matter.
    pub(crate) async fn certify(&self, case: CaseId) -> Result<(), AppError> {
        let (row, service, state) = self.load(case).await?;
        let kept = self.kept_certificate(&row).await?;
        let issued = state.ended.as_ref().filter(|ended| ended.certificate.is_some());
        let position = if issued.is_some() { self.issuing(&row).await? } else { None };
        let mut revoked = Vec::new();
        if let Some((kept, _)) = kept.as_ref().filter(|(kept, _)| Some(kept.position) != position) {
            revoked.push(kept.position);
        }
        if issued.is_some_and(|ended| ended.revoked.is_some()) {
            revoked.extend(position);
        }
        let mut puts: Vec<Put> = revoked.iter().copied().map(status::revocation).collect();
        if let Some(position) = position
            && let Some(claims) = self.claims(&service, &state, position).await?
        {
            let certificate = self.issuer.issue(&claims).map_err(|error| AppError::Internal(error.to_string()))?;
            puts.push(Put {
                kind: KIND.to_owned(),
                key: key(&row),
                owner: None,
                body: Some(serde_json::to_vec(&Kept { message: certificate.to_cose_bytes(), position })?),
                expected: Some(kept.map_or(0, |(_, version)| version)),
            });
        }
        if puts.is_empty() {
            return Ok(());
        }
        self.store.put(puts).await?;
        revoked.into_iter().for_each(|position| self.forget_status_list(position));
        Ok(())
    }

    /// The log position of the event that issued the certificate which the case has now.
    async fn issuing(&self, row: &CaseRow) -> Result<Option<u64>, AppError> {
        let issuing = |event: &&EventRow| ISSUING.contains(&event.event.kind.as_str());
        let ended = |events: &[EventRow]| events.iter().rfind(issuing).map(|event| event.position);
        // Most often the end is the last that happened.
        let last = self.store.history(row.case, row.seq.saturating_sub(1), 1).await?;
        match ended(&last) {
            Some(position) => Ok(Some(position)),
            None => Ok(ended(&self.store.history(row.case, 0, MAX_ROWS).await?)),
        }
    }

    async fn claims(
        &self,
        service: &definition::model::Service,
        case: &Case,
        position: u64,
    ) -> Result<Option<Claims>, AppError> {
        let Some(ended) = &case.ended else { return Ok(None) };
        let Some(issued) = &ended.certificate else { return Ok(None) };
        let mut facts: BTreeMap<String, String> = service
            .facts
            .iter()
            .filter(|fact| fact.public)
            .filter_map(|fact| Some((fact.name.clone(), text(case.facts.get(&fact.name)?)?)))
            .collect();
        facts.extend(self.holder_name(service, case).await?.map(|name| ("holder".to_owned(), name)));
        Ok(Some(Claims {
            zone: self.zone().zone().name.clone(),
            holder: Some(case.applicant.clone()),
            issued_s: ended.at.as_second(),
            not_before_s: issued.from.as_second(),
            expires_s: issued.until.map(|until| until.as_second()),
            id: case.id.0.to_vec(),
            kind: issued.certificate.clone(),
            service: case.service.clone(),
            case: case.id.reference(),
            definition: case.definition.0.to_vec(),
            facts,
            status: Some(self.status_ref(position)),
        }))
    }

    /// What the holder is called in the registers: the company for which the applicant acted, or the applicant.
    async fn holder_name(&self, service: &definition::model::Service, case: &Case) -> Result<Option<String>, AppError> {
        let company = match service.applicant {
            Applicant::Company => self.company(service, case).await?,
            Applicant::Person => None,
        };
        match company.as_ref().and_then(name_in) {
            Some(name) => Ok(Some(name)),
            None => Ok(self.record("people", &case.applicant).await?.as_ref().and_then(name_in)),
        }
    }

    /// The company's own record: the first that a company's application names.
    async fn company(&self, service: &definition::model::Service, case: &Case) -> Result<Option<Record>, AppError> {
        for fact in &service.facts {
            let Source::Register { register, .. } = &fact.source else { continue };
            let Some(key) = case.facts.get(&fact.name).and_then(reading::record_key) else { continue };
            if let Some(record) = self.record(register, &key).await? {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    async fn kept_certificate(&self, row: &CaseRow) -> Result<Option<(Kept, u64)>, AppError> {
        let entry = self.entry(KIND, &key(row)).await?;
        entry.map(|entry| Ok((serde_json::from_slice(&entry.body)?, entry.version))).transpose()
    }
}

/// What a record calls the one it is about.
fn name_in(record: &Record) -> Option<String> {
    record.values.iter().find(|(concept, _)| concept.ends_with(".name")).and_then(|(_, value)| text(value))
}

/// Under what a case's certificate is kept: the log position at which the case was opened, so that certificates of one time lie together.
fn key(row: &CaseRow) -> String {
    format!("{:020}", row.opened)
}

/// An Ed25519 public key (RFC 8032), if the bytes are one.
pub fn public_key(bytes: &[u8; 32]) -> Option<ed25519_dalek::VerifyingKey> {
    ed25519_dalek::VerifyingKey::from_bytes(bytes).ok()
}

/// A value as a certificate states it.
fn text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Bool(value) => value.to_string(),
        Value::Code(text) | Value::Text(text) => text.clone(),
        Value::Decimal(number) => number.to_string(),
        Value::Money(money) => format!("{} {}", money.amount(), money.currency),
        Value::Date(date) => date.to_string(),
        Value::Document(_) | Value::Place(_) | Value::List(_) => return None,
    })
}
