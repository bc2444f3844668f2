//! Policies: the specification's example and rules, quorums against a plain count, and checkpoints that fall short.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// A test says what went wrong by panicking.

mod common;

use common::{Log, ORIGIN, log_key};
use log::key::Algorithm;
use log::policy::{MAX_ENTRIES, MAX_POLICY_BYTES, NotAccepted, PolicyError, PolicyFault};
use log::{Policy, SignerKey};
use proptest::prelude::*;

fn witness(number: u8) -> SignerKey {
    SignerKey::from_seed(&format!("witness.example/{number}"), Algorithm::CosignatureV1, &[100 + number; 32]).unwrap()
}

fn vkey(number: u8) -> String {
    witness(number).verifier().to_string()
}

/// The specification's example policy, with keys.
fn example() -> String {
    let mut text = format!("log {}\n\n", log_key().verifier());
    for (index, name) in (0..).zip(["X1", "X2", "X3"]) {
        text += &format!("witness {name} {}\n", vkey(index));
    }
    text += "group X-witnesses 2 X1 X2 X3\n\n";
    for (index, name) in (3..).zip(["Y1", "Y2", "Y3"]) {
        text += &format!("witness {name} {} https://{name}.example/\n", vkey(index));
    }
    text + "group Y-witnesses any Y1 Y2 Y3\n\ngroup X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n"
}

fn read(text: &str) -> Result<Policy, PolicyError> {
    Policy::parse(text.as_bytes())
}

fn fault(text: &str) -> (usize, PolicyFault) {
    let error = read(text).unwrap_err();
    assert!(error.to_string().starts_with(&format!("line {} of the policy: ", error.line)), "{error}");
    (error.line, error.fault)
}

#[test]
fn the_specification_s_example_asks_for_two_x_and_one_y() {
    let policy = read(&example()).unwrap();
    assert_eq!((policy.logs().len(), policy.witnesses().len()), (1, 6));
    assert_eq!(policy.witnesses()[3].url(), Some("https://Y1.example/"));
    assert_eq!(policy.witnesses()[0].url(), None);
    for mask in 0_u32..64 {
        let met = policy.is_met(|witness| {
            let place = policy.witnesses().iter().position(|other| other == witness).unwrap();
            mask & (1 << place) != 0
        });
        let (x, y) = ((mask & 7).count_ones(), (mask >> 3).count_ones());
        assert_eq!(met, x >= 2 && y >= 1, "{mask:b}");
    }
}

#[test]
fn the_quorum_is_told_as_it_is_made() {
    assert_eq!(read(&example()).unwrap().quorum().unwrap().to_string(), "2 of (2 of (X1, X2, X3), 1 of (Y1, Y2, Y3))");
    assert_eq!(read(&format!("witness W {}\nquorum W\n", vkey(1))).unwrap().quorum().unwrap().to_string(), "W");
    assert_eq!(read("quorum none\n").unwrap().quorum(), None);
}

#[test]
fn whitespace_comments_and_any_octets_are_as_the_specification_has_them() {
    let policy = format!("\t # \u{6a9}\n \n\t log\t{}  http://x \t\nquorum none\n# after\n", log_key().verifier());
    let policy = read(&policy).unwrap();
    assert_eq!(policy.logs()[0].url(), Some("http://x"));
    assert!(policy.is_met(|_| false));
    // Names are octets: these two are not one name, and neither is UTF-8.
    let mut bytes = format!("witness K {}\nwitness ", vkey(0)).into_bytes();
    bytes.extend_from_slice(b"\xe2\x84\xaa ");
    bytes.extend_from_slice(format!("{}\nwitness ", vkey(1)).as_bytes());
    bytes.extend_from_slice(b"\xff ");
    bytes.extend_from_slice(format!("{} ", vkey(2)).as_bytes());
    bytes.extend_from_slice(b"http://\xff/\nquorum \xff\n");
    let (policy, witness_key) = (Policy::parse(&bytes).unwrap(), witness(2));
    assert_eq!((policy.witnesses()[1].name(), policy.witnesses()[2].url()), ("\u{212a}".to_owned(), None));
    assert!(policy.is_met(|witness| witness.key == *witness_key.verifier()));
    // Words that mean something elsewhere may be names.
    let words = format!("witness all {}\nwitness 2 {}\ngroup any 2 all 2\nquorum any\n", vkey(0), vkey(1));
    assert!(!read(&words).unwrap().is_met(|witness| witness.name() == "all"));
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    let (a, b) = (vkey(0), vkey(1));
    let log = log_key().verifier().to_string();
    let two = format!("witness a {a}\nwitness b {b}\n");
    let under_another_name = SignerKey::from_seed("c", Algorithm::CosignatureV1, &[100; 32]).unwrap();
    for (text, line, expected) in [
        (String::new(), 1, PolicyFault::NoQuorum),
        ("quorum none".to_owned(), 1, PolicyFault::NoNewline),
        ("\nquorum none\r\n".to_owned(), 2, PolicyFault::Control(b'\r')),
        ("quorum none\n\u{7f}\n".to_owned(), 2, PolicyFault::Control(0x7f)),
        ("\u{c}\n".to_owned(), 1, PolicyFault::Control(0x0c)),
        ("quorum none\nQuorum none\n".to_owned(), 2, PolicyFault::Keyword),
        ("quorum none\n\nquorum none\n".to_owned(), 3, PolicyFault::SecondQuorum(1)),
        ("quorum\n".to_owned(), 1, PolicyFault::Form("quorum NAME")),
        ("quorum none none\n".to_owned(), 1, PolicyFault::Form("quorum NAME")),
        ("quorum a\n".to_owned(), 1, PolicyFault::Unknown("a".to_owned())),
        ("log\n".to_owned(), 1, PolicyFault::Form("log VKEY [URL]")),
        (format!("log {log} a b\n"), 1, PolicyFault::Form("log VKEY [URL]")),
        (format!("log {log}\nlog {log}\n"), 2, PolicyFault::Duplicate(1)),
        (format!("log {a}\n"), 1, PolicyFault::KeyType),
        (format!("witness a {log}\n"), 1, PolicyFault::KeyType),
        (format!("witness {a}\n"), 1, PolicyFault::Form("witness NAME VKEY [URL]")),
        (
            format!("witness a {a}\nwitness c {under_another_name:?}\n").replace("SignerKey(", "").replace(')', ""),
            2,
            PolicyFault::Duplicate(1),
        ),
        (format!("witness none {a}\n"), 1, PolicyFault::Taken("none".to_owned())),
        (format!("witness a {a}\nwitness a {b}\n"), 2, PolicyFault::Taken("a".to_owned())),
        (format!("{two}group a any b\n"), 3, PolicyFault::Taken("a".to_owned())),
        (format!("{two}group none any b\n"), 3, PolicyFault::Taken("none".to_owned())),
        (format!("{two}group g any none\n"), 3, PolicyFault::Unknown("none".to_owned())),
        (format!("{two}group g any g\n"), 3, PolicyFault::Unknown("g".to_owned())),
        (format!("{two}group g any\n"), 3, PolicyFault::Form("group NAME all|any|NUMBER NAME...")),
        (format!("{two}group g any a a\n"), 3, PolicyFault::Twice("a".to_owned())),
        (format!("{two}group g any a\ngroup h all b a\n"), 4, PolicyFault::Twice("a".to_owned())),
        (format!("{two}group g 0 a b\n"), 3, PolicyFault::Threshold),
        (format!("{two}group g 3 a b\n"), 3, PolicyFault::Threshold),
        (format!("{two}group g 02 a b\n"), 3, PolicyFault::Threshold),
        (format!("{two}group g some a b\n"), 3, PolicyFault::Threshold),
        (two.clone(), 2, PolicyFault::NoQuorum),
    ] {
        assert_eq!(fault(&text), (line, expected), "{text}");
    }
    assert!(matches!(fault("log a+00000000+AgAA\n"), (1, PolicyFault::Key(_))));
    assert!(matches!(fault(&"# long\n".repeat(MAX_POLICY_BYTES / 7 + 1)), (1, PolicyFault::TooLong)));
    let log = |number: u8| SignerKey::from_seed("l", Algorithm::Ed25519, &[number; 32]).unwrap().verifier().to_string();
    let many =
        |count: usize| (0..count).fold(String::new(), |text, number| text + &format!("log {}\n", log(number as u8)));
    assert!(read(&format!("{}quorum none\n", many(MAX_ENTRIES))).is_ok());
    assert_eq!(fault(&many(MAX_ENTRIES + 1)), (MAX_ENTRIES + 1, PolicyFault::TooMany));
}

#[test]
fn a_checkpoint_is_opened_by_its_log_and_a_quorum() {
    let policy = read(&example()).unwrap();
    let log = Log::of(5);
    let mut note = log.checkpoint().sign(&log.key).unwrap();
    let open = |note: &log::Note, latest_s| policy.open(&note.encode(), None, latest_s);
    let Err(NotAccepted::NoQuorum { size, cosigned, missing }) = open(&note, 1_000) else { panic!() };
    assert_eq!((size, cosigned.len(), missing.len()), (5, 0, 6));
    for number in [0, 2, 4] {
        assert!(open(&note, 1_000).is_err());
        note.cosign(&witness(number), 1_000).unwrap();
    }
    let opened = open(&note, 1_000).unwrap();
    assert_eq!((opened.checkpoint, opened.verified.len()), (log.checkpoint(), 4));
    // A cosignature of tomorrow does not count today; a stranger's never does.
    let error = open(&note, 999).unwrap_err().to_string();
    assert!(error.contains("cosigned by nobody") && error.contains("missing: X1, X2, X3, Y1, Y2, Y3"), "{error}");
    note.cosign(&witness(9), 1).unwrap();
    assert!(open(&note, 1_000).is_ok());
    // Another log's policy, and a log that is known otherwise.
    let elsewhere = read(&example().replace(&format!("log {}", log_key().verifier()), "#")).unwrap();
    let error = elsewhere.open(&note.encode(), None, 1_000).unwrap_err();
    assert_eq!(error, NotAccepted::UnknownLog { origin: ORIGIN.to_owned() });
    assert!(elsewhere.open(&note.encode(), Some(log_key().verifier()), 1_000).is_ok());
    // A cosignature that was made over another tree spoils the note.
    let mut forged = Log::of(4).checkpoint().sign(&log.key).unwrap();
    forged.add(note.signature_of(witness(0).verifier().name(), witness(0).verifier().id()).unwrap().clone());
    assert!(matches!(policy.open(&forged.encode(), None, 1_000), Err(NotAccepted::Checkpoint(_))));
}

/// Whatever witnesses cosigned, a policy that was written and read again says the same.
fn comes_back(policy: &Policy) {
    let again = read(&policy.to_string()).unwrap();
    let logs = |policy: &Policy| policy.logs().iter().map(|log| log.key.clone()).collect::<Vec<_>>();
    assert_eq!(logs(&again), logs(policy));
    let keys = |policy: &Policy| policy.witnesses().iter().map(|witness| witness.key.clone()).collect::<Vec<_>>();
    assert_eq!(keys(&again), keys(policy));
    assert_eq!(again.to_string(), policy.to_string());
    for mask in 0_u32..1 << policy.witnesses().len().min(10) {
        let met = |policy: &Policy| {
            let keys = keys(policy);
            policy.is_met(|witness| mask & (1 << keys.iter().position(|key| *key == witness.key).unwrap()) != 0)
        };
        assert_eq!(met(&again), met(policy), "{mask:b}");
    }
}

#[test]
fn a_policy_that_is_written_says_what_was_read() {
    let example = read(&example()).unwrap();
    comes_back(&example);
    assert!(example.to_string().contains(&format!("witness Y1 {}\n", vkey(3))), "{example}");
    assert!(example.to_string().ends_with("group group-3 2 group-1 group-2\nquorum group-3\n"), "{example}");
    comes_back(&read("quorum none\n").unwrap());
    // Names that are no text, and names that are what groups would be called.
    let text = format!("witness group-1 {}\nwitness W {}\ngroup g any group-1 W\nquorum g\n", vkey(1), vkey(2));
    comes_back(&read(&text).unwrap());
    let octets = text.replace(" W", " \u{1}").into_bytes().into_iter().map(|byte| if byte == 1 { 0xff } else { byte });
    comes_back(&Policy::parse(&octets.collect::<Vec<u8>>()).unwrap());
}

proptest! {
    /// One group over single witnesses is a count of heads.
    #[test]
    fn a_threshold_counts(members in 1_u8..8, threshold in 1_u8..8, mask in any::<u8>()) {
        prop_assume!(threshold <= members);
        let mut text: String = (0..members).map(|number| format!("witness w{number} {}\n", vkey(number))).collect();
        let names: Vec<String> = (0..members).map(|number| format!("w{number}")).collect();
        text += &format!("group g {threshold} {}\nquorum g\n", names.join(" "));
        let policy = read(&text).unwrap();
        let has = |number: u8| mask & (1 << number) != 0;
        let met = policy.is_met(|witness| has(names.iter().position(|name| *name == witness.name()).unwrap() as u8));
        prop_assert_eq!(met, (0..members).filter(|number| has(*number)).count() >= usize::from(threshold));
    }

    /// One byte off in a good policy is read or refused, and never panics; more signatures never break a quorum.
    #[test]
    fn any_policy_is_read_or_refused(at in any::<prop::sample::Index>(), byte in any::<u8>(), mask in any::<u8>(), more in any::<u8>()) {
        let mut bytes = example().into_bytes();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        if let Ok(policy) = Policy::parse(&bytes) {
            let has = |mask: u8| policy.is_met(|witness| {
                let place = policy.witnesses().iter().position(|other| other == witness).unwrap();
                mask & (1 << (place % 8)) != 0
            });
            prop_assert!(!has(mask) || has(mask | more));
        }
    }
}
