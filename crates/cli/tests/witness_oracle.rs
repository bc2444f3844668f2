//! Held against PyPI's aics-witness and aics-tlog: a zone under their witness and ours, their verifier on its log, and the same requests to both
//! witnesses. Skipped, and said so, without a Python of 3.12 or newer that has them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use common::wait_until;
use common::witness::{Place, figure, post, published, size, vkey, witness};
use log::key::Algorithm;
use log::proof::consistency;
use log::witness::{Request, read_answer};
use log::{Appender, Checkpoint, Hash, Note, SignerKey, VerifierKey};

/// The Python that has both, as `cargo xtask test` names it.
fn python() -> Option<PathBuf> {
    let python = std::env::var_os("PANJEREH_WITNESS_PYTHON").map(PathBuf::from);
    if python.is_none() {
        println!(
            "SKIPPED: no Python of 3.12 or newer with tests/oracles/requirements-witness.txt; set PANJEREH_WITNESS_PYTHON to one"
        );
    }
    python
}

/// Their witness, running.
struct Theirs {
    child: Child,
    address: String,
    vkey: String,
}

impl Theirs {
    fn start(python: &Path, folder: &Path, logs: &[VerifierKey]) -> Self {
        let program = python.parent().unwrap().join("aics-witness");
        let run = |arguments: &[&str]| {
            let output = Command::new(&program).args(arguments).current_dir(folder).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap()
        };
        let vkey = run(&["init", "--config", "theirs.json", "--name", "theirs.example/w1"]).trim().to_owned();
        for log in logs {
            run(&["add-log", "--config", "theirs.json", "--origin", log.name(), "--vkey", &log.to_string()]);
        }
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let mut serve = Command::new(&program);
        serve.args(["serve", "--config", "theirs.json", "--listen", &address]).current_dir(folder);
        let child = serve.stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        wait_until("their witness does not serve", || TcpStream::connect(&address).is_ok());
        Self { child, address, vkey }
    }
}

impl Drop for Theirs {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn a_zone_is_witnessed_by_theirs_and_ours_and_they_find_it_whole() {
    let Some(python) = python() else { return };
    let place = Place::make();
    let theirs = Theirs::start(&python, place.path(), &[place.log_key.parse().unwrap()]);
    let ours = witness(&place.path().join("w1"), "witness.example/w1", &place.log_key, "127.0.0.1:0");
    let policy = format!(
        "log {}\nwitness theirs {} http://{}\nwitness ours {} http://{}\ngroup both all theirs ours\nquorum both\n",
        place.log_key,
        theirs.vkey,
        theirs.address,
        vkey(&ours),
        ours.address
    );
    let zone = place.serve(&policy);
    for number in 0..3 {
        let before = size(&zone);
        place.act(&zone, &format!("act {number}"));
        wait_until("it is not final", || size(&zone) > before);
    }
    wait_until("the log is not up to date", || figure(&zone, "panjereh_log_signed_entries") == Some(size(&zone)));
    let verifier = common::root().join("tests/oracles/log/aics.py");
    let check = |keys: &[&str]| {
        let log = place.path().join("objects/log");
        let output = Command::new(&python).arg(&verifier).arg(log).arg(&place.log_key).args(keys).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        (output.status.success(), said + &String::from_utf8_lossy(&output.stderr))
    };
    let (whole, said) = check(&[&theirs.vkey, &vkey(&ours)]);
    let expected = format!(
        "\"size\": {}, \"witnesses\": [\"theirs.example/w1\", \"witness.example/w1\"]",
        published(&zone).unwrap().0.size()
    );
    assert!(whole && said.contains(&expected), "{said}");
    let stranger = SignerKey::from_seed("witness.example/w3", Algorithm::CosignatureV1, &[3; 32]).unwrap();
    let (whole, said) = check(&[&theirs.vkey, &stranger.verifier().to_string()]);
    assert!(!whole, "{said}");
}

const ORIGIN: &str = "differential.example/log";

fn log_signer() -> SignerKey {
    SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[5; 32]).unwrap()
}

/// A log's request, whose entries are from `forked` on others.
fn request(old: u64, size: u64, forked: u64) -> Request {
    let (mut appender, mut files) = (Appender::new(), BTreeMap::new());
    let entries: Vec<String> =
        (0..size).map(|index| format!("{} {index}", if index < forked { "entry" } else { "other" })).collect();
    let batch = appender.append(&entries).unwrap();
    files.extend(batch.files.into_iter().map(|(tile, bytes)| (tile.path(), bytes)));
    let note = Checkpoint::new(ORIGIN, size, appender.root()).unwrap().sign(&log_signer()).unwrap();
    Request::new(old, consistency(&files, old, size).unwrap(), note).unwrap()
}

#[test]
fn theirs_and_ours_answer_the_same_requests_alike() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let log = log_signer().verifier().clone();
    let theirs = Theirs::start(&python, folder.path(), std::slice::from_ref(&log));
    let ours = witness(&folder.path().join("w1"), "witness.example/w1", &log.to_string(), "127.0.0.1:0");
    let whole = |old, size| request(old, size, u64::MAX);
    let (nine, thirty) = (whole(5, 9), whole(9, 30));
    let other_key = SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[6; 32]).unwrap();
    let mut unsigned = Note::new(nine.note().text()).unwrap();
    unsigned.sign(&other_key).unwrap();
    let with = |request: &Request, proof: Vec<Hash>| {
        Request::new(request.old(), proof, request.note().clone()).unwrap().to_string()
    };
    let asks = [
        ("nothing known, from the middle", whole(3, 5).to_string(), "409"),
        ("the first", whole(0, 5).to_string(), "200"),
        ("the first again, from nothing", whole(0, 5).to_string(), "409"),
        ("the same again", whole(5, 5).to_string(), "200"),
        ("another origin", nine.to_string().replace(ORIGIN, "nobody.example/log"), "404"),
        ("another key", Request::new(5, nine.proof().to_vec(), unsigned).unwrap().to_string(), "403"),
        ("a changed text", nine.to_string().replace("\n9\n", "\n10\n"), "403"),
        ("old above the size", nine.to_string().replace("old 5", "old 10"), "400"),
        ("a leading zero", nine.to_string().replace("old 5", "old 05"), "400"),
        ("no body", String::new(), "400"),
        ("no proof", with(&nine, vec![]), "422"),
        ("half a proof", with(&nine, nine.proof()[1..].to_vec()), "422"),
        ("a longer proof", with(&nine, [nine.proof(), &[Hash([7; 32])][..]].concat()), "422"),
        ("growing", nine.to_string(), "200"),
        ("another tree of that size", request(9, 9, 4).to_string(), "422"),
        ("the same from nothing", request(0, 9, 4).to_string(), "409"),
        ("another tree that grew", request(9, 30, 4).to_string(), "422"),
        ("a proof where none is due", with(&whole(9, 9), vec![Hash([7; 32])]), "422"),
        (
            "64 proof lines",
            thirty.to_string().replacen('\n', &format!("\n{}", format!("{}\n", Hash([7; 32])).repeat(64)), 1),
            "400",
        ),
        ("growing on", thirty.to_string(), "200"),
        ("an older tree", whole(5, 9).to_string(), "409"),
    ];
    for (what, body, status) in asks {
        let [(their_head, their_body), (our_head, our_body)] =
            [&theirs.address, &ours.address].map(|address| post(address, "/add-checkpoint", &body));
        let code = |head: &str| head.split(' ').nth(1).unwrap().to_owned();
        assert_eq!(
            (code(&our_head).as_str(), code(&their_head).as_str()),
            (status, status),
            "{what}: {our_body}{their_body}"
        );
        match status {
            // The sizes that they name, and their type.
            "409" => {
                assert_eq!(our_body, their_body, "{what}");
                for head in [our_head, their_head] {
                    assert!(head.to_lowercase().contains("content-type: text/x.tlog.size"), "{what}: {head}");
                }
            }
            "200" => {
                let note = Request::parse(body.as_bytes()).unwrap().note().clone();
                for (key, answer) in [(&theirs.vkey, their_body), (&vkey(&ours), our_body)] {
                    read_answer(&note, answer.as_bytes(), &key.parse().unwrap()).unwrap();
                }
            }
            _ => {}
        }
    }
}
