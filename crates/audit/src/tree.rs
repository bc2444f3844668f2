//! The log's tree, grown again from the leaves and held against its files.
//!
//! Must not know of: what a leaf says.

use log::hash::HASH_BYTES;
use log::reader::{self, TileError};
use log::tile::Kind;
use log::tree::HashTile;
use log::{Hash, ReadError, Tile, TileReader};

use crate::checks::tree_differs;
use crate::finding::Findings;
use crate::input::CouldNot;

/// The log's files as they would be read when it was smaller: a partial tile of then is the beginning of the one that has its place now, since a log
/// need not keep partial tiles (C2SP tlog-tiles, "Partial Tiles").
pub(crate) struct Grown<'a> {
    /// The files of today.
    pub(crate) files: &'a dyn TileReader,
    /// The size of today.
    pub(crate) size: u64,
}

impl TileReader for Grown<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let Ok(then) = path.parse::<Tile>() else { return self.files.read(path) };
        let Some(now) = Tile::in_tree(then.kind(), then.index(), self.size) else { return Err(ReadError::NotFound) };
        let mut bytes = match self.files.read(&now.path()) {
            Err(ReadError::NotFound) => self.files.read(&now.full().path())?,
            found => found?,
        };
        bytes.truncate(usize::from(then.width()).saturating_mul(HASH_BYTES));
        Ok(bytes)
    }
}

/// A file of the log, or of what stands beside it: a partial one or the full one that took its place.
pub(crate) fn read(
    from: &dyn TileReader,
    tile: Tile,
    path: impl Fn(Tile) -> String,
) -> Result<Option<Vec<u8>>, CouldNot> {
    for tile in [tile, tile.full()] {
        match from.read(&path(tile)) {
            Ok(bytes) => return Ok(Some(bytes)),
            Err(ReadError::NotFound) => {}
            Err(ReadError::Failed(why)) => return Err(CouldNot::Read { path: path(tile), why }),
        }
    }
    Ok(None)
}

/// The hashes of a tile; none, and a finding, where it is missing or not what its name says.
pub(crate) fn hashes(from: &dyn TileReader, tile: Tile, findings: &mut Findings) -> Result<Vec<Hash>, CouldNot> {
    match reader::read_hashes(from, tile) {
        Ok(hashes) => Ok(hashes),
        Err(TileError::Read { path, error: ReadError::Failed(why) }) => Err(CouldNot::Read { path, why }),
        Err(error) => {
            tree_differs::check(error.path(), &error, findings);
            Ok(Vec::new())
        }
    }
}

/// Holds a tile's file against what it should hold. Those of the leaves are held against their bundles.
pub(crate) fn check(from: &dyn TileReader, expected: &HashTile, findings: &mut Findings) -> Result<(), CouldNot> {
    if expected.tile.kind() == Kind::Hashes(0) {
        return Ok(());
    }
    let found = hashes(from, expected.tile, findings)?;
    if !found.is_empty() && found != expected.hashes {
        tree_differs::check(&expected.tile.path(), &"it does not hold the hashes of the tiles below it", findings);
    }
    Ok(())
}
