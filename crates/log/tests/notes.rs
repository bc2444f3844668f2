//! Signed notes: Go's published example, strictness, and one bit off.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// A test says what went wrong by panicking.

use log::key::Algorithm;
use log::note::{MAX_NOTE_BYTES, MAX_SIGNATURES, NoteError};
use log::{Note, SignerKey, VerifierKey};
use proptest::prelude::*;

// The example of the documentation of Go's note package.
const SECRET: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const TEXT: &str =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const LINE: &str =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn signer() -> SignerKey {
    SECRET.parse().unwrap()
}

fn example() -> String {
    format!("{TEXT}\n{LINE}")
}

#[test]
fn go_s_example_is_signed_and_verified_byte_for_byte() {
    let mut note = Note::new(TEXT).unwrap();
    note.sign(&signer()).unwrap();
    assert_eq!(String::from_utf8(note.encode()).unwrap(), example());
    let read = Note::parse(example().as_bytes()).unwrap();
    assert_eq!(read, note);
    let verified = read.verify(&[signer().verifier().clone()]).unwrap();
    assert_eq!((verified.len(), verified[0].name.as_str(), verified[0].posix_s), (1, "PeterNeumann", None));
}

#[test]
fn signing_again_replaces_and_the_text_may_have_empty_lines() {
    let mut note = Note::new("a\n\n\nb\n\n").unwrap();
    note.sign(&signer()).unwrap();
    note.sign(&signer()).unwrap();
    let read = Note::parse(&note.encode()).unwrap();
    assert_eq!((read.text(), read.signatures().len()), ("a\n\n\nb\n\n", 1));
}

#[test]
fn what_is_not_a_note_is_refused_with_its_reason() {
    let error = |text: &str| Note::parse(text.as_bytes()).unwrap_err();
    assert_eq!(error(""), NoteError::NoSignatures);
    assert_eq!(error(TEXT), NoteError::NoSignatures);
    assert_eq!(error(&format!("{TEXT}\n")), NoteError::NoSignatures);
    assert_eq!(error(example().trim_end()), NoteError::NoSignatures);
    assert_eq!(error(&example().replace("— ", "- ")), NoteError::Line { line: 1 });
    assert_eq!(error(&example().replace("nAM=", "nAM")), NoteError::Line { line: 1 });
    assert_eq!(error(&example().replace("nAM=", "nAN=")), NoteError::Line { line: 1 });
    assert_eq!(error(&example().replace(" x08", "  x08")), NoteError::Line { line: 1 });
    assert_eq!(error(&example().replace("Peter", "Pe+er")), NoteError::Line { line: 1 });
    assert_eq!(error(&example().replace("Peter", "Pe\u{a0}er")), NoteError::Line { line: 1 });
    assert_eq!(error(&format!("{TEXT}\n— a AAAAAA==\n")), NoteError::Line { line: 1 });
    assert_eq!(error(&format!("{}x\n", example())), NoteError::Line { line: 2 });
    assert_eq!(error(&example().replace('y', "\r")), NoteError::NotText { offset: 3 });
    assert_eq!(Note::parse(b"ab\xff\n\n").unwrap_err(), NoteError::NotText { offset: 2 });
    assert_eq!(Note::parse(&vec![b'\n'; MAX_NOTE_BYTES + 1]).unwrap_err(), NoteError::TooLong(MAX_NOTE_BYTES + 1));
    assert_eq!(error(&format!("{TEXT}\n{}", LINE.repeat(MAX_SIGNATURES + 1))), NoteError::TooManySignatures);
    assert!(Note::parse(format!("{TEXT}\n{}", LINE.repeat(MAX_SIGNATURES)).as_bytes()).is_ok());
    assert_eq!(Note::new("no end").unwrap_err(), NoteError::NoNewline);
}

#[test]
fn unknown_signers_are_passed_over_and_wrong_ones_are_not() {
    let known = [signer().verifier().clone()];
    let stranger = SignerKey::from_seed("stranger", Algorithm::Ed25519, &[1; 32]).unwrap();
    let mut note = Note::new(TEXT).unwrap();
    note.sign(&stranger).unwrap();
    assert!(matches!(note.verify(&known), Err(NoteError::Unknown { signers }) if signers.len() == 1));
    note.sign(&signer()).unwrap();
    assert_eq!(note.verify(&known).unwrap().len(), 1);
    let changed = String::from_utf8(note.encode()).unwrap().replace("think", "thank");
    let error = Note::parse(changed.as_bytes()).unwrap().verify(&known).unwrap_err();
    assert_eq!(error, NoteError::Wrong { name: "PeterNeumann".into(), id: 0xc74f_20a3 });
    // A second, wrong signature under a known key's name is not hidden by a right one before it.
    let twice = format!("{}{}", example(), LINE.replace("ZJku", "ZJkv"));
    assert!(matches!(Note::parse(twice.as_bytes()).unwrap().verify(&known), Err(NoteError::Wrong { .. })));
}

proptest! {
    #[test]
    fn one_flipped_bit_is_never_verified(byte in 0_usize..210, bit in 0_u32..8) {
        let mut bytes = example().into_bytes();
        let place = byte % bytes.len();
        bytes[place] ^= 1_u8 << bit;
        let known = [signer().verifier().clone()];
        prop_assert!(Note::parse(&bytes).and_then(|note| note.verify(&known)).is_err());
    }

    #[test]
    fn what_is_read_is_written_again(text in "[a-z\n—\u{a0}]{0,40}", names in proptest::collection::vec("[a-z/.]{1,8}", 1..5)) {
        let text = format!("{text}\n");
        let mut note = Note::new(&text).unwrap();
        for name in &names {
            note.sign(&SignerKey::from_seed(name, Algorithm::Ed25519, &[8; 32]).unwrap()).unwrap();
        }
        let read = Note::parse(&note.encode()).unwrap();
        prop_assert_eq!(read.text(), text.as_str());
        prop_assert_eq!(read, note);
    }

    #[test]
    fn any_key_text_is_read_or_refused_and_written_again(text in "(PRIVATE\\+KEY\\+)?[a-z +]{0,6}\\+[0-9a-f]{7,9}\\+[A-Za-z0-9+/=]{0,46}") {
        if let Ok(key) = text.parse::<VerifierKey>() {
            prop_assert_eq!(key.to_string(), text.clone());
        }
        if let Ok(key) = text.parse::<SignerKey>() {
            prop_assert_eq!(key.encode_secret(), text);
        }
    }
}
