//! A whole log: what is appended is found again, after a restart too, and whatever is changed is named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// A test says what went wrong by panicking.

mod common;

use common::{Log, entry, log_key};
use log::append::{Appender, RestoreError};
use log::verify::{Finding, open_checkpoint, verify_entries};
use log::{Checkpoint, SignerKey, VerifierKey};
use proptest::prelude::*;

fn verify(log: &Log) -> Result<Vec<(u64, Vec<u8>)>, Finding> {
    let opened = open_checkpoint(&log.files, log.key.verifier(), &[])?;
    let mut seen = Vec::new();
    verify_entries(&log.files, &opened.checkpoint, &mut |index, entry| seen.push((index, entry.to_vec())))?;
    Ok(seen)
}

#[test]
fn every_entry_comes_back_in_order() {
    for size in [0, 1, 255, 256, 257, 512, 1000, 66_000] {
        let expected: Vec<_> = (0..size).map(|index| (index, entry(index))).collect();
        assert_eq!(verify(&Log::of(size)).unwrap(), expected);
    }
}

#[test]
fn a_restarted_log_goes_on_as_if_it_had_not_stopped() {
    let (mut stopped, mut other) = (Log::of(700), Log::of(700));
    for size in [701, 767, 768, 769, 1500] {
        stopped.appender = Appender::restore(&stopped.files, &stopped.checkpoint()).unwrap();
        stopped.grow(size);
        other.grow(size);
        assert_eq!(stopped.files, other.files);
    }
}

#[test]
fn partial_files_may_go_once_the_full_one_is_there() {
    let mut log = Log::of(300);
    let old = log.checkpoint();
    log.grow(600);
    log.files.retain(|path, _| !(path.ends_with(".p/44") && path.contains("001")));
    assert!(!log.files.contains_key("tile/0/001.p/44"));
    verify_entries(&log.files, &old, &mut |_, _| {}).unwrap();
    assert_eq!(Appender::restore(&log.files, &old).unwrap().root(), *old.root());
    let proof = log::proof::inclusion(&log.files, 290, 300).unwrap();
    let leaf = log::hash::leaf_hash(&entry(290));
    log::proof::verify_inclusion(&leaf, 290, 300, &proof, old.root()).unwrap();
}

#[test]
fn an_entry_too_long_leaves_the_log_as_it_was() {
    let mut log = Log::of(3);
    let root = log.appender.root();
    assert!(log.appender.append(&[vec![0; 5], vec![0; 65_536]]).is_err());
    assert_eq!((log.appender.size(), log.appender.root()), (3, root));
    assert_eq!(log.appender.append(&[vec![0; 65_535]]).unwrap().first, 3);
}

#[test]
fn what_was_changed_is_named() {
    let original = Log::of(66_000);
    let change = |path: &str, byte: usize| {
        let mut log = original.clone();
        log.files.get_mut(path).unwrap()[byte] ^= 0x10;
        let finding = verify(&log).unwrap_err();
        (finding.path().to_owned(), finding.to_string())
    };
    let (path, text) = change("tile/entries/001", 40);
    assert_eq!(path, "tile/entries/001");
    assert!(text.starts_with("tile/entries/001: entry 25"), "{text}");
    let (path, text) = change("tile/0/002", 32 * 7);
    assert_eq!(path, "tile/entries/002");
    assert!(text.contains("entry 519") && text.contains("place 7 of tile/0/002"), "{text}");
    assert_eq!(
        change("tile/1/000", 32 * 9).1,
        "tile/1/000: the hash at place 9 is not that of the full tile below it; the file was changed"
    );
    assert_eq!(change("tile/2/000.p/1", 0).0, "tile/2/000.p/1");
    assert_eq!(change("checkpoint", 20).0, "checkpoint");
}

#[test]
fn entries_that_were_changed_with_all_their_tiles_do_not_meet_the_root() {
    let mut log = Log::of(10);
    let signed = log.files["checkpoint"].clone();
    let mut forged = Log::new();
    let entries: Vec<_> = (0..10).map(|index| if index == 4 { b"forged".to_vec() } else { entry(index) }).collect();
    let batch = forged.appender.append(&entries).unwrap();
    log.files = batch.files.into_iter().map(|(tile, bytes)| (tile.path(), bytes)).collect();
    log.files.insert("checkpoint".into(), signed);
    assert!(matches!(verify(&log), Err(Finding::Root { size: 10, .. })));
    let checkpoint = open_checkpoint(&log.files, log.key.verifier(), &[]).unwrap().checkpoint;
    assert!(matches!(Appender::restore(&log.files, &checkpoint), Err(RestoreError::Root { .. })));
}

#[test]
fn a_bundle_that_is_not_the_tree_s_is_not_built_upon() {
    let mut log = Log::of(300);
    log.files.get_mut("tile/entries/001.p/44").unwrap()[10] ^= 1;
    let error = Appender::restore(&log.files, &log.checkpoint()).unwrap_err();
    assert!(error.to_string().starts_with("tile/entries/001.p/44: "), "{error}");
}

#[test]
fn another_log_s_key_or_origin_opens_nothing() {
    let log = Log::of(2);
    let other = SignerKey::from_seed("other.example", log::key::Algorithm::Ed25519, &[9; 32]).unwrap();
    let finding = open_checkpoint(&log.files, other.verifier(), &[]).unwrap_err();
    assert!(finding.to_string().contains("it is signed by: log.example/zone+"), "{finding}");
    let foreign = Checkpoint::new("other.example", 2, log.appender.root()).unwrap();
    let note = foreign.sign(&log_key()).unwrap().encode();
    let error = Checkpoint::open(&note, log_key().verifier(), &[]).unwrap_err();
    assert_eq!(error.to_string(), "this is the checkpoint of \"other.example\", not of \"log.example/zone\"");
}

#[test]
fn a_witness_that_signed_is_found_with_its_time() {
    let log = Log::of(9);
    let witness = |algorithm| SignerKey::from_seed("witness.example/w1", algorithm, &[5; 32]).unwrap();
    let key = witness(log::key::Algorithm::CosignatureV1);
    let mut note = log.checkpoint().sign(&log.key).unwrap();
    note.cosign(&key, 1_679_315_147).unwrap();
    let witnesses: [VerifierKey; 1] = [key.verifier().to_string().parse().unwrap()];
    let opened = Checkpoint::open(&note.encode(), log.key.verifier(), &witnesses).unwrap();
    let times: Vec<_> = opened.verified.iter().map(|it| (it.name.as_str(), it.posix_s)).collect();
    assert_eq!(times, [("log.example/zone", None), ("witness.example/w1", Some(1_679_315_147))]);
    assert!(note.sign(&key).is_err());
    assert!(note.cosign(&witness(log::key::Algorithm::Ed25519), 0).is_err());
    assert!(note.cosign(&key, 1 << 63).is_err());
    // The witness alone is not enough.
    let mut alone = log::Note::new(note.text()).unwrap();
    alone.cosign(&key, 7).unwrap();
    assert!(Checkpoint::open(&alone.encode(), log.key.verifier(), &witnesses).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_flipped_bit_in_any_file_of_the_tree_is_found(file in any::<usize>(), byte in any::<usize>(), bit in 0_u32..8) {
        let mut log = Log::of(1300);
        let (path, bytes) = {
            let index = file % log.files.len();
            let (path, bytes) = log.files.iter_mut().nth(index).unwrap();
            (path.clone(), bytes)
        };
        let place = byte % bytes.len();
        bytes[place] ^= 1_u8 << bit;
        let found = verify(&log);
        prop_assert!(found.is_err(), "bit {} of byte {} of {} was not found", bit, place, path);
    }
}
