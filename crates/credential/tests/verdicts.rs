//! Every verdict that a verifier can come to, and what comes with it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // A failed test is a panic.

mod common;

use common::*;
use credential::{
    Certificate, Fault, Input, Issuer, Malformed, Place, Status, StatusBits, StatusCheck, StatusGap, StatusList,
    StatusListTerms, TrustedKeys, Verdict, verify,
};
use ed25519_dalek::SigningKey;

#[test]
fn the_claims_survive_the_way_to_paper_and_back() {
    for claims in [claims(), bare_claims()] {
        let issuer = issuer();
        let certificate = issuer.issue(&claims).unwrap();
        let text = certificate.to_text();
        assert!(text.starts_with("PJ1:"), "{text}");
        let message = certificate.to_cose_bytes();
        for input in [Input::from(text.as_str()), Input::from(message.as_slice())] {
            let Verdict::Valid(valid) = verify(input, &issuer.trusted(), NOW_S, None) else { panic!("refused") };
            assert_eq!(valid.certificate.claims(), &claims);
            assert_eq!(valid.certificate, certificate);
            assert!(!valid.has_inclusion);
        }
    }
}

#[test]
fn a_proof_is_attached_without_the_key_and_comes_back() {
    let synced = Certificate::read(&certificate().to_cose_bytes()).unwrap().with_inclusion(PROOF).unwrap();
    let Verdict::Valid(valid) = verify(synced.to_text().as_str(), &issuer().trusted(), NOW_S, None) else {
        panic!("refused")
    };
    assert!(valid.has_inclusion);
    assert_eq!(valid.certificate.inclusion(), Some(PROOF));
    let again = synced.with_inclusion(b"a later proof").unwrap();
    assert_eq!(again.inclusion(), Some(&b"a later proof"[..]));
}

#[test]
fn time_is_judged_to_the_second() {
    let at = |now_s| verify(certificate().to_text().as_str(), &issuer().trusted(), now_s, None);
    assert!(matches!(at(FROM_S - 1), Verdict::NotYetValid { from_s: FROM_S, .. }));
    assert_eq!(at(FROM_S).code(), "valid");
    assert_eq!(at(UNTIL_S - 1).code(), "valid");
    assert!(matches!(at(UNTIL_S), Verdict::Expired { since_s: UNTIL_S, .. }));
}

#[test]
fn the_list_revokes_and_suspends() {
    let with = |entry, now_s| verify(certificate().to_text().as_str(), &issuer().trusted(), now_s, Some(&list(entry)));
    let Verdict::Valid(valid) = with(Status::Valid, NOW_S) else { panic!("refused") };
    assert_eq!(valid.status, StatusCheck::Good { as_of_s: FROM_S });
    assert_eq!(with(Status::Invalid, NOW_S).code(), "revoked");
    assert_eq!(with(Status::Suspended, NOW_S).code(), "suspended");
    assert!(matches!(with(Status::Other, NOW_S), Verdict::StatusUnknown { gap: StatusGap::NoMeaning, .. }));
    // Revoked weighs more than expired, expired more than suspended.
    assert_eq!(with(Status::Invalid, UNTIL_S).code(), "revoked");
    assert_eq!(with(Status::Suspended, UNTIL_S).code(), "expired");
}

#[test]
fn a_list_that_cannot_say_is_no_permission() {
    let judged = |zone: &str, terms: StatusListTerms, entries| {
        let list = StatusList::new(StatusBits::One, entries).unwrap();
        let signed = Issuer::new(zone, SigningKey::from_bytes(&[7; 32])).issue_status_list(&list, &terms).unwrap();
        match verify(certificate().to_text().as_str(), &issuer().trusted(), NOW_S, Some(&signed)) {
            Verdict::StatusUnknown { gap, .. } => gap,
            other => panic!("{other:?}"),
        }
    };
    let uri = "https://zone.example/status/2".to_owned();
    let other = StatusListTerms { uri: uri.clone(), ..terms() };
    assert_eq!(judged(ZONE, other, 100), StatusGap::OtherList { wanted: LIST.to_owned(), given: uri });
    assert_eq!(judged("else", terms(), 100), StatusGap::OtherZone { given: "else".to_owned() });
    // 70 entries at one bit are 9 bytes, so 72 entries.
    assert_eq!(judged(ZONE, terms(), 70), StatusGap::NoEntry { index: 77, entries: 72 });
    let old = StatusListTerms { expires_s: Some(NOW_S), ..terms() };
    assert_eq!(judged(ZONE, old, 100), StatusGap::ListExpired { since_s: NOW_S });
}

#[test]
fn another_zones_signature_is_named() {
    let stranger = Issuer::new("other.example", SigningKey::from_bytes(&[8; 32]));
    let claims = credential::Claims { zone: "other.example".to_owned(), ..claims() };
    let text = stranger.issue(&claims).unwrap().to_text();
    let Verdict::UnknownKey { zone, kid } = verify(text.as_str(), &issuer().trusted(), NOW_S, None) else {
        panic!("taken")
    };
    assert_eq!((zone.as_str(), &kid), ("other.example", stranger.key_id()));
    // The stranger's key is known, but for its own zone: it cannot speak in ours.
    let keys = issuer().trusted().with("other.example", stranger.key_id().clone(), stranger.public_key());
    let posing = Issuer::new(ZONE, SigningKey::from_bytes(&[8; 32])).issue(&common::claims()).unwrap();
    assert_eq!(verify(posing.to_text().as_str(), &keys, NOW_S, None).code(), "unknown-key");
    assert_eq!(verify(text.as_str(), &TrustedKeys::new(), NOW_S, None).code(), "unknown-key");
}

#[test]
fn a_forgery_under_our_key_id_is_a_bad_signature() {
    let forger = Issuer::with_kid(ZONE, issuer().key_id().clone(), SigningKey::from_bytes(&[8; 32]));
    let text = forger.issue(&claims()).unwrap().to_text();
    let verdict = verify(text.as_str(), &issuer().trusted(), NOW_S, None);
    assert_eq!(verdict, Verdict::BadSignature { zone: ZONE.to_owned(), kid: issuer().key_id().clone() });
}

#[test]
fn an_issuer_refuses_what_no_verifier_would_read() {
    let refused = |claims: credential::Claims| {
        let Malformed { place, fault } = issuer().issue(&claims).unwrap_err();
        (place, fault)
    };
    let claim = |name, fault| (Place::Claim(name), fault);
    let claims = claims();
    let changed = |change: fn(&mut credential::Claims)| {
        let mut changed = claims.clone();
        change(&mut changed);
        refused(changed)
    };
    assert_eq!(changed(|claims| claims.zone = "else".to_owned()), claim("zone", Fault::Unexpected));
    assert_eq!(changed(|claims| claims.id.clear()), claim("id", Fault::WrongKind));
    assert_eq!(changed(|claims| claims.issued_s = -1), claim("issued", Fault::OutOfRange));
    assert_eq!(changed(|claims| claims.expires_s = Some(FROM_S)), claim("expires", Fault::OutOfRange));
    assert_eq!(changed(|claims| claims.expires_s = Some(i64::MAX)), claim("expires", Fault::OutOfRange));
    let limit = credential::MESSAGE_BYTES_MAX;
    let long = changed(|claims| claims.case = "x".repeat(20_000));
    assert_eq!(long, (Place::Message(limit), Fault::TooLong { limit }));
}

#[test]
fn a_file_may_hold_either_form() {
    let certificate = certificate();
    for end in ["", "\n", "\r\n"] {
        let file = format!("{}{end}", certificate.to_text());
        assert_eq!(verify(Input::from_file(file.as_bytes()), &issuer().trusted(), NOW_S, None).code(), "valid");
    }
    let file = certificate.to_cose_bytes();
    assert_eq!(verify(Input::from_file(&file), &issuer().trusted(), NOW_S, None).code(), "valid");
}

#[test]
fn what_editors_and_pages_put_around_a_text_is_no_part_of_it() {
    let text = certificate().to_text();
    for (before, after) in
        [("\u{feff}", "\r\n"), ("  \t", " \n\n"), ("\u{2068}", "\u{2069}"), ("\n\u{200f}", "\u{200e}")]
    {
        let file = format!("{before}{text}{after}");
        for input in [Input::from_file(file.as_bytes()), Input::from(file.as_str())] {
            assert_eq!(verify(input, &issuer().trusted(), NOW_S, None).code(), "valid", "{before:?} {after:?}");
        }
    }
}

#[test]
fn another_text_is_told_how_ours_begin() {
    for file in ["", "HC1:NCF", "https://zone.example/PJ1:", "pj1:AB", "certificate"] {
        let verdict = verify(Input::from_file(file.as_bytes()), &issuer().trusted(), NOW_S, None);
        assert_eq!(malformed(verdict), (Place::Text(0), Fault::WrongPrefix), "{file}");
    }
    // What is no text is no message either.
    let verdict = verify(Input::from_file(b"\x89PNG\r\n"), &issuer().trusted(), NOW_S, None);
    assert!(matches!(malformed(verdict), (Place::Message(0), _)));
}

fn malformed(verdict: Verdict) -> (Place, Fault) {
    match verdict {
        Verdict::Malformed(malformed) => (malformed.place, malformed.fault),
        other => panic!("{other:?}"),
    }
}
