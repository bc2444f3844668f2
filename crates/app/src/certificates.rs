//! Certificates: made from what a case issued, shown with the log's proof, revoked on a status list.
//!
//! Must not know of: pages, COSE.

use std::collections::BTreeMap;
use std::sync::Arc;

use credential::{
    Certificate, Claims, Input, SignedStatusList, Status, StatusBits, StatusList, StatusListTerms, StatusRef, Verdict,
};
use definition::model::Applicant;
use definition::value::Value;
use engine::CaseId;
use engine::case::Case;
use engine::event::What;
use serde::{Deserialize, Serialize};
use store::Put;

use crate::accounts::Account;
use crate::{App, AppError};

const KIND: &str = "certificate";
const STATUS: &str = "status-list";
/// The one list there is; a further one begins when it is full.
const LIST: &str = "1";
/// How long a published list may be believed.
const LIST_LIVES_S: i64 = 24 * 3600;
/// How long a signed list is given out before it is signed anew: so long does a revocation on another node stay unseen here.
const LIST_FRESH_S: i64 = 60;

/// The status list as it was signed last, and when, in seconds since 1970 UTC.
pub(crate) type SignedLately = (i64, Arc<SignedStatusList>);

/// A certificate as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    /// The COSE message, without a proof.
    #[serde(with = "hex::serde")]
    message: Vec<u8>,
    /// Its place on the status list.
    index: u64,
}

/// The status list as it is kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct KeptList {
    /// Places given so far.
    given: u64,
    /// Places revoked.
    revoked: Vec<u64>,
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
        let Some((kept, _)) = self.kept_certificate(case).await? else { return Ok(None) };
        let bare = Certificate::read(&kept.message).map_err(|error| AppError::Internal(error.to_string()))?;
        let ended = view.history.iter().rev().find(|(_, event)| matches!(event.what, What::Ended { .. }));
        let proof = match ended {
            Some((row, _)) => self.inclusion(row.position).await?,
            None => None,
        };
        let certificate = match proof {
            Some(proof) => {
                bare.with_inclusion(proof.as_bytes()).map_err(|error| AppError::Internal(error.to_string()))?
            }
            None => bare.clone(),
        };
        let verdict = self.verify(Input::Message(&certificate.to_cose_bytes())).await?;
        Ok(Some(Shown { certificate, bare, verdict }))
    }

    /// Judges a certificate against the zone's own keys and status list.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn verify(&self, input: Input<'_>) -> Result<Verdict, AppError> {
        let list = self.status_list().await?;
        let now_s = self.clock.now().as_second();
        Ok(credential::verify(input, &self.issuer.trusted(), now_s, Some(&*list)))
    }

    /// The signed status list, at most a minute old.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn status_list(&self) -> Result<Arc<SignedStatusList>, AppError> {
        let now_s = self.clock.now().as_second();
        if let Some((_, list)) =
            self.status.read().as_ref().filter(|(at_s, _)| now_s.saturating_sub(*at_s) < LIST_FRESH_S)
        {
            return Ok(Arc::clone(list));
        }
        let list = Arc::new(self.sign_status_list().await?);
        *self.status.write() = Some((now_s, Arc::clone(&list)));
        Ok(list)
    }

    async fn sign_status_list(&self) -> Result<SignedStatusList, AppError> {
        let internal = |error: &dyn std::fmt::Display| AppError::Internal(error.to_string());
        let (kept, _) = self.kept_list().await?;
        let mut list = StatusList::new(StatusBits::One, kept.given.max(8)).map_err(|error| internal(&error))?;
        for index in kept.revoked {
            list.set(index, Status::Invalid).map_err(|error| internal(&error))?;
        }
        let now_s = self.clock.now().as_second();
        let terms = StatusListTerms {
            uri: self.list_uri(),
            issued_s: now_s,
            expires_s: Some(now_s.saturating_add(LIST_LIVES_S)),
            refresh_s: Some(LIST_FRESH_S),
        };
        self.issuer.issue_status_list(&list, &terms).map_err(|error| internal(&error))
    }

    fn list_uri(&self) -> String {
        format!("{}/status/{LIST}", self.base_url)
    }

    /// Makes the certificate that a case issued, or makes it again with what stands now. Doing it twice gives the same certificate.
    pub(crate) async fn issue(&self, case: CaseId) -> Result<(), AppError> {
        let (_, service, state) = self.load(case).await?;
        let kept = self.kept_certificate(case).await?;
        let (index, list_put) = match &kept {
            Some((kept, _)) => (kept.index, None),
            None => self.next_index().await?,
        };
        let claims = self.claims(&service, &state, index).await?;
        let Some(claims) = claims else { return Ok(()) };
        let certificate = self.issuer.issue(&claims).map_err(|error| AppError::Internal(error.to_string()))?;
        let put = Put {
            kind: KIND.to_owned(),
            key: case.to_string(),
            owner: Some(state.applicant),
            body: Some(serde_json::to_vec(&Kept { message: certificate.to_cose_bytes(), index })?),
            expected: Some(kept.map_or(0, |(_, version)| version)),
        };
        self.store.put(std::iter::once(put).chain(list_put).collect()).await?;
        *self.status.write() = None;
        Ok(())
    }

    /// Puts the revocation of a case's certificate on the status list. Doing it twice changes nothing.
    pub(crate) async fn publish_revocation(&self, case: CaseId) -> Result<(), AppError> {
        let (certificate, _) = self
            .kept_certificate(case)
            .await?
            .ok_or_else(|| AppError::Internal(format!("case {case} has no certificate to revoke")))?;
        let (mut list, version) = self.kept_list().await?;
        if !list.revoked.contains(&certificate.index) {
            list.revoked.push(certificate.index);
            self.store.put(vec![list_put(&list, version)?]).await?;
            *self.status.write() = None;
        }
        Ok(())
    }

    async fn claims(
        &self,
        service: &definition::model::Service,
        case: &Case,
        index: u64,
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
            status: Some(StatusRef { uri: self.list_uri(), index }),
        }))
    }

    /// What the holder is called in the registers: the company for which the applicant acted, or the applicant.
    async fn holder_name(&self, service: &definition::model::Service, case: &Case) -> Result<Option<String>, AppError> {
        let (records, own) = self.read_registers(service, &case.facts, &case.applicant).await?;
        let named = |values: &BTreeMap<String, Value>| {
            values.iter().find(|(concept, _)| concept.ends_with(".name")).and_then(|(_, value)| text(value))
        };
        let company = match service.applicant {
            Applicant::Company => service.facts.iter().find_map(|fact| records.get(&fact.name)),
            Applicant::Person => None,
        };
        Ok(company.and_then(|record| named(&record.values)).or_else(|| named(&own)))
    }

    async fn kept_certificate(&self, case: CaseId) -> Result<Option<(Kept, u64)>, AppError> {
        let entry = self.entry(KIND, &case.to_string()).await?;
        entry.map(|entry| Ok((serde_json::from_slice(&entry.body)?, entry.version))).transpose()
    }

    async fn kept_list(&self) -> Result<(KeptList, u64), AppError> {
        match self.entry(STATUS, LIST).await? {
            Some(entry) => Ok((serde_json::from_slice(&entry.body)?, entry.version)),
            None => Ok((KeptList::default(), 0)),
        }
    }

    async fn next_index(&self) -> Result<(u64, Option<Put>), AppError> {
        let (mut list, version) = self.kept_list().await?;
        let index = list.given;
        list.given = list.given.saturating_add(1);
        Ok((index, Some(list_put(&list, version)?)))
    }
}

fn list_put(list: &KeptList, version: u64) -> Result<Put, AppError> {
    Ok(Put {
        kind: STATUS.to_owned(),
        key: LIST.to_owned(),
        owner: None,
        body: Some(serde_json::to_vec(list)?),
        expected: Some(version),
    })
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
