//! The writer's connection: one batch, one transaction, four round trips.
//!
//! Must not know of: queues, who waits.

use std::time::Duration;

use store::{StoreError, Work};
use tokio::time::timeout;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, Error, NoTls, Statement};

use crate::fault::{explain, fault, is_answer};
use crate::load::load;
use crate::plan::{Touched, plan};
use crate::save::Saves;

/// A transaction that takes longer is given up: the server is gone, or another writer hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a batch has no outcomes.
pub enum Failed {
    /// The server refused a statement and undid the transaction; the connection stands.
    Undone(StoreError),
    /// The connection is gone and the commit was not asked for: nothing was written.
    Lost(StoreError),
    /// The connection is gone and the commit was asked for: why, and the outcomes if it stands.
    Unknown(String, Outcomes),
}

/// The outcomes of a batch, in its order.
pub type Outcomes = Vec<Result<u64, StoreError>>;

/// A connection with its prepared statements.
pub struct Session {
    client: Client,
    lock: Statement,
    stamp: Statement,
    loads: crate::load::Loads,
    saves: Saves,
}

impl Session {
    /// Connects and prepares.
    pub async fn open(config: &Config) -> Result<Self, StoreError> {
        let opening = async {
            let client = connect(config).await?;
            Ok(Self {
                lock: client.prepare("SELECT next_position FROM log_head FOR UPDATE").await.map_err(fault)?,
                stamp: client
                    .prepare(
                        "INSERT INTO writers (id, batch) OVERRIDING SYSTEM VALUE VALUES ($1, $2)
                            ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, at = now()",
                    )
                    .await
                    .map_err(fault)?,
                loads: crate::load::Loads::prepare(&client).await.map_err(fault)?,
                saves: Saves::prepare(&client).await.map_err(fault)?,
                client,
            })
        };
        timeout(PATIENCE, opening)
            .await
            .unwrap_or_else(|_| Err(StoreError::Unavailable("the server does not answer".to_owned())))
    }

    /// Whether the connection is known to be gone.
    pub fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Commits a batch. `writer` and `number` stamp it, so that its fate can be asked later.
    ///
    /// A crash before the commit leaves nothing of the batch, a crash after it leaves all of it, and only then is anybody answered.
    pub async fn write(&self, batch: &[&Work], writer: i64, number: i64) -> Result<Outcomes, Failed> {
        let prepared = timeout(PATIENCE, self.prepare(batch, writer, number)).await;
        let outcomes = match prepared {
            Ok(Ok(outcomes)) => outcomes,
            Ok(Err(error)) if is_answer(&error) => {
                let refusal = fault(error);
                return Err(match timeout(PATIENCE, self.client.batch_execute("ROLLBACK")).await {
                    Ok(Ok(())) => Failed::Undone(refusal),
                    _ => Failed::Lost(refusal),
                });
            }
            Ok(Err(error)) => return Err(Failed::Lost(StoreError::Unavailable(explain(&error)))),
            Err(_) => return Err(Failed::Lost(StoreError::Unavailable("the server does not answer".to_owned()))),
        };
        // The commit point. Whatever goes wrong from here on, the batch may stand.
        match timeout(PATIENCE, self.client.batch_execute("COMMIT")).await {
            Ok(Ok(())) => Ok(outcomes),
            Ok(Err(error)) => Err(Failed::Unknown(explain(&error), outcomes)),
            Err(_) => Err(Failed::Unknown("the server does not answer".to_owned(), outcomes)),
        }
    }

    /// Everything but the commit.
    async fn prepare(&self, batch: &[&Work], writer: i64, number: i64) -> Result<Outcomes, Error> {
        // Polled in this order, so sent in this order, in one round trip.
        let (_, head) = tokio::try_join!(
            biased;
            self.client.batch_execute("BEGIN"),
            self.client.query_one(&self.lock, &[]),
        )?;
        let mut standing = load(&self.client, &self.loads, &Touched::by(batch)).await?;
        standing.next_position = head.try_get(0)?;
        let (outcomes, changes) = plan(&mut standing, batch);
        let stamp: [&(dyn ToSql + Sync); 2] = [&writer, &number];
        tokio::try_join!(
            biased;
            self.saves.save(&self.client, &changes),
            self.client.execute(&self.stamp, &stamp),
        )?;
        Ok(outcomes)
    }

    /// Whether the batch with this number was committed by a session that broke. Taking the log row's lock waits for that session's end, so
    /// the answer is final.
    pub async fn was_committed(&self, writer: i64, number: i64) -> Result<bool, Error> {
        self.client.batch_execute("BEGIN").await?;
        self.client.query_one(&self.lock, &[]).await?;
        let row = self.client.query_opt("SELECT batch FROM writers WHERE id = $1", &[&writer]).await?;
        self.client.batch_execute("ROLLBACK").await?;
        match row {
            Some(row) => Ok(row.try_get::<_, i64>(0)? >= number),
            None => Ok(false),
        }
    }
}

/// Connects; the connection's own work runs beside, until the client is dropped.
pub async fn connect(config: &Config) -> Result<Client, StoreError> {
    let (client, connection) = config.connect(NoTls).await.map_err(fault)?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(error = explain(&error), "a connection to PostgreSQL ended");
        }
    });
    Ok(client)
}
