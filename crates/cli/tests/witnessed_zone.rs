//! A zone whose log is final when a quorum of witnesses cosigned it: they vanish, go back, lie, and it is killed in between.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use common::witness::{Liar, Lie, Place, Running, figure, published, size, vkey, witness};
use common::{command, complained, copy, said, wait_until};
use log::key::Algorithm;
use log::witness::Request;
use log::{Checkpoint, Hash, Note, Policy, SignerKey};

fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// Two witnesses, of whom the policy asks for both.
struct Two {
    place: Place,
    policy: String,
    addresses: [String; 2],
}

impl Two {
    fn start() -> (Self, [Running; 2]) {
        let mut two = Self {
            place: Place::make(),
            policy: String::new(),
            addresses: ["127.0.0.1:0", "127.0.0.1:0"].map(str::to_owned),
        };
        let witnesses = [two.witness(0), two.witness(1)];
        let [w1, w2] = &witnesses;
        two.policy = format!(
            "log {}\nwitness w1 {} http://{}\nwitness w2 {} http://{}/\ngroup both all w1 w2\nquorum both\n",
            two.place.log_key,
            vkey(w1),
            w1.address,
            vkey(w2),
            w2.address
        );
        two.addresses = [w1.address.clone(), w2.address.clone()];
        (two, witnesses)
    }

    fn folder(&self, index: usize) -> PathBuf {
        self.place.path().join(format!("w{}", index + 1))
    }

    fn witness(&self, index: usize) -> Running {
        let name = format!("witness.example/w{}", index + 1);
        witness(&self.folder(index), &name, &self.place.log_key, &self.addresses[index])
    }

    /// Whether what the zone publishes has its quorum.
    fn is_final(&self, zone: &Running) -> bool {
        let policy = Policy::parse(self.policy.as_bytes()).unwrap();
        published(zone).is_some_and(|(_, note)| policy.open(note.as_bytes(), None, now_s() + 60).is_ok())
    }

    fn promised(&self) -> String {
        std::fs::read_to_string(self.place.path().join("objects/log/signed")).unwrap()
    }
}

#[test]
fn a_checkpoint_is_final_when_both_witnesses_cosigned_it() {
    let (two, [w1, w2]) = Two::start();
    let zone = two.place.serve(&two.policy);
    wait_until("what was there before is not cosigned", || two.is_final(&zone));
    let mut took = Vec::new();
    for number in 0..5 {
        let before = size(&zone);
        let begun = Instant::now();
        two.place.act(&zone, &format!("act {number}"));
        wait_until("it is not final", || size(&zone) > before);
        took.push(begun.elapsed());
        assert!(two.is_final(&zone), "it was published before its quorum");
    }
    took.sort();
    println!("from act to cosigned: {took:?}");
    assert!(took[2] < Duration::from_secs(2), "{took:?}");
    assert_eq!(figure(&zone, "panjereh_witness_quorum"), Some(1));
    assert_eq!(figure(&zone, "panjereh_witness_up{witness=\"w2\"}"), Some(1));
    verified_with_policy(&two.place, &zone);
    assert!(zone.stop() && w1.stop() && w2.stop());
}

#[test]
fn without_a_quorum_acts_go_on_and_a_killed_zone_keeps_what_it_promised() {
    let (two, [_w1, w2]) = Two::start();
    let zone = two.place.serve(&two.policy);
    wait_until("what was there before is not cosigned", || two.is_final(&zone));
    let first = size(&zone);
    two.place.act(&zone, "with both");
    wait_until("it is not final", || size(&zone) > first && two.is_final(&zone));
    wait_until("it is not up to date", || figure(&zone, "panjereh_log_signed_entries") == Some(size(&zone)));
    w2.kill();
    let stands = published(&zone).unwrap();
    let case = two.place.act(&zone, "without w2");
    wait_until("nobody is told", || figure(&zone, "panjereh_witness_quorum") == Some(0));
    wait_until("it is not signed", || figure(&zone, "panjereh_log_signed_entries") > Some(stands.0.size()));
    assert_eq!(published(&zone).unwrap(), stands);
    assert!(zone.get("/readyz").1.contains("no quorum of witnesses"), "{}", zone.get("/readyz").1);
    assert!(zone.said().contains("its published checkpoint stands still"), "{}", zone.said());
    let page = zone.get("/en/log").1;
    assert!(page.contains("newer entries are recorded and signed, and wait for witnesses"), "{page}");
    assert!(page.contains("Cosigned by witnesses") && page.contains("witness.example/w2"), "{page}");

    // The zone is killed with a checkpoint that is signed and not final; it goes on with that very one.
    let size_of = |note: &str| note.lines().nth(1).unwrap().parse::<u64>().unwrap();
    let promised = two.promised();
    zone.kill();
    let zone = two.place.serve(&two.policy);
    assert!(size_of(&two.promised()) >= size_of(&promised));
    assert_eq!(published(&zone).unwrap(), stands);
    let _w2 = two.witness(1);
    wait_until("it is not final after the restart", || size(&zone) >= size_of(&two.promised()) && two.is_final(&zone));
    let (checkpoint, note) = published(&zone).unwrap();
    assert!(two.promised().starts_with(&checkpoint.to_string()), "another checkpoint than the promised one: {note}");
    certified(&two.place, &zone, &case);
}

#[test]
fn a_witness_that_was_put_back_is_brought_up_to_date_and_told_of() {
    let (two, [_w1, w2]) = Two::start();
    let zone = two.place.serve(&two.policy);
    wait_until("what was there before is not cosigned", || two.is_final(&zone));
    let copied = two.place.path().join("w2-before");
    copy(&two.folder(1), &copied);
    let first = size(&zone);
    two.place.act(&zone, "one more");
    wait_until("it is not final", || size(&zone) > first);
    wait_until("it is not up to date", || figure(&zone, "panjereh_log_signed_entries") == Some(size(&zone)));
    assert!(w2.stop());
    std::fs::remove_dir_all(two.folder(1)).unwrap();
    copy(&copied, &two.folder(1));
    let w2 = two.witness(1);
    let before = size(&zone);
    two.place.act(&zone, "after w2 went back");
    wait_until("the witness that went back does not recover", || size(&zone) > before);
    assert_eq!(figure(&zone, "panjereh_witness_answers_total{witness=\"w2\",outcome=\"went-back\"}"), Some(1));
    assert!(zone.said().contains("a witness went back"), "{}", zone.said());
    assert!(w2.get("/evidence").1.contains("No split view was seen"));
    assert!(w2.get("/").1.contains(&vkey(&w2)) && w2.get("/").1.contains(&format!("{} entries", size(&zone))));
}

/// What a stranger says of the log, with and without the quorum.
fn verified_with_policy(place: &Place, zone: &Running) {
    let url = format!("http://{}/log", zone.address);
    let run = |arguments: &[&str]| command(place.path()).args(arguments).output().unwrap();
    let whole = run(&["log", "verify", &url, "--policy", "witnesses.policy"]);
    assert!(
        said(&whole).contains(", cosigned by w1 at 2") && said(&whole).contains(", cosigned by w2 at 2"),
        "{}",
        said(&whole)
    );
    let proof = run(&["log", "prove", &url, "0", "--policy", "witnesses.policy"]);
    assert!(
        said(&proof).contains("— witness.example/w1 ") && said(&proof).contains("— witness.example/w2 "),
        "{}",
        complained(&proof)
    );
    let other = SignerKey::from_seed("witness.example/w3", Algorithm::CosignatureV1, &[3; 32]).unwrap();
    let policy = format!("witness w3 {}\nquorum w3\n", other.verifier());
    std::fs::write(place.path().join("other.policy"), policy).unwrap();
    let missing = run(&["log", "verify", &url, "--policy", "other.policy", "--key", &place.log_key]);
    assert_eq!(missing.status.code(), Some(1), "{}", complained(&missing));
    assert!(said(&missing).contains("missing: w3"), "{}", said(&missing));
    let unknown = run(&["log", "verify", &url, "--policy", "other.policy"]);
    assert!(complained(&unknown).contains("no key was given"), "{}", complained(&unknown));
    std::fs::write(place.path().join("bad.policy"), "quorum w1\n").unwrap();
    let bad = run(&["log", "verify", &url, "--policy", "bad.policy"]);
    assert_eq!(bad.status.code(), Some(2));
    assert!(complained(&bad).contains("bad.policy: line 1 of the policy: no line above names"), "{}", complained(&bad));
}

/// A certificate that was granted while no quorum answered, once it is proven.
fn certified(place: &Place, zone: &Running, case: &str) {
    wait_until("there is no certificate", || place.certificate(zone, case).is_some());
    let certificate = place.certificate(zone, case).unwrap();
    let url = format!("http://{}/log", zone.address);
    let key = zone.greeting["fields"]["certificate_key"].as_str().unwrap();
    let verify = |policy: &str| {
        let arguments = ["certificate", "verify", &certificate, "--key", key, "--log", &url, "--policy", policy];
        command(place.path()).args(arguments).output().unwrap()
    };
    let proven = verify("witnesses.policy");
    assert!(said(&proven).contains("; proven by entry "), "{}{}", said(&proven), complained(&proven));
    assert!(said(&proven).contains(", cosigned by w1 at 2"), "{}", said(&proven));
    // Under a policy whose quorum did not cosign, it does not hold.
    let other = SignerKey::from_seed("witness.example/w3", Algorithm::CosignatureV1, &[3; 32]).unwrap();
    let policy = format!("log {}\nwitness w3 {}\nquorum w3\n", place.log_key, other.verifier());
    std::fs::write(place.path().join("strict.policy"), policy).unwrap();
    let refuted = verify("strict.policy");
    assert_eq!(refuted.status.code(), Some(1), "{}", said(&refuted));
    assert!(
        said(&refuted).starts_with("the log does not prove it: ") && said(&refuted).contains("missing: w3"),
        "{}",
        said(&refuted)
    );
    let policy = format!("witness w3 {}\nquorum w3\n", other.verifier());
    std::fs::write(place.path().join("nameless.policy"), policy).unwrap();
    let nameless = complained(&verify("nameless.policy"));
    assert!(nameless.contains("nameless.policy names no log"), "{nameless}");
}

fn honest(key: &SignerKey, request: &Request) -> (u16, String) {
    at(key, request, now_s())
}

fn at(key: &SignerKey, request: &Request, now_s: u64) -> (u16, String) {
    let mut note = Note::new(request.note().text()).unwrap();
    note.cosign(key, now_s).unwrap();
    (200, format!("{}\n", note.signatures()[0]))
}

fn another_key(key: &SignerKey, request: &Request) -> (u16, String) {
    honest(&SignerKey::from_seed(key.verifier().name(), Algorithm::CosignatureV1, &[67; 32]).unwrap(), request)
}

fn another_root(key: &SignerKey, request: &Request) -> (u16, String) {
    let checkpoint = request.checkpoint();
    let mut note =
        Note::new(&Checkpoint::new(checkpoint.origin(), checkpoint.size(), Hash([1; 32])).unwrap().to_string())
            .unwrap();
    note.cosign(key, now_s()).unwrap();
    (200, format!("{}\n", note.signatures()[0]))
}

fn of_yesterday(key: &SignerKey, request: &Request) -> (u16, String) {
    at(key, request, now_s() - 86_400)
}

fn of_tomorrow(key: &SignerKey, request: &Request) -> (u16, String) {
    at(key, request, now_s() + 86_400)
}

fn ahead(_: &SignerKey, _: &Request) -> (u16, String) {
    (409, "1000000\n".to_owned())
}

fn no_size(_: &SignerKey, _: &Request) -> (u16, String) {
    (409, "<html>".to_owned())
}

fn other_tree(_: &SignerKey, request: &Request) -> (u16, String) {
    (409, format!("{}\n", request.old()))
}

fn endless(_: &SignerKey, _: &Request) -> (u16, String) {
    (200, "x".repeat(100_000))
}

fn nobody(_: &SignerKey, _: &Request) -> (u16, String) {
    (404, String::new())
}

#[test]
fn a_witness_that_lies_makes_nothing_final_and_is_shown() {
    let place = Place::make();
    let (honest_one, liar) =
        (witness(&place.path().join("w1"), "witness.example/w1", &place.log_key, "127.0.0.1:0"), Liar::start(honest));
    let policy = format!(
        "witness w1 {} http://{}\nwitness liar {} http://{}\ngroup both all w1 liar\nquorum both\n",
        vkey(&honest_one),
        honest_one.address,
        liar.key.verifier(),
        liar.address
    );
    let zone = place.serve(&policy);
    wait_until("two honest witnesses are not enough", || size(&zone) > 0 || published(&zone).is_some());
    let lies: [(&str, Lie); 9] = [
        ("forged", another_key),
        ("forged", another_root),
        ("clock", of_yesterday),
        ("clock", of_tomorrow),
        ("ahead", ahead),
        ("unreadable", no_size),
        ("inconsistent", other_tree),
        ("unreadable", endless),
        ("not-followed", nobody),
    ];
    for (number, (outcome, lie)) in lies.into_iter().enumerate() {
        let answers =
            || figure(&zone, &format!("panjereh_witness_answers_total{{witness=\"liar\",outcome=\"{outcome}\"}}"));
        liar.says(lie);
        let (before, count) = (size(&zone), answers());
        place.act(&zone, &format!("act {number}"));
        wait_until(outcome, || answers() > count);
        assert_eq!(size(&zone), before, "{outcome}: it is final without its quorum");
        assert_eq!(figure(&zone, "panjereh_witness_up{witness=\"liar\"}"), Some(0));
        liar.says(honest);
        wait_until("an honest answer does not make it final", || size(&zone) > before);
    }
    let evidence: Vec<_> = std::fs::read_dir(place.path().join("objects/log/evidence"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    for kind in ["forged", "ahead", "inconsistent"] {
        let file = evidence
            .iter()
            .find(|file| file.to_string_lossy().contains(kind))
            .unwrap_or_else(|| panic!("{kind}: {evidence:?}"));
        let text = std::fs::read_to_string(file).unwrap();
        assert!(
            text.starts_with("Seen by demo.invalid/maku at 2")
                && text.contains("\nold ")
                && text.contains("it answered "),
            "{text}"
        );
    }
    assert_eq!(figure(&zone, "panjereh_witness_evidence_total"), Some(evidence.len() as u64));
    assert!(zone.said().contains("a witness contradicts this log; the evidence is kept"));
    // The evidence is not served beside the log.
    assert!(zone.get("/log/signed").0.starts_with("HTTP/1.1 404"));
}

#[test]
fn what_is_wrong_with_a_policy_is_named_at_the_start() {
    let place = Place::make();
    let witness = SignerKey::from_seed("witness.example/w1", Algorithm::CosignatureV1, &[1; 32]).unwrap();
    let other = SignerKey::from_seed("other.example/log", Algorithm::Ed25519, &[1; 32]).unwrap();
    let settings = |policy: &str| {
        std::fs::write(place.path().join("witnesses.policy"), policy).unwrap();
        let mut serve = command(place.path());
        for (name, value) in [
            ("LISTEN", "127.0.0.1:0"),
            ("ZONE", common::root().join("zones/maku").to_str().unwrap()),
            ("STORE", "store.sqlite"),
            ("OBJECTS", "objects"),
            ("KEYS", "keys.toml"),
            ("ORIGIN", "demo.invalid/maku"),
            ("BASE_URL", "http://127.0.0.1:1"),
            ("WITNESS_POLICY", "witnesses.policy"),
        ] {
            serve.env(format!("PANJEREH_{name}"), value);
        }
        complained(&serve.arg("serve").output().unwrap())
    };
    let key = witness.verifier();
    for (policy, expected) in [
        (
            format!("witness w1 {key} http://w1\n\nquorum w2\n"),
            "line 3 of the policy: no line above names a witness or a group \"w2\"",
        ),
        (format!("witness w1 {key}\nquorum w1\n"), "too few of its witnesses have an address"),
        (format!("witness w1 {key} ftp://w1\nquorum w1\n"), "neither http:// nor https://"),
        (
            format!("log {}\nwitness w1 {key} http://w1\nquorum w1\n", other.verifier()),
            &format!("add the line: log {}", place.log_key),
        ),
    ] {
        let complaint = settings(&policy);
        assert!(complaint.contains(expected) && complaint.contains("hint: "), "{complaint}");
    }
}
