//! A consistent copy of the store as files, and the way back into an empty database.
//!
//! Must not know of: what is inside a body.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read as _, Write as _};
use std::path::Path;
use std::pin::pin;

use bytes::Bytes;
use futures_util::{SinkExt as _, TryStreamExt as _};
use store::StoreError;
use tokio_postgres::{IsolationLevel, Transaction};

use crate::fault::fault;
use crate::{configure, schema, session};

/// The tables of the contract. `writers` is about connections of now, and stays out.
const TABLES: [&str; 8] = ["log_head", "events", "cases", "holders", "deadlines", "outbox", "entries", "answers"];
/// The file that says which schema the tables have.
const VERSION: &str = "schema-version";
/// Bytes sent at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// Writes every table into a file of the folder, as PostgreSQL's binary COPY has it, all as they are at one moment; others read and write
/// meanwhile.
///
/// # Errors
/// [`StoreError::Unavailable`] when the database cannot be reached or a file cannot be written; [`StoreError::Corrupt`] when the database is
/// not a store.
pub async fn dump(url: &str, folder: &Path) -> Result<(), StoreError> {
    let mut client = session::connect(&configure(url)?).await?;
    let moment = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
    let moment = moment.start().await.map_err(fault)?;
    let row = moment.query_one("SELECT max(version) FROM schema_version", &[]).await.map_err(fault)?;
    let version: Option<i64> = row.try_get(0).map_err(fault)?;
    let version = version.ok_or_else(|| StoreError::Corrupt("the database is not a store".to_owned()))?;
    for table in TABLES {
        let path = folder.join(table);
        let mut file = BufWriter::new(File::create_new(&path).map_err(|error| unusable(&path, &error))?);
        let rows = moment.copy_out(&format!("COPY {table} TO STDOUT (FORMAT binary)")).await.map_err(fault)?;
        let mut rows = pin!(rows);
        while let Some(bytes) = rows.try_next().await.map_err(fault)? {
            file.write_all(&bytes).map_err(|error| unusable(&path, &error))?;
        }
        let file = file.into_inner().map_err(|error| unusable(&path, error.error()))?;
        file.sync_all().map_err(|error| unusable(&path, &error))?;
    }
    let path = folder.join(VERSION);
    std::fs::write(&path, version.to_string()).map_err(|error| unusable(&path, &error))
}

/// Brings what [`dump`] wrote into a database that is empty, in one transaction.
///
/// # Errors
/// [`StoreError::Invalid`] when something is in the database already; [`StoreError::Corrupt`] when a file is not what it should be;
/// [`StoreError::Unavailable`] when the database cannot be reached or a file cannot be read. Then the store is as empty as it was.
pub async fn load(url: &str, folder: &Path) -> Result<(), StoreError> {
    let path = folder.join(VERSION);
    let version = std::fs::read_to_string(&path).map_err(|error| unusable(&path, &error))?;
    let version: i64 = version
        .trim()
        .parse()
        .map_err(|_| StoreError::Corrupt(format!("{} does not hold a version", path.display())))?;
    let mut client = session::connect(&configure(url)?).await?;
    schema::migrate_to(&mut client, version).await?;
    let all = client.transaction().await.map_err(fault)?;
    all.batch_execute("LOCK TABLE log_head IN ACCESS EXCLUSIVE MODE").await.map_err(fault)?;
    let row = all
        .query_one("SELECT EXISTS (SELECT FROM events) OR EXISTS (SELECT FROM entries)", &[])
        .await
        .map_err(fault)?;
    if row.try_get(0).map_err(fault)? {
        return Err(StoreError::Invalid("something is in the database already".to_owned()));
    }
    all.batch_execute("DELETE FROM log_head").await.map_err(fault)?;
    for table in TABLES {
        load_table(&all, table, &folder.join(table)).await?;
    }
    // The numbers go on after the highest that came in.
    let numbers = "SELECT setval(pg_get_serial_sequence('answers', 'number'), max(number)) FROM answers HAVING max(number) IS NOT NULL";
    all.query(numbers, &[]).await.map_err(fault)?;
    all.commit().await.map_err(fault)
}

async fn load_table(all: &Transaction<'_>, table: &str, path: &Path) -> Result<(), StoreError> {
    let mut file = BufReader::new(File::open(path).map_err(|error| unusable(path, &error))?);
    let sink = all.copy_in(&format!("COPY {table} FROM STDIN (FORMAT binary)")).await.map_err(fault)?;
    let mut sink = pin!(sink);
    loop {
        let mut chunk = Vec::with_capacity(CHUNK_BYTES);
        let most = u64::try_from(CHUNK_BYTES).unwrap_or(u64::MAX);
        file.by_ref().take(most).read_to_end(&mut chunk).map_err(|error| unusable(path, &error))?;
        if chunk.is_empty() {
            break;
        }
        sink.send(Bytes::from(chunk)).await.map_err(fault)?;
    }
    sink.finish().await.map(drop).map_err(fault)
}

fn unusable(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Unavailable(format!("{}: {error}", path.display()))
}
