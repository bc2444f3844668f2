//! `panjereh certificate verify`: what it says of a certificate that holds, is cut, altered, or another zone's.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;

use common::{complained, panjereh, said};
use credential::{Certificate, Claims, Issuer};
use ed25519_dalek::SigningKey;

fn issuer(seed: u8) -> Issuer {
    Issuer::new("maku", SigningKey::from_bytes(&[seed; 32]))
}

fn certificate(expires_s: Option<i64>) -> Certificate {
    let claims = Claims {
        zone: "maku".to_owned(),
        holder: None,
        issued_s: 1_700_000_000,
        not_before_s: 1_700_000_000,
        expires_s,
        id: vec![1; 16],
        kind: "activity-licence".to_owned(),
        service: "activity-licence".to_owned(),
        case: "7QK2-M04T-9XAB".to_owned(),
        definition: vec![2; 32],
        facts: BTreeMap::new(),
        status: None,
    };
    issuer(1).issue(&claims).unwrap()
}

fn text() -> String {
    certificate(None).to_text()
}

fn key(seed: u8) -> String {
    format!("maku={}", hex::encode(issuer(seed).public_key().as_bytes()))
}

#[test]
fn it_holds_as_text_and_as_a_file() {
    let output = panjereh(&["certificate", "verify", &text(), "--key", &key(1)]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).starts_with("holds: activity-licence of maku"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("certificate.txt");
    std::fs::write(&file, text()).unwrap();
    let output = panjereh(&["certificate", "verify", file.to_str().unwrap(), "--key", &key(1), "--json"]);
    let verdict: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(verdict["holds"], true);
}

#[test]
fn cut_by_one_it_is_no_certificate() {
    let (text, message) = (text(), certificate(None).to_cose_bytes());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("certificate.cose");
    let cuts = [message[..message.len() - 1].to_vec(), message[1..].to_vec(), Vec::new()];
    for cut in cuts.into_iter().chain([text.as_bytes()[..text.len() - 1].to_vec()]) {
        std::fs::write(&file, cut).unwrap();
        no_certificate(file.to_str().unwrap());
    }
    no_certificate(&text[..text.len() - 1]);
    no_certificate("PJ1:");
    no_certificate("PJ1:سلام");
}

/// What is said of something that is none: what is wrong, in which part of it, and what to do.
#[track_caller]
fn no_certificate(place: &str) {
    let output = panjereh(&["certificate", "verify", place, "--key", &key(1)]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}{}", complained(&output));
    assert!(said.starts_with("no certificate: ") && said.contains(" in the "), "{said}");
    assert!(said.contains("; scan or copy it again, whole") && !said.contains('{'), "{said}");
}

#[test]
fn a_change_and_an_end_are_told() {
    let mut message = certificate(None).to_cose_bytes();
    *message.last_mut().unwrap() ^= 1;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("certificate.cose");
    std::fs::write(&file, message).unwrap();
    let output = panjereh(&["certificate", "verify", file.to_str().unwrap(), "--key", &key(1)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("changed or forged; do not accept it"), "{}", said(&output));
    let ended = certificate(Some(1_700_000_100)).to_text();
    let output = panjereh(&["certificate", "verify", &ended, "--key", &key(1)]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(said(&output), "expired at 2023-11-14T22:15:00Z: ask the holder for a newer one\n");
}

#[test]
fn another_zones_key_does_not_do() {
    let output = panjereh(&["certificate", "verify", &text(), "--key", &key(2)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("get that zone's key"), "{}", said(&output));
}

#[test]
fn wrong_input_is_told_from_a_wrong_certificate() {
    let output = panjereh(&["certificate", "verify", "no-such-file", "--key", &key(1)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("PJ1:"), "{}", complained(&output));
    let output = panjereh(&["certificate", "verify", &text(), "--key", "maku=12"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("ZONE=HEX"), "{}", complained(&output));
}
