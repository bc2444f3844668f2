//! Whether the store and the log that it signed are of one zone, asked before anything is written: a store that was put back from an older copy would
//! give places in the log that are taken, and the log would contradict itself for ever.
//!
//! Must not know of: tiles, how a log goes on.
//!
//! It asks for the newest signed place alone, which is as fast in a log of any size: whoever changes an event before it is found by an audit.

use std::collections::HashMap;

use log::tree::Tree;
use log::{Checkpoint, TileReader, checkpoint, proof};

use super::sequencer::{later, leaf, newest};
use crate::logbook::{self, SIGNED};
use crate::{App, AppError, latest};

/// Holds that the store has every event that the log signed, and that the last of them gives the leaf that was signed.
///
/// # Errors
/// [`AppError::Internal`] where it does not: the database is older than the log, or another's. When the store or the object store is away.
pub(crate) async fn hold(app: &App) -> Result<(), AppError> {
    let (published, signed) = (newest(app, checkpoint::PATH).await?, newest(app, SIGNED).await?);
    let Some(stands) = later(published.as_ref(), signed.as_ref()) else { return Ok(()) };
    let (checkpoint, size) = (&stands.checkpoint, stands.checkpoint.size());
    let Some(last) = size.checked_sub(1) else { return Ok(()) };
    let Some(row) = app.store.feed(last, 1).await?.pop() else {
        return Err(AppError::Internal(behind(latest::length(&*app.store).await?, size)));
    };
    let leaf = leaf(app, &mut HashMap::new(), &row).await?;
    match is_signed(app, last, &leaf, checkpoint).await? {
        true => Ok(()),
        false => Err(AppError::Internal(other(&format!(
            "event {last}, the last that the log signed, is another in the database"
        )))),
    }
}

async fn is_signed(app: &App, index: u64, leaf: &[u8], checkpoint: &Checkpoint) -> Result<bool, AppError> {
    let (size, root) = (checkpoint.size(), checkpoint.root());
    let read = |files: &dyn TileReader| {
        let sound = Tree::restore(files, size).is_ok_and(|tree| tree.root() == *root);
        (sound, proof::inclusion(files, index, size))
    };
    let (sound, hashes) = logbook::with_files(&app.objects, read).await?;
    let hash = log::hash::leaf_hash(leaf);
    // Tiles that are gone or damaged are made again from the events, all of which are then held against the root.
    Ok(!sound || hashes.is_ok_and(|hashes| proof::verify_inclusion(&hash, index, size, &hashes, root).is_ok()))
}

/// What is said of a store that has fewer events than the log signed.
pub(super) fn behind(events: u64, size: u64) -> String {
    format!(
        "the database has {events} events and the log has signed {size}: the database is older than the log. Nothing was written. Put the newer database \
         back; if it is lost, what is said of a restore in docs/operating.md holds: restore the log's files and the database from one backup"
    )
}

/// What is said of a store whose events are not those that the log signed.
pub(super) fn other(what: &str) -> String {
    format!(
        "{what}: the database is not the one whose log this is. Nothing was written. Put this log's own database back"
    )
}
