//! `panjereh lot`: a draw done again from its file, and a zone that draws together with a second institution.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Output, Stdio};

use app::beacon::sheet::Fixed;
use app::beacon::{Chain, Sheet, randomness};
use app::engine::case::Digest;
use app::engine::lot::{Candidate, Evidence, Lot, Proof, Share, Source, draw, draw_route};
use app::log::{Leaf, Value, hash::leaf_hash};
use common::{Demo, Served, command, complained, panjereh, said, send, wait_until};

/// A draw by round 123 of quicknet (the tests of noislabs/drand-verify).
fn sheet() -> Sheet {
    let signature = "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92";
    let chain = Chain::quicknet().unwrap();
    let (hash, round) = (Digest(chain.hash()), 123);
    let candidates = ["e1", "e2", "e3"].map(|officer| Candidate { officer: officer.to_owned(), weight: 1 }).to_vec();
    let source = Source::Drand { chain: hash, round };
    let lot = Lot::new("examiner", 1, candidates, "review/0", source, jiff::Timestamp::UNIX_EPOCH).unwrap();
    let text = |text: &str| Value::Text(text.to_owned());
    let public = BTreeMap::from([
        ("seat".to_owned(), text("review")),
        ("matter".to_owned(), text("review/0")),
        ("people".to_owned(), Value::Int(1)),
        ("candidates".to_owned(), Value::Int(3)),
        ("roster".to_owned(), Value::Bytes(lot.roster.0.to_vec())),
        ("source".to_owned(), text("drand")),
        ("chain".to_owned(), Value::Bytes(hash.0.to_vec())),
        ("round".to_owned(), Value::Int(123)),
    ]);
    let leaf = Leaf {
        case: [1; 16],
        sequence: 6,
        previous: Some(4),
        kind: "lot".to_owned(),
        stage: Some("review".to_owned()),
        time_ms: 0,
        public,
        commitments: BTreeMap::new(),
        definition: [2; 32],
    };
    let leaf = leaf.encode().unwrap();
    let evidence =
        Evidence::Drand { chain: hash, round, signature: hex::decode(signature).unwrap(), previous: Vec::new() };
    let proof = Proof { leaf: Digest(leaf_hash(&leaf).0), evidence };
    let randomness = Digest(randomness::proven(&proof, &[chain]).unwrap());
    let draw = lot.draw(randomness, proof).unwrap();
    Sheet { version: 1, seat: "review".to_owned(), fixed: Some(Fixed { index: 5, leaf }), draw }
}

fn verify(folder: &Path, json: &str, further: &[&str]) -> Output {
    let file = folder.join("draw.json");
    std::fs::write(&file, json).unwrap();
    let args = [&["lot", "verify", file.to_str().unwrap()], further].concat();
    panjereh(&args)
}

#[test]
fn a_draw_is_done_again_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let json = serde_json::to_string(&sheet()).unwrap();
    let proven = verify(folder.path(), &json, &[]);
    assert_eq!(proven.status.code(), Some(0), "{}", complained(&proven));
    let drawn = sheet().draw.drawn[0].clone();
    for words in [&format!("proven: {drawn} for review"), "divided by 3 leaves", "round 123", "entry 5 of the log"] {
        assert!(said(&proven).contains(words), "{words}: {}", said(&proven));
    }
    let told: serde_json::Value = serde_json::from_str(&said(&verify(folder.path(), &json, &["--json"]))).unwrap();
    assert_eq!((&told["proven"], &told["drawn"][0]), (&true.into(), &drawn.as_str().into()));
    // The standard input does as well.
    let mut child = command(folder.path());
    let mut child = child.args(["lot", "verify", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(json.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_draw_that_was_steered_is_wrong_and_one_of_the_zones_own_is_not_proven() {
    let folder = tempfile::tempdir().unwrap();
    let mut steered = sheet();
    let other = steered.draw.candidates.iter().find(|one| one.officer != steered.draw.drawn[0]).unwrap();
    steered.draw.drawn = vec![other.officer.clone()];
    let wrong = verify(folder.path(), &serde_json::to_string(&steered).unwrap(), &[]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(said(&wrong).starts_with("wrong: "), "{}", said(&wrong));
    let own = draw(sheet().draw.candidates, "case/review/0", [7; 32], 1).unwrap();
    let own = Sheet { version: 1, seat: "review".to_owned(), fixed: None, draw: own };
    let own = verify(folder.path(), &serde_json::to_string(&own).unwrap(), &[]);
    assert_eq!(own.status.code(), Some(1));
    assert!(said(&own).starts_with("not provable: "), "{}", said(&own));
}

#[test]
fn a_draw_between_stages_is_done_again_too() {
    let folder = tempfile::tempdir().unwrap();
    let share = |route: &str, weight| Share { route: route.to_owned(), weight };
    let routes = [share("inspection", 10), share("release", 90)];
    let draw = draw_route(&routes, "case/sample/0", [7; 32]).unwrap();
    let route = draw.route.clone().unwrap();
    let sheet = Sheet { version: 1, seat: "sample".to_owned(), fixed: None, draw };
    let json = serde_json::to_string(&sheet).unwrap();
    let own = verify(folder.path(), &json, &[]);
    assert_eq!(own.status.code(), Some(1), "{}", complained(&own));
    for words in [
        "not provable: ",
        &format!("lead to {route} for sample"),
        "divided by 100 leaves",
        "inspection 10 of 100, release 90 of 100",
    ] {
        assert!(said(&own).contains(words), "{words}: {}", said(&own));
    }
    let told: serde_json::Value = serde_json::from_str(&said(&verify(folder.path(), &json, &["--json"]))).unwrap();
    assert_eq!((&told["right"], &told["route"]), (&true.into(), &route.as_str().into()));
    // With another share it is no longer right.
    let heavier = json.replace("\"weight\":10}", "\"weight\":11}");
    let wrong = verify(folder.path(), &heavier, &[]);
    assert!(said(&wrong).starts_with("wrong: "), "{}", said(&wrong));
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let json = serde_json::to_string(&sheet()).unwrap();
    for (json, further, hint) in [
        ("{}", &[][..], "How the officer was drawn"),
        ("", &[], "How the officer was drawn"),
        (&json, &["--key", "abc"], "64 hexadecimal digits"),
        (&json, &["--chain", "no-such-file"], "/info"),
    ] {
        let output = verify(folder.path(), json, further);
        assert_eq!(output.status.code(), Some(2), "{json} {further:?}");
        assert!(complained(&output).contains(hint), "{}", complained(&output));
    }
    let missing = panjereh(&["lot", "verify", "no-such-file"]);
    assert_eq!(missing.status.code(), Some(2));
}

/// `panjereh lot serve`, running; stopped when dropped.
struct Institution {
    child: Child,
    address: String,
    key: String,
}

impl Institution {
    fn start(folder: &Path, log_key: &str) -> Self {
        let mut command = command(folder);
        command.args([
            "lot",
            "serve",
            "--key",
            "court.key",
            "--state",
            "court.state",
            "--listen",
            "127.0.0.1:0",
            "--log",
        ]);
        let mut child = command.arg(log_key).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let word = |before: &str| line.split_once(before).unwrap().1.split_whitespace().next().unwrap().to_owned();
        Self { child, address: word("answering on "), key: word("with key ") }
    }
}

impl Drop for Institution {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn get(served: &Served, token: &str, path: &str) -> serde_json::Value {
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\r\n",
        served.host
    );
    serde_json::from_slice(&send(&served.address, &request).1).unwrap()
}

/// Applies for a licence that an examiner decides; the path of its draws.
fn apply(served: &Served, token: &str, company: &str, premises: &str) -> String {
    let body = serde_json::json!({ "service": "activity-licence", "facts": {
        "company": { "text": company }, "premises": { "text": premises }, "activity": { "code": "2011" },
        "investment": { "money": { "amount": "900000000000", "currency": "IRR" } },
    }});
    let (head, answer) = served.call(token, "/api/v1/cases", company, &body.to_string());
    assert!(head.starts_with("HTTP/1.1 201"), "{head} {}", String::from_utf8_lossy(&answer));
    let acted: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    format!("/api/v1/cases/{}/draws", acted["case"].as_str().unwrap())
}

#[test]
fn a_zone_draws_together_with_a_second_institution_that_may_be_away_for_a_while() {
    let folder = tempfile::tempdir().unwrap();
    // The demonstration makes the people and the keys whom the served zone goes on with.
    let demo = Demo::start(folder.path());
    let (sara, reza) = (demo.token("P-0001").to_owned(), demo.token("P-0002").to_owned());
    let log_key = demo.log_key().to_owned();
    assert!(demo.stop());
    let court = Institution::start(folder.path(), &log_key);
    let zone = common::root().join("zones/maku");
    let settings = format!(
        "listen = \"127.0.0.1:0\"\nzone = \"{}\"\nstore = \"store.sqlite\"\nobjects = \"objects\"\nkeys = \"keys.toml\"\n\
         origin = \"demo.invalid/maku\"\nbase_url = \"https://maku.example\"\nlots = \"vrf\"\nlots_institution = \"{}\"\n\
         lots_institution_key = \"{}\"\n",
        zone.display(),
        court.address,
        court.key
    );
    std::fs::write(folder.path().join("panjereh.toml"), &settings).unwrap();
    let mut served = Served::start(command(folder.path()));
    served.host = "maku.example".to_owned();
    let path = apply(&served, &sara, "C-0001", "M-0001");
    wait_until("nobody was drawn", || get(&served, &sara, &path)["drawn"][0].is_object());
    let file = get(&served, &sara, &path)["drawn"][0].to_string();
    let own = hex_of_own_key(folder.path());
    let proven = verify(folder.path(), &file, &["--key", &court.key, "--key", &own]);
    assert_eq!(proven.status.code(), Some(0), "{}{}", said(&proven), complained(&proven));
    // It was fixed in the log, and a file that says it was fixed by another entry is wrong.
    let log = folder.path().join("objects/log");
    let in_log = ["--log", log.to_str().unwrap(), "--log-key", &log_key];
    let seen = verify(folder.path(), &file, &in_log);
    assert_eq!(seen.status.code(), Some(0), "{}{}", said(&seen), complained(&seen));
    assert!(said(&seen).contains("which is there"), "{}", said(&seen));
    let mut elsewhere: serde_json::Value = serde_json::from_str(&file).unwrap();
    elsewhere["fixed"]["index"] = 0.into();
    let elsewhere = verify(folder.path(), &elsewhere.to_string(), &in_log);
    assert_eq!(elsewhere.status.code(), Some(1), "{}", said(&elsewhere));
    // Whoever trusts the zone alone is not told that the draw is proven.
    assert_eq!(verify(folder.path(), &file, &["--key", &own]).status.code(), Some(1));
    // The court's machine is away, and comes back at the same address with what it knew.
    let address = court.address.trim_start_matches("http://").to_owned();
    let key = court.key.clone();
    drop(court);
    let path = apply(&served, &reza, "C-0002", "M-0003");
    assert!(get(&served, &reza, &path)["waiting"][0].is_object());
    let back = {
        let mut again = command(folder.path());
        again.args(["lot", "serve", "--key", "court.key", "--state", "court.state", "--listen", &address, "--log"]);
        let mut child = again.arg(&log_key).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains(&key), "{line}");
        Institution { child, address: String::new(), key }
    };
    drop(served);
    let mut served = Served::start(command(folder.path()));
    served.host = "maku.example".to_owned();
    wait_until("nobody was drawn after all", || get(&served, &reza, &path)["drawn"][0].is_object());
    let file = get(&served, &reza, &path)["drawn"][0].to_string();
    assert_eq!(verify(folder.path(), &file, &["--key", &back.key, "--key", &own]).status.code(), Some(0));
    // Its key is as secret as the zone's.
    let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(folder.path().join("court.key")).unwrap());
    assert_eq!(mode & 0o777, 0o600);
}

/// The public half of the zone's key for draws.
fn hex_of_own_key(folder: &Path) -> String {
    let text = std::fs::read_to_string(folder.join("keys.toml")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("lots = \"")).unwrap();
    let seed: [u8; 32] = hex::decode(line.trim_end_matches('"')).unwrap().try_into().unwrap();
    hex::encode(app::beacon::vrf::SecretKey::from_seed(&seed).public().as_bytes())
}

#[test]
fn the_demonstration_shows_a_draw_with_a_second_institution() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start_with(folder.path(), &["--institution"]);
    let body = serde_json::json!({ "service": "activity-licence", "facts": {
        "company": { "text": "C-0001" }, "premises": { "text": "M-0001" }, "activity": { "code": "2011" },
        "investment": { "money": { "amount": "900000000000", "currency": "IRR" } },
    }});
    let (head, answer) = demo.call("P-0001", "/api/v1/cases", "one", &body.to_string());
    assert!(head.starts_with("HTTP/1.1 201"), "{head}");
    let acted: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    let request = format!(
        "GET /api/v1/cases/{}/draws HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nauthorization: Bearer {}\r\n\r\n",
        acted["case"].as_str().unwrap(),
        demo.address,
        demo.token("P-0001")
    );
    let draws = || serde_json::from_slice::<serde_json::Value>(&send(&demo.address, &request).1).unwrap();
    wait_until("nobody was drawn", || draws()["drawn"][0].is_object());
    let proven = verify(folder.path(), &draws()["drawn"][0].to_string(), &[]);
    assert_eq!(proven.status.code(), Some(0), "{}{}", said(&proven), complained(&proven));
}

#[test]
fn an_institution_without_a_log_to_follow_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(folder.path());
    let output = command.args(["lot", "serve", "--key", "k", "--state", "s", "--log", "no key"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("log_key"), "{}", complained(&output));
    std::fs::write(folder.path().join("state"), "what it knew is gone").unwrap();
    let demo = "x.example/log+5e9d7d31+ARQxSmcnK3dVcGRJcHKyLYhcLQYWQ/NQrFKDvqsMp2BG";
    let mut command = common::command(folder.path());
    let output = command.args(["lot", "serve", "--key", "k", "--state", "state", "--log", demo]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", complained(&output));
}
