//! `panjereh witness`: what it answers, what it keeps, a split view, a clock that went back, and starts that must not be.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use common::witness::{ORIGIN, Running, vkey, witness};
use common::{command, complained, send};
use log::key::Algorithm;
use log::proof::consistency;
use log::witness::{Cosigned, Request, read_answer};
use log::{Appender, Checkpoint, Note, SignerKey, VerifierKey};

const NAME: &str = "witness.example/w1";

fn log_signer() -> SignerKey {
    SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[5; 32]).unwrap()
}

fn log_key() -> String {
    log_signer().verifier().to_string()
}

/// The log's entries, from `forked` on others than it showed before.
fn request(old: u64, size: u64, forked: u64) -> Request {
    let (mut appender, mut files) = (Appender::new(), BTreeMap::new());
    let entries: Vec<String> =
        (0..size).map(|index| format!("{} {index}", if index < forked { "entry" } else { "other" })).collect();
    let batch = appender.append(&entries).unwrap();
    files.extend(batch.files.into_iter().map(|(tile, bytes)| (tile.path(), bytes)));
    let note = Checkpoint::new(ORIGIN, size, appender.root()).unwrap().sign(&log_signer()).unwrap();
    Request::new(old, consistency(&files, old, size).unwrap(), note).unwrap()
}

fn start(folder: &Path) -> Running {
    witness(&folder.join("w1"), NAME, &log_key(), "127.0.0.1:0")
}

fn add(witness: &Running, request: &Request) -> (String, String) {
    witness.post("/add-checkpoint", &request.to_string())
}

fn status(answer: &(String, String)) -> &str {
    &answer.0["HTTP/1.1 ".len()..][..3]
}

#[test]
fn it_answers_as_the_specification_says_and_goes_on_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let witness = start(folder.path());
    let key: VerifierKey = vkey(&witness).parse().unwrap();
    let first = request(0, 5, u64::MAX);
    let answer = add(&witness, &first);
    assert_eq!(status(&answer), "200", "{answer:?}");
    assert_eq!(read_answer(first.note(), answer.1.as_bytes(), &key).unwrap().0.signatures().len(), 1);
    // Killed: what it cosigned is what it knows.
    witness.kill();
    let witness = start(folder.path());
    assert_eq!(vkey(&witness).parse::<VerifierKey>().unwrap(), key);
    let answer = add(&witness, &request(0, 9, u64::MAX));
    assert_eq!((status(&answer), answer.1.as_str()), ("409", "5\n"));
    assert!(answer.0.to_lowercase().contains("content-type: text/x.tlog.size"), "{}", answer.0);
    assert_eq!(status(&add(&witness, &request(5, 9, u64::MAX))), "200");
    assert_eq!(status(&add(&witness, &request(9, 9, u64::MAX))), "200");

    let mut other = request(9, 10, u64::MAX).to_string();
    other = other.replace(ORIGIN, "nobody.example/log");
    let unknown = witness.post("/add-checkpoint", &other);
    assert!(
        status(&unknown) == "404" && unknown.1.contains("does not follow the log \"nobody.example/log\""),
        "{unknown:?}"
    );
    let tampered = request(9, 10, u64::MAX).to_string().replace("\n10\n", "\n11\n");
    assert_eq!(status(&witness.post("/add-checkpoint", &tampered)), "403");
    for body in ["", "old 9", "<html>", &request(9, 10, u64::MAX).to_string().replace("old 9", "old 09")] {
        let answer = witness.post("/add-checkpoint", body);
        assert!(status(&answer) == "400" && answer.1.contains(" of the request is not "), "{answer:?}");
    }
    assert_eq!(status(&witness.post("/add-checkpoint", &"x".repeat(2_000_000))), "413");
    assert_eq!(status(&witness.get("/add-checkpoint")), "405");
    assert_eq!(status(&witness.get("/elsewhere")), "404");
    assert_eq!(status(&witness.get("/healthz")), "200");
    let who = witness.get("/").1;
    assert!(who.contains(&key.to_string()) && who.contains(ORIGIN) && who.contains("9 entries"), "{who}");
    assert!(witness.stop());
}

#[test]
fn a_log_that_signs_two_trees_is_refused_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let witness = start(folder.path());
    assert_eq!(status(&add(&witness, &request(0, 9, u64::MAX))), "200");
    assert_eq!(witness.get("/evidence").1, "No split view was seen.\n");
    // One size with two roots; a larger tree that begins otherwise; twice, and it is kept once.
    for _ in 0..2 {
        assert_eq!(status(&add(&witness, &request(9, 9, 4))), "422");
        let same = add(&witness, &request(0, 9, 4));
        assert_eq!((status(&same), same.1.as_str()), ("409", "9\n"));
        assert_eq!(status(&add(&witness, &request(9, 30, 4))), "422");
    }
    // Whoever sends what was cosigned already, with a proof that is none, casts no doubt on the log.
    let needless = request(9, 9, u64::MAX);
    let needless = Request::new(9, vec![log::Hash([7; 32])], needless.note().clone()).unwrap();
    assert_eq!(status(&add(&witness, &needless)), "422");
    // A proof that proves nothing is a doubt, not a split view.
    let torn = request(9, 30, u64::MAX);
    let torn = Request::new(9, torn.proof()[1..].to_vec(), torn.note().clone()).unwrap();
    assert_eq!(status(&add(&witness, &torn)), "422");
    let shown = witness.get("/evidence").1;
    assert_eq!(shown.matches("A split view of demo.invalid/maku.").count(), 2, "{shown}");
    assert_eq!(shown.matches("no proof of anything yet").count(), 1, "{shown}");
    for note in [request(0, 9, u64::MAX), request(0, 9, 4), request(0, 30, 4)] {
        assert!(shown.contains(&String::from_utf8(note.note().encode()).unwrap()), "{shown}");
    }
    assert!(witness.said().contains("SPLIT VIEW"), "{}", witness.said());
    // It goes on with the log that it knew.
    assert_eq!(status(&add(&witness, &request(9, 30, u64::MAX))), "200");
    assert_eq!(std::fs::read_dir(folder.path().join("w1/evidence")).unwrap().count(), 3);
}

#[test]
fn with_a_clock_that_went_back_it_signs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let witness = start(folder.path());
    assert_eq!(status(&add(&witness, &request(0, 5, u64::MAX))), "200");
    assert!(witness.stop());
    // As if it had cosigned a day from now: its clock is set back by that day.
    let dir = folder.path().join("w1");
    let key: SignerKey = std::fs::read_to_string(dir.join("key")).unwrap().trim_end().parse().unwrap();
    let tomorrow_s = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() + 86_400;
    let state = std::fs::read_dir(dir.join("logs")).unwrap().next().unwrap().unwrap().path();
    let known =
        Cosigned::open(&std::fs::read(&state).unwrap(), &[log_signer().verifier().clone()], key.verifier()).unwrap();
    let mut note = Note::parse(&known.encode()).unwrap();
    note.cosign(&key, tomorrow_s).unwrap();
    std::fs::write(&state, note.encode()).unwrap();
    let witness = start(folder.path());
    let answer = add(&witness, &request(5, 9, u64::MAX));
    assert!(
        status(&answer) == "503" && answer.1.contains(&format!("its last cosignature is of {tomorrow_s}")),
        "{answer:?}"
    );
    assert!(witness.said().contains("set the clock right"), "{}", witness.said());
    assert_eq!(add(&witness, &request(0, 9, u64::MAX)).1, "5\n", "what it knows it still says");
}

#[test]
fn what_must_not_start_does_not_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let witness = start(folder.path());
    assert_eq!(status(&add(&witness, &request(0, 5, u64::MAX))), "200");
    let refused = |arguments: &[&str]| {
        let output =
            command(folder.path()).args(["witness", "--listen", "127.0.0.1:0"]).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", complained(&output));
        assert!(complained(&output).contains("hint: "), "{}", complained(&output));
        complained(&output)
    };
    let log = log_key();
    assert!(refused(&["--dir", "w1", "--log", &log]).contains("another panjereh runs on"));
    assert!(witness.stop());
    assert!(refused(&["--dir", "w1"]).contains("no log was named"));
    assert!(refused(&["--dir", "new", "--log", &log]).contains("a new witness needs a name"));
    assert!(refused(&["--dir", "new", "--log", &log, "--name", "a b"]).contains("cannot name a key"));
    assert!(refused(&["--dir", "w1", "--log", &log, "--name", "other.example/w"]).contains("is of witness.example/w1"));
    assert!(refused(&["--dir", "w1", "--log", "nonsense"]).contains("--log: this is not a verifier key"));
    std::fs::write(folder.path().join("logs.txt"), format!("# logs\n\n{log}\nnonsense\n")).unwrap();
    assert!(refused(&["--dir", "w1", "--logs-file", "logs.txt"]).contains("logs.txt:4: "));
    // A state that was changed is not overlooked: it would be another past.
    let dir = folder.path().join("w1");
    let state = std::fs::read_dir(dir.join("logs")).unwrap().next().unwrap().unwrap().path();
    let good = std::fs::read_to_string(&state).unwrap();
    std::fs::write(&state, good.replace("\n5\n", "\n6\n")).unwrap();
    assert!(refused(&["--dir", "w1", "--log", &log]).contains("does not fit the note's text"));
    std::fs::write(&state, good).unwrap();
    let key = dir.join("key");
    let secret = std::fs::read_to_string(&key).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let open = refused(&["--dir", "w1", "--log", &log]);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::write(&key, &secret[..60]).unwrap();
    let cut = refused(&["--dir", "w1", "--log", &log]);
    assert!(open.contains("chmod 600") && !format!("{open}{cut}").contains(&secret[40..60]), "{open}{cut}");
}

#[test]
fn whoever_sends_slowly_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let witness = start(folder.path());
    let begun = std::time::Instant::now();
    let request = "POST /add-checkpoint HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 500\r\n\r\nold 0\n";
    let (head, _) = send(&witness.address, request);
    assert!(head.starts_with("HTTP/1.1 408"), "{head}");
    assert!(begun.elapsed().as_secs() < 20);
}
