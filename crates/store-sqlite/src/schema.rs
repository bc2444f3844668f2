//! The tables, as a list of versions, and the way from one to the next.
//!
//! Must not know of: queries.
//!
//! A case's number inside the database is the log position of its first event: eight bytes instead of sixteen in every index, in order of
//! arrival.

use rusqlite::{Connection, TransactionBehavior};
use store::StoreError;

use crate::fault::fault;

/// "Panj": marks the file as ours, so that somebody else's database is not written over
/// (<https://www.sqlite.org/pragma.html#pragma_application_id>).
const APPLICATION_ID: i32 = 0x5061_6e6a;

/// What leads from version `n` to `n + 1` stands at `n`. A version that has been released is never edited.
const MIGRATIONS: &[&str] = &["
-- No index by case: a history follows the links from the case's last event, and an append then writes to the end of this table only.
CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    opened INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    previous INTEGER,
    kind TEXT NOT NULL,
    stage TEXT,
    at_ms INTEGER NOT NULL,
    salt BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;

-- The state comes last: a query that does not want it need not read its pages.
CREATE TABLE cases (
    opened INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    seq INTEGER NOT NULL,
    last_position INTEGER NOT NULL,
    outcome TEXT,
    due_ms INTEGER,
    opened_ms INTEGER NOT NULL,
    stage_since_ms INTEGER NOT NULL,
    reference TEXT NOT NULL,
    service TEXT NOT NULL,
    authority TEXT NOT NULL,
    applicant TEXT NOT NULL,
    stage TEXT NOT NULL,
    holders BLOB NOT NULL,
    deadlines BLOB NOT NULL,
    state BLOB NOT NULL
) STRICT;
CREATE INDEX cases_by_reference ON cases (reference);
CREATE INDEX cases_by_applicant ON cases (applicant);
CREATE INDEX cases_by_authority ON cases (authority);
CREATE INDEX cases_open ON cases (outcome) WHERE outcome IS NULL;
CREATE INDEX cases_open_by_authority ON cases (authority) WHERE outcome IS NULL;
CREATE INDEX cases_by_queue ON cases (authority, service, stage, outcome, stage_since_ms, due_ms);

CREATE TABLE holders (
    holder TEXT NOT NULL,
    opened INTEGER NOT NULL,
    PRIMARY KEY (holder, opened)
) STRICT, WITHOUT ROWID;

CREATE TABLE deadlines (
    at_ms INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    clock TEXT NOT NULL,
    PRIMARY KEY (at_ms, opened, clock)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    opened INTEGER NOT NULL,
    topic TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    owner TEXT,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (kind, key)
) STRICT;
CREATE INDEX entries_by_owner ON entries (kind, owner, key) WHERE owner IS NOT NULL;

-- Numbered in order of arrival, so that the oldest are forgotten without an index on their time.
CREATE TABLE answers (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    at_ms INTEGER NOT NULL,
    request BLOB NOT NULL,
    answer BLOB NOT NULL
) STRICT;
", "
ALTER TABLE events ADD COLUMN remains BLOB;
"];

/// Brings the schema up to this program's version, one transaction a step.
pub fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    loop {
        // Immediate: two programs that open a new file at once must not both create the tables.
        let step = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let version: i64 = step.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(fault)?;
        refuse_a_stranger(&step, version)?;
        if version > known {
            return Err(StoreError::Corrupt(format!(
                "its schema has version {version} and this program knows versions up to {known}; run the newer program that wrote it"
            )));
        }
        let Some(migration) = usize::try_from(version).ok().and_then(|version| MIGRATIONS.get(version)) else {
            return Ok(());
        };
        step.execute_batch(migration).map_err(fault)?;
        step.pragma_update(None, "application_id", APPLICATION_ID).map_err(fault)?;
        step.pragma_update(None, "user_version", version + 1).map_err(fault)?;
        step.commit().map_err(fault)?;
    }
}

/// Refuses whatever is not a store that was made before.
pub fn refuse_all_but_a_store(connection: &Connection) -> Result<(), StoreError> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(fault)?;
    if application == APPLICATION_ID {
        Ok(())
    } else {
        Err(StoreError::Corrupt("the file is not a store of Panjereh".to_owned()))
    }
}

fn refuse_a_stranger(connection: &Connection, version: i64) -> Result<(), StoreError> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(fault)?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(fault)?;
    let is_new = version == 0 && application == 0 && tables == 0;
    if application == APPLICATION_ID || is_new {
        return Ok(());
    }
    Err(StoreError::Corrupt("the file is another program's database; give another path".to_owned()))
}
