//! What the public log says of an event: the facts that the definition calls public, and salted commitments to the rest.
//!
//! Must not know of: tiles, where the log is kept. A leaf is a pure function of the event's row and the definition, so it can be made again
//! after a crash and comes out the same.

use std::collections::BTreeMap;

use definition::model::Service;
use definition::value::Value;
use engine::case::{Cause, Decider, Digest};
use engine::event::{Event, Vacancy, What};
use engine::lot::{self, Bound, Evidence, Lot, Proof, Source};
use engine::mandate::{self, MandateAct, MandateEvent};
use engine::roster::{self, RosterAct, RosterActor, RosterEvent};
use log::commitment::Commitment;
use log::leaf::Leaf;
use log::value::Value as PublicValue;
use sha2::{Digest as _, Sha256};

use crate::row::Row;

/// Why no leaf can be made of an event.
#[derive(Debug, thiserror::Error)]
pub enum NoLeaf {
    /// A fact cannot be written as JSON.
    #[error("a fact cannot be written: {0}")]
    Fact(#[from] serde_json::Error),
    /// A salt is too short.
    #[error("{0}")]
    Salt(#[from] log::commitment::SaltError),
}

/// The leaf of an event.
///
/// # Errors
/// [`NoLeaf`]; no event that the engine made is refused.
pub fn of(row: &Row<'_>, event: &Event, service: &Service, definition: Digest) -> Result<Leaf, NoLeaf> {
    let mut public = public(&event.what);
    let mut commitments = BTreeMap::new();
    let salt = |name: &str| salt(row.salt, name);
    for (name, value) in facts(&event.what) {
        let is_public = service.fact(name).is_some_and(|fact| fact.public);
        match public_value(value).filter(|_| is_public) {
            Some(value) => drop(public.insert(format!("fact.{name}"), value)),
            None => {
                let commitment = commitment(&salt(name), &serde_json::to_vec(value)?)?;
                commitments.insert(format!("fact.{name}"), commitment);
            }
        }
    }
    if let Some(signed) = &event.signed {
        public.insert("signed".to_owned(), PublicValue::Bool(true));
        commitments.insert("credential".to_owned(), commitment(&salt("credential"), &signed.credential)?);
    }
    if let Some(under) = &event.under {
        public.insert("agent".to_owned(), PublicValue::Bool(true));
        commitments.insert("agent".to_owned(), commitment(&salt("agent"), under.agent.as_bytes())?);
        commitments.insert("mandate".to_owned(), commitment(&salt("mandate"), &under.mandate.0)?);
    }
    commitments.insert("event".to_owned(), commitment(&salt("event"), row.body)?);
    Ok(Leaf {
        case: pseudonym(&row.case.0),
        sequence: row.seq,
        previous: row.previous,
        kind: event.what.kind().to_owned(),
        stage: row.stage.map(str::to_owned),
        time_ms: event.at.as_millisecond(),
        public,
        commitments,
        definition: definition.0,
    })
}

/// The salt of one of an event's commitments: SHA-256(the event's salt || the commitment's name, of a fact without `fact.`).
pub fn salt(event: &[u8; 32], name: &str) -> [u8; 32] {
    Sha256::new_with_prefix(event).chain_update(name).finalize().into()
}

/// The leaf of an event of the roster's stream: what was done and whether a passkey signed it, never to whom. In the place of a definition stands
/// the hash of the stream's rules.
///
/// # Errors
/// [`NoLeaf`]; no event that the engine made is refused.
pub fn of_roster(row: &Row<'_>, event: &RosterEvent) -> Result<Leaf, NoLeaf> {
    let by = if event.by == RosterActor::Operator { "operator" } else { "officer" };
    let signed = PublicValue::Bool(event.signed.is_some());
    let mut public =
        BTreeMap::from([("by".to_owned(), PublicValue::Text(by.to_owned())), ("signed".to_owned(), signed)]);
    if let RosterAct::Join { role, weight, .. } = &event.act {
        public.insert("role".to_owned(), PublicValue::Text(role.clone()));
        public.insert("weight".to_owned(), PublicValue::Int(i64::from(*weight)));
    }
    if let RosterAct::Address { url } = &event.act {
        public.insert("address".to_owned(), PublicValue::Text(url.clone()));
    }
    let mut commitments = BTreeMap::new();
    let mut commit = |name: &str, bytes: &[u8]| -> Result<(), NoLeaf> {
        commitments.insert(name.to_owned(), commitment(&salt(row.salt, name), bytes)?);
        Ok(())
    };
    if let Some(officer) = event.act.officer() {
        commit("officer", officer.as_bytes())?;
    }
    if let RosterAct::AddPasskey { credential, .. } | RosterAct::WithdrawPasskey { credential, .. } = &event.act {
        commit("passkey", credential)?;
    }
    if let Some(signed) = &event.signed {
        commit("credential", &signed.credential)?;
    }
    commit("event", row.body)?;
    Ok(Leaf {
        case: pseudonym(&row.case.0),
        sequence: row.seq,
        previous: row.previous,
        kind: event.act.kind().to_owned(),
        stage: None,
        time_ms: event.at.as_millisecond(),
        public,
        commitments,
        definition: roster::rules().0,
    })
}

/// The leaf of an event of a mandate's stream: what was done and when, never by whom or for whom. In the place of a definition stands the hash of the
/// streams' rules.
///
/// # Errors
/// [`NoLeaf`]; no event that the engine made is refused.
pub fn of_mandate(row: &Row<'_>, event: &MandateEvent) -> Result<Leaf, NoLeaf> {
    let mut commitments = BTreeMap::new();
    let mut commit = |name: &str, bytes: &[u8]| -> Result<(), NoLeaf> {
        commitments.insert(name.to_owned(), commitment(&salt(row.salt, name), bytes)?);
        Ok(())
    };
    commit("person", event.by.as_bytes())?;
    if let MandateAct::Give { principal, agent, .. } = &event.act {
        commit("agent", agent.as_bytes())?;
        commit("principal", &serde_json::to_vec(principal)?)?;
    }
    commit("event", row.body)?;
    Ok(Leaf {
        case: pseudonym(&row.case.0),
        sequence: row.seq,
        previous: row.previous,
        kind: event.act.kind().to_owned(),
        stage: None,
        time_ms: event.at.as_millisecond(),
        public: BTreeMap::new(),
        commitments,
        definition: mandate::rules().0,
    })
}

fn commitment(salt: &[u8; 32], bytes: &[u8]) -> Result<Commitment, NoLeaf> {
    Ok(Commitment::to_bytes(bytes, salt)?)
}

/// The name of a case in the log: SHA-256("panjereh case v1" || id), its first 16 bytes. Whoever has the id finds the leaves; nobody finds the id.
pub fn pseudonym(case: &[u8; 16]) -> [u8; 16] {
    let digest: [u8; 32] = Sha256::new_with_prefix(b"panjereh case v1").chain_update(case).finalize().into();
    digest.first_chunk().copied().unwrap_or_default()
}

/// The facts that an event carries.
pub fn facts(what: &What) -> Vec<(&String, &Value)> {
    match what {
        What::Opened(opened) => opened.facts.iter().chain(&opened.read).collect(),
        What::Supplied { facts, read, .. } => facts.iter().chain(read).collect(),
        What::Decided { facts, .. } | What::Computed { facts, .. } => facts.iter().collect(),
        What::Corrected { fact, value, .. } => vec![(fact, value)],
        What::Booked { function, posted } => vec![(function, posted)],
        _ => Vec::new(),
    }
}

/// What everybody may know of an event: how the case moved, on what ground, by which rows. Never a person, never words that people wrote.
fn public(what: &What) -> BTreeMap<String, PublicValue> {
    let text = |text: &str| PublicValue::Text(text.to_owned());
    let mut public = BTreeMap::new();
    let mut say = |name: &str, value: PublicValue| drop(public.insert(name.to_owned(), value));
    match what {
        What::Opened(opened) => say("service", text(&opened.service)),
        What::Entered { due, .. } => {
            due.iter().for_each(|(clock, due)| say(&format!("due.{clock}"), PublicValue::Int(due.as_millisecond())));
        }
        What::Lot { .. } | What::Shared { .. } | What::Drawn { .. } | What::Seated { .. } | What::Vacated { .. } => {
            seats(what).into_iter().for_each(|(name, value)| say(name, value));
        }
        What::Ruled { table, rows, .. } => {
            say("table", text(table));
            say("rows", text(&rows.iter().map(u32::to_string).collect::<Vec<_>>().join(",")));
        }
        What::Computed { function, .. } | What::Booked { function, .. } | What::Unbooked { function, .. } => {
            say("function", text(function));
        }
        What::Decided { route, grounds, by, .. } => {
            say("route", text(route));
            say("by", text(decider(by)));
            if let Decider::Matter(case) = by {
                say("with", PublicValue::Bytes(pseudonym(&case.0).to_vec()));
            }
            if !grounds.is_empty() {
                say("ground", text(&grounds.join(",")));
            }
        }
        What::Asked { items, due, .. } => {
            say("items", PublicValue::Int(i64::try_from(items.len()).unwrap_or(i64::MAX)));
            say("due", PublicValue::Int(due.as_millisecond()));
        }
        What::Consulted { branch, opinion, ground, officer, .. } => {
            say("branch", text(branch));
            say("opinion", text(if *opinion == definition::model::Opinion::Agree { "agree" } else { "object" }));
            say("deemed", PublicValue::Bool(officer.is_none()));
            ground.iter().for_each(|ground| say("ground", text(ground)));
        }
        What::Lapsed { clock, due, .. } => {
            say("clock", text(clock));
            say("due", PublicValue::Int(due.as_millisecond()));
        }
        What::Ended { outcome, certificate, .. } => {
            say("outcome", text(outcome_name(*outcome)));
            certificate.iter().for_each(|issued| say("certificate", text(&issued.certificate)));
        }
        What::Appealed { by } | What::Overturned { by } => say("by", PublicValue::Bytes(pseudonym(&by.0).to_vec())),
        What::Overtook { ground, .. } | What::Revoked { ground, .. } => say("ground", text(ground)),
        What::Erased { concepts, cause, .. } => {
            say("concepts", text(&concepts.join(",")));
            match cause {
                Cause::Retention => say("cause", text("retention")),
                Cause::Ground(ground) => {
                    say("cause", text("ground"));
                    say("ground", text(ground));
                }
            }
        }
        // What one of several officers signed for or proposed is nobody's to know before the others have; what came of it says it.
        What::Signed { .. } | What::Proposed { .. } | What::Convened { .. } | What::Kept { .. } => {}
        What::Supplied { .. } | What::Paid { .. } | What::Withdrawn { .. } | What::Corrected { .. } => {}
    }
    public
}

/// How seats are filled and given up, without anybody's name, and how chance decides.
fn seats(what: &What) -> Vec<(&'static str, PublicValue)> {
    let text = |text: &str| PublicValue::Text(text.to_owned());
    let bytes = |bytes: &[u8]| PublicValue::Bytes(bytes.to_vec());
    match what {
        What::Lot { seat, lot } => std::iter::once(("seat", text(seat))).chain(fixed(lot)).collect(),
        What::Shared { seat, case, .. } | What::Seated { seat, case, .. } => {
            vec![("seat", text(seat)), ("with", bytes(&pseudonym(&case.0)))]
        }
        What::Drawn { seat, draw } => {
            let candidates = PublicValue::Int(i64::try_from(draw.candidates.len()).unwrap_or(i64::MAX));
            let mut said = vec![
                ("seat", text(seat)),
                ("roster", bytes(&draw.roster.0)),
                ("randomness", bytes(&draw.randomness.0)),
                ("candidates", candidates),
            ];
            said.extend(draw.is_of_routes().then(|| ("routes", text(&lot::in_words(&draw.routes)))));
            said.extend(draw.route.iter().map(|route| ("route", text(route))));
            said.extend(draw.proof.iter().flat_map(proof));
            said
        }
        What::Vacated { seat, why, .. } => vec![("seat", text(seat)), ("why", text(vacancy(*why)))],
        _ => Vec::new(),
    }
}

/// What a lot fixes, without anybody's name.
fn fixed(lot: &Lot) -> Vec<(&'static str, PublicValue)> {
    let mut said = source(&lot.source);
    said.extend([
        ("matter", PublicValue::Text(lot.matter.clone())),
        ("people", PublicValue::Int(i64::from(lot.people))),
        ("roster", PublicValue::Bytes(lot.roster.0.to_vec())),
        ("candidates", PublicValue::Int(i64::try_from(lot.candidates.len()).unwrap_or(i64::MAX))),
    ]);
    // Between which routes chance decides is nobody's secret, nor is what binds beside it.
    said.extend((!lot.routes.is_empty()).then(|| ("routes", PublicValue::Text(lot::in_words(&lot.routes)))));
    said.extend(lot.bound.iter().flat_map(|Bound { route, case }| {
        [("bound", PublicValue::Text(route.clone())), ("with", PublicValue::Bytes(pseudonym(&case.0).to_vec()))]
    }));
    said
}

/// Where a draw's randomness will come from.
fn source(source: &Source) -> Vec<(&'static str, PublicValue)> {
    let text = |text: &str| PublicValue::Text(text.to_owned());
    let bytes = |digest: &Digest| PublicValue::Bytes(digest.0.to_vec());
    match source {
        Source::Drand { chain, round } => vec![
            ("source", text("drand")),
            ("chain", bytes(chain)),
            ("round", PublicValue::Int(i64::try_from(*round).unwrap_or(i64::MAX))),
        ],
        Source::Vrf { keys: [first, second] } => {
            vec![("source", text("vrf")), ("key.1", bytes(first)), ("key.2", bytes(second))]
        }
    }
}

/// What proves a draw's randomness, with the lot's leaf hash: anybody can verify it, and nobody learns from it who was drawn.
fn proof(proof: &Proof) -> Vec<(&'static str, PublicValue)> {
    let bytes = |bytes: &[u8]| PublicValue::Bytes(bytes.to_vec());
    let mut said = vec![("lot", bytes(&proof.leaf.0))];
    match &proof.evidence {
        Evidence::Drand { signature, previous, .. } => {
            said.push(("signature", bytes(signature)));
            said.extend((!previous.is_empty()).then(|| ("previous", bytes(previous))));
        }
        Evidence::Vrf { proofs: [first, second] } => {
            said.extend([("proof.1", bytes(&first.proof)), ("proof.2", bytes(&second.proof))]);
        }
    }
    said
}

/// An outcome as it stands in leaves, rows and words.
pub fn outcome_name(outcome: definition::model::Outcome) -> &'static str {
    use definition::model::Outcome;
    match outcome {
        Outcome::Granted => "granted",
        Outcome::Refused => "refused",
        Outcome::Lapsed => "lapsed",
        Outcome::Withdrawn => "withdrawn",
        Outcome::Closed => "closed",
    }
}

fn vacancy(why: Vacancy) -> &'static str {
    match why {
        Vacancy::Recused => "recused",
        Vacancy::Left => "left",
        Vacancy::Absent => "absent",
    }
}

fn decider(by: &Decider) -> &'static str {
    match by {
        Decider::Rule => "rule",
        Decider::Officers(_) => "officers",
        Decider::Silence(_) => "silence",
        Decider::Consult => "consult",
        Decider::Lot => "lot",
        Decider::Matter(_) => "matter",
        Decider::Undrawn => "undrawn",
    }
}

/// A value as the log can say it in clear. Texts and documents never are: people write names into them.
fn public_value(value: &Value) -> Option<PublicValue> {
    Some(match value {
        Value::Bool(value) => PublicValue::Bool(*value),
        Value::Code(code) => PublicValue::Text(code.clone()),
        Value::Decimal(number) => PublicValue::Text(number.to_string()),
        Value::Date(date) => PublicValue::Text(date.to_string()),
        Value::Money(money) => PublicValue::Text(format!("{} {}", money.amount(), money.currency)),
        Value::Text(_) | Value::Document(_) | Value::Place(_) | Value::List(_) => return None,
    })
}
