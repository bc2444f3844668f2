//! The store in one SQLite file: for a zone on one machine.
//!
//! Must not know of: what is inside a body, any other crate than the contract.
//!
//! One thread writes and a few read; a read of a few pages is done where it is asked for. The writer takes all writes that wait for it into one transaction (WAL, `synchronous=FULL`) and answers
//! after the commit, so one wait for the disk serves many acts; readers never wait for it.

mod append;
mod copy;
mod fault;
mod pack;
mod read;
mod readers;
mod schema;
mod scrub;
mod task;
mod write;
mod writer;

pub use copy::{copy, examine};

use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use store::{
    Append, CaseId, CaseQuery, CaseRow, Due, Entry, EntryQuery, EventRow, Idempotency, Message, NewDue, Put, Queue,
    Store, StoreError, Task, Work, check_authority, check_key,
};

use crate::fault::fault;
use crate::readers::Readers;
use crate::writer::Writer;

/// How long a write waits for another program that holds the file, such as a backup.
const BUSY_WAIT: Duration = Duration::from_secs(5);

/// A store in a file.
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
    path: PathBuf,
}

impl SqliteStore {
    /// Opens the file, creates it when it is not there, and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the file cannot be opened or written; [`StoreError::Corrupt`] when it is not a database, another
    /// program's, damaged, or written by a newer version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut connection = connect(path)?;
        // The writer sees most pages again soon; 48 MiB of the 256 that the process may have.
        connection.pragma_update(None, "cache_size", -48 * 1024).map_err(fault)?;
        // 40 MB of log before it is moved into the file: fewer pages are written twice.
        connection.pragma_update(None, "wal_autocheckpoint", 10_000).map_err(fault)?;
        schema::migrate(&mut connection)?;
        let readers = Readers::start(|| {
            let reader = connect(path)?;
            reader.pragma_update(None, "query_only", true).map_err(fault)?;
            Ok(reader)
        })?;
        Ok(Self { writer: Writer::start(connection)?, readers, path: path.to_owned() })
    }

    /// Sets how large the file may grow, in bytes, rounded up to whole pages; none for as large as SQLite allows. What would need more room
    /// is [`StoreError::Unavailable`] until the limit is raised, as with a full disk. It lasts until the store is closed.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the store has stopped.
    pub async fn limit_size(&self, bytes: Option<u64>) -> Result<(), StoreError> {
        self.writer.limit_size(bytes).await
    }
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    // No mutex: each connection stays on its thread. No URI: a path is a path, whatever characters it has.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fault)?;
    connection.busy_timeout(BUSY_WAIT).map_err(fault)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0)).map_err(fault)?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(StoreError::Unavailable(format!(
            "{} does not support a write-ahead log; use a local disk",
            path.display()
        )));
    }
    connection.pragma_update(None, "synchronous", "FULL").map_err(fault)?;
    connection.pragma_update(None, "temp_store", "MEMORY").map_err(fault)?;
    // What is deleted or written over is zeroed where it stood, if its page is written anyway; `scrub` sees to the rest
    // (<https://www.sqlite.org/pragma.html#pragma_secure_delete>).
    connection.pragma_update_and_check(None, "secure_delete", "FAST", |_| Ok(())).map_err(fault)?;
    // Without it, SQLite plans a statement anew each time that another value is bound to its LIMIT.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(fault)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

#[async_trait]
impl Store for SqliteStore {
    async fn append(&self, append: Append) -> Result<u64, StoreError> {
        self.writer.write(Work::Append(Box::new(append))).await
    }

    async fn answer(&self, key: &str) -> Result<Option<Idempotency>, StoreError> {
        check_key(key)?;
        let key = key.to_owned();
        self.readers.read_point(move |connection| read::answer(connection, &key)).await
    }

    async fn case(&self, case: CaseId) -> Result<Option<CaseRow>, StoreError> {
        self.readers.read_point(move |connection| read::case(connection, case)).await
    }

    async fn history(&self, case: CaseId, after: u64, limit: u32) -> Result<Vec<EventRow>, StoreError> {
        self.readers.read(move |connection| read::history(connection, case, after, limit)).await
    }

    async fn feed(&self, from: u64, limit: u32) -> Result<Vec<EventRow>, StoreError> {
        self.readers.read(move |connection| read::feed(connection, from, limit)).await
    }

    async fn cases(&self, query: CaseQuery) -> Result<Vec<CaseRow>, StoreError> {
        query.check()?;
        self.readers.read(move |connection| read::cases(connection, &query)).await
    }

    async fn queues(&self, authority: Option<&str>) -> Result<Vec<Queue>, StoreError> {
        check_authority(authority.unwrap_or_default())?;
        let authority = authority.map(str::to_owned);
        self.readers.read(move |connection| read::queues(connection, authority.as_deref())).await
    }

    async fn due(&self, now_ms: i64, after: Option<&Due>, limit: u32) -> Result<Vec<Due>, StoreError> {
        let after = after.cloned();
        self.readers.read(move |connection| read::due(connection, now_ms, after.as_ref(), limit)).await
    }

    async fn outbox(&self, after: Option<u64>, limit: u32) -> Result<Vec<Message>, StoreError> {
        self.readers.read(move |connection| read::outbox(connection, after, limit)).await
    }

    async fn settle(&self, ids: &[u64]) -> Result<(), StoreError> {
        self.writer.write(Work::Settle(ids.to_vec())).await.map(drop)
    }

    async fn entries(&self, query: EntryQuery) -> Result<Vec<Entry>, StoreError> {
        query.check()?;
        if query.key.is_some() {
            return self.readers.read_point(move |connection| read::entries(connection, &query)).await;
        }
        self.readers.read(move |connection| read::entries(connection, &query)).await
    }

    async fn put(&self, puts: Vec<Put>) -> Result<(), StoreError> {
        self.writer.write(Work::Put(puts)).await.map(drop)
    }

    async fn restate(&self, row: CaseRow, due: Vec<NewDue>) -> Result<(), StoreError> {
        self.writer.write(Work::Restate(Box::new(row), due)).await.map(drop)
    }

    async fn scrub(&self) -> Result<(), StoreError> {
        self.writer.scrub().await
    }

    async fn take(&self, name: &'static str) -> Result<Option<Box<dyn Task>>, StoreError> {
        task::take(&self.path, name)
    }
}
