//! Checking a whole log from its files alone: every entry, every tile, the root, the signatures.
//!
//! It must not know where the files are, nor what the entries mean: whoever wants to look at them is shown each.

use crate::checkpoint::{self, Checkpoint, CheckpointError, Opened};
use crate::hash::{Hash, leaf_hash};
use crate::key::VerifierKey;
use crate::reader::{ReadError, TileError, TileReader, read_entries, read_hashes};
use crate::tile::{Kind, TILE_WIDTH, Tile};
use crate::tree::{HashTile, Tree};

/// The first thing in a log that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// The checkpoint could not be read.
    #[error("checkpoint: {0}")]
    Missing(ReadError),
    /// The checkpoint is malformed, or not signed by the log.
    #[error("checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// A tile or bundle is missing or malformed.
    #[error("{0}")]
    Tile(#[from] TileError),
    /// An entry and the leaf hash beside it differ.
    #[error(
        "{bundle}: entry {index} of the log does not have the hash at place {place} of {tile}; one of the two files was changed"
    )]
    Entry {
        /// The bundle's file.
        bundle: String,
        /// The tile's file.
        tile: String,
        /// The entry's index in the log.
        index: u64,
        /// Its place in both files, `0..=255`.
        place: usize,
    },
    /// A hash above the leaves is not the one of the tile below it.
    #[error("{tile}: the hash at place {place} is not that of the full tile below it; the file was changed")]
    Node {
        /// The tile's file.
        tile: String,
        /// The place in it, `0..=255`.
        place: usize,
    },
    /// The files agree with each other but not with the signed root.
    #[error(
        "checkpoint: signs the root {signed}, but the log's {size} entries have {found}; entries were changed after they were signed"
    )]
    Root {
        /// The signed size.
        size: u64,
        /// The signed root.
        signed: Hash,
        /// The root of the entries.
        found: Hash,
    },
}

impl Finding {
    /// The file at fault, below the log's prefix.
    pub fn path(&self) -> &str {
        match self {
            Self::Missing(_) | Self::Checkpoint(_) | Self::Root { .. } => checkpoint::PATH,
            Self::Tile(error) => error.path(),
            Self::Entry { bundle, .. } => bundle,
            Self::Node { tile, .. } => tile,
        }
    }
}

/// Reads and checks the log's checkpoint: signed by `log`, and the signatures of `witnesses` that stand on it right.
pub fn open_checkpoint(
    reader: &dyn TileReader,
    log: &VerifierKey,
    witnesses: &[VerifierKey],
) -> Result<Opened, Finding> {
    let bytes = reader.read(checkpoint::PATH).map_err(Finding::Missing)?;
    Ok(Checkpoint::open(&bytes, log, witnesses)?)
}

/// Checks that the files are exactly the tree that `checkpoint` signs, and shows each entry with its index to `see`.
///
/// Every bundle and every tile of that tree is read once. Partial tiles left over from smaller trees are not part of it.
/// `see` gets an entry before the root is known to be right: what it makes of them counts once this returns `Ok`.
pub fn verify_entries(
    reader: &dyn TileReader,
    checkpoint: &Checkpoint,
    see: &mut dyn FnMut(u64, &[u8]),
) -> Result<(), Finding> {
    let size = checkpoint.size();
    let mut tree = Tree::new();
    let mut full = Vec::new();
    for (bundle, tile) in (0..).map_while(|index| leaf_files(index, size)) {
        for leaf in check_bundle(reader, bundle, tile, see)? {
            tree.push(leaf, &mut |tile| full.push(tile));
        }
        full.drain(..).try_for_each(|tile| check_tile(reader, &tile))?;
    }
    tree.partial_tiles().try_for_each(|tile| check_tile(reader, &tile))?;
    let (signed, found) = (*checkpoint.root(), tree.root());
    if found == signed { Ok(()) } else { Err(Finding::Root { size, signed, found }) }
}

/// The bundle and the level-0 tile at `index` in a tree of `size` leaves.
fn leaf_files(index: u64, size: u64) -> Option<(Tile, Tile)> {
    Tile::in_tree(Kind::Entries, index, size).zip(Tile::in_tree(Kind::Hashes(0), index, size))
}

/// The leaf hashes of a bundle, each held against the tile beside it.
fn check_bundle(
    reader: &dyn TileReader,
    bundle: Tile,
    tile: Tile,
    see: &mut dyn FnMut(u64, &[u8]),
) -> Result<Vec<Hash>, Finding> {
    let entries = read_entries(reader, bundle)?;
    let leaves = read_hashes(reader, tile)?;
    let start = bundle.index() * u64::from(TILE_WIDTH);
    for (place, (entry, leaf)) in entries.iter().zip(&leaves).enumerate() {
        let index = start + place as u64;
        if leaf_hash(entry) != *leaf {
            return Err(Finding::Entry { bundle: bundle.path(), tile: tile.path(), index, place });
        }
        see(index, entry);
    }
    Ok(leaves)
}

/// Holds a tile's file against what it should hold.
fn check_tile(reader: &dyn TileReader, expected: &HashTile) -> Result<(), Finding> {
    if expected.tile.kind() == Kind::Hashes(0) {
        return Ok(()); // Held against its bundle already.
    }
    let found = read_hashes(reader, expected.tile)?;
    match found.iter().zip(&expected.hashes).position(|(found, expected)| found != expected) {
        Some(place) => Err(Finding::Node { tile: expected.tile.path(), place }),
        None => Ok(()),
    }
}
