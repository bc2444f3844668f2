//! Who uses a document: accounts that brought it, cases in which it was given. The same bytes are kept once, so they go with their last user.
//!
//! Must not know of: what a document is for, why a use ends.
//!
//! The users of a document are one entry, written at the version that was read: whoever erases the last one marks it as going in the same write, and
//! whoever brings the same document meanwhile waits until it has gone.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use definition::value::Value;
use engine::CaseId;
use engine::event::{Event, What};
use serde::{Deserialize, Serialize};
use store::{Entry, Put};

use crate::documents::kept::path;
use crate::{App, AppError};

pub(crate) const KIND: &str = "document-uses";
/// How often a document that is going is looked for again, and how long to wait between: it goes within a beat of the jobs.
const TRIES: u32 = 25;
const WAIT: Duration = Duration::from_millis(200);

/// Somebody who uses a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum User {
    /// An account that brought it and may give it in an application.
    Account(String),
    /// A case in which it was given.
    Case(CaseId),
}

/// Who uses a document, as it is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Uses {
    /// Nobody, and it is about to be taken away.
    #[serde(default)]
    going: bool,
    /// By whom it is used.
    pub(crate) by: BTreeSet<User>,
    #[serde(skip)]
    version: u64,
}

/// The documents among values.
pub(crate) fn hashes<'v>(values: impl IntoIterator<Item = &'v Value>) -> BTreeSet<[u8; 32]> {
    let one = |value: &Value| match value {
        Value::Document(document) => Some(document.sha256),
        _ => None,
    };
    values.into_iter().filter_map(one).collect()
}

/// The values that people gave in an event, or that a function made of them.
pub(crate) fn given(event: &Event) -> Vec<(&String, &Value)> {
    match &event.what {
        What::Opened(opened) => opened.facts.iter().collect(),
        What::Supplied { facts, .. }
        | What::Signed { facts, .. }
        | What::Decided { facts, .. }
        | What::Computed { facts, .. } => facts.iter().collect(),
        _ => Vec::new(),
    }
}

/// Whether an entry says that cases use a document and no account brought it.
pub(crate) fn is_of_cases_alone(entry: &Entry) -> Result<bool, AppError> {
    let Uses { by, .. } = serde_json::from_slice(&entry.body)?;
    Ok(!by.is_empty() && by.iter().all(|user| matches!(user, User::Case(_))))
}

impl Uses {
    /// The write of these users; without any, the document is going.
    pub(crate) fn put(mut self, sha256: &[u8; 32]) -> Result<Put, AppError> {
        self.going = self.by.is_empty();
        let (kind, key) = (KIND.to_owned(), hex::encode(sha256));
        Ok(Put { kind, key, owner: None, body: Some(serde_json::to_vec(&self)?), expected: Some(self.version) })
    }

    /// Whether it is known by whom the document is used.
    pub(crate) fn is_known(&self) -> bool {
        self.version > 0
    }
}

impl App {
    /// Who uses a document.
    pub(crate) async fn uses(&self, sha256: &[u8; 32]) -> Result<Uses, AppError> {
        let Some(entry) = self.entry(KIND, &hex::encode(sha256)).await? else { return Ok(Uses::default()) };
        Ok(Uses { version: entry.version, ..serde_json::from_slice(&entry.body)? })
    }

    /// Notes one more user, before the document is put.
    pub(crate) async fn hold_document(&self, sha256: &[u8; 32], user: &User) -> Result<(), AppError> {
        for _ in 0..TRIES {
            let Some(put) = self.held_document(sha256, user).await? else { return Ok(()) };
            match self.store.put(vec![put]).await.map_err(AppError::from) {
                Err(AppError::Stale) => {}
                other => return other,
            }
        }
        Err(AppError::Stale)
    }

    /// The write that notes one more user, once a document that is going has gone; none where they are noted.
    pub(crate) async fn held_document(&self, sha256: &[u8; 32], user: &User) -> Result<Option<Put>, AppError> {
        for _ in 0..TRIES {
            let mut uses = self.uses(sha256).await?;
            if uses.going {
                tokio::time::sleep(WAIT).await;
                continue;
            }
            let is_new = uses.by.insert(user.clone());
            return is_new.then(|| uses.put(sha256)).transpose();
        }
        Err(AppError::Unavailable("the same document is being erased at this moment".to_owned()))
    }

    /// The writes that note that a case uses the documents which these events give.
    pub(crate) async fn document_uses(&self, case: CaseId, events: &[Event]) -> Result<Vec<Put>, AppError> {
        let mut puts = Vec::new();
        for sha256 in hashes(events.iter().flat_map(given).map(|(_, value)| value)) {
            let mut uses = self.uses(&sha256).await?;
            if uses.going {
                return Err(AppError::Unavailable("a document that was given is being erased".to_owned()));
            }
            if uses.by.insert(User::Case(case)) {
                puts.push(uses.put(&sha256)?);
            }
        }
        Ok(puts)
    }

    /// Takes a document away whose last user has gone, and then what says so. Doing it twice is as well.
    pub(crate) async fn remove_document(&self, sha256: &[u8; 32]) -> Result<(), AppError> {
        let uses = self.uses(sha256).await?;
        if !uses.going {
            return Ok(());
        }
        self.objects.delete(&path(sha256)).await?;
        let (kind, key) = (KIND.to_owned(), hex::encode(sha256));
        let gone = Put { kind, key, owner: None, body: None, expected: Some(uses.version) };
        match self.store.put(vec![gone]).await.map_err(AppError::from) {
            // Another process was first.
            Err(AppError::Stale) => Ok(()),
            other => other,
        }
    }
}

/// By document, the values of an event that `is_gone` says go, and those that stay.
pub(crate) fn parted<'e>(
    events: impl IntoIterator<Item = &'e Event>,
    is_gone: impl Fn(&str) -> bool,
) -> BTreeMap<[u8; 32], bool> {
    let mut stays: BTreeMap<[u8; 32], bool> = BTreeMap::new();
    for (name, value) in events.into_iter().flat_map(given) {
        for sha256 in hashes([value]) {
            let stay = stays.entry(sha256).or_default();
            *stay |= !is_gone(name);
        }
    }
    stays
}
