//! Held against Go's golang.org/x/mod/sumdb, by the program in tests/oracles/log. Skipped, and said so, without Go.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// A test says what went wrong by panicking.

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::{Log, log_key};
use log::SignerKey;
use log::key::Algorithm;

fn oracle() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracles/log/run.sh")
}

fn go_is_here() -> bool {
    let library = Path::new("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog").is_dir();
    let here = library && Command::new("go").arg("version").output().is_ok_and(|output| output.status.success());
    if !here {
        println!("skipped: Go or its x/mod is missing; apt-get install golang-go golang-golang-x-mod-dev");
    }
    here
}

fn write(log: &Log, directory: &Path) {
    for (path, bytes) in &log.files {
        let file = directory.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}

fn run(directory: &Path, witnesses: &[SignerKey]) -> (String, Output) {
    let mut command = Command::new(oracle());
    command.arg(directory).arg(log_key().verifier().to_string());
    let output = command.args(witnesses.iter().map(|witness| witness.verifier().to_string())).output().unwrap();
    (String::from_utf8_lossy(&output.stdout).into_owned(), output)
}

#[test]
fn go_finds_nothing_wrong_in_a_log() {
    if !go_is_here() {
        return;
    }
    for size in [0, 1, 256, 1_300, 66_000] {
        let directory = tempfile::tempdir().unwrap();
        write(&Log::of(size), directory.path());
        let (text, output) = run(directory.path(), &[]);
        assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
        let checks: u64 = text.trim_end().strip_suffix(" passed, 0 failed").unwrap().parse().unwrap();
        assert!(checks > size.min(600), "only {checks} checks");
    }
}

#[test]
fn go_finds_a_flipped_bit() {
    if !go_is_here() {
        return;
    }
    for path in ["checkpoint", "tile/entries/002", "tile/0/001", "tile/1/000.p/5"] {
        let mut log = Log::of(1_300);
        log.files.get_mut(path).unwrap()[30] ^= 1;
        let directory = tempfile::tempdir().unwrap();
        write(&log, directory.path());
        let (text, output) = run(directory.path(), &[]);
        assert_eq!(output.status.code(), Some(1), "{path}: {text}");
        assert!(!text.ends_with(" 0 failed\n"), "{path}: {text}");
    }
}

fn witness(name: &str, seed: u8) -> SignerKey {
    SignerKey::from_seed(name, Algorithm::CosignatureV1, &[seed; 32]).unwrap()
}

#[test]
fn go_opens_a_cosigned_checkpoint_and_misses_whom_it_must() {
    if !go_is_here() {
        return;
    }
    let [one, two] = [witness("witness.example/w1", 21), witness("witness.example/w2", 22)];
    let mut log = Log::of(300);
    let mut note = log.checkpoint().sign(&log.key).unwrap();
    note.cosign(&one, 1_679_315_147).unwrap();
    note.cosign(&two, 9_999_999_999).unwrap();
    log.files.insert("checkpoint".into(), note.encode());
    let directory = tempfile::tempdir().unwrap();
    write(&log, directory.path());
    let (text, output) = run(directory.path(), &[one.clone(), two.clone()]);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    // Somebody who did not cosign, and a cosignature of another tree under a name that it knows.
    let (text, output) = run(directory.path(), &[one.clone(), witness("witness.example/w3", 23)]);
    assert!(output.status.code() == Some(1) && text.contains("witness.example/w3 did not sign"), "{text}");
    let mut other = Log::of(299).checkpoint().sign(&log.key).unwrap();
    other.cosign(&one, 1_679_315_147).unwrap();
    note.add(other.signature_of(one.verifier().name(), one.verifier().id()).unwrap().clone());
    std::fs::write(directory.path().join("checkpoint"), note.encode()).unwrap();
    let (text, output) = run(directory.path(), &[one]);
    assert!(output.status.code() == Some(1) && text.contains("invalid signature"), "{text}");
}
