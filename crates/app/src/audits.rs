//! What auditors say of the zone's record: who may say it, what is taken, and what contradicts the zone.
//!
//! Must not know of: what an audit does, HTTP, how it is shown.
//!
//! The zone does not audit itself, and believes no auditor either: a note is kept if a named auditor signed it and the log's own key signed the tree
//! that it is about. If that tree is not the one that the zone has, the note proves by the zone's own signature that there are two, and it stays
//! for good. See ADR 16.

use std::collections::BTreeMap;

use bytes::Bytes;
use log::key::Algorithm;
use log::proof::{self, Head, ProofError};
use log::{Checkpoint, Hash, VerifierKey, checkpoint};
use record::audited::{AuditNote, AuditNoteError, Scope};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::{EntryQuery, Put};

use crate::jobs::sequencer;
use crate::logbook::{self, SIGNED};
use crate::witnesses::CLOCKS_APART_S;
use crate::{App, AppError};

/// The last note of each auditor.
const LAST: &str = "audit";
/// Notes that contradict the zone's log. None is ever taken away.
const CONTRADICTION: &str = "audit-contradiction";
/// Most auditors that a zone names.
pub const AUDITORS_MAX: usize = 32;
/// Most contradictions that are kept: each is a proof, and one would do.
const CONTRADICTIONS_MAX: u32 = 100;
/// How often a note is tried again when another of the same auditor came between.
const TRIES: usize = 8;

/// Why a note is not taken. Nothing is kept of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuditRefusal {
    /// It is no audit note.
    #[error("{0}")]
    Malformed(AuditNoteError),
    /// No auditor of that key is named here.
    #[error("the zone names no auditor with the key {0}")]
    UnknownAuditor(String),
    /// The auditor's signature is wrong.
    #[error("the auditor's signature does not fit what the note says")]
    NotSigned,
    /// It is about another log.
    #[error("the note is about the log {0}")]
    OtherLog(String),
    /// The log's key did not sign the checkpoint in it.
    #[error("the log did not sign the checkpoint in the note")]
    NotOfLog,
    /// It is dated in the future.
    #[error("the note is dated in the future")]
    Future,
}

impl AuditRefusal {
    /// A short name, as programs read it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Malformed(AuditNoteError::TooLong(_)) => "too-long",
            Self::Malformed(_) => "malformed",
            Self::UnknownAuditor(_) => "unknown-auditor",
            Self::NotSigned => "not-signed",
            Self::OtherLog(_) => "other-log",
            Self::NotOfLog => "not-of-log",
            Self::Future => "future",
        }
    }
}

/// What became of a note that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// It is kept now.
    Now,
    /// It was kept already.
    Before,
    /// A newer one of the same auditor is kept.
    Older,
    /// It contradicts the zone's log, and is kept as evidence.
    Contradicts,
    /// It contradicts the zone's log, and as many that do are kept already as the zone keeps.
    ContradictsNotKept,
}

/// A note that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptNote {
    /// The auditor: the name of the key.
    pub auditor: String,
    /// What it says.
    pub note: AuditNote,
    /// SHA-256 of the note's bytes, hexadecimal.
    pub sha256: String,
    /// When it was handed in, in milliseconds since 1970 UTC.
    pub taken_ms: i64,
}

/// An auditor whom the zone names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Auditor {
    /// The auditor's key.
    pub key: VerifierKey,
    /// The last audit that was reported; none where none was.
    pub last: Option<KeptNote>,
}

/// What auditors say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audits {
    /// Each auditor, in the order in which the settings name them.
    pub auditors: Vec<Auditor>,
    /// Notes that contradict the zone's log, whoever handed them in.
    pub contradictions: Vec<KeptNote>,
}

/// A note as it is kept.
#[derive(Serialize, Deserialize)]
struct Stored {
    auditor: String,
    note: String,
    taken_ms: i64,
}

impl Stored {
    /// What was kept, read again; none where it is not what was kept.
    fn read(entry: &store::Entry, log: &VerifierKey) -> Option<KeptNote> {
        let Self { auditor, note, taken_ms } = serde_json::from_slice(&entry.body).ok()?;
        let sha256 = hex::encode(Sha256::digest(note.as_bytes()));
        let note = AuditNote::parse(note.as_bytes()).ok().filter(|note| note.is_of_log(log))?;
        Some(KeptNote { auditor, note, sha256, taken_ms })
    }
}

impl App {
    /// Names those whose audits are shown.
    ///
    /// # Errors
    /// In words for the operator, when there are more than [`AUDITORS_MAX`], a key is named twice, is a witness's (type 0x04), or is the log's own.
    pub fn with_auditors(mut self, auditors: Vec<VerifierKey>) -> Result<Self, String> {
        let wrong = |why: String| Err(why);
        if auditors.len() > AUDITORS_MAX {
            return wrong(format!("{} auditors are named, and at most {AUDITORS_MAX} may be", auditors.len()));
        }
        for (number, key) in auditors.iter().enumerate() {
            let own = |other: &VerifierKey| (other.name(), other.id()) == (key.name(), key.id());
            if key.algorithm() != Algorithm::Ed25519 {
                return wrong(format!("{key} is a witness's key (type 0x04); an auditor's is of type 0x01"));
            }
            if auditors.iter().take(number).any(own) {
                return wrong(format!("the auditor {key} is named twice"));
            }
            if key.public_key() == self.log_verifier().public_key() {
                return wrong(format!("{key} is the key of the zone's own log: nobody audits themselves"));
            }
        }
        self.auditors = auditors;
        Ok(self)
    }

    /// Takes an auditor's note.
    ///
    /// # Errors
    /// [`AppError::Audit`] when it is not taken, and when the store or the object store is away.
    pub async fn report_audit(&self, bytes: &[u8]) -> Result<Reported, AppError> {
        let (auditor, note) = self.judge_note(bytes)?;
        if let Some(why) = self.contradicted(&note.checkpoint).await? {
            return self.keep_contradiction(auditor, bytes, &why).await;
        }
        for _ in 0..TRIES {
            match self.keep_note(auditor, bytes, &note).await {
                Err(AppError::Stale) => {}
                done => return done,
            }
        }
        Err(AppError::Unavailable("too many notes of one auditor at once".to_owned()))
    }

    /// Whose note it is, if it is one that is taken: of a named auditor, over a tree that the log's key signed, and not of the future.
    fn judge_note(&self, bytes: &[u8]) -> Result<(&VerifierKey, AuditNote), AuditRefusal> {
        let note = AuditNote::parse(bytes).map_err(AuditRefusal::Malformed)?;
        let (name, id) = note.signer().ok_or(AuditRefusal::NotSigned)?;
        let auditor = self.auditors.iter().find(|key| (key.name(), key.id()) == (name, id));
        let auditor = auditor.ok_or_else(|| AuditRefusal::UnknownAuditor(format!("{name}+{id:08x}")))?;
        if !note.is_of(auditor) {
            return Err(AuditRefusal::NotSigned);
        }
        if note.checkpoint.origin() != self.origin {
            return Err(AuditRefusal::OtherLog(note.checkpoint.origin().to_owned()));
        }
        if !note.is_of_log(self.log_verifier()) {
            return Err(AuditRefusal::NotOfLog);
        }
        let now_s = u64::try_from(self.clock.system().as_second()).unwrap_or(0);
        if note.audited.at_s > now_s.saturating_add(CLOCKS_APART_S) {
            return Err(AuditRefusal::Future);
        }
        Ok((auditor, note))
    }

    /// Why a tree that the log's key signed is not the zone's own; nothing where it is.
    pub(crate) async fn contradicted(&self, audited: &Checkpoint) -> Result<Option<String>, AppError> {
        let mut own = self.newest_own();
        if own.as_ref().is_none_or(|own| own.size() < audited.size()) {
            // Another process may have signed more than this one has seen.
            for file in [checkpoint::PATH, SIGNED] {
                let stands = sequencer::newest(self, file).await?.map(|stands| stands.checkpoint);
                own = own.into_iter().chain(stands).max_by_key(Checkpoint::size);
            }
        }
        let Some(own) = own.filter(|own| own.size() >= audited.size()) else {
            return Ok(Some(format!("the log's key signed {} entries, and this zone never did", audited.size())));
        };
        let root = self.root_at(audited.size(), &own).await?;
        let other = || format!("the log's key signed another root of {} entries: {}", audited.size(), audited.root());
        Ok((root != *audited.root()).then(other))
    }

    /// The newest checkpoint that this process knows, whether it is final or not.
    fn newest_own(&self) -> Option<Checkpoint> {
        let signed = self.signed.read().as_ref().map(|signed| signed.checkpoint.clone());
        signed.into_iter().chain(self.checkpoint().map(|published| published.checkpoint)).max_by_key(Checkpoint::size)
    }

    /// The root of the log's first entries. Files that do not lead to the root that stands say nothing of anybody.
    async fn root_at(&self, size: u64, own: &Checkpoint) -> Result<Hash, AppError> {
        let new = Head { size: own.size(), root: *own.root() };
        let found = logbook::with_files(&self.objects, |files| {
            let root = proof::root_of_first(files, size, new.size);
            let way = proof::consistency(files, size, new.size);
            let root = root?;
            proof::verify_consistency(&Head { size, root }, &new, &way?)?;
            Ok::<Hash, ProofError>(root)
        });
        let damaged = |error: ProofError| AppError::Unavailable(format!("the log's files are damaged: {error}"));
        found.await?.map_err(damaged)
    }

    async fn keep_note(&self, auditor: &VerifierKey, bytes: &[u8], note: &AuditNote) -> Result<Reported, AppError> {
        let key = entry_key(auditor);
        let before = self.entry(LAST, &key).await?;
        // What does not open is not what was kept, and gives way.
        let kept = before.as_ref().and_then(|entry| Stored::read(entry, self.log_verifier()));
        if let Some(kept) = kept.filter(|kept| kept.note.is_of(auditor)) {
            // Of the same second, the one that looked at more; then the one that found more, so that nothing is hidden by sending the other again.
            let age = |note: &AuditNote| {
                let AuditNote { audited, checkpoint, .. } = note;
                (audited.at_s, checkpoint.size(), audited.scope == Scope::Record, audited.faults, audited.remarks)
            };
            if kept.note == *note {
                return Ok(Reported::Before);
            }
            if age(&kept.note) >= age(note) {
                return Ok(Reported::Older);
            }
        }
        let expected = Some(before.map_or(0, |entry| entry.version));
        self.store.put(vec![self.stored(LAST, key, auditor, bytes, expected)?]).await?;
        let (faults, size) = (note.audited.faults, note.checkpoint.size());
        match faults {
            0 => tracing::info!(auditor = auditor.name(), size, "an audit was reported: nothing is wrong"),
            _ => tracing::error!(auditor = auditor.name(), size, faults, "an audit was reported: the record is wrong"),
        }
        Ok(Reported::Now)
    }

    async fn keep_contradiction(&self, auditor: &VerifierKey, bytes: &[u8], why: &str) -> Result<Reported, AppError> {
        let key = hex::encode(Sha256::digest(bytes));
        if self.entry(CONTRADICTION, &key).await?.is_some() {
            return Ok(Reported::Contradicts);
        }
        if self.contradictions().await?.len() >= CONTRADICTIONS_MAX as usize {
            tracing::error!(auditor = auditor.name(), why, "an audit contradicts this log, as many that are kept do");
            return Ok(Reported::ContradictsNotKept);
        }
        tracing::error!(auditor = auditor.name(), why, "an audit contradicts this log; the note is kept as evidence");
        self.store.put(vec![self.stored(CONTRADICTION, key, auditor, bytes, None)?]).await?;
        Ok(Reported::Contradicts)
    }

    fn stored(
        &self,
        kind: &str,
        key: String,
        auditor: &VerifierKey,
        bytes: &[u8],
        expected: Option<u64>,
    ) -> Result<Put, AppError> {
        let stored = Stored {
            auditor: auditor.name().to_owned(),
            // A note that was read is text.
            note: String::from_utf8_lossy(bytes).into_owned(),
            taken_ms: self.clock.system().as_millisecond(),
        };
        Ok(Put { kind: kind.to_owned(), key, owner: None, body: Some(serde_json::to_vec(&stored)?), expected })
    }

    async fn contradictions(&self) -> Result<Vec<store::Entry>, AppError> {
        let (kind, limit) = (CONTRADICTION.to_owned(), CONTRADICTIONS_MAX);
        Ok(self.store.entries(EntryQuery { kind, key: None, owner: None, after: None, limit }).await?)
    }

    /// What auditors say. Every signature is checked again: what somebody changed in the database is not shown.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn audits(&self) -> Result<Audits, AppError> {
        let open = |entry: &store::Entry| Stored::read(entry, self.log_verifier());
        let mut last: BTreeMap<String, KeptNote> = BTreeMap::new();
        for auditor in &self.auditors {
            let key = entry_key(auditor);
            let kept = self.entry(LAST, &key).await?.as_ref().and_then(open);
            last.extend(kept.filter(|kept| kept.note.is_of(auditor)).map(|kept| (key, kept)));
        }
        let of = |key: &VerifierKey| Auditor { key: key.clone(), last: last.get(&entry_key(key)).cloned() };
        let mut contradictions: Vec<KeptNote> = self.contradictions().await?.iter().filter_map(open).collect();
        contradictions.sort_by_key(|kept| std::cmp::Reverse(kept.taken_ms));
        Ok(Audits { auditors: self.auditors.iter().map(of).collect(), contradictions })
    }

    /// A note that is kept, by the SHA-256 of its bytes in hexadecimal.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when none such is kept.
    pub async fn audit_note(&self, sha256: &str) -> Result<Bytes, AppError> {
        let audits = self.audits().await?;
        let last = audits.auditors.into_iter().filter_map(|auditor| auditor.last);
        let found = last.chain(audits.contradictions).find(|kept| kept.sha256 == sha256);
        found.map(|kept| kept.note.encode().into()).ok_or(AppError::NotFound("audit"))
    }
}

/// Where an auditor's last note stands.
fn entry_key(auditor: &VerifierKey) -> String {
    hex::encode(Sha256::digest(auditor.to_string()))
}
