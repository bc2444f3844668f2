//! What each write does inside the writer's transaction.
//!
//! Must not know of: threads, batches.

use rusqlite::{Connection, OptionalExtension, params};
use store::{NewDue, Put, StoreError, Work};

use crate::append::append;
use crate::pack::unpack_deadlines;

/// Why a write was not done.
pub enum Failure {
    /// It may not be done as things stand. Only ever before its first write, so that nothing of it is in the transaction.
    Refused(StoreError),
    /// The database failed; the whole transaction has to go.
    Broken(rusqlite::Error),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Broken(error)
    }
}

/// The log position that the next event gets.
pub fn next_position(connection: &Connection) -> Result<i64, rusqlite::Error> {
    let mut head = connection.prepare_cached("SELECT max(position) FROM events")?;
    let last: Option<i64> = head.query_row([], |row| row.get(0))?;
    Ok(last.map_or(0, |last| last.saturating_add(1)))
}

/// Does one write; the answer of an append is its first log position, of anything else 0.
pub fn apply(connection: &Connection, position: &mut i64, work: &Work) -> Result<u64, Failure> {
    match work {
        Work::Append(work) => append(connection, position, work),
        Work::Put(puts) => {
            check_versions(connection, puts).and_then(|versions| write_entries(connection, puts, &versions)).map(|()| 0)
        }
        Work::Restate(row, due) => crate::append::restate(connection, row, due).map(|()| 0),
        Work::Settle(ids) => settle(connection, ids).map(|()| 0),
    }
}

/// The version that stands of each entry (none when there is none), or a refusal when one is not as expected.
pub fn check_versions(connection: &Connection, puts: &[Put]) -> Result<Vec<Option<i64>>, Failure> {
    if puts.is_empty() {
        return Ok(Vec::new());
    }
    let mut version = connection.prepare_cached("SELECT version FROM entries WHERE kind = ?1 AND key = ?2")?;
    let mut versions = Vec::with_capacity(puts.len());
    for put in puts {
        let standing: Option<i64> = version.query_row(params![put.kind, put.key], |row| row.get(0)).optional()?;
        let found = standing.map_or(0, i64::cast_unsigned);
        if put.expected.is_some_and(|expected| expected != found) {
            return Err(Failure::Refused(StoreError::Stale { kind: put.kind.clone(), key: put.key.clone() }));
        }
        versions.push(standing);
    }
    Ok(versions)
}

/// Writes entries whose versions were checked.
pub fn write_entries(connection: &Connection, puts: &[Put], versions: &[Option<i64>]) -> Result<(), Failure> {
    for (put, version) in puts.iter().zip(versions) {
        match (&put.body, version) {
            (Some(body), None) => connection
                .prepare_cached("INSERT INTO entries (kind, key, owner, version, body) VALUES (?1, ?2, ?3, 1, ?4)")?
                .execute(params![put.kind, put.key, put.owner, body])?,
            (Some(body), Some(_)) => connection
                .prepare_cached(
                    "UPDATE entries SET owner = ?3, version = version + 1, body = ?4 WHERE kind = ?1 AND key = ?2",
                )?
                .execute(params![put.kind, put.key, put.owner, body])?,
            (None, Some(_)) => connection
                .prepare_cached("DELETE FROM entries WHERE kind = ?1 AND key = ?2")?
                .execute(params![put.kind, put.key])?,
            (None, None) => 0,
        };
    }
    Ok(())
}

/// Takes away the deadlines that a case's row lists and writes the new ones.
pub fn replace_deadlines(connection: &Connection, opened: i64, old: &[u8], new: &[NewDue]) -> Result<(), Failure> {
    let mut delete =
        connection.prepare_cached("DELETE FROM deadlines WHERE at_ms = ?1 AND opened = ?2 AND clock = ?3")?;
    for due in unpack_deadlines(old)? {
        delete.execute(params![due.at_ms, opened, due.clock])?;
    }
    insert_deadlines(connection, opened, new)
}

/// Writes a case's deadlines.
pub fn insert_deadlines(connection: &Connection, opened: i64, new: &[NewDue]) -> Result<(), Failure> {
    let mut insert =
        connection.prepare_cached("INSERT OR IGNORE INTO deadlines (at_ms, opened, clock) VALUES (?1, ?2, ?3)")?;
    for due in new {
        insert.execute(params![due.at_ms, opened, due.clock])?;
    }
    Ok(())
}

/// Writes a case's holders.
pub fn insert_holders(connection: &Connection, opened: i64, holders: &[String]) -> Result<(), Failure> {
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO holders (holder, opened) VALUES (?1, ?2)")?;
    for holder in holders {
        insert.execute(params![holder, opened])?;
    }
    Ok(())
}

/// Takes away a case's holders.
pub fn delete_holders(connection: &Connection, opened: i64, holders: &[String]) -> Result<(), Failure> {
    let mut delete = connection.prepare_cached("DELETE FROM holders WHERE holder = ?1 AND opened = ?2")?;
    for holder in holders {
        delete.execute(params![holder, opened])?;
    }
    Ok(())
}

fn settle(connection: &Connection, ids: &[u64]) -> Result<(), Failure> {
    let mut delete = connection.prepare_cached("DELETE FROM outbox WHERE id = ?1")?;
    // A number beyond SQLite's integers was never given out.
    for id in ids.iter().filter_map(|id| i64::try_from(*id).ok()) {
        delete.execute([id])?;
    }
    Ok(())
}
