//! Passages: who went through a gate with which certificate, as the gate's telephone kept it while it had no network.
//!
//! Must not know of: how a gate judges a certificate, HTTP.
//!
//! A gate gives each passage an id of its own and sends it until it is told that it was taken. A passage is one entry under a key that follows from
//! it, so sending it again finds it there: nothing is lost and nothing is kept twice.
//!
//! A passage is evidence and is kept, whatever the gate should have known: with a pass that had ended or was revoked, with another certificate than the
//! case's own, or by a clock that is ahead. Why it does not count is kept with it (`passages/doubt.rs`), and the gate and its supervisor are told.
//!
//! A one-time certificate leaves once. Two gates without a network cannot know of each other, so each may let it pass; whichever comes second here
//! is kept like any other, and as a double passage that both gates and their supervisor are told of.
//!
//! Where somebody passed and when is known of the certificate's case: what is kept of it is listed under the case, is part of what its applicant can
//! take along, and goes with the first that the case forgets. That a one-time certificate left stays, under the case's name in the log.

mod doubt;

use std::collections::BTreeMap;

use credential::Certificate;
use definition::model::Name;
use engine::CaseId;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::{EntryQuery, Put};

use crate::accounts::Account;
use crate::{App, AppError};

pub use doubt::Doubt;

const PASSAGE: &str = "gate-passage";
const DOUBLE: &str = "gate-double";
const DOUBTED: &str = "gate-doubted";
/// Which entries of the other kinds are about a case, their owner.
const OF_CASE: &str = "gate-of-case";
/// One-time certificates that left.
pub(crate) const USED: &str = "gate-used";
/// Most passages that are taken at once.
pub const BATCH_MAX: usize = 200;
/// The most that a scale at a gate shows, in kilograms: more than any road vehicle weighs.
pub const GROSS_MASS_KG_MAX: u32 = 1_000_000;
/// Most double passages, and most that do not count, that a gate is told of at once: the newest.
const DOUBLES_TOLD: u32 = 20;
/// How often a passage is tried again when another gate's came between.
const TRIES: usize = 8;

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Into the zone.
    In,
    /// Out of it.
    Out,
}

/// What the gate made of the certificate. It lets nobody pass with one that it refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Seen {
    /// Signed, and proven by the log.
    Proven,
    /// Signed; the log's proof was not at hand.
    Signed,
}

/// A passage, as the gate says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its id: 128 random bits of the gate's.
    #[serde(with = "hex::serde")]
    pub id: [u8; 16],
    /// When, by the gate's clock.
    pub at: Timestamp,
    /// The certificate's id, which is its case's.
    pub certificate: CaseId,
    /// SHA-256 of the certificate's claims: a certificate that was issued anew has the same id.
    #[serde(with = "hex::serde")]
    pub hash: [u8; 32],
    /// Which way.
    pub direction: Direction,
    /// What the gate made of the certificate.
    pub seen: Seen,
    /// What the scale at the gate showed, in whole kilograms: load and vehicle together, at most [`GROSS_MASS_KG_MAX`]; none where nothing was weighed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gross_mass_kg: Option<u32>,
    /// What the vehicle weighs without its load, in whole kilograms, less than the former; none where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tare_mass_kg: Option<u32>,
}

/// A passage that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// The gate: its account's id.
    pub gate: String,
    /// What the gate says.
    pub passage: Passage,
    /// When it was handed in.
    pub taken: Timestamp,
    /// The certificate's type; none where the zone does not know the certificate.
    pub kind: Option<Name>,
    /// Why it does not count, as the zone saw it when it was handed in; none where the certificate held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
}

/// Passages of one one-time certificate, which should have been one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Double {
    /// The certificate's id.
    pub certificate: CaseId,
    /// The passages, as they were handed in.
    pub passages: Vec<Passed>,
}

/// An entry that is about a case.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    kind: String,
    key: String,
}

/// What became of a passage that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is kept now.
    Now,
    /// It was kept already.
    Before,
    /// It is kept now, and the certificate had left before, though it may once.
    Double,
    /// Another passage has this id and time: it is not kept.
    Differs,
}

/// One-time certificates that are valid after this second stand after this key.
pub(crate) fn until_key(until_s: i64) -> String {
    format!("{:020}", until_s.max(0))
}

/// Newest first, as the store lists keys upwards.
fn newest_first(at: Timestamp, id: &[u8; 16]) -> String {
    format!("{:020}-{}", i64::MAX.saturating_sub(at.as_millisecond().max(0)), hex::encode(id))
}

impl App {
    /// Takes passages that a gate hands in, each by itself: what became of each, in their order.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for an account that is no gate's. When the store goes away on the way, what was taken stays taken: send all again.
    pub async fn take_passages(&self, account: &Account, passages: &[Passage]) -> Result<Vec<Taken>, AppError> {
        if account.gate.is_none() {
            return Err(AppError::Forbidden);
        }
        let mut taken = Vec::new();
        for passage in passages.iter().take(BATCH_MAX) {
            taken.push(self.take_passage(&account.id, passage).await?);
        }
        Ok(taken)
    }

    async fn take_passage(&self, gate: &str, passage: &Passage) -> Result<Taken, AppError> {
        for _ in 0..TRIES {
            match self.try_passage(gate, passage).await {
                Err(AppError::Stale) => {}
                done => return done,
            }
        }
        Err(AppError::Unavailable("too many passages of one certificate at once".to_owned()))
    }

    async fn try_passage(&self, gate: &str, passage: &Passage) -> Result<Taken, AppError> {
        let key = newest_first(passage.at, &passage.id);
        if let Some(entry) = self.entry(PASSAGE, &key).await? {
            let kept: Passed = serde_json::from_slice(&entry.body)?;
            let same = kept.gate == gate && kept.passage == *passage;
            return Ok(if same { Taken::Before } else { Taken::Differs });
        }
        let certificate = self.certificate_of(passage.certificate).await?;
        let kind = certificate.as_ref().map(|certificate| certificate.claims().kind.clone());
        let taken = self.clock.now();
        let doubt = self.doubt(certificate.as_ref(), passage, taken).await?;
        let passed = Passed { gate: gate.to_owned(), passage: passage.clone(), taken, kind, doubt };
        let mut puts = vec![put(PASSAGE, key, Some(gate), &passed, Some(0))?];
        if doubt.is_some() {
            let key = format!("{}-{gate}", newest_first(taken, &passage.id));
            puts.push(put(DOUBTED, key, Some(gate), &passed, None)?);
        }
        let doubled = self.leaves(certificate.as_ref(), &passed, &mut puts).await?;
        let case = passage.certificate.to_string();
        let about = puts.iter().map(|put| {
            let about = About { kind: put.kind.clone(), key: put.key.clone() };
            let key = format!("{case}/{}/{}", about.kind, about.key);
            match put.body {
                Some(_) => self::put(OF_CASE, key, Some(&case), &about, None),
                None => Ok(gone(OF_CASE, key)),
            }
        });
        let about = about.collect::<Result<Vec<_>, _>>()?;
        puts.extend(about);
        puts.extend(self.passage_puts(passage.certificate, &passed).await?);
        self.store.put(puts).await?;
        *self.pack.write() = None;
        Ok(if doubled { Taken::Double } else { Taken::Now })
    }

    /// Writes down that a one-time certificate left; whether it had left before.
    async fn leaves(
        &self,
        certificate: Option<&Certificate>,
        passed: &Passed,
        puts: &mut Vec<Put>,
    ) -> Result<bool, AppError> {
        let claims = certificate.map(Certificate::claims).filter(|claims| claims.once);
        let Some(claims) = claims.filter(|_| passed.passage.direction == Direction::Out) else { return Ok(false) };
        let until_s = claims.expires_s.unwrap_or(credential::TIME_S_MAX);
        let key =
            format!("{}-{}", until_key(until_s), hex::encode(record::leaf::pseudonym(&passed.passage.certificate.0)));
        let before = self.entry(USED, &key).await?;
        let left_before = before.is_some();
        let mut passages: Vec<Passed> = match &before {
            Some(entry) => serde_json::from_slice(&entry.body)?,
            None => Vec::new(),
        };
        // What was told before is told anew with this passage: of three there is one tale, and not one of two beside one of three.
        if let [.., last] = &passages[..] {
            puts.extend(double_keys(&passages, last).into_values().map(|key| gone(DOUBLE, key)));
        }
        passages.push(passed.clone());
        puts.push(put(USED, key, None, &passages, Some(before.map_or(0, |entry| entry.version)))?);
        if !left_before {
            return Ok(false);
        }
        let keys = double_keys(&passages, passed);
        let double = Double { certificate: passed.passage.certificate, passages };
        for (gate, key) in keys {
            puts.push(put(DOUBLE, key, Some(&gate), &double, None)?);
        }
        Ok(true)
    }

    /// The passages with a case's certificates, the newest first.
    ///
    /// # Errors
    /// When the store is away.
    pub(crate) async fn passages_of(&self, case: CaseId) -> Result<Vec<Passed>, AppError> {
        let mut passages = Vec::new();
        for (_, about) in self.about(case).await? {
            if about.kind != PASSAGE {
                continue;
            }
            if let Some(entry) = self.entry(PASSAGE, &about.key).await? {
                passages.push(serde_json::from_slice(&entry.body)?);
            }
        }
        Ok(passages)
    }

    /// The writes after which nobody is known to have passed with a case's certificates. That a one-time certificate left is known still.
    pub(crate) async fn erase_passages(&self, case: CaseId) -> Result<Vec<Put>, AppError> {
        let mut puts = Vec::new();
        for (index, About { kind, key }) in self.about(case).await? {
            if kind == USED {
                // Whoever hands in a passage meanwhile must not be overlooked.
                let version = self.entry(USED, &key).await?.map(|entry| entry.version);
                puts.push(put(USED, key, None, &Vec::<Passed>::new(), version)?);
            } else {
                puts.push(gone(&kind, key));
            }
            puts.push(gone(OF_CASE, index));
        }
        Ok(puts)
    }

    /// The entries about a case, each with the key under which it is listed.
    async fn about(&self, case: CaseId) -> Result<Vec<(String, About)>, AppError> {
        let mut about: Vec<(String, About)> = Vec::new();
        loop {
            let after = about.last().map(|(key, _)| key.clone());
            let query =
                EntryQuery { kind: OF_CASE.to_owned(), key: None, owner: Some(case.to_string()), after, limit: 1000 };
            let page = self.store.entries(query).await?;
            if page.is_empty() {
                return Ok(about);
            }
            for entry in page {
                about.push((entry.key, serde_json::from_slice(&entry.body)?));
            }
        }
    }

    /// The double passages that a gate had a part in, the newest first.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a gate that is none of the account's.
    pub async fn double_passages(&self, account: &Account, gate: &str) -> Result<Vec<Double>, AppError> {
        self.gate_told(account, gate, DOUBLE).await
    }

    /// The passages of a gate that do not count, the newest first by when they were handed in.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a gate that is none of the account's.
    pub async fn doubted_passages(&self, account: &Account, gate: &str) -> Result<Vec<Passed>, AppError> {
        self.gate_told(account, gate, DOUBTED).await
    }

    async fn gate_told<T: DeserializeOwned>(
        &self,
        account: &Account,
        gate: &str,
        kind: &str,
    ) -> Result<Vec<T>, AppError> {
        self.sees_gate(account, gate).await?;
        let owner = Some(gate.to_owned());
        let query = EntryQuery { kind: kind.to_owned(), key: None, owner, after: None, limit: DOUBLES_TOLD };
        let entries = self.store.entries(query).await?;
        entries.iter().map(|entry| Ok(serde_json::from_slice(&entry.body)?)).collect()
    }

    /// The passages of a gate, the newest first, at most `limit` (1 to 1000); where to go on, if there may be more.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a gate that is none of the account's.
    pub async fn passages(
        &self,
        account: &Account,
        gate: &str,
        after: Option<String>,
        limit: u32,
    ) -> Result<(Vec<Passed>, Option<String>), AppError> {
        self.sees_gate(account, gate).await?;
        let owner = Some(gate.to_owned());
        let query = EntryQuery { kind: PASSAGE.to_owned(), key: None, owner, after, limit };
        let entries = self.store.entries(query).await?;
        let full = usize::try_from(limit) == Ok(entries.len());
        let next = entries.last().filter(|_| full).map(|entry| entry.key.clone());
        let passed = entries.iter().map(|entry| Ok(serde_json::from_slice(&entry.body)?));
        Ok((passed.collect::<Result<_, AppError>>()?, next))
    }

    /// The gates of the authorities that an account supervises, or its own.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn gates(&self, account: &Account) -> Result<Vec<Account>, AppError> {
        let mut gates = BTreeMap::new();
        for authority in account.supervises.iter().chain(&account.gate) {
            let of_authority = self.accounts_of(Some(authority)).await?.into_iter();
            gates.extend(of_authority.filter(|gate| is_gate_of(gate, account)).map(|gate| (gate.id.clone(), gate)));
        }
        Ok(gates.into_values().collect())
    }

    async fn sees_gate(&self, account: &Account, gate: &str) -> Result<(), AppError> {
        match self.account(gate).await {
            Ok(other) if is_gate_of(&other, account) => Ok(()),
            Ok(_) | Err(AppError::NotFound(_)) => Err(AppError::NotFound("gate")),
            Err(error) => Err(error),
        }
    }
}

fn is_gate_of(gate: &Account, account: &Account) -> bool {
    gate.gate.as_ref().is_some_and(|authority| gate.id == account.id || account.supervises.contains(authority))
}

/// The gates that had a part in these passages of one certificate, each with the key under which it is told, where this is the last of them.
fn double_keys(passages: &[Passed], last: &Passed) -> BTreeMap<String, String> {
    let at = newest_first(last.taken, &last.passage.id);
    passages.iter().map(|passed| (passed.gate.clone(), format!("{at}-{}", passed.gate))).collect()
}

fn gone(kind: &str, key: String) -> Put {
    Put { kind: kind.to_owned(), key, owner: None, body: None, expected: None }
}

fn put(
    kind: &str,
    key: String,
    owner: Option<&str>,
    body: &impl Serialize,
    expected: Option<u64>,
) -> Result<Put, AppError> {
    let body = Some(serde_json::to_vec(body)?);
    Ok(Put { kind: kind.to_owned(), key, owner: owner.map(str::to_owned), body, expected })
}
