//! An auditor of a running zone with a witness: audits, signs, hands in; everybody sees it, and can check it and look again.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::path::Path;
use std::process::Output;

use common::witness::{ORIGIN, Place, Running, published, size, vkey, witness};
use common::{command, complained, said, wait_until};
use log::key::Algorithm;
use log::{Checkpoint, Hash, SignerKey};
use record::audited::AuditNote;
use serde_json::Value;

/// A zone with a witness, that names the auditor whose key is in a file `auditor` beside it.
struct Watched {
    place: Place,
    zone: Running,
    _witness: Running,
    auditor: String,
}

fn watched() -> Watched {
    let place = Place::make();
    let run = |arguments: &[&str]| command(place.path()).args(arguments).output().unwrap();
    let made = run(&["auditor", "key", "auditor", "--name", "auditor.example/a"]);
    assert_eq!(made.status.code(), Some(0), "{}", complained(&made));
    let auditor = said(&made).trim().to_owned();
    assert!(auditor.starts_with("auditor.example/a+"), "{auditor}");
    assert_eq!(said(&run(&["auditor", "key", "auditor"])).trim(), auditor, "it is another key the second time");
    let witness = witness(&place.path().join("w1"), "witness.example/w1", &place.log_key, "127.0.0.1:0");
    let policy = format!("witness w1 {} http://{}\nquorum w1\n", vkey(&witness), witness.address);
    let zone = place.serve_with(&policy, &format!("auditors = \"{auditor}\"\n"));
    wait_until("what was there before is not final", || size(&zone) > 0);
    let before = size(&zone);
    let case = place.act(&zone, "first");
    wait_until("it is not final", || size(&zone) > before);
    wait_until("there is no certificate", || place.certificate(&zone, &case).is_some());
    Watched { place, zone, _witness: witness, auditor }
}

impl Watched {
    fn run(&self, arguments: &[&str]) -> Output {
        command(self.place.path()).args(arguments).output().unwrap()
    }

    fn url(&self) -> String {
        format!("http://{}", self.zone.address)
    }

    fn audit(&self, place: &str, further: &[&str]) -> Output {
        self.run(&[&["audit", place, "--key", &self.place.log_key], further].concat())
    }

    fn note(&self, name: &str) -> AuditNote {
        AuditNote::parse(&std::fs::read(self.place.path().join(name)).unwrap()).unwrap()
    }

    fn integrity(&self) -> Value {
        serde_json::from_str(&self.zone.get("/api/v1/integrity").1).unwrap()
    }
}

#[test]
fn an_audit_is_signed_handed_in_and_shown_and_the_next_goes_on_from_it() {
    let watched = watched();
    let (url, log) = (watched.url(), format!("{}/log", watched.url()));
    assert!(watched.zone.get("/en/integrity").1.contains("has not reported yet"));
    // The public log alone, over HTTP.
    let signed = ["--sign", "auditor", "--note", "log.note", "--report", &url];
    let done = watched.audit(&log, &signed);
    assert_eq!(done.status.code(), Some(0), "{}{}", said(&done), complained(&done));
    assert!(said(&done).contains("the zone took the note, and shows it"), "{}", said(&done));
    let page = watched.zone.get("/en/integrity").1;
    assert!(page.contains("Nothing is wrong with the public log") && page.contains("the public log alone"), "{page}");
    // The record, from where the audit before it stopped.
    let disclosed = watched.run(&["disclose", "--config", "panjereh.toml", "--out", "given"]);
    assert_eq!(disclosed.status.code(), Some(0), "{}", complained(&disclosed));
    let record = ["--state", "state", "--sign", "auditor", "--note", "one.note", "--json", "--report", &url];
    let first: Value = serde_json::from_slice(&watched.audit("given", &record).stdout).unwrap();
    assert_eq!((&first["clean"], &first["signed"]["outcome"]), (&Value::Bool(true), &Value::from("now")), "{first}");
    assert_eq!(first["signed"]["note"], std::fs::read_to_string(watched.place.path().join("one.note")).unwrap());
    let again = watched.audit("given", &["--state", "state", "--sign", "auditor", "--note", "two.note"]);
    assert_eq!(again.status.code(), Some(0), "{}", complained(&again));
    let (one, two) = (watched.note("one.note"), watched.note("two.note"));
    assert_eq!((one.audited.from, two.audited.from), (0, one.checkpoint.size()));
    assert_eq!(one.audited.acts, first["counts"]["acts"]);
    assert!(one.audited.acts > 0 && one.audited.faults == 0);
    let reported = watched.run(&["auditor", "report", "two.note", &url]);
    assert_eq!(reported.status.code(), Some(0), "{}", complained(&reported));
    let last = watched.integrity()["audits"]["auditors"][0]["last"].clone();
    assert_eq!(last["scope"], "record");
    for (language, words) in [("en", "Nothing is wrong"), ("fa", "هیچ نادرستی پیدا نشد")] {
        let page = watched.zone.get(&format!("/{language}/integrity")).1;
        assert!(page.contains(words) && page.contains("auditor.example/a"), "{page}");
    }
    // Anybody checks what is shown.
    let shown = format!("{url}/api/v1/audits/{}", last["note"].as_str().unwrap());
    let verify = |note: &str, auditor: &str| {
        watched.run(&["auditor", "verify", note, "--auditor", auditor, "--key", &watched.place.log_key])
    };
    let holds = verify(&shown, &watched.auditor);
    assert_eq!(holds.status.code(), Some(0), "{}", complained(&holds));
    assert!(said(&holds).contains("the note holds: auditor.example/a signed it"), "{}", said(&holds));
    assert_eq!(verify("one.note", &watched.place.log_key).status.code(), Some(1));
    // The checkpoint in it is a C2SP note of its own.
    std::fs::create_dir(watched.place.path().join("cut")).unwrap();
    let key = watched.place.log_key.parse().unwrap();
    let opened = Checkpoint::open(&one.signed_checkpoint(), &key, &[]).unwrap();
    assert_eq!(opened.checkpoint, one.checkpoint);
    assert!(published(&watched.zone).unwrap().0.size() >= one.checkpoint.size());
}

#[test]
fn a_finding_is_told_by_everybody_who_is_asked() {
    let watched = watched();
    assert!(watched.run(&["disclose", "--config", "panjereh.toml", "--out", "given"]).status.success());
    let manifest = watched.place.path().join("given/disclosure.json");
    // The zone stood still, and claims a case too many.
    let statistics = watched.place.path().join("given/statistics.json");
    let text = std::fs::read_to_string(&statistics).unwrap();
    std::fs::write(&statistics, text.replacen("\"cases\": 1", "\"cases\": 9", 1)).unwrap();
    let quiet = std::fs::read_to_string(&manifest).unwrap().replace("\"quiet\": false", "\"quiet\": true");
    std::fs::write(&manifest, quiet).unwrap();
    let done = watched.audit("given", &["--sign", "auditor", "--note", "bad.note", "--report", &watched.url()]);
    assert_eq!(done.status.code(), Some(1), "{}{}", said(&done), complained(&done));
    assert!(said(&done).contains("the zone took the note, and shows it"), "{}", said(&done));
    let note = watched.note("bad.note");
    assert_eq!((note.audited.faults, note.audited.found[0].code.as_str()), (1, "A508"));
    let page = watched.zone.get("/en/integrity").1;
    assert!(page.contains("One finding: the record is not what it should be") && page.contains("A508"), "{page}");
    assert!(watched.zone.said().contains("an audit was reported: the record is wrong"), "{}", watched.zone.said());
}

#[test]
fn what_does_not_do_is_said_with_a_way_on() {
    let watched = watched();
    let (url, log) = (watched.url(), format!("{}/log", watched.url()));
    let refused = |output: Output, with: &str| {
        assert_eq!(output.status.code(), Some(2), "{with}: {}{}", said(&output), complained(&output));
        let complaint = complained(&output);
        assert!(complaint.contains(with) && complaint.contains("hint: "), "{with}: {complaint}");
    };
    refused(watched.audit(&log, &["--sign", "auditor"]), "nothing says where the note goes");
    refused(watched.audit(&log, &["--sign", "nowhere", "--note", "n"]), "nowhere cannot be read");
    refused(watched.audit(&log, &["--sign", "w1/key", "--note", "n"]), "type 0x04");
    refused(watched.run(&["auditor", "key", "new"]), "a new key needs a name");
    refused(watched.run(&["auditor", "key", "auditor", "--name", "other.example/a"]), "not of other.example/a");
    assert!(!watched.place.path().join("n").exists());
    // Somebody whom the zone does not name: the audit is told, and that nobody took the note.
    let made = watched.run(&["auditor", "key", "stranger", "--name", "stranger.example/s"]);
    assert!(made.status.success());
    let stranger = ["--sign", "stranger", "--note", "s.note", "--report", &url];
    let done = watched.audit(&log, &stranger);
    assert!(said(&done).contains("nothing is wrong with the log"), "{}", said(&done));
    refused(done, "names no auditor with that key");
    let json: Value =
        serde_json::from_slice(&watched.audit(&log, &[&stranger[..], &["--json"]].concat()).stdout).unwrap();
    assert!(json["signed"]["error"].as_str().unwrap().contains("names no auditor"), "{json}");
    assert!(watched.integrity()["audits"]["auditors"][0].get("last").is_none());
    // A zone that is not there, one that is none, and a note that is cut.
    let report = |note: &str, url: &str| watched.run(&["auditor", "report", note, url]);
    assert!(watched.audit(&log, &["--sign", "auditor", "--note", "good.note"]).status.success());
    refused(report("good.note", "http://127.0.0.1:1"), "could not be handed in");
    refused(report("good.note", "maku.example"), "neither http:// nor https://");
    refused(report("good.note", &format!("{url}/nowhere")), "could not be handed in");
    refused(report("missing.note", &url), "missing.note");
    let good = std::fs::read(watched.place.path().join("good.note")).unwrap();
    std::fs::write(watched.place.path().join("cut.note"), &good[..good.len() / 2]).unwrap();
    refused(report("cut.note", &url), "is no audit note");
    let verify = ["auditor", "verify", "cut.note", "--auditor", &watched.auditor, "--key", &watched.place.log_key];
    let cut = watched.run(&verify);
    assert_eq!(cut.status.code(), Some(1));
    assert!(said(&cut).contains("the note does not hold"), "{}", said(&cut));
}

#[test]
fn whoever_is_shown_another_log_proves_it_with_the_zones_own_signature() {
    let watched = watched();
    let url = watched.url();
    // The operator keeps a second log for some, under the zone's own key.
    let keys = std::fs::read_to_string(watched.place.path().join("keys.toml")).unwrap();
    let seed = keys.lines().find_map(|line| line.strip_prefix("log = \"")).unwrap().trim_end_matches('"');
    let log =
        SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &hex::decode(seed).unwrap().try_into().unwrap()).unwrap();
    let other = other_log(watched.place.path(), &log);
    let done = watched.audit(&other, &["--sign", "auditor", "--note", "other.note", "--report", &url]);
    assert!(said(&done).contains("TWO LOGS"), "{}{}", said(&done), complained(&done));
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
    let again = watched.run(&["auditor", "report", "other.note", &url]);
    assert_eq!(again.status.code(), Some(1), "{}", complained(&again));
    let page = watched.zone.get("/en/integrity").1;
    assert!(page.contains("Two logs: an auditor was shown another one"), "{page}");
    assert!(watched.zone.said().contains("an audit contradicts this log"), "{}", watched.zone.said());
    // A clean audit of the zone's own log does not wash it away.
    let own = watched.audit(&format!("{url}/log"), &["--sign", "auditor", "--report", &url]);
    assert_eq!(own.status.code(), Some(0), "{}", complained(&own));
    let audits = watched.integrity()["audits"].clone();
    assert_eq!(audits["contradictions"].as_array().unwrap().len(), 1);
    assert_eq!(audits["auditors"][0]["last"]["faults"], 0);
}

/// A log of one entry that the zone never had, signed by its key: whole in itself.
fn other_log(folder: &Path, log: &SignerKey) -> String {
    let folder = folder.join("other");
    let leaf = log::Leaf {
        case: [1; 16],
        sequence: 1,
        previous: None,
        kind: "withdrawn".to_owned(),
        stage: None,
        time_ms: 1_700_000_000_000,
        public: Default::default(),
        commitments: Default::default(),
        definition: [0; 32],
    };
    let mut appender = log::Appender::new();
    let batch = appender.append(&[leaf.encode().unwrap()]).unwrap();
    for (tile, bytes) in batch.files {
        let file = folder.join(tile.path());
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    let root: Hash = appender.root();
    let note = Checkpoint::new(ORIGIN, 1, root).unwrap().sign(log).unwrap().encode();
    std::fs::write(folder.join("checkpoint"), note).unwrap();
    folder.to_str().unwrap().to_owned()
}
