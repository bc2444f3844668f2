//! The gate's modules, in Node: their own tests, codes that other people's encoders drew, and certificates, which they must judge exactly as the
//! crate `credential` does.
//!
//! `cargo xtask test` names Node, and a Python with `segno`; without them each test says plainly that it skips.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../common/mod.rs"]
mod common;
mod passages;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use app::Shown;
use app::credential::{Certificate, Input, PREFIX, SignedPack};
use common::House;
use common::witnessed::{WITNESSES, pack, policy, witness};
use jiff::SignedDuration;
use qrcode::{Color, EcLevel, QrCode};
use serde_json::{Value, json};

/// A program that `cargo xtask test` names; none, and a plain word, where it does not.
fn program(name: &str) -> Option<PathBuf> {
    let found = std::env::var_os(name).map(PathBuf::from).filter(|path| path.exists());
    if found.is_none() {
        println!("SKIPPED: {name} names no program; `cargo xtask test` installs and names it");
    }
    found
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gate")
}

/// What a script of ours makes of a JSON.
fn ask(program: &Path, arguments: &[&str], input: &str) -> String {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(here()).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_modules_pass_their_own_tests() {
    let Some(node) = program("PANJEREH_NODE") else { return };
    let output = Command::new(node).args(["--test", "."]).current_dir(here()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("# fail 0") && !said.contains("# pass 0"), "{said}");
}

/// The modules of a code as the crate `qrcode` draws them.
fn drawn(name: &str, text: &str, level: EcLevel, photographed: bool) -> Value {
    let code = QrCode::with_error_correction_level(text, level).unwrap();
    let row =
        |row: &[Color]| row.iter().map(|module| if *module == Color::Dark { '1' } else { '0' }).collect::<String>();
    let rows: Vec<String> = code.to_colors().chunks(code.width()).map(row).collect();
    json!({ "name": name, "text": text, "rows": rows, "photographed": photographed })
}

/// Texts of certificates' kind, of this many characters.
fn certificate_like(chars: usize) -> String {
    let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let mut state = 7_usize;
    let next = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(alphabet[(state >> 33) % alphabet.len()])
    };
    PREFIX.chars().chain((0..chars).map(next)).collect()
}

#[test]
fn codes_of_the_crate_qrcode_are_read_from_photographs() {
    let Some(node) = program("PANJEREH_NODE") else { return };
    let levels = [("L", EcLevel::L), ("M", EcLevel::M), ("Q", EcLevel::Q), ("H", EcLevel::H)];
    let mut codes = Vec::new();
    for chars in [40, 120, 400, 700, 1100, 1700] {
        for (name, level) in levels {
            if let Ok(true) =
                QrCode::with_error_correction_level(certificate_like(chars), level).map(|code| code.width() <= 125)
            {
                let photographed = name == "L" || (name == "M" && chars < 1000);
                codes.push(drawn(&format!("{chars} {name}"), &certificate_like(chars), level, photographed));
            }
        }
    }
    codes.push(drawn("mixed", "PJ1:12345678901234567890abc سلام", EcLevel::M, true));
    let said: Value = serde_json::from_str(&ask(&node, &["codes.mjs"], &json!(codes).to_string())).unwrap();
    assert_eq!(said["missed"], json!([]), "of {}", said["count"]);
}

#[test]
fn codes_of_segno_are_read_in_every_version_and_level() {
    let (Some(node), Some(python)) = (program("PANJEREH_NODE"), program("PANJEREH_PYTHON")) else { return };
    let script = "
import json, segno
codes = []
for version in range(1, 41):
    for level in 'LMQH':
        text = 'PJ1:' + str(version * 7919)
        code = segno.make(text, version=version, error=level, boost_error=False, micro=False, mask=version % 8)
        rows = [''.join(map(str, row)) for row in code.matrix]
        codes.append({'name': f'{version}{level}', 'text': text, 'rows': rows, 'photographed': version in (10, 20, 25) and level in 'LM'})
print(json.dumps(codes))";
    let codes = ask(&python, &["-c", script], "");
    let said: Value = serde_json::from_str(&ask(&node, &["codes.mjs"], &codes)).unwrap();
    assert_eq!(said["missed"], json!([]), "of {}", said["count"]);
}

/// A certificate of this case, as it is shown.
async fn shown(house: &House, person: &str, acted: &app::Acted) -> Shown {
    let account = house.app.account(person).await.unwrap();
    house.app.certificate(&account, acted.case).await.unwrap().unwrap()
}

/// What the gate's modules say of certificates, one object each.
fn judged(node: &Path, house: &House, pack: &SignedPack, now_s: i64, inputs: &[Value]) -> Vec<Value> {
    let key = hex::encode(house.app.certificate_public_key().1);
    let zone = &house.app.zone().zone().name;
    let asked =
        json!({ "pack": hex::encode(pack.as_bytes()), "key": key, "zone": zone, "now": now_s, "inputs": inputs });
    serde_json::from_str(&ask(node, &["verdicts.mjs"], &asked.to_string())).unwrap()
}

fn text(certificate: &Certificate) -> Value {
    json!({ "text": certificate.to_text() })
}

#[tokio::test]
async fn each_state_of_a_certificate_has_its_word() {
    let Some(node) = program("PANJEREH_NODE") else { return };
    let house = House::of_gate([2; 32]).await;
    let stranger = House::of_gate([9; 32]).await;
    let passes = [house.exit_pass("P-0001").await, house.exit_pass("P-0002").await];
    let foreign = stranger.exit_pass("P-0001").await;
    let first = shown(&house, "P-0001", &passes[0]).await;
    let revoked = shown(&house, "P-0002", &passes[1]).await;
    house.revoke(&passes[1], "unescorted").await;
    house.settle().await;
    let pack = house.app.pack(3600).await.unwrap();
    let now_s = house.app.clock.now().as_second();
    // Issued after the pack was made, and not in its log.
    let late = house.exit_pass("P-0001").await;
    let late = shown(&house, "P-0001", &late).await;
    let other = shown(&stranger, "P-0001", &foreign).await;
    let maku = House::open().await;
    let licence = maku.granted().await;
    let licence = shown(&maku, "P-0001", &licence).await;
    let swapped = first.bare.with_inclusion(revoked.branched.as_ref().unwrap().inclusion().unwrap()).unwrap();
    let inputs = [
        text(first.branched.as_ref().unwrap()),
        text(&first.certificate),
        text(&first.bare),
        text(late.branched.as_ref().unwrap()),
        text(&revoked.bare),
        text(&other.bare),
        text(&licence.certificate),
        text(&swapped),
        json!({ "text": "https://example.org/" }),
        json!({ "text": format!("{PREFIX}{}", "A".repeat(30_000)) }),
        json!({ "text": first.bare.to_text().trim_end_matches(|_| true) }),
        json!({ "text": format!("{PREFIX}BB8") }),
        json!({ "text": format!("\u{feff} \u{2068}{}\u{2069}\r\n", first.bare.to_text()) }),
    ];
    let said: Vec<(String, String)> = judged(&node, &house, &pack, now_s, &inputs)
        .iter()
        .map(|said| (said["state"].as_str().unwrap().to_owned(), said["why"].as_str().unwrap().to_owned()))
        .collect();
    let expected = [
        ("proven", "proven"),
        ("proven", "proven"),
        ("signed", "no-proof"),
        ("signed", "newer-than-pack"),
        ("refused", "revoked"),
        ("refused", "unknown-key"),
        ("refused", "other-zone"),
        ("refused", "proof-of-another"),
        ("refused", "not-a-certificate"),
        ("refused", "too-long"),
        ("refused", "not-a-certificate"),
        ("refused", "damaged"),
        ("signed", "no-proof"),
    ];
    let expected: Vec<_> = expected.map(|(state, why)| (state.to_owned(), why.to_owned())).into();
    assert_eq!(said, expected);
    let old = SignedDuration::from_hours(24 * 3).as_secs();
    let said = judged(&node, &house, &pack, now_s + old, &inputs[..1]);
    assert_eq!((said[0]["state"].as_str(), said[0]["why"].as_str()), (Some("refused"), Some("expired")));
    let said = judged(&node, &house, &pack, now_s + 7200, &inputs[..1]);
    assert_eq!(said[0]["notes"], json!(["pack-old", "revocation-as-of", "once-elsewhere"]));
}

#[tokio::test]
async fn a_telephone_whose_clock_is_behind_lets_nobody_pass_whom_the_pack_s_time_refuses() {
    let Some(node) = program("PANJEREH_NODE") else { return };
    let house = House::of_gate([2; 32]).await;
    let pass = house.exit_pass("P-0001").await;
    house.settle().await;
    let pass = [text(shown(&house, "P-0001", &pass).await.branched.as_ref().unwrap())];
    let issued_s = house.app.clock.now().as_second();
    let pack = house.app.pack(3600).await.unwrap();
    let before = judged(&node, &house, &pack, issued_s - 3 * 24 * 3600, &pass);
    assert_eq!(before[0]["state"], "proven", "{before:?}");
    assert_eq!(before[0]["notes"], json!(["clock-behind", "revocation-as-of", "once-elsewhere"]));
    // The pass is over; the telephone, which stands where it was issued, has a pack from after that.
    house.app.clock.advance(SignedDuration::from_hours(24 * 6));
    let pack = house.app.pack(3600).await.unwrap();
    let after = judged(&node, &house, &pack, issued_s, &pass);
    assert_eq!((&after[0]["state"], &after[0]["why"]), (&json!("refused"), &json!("expired")), "{after:?}");
}

/// Who cosigned, and how many seconds from now.
type Cosigners<'a> = &'a [(&'a app::log::SignerKey, i64)];

/// The gate reads policies and cosignatures as the crate `log` makes them, and takes no pack without the quorum.
#[tokio::test]
async fn a_pack_is_taken_only_with_the_quorum_of_its_witnesses() {
    let Some(node) = program("PANJEREH_NODE") else { return };
    let house = House::of_gate([2; 32]).await;
    house.exit_pass("P-0001").await;
    let [university, court, press] = WITNESSES.map(witness);
    let stranger = app::log::SignerKey::from_seed("court.example/w", app::log::key::Algorithm::CosignatureV1, &[1; 32]);
    let (policy, stranger) = (policy(), stranger.unwrap());
    let cases: [(&str, Cosigners<'_>, Value); 9] = [
        (&policy, &[(&university, 0), (&court, -30)], json!({ "witnesses": ["university", "court"] })),
        (&policy, &[(&university, 0), (&court, 0), (&press, 599)], json!({ "witnesses": WITNESSES })),
        (&policy, &[(&press, 0)], json!({ "wrong": "checkpoint: no-quorum" })),
        (&policy, &[], json!({ "wrong": "checkpoint: no-quorum" })),
        // Of tomorrow, by a key that only has a witness's name, and twice by one.
        (&policy, &[(&university, 0), (&court, 86_400)], json!({ "wrong": "checkpoint: no-quorum" })),
        (&policy, &[(&university, 0), (&stranger, 0)], json!({ "wrong": "checkpoint: no-quorum" })),
        (&policy, &[(&university, 0), (&university, 1)], json!({ "wrong": "checkpoint: no-quorum" })),
        ("quorum two\n", &[(&university, 0), (&court, 0)], json!({ "wrong": "policy: malformed" })),
        ("", &[], json!({ "witnesses": [] })),
    ];
    let mut packs = Vec::new();
    for (policy, cosigned, _) in &cases {
        packs.push(hex::encode(pack(&house, policy, cosigned).await.as_bytes()));
    }
    let key = hex::encode(house.app.certificate_public_key().1);
    let asked = json!({ "key": key, "zone": house.app.zone().zone().name, "packs": packs });
    let said: Vec<Value> = serde_json::from_str(&ask(&node, &["packs.mjs"], &asked.to_string())).unwrap();
    assert_eq!(said, cases.map(|(_, _, expected)| expected));
}

/// Many ways to damage a certificate: bits of the message, characters of the text, cuts and additions.
fn damaged(certificate: &Certificate, seed: u64, count: usize) -> Vec<Value> {
    let mut state = seed;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let alphabet: Vec<char> = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:a".chars().collect();
    let (message, whole) = (certificate.to_cose_bytes(), certificate.to_text());
    (0..count)
        .map(|round| {
            let (mut bytes, mut chars): (Vec<u8>, Vec<char>) = (message.clone(), whole.chars().collect());
            match round % 6 {
                0 => bytes[next(message.len())] ^= 1 << next(8),
                1 => bytes.truncate(next(message.len())),
                2 => bytes.push(u8::try_from(next(256)).unwrap()),
                3 => bytes[next(40)] = u8::try_from(next(256)).unwrap(),
                4 => chars[next(whole.len())] = alphabet[next(alphabet.len())],
                _ => chars.truncate(next(whole.len())),
            }
            match round % 6 {
                0..=3 => json!({ "message": hex::encode(bytes) }),
                _ => json!({ "text": chars.into_iter().collect::<String>() }),
            }
        })
        .collect()
}

#[tokio::test]
async fn damaged_certificates_are_judged_as_the_crate_judges_them() {
    let Some(node) = program("PANJEREH_NODE") else { return };
    let house = House::of_gate([2; 32]).await;
    let pass = house.exit_pass("P-0001").await;
    let shown = shown(&house, "P-0001", &pass).await;
    let pack = house.app.pack(3600).await.unwrap();
    let list = house.app.status_list(0).await.unwrap();
    let mut inputs = damaged(&shown.bare, 1, 300);
    inputs.extend(damaged(shown.branched.as_ref().unwrap(), 2, 300));
    inputs.extend([text(&shown.bare), text(&shown.certificate)]);
    for days in [0, 5] {
        let now_s = house.app.clock.now().as_second() + days * 24 * 3600;
        let said = judged(&node, &house, &pack, now_s, &inputs);
        let mut seen = std::collections::BTreeMap::<&str, usize>::new();
        for (input, said) in inputs.iter().zip(&said) {
            let message = input["message"].as_str().map(|message| hex::decode(message).unwrap());
            let given = match &message {
                Some(message) => Input::Message(message),
                None => Input::Text(input["text"].as_str().unwrap()),
            };
            let own = app::credential::verify(given, &house.app.trusted(), now_s, Some(&list)).code();
            assert_eq!(said["code"], json!(own), "{input}");
            *seen.entry(own).or_default() += 1;
        }
        assert!(seen.len() >= 3, "{seen:?}");
    }
}
