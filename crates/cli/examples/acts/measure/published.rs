//! What the zone publishes of its log, looked at as a stranger would: over HTTP, and believed only when it is signed, and cosigned by a quorum where
//! there are witnesses.
//!
//! Must not know of: what is in the log.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use log::{Checkpoint, Policy, VerifierKey};
use parking_lot::Mutex;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::Failure;
use super::wire::Connection;

/// How often it is looked: what is measured with it is as exact as that.
const LOOK: Duration = Duration::from_millis(20);

/// Looks until it is ended.
pub struct Watch {
    seen: Arc<Mutex<Vec<(Instant, u64)>>>,
    stop: watch::Sender<bool>,
    task: JoinHandle<Result<(), Failure>>,
}

impl Watch {
    pub fn start(address: SocketAddr, policy: Option<Policy>, log: VerifierKey) -> Self {
        let seen = Arc::default();
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(look(address, policy, log, Arc::clone(&seen), stopped));
        Self { seen, stop, task }
    }

    /// The size that is published.
    pub fn size(&self) -> u64 {
        self.seen.lock().last().map_or(0, |(_, size)| *size)
    }

    /// How long after `since` it was published what covers a position; none when that was not seen.
    pub fn covered(&self, since: Instant, position: u64) -> Option<Duration> {
        let seen = self.seen.lock();
        let first = seen.partition_point(|(_, size)| *size <= position);
        seen.get(first).map(|(at, _)| at.saturating_duration_since(since))
    }

    /// What is wrong, where nothing was published in time.
    pub fn why_not(&self, what: &str) -> Failure {
        let ended = if self.task.is_finished() { "; what is published does not hold" } else { "" };
        format!("{what}: {} entries are published{ended}", self.size()).into()
    }

    /// Ends, and says whether all that was published held.
    pub async fn end(self) -> Result<(), Failure> {
        let _ = self.stop.send(true);
        self.task.await?
    }
}

async fn look(
    address: SocketAddr,
    policy: Option<Policy>,
    log: VerifierKey,
    seen: Arc<Mutex<Vec<(Instant, u64)>>>,
    stopped: watch::Receiver<bool>,
) -> Result<(), Failure> {
    let mut connection = Connection::open(address).await?;
    let mut last = Vec::new();
    let mut beat = tokio::time::interval(LOOK);
    while !*stopped.borrow() {
        beat.tick().await;
        let answer = connection.get("/log/checkpoint").await?;
        // Before the first quorum nothing is published.
        if answer.status == 404 || answer.body == last {
            continue;
        }
        let size = verified(&answer.body, policy.as_ref(), &log)?.size();
        seen.lock().push((Instant::now(), size));
        last = answer.body;
    }
    Ok(())
}

fn verified(note: &[u8], policy: Option<&Policy>, log: &VerifierKey) -> Result<Checkpoint, Failure> {
    let now_s = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    Ok(match policy {
        Some(policy) => policy.open(note, Some(log), now_s + 1)?.checkpoint,
        None => Checkpoint::open(note, log, &[])?.checkpoint,
    })
}
