//! A branch: an entry with the hashes that lead from it to the root of a perfect subtree around it. It is the lower part of an inclusion proof
//! (RFC 6962 section 2.1.1), small enough to travel in a QR code, for whoever has the upper part: the nodes of the tree at some height.
//!
//! What makes it last: a perfect subtree never changes, so a branch that was cut from an older tree fits every newer one.
//!
//! As bytes it is a deterministic CBOR array: version 1, the entry's index, the entry, the hashes one after the other.
//!
//! It must not know what the entry holds, nor who signed the tree.

use minicbor::{Decoder, Encoder};

use crate::bundle::MAX_ENTRY_BYTES;
use crate::hash::{HASH_BYTES, Hash, leaf_hash, node_hash};
use crate::proof::{Plan, ProofError};
use crate::reader::TileReader;

/// The most levels that a branch climbs: two tiles, so that every branch ends at or below a node that a tile holds.
pub const MAX_HEIGHT: u32 = 16;
/// The version of this format.
const VERSION: u64 = 1;
/// How many items the array has.
const ITEMS: u64 = 4;
/// The most bytes that a branch has: an entry, [`MAX_HEIGHT`] hashes, and the heads of the items.
const MAX_BYTES: usize = MAX_ENTRY_BYTES + MAX_HEIGHT as usize * HASH_BYTES + 32;

/// An entry and the way up from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The entry's index in the log.
    pub index: u64,
    /// The entry.
    pub entry: Vec<u8>,
    /// The siblings on the way up, the leaf's first. At most [`MAX_HEIGHT`].
    pub hashes: Vec<Hash>,
}

/// Bytes that are not a branch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are no branch of a log's tree; scan or copy the certificate again, whole")]
pub struct NotABranch;

impl Branch {
    /// The branch of `entry` at `index` in the tree of `size` leaves: as high as the tree is perfect around it.
    ///
    /// # Errors
    /// [`ProofError`] when the tree has no such leaf, or a tile cannot be had.
    pub fn cut(reader: &dyn TileReader, index: u64, entry: Vec<u8>, size: u64) -> Result<Self, ProofError> {
        Ok(Self { index, entry, hashes: Plan::branch(index, size)?.prove(reader)? })
    }

    /// The node that it leads to: how high above the leaves, the place in its level, and the hash.
    pub fn root(&self) -> (u32, u64, Hash) {
        let mut at = self.index;
        let mut height = 0;
        let mut hash = leaf_hash(&self.entry);
        for sibling in &self.hashes {
            hash = if at & 1 == 1 { node_hash(sibling, &hash) } else { node_hash(&hash, sibling) };
            at >>= 1;
            height += 1;
        }
        (height, at, hash)
    }

    /// The branch as bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let hashes: Vec<u8> = self.hashes.iter().flat_map(|hash| hash.0).collect();
        let mut to = Encoder::new(&mut bytes);
        // Writing to a Vec has no way to fail.
        let _ = to
            .array(ITEMS)
            .and_then(|to| to.u64(VERSION))
            .and_then(|to| to.u64(self.index))
            .and_then(|to| to.bytes(&self.entry))
            .and_then(|to| to.bytes(&hashes));
        bytes
    }

    /// Reads a branch. Writing it again gives the same bytes.
    ///
    /// # Errors
    /// [`NotABranch`].
    pub fn decode(bytes: &[u8]) -> Result<Self, NotABranch> {
        let read = Self::read(bytes).filter(|branch| branch.encode() == bytes);
        read.ok_or(NotABranch)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let mut from = Decoder::new(bytes.get(..bytes.len().min(MAX_BYTES))?);
        let items = from.array().ok()??;
        let version = from.u64().ok()?;
        if (items, version) != (ITEMS, VERSION) {
            return None;
        }
        let index = from.u64().ok()?;
        let entry = from.bytes().ok()?.to_vec();
        let hashes: Option<Vec<Hash>> = from.bytes().ok()?.chunks(HASH_BYTES).map(Hash::from_slice).collect();
        let hashes = hashes.filter(|hashes| hashes.len() <= MAX_HEIGHT as usize)?;
        (entry.len() <= MAX_ENTRY_BYTES).then_some(Self { index, entry, hashes })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::hash::perfect_hash;
    use crate::tree::Tree;

    fn entry(index: u64) -> Vec<u8> {
        index.to_be_bytes().to_vec()
    }

    #[test]
    fn a_branch_ends_at_the_root_of_the_largest_perfect_subtree_and_stays_true() {
        let leaves: Vec<Hash> = (0..70_000).map(|index| leaf_hash(&entry(index))).collect();
        let mut files = BTreeMap::new();
        let mut tree = Tree::new();
        for size in [1_u64, 3, 255, 256, 700, 65_536, 70_000] {
            let start = usize::try_from(tree.size()).unwrap();
            let end = usize::try_from(size).unwrap();
            for tile in tree.append(leaves[start..end].iter().copied()) {
                files.insert(tile.tile.path(), tile.bytes());
            }
            for index in
                [0, 1, 254, 255, 256, 511, 699, 65_535, 65_536, 69_999].into_iter().filter(|index| *index < size)
            {
                let branch = Branch::cut(&files, index, entry(index), size).unwrap();
                let (height, at, hash) = branch.root();
                let width = 1_usize << height;
                let first = usize::try_from(at).unwrap() * width;
                assert_eq!(perfect_hash(&leaves[first..first + width]), Some(hash), "leaf {index} of {size}");
                let higher = (index >> (height + 1) << (height + 1)) + (1 << (height + 1));
                assert!(height == MAX_HEIGHT || higher > size, "leaf {index} of {size} stops at {height}");
                assert_eq!(Branch::decode(&branch.encode()), Ok(branch));
            }
        }
        assert!(Branch::cut(&files, 70_000, Vec::new(), 70_000).is_err());
    }

    #[test]
    fn only_one_encoding_is_read() {
        let branch = Branch { index: 5, entry: vec![1, 2], hashes: vec![leaf_hash(b"x"); 2] };
        let bytes = branch.encode();
        for end in 0..bytes.len() {
            assert_eq!(Branch::decode(&bytes[..end]), Err(NotABranch), "cut at {end}");
        }
        assert_eq!(Branch::decode(&[&bytes[..], &[0]].concat()), Err(NotABranch));
        let many = Branch { hashes: vec![leaf_hash(b"x"); 17], ..branch };
        assert_eq!(Branch::decode(&many.encode()), Err(NotABranch));
        assert_eq!(Branch::decode(&[0x84, 0x01, 0x18, 0x05, 0x40, 0x40]), Err(NotABranch), "not the shortest");
    }
}
