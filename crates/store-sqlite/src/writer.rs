//! The thread that writes: it takes what waits into one transaction.
//!
//! Must not know of: tables.

use std::thread::{Builder, JoinHandle};

use rusqlite::{Connection, TransactionBehavior};
use store::{StoreError, Work};
use tokio::sync::{mpsc, oneshot};

use crate::fault::{fault, may_succeed_alone};
use crate::scrub::scrub;
use crate::write::{Failure, apply, next_position};

/// Writes that may wait; who comes later waits to be let in.
const QUEUE: usize = 4096;
/// Most writes in one transaction: at 10 microseconds each, the last waits 20 ms for the first.
const MOST_IN_BATCH: usize = 2048;
/// A batch takes no further write once it weighs this much.
const HEAVY_BATCH_BYTES: usize = 16 << 20;

enum Job {
    Write(Work, oneshot::Sender<Result<u64, StoreError>>),
    LimitSize(Option<u64>, oneshot::Sender<Result<(), StoreError>>),
    Scrub(oneshot::Sender<Result<(), StoreError>>),
}

type Waiting = (Work, oneshot::Sender<Result<u64, StoreError>>);

/// The writing thread. It ends when this is dropped, after what was already taken in.
pub struct Writer {
    /// None only while being dropped.
    queue: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread with its connection.
    pub fn start(connection: Connection) -> Result<Self, StoreError> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let thread = Builder::new()
            .name("sqlite-write".to_owned())
            .spawn(move || serve(connection, jobs))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    /// Writes durably. The answer of an append is its first log position, of anything else 0.
    pub async fn write(&self, work: Work) -> Result<u64, StoreError> {
        work.check()?;
        let (reply, answer) = oneshot::channel();
        self.send(Job::Write(work, reply)).await?;
        answer.await.map_err(|_| stopped())?
    }

    /// Limits the size of the file.
    pub async fn limit_size(&self, bytes: Option<u64>) -> Result<(), StoreError> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::LimitSize(bytes, reply)).await?;
        answer.await.map_err(|_| stopped())?
    }

    /// Writes over what deletions left behind.
    pub async fn scrub(&self) -> Result<(), StoreError> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Scrub(reply)).await?;
        answer.await.map_err(|_| stopped())?
    }

    async fn send(&self, job: Job) -> Result<(), StoreError> {
        let queue = self.queue.as_ref().ok_or_else(stopped)?;
        queue.send(job).await.map_err(|_| stopped())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the store has stopped writing".to_owned())
}

fn serve(mut connection: Connection, mut jobs: mpsc::Receiver<Job>) {
    let mut next = jobs.blocking_recv();
    while let Some(job) = next.take() {
        match job {
            Job::LimitSize(bytes, reply) => drop(reply.send(limit_size(&connection, bytes))),
            Job::Scrub(reply) => drop(reply.send(scrub(&mut connection))),
            Job::Write(work, reply) => {
                let mut batch = Vec::new();
                let mut weight_bytes = work.weight_bytes();
                batch.push((work, reply));
                while batch.len() < MOST_IN_BATCH && weight_bytes < HEAVY_BATCH_BYTES {
                    match jobs.try_recv() {
                        Ok(Job::Write(work, reply)) => {
                            weight_bytes += work.weight_bytes();
                            batch.push((work, reply));
                        }
                        Ok(other) => {
                            next = Some(other);
                            break;
                        }
                        Err(_) => break,
                    }
                }
                commit(&mut connection, batch);
            }
        }
        if next.is_none() {
            next = jobs.blocking_recv();
        }
    }
}

/// Commits a batch and answers; when it fails as a whole and its parts may do better, each of them alone.
fn commit(connection: &mut Connection, batch: Vec<Waiting>) {
    match attempt(connection, &batch) {
        Ok(outcomes) => {
            for ((_, reply), outcome) in batch.into_iter().zip(outcomes) {
                // Whoever asked may have gone; the write stands all the same.
                drop(reply.send(outcome));
            }
        }
        Err(error) if batch.len() > 1 && may_succeed_alone(&error) => {
            for waiting in batch {
                commit(connection, vec![waiting]);
            }
        }
        Err(error) => {
            tracing::error!(%error, writes = batch.len(), "nothing of this batch was written");
            for (_, reply) in batch {
                drop(reply.send(Err(fault_again(&error))));
            }
        }
    }
}

/// One transaction. An error means that nothing of the batch was written; dropping the transaction rolls it back.
///
/// A crash before the commit leaves nothing of the batch, a crash after it leaves all of it, and only then is anybody answered.
fn attempt(connection: &mut Connection, batch: &[Waiting]) -> Result<Vec<Result<u64, StoreError>>, rusqlite::Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again in each transaction: another program may have written meanwhile.
    let mut position = next_position(&transaction)?;
    let mut outcomes = Vec::with_capacity(batch.len());
    for (work, _) in batch {
        match apply(&transaction, &mut position, work) {
            Ok(answer) => outcomes.push(Ok(answer)),
            // Everything that can be refused is looked at before the first write, so a refusal needs no savepoint.
            Err(Failure::Refused(refusal)) => outcomes.push(Err(refusal)),
            Err(Failure::Broken(error)) => return Err(error),
        }
    }
    transaction.commit()?; // The commit point.
    Ok(outcomes)
}

/// The same answer for each of a batch; SQLite's error itself cannot be copied.
fn fault_again(error: &rusqlite::Error) -> StoreError {
    match error {
        rusqlite::Error::SqliteFailure(code, text) => fault(rusqlite::Error::SqliteFailure(*code, text.clone())),
        other => StoreError::Corrupt(other.to_string()),
    }
}

fn limit_size(connection: &Connection, bytes: Option<u64>) -> Result<(), StoreError> {
    let page_bytes: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0)).map_err(fault)?;
    let pages = match (bytes, u64::try_from(page_bytes)) {
        (Some(bytes), Ok(page_bytes)) => bytes.div_ceil(page_bytes.max(1)).clamp(1, MOST_PAGES),
        _ => MOST_PAGES,
    };
    connection.pragma_update_and_check(None, "max_page_count", pages.cast_signed(), |_| Ok(())).map_err(fault)
}

/// SQLITE_MAX_PAGE_COUNT (<https://www.sqlite.org/limits.html>).
const MOST_PAGES: u64 = 4_294_967_294;
