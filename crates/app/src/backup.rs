//! The objects of a zone in a backup: copying the documents and the public log, and looking whether a copy is whole.
//!
//! Must not know of: how a store is copied, where a backup is kept.
//!
//! The log of a backup must not be ahead of its store. So its checkpoint is read first, then the store is copied, and then what the checkpoint
//! signs: events are durable before they are signed, and tiles are never taken away. A document goes only when it is erased; one that goes while it
//! is to be copied is told as missing, and the backup is to be made again.

use bytes::Bytes;
use log::chain::Chains;
use log::leaf::Leaf;
use log::tile::{Kind, MAX_LEVEL};
use log::{Checkpoint, ReadError, Tile, TileReader, VerifierKey, checkpoint, verify};
use sha2::{Digest, Sha256};
use store::{EntryQuery, Store};

use crate::document_uses;
use crate::documents::{KIND, kept};
use crate::logbook::PREFIX;
use crate::objects::Objects;
use crate::{AppError, Keys};

/// Entries read at once.
const BATCH: u32 = 1000;

/// What was copied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Documents.
    pub documents: u64,
    /// Files of the log.
    pub log_files: u64,
    /// What could not be copied as it should be, in words.
    pub problems: Vec<String>,
}

/// The key that checks a zone's log.
///
/// # Errors
/// [`AppError::Internal`] when the origin does not do as a key's name.
pub fn log_key(origin: &str, keys: &Keys) -> Result<VerifierKey, AppError> {
    let signer = log::SignerKey::from_seed(origin, log::key::Algorithm::Ed25519, &keys.log);
    signer
        .map(|signer| signer.verifier().clone())
        .map_err(|error| AppError::Internal(format!("the log's key: {error}")))
}

/// The checkpoint that stands now; none before the first event.
///
/// # Errors
/// When the objects cannot be reached, or what stands there was not signed with this key.
pub async fn standing(objects: &Objects, key: &VerifierKey) -> Result<Option<(Checkpoint, Bytes)>, AppError> {
    let Some(note) = objects.get(&format!("{PREFIX}/{}", checkpoint::PATH)).await? else { return Ok(None) };
    let opened = Checkpoint::open(&note, key, &[])
        .map_err(|error| AppError::Internal(format!("the log's checkpoint does not open: {error}")))?;
    Ok(Some((opened.checkpoint, note)))
}

/// Copies the documents that the store knows, and the log as far as `standing` signs it; the checkpoint last.
///
/// # Errors
/// When the store or one of the objects cannot be reached. What is missing or damaged is told among the problems.
pub async fn copy(
    store: &dyn Store,
    from: &Objects,
    standing: Option<&(Checkpoint, Bytes)>,
    to: &Objects,
) -> Result<Copied, AppError> {
    let mut copied = Copied::default();
    copy_documents(store, KIND, from, to, &mut copied).await?;
    copy_documents(store, document_uses::KIND, from, to, &mut copied).await?;
    if let Some((checkpoint, note)) = standing {
        for tile in tiles(checkpoint.size()) {
            copy_tile(from, to, tile, &mut copied).await?;
        }
        to.put(&format!("{PREFIX}/{}", checkpoint::PATH), note.clone()).await?;
    }
    Ok(copied)
}

/// Copies the documents that entries of a kind name: those that accounts brought, or those that cases alone use, since a function made them.
async fn copy_documents(
    store: &dyn Store,
    kind: &str,
    from: &Objects,
    to: &Objects,
    copied: &mut Copied,
) -> Result<(), AppError> {
    let mut after = None;
    loop {
        let query = EntryQuery { kind: kind.to_owned(), key: None, owner: None, after, limit: BATCH };
        let entries = store.entries(query).await?;
        let Some(last) = entries.last() else { return Ok(()) };
        after = Some(last.key.clone());
        for entry in entries {
            if kind == document_uses::KIND && !document_uses::is_of_cases_alone(&entry)? {
                continue;
            }
            // The key is HASH, or OWNER/HASH: one document may be there for several owners, and is written over with the same bytes.
            let name = entry.key.rsplit('/').next().unwrap_or_default();
            let mut sha256 = [0_u8; 32];
            if hex::decode_to_slice(name, &mut sha256).is_err() {
                copied.problems.push(format!("the store names a document {name}, which is no hash"));
                continue;
            }
            let path = kept::path(&sha256);
            let in_store = kept::in_store(store, &sha256).await?;
            let is_copied = in_store.is_some();
            let found = if is_copied { in_store } else { from.get(&path).await? };
            match found {
                Some(bytes) if <[u8; 32]>::from(Sha256::digest(&bytes)) == sha256 => {
                    if !is_copied {
                        to.put(&path, bytes).await?;
                    }
                    copied.documents = copied.documents.saturating_add(1);
                }
                Some(_) => copied.problems.push(format!("{path} is damaged: its content is not what its name says")),
                None => copied.problems.push(format!("{path} is missing")),
            }
        }
    }
}

async fn copy_tile(from: &Objects, to: &Objects, tile: Tile, copied: &mut Copied) -> Result<(), AppError> {
    // A partial tile may have been tidied away once the full one was there (C2SP tlog-tiles, "Partial Tiles").
    for tile in [tile, tile.full()] {
        let path = format!("{PREFIX}/{}", tile.path());
        if let Some(bytes) = from.get(&path).await? {
            to.put(&path, bytes).await?;
            copied.log_files = copied.log_files.saturating_add(1);
            return Ok(());
        }
    }
    copied.problems.push(format!("{PREFIX}/{} is missing", tile.path()));
    Ok(())
}

/// Every bundle and tile of a log of this size.
pub(crate) fn tiles(size: u64) -> impl Iterator<Item = Tile> {
    let kinds = std::iter::once(Kind::Entries).chain((0..=MAX_LEVEL).map(Kind::Hashes));
    kinds.flat_map(move |kind| (0..).map_while(move |index| Tile::in_tree(kind, index, size)))
}

/// The first thing that is wrong with a copy: its log is not whole, or ahead of its store.
///
/// # Errors
/// When the store cannot be read.
pub async fn examine(
    store: &dyn Store,
    files: &dyn TileReader,
    key: &VerifierKey,
) -> Result<Result<u64, String>, AppError> {
    let size = match whole(files, key) {
        Ok(size) => size,
        Err(finding) => return Ok(Err(finding)),
    };
    let last = size.checked_sub(1);
    let is_ahead = match last {
        Some(last) => store.feed(last, 1).await?.is_empty(),
        None => false,
    };
    Ok(if is_ahead {
        Err(format!("its log has {size} entries, which is more than its store has events"))
    } else {
        Ok(size)
    })
}

/// The size of a log in which nothing is wrong; nought where there is none.
fn whole(files: &dyn TileReader, key: &VerifierKey) -> Result<u64, String> {
    if matches!(files.read(checkpoint::PATH), Err(ReadError::NotFound)) {
        return Ok(0);
    }
    let opened = verify::open_checkpoint(files, key, &[]).map_err(|finding| finding.to_string())?;
    let (mut chains, mut broken) = (Chains::default(), None);
    verify::verify_entries(files, &opened.checkpoint, &mut |index, bytes| {
        let seen = Leaf::decode(bytes).map_err(|error| error.to_string());
        let seen = seen.and_then(|leaf| chains.see(index, &leaf).map_err(|error| error.to_string()));
        if let (Err(problem), None) = (seen, &broken) {
            broken = Some(format!("entry {index}: {problem}"));
        }
    })
    .map_err(|finding| finding.to_string())?;
    broken.map_or(Ok(opened.checkpoint.size()), Err)
}

#[cfg(test)]
mod tests {
    use super::tiles;

    #[test]
    fn the_files_of_a_log_are_all_named() {
        let paths = |size| tiles(size).map(|tile| tile.path()).collect::<Vec<_>>();
        assert!(paths(0).is_empty());
        assert_eq!(paths(5), ["tile/entries/000.p/5", "tile/0/000.p/5"]);
        assert_eq!(
            paths(257),
            ["tile/entries/000", "tile/entries/001.p/1", "tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]
        );
    }
}
