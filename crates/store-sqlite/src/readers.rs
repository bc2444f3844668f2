//! Reading: short reads where they are asked for, long ones on a few threads.
//!
//! Must not know of: tables.
//!
//! A point read touches a handful of pages and takes some ten microseconds; to hand it to another thread and to wake the asker again would cost
//! more than that. A listing may take long, so it goes to a thread and nobody else waits for it.

use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use parking_lot::Mutex;
use rusqlite::Connection;
use store::StoreError;
use tokio::sync::{mpsc, oneshot};

/// Enough that a long listing leaves others free for short reads.
const THREADS: usize = 4;
/// Reads that may wait; who comes later waits to be let in.
const QUEUE: usize = 1024;

type Read = Box<dyn FnOnce(&Connection) + Send>;

/// Connections for short reads: as many as there may be tasks running at once on a small machine; where all are busy, a thread reads.
const SHORT: usize = 4;

/// The reading threads. They end when this is dropped.
pub struct Readers {
    short: Vec<Mutex<Connection>>,
    /// None only while being dropped.
    queue: Option<mpsc::Sender<Read>>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    /// Starts the threads, each with a connection from `connect`.
    pub fn start(connect: impl Fn() -> Result<Connection, StoreError>) -> Result<Self, StoreError> {
        let short = (0..SHORT).map(|_| connect().map(Mutex::new)).collect::<Result<_, _>>()?;
        let (queue, reads) = mpsc::channel::<Read>(QUEUE);
        let reads = Arc::new(Mutex::new(reads));
        let mut threads = Vec::with_capacity(THREADS);
        for number in 0..THREADS {
            let connection = connect()?;
            let reads = Arc::clone(&reads);
            let thread = Builder::new()
                .name(format!("sqlite-read-{number}"))
                .spawn(move || serve(&connection, &reads))
                .map_err(|error| StoreError::Unavailable(error.to_string()))?;
            threads.push(thread);
        }
        Ok(Self { short, queue: Some(queue), threads })
    }

    /// Runs a read of a few pages at once.
    pub async fn read_point<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        if let Some(connection) = self.short.iter().find_map(Mutex::try_lock) {
            return read(&connection);
        }
        self.read(read).await
    }

    /// Runs a read on one of the threads.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let read: Read = Box::new(move |connection| drop(reply.send(read(connection))));
        let queue = self.queue.as_ref().ok_or_else(stopped)?;
        queue.send(read).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

fn serve(connection: &Connection, reads: &Mutex<mpsc::Receiver<Read>>) {
    loop {
        // Whoever holds the lock waits for a read and lets go before doing it.
        let Some(read) = reads.lock().blocking_recv() else { return };
        read(connection);
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the store has stopped reading".to_owned())
}

impl Drop for Readers {
    fn drop(&mut self) {
        drop(self.queue.take());
        for thread in self.threads.drain(..) {
            drop(thread.join());
        }
    }
}
