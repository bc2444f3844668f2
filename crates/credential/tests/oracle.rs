//! Another implementation reads what we sign, and we read what it signs: PyPI's `cwt`, through
//! `tests/oracles/credential/verify.py`.
//!
//! Runs with the Python in PANJEREH_PYTHON, or with `python3` if that has `cwt`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // A failed test is a panic.

mod common;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use common::*;
use credential::{Claims, Issuer, Status, Verdict, verify};
use ed25519_dalek::SigningKey;

/// A Python that has `cwt`; a named one that has not is a failure, no name and none is a skip.
fn python() -> Option<PathBuf> {
    let named = std::env::var_os("PANJEREH_PYTHON").map(PathBuf::from);
    let python = named.clone().unwrap_or_else(|| "python3".into());
    let has_cwt = Command::new(&python).args(["-c", "import cwt"]).output().is_ok_and(|out| out.status.success());
    if !has_cwt {
        assert!(named.is_none(), "PANJEREH_PYTHON ({}) cannot import cwt", python.display());
        println!("SKIPPED: no Python with `cwt`; set PANJEREH_PYTHON to one that has it");
        return None;
    }
    Some(python)
}

fn oracle(python: &PathBuf, arguments: &[&str], stdin: &str) -> Output {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/oracles/credential/verify.py");
    let mut child = Command::new(python)
        .arg(script)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn answer(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// In force whenever this runs: `cwt` judges by the machine's clock, so the certificate has no end.
fn lasting() -> Claims {
    Claims { expires_s: None, ..claims() }
}

fn public_hex() -> String {
    hex::encode(issuer().public_key().as_bytes())
}

#[test]
fn cwt_reads_our_certificate_and_our_list() {
    let Some(python) = python() else { return };
    let certificate = issuer().issue(&lasting()).unwrap().with_inclusion(PROOF).unwrap();
    let file = tempfile("list", &lasting_list(Status::Suspended));
    let arguments = ["certificate", &certificate.to_text(), &public_hex(), file.to_str().unwrap()];
    let found: serde_json::Value = serde_json::from_str(&answer(oracle(&python, &arguments, ""))).unwrap();
    let claims = lasting();
    let expected = serde_json::json!({
        "kid": issuer().key_id().to_string(),
        "zone": claims.zone,
        "holder": claims.holder,
        "expires_s": null,
        "not_before_s": claims.not_before_s,
        "issued_s": claims.issued_s,
        "id": hex::encode(claims.id),
        "kind": claims.kind,
        "service": claims.service,
        "case": claims.case,
        "definition": hex::encode(claims.definition),
        "facts": claims.facts,
        "inclusion": hex::encode(PROOF),
        "status": 2,
    });
    assert_eq!(found, expected);
}

#[test]
fn cwt_refuses_a_forgery() {
    let Some(python) = python() else { return };
    let forger = Issuer::with_kid(ZONE, issuer().key_id().clone(), SigningKey::from_bytes(&[8; 32]));
    let text = forger.issue(&lasting()).unwrap().to_text();
    let refused = oracle(&python, &["certificate", &text, &public_hex()], "");
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("VerifyError"));
}

#[test]
fn we_read_what_cwt_signs() {
    let Some(python) = python() else { return };
    let payload = payload_of(&issuer().issue(&claims()).unwrap().to_cose_bytes());
    let (key, kid) = (hex::encode([7; 32]), issuer().key_id().to_string());
    let text = answer(oracle(&python, &["sign", &key, &kid], &hex::encode(payload)));
    let verdict = verify(text.as_str(), &issuer().trusted(), NOW_S, None);
    let Verdict::Valid(valid) = verdict else { panic!("{verdict:?}") };
    assert_eq!(valid.certificate.claims(), &claims());
    // Ed25519 is deterministic, and so is our CBOR: the very same message came back.
    assert_eq!(valid.certificate.to_cose_bytes(), issuer().issue(&claims()).unwrap().to_cose_bytes());
}

fn lasting_list(entry: Status) -> Vec<u8> {
    let mut list = credential::StatusList::new(credential::StatusBits::Two, 100).unwrap();
    list.set(77, entry).unwrap();
    let terms = credential::StatusListTerms { expires_s: None, ..terms() };
    issuer().issue_status_list(&list, &terms).unwrap().to_cose_bytes()
}

fn payload_of(message: &[u8]) -> Vec<u8> {
    use coset::TaggedCborSerializable;
    coset::CoseSign1::from_tagged_slice(message).unwrap().payload.unwrap()
}

fn tempfile(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}.cbor", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    path
}
