//! Proofs as texts: written, read again, checked; one byte off is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// A test says what went wrong by panicking.

mod common;

use common::{Log, any_size, entry};
use log::hash::leaf_hash;
use log::key::Algorithm;
use log::proof::{ProofError, inclusion};
use log::tlog_proof::{TlogProof, TlogProofError};
use log::{Note, SignerKey};
use proptest::prelude::*;

fn proof(log: &Log, index: u64) -> TlogProof {
    let hashes = inclusion(&log.files, index, log.appender.size()).unwrap();
    TlogProof::new(index, hashes, Note::parse(&log.files["checkpoint"]).unwrap()).unwrap()
}

fn line(line: usize) -> impl Fn(TlogProofError) -> bool {
    move |error| matches!(error, TlogProofError::Line { line: at, .. } if at == line)
}

#[test]
fn its_lines_are_those_of_the_specification() {
    let log = Log::of(3);
    let text = proof(&log, 2).to_string();
    let sibling = inclusion(&log.files, 2, 3).unwrap()[0];
    let note = String::from_utf8(log.files["checkpoint"].clone()).unwrap();
    assert_eq!(text, format!("c2sp.org/tlog-proof@v1\nindex 2\n{sibling}\n\n{note}"));
    let alone = Log::of(1);
    let note = String::from_utf8(alone.files["checkpoint"].clone()).unwrap();
    assert_eq!(proof(&alone, 0).to_string(), format!("c2sp.org/tlog-proof@v1\nindex 0\n\n{note}"));
}

#[test]
fn extra_data_is_kept_and_proves_nothing() {
    let log = Log::of(5);
    let text = proof(&log, 4).to_string().replace("@v1\n", "@v1\nextra Zm9v\n");
    let read = TlogProof::parse(text.as_bytes()).unwrap();
    assert_eq!(read.extra(), Some(&b"foo"[..]));
    assert_eq!(read.to_string(), text);
    assert!(read.verify(&leaf_hash(&entry(4)), log.key.verifier(), &[]).is_ok());
}

#[test]
fn what_is_not_a_proof_is_refused_by_its_line() {
    let log = Log::of(6);
    let text = proof(&log, 3).to_string();
    let refused = |text: String| TlogProof::parse(text.as_bytes()).unwrap_err();
    assert!(line(1)(refused(String::new())));
    assert!(line(1)(refused(text.replace("@v1", "@v2"))));
    assert!(line(1)(refused(text.replace('\n', "\r\n"))));
    for index in ["03", "+3", "-3", "", " 3", "18446744073709551616", "۳"] {
        assert!(line(2)(refused(text.replace("index 3", &format!("index {index}")))), "{index}");
    }
    assert!(line(2)(refused(text.replace("@v1\n", "@v1\nextra Zm9\n"))));
    assert!(line(2)(refused(text.replace("@v1\n", "@v1\n\n"))));
    assert!(line(3)(refused(text.replace("index 3\n", "index 3\nAAAA\n"))));
    assert!(line(2 + 65)(refused(
        text.replace("index 3\n", &format!("index 3\n{}", format!("{}\n", leaf_hash(b"")).repeat(62)))
    )));
    let (head, _) = text.split_once("\n\n").unwrap();
    assert!(matches!(refused(format!("{head}\n\n")), TlogProofError::Note(_)));
    assert!(line(6)(refused(head.to_owned() + "\n")), "{:?}", refused(head.to_owned() + "\n"));
    assert!(matches!(TlogProof::parse(&[b'c', 0xff]), Err(TlogProofError::NotText { offset: 1 })));
    assert!(matches!(TlogProof::parse(&vec![b'c'; 3 << 20]), Err(TlogProofError::TooLong(_))));
}

#[test]
fn another_entry_index_or_key_is_refuted() {
    let log = Log::of(300);
    let text = proof(&log, 299).to_string();
    let read = TlogProof::parse(text.as_bytes()).unwrap();
    let leaf = leaf_hash(&entry(299));
    assert_eq!(read.verify(&leaf, log.key.verifier(), &[]).unwrap().checkpoint, log.checkpoint());
    assert_eq!(
        read.verify(&leaf_hash(&entry(298)), log.key.verifier(), &[]),
        Err(TlogProofError::Proof(ProofError::Refuted))
    );
    let moved = TlogProof::parse(text.replace("index 299", "index 300").as_bytes()).unwrap();
    assert_eq!(
        moved.verify(&leaf, log.key.verifier(), &[]),
        Err(TlogProofError::Proof(ProofError::NoSuchLeaf { index: 300, size: 300 }))
    );
    let other = SignerKey::from_seed(common::ORIGIN, Algorithm::Ed25519, &[4; 32]).unwrap();
    assert!(matches!(read.verify(&leaf, other.verifier(), &[]), Err(TlogProofError::Checkpoint(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_entry_of_any_log_proves_itself(size in any_size(), seed: u64) {
        let log = Log::of(size);
        let index = seed % size;
        let text = proof(&log, index).to_string();
        let read = TlogProof::parse(text.as_bytes()).unwrap();
        prop_assert_eq!(read.to_string(), text);
        prop_assert!(read.verify(&leaf_hash(&entry(index)), log.key.verifier(), &[]).is_ok());
    }

    #[test]
    fn bytes_from_strangers_never_panic(bytes: Vec<u8>, cut in 0_usize..400, flip in 0_usize..400) {
        let _ = TlogProof::parse(&bytes);
        let log = Log::of(9);
        let mut text = proof(&log, 5).to_string().into_bytes();
        let place = flip % text.len();
        text[place] ^= 1;
        let flipped = TlogProof::parse(&text).map(|read| read.verify(&leaf_hash(&entry(5)), log.key.verifier(), &[]).is_ok());
        prop_assert_ne!(flipped, Ok(true));
        text.truncate(cut % text.len());
        let _ = TlogProof::parse(&text);
    }
}
