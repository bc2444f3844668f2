//! `panjereh certificate verify`: what it says of a certificate that holds, is cut, altered, or another zone's.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;

use common::{Demo, application, complained, panjereh, said};
use credential::{Certificate, Claims, Issuer, StatusRef};
use ed25519_dalek::SigningKey;

fn issuer(seed: u8) -> Issuer {
    Issuer::new("maku", SigningKey::from_bytes(&[seed; 32]))
}

fn certificate(expires_s: Option<i64>) -> Certificate {
    issuer(1).issue(&claims(expires_s, None)).unwrap()
}

/// One of a signer that names a status list.
fn naming(signer: u8, status: Option<StatusRef>) -> Certificate {
    issuer(signer).issue(&claims(None, status)).unwrap()
}

fn claims(expires_s: Option<i64>, status: Option<StatusRef>) -> Claims {
    Claims {
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
        once: false,
        status,
    }
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
    let says_where = said.contains(" in the ") || said.contains("does not begin with `PJ1:`");
    assert!(said.starts_with("no certificate: ") && says_where, "{said}");
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

/// A certificate of the demonstration, as text.
fn granted(demo: &Demo) -> String {
    let (head, answer) = demo.call("P-0001", "/api/v1/cases", "a-key", &application());
    assert!(head.starts_with("HTTP/1.1 201"), "{head}");
    let case: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    let path = format!("/api/v1/cases/{}/certificate", case["case"].as_str().unwrap());
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nauthorization: Bearer {}\r\n\r\n",
        demo.address,
        demo.token("P-0001")
    );
    let ask = || common::send(&demo.address, &request);
    common::wait_until("a certificate", || ask().0.starts_with("HTTP/1.1 200"));
    let answer: serde_json::Value = serde_json::from_slice(&ask().1).unwrap();
    answer["text"].as_str().unwrap().to_owned()
}

#[test]
fn whether_it_was_revoked_is_asked_where_the_certificate_says() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path());
    let (text, key) = (granted(&demo), demo.certificate_key().to_owned());
    let list = format!("http://{}/status/0", demo.address);
    let offline = panjereh(&["certificate", "verify", &text, "--key", &key]);
    assert!(said(&offline).contains("not known: give --online, or the list with --status"), "{}", said(&offline));
    for more in [&["--online"][..], &["--status", &list]] {
        let online = panjereh(&[&["certificate", "verify", &text, "--key", &key], more].concat());
        assert_eq!(online.status.code(), Some(0), "{}{}", said(&online), complained(&online));
        assert!(said(&online).contains("not revoked as of 20"), "{}", said(&online));
    }
    let file = folder.path().join("list");
    std::fs::write(&file, demo.get("/status/0").1).unwrap();
    for flag in ["--status", "--status-list"] {
        let given = panjereh(&["certificate", "verify", &text, "--key", &key, flag, file.to_str().unwrap()]);
        assert!(said(&given).contains("not revoked as of 20"), "{}{}", said(&given), complained(&given));
    }
    // What is there is no list, or nobody is there: then nothing is known, and that is said.
    let page = format!("http://{}/en", demo.address);
    let wrong = panjereh(&["certificate", "verify", &text, "--key", &key, "--status", &page]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(complained(&wrong).contains("is no status list of that zone"), "{}", complained(&wrong));
    assert!(demo.stop());
    let gone = panjereh(&["certificate", "verify", &text, "--key", &key, "--online", "--json"]);
    assert_eq!(gone.status.code(), Some(2));
    let complaint = complained(&gone);
    assert!(complaint.contains("whether it was revoked is not known") && complaint.contains(&list), "{complaint}");
    assert!(complaint.contains("hint: try again later, or get the list another way"), "{complaint}");
}

/// A forged certificate names a server of the forger's: nobody calls there.
#[test]
fn a_forged_certificate_does_not_say_where_to_call() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let uri = format!("http://{}/status/0", listener.local_addr().unwrap());
    let forged = naming(3, Some(StatusRef { uri, index: 0 })).to_text();
    let output = panjereh(&["certificate", "verify", &forged, "--key", &key(1), "--online"]);
    assert_eq!(output.status.code(), Some(1), "{}", complained(&output));
    assert!(listener.accept().is_err(), "it called");
    // A genuine one from which nothing can be fetched.
    let odd = naming(1, Some(StatusRef { uri: "file:///etc/passwd".to_owned(), index: 0 })).to_text();
    let output = panjereh(&["certificate", "verify", &odd, "--key", &key(1), "--online"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("neither http:// nor https://"), "{}", complained(&output));
}

#[test]
fn without_a_key_it_says_where_the_key_is() {
    let output = panjereh(&["certificate", "verify", &text()]);
    assert_eq!(output.status.code(), Some(2));
    let complaint = complained(&output);
    assert!(complaint.contains("--key ZONE=HEX") && complaint.contains("/en/verify"), "{complaint}");
}
