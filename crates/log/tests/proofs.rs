//! Proofs from tiles: the published vectors, every pair of small sizes, random large ones, and one bit off.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// A test says what went wrong by panicking.

mod common;

use common::{Files, Log, any_size, entry};
use log::Hash;
use log::hash::{leaf_hash, perfect_hash};
use log::proof::{Head, Plan, ProofError, consistency, inclusion, root_of_first, verify_consistency, verify_inclusion};
use log::tree::Tree;
use proptest::prelude::*;

fn hashes(hex: &[&str]) -> Vec<Hash> {
    hex.iter().map(|text| Hash::from_slice(&hex::decode(text).unwrap()).unwrap()).collect()
}

/// The eight inputs of the Certificate Transparency reference tests, as tiles.
fn reference_tree() -> (Files, Tree) {
    let inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    let mut tree = Tree::new();
    let tiles = tree.append(inputs.iter().map(|input| leaf_hash(&hex::decode(input).unwrap())));
    (tiles.iter().map(|tile| (tile.tile.path(), tile.bytes())).collect(), tree)
}

#[test]
fn the_reference_tree_has_its_published_proofs() {
    let (files, tree) = reference_tree();
    assert_eq!(
        inclusion(&files, 0, 8).unwrap(),
        hashes(&[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ])
    );
    assert_eq!(
        consistency(&files, 6, 8).unwrap(),
        hashes(&[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ])
    );
    assert_eq!(hashes(&["5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"]), [tree.root()]);
}

/// RFC 6962 section 2.1.3 names the nodes of the proofs in a tree of seven leaves.
#[test]
fn the_rfc_s_example_of_seven_leaves() {
    let leaves: Vec<Hash> = (0..7).map(|index| leaf_hash(&entry(index))).collect();
    let [a, b, c, d, e, f, j] = leaves[..] else { panic!() };
    let pair = |left, right| perfect_hash(&[left, right]).unwrap();
    let (g, h, i) = (pair(a, b), pair(c, d), pair(e, f));
    let (k, l) = (pair(g, h), pair(i, j));
    let files = Log::of(7).files;
    assert_eq!(inclusion(&files, 0, 7).unwrap(), [b, h, l]);
    assert_eq!(inclusion(&files, 3, 7).unwrap(), [c, g, l]);
    assert_eq!(inclusion(&files, 4, 7).unwrap(), [f, j, k]);
    assert_eq!(inclusion(&files, 6, 7).unwrap(), [i, k]);
    assert_eq!(consistency(&files, 3, 7).unwrap(), [c, d, g, l]);
    assert_eq!(consistency(&files, 4, 7).unwrap(), [l]);
    assert_eq!(consistency(&files, 6, 7).unwrap(), [i, j, k]);
}

#[test]
fn all_small_sizes_prove_everything() {
    let mut log = Log::new();
    for size in 1..=40 {
        log.grow(size);
        let root = log.appender.root();
        for index in 0..size {
            let proof = inclusion(&log.files, index, size).unwrap();
            verify_inclusion(&leaf_hash(&entry(index)), index, size, &proof, &root).unwrap();
        }
        for (old, old_root) in log.roots.clone() {
            let proof = consistency(&log.files, old, size).unwrap();
            let (old, new) = (Head { size: old, root: old_root }, Head { size, root });
            verify_consistency(&old, &new, &proof).unwrap();
            assert_eq!(root_of_first(&log.files, old.size, size).unwrap(), old.root);
        }
    }
}

#[test]
fn what_cannot_be_proven_is_said() {
    let log = Log::of(5);
    assert_eq!(inclusion(&log.files, 5, 5), Err(ProofError::NoSuchLeaf { index: 5, size: 5 }));
    assert_eq!(inclusion(&log.files, 0, 0), Err(ProofError::NoSuchLeaf { index: 0, size: 0 }));
    assert_eq!(consistency(&log.files, 6, 5), Err(ProofError::Shrunk { old: 6, new: 5 }));
    let error = inclusion(&log.files, 0, 600).unwrap_err();
    assert_eq!(error.to_string(), "tile/0/000: there is no such file");
}

#[test]
fn the_largest_sizes_neither_panic_nor_name_many_tiles() {
    for (index, size) in [(0, u64::MAX), (u64::MAX - 1, u64::MAX), (1 << 63, u64::MAX), (0, 1 << 63)] {
        let tiles = Plan::inclusion(index, size).unwrap().tiles();
        assert!((1..=16).contains(&tiles.len()), "{} tiles", tiles.len());
        assert!(Plan::consistency(index, size).unwrap().tiles().len() <= 16);
        let hash = leaf_hash(b"");
        assert!(verify_inclusion(&hash, index, size, &[hash; 64], &hash).is_err());
        let head = |size| Head { size, root: hash };
        assert!(verify_consistency(&head(index.max(1)), &head(size), &[hash; 65]).is_err());
    }
}

/// `bit` of the whole proof, the other way round.
fn flip(proof: &[Hash], bit: usize) -> Vec<Hash> {
    let mut proof = proof.to_vec();
    let place = bit / 256 % proof.len();
    proof[place].0[bit % 256 / 8] ^= 1 << (bit % 8);
    proof
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(90))]

    #[test]
    fn an_inclusion_proof_holds_for_its_leaf_and_no_other(size in any_size(), at in any::<u64>(), bit in any::<usize>()) {
        let log = Log::of(size);
        let (index, root, leaf) = (at % size, log.appender.root(), leaf_hash(&entry(at % size)));
        let proof = inclusion(&log.files, index, size).unwrap();
        prop_assert!(verify_inclusion(&leaf, index, size, &proof, &root).is_ok());
        if !proof.is_empty() {
            prop_assert!(verify_inclusion(&leaf, index, size, &flip(&proof, bit), &root).is_err());
            prop_assert!(verify_inclusion(&leaf, index, size, &proof[1..], &root).is_err());
            let other = (index + 1) % size;
            prop_assert!(verify_inclusion(&leaf, other, size, &proof, &root).is_err());
        }
        let longer = [proof.clone(), vec![leaf]].concat();
        prop_assert!(verify_inclusion(&leaf, index, size, &longer, &root).is_err());
        prop_assert!(verify_inclusion(&flip(&[leaf], bit)[0], index, size, &proof, &root).is_err());
        prop_assert!(verify_inclusion(&leaf, index, size, &proof, &flip(&[root], bit)[0]).is_err());
    }

    #[test]
    fn a_consistency_proof_holds_for_its_two_trees_and_no_others(
        first in 1_u64..1_500, more in any_size(), bit in any::<usize>()
    ) {
        let mut log = Log::of(first);
        let old = Head { size: first, root: log.appender.root() };
        log.grow(first + more);
        let new = Head { size: first + more, root: log.appender.root() };
        let proof = consistency(&log.files, old.size, new.size).unwrap();
        prop_assert!(verify_consistency(&old, &new, &proof).is_ok());
        prop_assert!(verify_consistency(&old, &new, &flip(&proof, bit)).is_err());
        prop_assert!(verify_consistency(&old, &new, &proof[1..]).is_err());
        prop_assert!(verify_consistency(&old, &new, &[proof.clone(), vec![old.root]].concat()).is_err());
        let wrong = |head: &Head| Head { root: flip(&[head.root], bit)[0], ..*head };
        prop_assert!(verify_consistency(&wrong(&old), &new, &proof).is_err());
        prop_assert!(verify_consistency(&old, &wrong(&new), &proof).is_err());
        prop_assert!(verify_consistency(&new, &old, &proof).is_err());
    }
}
