//! A witness: the specification's example, each of its refusals, and that it never signs two trees, whatever comes in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// A test says what went wrong by panicking.

mod common;

use common::{Files, ORIGIN, entry, log_key};
use log::key::Algorithm;
use log::note::NoteError;
use log::proof::consistency;
use log::witness::{AnswerError, Cosigned, MAX_PROOF_LINES, Refusal, Request, RequestError, Why, cosign, read_answer};
use log::{Appender, Checkpoint, Hash, Note, SignerKey, VerifierKey};
use proptest::prelude::*;

/// The specification's own request (C2SP tlog-witness, "add-checkpoint").
const EXAMPLE: &str = "old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
";

fn witness_key() -> SignerKey {
    SignerKey::from_seed("witness.example/w1", Algorithm::CosignatureV1, &[9; 32]).unwrap()
}

fn keys() -> Vec<VerifierKey> {
    vec![log_key().verifier().clone()]
}

/// A tree whose entries are the usual ones, but from `forked` on others: two trees with another fork differ from the smaller of them on.
struct Tree {
    appender: Appender,
    files: Files,
    forked: u64,
}

impl Tree {
    fn of(size: u64, forked: u64) -> Self {
        let mut tree = Self { appender: Appender::new(), files: Files::new(), forked };
        tree.grow(size);
        tree
    }

    fn grow(&mut self, size: u64) {
        let other = |index: u64| if index < self.forked { entry(index) } else { format!("other {index}").into_bytes() };
        let entries: Vec<_> = (self.appender.size()..size).map(other).collect();
        let batch = self.appender.append(&entries).unwrap();
        self.files.extend(batch.files.into_iter().map(|(tile, bytes)| (tile.path(), bytes)));
    }

    fn note(&self) -> Note {
        let checkpoint = Checkpoint::new(ORIGIN, self.appender.size(), self.appender.root()).unwrap();
        checkpoint.sign(&log_key()).unwrap()
    }

    /// What an honest log with this tree sends to a witness that knows `old`.
    fn request(&self, old: u64) -> Request {
        let proof = consistency(&self.files, old, self.appender.size()).unwrap();
        Request::new(old, proof, self.note()).unwrap()
    }
}

fn ask(last: Option<&Cosigned>, request: &Request, now_s: u64) -> Result<Cosigned, Refusal> {
    // As it comes over the wire.
    let request = Request::parse(request.to_string().as_bytes()).unwrap();
    cosign(&witness_key(), &keys(), last, &request, now_s)
}

#[test]
fn the_specification_s_example_is_read_and_written_again() {
    let request = Request::parse(EXAMPLE.as_bytes()).unwrap();
    assert_eq!((request.old(), request.proof().len(), request.checkpoint().size()), (20_852_014, 4, 20_852_163));
    assert_eq!(request.to_string(), EXAMPLE);
}

#[test]
fn what_is_no_request_is_refused_with_its_line() {
    let error = |text: &str| Request::parse(text.as_bytes()).unwrap_err();
    let line = |text: &str| match error(text) {
        RequestError::Line { line, .. } => line,
        other => panic!("{other}"),
    };
    assert_eq!(line(""), 1);
    for old in ["old 020852014", "old +1", "old", "old  1", "Old 1", "old 18446744073709551616", "old 1 "] {
        assert_eq!(line(&EXAMPLE.replace("old 20852014", old)), 1, "{old}");
    }
    assert_eq!(line(&EXAMPLE.replace("pkaw=", "pkaw")), 2);
    assert_eq!(line(&EXAMPLE.replace("pkaw=\n", "pkaw=\r\n")), 2);
    assert_eq!(line(&EXAMPLE.replace("swk=", "swl=")), 3);
    assert_eq!(line("old 1\n"), 2);
    let hash = format!("{}\n", Hash([7; 32]));
    let long = EXAMPLE.replacen("old 20852014\n", &format!("old 1\n{}", hash.repeat(MAX_PROOF_LINES - 3)), 1);
    assert_eq!(line(&long), MAX_PROOF_LINES + 2);
    assert!(Request::parse(long.replacen(&hash, "", 1).as_bytes()).is_ok());
    assert!(matches!(error(EXAMPLE.rsplit_once("\n\n").unwrap().0), RequestError::Note(NoteError::NoSignatures)));
    assert!(matches!(error(&EXAMPLE.replace("\n20852163", "\n020852163")), RequestError::Checkpoint(_)));
    assert!(matches!(Request::parse(&[b"old 1\n", &[0xff][..]].concat()), Err(RequestError::NotText { offset: 6 })));
}

#[test]
fn a_witness_follows_a_log_and_keeps_what_it_must() {
    let mut tree = Tree::of(0, u64::MAX);
    let mut last: Option<Cosigned> = None;
    for (size, now_s) in [(0, 100), (1, 100), (5, 101), (5, 102), (8, 103), (300, 104)] {
        tree.grow(size);
        let known = last.as_ref().map_or(0, |last| last.checkpoint().size());
        let cosigned = ask(last.as_ref(), &tree.request(known), now_s).unwrap();
        assert_eq!((cosigned.checkpoint().size(), cosigned.at_s()), (size, now_s));
        let key = witness_key();
        let (line, at_s) = read_answer(&tree.note(), cosigned.answer().as_bytes(), key.verifier()).unwrap();
        assert_eq!((line.signatures().len(), at_s), (1, now_s));
        // What it keeps is all that it needs after a start.
        last = Some(Cosigned::open(&cosigned.encode(), &keys(), key.verifier()).unwrap());
        assert_eq!(last.as_ref(), Some(&cosigned));
    }
    assert!(Cosigned::open(&tree.note().encode(), &keys(), witness_key().verifier()).is_err(), "it is not cosigned");
}

#[test]
fn each_refusal_has_the_specification_s_status() {
    let (tree, small) = (Tree::of(9, u64::MAX), Tree::of(5, u64::MAX));
    let last = ask(None, &small.request(0), 100).unwrap();
    let status = |last: Option<&Cosigned>, request: &Request, now_s| {
        let refusal = ask(last, request, now_s).unwrap_err();
        (refusal.status(), refusal.known(), refusal.evidence().is_some())
    };
    let elsewhere = Checkpoint::new("other.example/log", 0, Hash([0; 32])).unwrap().sign(&log_key()).unwrap();
    assert_eq!(status(None, &Request::new(0, vec![], elsewhere).unwrap(), 100), (404, None, false));
    let mut unsigned = Note::new(tree.note().text()).unwrap();
    unsigned.sign(&SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[4; 32]).unwrap()).unwrap();
    assert_eq!(status(None, &Request::new(0, vec![], unsigned).unwrap(), 100), (403, None, false));
    assert_eq!(status(None, &Request::new(10, vec![], tree.note()).unwrap(), 100), (400, None, false));
    // A log that does not know what the witness knows begins at 0, and is told.
    assert_eq!(status(Some(&last), &tree.request(0), 100), (409, Some(5), false));
    assert_eq!(status(Some(&last), &tree.request(4), 100), (409, Some(5), false));
    // An older checkpoint is as the log was; it is not cosigned again.
    assert_eq!(status(Some(&last), &Tree::of(4, u64::MAX).request(4), 100), (409, Some(5), false));
    let shuffled = Request::new(5, tree.request(5).proof().iter().rev().copied().collect(), tree.note()).unwrap();
    assert_eq!(status(Some(&last), &shuffled, 100), (422, None, true));
    // A proof that is none, beside what was cosigned already: nothing is wrong with the log.
    let needless = Request::new(5, vec![Hash([1; 32])], small.note()).unwrap();
    assert_eq!(status(Some(&last), &needless, 100), (422, None, false));
    assert_eq!(status(None, &Request::new(0, vec![Hash([1; 32])], small.note()).unwrap(), 100), (422, None, false));
    let nothing = Checkpoint::new(ORIGIN, 0, Hash([1; 32])).unwrap().sign(&log_key()).unwrap();
    assert_eq!(status(None, &Request::new(0, vec![], nothing).unwrap(), 100), (422, None, false));
    // A day back, a second back; the same second does.
    assert_eq!(status(Some(&last), &tree.request(5), 99), (503, None, false));
    assert!(ask(Some(&last), &tree.request(5), 100).is_ok());
}

#[test]
fn two_roots_of_one_size_are_evidence() {
    let last = ask(None, &Tree::of(9, u64::MAX).request(0), 100).unwrap();
    let fork = Tree::of(9, 4);
    for (old, status, known) in [(0, 409, Some(9)), (9, 422, None)] {
        let refusal = ask(Some(&last), &fork.request(old), 200).unwrap_err();
        let evidence = refusal.evidence().unwrap();
        assert_eq!((refusal.status(), refusal.known()), (status, known));
        assert!(*evidence.why() == Why::SameSize && evidence.holds(log_key().verifier()));
        let text = evidence.to_string();
        assert!(text.starts_with("A split view of log.example/zone.") && text.contains("under two roots"), "{text}");
        assert!(text.contains(&String::from_utf8(fork.note().encode()).unwrap()), "{text}");
        assert!(!evidence.holds(witness_key().verifier()));
    }
}

#[test]
fn a_forked_log_that_proves_itself_is_evidence_and_a_bad_proof_is_none() {
    let last = ask(None, &Tree::of(9, u64::MAX).request(0), 100).unwrap();
    let fork = Tree::of(30, 4);
    let refusal = ask(Some(&last), &fork.request(9), 200).unwrap_err();
    let evidence = refusal.evidence().unwrap();
    assert!(matches!(refusal, Refusal::Split { known: 9, .. }) && refusal.status() == 422);
    assert!(evidence.holds(log_key().verifier()) && matches!(evidence.why(), Why::Fork { .. }));
    assert!(evidence.to_string().contains("changed afterwards"));
    // Whoever has an honest log's newer checkpoint cannot make it look as if it had forked.
    let honest = Tree::of(30, u64::MAX);
    let mut made_up = fork.request(9).proof().to_vec();
    made_up.rotate_left(1);
    for proof in [vec![], made_up, fork.request(9).proof().to_vec()] {
        let refusal = ask(Some(&last), &Request::new(9, proof, honest.note()).unwrap(), 200).unwrap_err();
        let evidence = refusal.evidence().unwrap();
        assert!(matches!(refusal, Refusal::Unproven { known: 9, .. }) && refusal.status() == 422);
        assert!(!evidence.holds(log_key().verifier()));
        assert!(evidence.to_string().contains("no proof of anything yet"));
    }
}

#[test]
fn of_an_answer_only_the_witness_s_own_line_counts() {
    let tree = Tree::of(5, u64::MAX);
    let (note, key) = (tree.note(), witness_key());
    let cosigned = ask(None, &tree.request(0), 100).unwrap();
    let line = cosigned.answer();
    let read = |answer: &str| read_answer(&note, answer.as_bytes(), key.verifier());
    let stranger = SignerKey::from_seed("witness.example/w2", Algorithm::CosignatureV1, &[8; 32]).unwrap();
    let other = cosign(&stranger, &keys(), None, &tree.request(0), 100).unwrap().answer();
    assert_eq!(read(&format!("{other}{line}")).unwrap().0.signatures().len(), 1);
    assert!(matches!(read(&other), Err(AnswerError::Note(NoteError::Unknown { .. }))));
    // Another tree cosigned, another key under the same name, half a line, a page of HTML, a second text.
    let elsewhere = ask(None, &Tree::of(5, 3).request(0), 100).unwrap().answer();
    assert!(matches!(read(&elsewhere), Err(AnswerError::Note(NoteError::Wrong { .. }))));
    let thief = SignerKey::from_seed("witness.example/w1", Algorithm::CosignatureV1, &[8; 32]).unwrap();
    assert!(read(&cosign(&thief, &keys(), None, &tree.request(0), 100).unwrap().answer()).is_err());
    for answer in ["", "\n", &line[..20], "<html>\n", &format!("x\n\n{line}"), &format!("\n{line}")] {
        assert!(read(answer).is_err(), "{answer}");
    }
    assert!(matches!(read(&"x".repeat(70_000)), Err(AnswerError::TooLong(70_000))));
}

proptest! {
    /// Whatever is asked in whatever order, what a witness cosigned is one growing tree, at times that do not go back.
    #[test]
    fn a_witness_never_signs_two_trees(
        asks in prop::collection::vec((0_u64..40, 0_u64..40, 0_u64..40, any::<bool>(), 0_u64..50), 1..40)
    ) {
        let mut last: Option<Cosigned> = None;
        for (size, old, forked, honest, now_s) in asks {
            let tree = Tree::of(size, if honest { u64::MAX } else { forked });
            let known = last.as_ref().map_or(0, |last| last.checkpoint().size());
            let old = if honest { known.min(size) } else { old.min(size) };
            match ask(last.as_ref(), &tree.request(old), now_s) {
                Ok(cosigned) => {
                    if let Some(last) = &last {
                        prop_assert!(cosigned.at_s() >= last.at_s() && size >= known);
                        // The tree that was cosigned begins as the last one did.
                        let begins = Tree::of(known, tree.forked);
                        prop_assert_eq!(&begins.appender.root(), last.checkpoint().root());
                    }
                    last = Some(cosigned);
                }
                Err(refusal) => {
                    prop_assert!([409, 422, 503].contains(&refusal.status()), "{}", refusal);
                    if let (Some(evidence), Some(last)) = (refusal.evidence(), &last) {
                        let splits = Tree::of(known.min(size), tree.forked).appender.root() != *last.checkpoint().root();
                        // Evidence is only ever of what is so.
                        prop_assert!(!evidence.holds(log_key().verifier()) || splits || size < known);
                    }
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_read_as_a_request_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), cut in 0_usize..800) {
        if let Ok(request) = Request::parse(&bytes) {
            let written = request.to_string();
            prop_assert_eq!(written.as_bytes(), &bytes[..]);
        }
        let example = EXAMPLE.as_bytes();
        let mut mixed = example[..cut.min(example.len())].to_vec();
        mixed.extend_from_slice(&bytes);
        if let Ok(request) = Request::parse(&mixed) {
            let written = request.to_string();
            prop_assert_eq!(written.as_bytes(), &mixed[..]);
        }
    }
}
