//! The growing Merkle tree: takes leaf hashes, gives tiles and the root.
//!
//! It keeps only the right edge, at most 255 hashes a level, so a tree of any size costs a few kilobytes. It must not
//! know what an entry holds, nor where tiles are kept.

use crate::hash::{HASH_BYTES, Hash, empty_root, node_hash, perfect_hash};
use crate::reader::{TileError, TileReader, read_hashes};
use crate::tile::{Kind, MAX_LEVEL, TILE_WIDTH, Tile};

/// An append-only Merkle tree, RFC 6962 section 2.1, cut in tiles as in C2SP tlog-tiles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    /// For each tile level the hashes of its partial tile, fewer than 256. The topmost is not empty.
    edge: Vec<Vec<Hash>>,
}

/// A tile and the hashes in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashTile {
    /// Where it lies.
    pub tile: Tile,
    /// What it holds; as many as the tile is wide.
    pub hashes: Vec<Hash>,
}

impl HashTile {
    /// The file's bytes: the hashes one after the other.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.hashes.len() * HASH_BYTES);
        self.hashes.iter().for_each(|hash| bytes.extend_from_slice(hash.as_bytes()));
        bytes
    }
}

impl Tree {
    /// The tree without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// The tree of `size` leaves, from the partial tiles of its right edge: at most one a level.
    ///
    /// The tiles are believed: compare [`Tree::root`] with a signed checkpoint before building on it.
    pub fn restore(reader: &dyn TileReader, size: u64) -> Result<Self, TileError> {
        let mut edge = Vec::new();
        for level in (0..=MAX_LEVEL).take_while(|level| row_exists(*level, size)) {
            edge.push(match Tile::partial_in_tree(Kind::Hashes(level), size) {
                Some(tile) => read_hashes(reader, tile)?,
                None => Vec::new(),
            });
        }
        Ok(Self { size, edge })
    }

    /// How many leaves it has.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The Merkle tree hash of all leaves; of no leaves, SHA-256 of nothing.
    pub fn root(&self) -> Hash {
        let mut root = None;
        // The perfect subtrees ("peaks") of the edge, right to left: low levels first, and in a level the small first.
        for row in &self.edge {
            let mut rest = row.as_slice();
            while !rest.is_empty() {
                let peak_width = 1 << rest.len().trailing_zeros();
                let (left, peak) = rest.split_at(rest.len() - peak_width);
                let peak = perfect_hash(peak);
                root = match (peak, root) {
                    (Some(peak), Some(right)) => Some(node_hash(&peak, &right)),
                    (peak, right) => peak.or(right),
                };
                rest = left;
            }
        }
        root.unwrap_or_else(empty_root)
    }

    /// Appends leaf hashes and gives the tiles to write, each once: those that became full, then the new partial ones.
    pub fn append(&mut self, leaves: impl IntoIterator<Item = Hash>) -> Vec<HashTile> {
        let before = self.size;
        let mut tiles = Vec::new();
        for leaf in leaves {
            self.push(leaf, &mut |tile| tiles.push(tile));
        }
        if self.size > before {
            tiles.extend(self.partial_tiles().filter(|tile| reaches_past(tile.tile, before)));
        }
        tiles
    }

    /// Appends one leaf hash; `full` gets each tile that it completes, the lowest level first.
    pub fn push(&mut self, leaf: Hash, full: &mut dyn FnMut(HashTile)) {
        self.size += 1;
        let mut carried = Some(leaf);
        let mut level = 0;
        while let Some(hash) = carried.take() {
            if self.edge.len() == usize::from(level) {
                self.edge.push(Vec::with_capacity(TILE_WIDTH.into()));
            }
            let Some(row) = self.edge.get_mut(usize::from(level)) else {
                return;
            };
            row.push(hash);
            if row.len() < usize::from(TILE_WIDTH) {
                return;
            }
            let hashes = std::mem::replace(row, Vec::with_capacity(TILE_WIDTH.into()));
            carried = perfect_hash(&hashes);
            let last_index = (self.size - 1).checked_shr(8 * (u32::from(level) + 1)).unwrap_or(0);
            if let Some(tile) = Tile::new(Kind::Hashes(level), last_index, TILE_WIDTH) {
                full(HashTile { tile, hashes });
            }
            level += 1;
        }
    }

    /// The partial tiles at the right edge, the lowest level first. Each is `1..=255` wide.
    pub fn partial_tiles(&self) -> impl Iterator<Item = HashTile> + '_ {
        (0..=MAX_LEVEL).zip(&self.edge).filter_map(|(level, hashes)| {
            let tile = Tile::partial_in_tree(Kind::Hashes(level), self.size)?;
            Some(HashTile { tile, hashes: hashes.clone() })
        })
    }
}

/// Whether a tree of `size` leaves has any hash at tile level `level`.
fn row_exists(level: u8, size: u64) -> bool {
    size.checked_shr(8 * u32::from(level)).unwrap_or(0) > 0
}

/// Whether `tile` holds more than it did when the tree had `before` leaves: if not, it is written already.
fn reaches_past(tile: Tile, before: u64) -> bool {
    Tile::in_tree(tile.kind(), tile.index(), before) != Some(tile)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::hash::leaf_hash;

    /// RFC 6962 section 2.1, word for word.
    fn merkle_tree_hash(leaves: &[Hash]) -> Hash {
        match leaves.len() {
            0 => empty_root(),
            1 => leaves[0],
            n => {
                let k = n.next_power_of_two() / 2;
                node_hash(&merkle_tree_hash(&leaves[..k]), &merkle_tree_hash(&leaves[k..]))
            }
        }
    }

    fn leaves(n: u64) -> Vec<Hash> {
        (0..n).map(|i| leaf_hash(&i.to_be_bytes())).collect()
    }

    #[test]
    fn the_root_is_that_of_rfc_6962_at_every_size() {
        let all = leaves(1_100);
        let mut tree = Tree::new();
        assert_eq!(tree.root(), empty_root());
        for (size, leaf) in (1..).zip(&all) {
            tree.push(*leaf, &mut |_| {});
            assert_eq!(tree.root(), merkle_tree_hash(&all[..size]), "at {size} leaves");
        }
    }

    #[test]
    fn any_cutting_in_batches_gives_the_same_files_and_restores() {
        let all = leaves(70_000);
        let mut files = BTreeMap::new();
        let mut tree = Tree::new();
        let mut rest = all.as_slice();
        for width in [1, 254, 1, 1, 0, 300, 65_000, 4_443].iter().cycle() {
            let (batch, after) = rest.split_at((*width).min(rest.len()));
            for tile in tree.append(batch.iter().copied()) {
                assert_eq!(tile.hashes.len(), usize::from(tile.tile.width()));
                let before = files.insert(tile.tile.path(), tile.bytes());
                assert_eq!(before, None, "{} was written twice", tile.tile.path());
            }
            assert_eq!(Tree::restore(&files, tree.size()).unwrap(), tree);
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        let mut at_once = Tree::new();
        for tile in at_once.append(all.iter().copied()) {
            assert_eq!(files.get(&tile.tile.path()), Some(&tile.bytes()), "{}", tile.tile.path());
        }
        assert_eq!(at_once.root(), merkle_tree_hash(&all));
        assert_eq!(at_once, tree);
    }

    #[test]
    fn a_missing_or_cut_edge_is_named() {
        let mut tree = Tree::new();
        let mut files: BTreeMap<_, _> = tree.append(leaves(300)).iter().map(|t| (t.tile.path(), t.bytes())).collect();
        files.get_mut("tile/0/001.p/44").unwrap().pop();
        let error = Tree::restore(&files, 300).unwrap_err();
        assert_eq!(error.to_string(), "tile/0/001.p/44: has 1407 bytes, and 1408 are right");
        files.remove("tile/0/001.p/44");
        assert_eq!(Tree::restore(&files, 300).unwrap_err().to_string(), "tile/0/001.p/44: there is no such file");
    }
}
