//! The Merkle tree's hashing, RFC 6962 section 2.1 with SHA-256.
//!
//! It must not know what an entry holds, nor how tiles are cut.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest as _, Sha256};

/// Bytes in a hash (SHA-256).
pub const HASH_BYTES: usize = 32;

/// Prefix of a leaf's hash input. RFC 6962 section 2.1: a leaf and a node can never be taken for each other.
const LEAF_PREFIX: u8 = 0x00;
/// Prefix of an inner node's hash input. RFC 6962 section 2.1.
const NODE_PREFIX: u8 = 0x01;

/// A Merkle tree hash: a leaf's, a node's, or a whole tree's (then called its root).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; HASH_BYTES]);

impl Hash {
    /// The hash as bytes.
    pub const fn as_bytes(&self) -> &[u8; HASH_BYTES] {
        &self.0
    }

    /// The hash from exactly 32 bytes, `None` for any other length.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The hash from padded standard base64 (RFC 4648 section 4), `None` unless it is canonical and 32 bytes long.
    pub fn from_base64(text: &str) -> Option<Self> {
        BASE64.decode(text).ok().and_then(|bytes| Self::from_slice(&bytes))
    }
}

impl fmt::Display for Hash {
    /// Padded standard base64, as in a checkpoint's third line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// `SHA-256(0x00 || entry)`: the hash of a leaf that holds `entry`.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([LEAF_PREFIX]).chain_update(entry).finalize().into())
}

/// `SHA-256(0x01 || left || right)`: the hash of the node above `left` and `right`.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let hasher = Sha256::new().chain_update([NODE_PREFIX]);
    Hash(hasher.chain_update(left.0).chain_update(right.0).finalize().into())
}

/// The root of the tree without leaves: SHA-256 of nothing.
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}

/// The hash of the perfect subtree whose lowest row is `row`; `None` unless its length is a power of two.
pub fn perfect_hash(row: &[Hash]) -> Option<Hash> {
    if !row.len().is_power_of_two() {
        return None;
    }
    let mut row = row.to_vec();
    while row.len() > 1 {
        row = row.chunks_exact(2).filter_map(|pair| Some(node_hash(pair.first()?, pair.last()?))).collect();
    }
    row.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    // The eight inputs and the roots of their prefixes are those of the Certificate Transparency reference tests.
    const INPUTS: [&str; 8] =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    #[test]
    fn known_vectors_of_leaves_and_nodes() {
        let leaves: Vec<Hash> = INPUTS.iter().map(|input| leaf_hash(&hex::decode(input).unwrap())).collect();
        assert_eq!(hex::encode(leaves[0].0), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        let two = perfect_hash(&leaves[..2]).unwrap();
        assert_eq!(hex::encode(two.0), "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
        let eight = perfect_hash(&leaves).unwrap();
        assert_eq!(hex::encode(eight.0), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        assert_eq!(hex::encode(empty_root().0), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn only_powers_of_two_are_perfect() {
        let leaf = leaf_hash(b"");
        assert_eq!(perfect_hash(&[]), None);
        assert_eq!(perfect_hash(&[leaf; 3]), None);
        assert_eq!(perfect_hash(&[leaf]), Some(leaf));
    }

    #[test]
    fn base64_is_canonical() {
        let hash = leaf_hash(b"x");
        assert_eq!(Hash::from_base64(&hash.to_string()), Some(hash));
        assert_eq!(Hash::from_base64(hash.to_string().trim_end_matches('=')), None);
        assert_eq!(Hash::from_base64(&format!(" {hash}")), None);
    }
}
