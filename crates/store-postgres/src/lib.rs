//! The store in PostgreSQL: for a zone that has outgrown one machine, under Patroni or the like.
//!
//! Must not know of: what is inside a body, any other crate than the contract.
//!
//! One task a process writes. It takes all writes that wait for it into one transaction, which holds the log row's lock until it has
//! committed: so positions have no gaps and are in commit order, however many processes write. Reads go through a pool.
//!
//! Connections are not encrypted: keep the database on the same machine or in a network of its own.

mod dump;
mod fault;
mod load;
mod plan;
mod read;
mod save;
mod schema;
mod scrub;
mod session;
mod task;
mod writer;

pub use dump::{dump, load};

use std::str::FromStr;
use std::time::Duration;

use async_trait::async_trait;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use store::{
    Append, CaseId, CaseQuery, CaseRow, Due, Entry, EntryQuery, EventRow, Idempotency, Message, NewDue, Put, Queue,
    Store, StoreError, Task, Work, check_authority, check_key,
};
use tokio_postgres::{Config, NoTls};

use crate::fault::fault;
use crate::session::Session;
use crate::writer::Writer;

/// What every connection asks of the server, whatever its configuration says. A session that hangs in a transaction would hold the log row's
/// lock, so it is ended; so is the session of a machine that is gone, which would hold its tasks.
const SESSION_OPTIONS: &str = "-c synchronous_commit=on -c default_transaction_isolation=read\\ committed -c idle_in_transaction_session_timeout=10s \
    -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3";
/// How long connecting, or waiting for a connection of the pool, may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// A store in a database.
pub struct PostgresStore {
    writer: Writer,
    pool: Pool,
    config: Config,
}

impl PostgresStore {
    /// Connects and brings the schema up to date. `url` is as libpq has it, such as `postgres://panjereh@localhost/panjereh`; `pool_size` is
    /// how many connections read at once (at least 1), one more writes. Must be called within a Tokio runtime.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when the address cannot be read; [`StoreError::Unavailable`] when the server cannot be reached;
    /// [`StoreError::Corrupt`] when the schema was written by a newer version or the database's encoding is not UTF-8.
    pub async fn connect(url: &str, pool_size: usize) -> Result<Self, StoreError> {
        let config = configure(url)?;
        let mut client = session::connect(&config).await?;
        let encoding: String =
            client.query_one("SHOW server_encoding", &[]).await.and_then(|row| row.try_get(0)).map_err(fault)?;
        if encoding != "UTF8" {
            return Err(StoreError::Corrupt(format!("its encoding is {encoding}; create it with ENCODING 'UTF8'")));
        }
        schema::migrate(&mut client).await?;
        // Rows of processes that are long gone are struck: nobody asks for their commits any more.
        client.execute("DELETE FROM writers WHERE at < now() - interval '30 days'", &[]).await.map_err(fault)?;
        let row = client.query_one("INSERT INTO writers (batch) VALUES (0) RETURNING id", &[]).await.map_err(fault)?;
        let id = row.try_get(0).map_err(fault)?;
        let manager =
            Manager::from_config(config.clone(), NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = Pool::builder(manager)
            .max_size(pool_size.max(1))
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .build()
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let session = Session::open(&config).await?;
        Ok(Self { writer: Writer::start(config.clone(), id, session), pool, config })
    }

    async fn reader(&self) -> Result<Object, StoreError> {
        self.pool.get().await.map_err(|error| StoreError::Unavailable(error.to_string()))
    }
}

fn configure(url: &str) -> Result<Config, StoreError> {
    // The driver's error does not repeat the address, which may hold a password.
    let mut config = Config::from_str(url).map_err(|error| {
        StoreError::Invalid(format!("the address of the database cannot be read: {}", fault::explain(&error)))
    })?;
    let options = match config.get_options() {
        Some(own) => format!("{own} {SESSION_OPTIONS}"),
        None => SESSION_OPTIONS.to_owned(),
    };
    config.options(options);
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    config.keepalives_idle(Duration::from_secs(30));
    Ok(config)
}

#[async_trait]
impl Store for PostgresStore {
    async fn append(&self, append: Append) -> Result<u64, StoreError> {
        self.writer.write(Work::Append(Box::new(append))).await
    }

    async fn answer(&self, key: &str) -> Result<Option<Idempotency>, StoreError> {
        check_key(key)?;
        read::answer(&*self.reader().await?, key).await
    }

    async fn case(&self, case: CaseId) -> Result<Option<CaseRow>, StoreError> {
        read::case(&*self.reader().await?, case).await
    }

    async fn history(&self, case: CaseId, after: u64, limit: u32) -> Result<Vec<EventRow>, StoreError> {
        read::history(&*self.reader().await?, case, after, limit).await
    }

    async fn feed(&self, from: u64, limit: u32) -> Result<Vec<EventRow>, StoreError> {
        read::feed(&*self.reader().await?, from, limit).await
    }

    async fn cases(&self, query: CaseQuery) -> Result<Vec<CaseRow>, StoreError> {
        query.check()?;
        read::cases(&*self.reader().await?, &query).await
    }

    async fn queues(&self, authority: Option<&str>) -> Result<Vec<Queue>, StoreError> {
        check_authority(authority.unwrap_or_default())?;
        read::queues(&*self.reader().await?, authority).await
    }

    async fn due(&self, now_ms: i64, after: Option<&Due>, limit: u32) -> Result<Vec<Due>, StoreError> {
        read::due(&*self.reader().await?, now_ms, after, limit).await
    }

    async fn outbox(&self, after: Option<u64>, limit: u32) -> Result<Vec<Message>, StoreError> {
        read::outbox(&*self.reader().await?, after, limit).await
    }

    async fn settle(&self, ids: &[u64]) -> Result<(), StoreError> {
        self.writer.write(Work::Settle(ids.to_vec())).await.map(drop)
    }

    async fn entries(&self, query: EntryQuery) -> Result<Vec<Entry>, StoreError> {
        query.check()?;
        read::entries(&*self.reader().await?, &query).await
    }

    async fn put(&self, puts: Vec<Put>) -> Result<(), StoreError> {
        self.writer.write(Work::Put(puts)).await.map(drop)
    }

    async fn restate(&self, row: CaseRow, due: Vec<NewDue>) -> Result<(), StoreError> {
        self.writer.write(Work::Restate(Box::new(row), due)).await.map(drop)
    }

    async fn scrub(&self) -> Result<(), StoreError> {
        scrub::scrub(&self.config).await
    }

    async fn take(&self, name: &'static str) -> Result<Option<Box<dyn Task>>, StoreError> {
        task::take(&self.config, name).await
    }
}
