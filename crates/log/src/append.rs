//! Placing entries in the log: the tree and the bundles grow together.
//!
//! It must not know where files are kept: it says which to write, and the caller writes them.
//!
//! The commit point of a batch is the new checkpoint's replacing the old one, after every file of the batch is durable.
//! What a crash leaves behind:
//! - before or while the files are written: files of a tree that nobody signed. The same entries in the same order
//!   give the same full files again, byte for byte, and a partial file carries its width in its name, so writing
//!   again over them is safe and is all that recovery does;
//! - after the checkpoint: nothing is owed.
//!
//! So starting is always [`Appender::restore`] at the newest checkpoint, then the entries after it.

use crate::bundle::{self, EntryTooLong, MAX_ENTRY_BYTES};
use crate::checkpoint::Checkpoint;
use crate::hash::{Hash, leaf_hash};
use crate::reader::{TileError, TileReader, read_entries};
use crate::tile::{Kind, TILE_WIDTH, Tile};
use crate::tree::Tree;

/// The right edge of a log: its tree and its unfinished bundle (at most 255 entries).
#[derive(Debug, Clone, Default)]
pub struct Appender {
    tree: Tree,
    bundle: Vec<u8>,
}

/// What one call to [`Appender::append`] came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The index of the batch's first entry in the log.
    pub first: u64,
    /// The log's size after the batch.
    pub size: u64,
    /// The root of the tree of that size.
    pub root: Hash,
    /// The files to make durable before the checkpoint, in an order safe to publish: bundles, then tiles upwards.
    pub files: Vec<(Tile, Vec<u8>)>,
}

/// Why a log cannot be gone on with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError {
    /// A file of the right edge is missing or malformed.
    #[error("{0}")]
    Tile(#[from] TileError),
    /// The files are not those that the checkpoint signed.
    #[error(
        "the tiles of the right edge give the root {found} at size {size}, but the checkpoint signs {signed}; restore the tiles from a copy"
    )]
    Root {
        /// The checkpoint's size.
        size: u64,
        /// The root that the tiles give.
        found: Hash,
        /// The root that the checkpoint signs.
        signed: Hash,
    },
    /// An entry of the unfinished bundle is not the one whose hash is in the tree.
    #[error("{path}: entry {index} does not have the hash that its tile holds; restore the bundle from a copy")]
    Entry {
        /// The bundle's file.
        path: String,
        /// The entry's index in the log.
        index: u64,
    },
}

impl Appender {
    /// An empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// The log as `checkpoint` signed it, from the files of its right edge, which are checked against it.
    pub fn restore(reader: &dyn TileReader, checkpoint: &Checkpoint) -> Result<Self, RestoreError> {
        let (size, signed) = (checkpoint.size(), *checkpoint.root());
        let tree = Tree::restore(reader, size)?;
        let found = tree.root();
        if found != signed {
            return Err(RestoreError::Root { size, found, signed });
        }
        let mut appender = Self { tree, bundle: Vec::new() };
        if let Some(tile) = Tile::partial_in_tree(Kind::Entries, size) {
            appender.bundle = restore_bundle(reader, tile, &appender.tree)?;
        }
        Ok(appender)
    }

    /// How many entries the log has.
    pub const fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The root of its tree.
    pub fn root(&self) -> Hash {
        self.tree.root()
    }

    /// Appends `entries` in order. If one is over 65,535 bytes, nothing is appended.
    pub fn append<E: AsRef<[u8]>>(&mut self, entries: &[E]) -> Result<Batch, EntryTooLong> {
        if let Some(long) = entries.iter().find(|entry| entry.as_ref().len() > MAX_ENTRY_BYTES) {
            return Err(EntryTooLong { bytes: long.as_ref().len() });
        }
        let first = self.size();
        let mut files = Vec::new();
        for (index, entry) in (first..).zip(entries) {
            bundle::push(&mut self.bundle, entry.as_ref())?;
            if (index + 1) % u64::from(TILE_WIDTH) == 0 {
                let full = Tile::new(Kind::Entries, index / u64::from(TILE_WIDTH), TILE_WIDTH);
                files.extend(full.map(|tile| (tile, std::mem::take(&mut self.bundle))));
            }
        }
        let tiles = self.tree.append(entries.iter().map(|entry| leaf_hash(entry.as_ref())));
        if !entries.is_empty() {
            files.extend(Tile::partial_in_tree(Kind::Entries, self.size()).map(|tile| (tile, self.bundle.clone())));
        }
        files.extend(tiles.iter().map(|tile| (tile.tile, tile.bytes())));
        Ok(Batch { first, size: self.size(), root: self.root(), files })
    }
}

/// The bytes of the unfinished bundle, each entry held against the tree's leaf.
fn restore_bundle(reader: &dyn TileReader, tile: Tile, tree: &Tree) -> Result<Vec<u8>, RestoreError> {
    let entries = read_entries(reader, tile)?;
    let leaves = tree.partial_tiles().next().map(|row| row.hashes).unwrap_or_default();
    let start = tile.index() * u64::from(TILE_WIDTH);
    let mut bytes = Vec::new();
    for ((index, entry), leaf) in (start..).zip(&entries).zip(&leaves) {
        let fits = leaf_hash(entry) == *leaf && bundle::push(&mut bytes, entry).is_ok();
        if !fits {
            return Err(RestoreError::Entry { path: tile.path(), index });
        }
    }
    Ok(bytes)
}
