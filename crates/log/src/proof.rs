//! Inclusion and consistency proofs, RFC 6962 sections 2.1.1 and 2.1.2, from tiles; and their verification, RFC 9162
//! sections 2.1.3.2 and 2.1.4.2.
//!
//! It must not know what an entry holds, nor who signed a root.

use std::collections::{BTreeMap, BTreeSet};

use crate::hash::{Hash, empty_root, node_hash, perfect_hash};
use crate::reader::{TileError, TileReader, read_hashes};
use crate::tile::{Kind, TILE_HEIGHT, TILE_WIDTH, Tile};

/// Why there is no proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The tree has no such leaf.
    #[error("there is no leaf {index} in a log of {size}; leaves count from 0")]
    NoSuchLeaf {
        /// The index asked for.
        index: u64,
        /// The log's size.
        size: u64,
    },
    /// The older tree is larger than the newer.
    #[error("a log of {old} cannot have grown into one of {new}; give the smaller size first")]
    Shrunk {
        /// The older size.
        old: u64,
        /// The newer size.
        new: u64,
    },
    /// A tile could not be had.
    #[error("{0}")]
    Tile(#[from] TileError),
    /// The proof does not lead to the root.
    #[error("the proof does not lead to the root")]
    Refuted,
}

/// What a proof is made of, before any tile is read: a server may fetch [`Plan::tiles`] as it likes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    size: u64,
    /// For each hash of the proof the perfect subtrees that it covers, left to right.
    hashes: Vec<Vec<Node>>,
}

/// A perfect subtree: the leaves from `index * 2^height` to before `(index + 1) * 2^height`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Node {
    height: u32,
    index: u64,
}

impl Plan {
    /// What proves that leaf `index` is in the tree of `size` leaves: `PATH(index, D[size])`.
    pub fn inclusion(index: u64, size: u64) -> Result<Self, ProofError> {
        if index >= size {
            return Err(ProofError::NoSuchLeaf { index, size });
        }
        let mut hashes = Vec::new();
        let (mut low, mut high) = (0, size);
        while high - low > 1 {
            let middle = low + split(high - low);
            if index < middle {
                hashes.push(cover(middle, high));
                high = middle;
            } else {
                hashes.push(cover(low, middle));
                low = middle;
            }
        }
        hashes.reverse();
        Ok(Self { size, hashes })
    }

    /// The siblings from leaf `index` up to the largest perfect subtree around it in the tree of `size` leaves, see [`crate::branch`].
    pub fn branch(index: u64, size: u64) -> Result<Self, ProofError> {
        if index >= size {
            return Err(ProofError::NoSuchLeaf { index, size });
        }
        // The subtree of this height around the leaf is whole: it ends at or before the tree's end.
        let whole = |height: &u32| (index >> height).checked_add(1).is_some_and(|next| next <= size >> height);
        let height = (0..=crate::branch::MAX_HEIGHT).take_while(whole).last().unwrap_or(0);
        let sibling = |height| vec![Node { height, index: (index >> height) ^ 1 }];
        Ok(Self { size, hashes: (0..height).map(sibling).collect() })
    }

    /// What proves that the tree of `old` leaves is the beginning of that of `new`: `PROOF(old, D[new])`.
    ///
    /// It is empty if `old` is 0 or `new`.
    pub fn consistency(old: u64, new: u64) -> Result<Self, ProofError> {
        if old > new {
            return Err(ProofError::Shrunk { old, new });
        }
        let mut hashes = Vec::new();
        let (mut low, mut high) = (0, new);
        while old > 0 && old < high {
            let middle = low + split(high - low);
            if old <= middle {
                hashes.push(cover(middle, high));
                high = middle;
            } else {
                hashes.push(cover(low, middle));
                low = middle;
            }
        }
        // SUBPROOF's flag b: the old root itself is known to whoever asks, a part of it is not.
        if low > 0 {
            hashes.push(cover(low, high));
        }
        hashes.reverse();
        Ok(Self { size: new, hashes })
    }

    /// The tiles it needs, at most two a level and each as it stands in the tree of this size.
    pub fn tiles(&self) -> BTreeSet<Tile> {
        self.hashes.iter().flatten().filter_map(|node| node.tile(self.size)).collect()
    }

    /// The proof's hashes, from the leaf upwards.
    pub fn prove(&self, reader: &dyn TileReader) -> Result<Vec<Hash>, ProofError> {
        let mut tiles = BTreeMap::new();
        for tile in self.tiles() {
            tiles.insert(tile, read_hashes(reader, tile)?);
        }
        let hash = |nodes: &Vec<Node>| fold(nodes.iter().map(|node| node.hash(&tiles, self.size)));
        // Every tile was read at its full width, so every node is there.
        self.hashes.iter().map(|nodes| hash(nodes).ok_or(ProofError::Refuted)).collect()
    }
}

impl Node {
    /// The tile that holds the lowest row of the node that any tile holds.
    fn tile(&self, size: u64) -> Option<Tile> {
        let level = u8::try_from(self.height / TILE_HEIGHT).ok()?;
        Tile::in_tree(Kind::Hashes(level), self.first_in_row() / u64::from(TILE_WIDTH), size)
    }

    /// Where in its tile level's row the node begins.
    fn first_in_row(&self) -> u64 {
        self.index << (self.height % TILE_HEIGHT)
    }

    fn hash(&self, tiles: &BTreeMap<Tile, Vec<Hash>>, size: u64) -> Option<Hash> {
        let start = usize::try_from(self.first_in_row() % u64::from(TILE_WIDTH)).ok()?;
        let width = 1_usize << (self.height % TILE_HEIGHT);
        perfect_hash(tiles.get(&self.tile(size)?)?.get(start..start + width)?)
    }
}

/// The largest power of two smaller than `leaves`, which is at least 2: where RFC 6962 splits.
fn split(leaves: u64) -> u64 {
    1 << (u64::BITS - 1 - (leaves - 1).leading_zeros())
}

/// The perfect subtrees of the leaves `low..high`, the largest first, as RFC 6962 splits them.
fn cover(mut low: u64, high: u64) -> Vec<Node> {
    let mut nodes = Vec::new();
    while low < high {
        let height = u64::BITS - 1 - (high - low).leading_zeros();
        nodes.push(Node { height, index: low >> height });
        low += 1 << height;
    }
    nodes
}

/// The hash over neighbouring subtrees, the smallest of which is at the right.
fn fold(hashes: impl DoubleEndedIterator<Item = Option<Hash>>) -> Option<Hash> {
    hashes.rev().reduce(|right, left| Some(node_hash(&left?, &right?)))?
}

/// The proof that leaf `index` is in the tree of `size` leaves.
pub fn inclusion(reader: &dyn TileReader, index: u64, size: u64) -> Result<Vec<Hash>, ProofError> {
    Plan::inclusion(index, size)?.prove(reader)
}

/// The proof that the tree of `old` leaves is the beginning of the tree of `new` leaves.
pub fn consistency(reader: &dyn TileReader, old: u64, new: u64) -> Result<Vec<Hash>, ProofError> {
    Plan::consistency(old, new)?.prove(reader)
}

/// The root that the first `old` leaves of the tree of `new` leaves have, from that tree's tiles.
///
/// # Errors
/// [`ProofError::Shrunk`] when `old` is above `new`, and when a tile cannot be had.
pub fn root_of_first(reader: &dyn TileReader, old: u64, new: u64) -> Result<Hash, ProofError> {
    if old > new {
        return Err(ProofError::Shrunk { old, new });
    }
    if old == 0 {
        return Ok(empty_root());
    }
    let plan = Plan { size: new, hashes: vec![cover(0, old)] };
    plan.prove(reader)?.pop().ok_or(ProofError::Refuted)
}

/// Checks that the leaf with hash `leaf` is at `index` in the tree of `size` leaves under `root` (RFC 9162 2.1.3.2).
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::NoSuchLeaf { index, size });
    }
    let mut walk = Walk { at: index, last: size - 1 };
    let mut hash = *leaf;
    for sibling in proof {
        hash = match walk.step().ok_or(ProofError::Refuted)? {
            Side::Left => node_hash(sibling, &hash),
            Side::Right => node_hash(&hash, sibling),
        };
    }
    if walk.last == 0 && hash == *root { Ok(()) } else { Err(ProofError::Refuted) }
}

/// A tree as somebody signed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// How many leaves.
    pub size: u64,
    /// The Merkle tree hash of them all.
    pub root: Hash,
}

/// Checks that `new` only added to `old` (RFC 9162 2.1.4.2). A tree of 0 leaves is the beginning of every tree.
pub fn verify_consistency(old: &Head, new: &Head, proof: &[Hash]) -> Result<(), ProofError> {
    if old.size > new.size {
        return Err(ProofError::Shrunk { old: old.size, new: new.size });
    }
    if old.size == 0 || old.size == new.size {
        let expected_root = if old.size == 0 { empty_root() } else { new.root };
        return if proof.is_empty() && old.root == expected_root { Ok(()) } else { Err(ProofError::Refuted) };
    }
    match roots(old, new.size, proof) {
        Some(led) if led == (old.root, new.root) => Ok(()),
        _ => Err(ProofError::Refuted),
    }
}

/// The roots of the older and of the newer tree that a consistency proof between `old.size` and `new_size` leaves leads to (RFC 9162
/// 2.1.4.2), where `0 < old.size < new_size`. `None` if it has not the length that these sizes ask for.
///
/// If the newer root is the one that was signed, then the older is that of the newer tree's first leaves, whatever `old.root` says; but where
/// `old.size` is a power of two the proof does not hold that root, and `old.root` itself is taken for it.
pub fn roots(old: &Head, new_size: u64, proof: &[Hash]) -> Option<(Hash, Hash)> {
    if old.size == 0 || old.size >= new_size {
        return None;
    }
    // A perfect old tree is a node of the new one, so its root is where the proof starts, and is left out of it.
    let (start, rest) = if old.size.is_power_of_two() {
        (old.root, proof)
    } else {
        proof.split_first().map(|(first, rest)| (*first, rest))?
    };
    let shift = (old.size - 1).trailing_ones();
    let mut walk = Walk { at: (old.size - 1) >> shift, last: (new_size - 1) >> shift };
    let (mut old_root, mut new_root) = (start, start);
    for sibling in rest {
        match walk.step()? {
            Side::Left => {
                old_root = node_hash(sibling, &old_root);
                new_root = node_hash(sibling, &new_root);
            }
            Side::Right => new_root = node_hash(&new_root, sibling),
        }
    }
    (walk.last == 0).then_some((old_root, new_root))
}

/// On which side of the path a sibling stands.
enum Side {
    Left,
    Right,
}

/// The way up the tree: `fn` and `sn` of RFC 9162 section 2.1.3.2.
struct Walk {
    at: u64,
    last: u64,
}

impl Walk {
    /// Where the next sibling stands; `None` if the way is at the root, where there is none.
    fn step(&mut self) -> Option<Side> {
        if self.last == 0 {
            return None;
        }
        let side = if self.at & 1 == 1 || self.at == self.last { Side::Left } else { Side::Right };
        if matches!(side, Side::Left) {
            // The last node of a row without a sibling is carried up as it is. `at` is not 0 here, so at most 63 rows.
            let skipped = self.at.trailing_zeros();
            self.at >>= skipped;
            self.last >>= skipped;
        }
        self.at >>= 1;
        self.last >>= 1;
        Some(side)
    }
}
