//! The second institution answers for lots of its own in the log that it follows, and for nothing else.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, HashMap};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use beacon::institution::{Declined, Question, Seen, answer};
use beacon::vrf::{Proof, SecretKey};
use log::hash::leaf_hash;
use log::key::Algorithm;
use log::{Appender, Checkpoint, Hash, Leaf, ReadError, SignerKey, TileReader, Value, proof};

const ORIGIN: &str = "zone.example/log";

/// A log in memory, of which anybody may be told anything.
struct Log {
    signer: SignerKey,
    appender: Appender,
    files: HashMap<String, Vec<u8>>,
    leaves: Vec<Vec<u8>>,
}

impl TileReader for Log {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.files.get(path).cloned().ok_or(ReadError::NotFound)
    }
}

impl Log {
    fn new() -> Self {
        let signer = SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[1; 32]).unwrap();
        Self { signer, appender: Appender::new(), files: HashMap::new(), leaves: Vec::new() }
    }

    fn append(&mut self, leaf: &Leaf) {
        let bytes = leaf.encode().unwrap();
        let batch = self.appender.append(std::slice::from_ref(&bytes)).unwrap();
        self.files.extend(batch.files.into_iter().map(|(tile, bytes)| (tile.path(), bytes)));
        self.leaves.push(bytes);
    }

    fn checkpoint(&self) -> String {
        let checkpoint = Checkpoint::new(ORIGIN, self.appender.size(), self.appender.root()).unwrap();
        String::from_utf8(checkpoint.sign(&self.signer).unwrap().encode()).unwrap()
    }

    fn question(&self, index: u64, old: u64) -> Question {
        let size = self.appender.size();
        let texts = |hashes: Vec<Hash>| hashes.iter().map(Hash::to_string).collect();
        Question {
            checkpoint: self.checkpoint(),
            index,
            leaf: BASE64.encode(&self.leaves[usize::try_from(index).unwrap()]),
            inclusion: texts(proof::inclusion(self, index, size).unwrap()),
            old,
            consistency: texts(proof::consistency(self, old, size).unwrap()),
        }
    }
}

fn key() -> SecretKey {
    SecretKey::from_seed(&[5; 32])
}

fn leaf(kind: &str, sequence: u64, public: &[(&str, Value)]) -> Leaf {
    Leaf {
        case: [1; 16],
        sequence,
        previous: sequence.checked_sub(2),
        kind: kind.to_owned(),
        stage: Some("review".to_owned()),
        time_ms: 0,
        public: public.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        commitments: BTreeMap::new(),
        definition: [2; 32],
    }
}

fn lot(sequence: u64, key: &SecretKey) -> Leaf {
    let public = [
        ("source", Value::Text("vrf".to_owned())),
        ("key.1", Value::Bytes(key.public().as_bytes().to_vec())),
        ("key.2", Value::Bytes(vec![255; 32])),
    ];
    leaf("lot", sequence, &public)
}

/// A log with five other leaves and a lot for each of two institutions.
fn log_with_lots() -> Log {
    let mut log = Log::new();
    for sequence in 1..=5 {
        log.append(&leaf("entered", sequence, &[]));
    }
    log.append(&lot(6, &key()));
    log.append(&lot(7, &SecretKey::from_seed(&[6; 32])));
    log
}

#[test]
fn a_lot_in_the_log_is_answered_for_and_the_log_is_remembered() {
    let mut log = log_with_lots();
    let (answered, seen) = answer(&log.question(5, 0), log.signer.verifier(), &Seen::default(), &key()).unwrap();
    let alpha = leaf_hash(&log.leaves[5]).0;
    assert!(key().public().verify(&alpha, &Proof::from_bytes(&answered.proof).unwrap()).is_ok());
    assert_eq!(seen, Seen { size: 7, root: log.appender.root().0 });
    // The same again gives the same, and the log may have grown.
    assert_eq!(answer(&log.question(5, 7), log.signer.verifier(), &seen, &key()).unwrap().0, answered);
    log.append(&lot(8, &key()));
    let (_, seen) = answer(&log.question(7, 7), log.signer.verifier(), &seen, &key()).unwrap();
    assert_eq!(seen.size, 8);
}

#[test]
fn nothing_outside_the_log_is_answered_for() {
    let log = log_with_lots();
    let ask = |question: &Question| answer(question, log.signer.verifier(), &Seen::default(), &key());
    // Many leaves, each perhaps a lucky one, that the log never had.
    for sequence in 100..110 {
        let bytes = lot(sequence, &key()).encode().unwrap();
        let question = Question { leaf: BASE64.encode(bytes), ..log.question(5, 0) };
        assert_eq!(ask(&question), Err(Declined::NotInLog));
    }
    assert_eq!(ask(&Question { index: 4, ..log.question(5, 0) }), Err(Declined::NotInLog));
    assert_eq!(ask(&Question { inclusion: Vec::new(), ..log.question(5, 0) }), Err(Declined::NotInLog));
    // In the log, and no lot of this institution.
    assert_eq!(ask(&log.question(0, 0)), Err(Declined::NotMine));
    assert_eq!(ask(&log.question(6, 0)), Err(Declined::NotMine));
}

#[test]
fn another_logs_checkpoint_is_declined() {
    let log = log_with_lots();
    let stranger = SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[9; 32]).unwrap();
    let refused = answer(&log.question(5, 0), stranger.verifier(), &Seen::default(), &key());
    assert!(matches!(refused, Err(Declined::Checkpoint(_))), "{refused:?}");
    let forged = log.question(5, 0);
    let forged = Question { checkpoint: forged.checkpoint.replace("\n7\n", "\n8\n"), ..forged };
    let refused = answer(&forged, log.signer.verifier(), &Seen::default(), &key());
    assert!(matches!(refused, Err(Declined::Checkpoint(_))), "{refused:?}");
}

#[test]
fn a_log_with_two_faces_is_declined() {
    let log = log_with_lots();
    let (_, seen) = answer(&log.question(5, 0), log.signer.verifier(), &Seen::default(), &key()).unwrap();
    // The same key signs another log in which another lot stands, to get another number.
    let mut other = Log::new();
    for sequence in 1..=6 {
        other.append(&leaf("entered", sequence, &[]));
    }
    other.append(&lot(7, &key()));
    assert_eq!(
        answer(&other.question(6, 0), other.signer.verifier(), &seen, &key()),
        Err(Declined::OtherSize { seen: 7, asked: 0 })
    );
    assert_eq!(answer(&other.question(6, 7), other.signer.verifier(), &seen, &key()), Err(Declined::Split));
    other.append(&leaf("entered", 8, &[]));
    assert_eq!(answer(&other.question(6, 7), other.signer.verifier(), &seen, &key()), Err(Declined::Split));
    // And one that forgot something.
    let mut short = Log::new();
    short.append(&lot(1, &key()));
    let refused = answer(&short.question(0, 0), short.signer.verifier(), &seen, &key());
    assert_eq!(refused, Err(Declined::OtherSize { seen: 7, asked: 0 }));
}

#[test]
fn a_question_is_read_strictly() {
    let log = log_with_lots();
    let json = serde_json::to_vec(&log.question(5, 0)).unwrap();
    assert_eq!(Question::read(&json).unwrap(), log.question(5, 0));
    for junk in [&b""[..], b"{}", b"[]", br#"{"checkpoint":""}"#, &vec![b' '; 300 * 1024]] {
        assert!(matches!(Question::read(junk), Err(Declined::Malformed(_))));
    }
    let many = Question { inclusion: vec![Hash([0; 32]).to_string(); 200], ..log.question(5, 0) };
    let refused = answer(&many, log.signer.verifier(), &Seen::default(), &key());
    assert!(matches!(refused, Err(Declined::Malformed(_))));
    let odd = Question { leaf: "?".to_owned(), ..log.question(5, 0) };
    assert!(matches!(answer(&odd, log.signer.verifier(), &Seen::default(), &key()), Err(Declined::Malformed(_))));
}
