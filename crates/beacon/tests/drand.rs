//! drand: real rounds of real chains are accepted, everything else is refused, and the rounds' times are those of the chain.
//!
//! The rounds were published by the League of Entropy; each says where it was recorded.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use beacon::drand::{DrandError, Scheme};
use beacon::{Chain, Round};
use proptest::prelude::*;

/// Rounds of quicknet: 42 from docs.drand.love ("Our HTTP API"), 123 from the tests of noislabs/drand-verify, 1000 from docs.drand.love, 657413 with
/// its randomness from the readme of mcdcam/python-drand-verify.
const QUICKNET: [(u64, &str, &str); 4] = [
    (42, "95a9f9f5b231b7714de1553105d8ffdf3dcda24cfdb1e689319bccf79a9c8ce430a91b811fbfaf763900bc998b5d686a", ""),
    (123, "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92", ""),
    (
        1000,
        "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
        "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
    ),
    (
        657_413,
        "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
        "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587",
    ),
];

/// The League of Entropy's first chain, and its round 72785 (drand-verify's tests, from drand.cloudflare.com).
const CHAINED: &str = r#"{"public_key":"868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31","period":30,"genesis_time":1595431050,"hash":"8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce","groupHash":"176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a","schemeID":"pedersen-bls-chained","metadata":{"beaconID":"default"}}"#;
const CHAINED_ROUND: &str = r#"{"round":72785,"randomness":"8b676484b5fb1f37f9ec5c413d7d29883504e5b669f604a1ce68b3388e9ae3d9","signature":"82f5d3d2de4db19d40a6980e8aa37842a0e55d1df06bd68bddc8d60002e8e959eb9cfa368b3c1b77d18f02a54fe047b80f0989315f83b12a74fd8679c4f12aae86eaf6ab5690b34f1fddd50ee3cc6f6cdf59e95526d5a5d82aaa84fa6f181e42","previous_signature":"a609e19a03c2fcc559e8dae14900aaefe517cb55c840f6e69bc8e4f66c8d18e8a609685d9917efbfb0c37f058c2de88f13d297c7e19e0ab24813079efe57a182554ff054c7638153f9b26a60e7111f71a0ff63d9571704905d3ca6df0b031747"}"#;

/// An unchained test network, and its round 223344 (drand-verify's tests, from pl-us.testnet.drand.sh).
const UNCHAINED: &str = r#"{"public_key":"8200fc249deb0148eb918d6e213980c5d01acd7fc251900d9260136da3b54836ce125172399ddc69c4e3e11429b62c11","genesis_time":1651677099,"period":3,"schemeID":"pedersen-bls-unchained","groupHash":"65083634d852ae169e21b6ce5f0410be9ed4cc679b9970236f7875cff667e13d","hash":"7672797f548f3f4748ac4bf3352fc6c6b6468c9ad40ad456a397545c6e2df5bf","metadata":{"beaconID":"testnet-unchained-3s"}}"#;
const UNCHAINED_ROUND: &str = r#"{"round":223344,"signature":"94f6b85df7cce7237e8e7df66d794ddad092de5d8bb6a791b97e905aa89852e506ac36a792eba7021e22eebf34891f8914bf9a8dd9233ea0a4c5ca00ef8404999f899073dd2eade61fe54077fee8168f83dcb61a758b6883b38904054e64a433"}"#;

fn round(number: u64, signature: &str) -> Round {
    Round { round: number, signature: hex::decode(signature).unwrap(), previous: Vec::new() }
}

#[test]
fn real_rounds_of_quicknet_are_accepted() {
    let chain = Chain::quicknet().unwrap();
    assert_eq!(chain.to_string(), "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971");
    assert_eq!(chain.scheme(), Scheme::UnchainedOnG1);
    for (number, signature, randomness) in QUICKNET {
        let randomness_found = hex::encode(chain.verify(&round(number, signature)).unwrap());
        assert!(randomness.is_empty() || randomness_found == randomness, "{number}: {randomness_found}");
    }
}

#[test]
fn real_rounds_of_older_schemes_are_accepted() {
    for (info, answer, number) in [(CHAINED, CHAINED_ROUND, 72_785), (UNCHAINED, UNCHAINED_ROUND, 223_344)] {
        let chain = Chain::read(info.as_bytes()).unwrap();
        let round = Round::read(answer.as_bytes(), number).unwrap();
        assert!(chain.verify(&round).is_ok());
        let other = Round { round: number + 1, ..round.clone() };
        assert_eq!(chain.verify(&other), Err(DrandError::Signature(number + 1)));
        let mut broken_link = round;
        broken_link.previous.push(0);
        assert_eq!(chain.verify(&broken_link), Err(DrandError::Signature(number)));
    }
}

#[test]
fn a_round_that_was_tampered_with_is_refused() {
    let chain = Chain::quicknet().unwrap();
    let real = round(QUICKNET[0].0, QUICKNET[0].1);
    for bit in 0..real.signature.len() * 8 {
        let mut round = real.clone();
        round.signature[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(chain.verify(&round), Err(DrandError::Signature(42)), "bit {bit}");
    }
    for wrong in [
        Round { round: 43, ..real.clone() },
        round(42, QUICKNET[1].1),
        Round { signature: Vec::new(), ..real.clone() },
        Round { signature: real.signature[..47].to_vec(), ..real.clone() },
        Round { signature: [real.signature.clone(), vec![0]].concat(), ..real.clone() },
        Round { previous: vec![1], ..real.clone() },
        // The point at infinity, which a forger would like to pass for any round.
        Round { signature: [vec![0xc0], vec![0; 47]].concat(), ..real.clone() },
    ] {
        assert_eq!(chain.verify(&wrong), Err(DrandError::Signature(wrong.round)));
    }
    let other = Chain::read(UNCHAINED.as_bytes()).unwrap();
    assert!(other.verify(&real).is_err(), "a round of one chain passes for another's");
}

#[test]
fn an_answer_to_another_question_is_refused() {
    assert_eq!(
        Round::read(CHAINED_ROUND.as_bytes(), 72_786),
        Err(DrandError::OtherRound { asked: 72_786, answered: 72_785 })
    );
    let lied = CHAINED_ROUND.replace("8b6764", "8b6765");
    assert_eq!(Round::read(lied.as_bytes(), 72_785), Err(DrandError::Randomness(72_785)));
    for junk in ["", "{}", "[]", r#"{"round":-1,"signature":""}"#, r#"{"round":1,"signature":"xyz"}"#] {
        assert!(matches!(Round::read(junk.as_bytes(), 1), Err(DrandError::Malformed(_))), "{junk}");
    }
    let large = format!("{{\"round\":1,\"signature\":\"{}\"}}", "00".repeat(20_000));
    assert!(matches!(Round::read(large.as_bytes(), 1), Err(DrandError::Malformed(_))));
}

#[test]
fn a_chain_is_held_against_its_own_hash() {
    let info = include_str!("../src/quicknet.json");
    for (from, to) in [
        ("1692803367", "1692803368"),
        ("\"period\": 3", "\"period\": 4"),
        ("f477d5", "f477d6"),
        ("\"quicknet\"", "\"slownet\""),
        ("52db9b", "52db9c"),
    ] {
        let changed = Chain::read(info.replacen(from, to, 1).as_bytes());
        assert!(matches!(changed, Err(DrandError::Hash { .. })), "{from}: {changed:?}");
    }
    let fastnet = info.replace("bls-unchained-g1-rfc9380", "bls-unchained-on-g1");
    assert!(matches!(Chain::read(fastnet.as_bytes()), Err(DrandError::Scheme(_))));
    assert!(matches!(
        Chain::read(info.replace("\"period\": 3", "\"period\": 0").as_bytes()),
        Err(DrandError::Malformed(_))
    ));
}

#[test]
fn rounds_have_their_times() {
    let chain = Chain::quicknet().unwrap();
    // 20 April 2026, 00:00 and 12:30:45 UTC, as the Ruby client of drand says.
    assert_eq!(chain.time_ms(27_946_612), Some(1_776_643_200_000));
    assert_eq!(chain.round_from(1_776_643_200_000), Some(27_946_612));
    assert_eq!(chain.round_from(1_776_643_200_001), Some(27_946_613));
    assert_eq!(chain.round_from(1_776_688_245_000), Some(27_961_627));
    assert_eq!(chain.round_from(i64::MIN), Some(1));
    assert_eq!(chain.time_ms(0), None);
    assert_eq!(chain.time_ms(u64::MAX), None);
    assert!(chain.round_from(i64::MAX).is_some());
}

proptest! {
    /// The round for an instant is never before it, and no earlier round would do.
    #[test]
    fn no_round_before_its_instant(at_ms in 1_692_803_367_000_i64..4_000_000_000_000) {
        let chain = Chain::quicknet().unwrap();
        let round = chain.round_from(at_ms).unwrap();
        prop_assert!(chain.time_ms(round).unwrap() >= at_ms);
        prop_assert!(round == 1 || chain.time_ms(round - 1).unwrap() < at_ms);
    }
}
