//! The histories of goods accounts as they are kept: a line an entry, written in the append whose booking it tells of, and made again from the record.
//!
//! Must not know of: what a line says (`customs::goods::history`), who reads it.

use std::collections::BTreeMap;

use customs::goods::{Book, HistoryLine, Id, Posted, RowKey, history};
use engine::CaseId;
use engine::event::{Event, What};
use serde::{Deserialize, Serialize};
use store::{Entry, EntryQuery, Put};

use crate::{App, AppError};

/// The kind of entry; its key is the account and the line's number.
const KIND: &str = "goods/history";
/// Lines read at once.
const BATCH: u32 = 500;

/// A line as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The case whose end booked it.
    pub(crate) case: CaseId,
    /// Which of the case's events says so.
    pub(crate) seq: u64,
    /// What changed.
    pub(crate) line: HistoryLine,
}

/// The lines of accounts, by their keys.
pub(crate) type Lines = BTreeMap<String, Kept>;

/// What all keys of an account's lines begin with. Numbers have ten digits, so that the order of keys is theirs.
pub(super) fn beginning(of: &RowKey) -> String {
    let kind = of.kind().rsplit('/').next().unwrap_or_default();
    let id: String = of.key().bytes().map(plain).collect();
    format!("{kind}/{id}/")
}

/// An identifier may hold any character, and a key is held against its beginning alone: what could end one early is escaped.
fn plain(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

/// The lines of what one event booked, where `after` has the accounts as they are after it.
pub(super) fn lines(case: CaseId, seq: u64, posted: &[Posted], after: &Book) -> Lines {
    let key = |of: &RowKey, line: &HistoryLine| format!("{}{:010}", beginning(of), line.number);
    let lines = history(posted, after).into_iter();
    lines.map(|(of, line)| (key(&of, &line), Kept { case, seq, line })).collect()
}

/// The lines of what an append's events book, whose first follows this sequence number: `changed` has what each of the bookings moved, and what it leaves.
pub(super) fn of_append<'m>(
    case: CaseId,
    before: u64,
    events: &[Event],
    changed: impl Iterator<Item = (&'m [Posted], Book)>,
) -> Result<Vec<Put>, AppError> {
    let mut puts = Vec::new();
    let numbered = events.iter().zip(before.saturating_add(1)..);
    let booked = numbered.filter(|(event, _)| matches!(event.what, What::Booked { .. }));
    for ((_, seq), (posted, after)) in booked.zip(changed) {
        for (key, kept) in lines(case, seq, posted, &after) {
            puts.push(put(key, &kept, 0)?);
        }
    }
    Ok(puts)
}

fn put(key: String, kept: &Kept, expected: u64) -> Result<Put, AppError> {
    let body = Some(serde_json::to_vec(kept)?);
    Ok(Put { kind: KIND.to_owned(), key, owner: None, body, expected: Some(expected) })
}

impl App {
    /// The lines of an account from behind a key on, in their order, at most so many.
    pub(super) async fn history_of(&self, of: &RowKey, after: Option<u64>, limit: u32) -> Result<Vec<Kept>, AppError> {
        let beginning = beginning(of);
        let after = after.map_or_else(|| beginning.clone(), |after| format!("{beginning}{after:010}"));
        let entries = self.lines(&beginning, after, limit).await?;
        entries.iter().map(|entry| Ok(serde_json::from_slice(&entry.body)?)).collect()
    }

    async fn lines(&self, beginning: &str, after: String, limit: u32) -> Result<Vec<Entry>, AppError> {
        let query = EntryQuery { kind: KIND.to_owned(), key: None, owner: None, after: Some(after), limit };
        let entries = self.store.entries(query).await?;
        Ok(entries.into_iter().take_while(|entry| entry.key.starts_with(beginning)).collect())
    }

    /// Writes an account's lines as the record has them; whether they were otherwise.
    pub(super) async fn restore_history(&self, of: &RowKey, record: &Lines) -> Result<bool, AppError> {
        let beginning = beginning(of);
        let own = || record.range(beginning.clone()..).take_while(|(key, _)| key.starts_with(&beginning));
        let (mut there, mut after) = (BTreeMap::new(), beginning.clone());
        loop {
            let page = self.lines(&beginning, after, BATCH).await?;
            let Some(last) = page.last() else { break };
            after = last.key.clone();
            there.extend(page.into_iter().map(|entry| (entry.key.clone(), entry)));
        }
        let mut puts = Vec::new();
        for (key, kept) in own() {
            let entry = there.remove(key);
            let version = entry.as_ref().map_or(0, |entry| entry.version);
            let stands = entry.and_then(|entry| serde_json::from_slice::<Kept>(&entry.body).ok());
            if stands.as_ref() != Some(kept) {
                puts.push(put(key.clone(), kept, version)?);
            }
        }
        // What is left tells of nothing that was booked.
        puts.extend(there.into_values().map(|Entry { kind, key, version, .. }| Put {
            kind,
            key,
            owner: None,
            body: None,
            expected: Some(version),
        }));
        let mended = !puts.is_empty();
        if mended {
            self.store.put(puts).await?;
        }
        Ok(mended)
    }
}

/// A lot or receipt by what its page is called.
pub(super) fn row_key(kind: &str, id: &str) -> Option<RowKey> {
    let id = Id::new(id).ok()?;
    match kind {
        "lot" => Some(RowKey::Lot(id)),
        "receipt" => Some(RowKey::Receipt(id)),
        _ => None,
    }
}
