//! Another relying party judges as we do: npm's `@simplewebauthn/server`, through `tests/oracles/credential/passkey.mjs`.
//!
//! Runs with the module in PANJEREH_SIMPLEWEBAUTHN. Must not know how an assertion is read here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // A failed test is a panic.

mod soft;

use std::io::Write as _;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use credential::passkey::{Assertion, RelyingParty, asserted, registered};
use serde_json::{Value, json};
use soft::Authenticator;

const PARTY: &str = "maku.example";
const ORIGIN: &str = "https://maku.example";

fn ask(questions: &[Value]) -> Option<Vec<Value>> {
    let Some(module) = std::env::var_os("PANJEREH_SIMPLEWEBAUTHN") else {
        println!("SKIPPED: PANJEREH_SIMPLEWEBAUTHN names no module; `cargo xtask test` installs and names it");
        return None;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/oracles/credential/passkey.mjs");
    let mut child = Command::new("node")
        .arg(script)
        .arg(module)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node");
    let lines: String = questions.iter().map(|question| format!("{question}\n")).collect();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let answers = String::from_utf8(output.stdout).unwrap();
    Some(answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn party() -> RelyingParty {
    RelyingParty { id: PARTY.to_owned(), origin: ORIGIN.to_owned() }
}

type Lie = fn(&mut Authenticator);

/// What an authenticator can get wrong, and one that gets nothing wrong.
const LIES: [(&str, Lie); 7] = [
    ("nothing", |_| {}),
    ("another origin", |own| own.origin = "https://evil.example".to_owned()),
    ("another domain", |own| own.party = "evil.example".to_owned()),
    ("nobody present", |own| own.flags = 0b100),
    ("nobody verified", |own| own.flags = 0b001),
    ("backed up and not eligible", |own| own.flags |= 0b1_0000),
    ("backed up and eligible", |own| own.flags |= 0b1_1000),
];

fn all() -> impl Iterator<Item = (&'static str, Authenticator)> {
    LIES.into_iter().flat_map(|(what, lie)| {
        [Authenticator::ed25519(1, PARTY, ORIGIN), Authenticator::es256(2, PARTY, ORIGIN)].map(|mut own| {
            lie(&mut own);
            (what, own)
        })
    })
}

#[test]
fn registrations_are_judged_alike() {
    let (mut questions, mut ours) = (Vec::new(), Vec::new());
    for (what, own) in all() {
        let (client_data, attestation) = own.register(b"a challenge of this test");
        ours.push((what, registered(&party(), b"a challenge of this test", client_data.as_bytes(), &attestation)));
        questions.push(json!({
            "kind": "register", "id": text(&own.id), "challenge": text(b"a challenge of this test"), "origin": ORIGIN, "party": PARTY,
            "client_data": text(client_data.as_bytes()), "attestation": text(&attestation),
        }));
    }
    let Some(theirs) = ask(&questions) else { return };
    assert_eq!(theirs.len(), ours.len());
    for ((what, ours), theirs) in ours.into_iter().zip(theirs) {
        assert_eq!(ours.is_ok(), theirs["verified"] == true, "{what}: {ours:?}, {theirs}");
        if let Ok(made) = ours {
            assert_eq!(
                (theirs["id"].clone(), theirs["key"].clone()),
                (json!(text(&made.id)), json!(hex::encode(made.key)))
            );
        }
    }
}

#[test]
fn assertions_are_judged_alike() {
    let (mut questions, mut ours) = (Vec::new(), Vec::new());
    for (what, mut own) in all() {
        own.counter = 9;
        for (challenge, damage) in [("act", None), ("another act", None), ("act", Some(20)), ("act", Some(36))] {
            let mut made = own.sign(b"act");
            if let Some(place) = damage {
                made.authenticator_data[place] ^= 1;
            }
            let assertion = Assertion {
                authenticator_data: &made.authenticator_data,
                client_data: made.client_data.as_bytes(),
                signature: &made.signature,
            };
            ours.push((what, asserted(&party(), challenge.as_bytes(), &own.cose_key(), assertion)));
            questions.push(json!({
                "kind": "sign", "id": text(&own.id), "challenge": text(challenge.as_bytes()), "origin": ORIGIN, "party": PARTY,
                "client_data": text(made.client_data.as_bytes()), "authenticator_data": text(&made.authenticator_data),
                "signature": text(&made.signature), "key": hex::encode(own.cose_key()),
            }));
        }
    }
    let Some(theirs) = ask(&questions) else { return };
    assert_eq!(theirs.len(), ours.len());
    let good = ours.iter().filter(|(_, ours)| ours.is_ok()).count();
    assert_eq!(good, 4, "nothing wrong and backed up, with both algorithms");
    for ((what, ours), theirs) in ours.into_iter().zip(theirs) {
        assert_eq!(ours.is_ok(), theirs["verified"] == true, "{what}: {ours:?}, {theirs}");
        if let Ok(counter) = ours {
            assert_eq!(theirs["counter"], counter, "{what}");
        }
    }
}
