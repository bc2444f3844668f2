//! The sequencer: takes events in log order, makes them leaves, writes tiles, signs a checkpoint.
//!
//! What a crash means at each step: before the tiles are written, nothing; between tiles and checkpoint, the tiles are written again with the
//! same bytes, since a leaf is a pure function of its event; after the checkpoint, the checkpoint stands. Recovery is the normal path: restore
//! the right edge from the newest checkpoint's tiles, and go on with the feed at its size. Tiles that are gone or damaged are made again from the
//! events.

use std::sync::Arc;

use bytes::Bytes;
use engine::CaseId;
use engine::case::Digest;
use engine::event::{Event, What};
use engine::roster::STREAM;
use futures_util::{StreamExt, TryStreamExt, stream};
use log::checkpoint::CheckpointError;
use log::{Appender, Checkpoint, Tile, checkpoint};
use std::collections::HashMap;
use store::{EventRow, Task};

use crate::logbook::{self, PREFIX, Published};
use crate::{App, AppError, leaf};

/// Events taken into one checkpoint at most.
const BATCH: u32 = 8192;
/// The task of bringing the log up to date.
const TASK: &str = "sequencing";
/// Files written at once.
const WRITES_AT_ONCE: usize = 8;
/// Cases whose definition is remembered between batches.
const CASES_REMEMBERED: usize = 100_000;

/// The log's right edge, and what was learned of the cases on it.
pub(crate) struct Sequencer {
    /// One process at a time signs: an older checkpoint must not take the place of a newer.
    task: Box<dyn Task>,
    appender: Appender,
    definitions: HashMap<CaseId, Digest>,
}

impl Sequencer {
    /// Takes the log up where it stands.
    ///
    /// # Errors
    /// [`AppError::Internal`] when what stands there was not signed with the zone's key or does not agree with the events.
    async fn restore(app: &App, task: Box<dyn Task>) -> Result<Self, AppError> {
        let mut sequencer = Self { task, appender: Appender::new(), definitions: HashMap::new() };
        let Some(published) = newest(app).await? else {
            // A log in which nothing happened yet is one, too: whoever watches it can begin.
            publish(app, &sequencer.appender).await?;
            return Ok(sequencer);
        };
        let checkpoint = &published.checkpoint;
        let restored = logbook::with_files(&app.objects, |files| Appender::restore(files, checkpoint)).await?;
        match restored {
            Ok(appender) => sequencer.appender = appender,
            // Gone or damaged: whatever the events give is held against the signed root below.
            Err(damaged) => {
                tracing::warn!(%damaged, "the log's tiles are made again from the events");
                sequencer.catch_up(app, checkpoint.size()).await?;
            }
        }
        if sequencer.appender.root() != *checkpoint.root() {
            return Err(AppError::Internal("the events do not give the root that the checkpoint signs".to_owned()));
        }
        *app.published.write() = Some(published);
        Ok(sequencer)
    }

    async fn catch_up(&mut self, app: &App, size: u64) -> Result<(), AppError> {
        while self.appender.size() < size {
            let left = u32::try_from(size.saturating_sub(self.appender.size())).unwrap_or(u32::MAX);
            if self.integrate(app, left.min(BATCH)).await? == 0 {
                return Err(AppError::Internal("the log is longer than the store's events".to_owned()));
            }
        }
        Ok(())
    }

    /// Takes one batch of events into the tree and writes its files; how many events there were.
    async fn integrate(&mut self, app: &App, limit: u32) -> Result<usize, AppError> {
        let rows = app.store.feed(self.appender.size(), limit).await?;
        if rows.is_empty() {
            return Ok(0);
        }
        let mut leaves = Vec::with_capacity(rows.len());
        for row in &rows {
            leaves.push(self.leaf(app, row).await?);
        }
        // The appender moves on only when the files are written, so a batch that fails is taken again whole.
        let mut appender = self.appender.clone();
        let batch = appender.append(&leaves).map_err(|error| AppError::Internal(error.to_string()))?;
        let writes = batch.files.into_iter().map(|file| write(app, file));
        stream::iter(writes).buffer_unordered(WRITES_AT_ONCE).try_collect::<Vec<()>>().await?;
        self.appender = appender;
        Ok(rows.len())
    }

    async fn leaf(&mut self, app: &App, row: &EventRow) -> Result<Vec<u8>, AppError> {
        if row.case == STREAM {
            let leaf = leaf::of_roster(row, &serde_json::from_slice(&row.event.body)?)?;
            return leaf.encode().map_err(|error| AppError::Internal(error.to_string()));
        }
        let event: Event = serde_json::from_slice(&row.event.body)?;
        let definition = match (&event.what, self.definitions.get(&row.case)) {
            (What::Opened(opened), _) => opened.definition,
            (_, Some(definition)) => *definition,
            (_, None) => app.load(row.case).await?.2.definition,
        };
        if self.definitions.len() >= CASES_REMEMBERED {
            self.definitions.clear();
        }
        self.definitions.insert(row.case, definition);
        let service = app.definitions.by_hash(&*app.store, definition).await?;
        let leaf = leaf::of(row, &event, &service, definition)?;
        leaf.encode().map_err(|error| AppError::Internal(error.to_string()))
    }
}

/// The newest checkpoint as it stands in the object store.
async fn newest(app: &App) -> Result<Option<Published>, AppError> {
    let Some(note) = app.objects.get(&format!("{PREFIX}/{}", checkpoint::PATH)).await? else { return Ok(None) };
    let opened = Checkpoint::open(&note, app.log_key.verifier(), &[])
        .map_err(|error| AppError::Internal(damaged_checkpoint(&error)))?;
    let at_ms = app.clock.now().as_millisecond();
    Ok(Some(Published { checkpoint: opened.checkpoint, note, at_ms }))
}

/// The one file that is not made again: it is what the zone promised to its readers, and the events may be older.
fn damaged_checkpoint(error: &CheckpointError) -> String {
    let file = format!("{PREFIX}/{}", checkpoint::PATH);
    format!(
        "{file} in the object store does not open: {error}; put it back from a copy, or see that the keys are this zone's"
    )
}

async fn write(app: &App, (tile, bytes): (Tile, Vec<u8>)) -> Result<(), AppError> {
    app.objects.put(&format!("{PREFIX}/{}", tile.path()), bytes).await
}

/// Brings the log up to the newest event; how many there were. While another process does so, only its newest checkpoint is taken up.
///
/// # Errors
/// When the store or the object store is away: what was not signed is taken again.
pub async fn run(app: &App) -> Result<usize, AppError> {
    let mut guard = app.sequencer.lock().await;
    let mut sequencer = match guard.take() {
        Some(sequencer) => sequencer,
        None => match app.store.take(TASK).await? {
            Some(task) => Sequencer::restore(app, task).await?,
            None => {
                *app.published.write() = newest(app).await?;
                return Ok(0);
            }
        },
    };
    let mut taken = 0;
    loop {
        let batch = sequencer.integrate(app, BATCH).await?;
        if batch == 0 {
            break;
        }
        taken += batch;
        if !sequencer.task.is_held().await {
            return Err(AppError::Internal("another process may be signing the log".to_owned()));
        }
        publish(app, &sequencer.appender).await?;
    }
    *guard = Some(sequencer);
    Ok(taken)
}

/// Signs and writes the checkpoint. **The commit point of the log**: before this write nobody can see the new entries, after it everybody can.
async fn publish(app: &App, appender: &Appender) -> Result<(), AppError> {
    let internal = |error: &dyn std::fmt::Display| AppError::Internal(error.to_string());
    let checkpoint =
        Checkpoint::new(&app.origin, appender.size(), appender.root()).map_err(|error| internal(&error))?;
    let note: Bytes = checkpoint.sign(&app.log_key).map_err(|error| internal(&error))?.encode().into();
    app.objects.put(&format!("{PREFIX}/{}", checkpoint::PATH), note.clone()).await?;
    let at_ms = app.clock.now().as_millisecond();
    *app.published.write() = Some(Published { checkpoint, note, at_ms });
    Ok(())
}

/// Runs until `stop`: whenever something was appended, and every so often for what other nodes append.
pub async fn keep_running(app: Arc<App>, mut stop: tokio::sync::watch::Receiver<bool>) {
    // Within the second that an act may wait for its checkpoint; shorter, and the partial tiles of each checkpoint cost more than the entries.
    let gather = std::time::Duration::from_millis(250);
    while !*stop.borrow() {
        tokio::select! {
            () = app.changed.notified() => {}
            () = tokio::time::sleep(std::time::Duration::from_secs(1)) => {}
            _ = stop.changed() => {}
        }
        // Events that arrive together share a checkpoint.
        tokio::time::sleep(gather).await;
        if let Err(error) = run(&app).await {
            tracing::error!(%error, "the log could not be brought up to date; it is tried again");
        }
    }
}
