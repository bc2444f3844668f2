//! Certificates: made from what a case issued, shown with the log's proof, revoked on a status list.
//!
//! Must not know of: pages, COSE.

use std::collections::BTreeMap;

use credential::{Certificate, Claims, Input, Verdict};
use customs::functions::lets_go;
use definition::model::{Applicant, Service, StageKind};
use definition::value::Value;
use engine::CaseId;
use engine::case::Case;
use engine::world::Record;
use serde::{Deserialize, Serialize};
use store::{CaseRow, EventRow, MAX_ROWS, Put};

use crate::accounts::Account;
use crate::leftovers::{LetGo, Load, let_go};
use crate::reads::{Purpose, named_record};
use crate::{App, AppError, status};

pub(crate) const KIND: &str = "certificate";
/// How the names of what a certificate says of a load begin.
pub const LOAD: &str = "load.";
/// The kinds of events that issue a certificate: the end, and a correction after it, which makes what was issued before a wrong statement.
const ISSUING: [&str; 2] = ["ended", "corrected"];

/// A certificate as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The COSE message, without a proof.
    #[serde(with = "hex::serde")]
    pub(crate) message: Vec<u8>,
    /// The log position of the event that issued it.
    pub(crate) position: u64,
}

/// A certificate for showing.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The certificate, with the log's proof as soon as there is one.
    pub certificate: Certificate,
    /// The same without the proof: small enough for a QR code that a telephone reads.
    pub bare: Certificate,
    /// The same with the lower part of the proof, for a gate without a network that has the upper part; none while there is no proof.
    pub branched: Option<Certificate>,
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
        let Some((kept, _)) = self.kept_certificate(&view.row).await? else {
            // Of a case that forgot what stands on it, the zone has no copy any more; whoever holds it can show it still.
            return if view.case.erased.is_empty() { Ok(None) } else { Err(AppError::NotFound("certificate")) };
        };
        let bare = Certificate::read(&kept.message).map_err(|error| AppError::Internal(error.to_string()))?;
        let with = |proof: &[u8]| bare.with_inclusion(proof).map_err(|error| AppError::Internal(error.to_string()));
        let (certificate, branched) = match self.carried(kept.position).await? {
            Some((proof, branch)) => (with(proof.as_bytes())?, Some(with(&branch.encode())?)),
            None => (bare.clone(), None),
        };
        let verdict = self.verify(Input::Message(&certificate.to_cose_bytes())).await?;
        Ok(Some(Shown { certificate, bare, branched, verdict }))
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
    /// revoked, its decision fell or it is a warehouse receipt of which nothing is left. Doing it twice changes nothing, and the order of two reasons for it does not matter.
    pub(crate) async fn certify(&self, case: CaseId) -> Result<(), AppError> {
        let (row, service, state) = self.load(case).await?;
        let kept = self.kept_certificate(&row).await?;
        let issued = state.ended.as_ref().filter(|ended| ended.certificate.is_some());
        let mut position = match issued {
            // Most often the end is the last that happened.
            Some(ended) if ended.seq == row.seq => Some(row.last_position),
            Some(_) => self.issuing(&row).await?,
            None => None,
        };
        if let (Some((kept, _)), Some(newer)) = (&kept, position)
            && kept.position != newer
            && (!state.erased.is_empty() || self.still_says(&service, &state, kept).await?)
        {
            position = Some(kept.position);
        }
        let mut revoked = Vec::new();
        if let Some((kept, _)) = kept.as_ref().filter(|(kept, _)| Some(kept.position) != position) {
            revoked.push(kept.position);
        }
        let is_void = || self.has_void_receipt(&service, case);
        if let Some(ended) = issued
            && (ended.revoked.is_some() || is_void().await?)
        {
            revoked.extend(position);
        }
        let mut puts: Vec<Put> = revoked.iter().copied().map(status::revocation).collect();
        // What was issued stays as it was issued: a case that forgot something would state less.
        if let Some(position) = position.filter(|_| state.erased.is_empty())
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
        let history = self.store.history(row.case, 0, MAX_ROWS).await?;
        Ok(history.iter().rfind(issuing).map(|event| event.position))
    }

    /// Whether the certificate that was issued says what a new one would: what was corrected does not stand on it.
    async fn still_says(&self, service: &Service, case: &Case, kept: &Kept) -> Result<bool, AppError> {
        let certificate = Certificate::read(&kept.message).map_err(|error| AppError::Internal(error.to_string()))?;
        Ok(self.claims(service, case, kept.position).await?.as_ref() == Some(certificate.claims()))
    }

    async fn claims(&self, service: &Service, case: &Case, position: u64) -> Result<Option<Claims>, AppError> {
        let Some(ended) = &case.ended else { return Ok(None) };
        let Some(issued) = &ended.certificate else { return Ok(None) };
        let mut facts: BTreeMap<String, String> = service
            .facts
            .iter()
            .filter(|fact| fact.public)
            .filter_map(|fact| Some((fact.name.clone(), text(case.facts.get(&fact.name)?)?)))
            .collect();
        facts.extend(self.load_facts(service, case).await?);
        let names = self.holder_names(service, case).await?;
        facts.extend(names.into_iter().map(|(fact, name)| (fact.to_owned(), name)));
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
            once: is_once(service, &issued.certificate),
            status: Some(self.status_ref(position)),
        }))
    }

    /// What may leave with the certificate, where the case's end let goods go: the gate holds its scale against it. No fact of a service has a point in its name.
    async fn load_facts(&self, service: &Service, case: &Case) -> Result<Vec<(String, String)>, AppError> {
        let lets_go = service.stage(&case.stage).is_some_and(|stage| match &stage.kind {
            StageKind::End(end) => end.book.as_ref().is_some_and(|booking| lets_go(&booking.function)),
            _ => false,
        });
        if !lets_go {
            return Ok(Vec::new());
        }
        let history = self.history(case.id).await?;
        let Some(let_go) = let_go(history.iter().map(|(_, event)| event))? else { return Ok(Vec::new()) };
        Ok(stated(&let_go))
    }

    /// What the holder is called: whoever the case entered into a register by name, such as a company that it founds; else, as the registers
    /// say, the company for which the applicant acted, or the applicant. In Latin letters too, where a register has them.
    async fn holder_names(&self, service: &Service, case: &Case) -> Result<Vec<(&'static str, String)>, AppError> {
        let mut names = self.names_entered(service, case);
        let Some(purpose) = Purpose::certificate(case, service) else { return Ok(names) };
        if names.is_empty() && service.applicant != Applicant::Person {
            names = self.principal(&purpose, service, case).await?.as_ref().map(names_in).unwrap_or_default();
        }
        if names.is_empty() {
            let person = self.record(&purpose, "people", &case.applicant).await?;
            names = person.as_ref().map(names_in).unwrap_or_default();
        }
        Ok(names)
    }

    /// What the case calls the one that its end enters into a register which holds names.
    fn names_entered(&self, service: &Service, case: &Case) -> Vec<(&'static str, String)> {
        let end = service.stage(&case.stage).and_then(|stage| match &stage.kind {
            StageKind::End(end) => end.enter.as_ref(),
            _ => None,
        });
        let Some(register) = end.and_then(|name| self.zone().zone().registers.get(name)) else { return Vec::new() };
        let of_register = service.facts.iter().filter(|fact| register.holds.contains(&fact.concept));
        names(of_register.filter_map(|fact| Some((&fact.concept, case.facts.get(&fact.name)?))))
    }

    /// The record of the company or household: the first that an application for one names.
    async fn principal(
        &self,
        purpose: &Purpose<'_>,
        service: &Service,
        case: &Case,
    ) -> Result<Option<Record>, AppError> {
        for (_, register, key) in named_record(service, case) {
            if let Some(record) = self.record(purpose, register, &key).await? {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    /// The certificate that a case has now, as it is kept: what an id on a certificate leads to.
    pub(crate) async fn certificate_of(&self, case: CaseId) -> Result<Option<Certificate>, AppError> {
        let Some(row) = self.store.case(case).await? else { return Ok(None) };
        let Some((kept, _)) = self.kept_certificate(&row).await? else { return Ok(None) };
        Certificate::read(&kept.message).map(Some).map_err(|error| AppError::Internal(error.to_string()))
    }

    pub(crate) async fn kept_certificate(&self, row: &CaseRow) -> Result<Option<(Kept, u64)>, AppError> {
        let entry = self.entry(KIND, &key(row)).await?;
        entry.map(|entry| Ok((serde_json::from_slice(&entry.body)?, entry.version))).transpose()
    }
}

/// Whether the service's certificates of this type may be used once only.
fn is_once(service: &Service, certificate: &str) -> bool {
    let issues =
        |kind: &StageKind| matches!(kind, StageKind::End(end) if end.once && end.issue.as_deref() == Some(certificate));
    service.stages.iter().any(|stage| issues(&stage.kind))
}

/// What a record calls the one it is about.
fn names_in(record: &Record) -> Vec<(&'static str, String)> {
    names(record.values.iter())
}

/// Names among values, each by concept, as a certificate states them.
fn names<'v>(values: impl Iterator<Item = (&'v String, &'v Value)> + Clone) -> Vec<(&'static str, String)> {
    let ends = [(".name", "holder"), (".latin-name", "holder-latin")];
    let found = |(end, fact)| {
        let (_, value) = values.clone().find(|(concept, _)| concept.ends_with(end))?;
        Some((fact, text(value)?))
    };
    ends.into_iter().filter_map(found).collect()
}

/// Under what a case's certificate is kept: the log position at which the case was opened, so that certificates of one time lie together.
pub(crate) fn key(row: &CaseRow) -> String {
    format!("{:020}", row.opened)
}

/// An Ed25519 public key (RFC 8032), if the bytes are one.
pub fn public_key(bytes: &[u8; 32]) -> Option<ed25519_dalek::VerifyingKey> {
    ed25519_dalek::VerifyingKey::from_bytes(bytes).ok()
}

/// What was let go, as a certificate states it: codes, quantities with their units, and what all of it weighs in kilograms.
fn stated(let_go: &LetGo) -> Vec<(String, String)> {
    let joined = |each: &dyn Fn(&Load) -> String| let_go.loads.iter().map(each).collect::<Vec<_>>().join(", ");
    let mut stated = vec![
        (format!("{LOAD}commodity"), joined(&|load| load.commodity.to_string())),
        (format!("{LOAD}quantity"), joined(&|load| load.quantity.to_string())),
    ];
    stated.extend(let_go.gross().map(|gross| (format!("{LOAD}gross-mass"), gross.amount().to_string())));
    stated
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
