//! A mandate: a company lets a person act for it. Each is a recorded stream of its own, a fold of its events, like a case.
//!
//! Must not know of: storage, the clock, who holds what in a register (it is told), any case.
//!
//! The streams stand in the same log as the cases, under ids that no case can have. One stream is one mandate: so nobody waits for another company's
//! acts, and the log does not tell how many mandates a company gave. What somebody does to a mandate and what the record says came of it are the
//! same: an act that is allowed is its own event.

mod act;
mod decide;
mod standing;

use std::collections::BTreeMap;

use definition::model::{Applicant, Fact, Name, Service, Source};
use definition::value::Value;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::CaseId;
use crate::case::{Digest, Person};
use crate::reading;

pub use act::{MandateAct, MandateEvent};
pub use decide::{DAYS_MAX, MandateRefusal, OPEN_MAX, Offered, decide};
pub use standing::{Lacking, Mandate, Standing};

/// What the id of a mandate's stream begins with.
const PREFIX: [u8; 6] = *b"mandat";

/// The id of a new mandate's stream, from random bytes. With 80 random bits it cannot be guessed.
pub fn stream(random: &[u8; 32]) -> CaseId {
    let mut id = [0; 16];
    for (to, from) in id.iter_mut().zip(PREFIX.iter().chain(random)) {
        *to = *from;
    }
    CaseId(id)
}

/// Whether an id is a mandate's: a case's is drawn anew if it comes out as one (once in 2^48).
pub fn is_stream(id: &CaseId) -> bool {
    id.0.starts_with(&PREFIX)
}

/// What stands in the place of a definition's hash: SHA-256("panjereh mandate v1"), the rules of this module.
pub fn rules() -> Digest {
    Digest(Sha256::digest(b"panjereh mandate v1").into())
}

/// Whoever lets somebody act for it: a record of a register, such as a company.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Principal {
    /// The register.
    pub register: Name,
    /// The record's key.
    pub key: String,
}

/// Somebody acting for another under a mandate: what an event says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// The mandate.
    pub mandate: CaseId,
    /// Who acts.
    pub agent: Person,
    /// For whom.
    pub principal: Principal,
}

/// Whether a service can be used for a principal of this register by an agent: it is for companies or households, and all that the applicant brings of their own is
/// that record. What belongs to the holder as a person is no agent's to choose from.
pub fn can_use(service: &Service, register: &str) -> bool {
    let takes_some = service.facts.iter().any(|fact| own_register(fact).is_some());
    service.applicant != Applicant::Person && takes_some && can_appeal(service, register)
}

/// Whether an agent for a principal of this register can use a service that hears an appeal: it may be anybody's to use and take nothing of theirs, but
/// what it takes of their own is that record.
pub fn can_appeal(service: &Service, register: &str) -> bool {
    service.facts.iter().filter_map(own_register).all(|one| one == register)
}

/// Whether a case of a service, with these facts, is one in which an agent may act for the principal: it names the principal, and nothing else that its
/// holder has.
pub fn is_about(service: &Service, facts: &BTreeMap<String, Value>, principal: &Principal) -> bool {
    let names = |fact: &Fact| facts.get(&fact.name).and_then(reading::record_key).as_ref() == Some(&principal.key);
    let own = |fact: &&Fact| own_register(fact).is_some();
    can_use(service, &principal.register) && service.facts.iter().filter(own).any(names)
}

/// The facts among those given that name another record of the principal's register: an agent acts for one principal, whatever else its holder has.
pub fn strangers<'f>(
    service: &Service,
    given: &'f BTreeMap<Name, Value>,
    principal: &'f Principal,
) -> impl Iterator<Item = &'f Name> {
    let own = |name: &str| service.fact(name).and_then(own_register).map(|register| *register == principal.register);
    let stranger = move |(name, value): &(&Name, &Value)| match own(name) {
        Some(true) => reading::record_key(value).as_ref() != Some(&principal.key),
        Some(false) => true,
        None => false,
    };
    given.iter().filter(stranger).map(|(name, _)| name).collect::<Vec<_>>().into_iter()
}

/// The register from which the applicant chooses among what they hold themselves.
fn own_register(fact: &Fact) -> Option<&Name> {
    match &fact.source {
        Source::Register { register, held_by: None } => Some(register),
        _ => None,
    }
}
