//! `panjereh certificate verify`: what it says of a certificate that holds, is cut, altered, or another zone's.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;

use common::{complained, panjereh, said};
use credential::{Claims, Issuer};
use ed25519_dalek::SigningKey;

fn issuer(seed: u8) -> Issuer {
    Issuer::new("maku", SigningKey::from_bytes(&[seed; 32]))
}

fn text() -> String {
    let claims = Claims {
        zone: "maku".to_owned(),
        holder: None,
        issued_s: 1_700_000_000,
        not_before_s: 1_700_000_000,
        expires_s: None,
        id: vec![1; 16],
        kind: "activity-licence".to_owned(),
        service: "activity-licence".to_owned(),
        case: "7QK2-M04T-9XAB".to_owned(),
        definition: vec![2; 32],
        facts: BTreeMap::new(),
        status: None,
    };
    issuer(1).issue(&claims).unwrap().to_text()
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
fn cut_by_one_character_it_is_no_certificate() {
    let mut cut = text();
    cut.pop();
    let output = panjereh(&["certificate", "verify", &cut, "--key", &key(1)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).starts_with("no certificate"), "{}", said(&output));
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
