//! How a log's files come in: a folder, a server and a map in memory all look like a [`TileReader`].
//!
//! It must not know which of them it is.

use std::collections::BTreeMap;

use crate::bundle::{self, BundleError};
use crate::hash::{HASH_BYTES, Hash};
use crate::tile::Tile;

/// Why a file of the log could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is no such file. For a partial tile the full one is tried next.
    #[error("there is no such file")]
    NotFound,
    /// Anything else, in words for a person.
    #[error("{0}")]
    Failed(String),
}

/// Reads the files of one log.
pub trait TileReader {
    /// The whole file at `path` below the log's prefix: `checkpoint`, `tile/0/x001/067`, `tile/entries/000.p/5`.
    ///
    /// No file of a log is over [`bundle::MAX_BUNDLE_BYTES`]; a reader of what strangers send should stop there.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;
}

/// A log held in memory, by path.
impl TileReader for BTreeMap<String, Vec<u8>> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.get(path).cloned().ok_or(ReadError::NotFound)
    }
}

/// Why a tile could not be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// The reader failed.
    #[error("{path}: {error}")]
    Read {
        /// The file.
        path: String,
        /// What the reader said.
        error: ReadError,
    },
    /// The file is not a whole number of hashes, or not as many as its path says.
    #[error("{path}: has {bytes} bytes, and {expected} are right")]
    Size {
        /// The file.
        path: String,
        /// How many bytes it has.
        bytes: usize,
        /// How many it should have.
        expected: usize,
    },
    /// The file is not a bundle.
    #[error("{path}: {error}")]
    Bundle {
        /// The file.
        path: String,
        /// What is wrong with it.
        error: BundleError,
    },
    /// The bundle holds another number of entries than its path says.
    #[error("{path}: has {entries} entries, and {expected} are right")]
    Count {
        /// The file.
        path: String,
        /// How many entries it has.
        entries: usize,
        /// How many it should have.
        expected: usize,
    },
}

impl TileError {
    /// The file that is at fault.
    pub fn path(&self) -> &str {
        match self {
            Self::Read { path, .. }
            | Self::Size { path, .. }
            | Self::Bundle { path, .. }
            | Self::Count { path, .. } => path,
        }
    }
}

/// The hashes of `tile`, exactly as many as it is wide.
pub fn read_hashes(reader: &dyn TileReader, tile: Tile) -> Result<Vec<Hash>, TileError> {
    let (found, bytes) = read_or_full(reader, tile)?;
    let expected = usize::from(found.width()) * HASH_BYTES;
    if bytes.len() != expected {
        return Err(TileError::Size { path: found.path(), bytes: bytes.len(), expected });
    }
    Ok(bytes.chunks_exact(HASH_BYTES).filter_map(Hash::from_slice).take(tile.width().into()).collect())
}

/// The entries of the bundle `tile`, exactly as many as it is wide, each as its own bytes.
pub fn read_entries(reader: &dyn TileReader, tile: Tile) -> Result<Vec<Vec<u8>>, TileError> {
    let (found, bytes) = read_or_full(reader, tile)?;
    let entries = bundle::parse(&bytes).map_err(|error| TileError::Bundle { path: found.path(), error })?;
    let expected = usize::from(found.width());
    if entries.len() != expected {
        return Err(TileError::Count { path: found.path(), entries: entries.len(), expected });
    }
    Ok(entries.into_iter().take(tile.width().into()).map(<[u8]>::to_vec).collect())
}

/// A log may delete a partial tile once its full one is there (C2SP tlog-tiles, "Partial Tiles"), so that one is tried next.
fn read_or_full(reader: &dyn TileReader, tile: Tile) -> Result<(Tile, Vec<u8>), TileError> {
    let read = |tile: Tile| reader.read(&tile.path()).map(|bytes| (tile, bytes));
    let (path, error) = match read(tile) {
        Err(ReadError::NotFound) if !tile.is_full() => match read(tile.full()) {
            // Neither is there: the partial tile is the one that the checkpoint promised.
            Err(ReadError::NotFound) => (tile.path(), ReadError::NotFound),
            Err(error) => (tile.full().path(), error),
            Ok(found) => return Ok(found),
        },
        Err(error) => (tile.path(), error),
        Ok(found) => return Ok(found),
    };
    Err(TileError::Read { path, error })
}
