//! Held against the crates `tlog_tiles` and `signed_note`, which other people wrote.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// A test says what went wrong by panicking.

mod common;

use common::{Log, ORIGIN, any_size, entry, log_key};
use log::hash::leaf_hash;
use log::proof::{consistency, inclusion};
use log::{Hash, Note, SignerKey, Tile, VerifierKey};
use proptest::prelude::*;
use tlog_tiles::{TileHashReader, TileReader as TheirReader};

/// Serves our files to their reader, under their names: `tile/8/0/000` is our `tile/0/000`.
struct Theirs<'a>(&'a Log);

impl TheirReader for Theirs<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        Ok(tiles.iter().map(|tile| self.0.files[&tile.path().replacen("tile/8/", "tile/", 1)].clone()).collect())
    }

    fn save_tiles(&self, _tiles: &[tlog_tiles::Tile], _data: &[Vec<u8>]) {}
}

fn theirs(hash: &Hash) -> tlog_tiles::Hash {
    tlog_tiles::Hash(hash.0)
}

fn ours(hashes: &[tlog_tiles::Hash]) -> Vec<Hash> {
    hashes.iter().map(|hash| Hash(hash.0)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(90))]

    #[test]
    fn proofs_are_the_same_as_theirs(first in 1_u64..1_500, more in any_size(), at in any::<u64>()) {
        let mut log = Log::of(first);
        let old_root = log.appender.root();
        log.grow(first + more);
        let (size, root) = (first + more, log.appender.root());
        let reader = Theirs(&log);
        let reader = TileHashReader::new(size, theirs(&root), &reader);
        let index = at % size;
        let proof = tlog_tiles::prove_record(size, index, &reader).unwrap();
        prop_assert_eq!(inclusion(&log.files, index, size).unwrap(), ours(&proof));
        let leaf = theirs(&leaf_hash(&entry(index)));
        prop_assert!(tlog_tiles::check_record(&proof, size, theirs(&root), index, leaf).is_ok());
        let proof = tlog_tiles::prove_tree(size, first, &reader).unwrap();
        prop_assert_eq!(consistency(&log.files, first, size).unwrap(), ours(&proof));
        prop_assert!(tlog_tiles::check_tree(&proof, size, theirs(&root), first, theirs(&old_root)).is_ok());
    }

    #[test]
    fn a_log_has_the_tiles_they_expect(size in any_size()) {
        let log = Log::of(size);
        let mut expected: Vec<String> =
            tlog_tiles::Tile::new_tiles(8, 0, size).iter().map(|tile| tile.path().replacen("tile/8/", "tile/", 1)).collect();
        let is_tile = |path: &&String| path.starts_with("tile/") && !path.starts_with("tile/entries/");
        let mut found: Vec<String> = log.files.keys().filter(is_tile).cloned().collect();
        expected.sort();
        found.sort();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn paths_are_read_as_theirs_are(level in 0_u8..64, index in any::<u64>(), shift in 0_u32..64, width in 1_u16..=256) {
        let tile = Tile::new(log::tile::Kind::Hashes(level), index >> shift, width).unwrap();
        let their = tlog_tiles::Tile::new(8, level, index >> shift, width.into(), false);
        prop_assert_eq!(tile.path(), their.path().replacen("tile/8/", "tile/", 1));
    }

    #[test]
    fn notes_of_each_are_read_by_the_other(text in "[a-z \n]{0,60}", name in "[a-z./]{1,20}", seed in any::<[u8; 32]>()) {
        let text = format!("{text}\n");
        let signer = SignerKey::from_seed(&name, log::key::Algorithm::Ed25519, &seed).unwrap();
        let mut note = Note::new(&text).unwrap();
        note.sign(&signer).unwrap();
        let their_signer = signed_note::StandardSigner::new(&signer.encode_secret()).unwrap();
        let mut their_note = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
        their_note.add_sigs(&[&their_signer]).unwrap();
        prop_assert_eq!(their_note.to_bytes(), note.encode());
        let verifier = signed_note::StandardVerifier::new(&signer.verifier().to_string()).unwrap();
        let known = signed_note::VerifierList::new(vec![Box::new(verifier)]);
        prop_assert!(signed_note::Note::from_bytes(&note.encode()).unwrap().verify(&known).is_ok());
    }

    #[test]
    fn changed_notes_are_accepted_by_both_or_neither(at in any::<usize>(), byte in any::<u8>(), insert in any::<bool>()) {
        let log = Log::of(5);
        let mut bytes = log.files["checkpoint"].clone();
        let at = at % bytes.len();
        if insert { bytes.insert(at, byte) } else { bytes[at] = byte }
        let verifier: VerifierKey = log_key().verifier().to_string().parse().unwrap();
        let their_verifier = signed_note::StandardVerifier::new(&verifier.to_string()).unwrap();
        let known = signed_note::VerifierList::new(vec![Box::new(their_verifier)]);
        let our = Note::parse(&bytes).and_then(|note| note.verify(&[verifier]));
        let their = signed_note::Note::from_bytes(&bytes).and_then(|note| note.verify(&known));
        prop_assert_eq!(our.is_ok(), their.is_ok(), "{:?} {:?}", our, String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn checkpoints_say_the_same_to_both(size in any::<u64>(), root in any::<[u8; 32]>(), lines in proptest::collection::vec("[a-z ]{1,9}", 0..3)) {
        let checkpoint = log::Checkpoint::new(ORIGIN, size, Hash(root)).unwrap().with_extensions(lines.clone()).unwrap();
        let extension: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let their = tlog_tiles::Checkpoint::new(ORIGIN, size, tlog_tiles::Hash(root), &extension).unwrap();
        prop_assert_eq!(checkpoint.to_string().into_bytes(), their.to_bytes());
    }
}
