//! Leaves: one content, one encoding; and chains of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// A test says what went wrong by panicking.

use log::chain::{ChainError, Chains};
use log::leaf::LeafError;
use log::{Commitment, Leaf, Value};
use proptest::prelude::*;

fn leaf() -> Leaf {
    Leaf {
        case: [0xaa; 16],
        sequence: 2,
        previous: Some(300),
        kind: "granted".into(),
        stage: Some("مجوز".into()),
        time_ms: 1_700_000_000_000,
        public: [
            ("b".to_owned(), Value::Int(-1)),
            ("aa".to_owned(), Value::Bool(true)),
            ("c".to_owned(), Value::Text("x".into())),
            ("d".to_owned(), Value::Bytes(vec![1, 2])),
        ]
        .into(),
        commitments: [("applicant".to_owned(), Commitment([0xcc; 32]))].into(),
        definition: [0xdd; 32],
    }
}

/// The expected bytes, written out by hand from RFC 8949.
fn expected() -> Vec<u8> {
    let hex = [
        "aa 01 01", // map of 10; version 1
        "02 50 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "03 02",
        "04 19 012c",
        "05 67 6772616e746564",
        "06 68 d985d8acd988d8b2",
        "07 1b 0000018bcfe56800",
        "08 a4 6162 20 6163 6178 6164 42 0102 626161 f5", // shorter keys first
        "09 a1 69 6170706c6963616e74 5820 cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        "0a 5820 dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd",
    ];
    hex::decode(hex.concat().replace(' ', "")).unwrap()
}

fn replace(from: &str, to: &str) -> Vec<u8> {
    let text = hex::encode(expected());
    assert!(text.contains(from), "{from} is not in the leaf");
    hex::decode(text.replacen(from, to, 1)).unwrap()
}

#[test]
fn the_encoding_is_the_one_written_by_hand() {
    assert_eq!(hex::encode(leaf().encode().unwrap()), hex::encode(expected()));
    assert_eq!(Leaf::decode(&expected()).unwrap(), leaf());
}

#[test]
fn no_stage_and_no_previous_leaf_are_null() {
    let first = Leaf { previous: None, stage: None, ..leaf() };
    let bytes = first.encode().unwrap();
    assert!(hex::encode(&bytes).contains("04f6"));
    assert_eq!(Leaf::decode(&bytes).unwrap(), first);
}

#[test]
fn any_other_encoding_of_the_same_content_is_refused() {
    let others = [
        ("aa0101", "b80a0101"),       // the map's length in a longer form
        ("0302", "031802"),           // an integer in a longer form
        ("0419012c", "041a0000012c"), // the same, four bytes
        ("0567", "057807"),           // a text's length in a longer form
        ("0250aaaa", "025810aaaa"),   // a byte string's length in a longer form
        ("616220616361786164420102626161f5", "626161f5616220616361786164420102"), // keys by bytes alone
        ("616220", "61623800"),       // a negative integer in a longer form
    ];
    for (from, to) in others {
        let error = Leaf::decode(&replace(from, to)).unwrap_err();
        assert!(matches!(error, LeafError::NotDeterministic { .. }), "{from} as {to}: {error}");
    }
    let longer = [expected(), vec![0]].concat();
    assert_eq!(Leaf::decode(&longer), Err(LeafError::NotDeterministic { offset: expected().len() }));
}

#[test]
fn what_is_no_leaf_is_refused_with_its_place() {
    let cases = [
        ("aa0101", "a90101", "the map"),
        ("aa0101", "bf0101", "the map"),                          // indefinite length
        ("0302", "0502", "sequence"),                             // keys out of order
        ("0302", "0321", "sequence"),                             // negative
        ("0302", "03c1", "sequence"),                             // tagged
        ("0567", "057f67", "kind"),                               // indefinite text
        ("0250aaaa", "024faaaa", "case"),                         // 15 bytes
        ("68d985", "68ff85", "stage"),                            // not UTF-8
        ("071b0000018bcfe56800", "07fb0000018bcfe56800", "time"), // a float
        ("08a4", "08bf", "public facts"),
        ("08a4", "08bbffffffffffffffff", "public facts"), // a false length
        ("616220616361", "616220616261", "public facts"), // the same key twice
        ("61f5", "61f6", "public facts"),                 // null is no value
        ("61f5", "61f7", "public facts"),                 // undefined is none either
        ("5820dddd", "581fdddd", "definition"),
    ];
    for (from, to, place) in cases {
        match Leaf::decode(&replace(from, to)).unwrap_err() {
            LeafError::Malformed { field, .. } => assert_eq!(field, place, "{from} as {to}"),
            other => panic!("{from} as {to}: {other}"),
        }
    }
    assert_eq!(Leaf::decode(&replace("aa0101", "aa0102")), Err(LeafError::Version(2)));
    let bytes = expected();
    (0..bytes.len()).for_each(|end| assert!(Leaf::decode(&bytes[..end]).is_err(), "cut at {end}"));
}

#[test]
fn a_leaf_too_long_for_the_log_is_refused() {
    let long = Leaf { kind: "k".repeat(65_536), ..leaf() };
    assert!(matches!(long.encode(), Err(LeafError::TooLong { bytes }) if bytes > 65_536));
    assert!(matches!(Leaf::decode(&vec![0xaa; 65_536]), Err(LeafError::TooLong { .. })));
}

#[test]
fn a_leaf_left_out_of_a_case_shows() {
    let of = |case, sequence, previous| Leaf { case: [case; 16], sequence, previous, ..leaf() };
    let mut chains = Chains::new();
    chains.see(0, &of(1, 1, None)).unwrap();
    chains.see(1, &of(2, 1, None)).unwrap();
    chains.see(2, &of(1, 2, Some(0))).unwrap();
    assert_eq!(chains.cases(), 2);
    let error = chains.clone().see(3, &of(1, 3, Some(0))).unwrap_err();
    assert_eq!(error, ChainError::Previous { index: 3, named: Some(0), held: Some(2) });
    let error = chains.clone().see(3, &of(3, 1, Some(1))).unwrap_err();
    assert_eq!(error.to_string(), "leaf 3 names leaf 1 as its case's previous leaf, but the log has none");
    assert_eq!(chains.clone().see(3, &of(1, 2, Some(2))), Err(ChainError::Sequence { index: 3, found: 2, last: 2 }));
    let error = chains.clone().see(3, &of(1, 4, Some(2))).unwrap_err();
    assert_eq!(error.to_string(), "leaf 3 has sequence 4 in its case, where 3 belongs");
    assert_eq!(chains.see(3, &of(3, 2, None)), Err(ChainError::Sequence { index: 3, found: 2, last: 0 }));
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        ".{0,30}".prop_map(Value::Text),
        any::<i64>().prop_map(Value::Int),
        any::<bool>().prop_map(Value::Bool),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
    ]
}

prop_compose! {
    fn any_leaf()(
        case in any::<[u8; 16]>(), sequence in any::<u64>(), previous in any::<Option<u64>>(), kind in ".{0,20}",
        stage in proptest::option::of(".{0,20}"), time_ms in any::<i64>(),
        public in proptest::collection::btree_map(".{0,30}", any_value(), 0..30),
        commitments in proptest::collection::btree_map(".{0,300}", any::<[u8; 32]>().prop_map(Commitment), 0..5),
        definition in any::<[u8; 32]>(),
    ) -> Leaf {
        Leaf { case, sequence, previous, kind, stage, time_ms, public, commitments, definition }
    }
}

proptest! {
    #[test]
    fn every_leaf_comes_back(leaf in any_leaf()) {
        prop_assert_eq!(Leaf::decode(&leaf.encode().unwrap()).unwrap(), leaf);
    }

    #[test]
    fn two_encodings_never_hold_the_same_leaf(leaf in any_leaf(), byte in any::<usize>(), bit in 0_u32..8) {
        let mut bytes = leaf.encode().unwrap();
        let place = byte % bytes.len();
        bytes[place] ^= 1_u8 << bit;
        if let Ok(other) = Leaf::decode(&bytes) {
            prop_assert_ne!(other, leaf);
        }
    }
}
