//! Work that nobody asks for: clocks that run out, the outbox, the log.
//!
//! Must not know of: pages. Each job can be killed at any moment and takes up where it was.

pub mod clock;
pub mod handover;
pub mod outbox;
pub mod sequencer;
pub(crate) mod stuck;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::App;

/// How often the clock looks for what is due, and the outbox for what waits.
const BEAT: Duration = Duration::from_secs(1);

/// Starts all jobs; they end when `stop` turns true.
pub fn start(app: &Arc<App>, stop: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
    vec![
        tokio::spawn(sequencer::keep_running(Arc::clone(app), stop.clone())),
        tokio::spawn(beat(Arc::clone(app), stop.clone())),
    ]
}

/// The clock and the outbox, at every beat and whenever something was appended.
async fn beat(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = clock::run(&app).await {
            tracing::error!(%error, "the clock could not look for what is due; it looks again");
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
