//! The task that writes: it takes what waits into one transaction, and finds its way back when the connection breaks.
//!
//! Must not know of: tables.

use std::time::Duration;

use store::{StoreError, Work};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_postgres::Config;

use crate::session::{Failed, Outcomes, Session};

/// Writes that may wait; who comes later waits to be let in.
const QUEUE: usize = 4096;
/// Most writes in one transaction.
const MOST_IN_BATCH: usize = 2048;
/// A batch takes no further write once it weighs this much.
const HEAVY_BATCH_BYTES: usize = 16 << 20;
/// Between attempts to connect: doubles from the first to the last.
const BACKOFF: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));
/// How long the fate of a commit is asked for before the callers are told that it is unknown.
const ASK_FATE_FOR: Duration = Duration::from_secs(30);

type Waiting = (Work, oneshot::Sender<Result<u64, StoreError>>);

/// The way to the writing task. The task ends when this is dropped.
pub struct Writer {
    queue: mpsc::Sender<Waiting>,
}

impl Writer {
    /// Starts the task. `id` is this process's row among the writers.
    pub fn start(config: Config, id: i64, session: Session) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let task =
            Task { config, id, number: 0, session: Some(session), backoff: BACKOFF.0, not_before: Instant::now() };
        tokio::spawn(task.serve(waiting));
        Self { queue }
    }

    /// Writes durably. The answer of an append is its first log position, of anything else 0.
    pub async fn write(&self, work: Work) -> Result<u64, StoreError> {
        work.check()?;
        let (reply, answer) = oneshot::channel();
        self.queue.send((work, reply)).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the store has stopped writing".to_owned())
}

struct Task {
    config: Config,
    id: i64,
    /// Of the last batch; rises.
    number: i64,
    session: Option<Session>,
    backoff: Duration,
    not_before: Instant,
}

impl Task {
    async fn serve(mut self, mut waiting: mpsc::Receiver<Waiting>) {
        while let Some(first) = waiting.recv().await {
            let mut weight_bytes = first.0.weight_bytes();
            let mut batch = vec![first];
            while batch.len() < MOST_IN_BATCH && weight_bytes < HEAVY_BATCH_BYTES {
                let Ok(next) = waiting.try_recv() else { break };
                weight_bytes += next.0.weight_bytes();
                batch.push(next);
            }
            self.commit(batch).await;
        }
    }

    /// Commits a batch and answers; when the server refuses it as a whole, each part of it alone: one may be unsound where the others are not.
    async fn commit(&mut self, batch: Vec<Waiting>) {
        let works: Vec<&Work> = batch.iter().map(|(work, _)| work).collect();
        match self.attempt(&works).await {
            Ok(outcomes) => answer(batch, outcomes),
            Err(Failed::Undone(_)) if batch.len() > 1 => {
                for waiting in batch {
                    let outcome = match self.attempt(&[&waiting.0]).await {
                        Ok(outcomes) => outcomes,
                        Err(failed) => vec![Err(refusal(failed))],
                    };
                    answer(vec![waiting], outcome);
                }
            }
            Err(failed) => {
                let error = refusal(failed);
                tracing::error!(%error, writes = batch.len(), "a batch failed");
                let outcomes = batch.iter().map(|_| Err(again(&error))).collect();
                answer(batch, outcomes);
            }
        }
    }

    /// One transaction; a connection that broke is replaced before it, and a commit whose answer was lost is asked for after it.
    async fn attempt(&mut self, works: &[&Work]) -> Result<Outcomes, Failed> {
        self.number = self.number.saturating_add(1);
        let (id, number) = (self.id, self.number);
        let session = self.session().await.map_err(Failed::Lost)?;
        let outcome = session.write(works, id, number).await;
        match outcome {
            Err(Failed::Lost(error)) => {
                self.session = None;
                Err(Failed::Lost(error))
            }
            Err(Failed::Unknown(why, outcomes)) => {
                self.session = None;
                match self.fate(number).await {
                    Some(true) => Ok(outcomes),
                    Some(false) => Err(Failed::Lost(StoreError::Unavailable(why))),
                    None => Err(Failed::Unknown(why, outcomes)),
                }
            }
            other => other,
        }
    }

    /// Whether the batch that was being committed when its session broke stands; none when nobody could be asked in time.
    async fn fate(&mut self, number: i64) -> Option<bool> {
        let until = Instant::now() + ASK_FATE_FOR;
        while Instant::now() < until {
            let id = self.id;
            let Ok(session) = self.session().await else { continue };
            match timeout(ASK_FATE_FOR, session.was_committed(id, number)).await {
                Ok(Ok(stands)) => {
                    tracing::info!(stands, "asked what became of a commit whose answer was lost");
                    return Some(stands);
                }
                Ok(Err(_)) | Err(_) => self.session = None,
            }
        }
        None
    }

    /// The session, opened again when it is gone; not more often than the backoff allows.
    async fn session(&mut self) -> Result<&Session, StoreError> {
        let standing = self.session.take().filter(|session| !session.is_closed());
        let session = if let Some(session) = standing {
            session
        } else {
            sleep_until(self.not_before).await;
            let opened = Session::open(&self.config).await;
            self.backoff = if opened.is_ok() { BACKOFF.0 } else { (self.backoff * 2).min(BACKOFF.1) };
            self.not_before = Instant::now() + self.backoff;
            opened?
        };
        Ok(self.session.insert(session))
    }
}

fn answer(batch: Vec<Waiting>, outcomes: Outcomes) {
    for ((_, reply), outcome) in batch.into_iter().zip(outcomes) {
        // Whoever asked may have gone; the write stands all the same.
        drop(reply.send(outcome));
    }
}

fn refusal(failed: Failed) -> StoreError {
    match failed {
        Failed::Undone(error) | Failed::Lost(error) => error,
        Failed::Unknown(why, _) => StoreError::Unknown(why),
    }
}

/// The same answer for each of a batch; an error itself cannot be copied.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::Unavailable(why) => StoreError::Unavailable(why.clone()),
        StoreError::Unknown(why) => StoreError::Unknown(why.clone()),
        other => StoreError::Corrupt(other.to_string()),
    }
}
