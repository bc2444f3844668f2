//! Accounts as a state keeps them: rows by kind and key, as the application keeps them.
//!
//! Must not know of: how they are followed.

use customs::goods::{Row, RowKey};
use engine::world::Record;
use serde::{Deserialize, Serialize};

use super::{Accounts, Before};

/// A row's kind and key.
type Key = (String, String);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Saved {
    rows: Vec<(Key, Row)>,
    shown: Vec<(Key, Option<Record>)>,
    lost: Vec<Key>,
    blind: bool,
    recent: Vec<Was>,
}

/// Rows as they stood before a booking of this moment.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Was {
    at_ms: i64,
    rows: Vec<(Key, Option<Row>)>,
}

fn key(row: &RowKey) -> Key {
    (row.kind().to_owned(), row.key())
}

fn read((kind, key): &Key) -> Option<RowKey> {
    RowKey::read(kind, key)
}

impl From<Accounts> for Saved {
    fn from(accounts: Accounts) -> Self {
        let Accounts { book, shown, lost, blind, recent } = accounts;
        let before = |Before { at_ms, rows }| {
            let rows: Vec<(RowKey, Option<Row>)> = rows;
            Was { at_ms, rows: rows.into_iter().map(|(row, was)| (key(&row), was)).collect() }
        };
        Self {
            rows: book.into_iter().map(|(row, stands)| (key(&row), stands)).collect(),
            shown: shown.into_iter().collect(),
            lost: lost.iter().map(key).collect(),
            blind,
            recent: recent.into_iter().map(before).collect(),
        }
    }
}

impl From<Saved> for Accounts {
    /// A row whose key is none is one that nobody can tell of: then nothing is believed of any.
    fn from(saved: Saved) -> Self {
        let Saved { rows, shown, lost, blind, recent } = saved;
        let keys = rows.iter().map(|(key, _)| key).chain(&lost);
        let blind = blind || keys.into_iter().any(|key| read(key).is_none());
        let before = |Was { at_ms, rows }| {
            let read = |(key, was): (Key, Option<Row>)| Some((read(&key)?, was));
            Before { at_ms, rows: rows.into_iter().filter_map(read).collect() }
        };
        Self {
            book: rows.into_iter().filter_map(|(key, row)| Some((read(&key)?, row))).collect(),
            shown: shown.into_iter().collect(),
            lost: lost.iter().filter_map(read).collect(),
            blind,
            recent: recent.into_iter().map(before).collect(),
        }
    }
}
