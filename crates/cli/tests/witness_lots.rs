//! `panjereh witness --lots`: one process on one port that cosigns a zone's log and is the second institution of its draws.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use app::beacon::institution::Question;
use app::beacon::vrf::{Proof, PublicKey};
use app::log::{Leaf, Value};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use common::witness::{ORIGIN, Running, vkey};
use common::{Demo, Served, command, complained, panjereh, said, send, wait_until};
use log::hash::leaf_hash;
use log::key::Algorithm;
use log::proof::{consistency, inclusion};
use log::{Appender, Checkpoint, SignerKey};
use serde_json::json;

const NAME: &str = "court.example/w1";

fn start(folder: &Path, log_key: &str, further: &[&str]) -> Running {
    let mut command = command(folder);
    command.args(["witness", "--dir", "court", "--name", NAME, "--listen", "127.0.0.1:0", "--lots", log_key]);
    command.args(further);
    Running::start(command, &folder.join("court.log"))
}

/// The public key for draws that the witness says it has for the log of these tests.
fn lots_key(witness: &Running) -> String {
    let who = witness.get("/").1;
    let (_, after) =
        who.split_once("second institution of its draws, with the key ").unwrap_or_else(|| panic!("{who}"));
    after[..64].to_owned()
}

fn signer() -> SignerKey {
    SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[5; 32]).unwrap()
}

/// A log whose fourth entry fixes a lot that waits for this key; from `forked` on other entries than it showed before.
struct Log {
    files: BTreeMap<String, Vec<u8>>,
    lot: Vec<u8>,
    note: String,
    size: u64,
}

const LOT: u64 = 3;

fn log_of(size: u64, forked: u64, key: &str) -> Log {
    let bytes = |hex: &str| Value::Bytes(hex::decode(hex).unwrap());
    let public = BTreeMap::from([
        ("source".to_owned(), Value::Text("vrf".to_owned())),
        ("key.1".to_owned(), bytes(key)),
        ("key.2".to_owned(), bytes(&"ff".repeat(32))),
    ]);
    let leaf = Leaf {
        case: [1; 16],
        sequence: 3,
        previous: None,
        kind: "lot".to_owned(),
        stage: None,
        time_ms: 0,
        public,
        commitments: BTreeMap::new(),
        definition: [2; 32],
    };
    let lot = leaf.encode().unwrap();
    let entry = |index: u64| match index {
        LOT => lot.clone(),
        index if index < forked => format!("entry {index}").into_bytes(),
        index => format!("other {index}").into_bytes(),
    };
    let (mut appender, entries) = (Appender::new(), (0..size).map(entry).collect::<Vec<_>>());
    let batch = appender.append(&entries).unwrap();
    let files = batch.files.into_iter().map(|(tile, bytes)| (tile.path(), bytes)).collect();
    let note = Checkpoint::new(ORIGIN, size, appender.root()).unwrap().sign(&signer()).unwrap();
    Log { files, lot, note: String::from_utf8(note.encode()).unwrap(), size }
}

impl Log {
    fn question(&self, old: u64) -> Question {
        let texts = |hashes: Vec<log::Hash>| hashes.iter().map(log::Hash::to_string).collect();
        Question {
            checkpoint: self.note.clone(),
            index: LOT,
            leaf: BASE64_STANDARD.encode(&self.lot),
            inclusion: texts(inclusion(&self.files, LOT, self.size).unwrap()),
            old,
            consistency: texts(consistency(&self.files, old, self.size).unwrap()),
        }
    }
}

fn ask(witness: &Running, question: &Question) -> (String, serde_json::Value) {
    let (head, body) = witness.post("/lot", &serde_json::to_string(question).unwrap());
    (head["HTTP/1.1 ".len()..][..3].to_owned(), serde_json::from_str(&body).unwrap_or(json!(body)))
}

#[test]
fn it_answers_for_lots_of_the_log_that_it_cosigns_and_keeps_one_state_for_both() {
    let folder = tempfile::tempdir().unwrap();
    let log_key = signer().verifier().to_string();
    let witness = start(folder.path(), &log_key, &[]);
    let key = lots_key(&witness);
    let public = PublicKey::from_bytes(&hex::decode(&key).unwrap().try_into().unwrap()).unwrap();
    // A lot is answered for, and the checkpoint that shows it counts as seen: also by the witness.
    let log = log_of(9, u64::MAX, &key);
    let (status, answer) = ask(&witness, &log.question(0));
    assert_eq!(status, "200", "{answer}");
    let proof = hex::decode(answer["proof"].as_str().unwrap()).unwrap();
    public.verify(&leaf_hash(&log.lot).0, &Proof::from_bytes(&proof).unwrap()).unwrap();
    assert!(witness.get("/").1.contains("9 entries"));
    // What the witness cosigned counts as seen by the institution.
    let larger = log_of(12, u64::MAX, &key);
    let hashes: String = larger.question(9).consistency.iter().map(|hash| format!("{hash}\n")).collect();
    let added = witness.post("/add-checkpoint", &format!("old 9\n{hashes}\n{}", larger.note));
    assert!(added.0.starts_with("HTTP/1.1 200"), "{added:?}");
    assert_eq!(ask(&witness, &larger.question(12)).1, answer, "the same lot, the same answer");
    // A zone asks by the checkpoint that it publishes, which may be a little behind: what was cosigned of late is known.
    assert_eq!(ask(&witness, &log.question(0)), ("200".to_owned(), answer.clone()));
    let older = ask(&witness, &log_of(10, u64::MAX, &key).question(9));
    assert_eq!((older.0.as_str(), &older.1["seen"]), ("409", &json!(12)), "a size that was never cosigned");
    // Killed, it knows what it knew, and has the same keys.
    witness.kill();
    let witness = start(folder.path(), &log_key, &[]);
    assert_eq!(lots_key(&witness), key);
    assert_eq!(ask(&witness, &larger.question(12)), ("200".to_owned(), answer));
    let mode = std::os::unix::fs::MetadataExt::mode(
        &std::fs::read_dir(folder.path().join("court/lots")).unwrap().next().unwrap().unwrap().metadata().unwrap(),
    );
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn nothing_else_is_answered_for_and_a_split_view_is_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let (other_seed, log_key) = ([6; 32], signer().verifier().to_string());
    let other = SignerKey::from_seed("other.example/log", Algorithm::Ed25519, &other_seed).unwrap();
    let witness = start(folder.path(), &log_key, &["--lots", &other.verifier().to_string()]);
    let who = witness.get("/").1;
    let keys: std::collections::BTreeSet<&str> = who.split("with the key ").skip(1).map(|after| &after[..64]).collect();
    assert_eq!(keys.len(), 2, "a key for each log: {who}");
    let key = who.split_once(ORIGIN).unwrap().1.split_once("with the key ").unwrap().1[..64].to_owned();
    // A lot that waits for the key of another log.
    let foreign = keys.into_iter().find(|one| *one != key).unwrap();
    assert_eq!(ask(&witness, &log_of(9, u64::MAX, foreign).question(0)).0, "422");
    let log = log_of(9, u64::MAX, &key);
    assert_eq!(ask(&witness, &log.question(0)).0, "200");
    // A log that nobody named, and a leaf that is not there.
    let mut unknown = log.question(9);
    unknown.checkpoint = unknown.checkpoint.replace(ORIGIN, "nobody.example/log");
    let answer = ask(&witness, &unknown);
    assert!(answer.0 == "404" && answer.1["error"].as_str().unwrap().contains("nobody.example/log"), "{answer:?}");
    let mut missing = log.question(9);
    missing.index = LOT + 1;
    assert_eq!(ask(&witness, &missing).0, "422");
    assert_eq!(witness.post("/lot", "{}").0.split(' ').nth(1), Some("400"));
    assert_eq!(witness.post("/lot", &"x".repeat(400_000)).0.split(' ').nth(1), Some("413"));
    // The log shows another tree: it is declined, and both notes are kept and shown as for any witness.
    assert_eq!(witness.get("/evidence").1, "No split view was seen.\n");
    assert_eq!(ask(&witness, &log_of(9, 4, &key).question(9)).0, "422");
    let shown = witness.get("/evidence").1;
    assert!(shown.contains("A split view of demo.invalid/maku.") && shown.contains(&log.note), "{shown}");
    assert!(witness.said().contains("SPLIT VIEW"), "{}", witness.said());
}

#[test]
fn without_logs_to_draw_for_there_is_no_such_route_and_one_named_twice_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let log_key = signer().verifier().to_string();
    let witness = common::witness::witness(&folder.path().join("plain"), NAME, &log_key, "127.0.0.1:0");
    assert!(witness.post("/lot", "{}").0.starts_with("HTTP/1.1 404"));
    let again = SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[9; 32]).unwrap().verifier().to_string();
    let dir = folder.path().join("twice");
    let args = ["witness", "--dir", dir.to_str().unwrap(), "--name", NAME, "--lots", &log_key, "--lots", &again];
    let twice = panjereh(&args);
    assert_eq!(twice.status.code(), Some(2));
    assert!(complained(&twice).contains("demo.invalid/maku is named twice"), "{}", complained(&twice));
}

/// A zone whose log the court cosigns, and whose officers it draws with the court.
#[test]
fn a_zone_has_one_and_the_same_court_as_its_witness_and_as_its_second_institution() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path());
    let (token, log_key) = (demo.token("P-0001").to_owned(), demo.log_key().to_owned());
    assert!(demo.stop());
    let court = start(folder.path(), &log_key, &[]);
    let policy = format!("log {log_key}\nwitness court {} http://{}\nquorum court\n", vkey(&court), court.address);
    std::fs::write(folder.path().join("witnesses.policy"), policy).unwrap();
    let settings = format!(
        "listen = \"127.0.0.1:0\"\nzone = \"{}\"\nstore = \"store.sqlite\"\nobjects = \"objects\"\nkeys = \"keys.toml\"\n\
         origin = \"{ORIGIN}\"\nbase_url = \"https://maku.example\"\nwitness_policy = \"witnesses.policy\"\nlots = \"vrf\"\n\
         lots_institution = \"http://{}\"\nlots_institution_key = \"{}\"\n",
        common::root().join("zones/maku").display(),
        court.address,
        lots_key(&court),
    );
    std::fs::write(folder.path().join("panjereh.toml"), settings).unwrap();
    let mut served = Served::start(command(folder.path()));
    served.host = "maku.example".to_owned();
    // Several at once, so that the log goes on while lots are asked for.
    let apply = |number: u32| {
        let body = json!({ "service": "activity-licence", "facts": {
            "company": { "text": "C-0001" }, "premises": { "text": "M-0001" }, "activity": { "code": "2011" },
            "investment": { "money": { "amount": (900_000_000_000_u64 + u64::from(number)).to_string(), "currency": "IRR" } },
        }});
        let (head, answer) = served.call(&token, "/api/v1/cases", &format!("one-{number}"), &body.to_string());
        assert!(head.starts_with("HTTP/1.1 201"), "{head} {}", String::from_utf8_lossy(&answer));
        let acted: serde_json::Value = serde_json::from_slice(&answer).unwrap();
        format!("/api/v1/cases/{}/draws", acted["case"].as_str().unwrap())
    };
    let paths: Vec<String> = (0..3).map(apply).collect();
    let get = |path: &str| {
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\r\n",
            served.host
        );
        send(&served.address, &request).1
    };
    let draws = |path: &str| serde_json::from_slice::<serde_json::Value>(&get(path)).unwrap();
    wait_until("nobody was drawn", || draws(&paths[0])["drawn"][0].is_object());
    let note = String::from_utf8(get("/log/checkpoint")).unwrap();
    assert!(note.contains(NAME), "the court cosigned what is published: {note}");
    // A gate's pack has the policy, and a gate demands its quorum.
    let pack = command(folder.path()).args(["pack", "--out", "gate.pack", "--json"]).output().unwrap();
    let told: serde_json::Value =
        serde_json::from_str(&said(&pack)).unwrap_or_else(|_| panic!("{}", complained(&pack)));
    assert_eq!(told["witnessed"], true);
}
