//! Whatever is cut, flipped, inserted or made up is refused with a place, and nothing panics.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // A failed test is a panic.

mod common;

use common::*;
use credential::{
    Certificate, Fault, Input, Malformed, Place, SignedStatusList, Status, StatusListRefused, Verdict, verify,
};
use proptest::prelude::*;

fn is_valid<'a>(input: impl Into<Input<'a>>) -> bool {
    matches!(verify(input, &issuer().trusted(), NOW_S, None), Verdict::Valid(_))
}

/// With and without proof, long and short.
fn samples() -> Vec<Certificate> {
    let bare = issuer().issue(&bare_claims()).unwrap();
    vec![certificate(), certificate().with_inclusion(PROOF).unwrap(), bare]
}

/// Every way to flip one bit, drop one byte, repeat one byte, or cut the end.
fn altered(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let flipped = (0..bytes.len() * 8).map(|bit| {
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        flipped
    });
    let dropped = (0..bytes.len()).map(|at| [&bytes[..at], &bytes[at + 1..]].concat());
    let repeated = (0..bytes.len()).map(|at| [&bytes[..=at], &bytes[at..]].concat());
    let cut = (0..bytes.len()).map(|at| bytes[..at].to_vec());
    flipped.chain(dropped).chain(repeated).chain(cut)
}

#[test]
fn no_single_change_to_a_text_goes_unseen() {
    for certificate in samples() {
        let text = certificate.to_text();
        assert!(is_valid(text.as_str()));
        for altered in altered(text.as_bytes()).filter(|altered| altered != text.as_bytes()) {
            let Ok(altered) = String::from_utf8(altered) else {
                continue;
            };
            assert!(!is_valid(altered.as_str()), "{altered}");
        }
    }
}

/// Below the characters: what a scanner that reads bytes, or another writer, might get wrong.
#[test]
fn no_single_change_to_the_packed_bytes_goes_unseen() {
    for certificate in samples() {
        let packed = base45::decode(&certificate.to_text()[4..]).unwrap();
        for altered in altered(&packed).filter(|altered| *altered != packed) {
            let text = format!("PJ1:{}", base45::encode(&altered));
            assert!(!is_valid(text.as_str()), "{text}");
        }
    }
}

#[test]
fn no_single_change_to_a_message_goes_unseen() {
    for certificate in samples() {
        let message = certificate.to_cose_bytes();
        assert!(is_valid(message.as_slice()));
        for altered in altered(&message).filter(|altered| *altered != message) {
            assert!(!is_valid(altered.as_slice()), "{}", hex::encode(altered));
        }
    }
}

#[test]
fn no_single_change_to_a_status_list_goes_unseen() {
    let message = list(Status::Invalid).to_cose_bytes();
    assert!(SignedStatusList::verify(&message, &issuer().trusted()).is_ok());
    for altered in altered(&message).filter(|altered| *altered != message) {
        assert!(SignedStatusList::verify(&altered, &issuer().trusted()).is_err());
    }
}

#[test]
fn a_fault_has_a_place() {
    let text = certificate().to_text();
    let says = |text: &str| Certificate::read_text(text).map(drop).unwrap_err();
    let malformed = |place, fault| Malformed { place, fault };
    assert_eq!(says(&text[1..]), malformed(Place::Text(0), Fault::WrongPrefix));
    assert_eq!(says(&text.replace("PJ1:", "HC1:")), malformed(Place::Text(0), Fault::WrongPrefix));
    assert_eq!(says(&format!("{}~{}", &text[..40], &text[41..])), malformed(Place::Text(40), Fault::NotBase45));
    let packed = base45::decode(&text[4..]).unwrap();
    let cut = format!("PJ1:{}", base45::encode(&packed[..packed.len() - 1]));
    assert_eq!(says(&cut), malformed(Place::Compressed, Fault::Truncated));
    assert_eq!(says("PJ1:"), malformed(Place::Compressed, Fault::Truncated));

    let message = certificate().to_cose_bytes();
    let says = |message: &[u8]| Certificate::read(message).map(drop).unwrap_err();
    let end = message.len();
    assert_eq!(says(&[]), malformed(Place::Message(0), Fault::Truncated));
    assert_eq!(says(&message[1..]), malformed(Place::Message(0), Fault::NotSign1));
    assert_eq!(says(&[&message[..], &[0]].concat()), malformed(Place::Message(end), Fault::TrailingBytes));
    assert_eq!(
        says(&[&message[..1], &[0x9f], &message[2..]].concat()),
        malformed(Place::Message(2), Fault::Indefinite)
    );
}

/// RFC 8392 appendix A.3 is signed with ES256.
#[test]
fn another_algorithm_is_refused_by_name() {
    let example = "d28443a10126a104524173796d6d657472696345434453413235365850a70175636f61703a2f2f61732e6578616d\
         706c652e636f6d02656572696b77037818636f61703a2f2f6c696768742e6578616d706c652e636f6d041a5612aeb0051a5610\
         d9f0061a5610d9f007420b7158405427c1ff28d23fbad1f29c4c7c6a555e601d6fa29f9179bc3d7438bacaca5acd08c8d4d4f9\
         6131680c429a01f85951ecee743a52b9b63632c57209120e1c9e30";
    let refused = Certificate::read(&hex::decode(example).unwrap()).unwrap_err();
    assert_eq!(refused, Malformed { place: Place::Header(1), fault: Fault::WrongAlgorithm });
}

#[test]
fn one_kind_of_message_does_not_pass_for_the_other() {
    let list = list(Status::Valid).to_cose_bytes();
    let wrong_type = Malformed { place: Place::Header(16), fault: Fault::WrongType };
    assert_eq!(Certificate::read(&list).map(drop), Err(wrong_type.clone()));
    let certificate = certificate().to_cose_bytes();
    let refused = SignedStatusList::verify(&certificate, &issuer().trusted()).map(drop);
    assert_eq!(refused, Err(StatusListRefused::Malformed(wrong_type)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_claims_survive_and_any_change_is_seen(
        case in "\\PC{1,40}",
        facts in proptest::collection::btree_map("[a-z]{1,12}", "\\PC{0,60}", 0..8),
        times in (0..4_000_000_000i64, 0..4_000_000_000i64, 1..4_000_000_000i64),
        id in proptest::collection::vec(any::<u8>(), 1..40),
        index in any::<u64>(),
        change in (any::<proptest::sample::Index>(), 1..=255u8),
    ) {
        let (issued_s, not_before_s, length_s) = times;
        let mut claims = credential::Claims {
            case, facts, issued_s, not_before_s, id, expires_s: Some(not_before_s + length_s), ..claims()
        };
        claims.status.as_mut().unwrap().index = index;
        let certificate = issuer().issue(&claims).unwrap();
        let verdict = verify(certificate.to_text().as_str(), &issuer().trusted(), not_before_s, None);
        let Verdict::Valid(valid) = verdict else { panic!("{verdict:?}") };
        prop_assert_eq!(valid.certificate.claims(), &claims);

        let mut message = certificate.to_cose_bytes();
        let at = change.0.index(message.len());
        message[at] ^= change.1;
        let verdict = verify(message.as_slice(), &issuer().trusted(), not_before_s, None);
        prop_assert!(!matches!(verdict, Verdict::Valid(_)));
    }

    #[test]
    fn no_bytes_cause_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,200}") {
        let keys = issuer().trusted();
        prop_assert!(!is_valid(bytes.as_slice()));
        prop_assert!(!is_valid([&[0xd2], &bytes[..]].concat().as_slice()));
        prop_assert!(!is_valid(text.as_str()));
        let packed = format!("PJ1:{}", base45::encode(&bytes));
        prop_assert!(!is_valid(packed.as_str()));
        prop_assert!(SignedStatusList::verify(&bytes, &keys).is_err());
    }
}
