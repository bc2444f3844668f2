//! The sequencer: takes events in log order, makes them leaves, writes tiles, signs a checkpoint.
//!
//! What a crash means at each step: before the tiles are written, nothing; between tiles and checkpoint, the tiles are written again with the
//! same bytes, since a leaf is a pure function of its event; after the checkpoint, the checkpoint stands. Recovery is the normal path: restore
//! the right edge from the newest checkpoint's tiles, and go on with the feed at its size. Tiles that are gone or damaged are made again from the
//! events.
//!
//! Where the zone has witnesses, the checkpoint is signed and kept here, and becomes final in `jobs/witnesses.rs`: the newest of the two files is
//! where a start goes on, so that nothing is signed twice under two roots.

use std::sync::Arc;

use bytes::Bytes;
use engine::CaseId;
use engine::case::Digest;
use engine::event::{Event, What};
use engine::mandate;
use engine::roster::STREAM;
use futures_util::{StreamExt, TryStreamExt, stream};
use log::checkpoint::CheckpointError;
use log::proof::{self, Head, ProofError};
use log::{Appender, Checkpoint, Tile, checkpoint};
use std::collections::HashMap;
use store::{EventRow, Task};

use super::agreement;
use crate::logbook::{self, PREFIX, Published, SIGNED, Signed};
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
    task: Arc<dyn Task>,
    appender: Appender,
    definitions: HashMap<CaseId, Digest>,
}

impl Sequencer {
    /// Takes the log up where it stands.
    ///
    /// # Errors
    /// [`AppError::Internal`] when what stands there was not signed with the zone's key or does not agree with the events.
    async fn restore(app: &App, task: Box<dyn Task>) -> Result<Self, AppError> {
        let mut sequencer = Self { task: task.into(), appender: Appender::new(), definitions: HashMap::new() };
        let published = newest(app, checkpoint::PATH).await?;
        let signed = newest(app, SIGNED).await?;
        let Some(stands) = later(published.as_ref(), signed.as_ref()) else {
            // A log in which nothing happened yet is one, too: whoever watches it can begin.
            sequencer.sign(app).await?;
            return Ok(sequencer);
        };
        let checkpoint = &stands.checkpoint;
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
            return Err(AppError::Internal(agreement::other(
                "the events do not give the root that the checkpoint signs",
            )));
        }
        for other in [&published, &signed].into_iter().flatten() {
            grew(app, &other.checkpoint, checkpoint).await?;
        }
        match &app.witnesses {
            Some(witnesses) => {
                if let Some(published) = &published {
                    witnesses.remember(published.checkpoint.size(), &published.note);
                }
                sequencer.stand_by(app, checkpoint.clone())?;
                *app.published.write() = published;
            }
            // The zone has no witnesses any more: what it signed is published as it is.
            None if published.as_ref().is_none_or(|published| published.checkpoint != *checkpoint) => {
                sequencer.sign(app).await?;
            }
            None => *app.published.write() = published,
        }
        Ok(sequencer)
    }

    /// Signs and keeps the checkpoint. **The commit point of the log**: before this write nobody has seen a signature over the new entries; after
    /// it the zone stands by it for good. Without witnesses it is published by it as well; with witnesses they see it next.
    async fn sign(&self, app: &App) -> Result<(), AppError> {
        let internal = |error: &dyn std::fmt::Display| AppError::Internal(error.to_string());
        let (size, root) = (self.appender.size(), self.appender.root());
        let checkpoint = Checkpoint::new(&app.origin, size, root).map_err(|error| internal(&error))?;
        let note: Bytes = checkpoint.sign(&app.log_key).map_err(|error| internal(&error))?.encode().into();
        let file = if app.witnesses.is_some() { SIGNED } else { checkpoint::PATH };
        app.objects.put(&format!("{PREFIX}/{file}"), note.clone()).await?;
        let at_ms = app.clock.now().as_millisecond();
        let signed = Published { checkpoint, note, at_ms };
        match app.witnesses {
            Some(_) => self.stand_by(app, signed.checkpoint)?,
            None => {
                *app.published.write() = Some(signed);
                app.published_now.notify_one();
            }
        }
        Ok(())
    }

    /// Hands a checkpoint that is kept to those who gather cosignatures.
    fn stand_by(&self, app: &App, checkpoint: Checkpoint) -> Result<(), AppError> {
        // Ed25519 gives the same signature for the same text.
        let note = checkpoint.sign(&app.log_key).map_err(|error| AppError::Internal(error.to_string()))?;
        *app.signed.write() = Some(Signed { checkpoint, note, task: Arc::downgrade(&self.task) });
        app.signed_now.notify_one();
        Ok(())
    }

    async fn catch_up(&mut self, app: &App, size: u64) -> Result<(), AppError> {
        while self.appender.size() < size {
            let left = u32::try_from(size.saturating_sub(self.appender.size())).unwrap_or(u32::MAX);
            if self.integrate(app, left.min(BATCH)).await? == 0 {
                return Err(AppError::Internal(agreement::behind(self.appender.size(), size)));
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
            leaves.push(leaf(app, &mut self.definitions, row).await?);
        }
        // What other processes recorded lies behind this one, too.
        rows.iter().for_each(|row| app.clock.not_before(row.event.at_ms));
        // The appender moves on only when the files are written, so a batch that fails is taken again whole.
        let mut appender = self.appender.clone();
        let batch = appender.append(&leaves).map_err(|error| AppError::Internal(error.to_string()))?;
        let writes = batch.files.into_iter().map(|file| write(app, file));
        stream::iter(writes).buffer_unordered(WRITES_AT_ONCE).try_collect::<Vec<()>>().await?;
        self.appender = appender;
        Ok(rows.len())
    }
}

/// The leaf of an event; `definitions` remembers those of cases.
pub(super) async fn leaf(
    app: &App,
    definitions: &mut HashMap<CaseId, Digest>,
    row: &EventRow,
) -> Result<Vec<u8>, AppError> {
    if row.case == STREAM {
        let leaf = leaf::of_roster(row, &serde_json::from_slice(&row.event.body)?)?;
        return leaf.encode().map_err(|error| AppError::Internal(error.to_string()));
    }
    if mandate::is_stream(&row.case) {
        let leaf = leaf::of_mandate(row, &serde_json::from_slice(&row.event.body)?)?;
        return leaf.encode().map_err(|error| AppError::Internal(error.to_string()));
    }
    let event: Event = serde_json::from_slice(&row.event.body)?;
    let definition = match (&event.what, definitions.get(&row.case)) {
        (What::Opened(opened), _) => opened.definition,
        (_, Some(definition)) => *definition,
        (_, None) => app.load(row.case).await?.2.definition,
    };
    if definitions.len() >= CASES_REMEMBERED {
        definitions.clear();
    }
    definitions.insert(row.case, definition);
    let service = app.definitions.by_hash(&*app.store, definition).await?;
    let leaf = leaf::of(row, &event, &service, definition)?;
    leaf.encode().map_err(|error| AppError::Internal(error.to_string()))
}

/// A checkpoint as it stands in the object store.
pub(crate) async fn newest(app: &App, file: &str) -> Result<Option<Published>, AppError> {
    let file = format!("{PREFIX}/{file}");
    let Some(note) = app.objects.get(&file).await? else { return Ok(None) };
    let opened = Checkpoint::open(&note, app.log_key.verifier(), &[])
        .map_err(|error| AppError::Internal(damaged_checkpoint(&file, &error)))?;
    let at_ms = app.clock.now().as_millisecond();
    Ok(Some(Published { checkpoint: opened.checkpoint, note, at_ms }))
}

/// The one that covers more.
pub(super) fn later<'a>(published: Option<&'a Published>, signed: Option<&'a Published>) -> Option<&'a Published> {
    match (published, signed) {
        (Some(published), Some(signed)) if signed.checkpoint.size() > published.checkpoint.size() => Some(signed),
        (None, signed) => signed,
        (published, _) => published,
    }
}

/// Holds that the log which `new` signs begins as `old` signed it. That the files of `new` are there was seen before.
async fn grew(app: &App, old: &Checkpoint, new: &Checkpoint) -> Result<(), AppError> {
    let [old, new] = [old, new].map(|checkpoint| Head { size: checkpoint.size(), root: *checkpoint.root() });
    let hashes = logbook::with_files(&app.objects, |files| proof::consistency(files, old.size, new.size)).await?;
    match hashes.and_then(|hashes| proof::verify_consistency(&old, &new, &hashes)) {
        Ok(()) => Ok(()),
        // Gone or damaged tiles are found, and mended, elsewhere; they say nothing of what was signed.
        Err(ProofError::Tile(damaged)) => {
            tracing::warn!(%damaged, "what was signed before could not be compared");
            Ok(())
        }
        Err(_) => Err(AppError::Internal(format!(
            "the log signed {} entries and {} entries, and one is not the beginning of the other: {PREFIX}/{} and {PREFIX}/{SIGNED} in the \
             object store are not of one log; put the newest one back that is this zone's",
            old.size,
            new.size,
            checkpoint::PATH
        ))),
    }
}

/// The files that are not made again: they are what the zone promised to its readers, and the events may be older.
fn damaged_checkpoint(file: &str, error: &CheckpointError) -> String {
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
                *app.signed.write() = None;
                *app.published.write() = newest(app, checkpoint::PATH).await?;
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
        sequencer.sign(app).await?;
    }
    *guard = Some(sequencer);
    Ok(taken)
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
