//! A certificate beside its case.
//!
//! Must not know of: how it was read.

use std::collections::{BTreeMap, BTreeSet};

use credential::Certificate;
use definition::model::{Service, StageKind};
use definition::value::Value;
use engine::CaseId;
use engine::case::Case;

use crate::kept::Kept;
use crate::unfollowed::{Until, public_facts};

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

/// What a certificate must say, as far as the record knows it still.
pub(crate) struct Expected {
    pub(crate) zone: String,
    /// None where it was erased who holds it.
    pub(crate) holder: Option<String>,
    pub(crate) issued_s: i64,
    pub(crate) not_before_s: i64,
    /// None where it is not known until when it is valid; nothing in it where it is for ever.
    pub(crate) expires_s: Option<Option<i64>>,
    pub(crate) kind: String,
    pub(crate) service: Option<String>,
    pub(crate) case: String,
    pub(crate) definition: Vec<u8>,
    pub(crate) facts: BTreeMap<String, String>,
    /// Facts that it may state although the record does not know their values any more; none where any may be.
    pub(crate) forgotten: Option<BTreeSet<String>>,
    pub(crate) status: Option<u64>,
    /// How the address of its status list ends: the zone may have had another address when it was issued.
    pub(crate) list: String,
    pub(crate) once: Option<bool>,
}

/// What of it depends on whether the case was followed.
struct Said<'a> {
    holder: Option<&'a str>,
    kind: &'a str,
    issued_s: i64,
    not_before_s: i64,
    expires_s: Option<Option<i64>>,
    facts: BTreeMap<String, String>,
    /// Whether these are all public facts that it can state.
    is_all: bool,
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
    /// issued.
    pub(crate) fn expected(&self) -> Option<Expected> {
        let (kept, id) = (self.case?, Self::id(&self.certificate)?);
        let said = match &kept.case {
            Some(case) => self.of_case(kept, case)?,
            None => self.of_leaves(kept)?,
        };
        let forgotten = self.service.map(|service| {
            let public = service.facts.iter().filter(|fact| fact.public).map(|fact| &fact.name);
            public.filter(|name| !said.is_all && !said.facts.contains_key(*name)).cloned().collect()
        });
        Some(Expected {
            zone: self.zone.to_owned(),
            holder: said.holder.map(str::to_owned),
            issued_s: said.issued_s,
            not_before_s: said.not_before_s,
            expires_s: said.expires_s,
            kind: said.kind.to_owned(),
            service: self.service.map(|service| service.name.clone()),
            case: id.reference(),
            definition: kept.definition.0.to_vec(),
            forgotten,
            facts: said.facts,
            status: Some(self.position.rem_euclid(super::LIST_WIDTH)),
            list: format!("/status/{}", self.position.div_euclid(super::LIST_WIDTH)),
            once: self.service.map(|service| is_once(service, said.kind)),
        })
    }

    fn of_case<'c>(&self, kept: &Kept, case: &'c Case) -> Option<Said<'c>> {
        let ended = case.ended.as_ref()?;
        let issued = ended.certificate.as_ref()?;
        let is_all = case.erased.is_empty();
        // What was corrected after something was erased does not come onto the certificate any more.
        let is_newest = is_all || kept.issuing.last() == Some(&self.position);
        let facts = self.service.filter(|_| is_newest).map(|service| public_facts(service, case));
        Some(Said {
            holder: Some(case.applicant.as_str()).filter(|applicant| is_all || !applicant.is_empty()),
            kind: &issued.certificate,
            issued_s: ended.at.as_second(),
            not_before_s: issued.from.as_second(),
            expires_s: Some(issued.until.map(|until| until.as_second())),
            facts: facts.unwrap_or_default(),
            is_all,
        })
    }

    /// The same by the leaves of a case of which something was erased.
    fn of_leaves<'k>(&self, kept: &'k Kept) -> Option<Said<'k>> {
        let issue = kept.unfollowed.as_ref()?.issued.get(&self.position)?;
        let issued_s = issue.ended_ms.div_euclid(1000);
        Some(Said {
            holder: None,
            kind: &issue.kind,
            issued_s,
            not_before_s: issued_s,
            expires_s: match issue.until {
                Until::Unknown => None,
                Until::Never => Some(None),
                Until::At(until_s) => Some(Some(until_s)),
            },
            facts: issue.facts.clone(),
            is_all: false,
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
pub(crate) fn text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Bool(value) => value.to_string(),
        Value::Code(text) | Value::Text(text) => text.clone(),
        Value::Decimal(number) => number.to_string(),
        Value::Money(money) => format!("{} {}", money.amount(), money.currency),
        Value::Date(date) => date.to_string(),
        Value::Document(_) | Value::Place(_) | Value::List(_) => return None,
    })
}
