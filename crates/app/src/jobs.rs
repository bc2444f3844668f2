//! Work that nobody asks for: clocks that run out, the outbox, the log and its witnesses.
//!
//! Must not know of: pages. Each job can be killed at any moment and takes up where it was.

pub(crate) mod agreement;
pub mod clock;
pub mod handover;
pub mod lots;
pub mod outbox;
pub mod sequencer;
pub(crate) mod stuck;
pub mod sweep;
pub mod witnesses;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::{App, integrity};

/// How often the clock looks for what is due, and the outbox for what waits.
const BEAT: Duration = Duration::from_secs(1);
/// How often the published figures are brought up to date.
const COUNT_BEAT: Duration = Duration::from_secs(5);

/// Starts all jobs; they end when `stop` turns true.
pub fn start(app: &Arc<App>, stop: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
    vec![
        tokio::spawn(sequencer::keep_running(Arc::clone(app), stop.clone())),
        tokio::spawn(beat(Arc::clone(app), stop.clone())),
        tokio::spawn(count(Arc::clone(app), stop.clone())),
        tokio::spawn(sweep::keep_running(Arc::clone(app), stop.clone())),
        tokio::spawn(witnesses::keep_running(Arc::clone(app), stop.clone())),
        tokio::spawn(lots::keep_running(Arc::clone(app), stop.clone())),
    ]
}

/// The published figures, a little behind what happens: nobody waits for them.
async fn count(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = integrity::run(&app).await {
            tracing::error!(%error, "the published figures could not be brought up to date; it is tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(COUNT_BEAT) => {}
            _ = stop.changed() => {}
        }
    }
}

/// The clock and the outbox, at every beat and whenever something was appended.
async fn beat(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = clock::run(&app).await {
            tracing::error!(%error, "the clock could not look for what is due; it looks again");
        }
        if let Err(error) = app.scrub_if_due().await {
            tracing::warn!(%error, "what was erased could not be written over in the database's files; it is tried again");
        }
        if let Err(error) = handover::run(&app).await {
            tracing::error!(%error, "cases of officers who are not there could not be given over; it is tried again");
        }
        if let Err(error) = outbox::run(&app).await {
            tracing::error!(%error, "the outbox could not be delivered; it is tried again");
        }
        tokio::select! {
            () = app.to_deliver.notified() => {}
            () = tokio::time::sleep(BEAT) => {}
            _ = stop.changed() => {}
        }
    }
}
