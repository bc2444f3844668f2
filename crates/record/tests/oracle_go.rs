//! Audit notes held against Go's golang.org/x/mod/sumdb/note, by the program in tests/oracles/audit. Skipped, and said so, without Go.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Command, Output};

use log::key::Algorithm;
use log::{Checkpoint, Hash, SignerKey};
use record::audited::{AuditNote, Audited, Found, Scope};

fn go_is_here() -> bool {
    let library = Path::new("/usr/share/gocode/src/golang.org/x/mod/sumdb/note").is_dir();
    let here = library && Command::new("go").arg("version").output().is_ok_and(|output| output.status.success());
    if !here {
        println!("skipped: Go or its x/mod is missing; apt-get install golang-go golang-golang-x-mod-dev");
    }
    here
}

fn key(name: &str, seed: u8) -> SignerKey {
    SignerKey::from_seed(name, Algorithm::Ed25519, &[seed; 32]).unwrap()
}

fn opened(note: &[u8], auditor: &SignerKey, log: &SignerKey) -> (String, Output) {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), note).unwrap();
    let run = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracles/audit/run.sh");
    let keys = [auditor, log].map(|key| key.verifier().to_string());
    let output = Command::new(run).arg(file.path()).args(keys).output().unwrap();
    (String::from_utf8_lossy(&output.stdout).into_owned(), output)
}

#[test]
fn go_opens_the_note_and_the_checkpoint_in_it() {
    if !go_is_here() {
        return;
    }
    let (log, auditor) = (key("maku.example/log", 1), key("auditor.example/a", 2));
    let checkpoint = Checkpoint::new("maku.example/log", 1234, Hash([7; 32])).unwrap().sign(&log).unwrap().encode();
    let audited = Audited {
        scope: Scope::Record,
        from: 7,
        acts: 456,
        erased: 12,
        not_followed: 0,
        outcomes: true,
        faults: 1,
        remarks: 0,
        found: vec![Found { code: "A508".to_owned(), count: 1 }],
        program: "panjereh 0.1.0".to_owned(),
        at_s: 1_795_671_000,
    };
    let note = audited.sign(&checkpoint, log.verifier(), &auditor).unwrap();
    let (text, output) = opened(&note, &auditor, &log);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let read = AuditNote::parse(&note).unwrap();
    assert!(text.starts_with("panjereh-audit/v1\nscope record\n"), "{text}");
    assert!(text.ends_with(&format!("\n\n{}", read.checkpoint)), "{text}");
    // What is changed does not open for Go either.
    let changed = String::from_utf8(note.clone()).unwrap().replace("faults 1", "faults 2");
    assert_eq!(opened(changed.as_bytes(), &auditor, &log).1.status.code(), Some(1));
    assert_eq!(opened(&note, &log, &auditor).1.status.code(), Some(1));
    let other = key("maku.example/log", 3);
    assert_eq!(opened(&note, &auditor, &other).1.status.code(), Some(1));
}
