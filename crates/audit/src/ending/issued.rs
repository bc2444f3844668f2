//! A certificate beside its case.
//!
//! Must not know of: how it was read.

use std::collections::BTreeMap;

use credential::Certificate;
use definition::model::{Service, StageKind};
use definition::value::Value;
use engine::CaseId;

use crate::kept::Kept;

/// A certificate as it was disclosed.
pub(crate) struct Issued<'a> {
    pub(crate) certificate: Certificate,
    /// The leaf that issued it, as the zone says.
    pub(crate) position: u64,
    /// The case that it names, if there is one.
    pub(crate) case: Option<&'a Kept>,
    pub(crate) service: Option<&'a Service>,
    pub(crate) zone: &'a str,
}

/// What a certificate must say.
pub(crate) struct Expected {
    pub(crate) zone: String,
    pub(crate) holder: Option<String>,
    pub(crate) issued_s: i64,
    pub(crate) not_before_s: i64,
    pub(crate) expires_s: Option<i64>,
    pub(crate) kind: String,
    pub(crate) service: String,
    pub(crate) case: String,
    pub(crate) definition: Vec<u8>,
    pub(crate) facts: BTreeMap<String, String>,
    pub(crate) status: Option<u64>,
    /// How the address of its status list ends: the zone may have had another address when it was issued.
    pub(crate) list: String,
    pub(crate) once: bool,
}

impl Issued<'_> {
    /// The case's id, as the certificate names it.
    pub(crate) fn id(certificate: &Certificate) -> Option<CaseId> {
        certificate.claims().id.as_slice().try_into().ok().map(CaseId)
    }

    /// What it is called in findings.
    pub(crate) fn place(&self) -> String {
        format!("certificate {}", self.certificate.claims().case)
    }

    /// What it must say; none where its case has no certificate any more, since then it says what the case said when it was
    /// issued, or knows no longer all that it said.
    pub(crate) fn expected(&self) -> Option<Expected> {
        let case = self.case?.case.as_ref().filter(|case| case.erased.is_empty())?;
        let ended = case.ended.as_ref()?;
        let issued = ended.certificate.as_ref()?;
        let public = self.service?.facts.iter().filter(|fact| fact.public);
        let facts = public.filter_map(|fact| Some((fact.name.clone(), text(case.facts.get(&fact.name)?)?)));
        Some(Expected {
            zone: self.zone.to_owned(),
            holder: Some(case.applicant.clone()),
            issued_s: ended.at.as_second(),
            not_before_s: issued.from.as_second(),
            expires_s: issued.until.map(|until| until.as_second()),
            kind: issued.certificate.clone(),
            service: case.service.clone(),
            case: case.id.reference(),
            definition: case.definition.0.to_vec(),
            facts: facts.collect(),
            status: Some(self.position.rem_euclid(super::LIST_WIDTH)),
            list: format!("/status/{}", self.position.div_euclid(super::LIST_WIDTH)),
            once: self.service.is_some_and(|service| is_once(service, &issued.certificate)),
        })
    }
}

/// Whether a certificate of this kind may be used once only.
fn is_once(service: &Service, kind: &str) -> bool {
    service.stages.iter().any(|stage| match &stage.kind {
        StageKind::End(end) => end.once && end.issue.as_deref() == Some(kind),
        _ => false,
    })
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
