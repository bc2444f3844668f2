//! What auditors hand in: taken once, from named auditors alone, over trees that the log's key signed; and what contradicts the zone stays for good.

use app::log::key::Algorithm;
use app::log::{Checkpoint, Hash, SignerKey};
use app::record::audited::{AuditNoteError, Audited, NOTE_BYTES_MAX, Scope};
use app::{AppError, AuditRefusal, Reported, jobs};
use store::{EntryQuery, Put};

use crate::house::House;

const ORIGIN: &str = "little.example/log";

fn key(name: &str, seed: u8) -> SignerKey {
    SignerKey::from_seed(name, Algorithm::Ed25519, &[seed; 32]).unwrap()
}

fn auditor() -> SignerKey {
    key("auditor.example/a", 50)
}

fn now_s(house: &House) -> u64 {
    house.app.clock.system().as_second().try_into().unwrap()
}

fn audited(faults: u64, at_s: u64) -> Audited {
    Audited {
        scope: Scope::Record,
        from: 0,
        acts: 3,
        erased: 0,
        not_followed: 0,
        outcomes: true,
        faults,
        remarks: 0,
        found: Vec::new(),
        program: "panjereh test".to_owned(),
        at_s,
    }
}

/// The zone's newest checkpoint.
fn published(house: &House) -> Vec<u8> {
    house.app.checkpoint().unwrap().note.to_vec()
}

/// A checkpoint that the zone's key signed, whatever the zone has.
fn forked(size: u64, root: u8) -> Vec<u8> {
    Checkpoint::new(ORIGIN, size, Hash([root; 32])).unwrap().sign(&key(ORIGIN, 1)).unwrap().encode()
}

fn note(audited: &Audited, checkpoint: &[u8], auditor: &SignerKey) -> Vec<u8> {
    audited.sign(checkpoint, key(ORIGIN, 1).verifier(), auditor).unwrap()
}

/// A zone with one act in its log, that names one auditor.
async fn house() -> House {
    let house = House::open().await.auditing(vec![auditor().verifier().clone()]);
    acted(&house, "ali").await;
    house
}

async fn acted(house: &House, person: &str) {
    house.submit(person, "licence", "kind smith, size 90").await;
    jobs::sequencer::run(&house.app).await.unwrap();
}

async fn last(house: &House) -> Option<(u64, u64)> {
    let audits = house.app.audits().await.unwrap();
    let kept = audits.auditors[0].last.as_ref()?;
    Some((kept.note.audited.at_s, kept.note.audited.faults))
}

async fn refused(house: &House, note: &[u8]) -> AuditRefusal {
    match house.app.report_audit(note).await {
        Err(AppError::Audit(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_note_is_kept_once_and_never_gives_way_to_an_older_one() {
    let house = house().await;
    let (now, first) = (now_s(&house), published(&house));
    assert_eq!(last(&house).await, None);
    let old = note(&audited(0, now - 100), &first, &auditor());
    let newer = note(&audited(2, now - 50), &first, &auditor());
    assert_eq!(house.app.report_audit(&old).await.unwrap(), Reported::Now);
    assert_eq!(house.app.report_audit(&newer).await.unwrap(), Reported::Now);
    // A finding does not go away because somebody sends what was said before it.
    assert_eq!(house.app.report_audit(&old).await.unwrap(), Reported::Older);
    assert_eq!(house.app.report_audit(&newer).await.unwrap(), Reported::Before);
    assert_eq!(last(&house).await, Some((now - 50, 2)));
    // The log grows, and what was audited before is still a part of it.
    acted(&house, "zahra").await;
    assert!(published(&house) != first);
    let of_before = note(&audited(1, now - 40), &first, &auditor());
    assert_eq!(house.app.report_audit(&of_before).await.unwrap(), Reported::Now);
    let of_now = note(&audited(0, now - 30), &published(&house), &auditor());
    assert_eq!(house.app.report_audit(&of_now).await.unwrap(), Reported::Now);
    assert_eq!(last(&house).await, Some((now - 30, 0)));
    let audits = house.app.audits().await.unwrap();
    assert!(audits.contradictions.is_empty());
    let kept = audits.auditors[0].last.clone().unwrap();
    assert_eq!(house.app.audit_note(&kept.sha256).await.unwrap(), of_now);
    assert!(matches!(house.app.audit_note(&"0".repeat(64)).await, Err(AppError::NotFound(_))));
}

#[tokio::test]
async fn of_one_second_the_one_that_looked_at_or_found_more_stays() {
    let house = house().await;
    let (now, tree) = (now_s(&house), published(&house));
    let of_log = note(&Audited { scope: Scope::Log, acts: 0, outcomes: false, ..audited(5, now) }, &tree, &auditor());
    let [clean, wrong] = [0, 2].map(|faults| note(&audited(faults, now), &tree, &auditor()));
    for (note, done) in [
        (&of_log, Reported::Now),
        (&clean, Reported::Now),
        (&wrong, Reported::Now),
        (&clean, Reported::Older),
        (&of_log, Reported::Older),
        (&wrong, Reported::Before),
    ] {
        assert_eq!(house.app.report_audit(note).await.unwrap(), done);
    }
    assert_eq!(last(&house).await, Some((now, 2)));
}

#[tokio::test]
async fn of_many_at_once_the_newest_stays() {
    let house = house().await;
    let (now, tree) = (now_s(&house), published(&house));
    let notes: Vec<Vec<u8>> = (0..6).map(|age| note(&audited(0, now - age), &tree, &auditor())).collect();
    let [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map(|index: usize| house.app.report_audit(&notes[index]));
    let (a, b, c, d, e, f) = tokio::join!(f, e, d, c, b, a);
    for done in [a, b, c, d, e, f] {
        assert!(matches!(done.unwrap(), Reported::Now | Reported::Older));
    }
    assert_eq!(last(&house).await, Some((now, 0)));
}

#[tokio::test]
async fn what_is_not_to_be_believed_is_refused_and_nothing_is_kept() {
    let house = house().await;
    let (now, tree) = (now_s(&house), published(&house));
    let good = note(&audited(0, now), &tree, &auditor());
    let stranger = note(&audited(0, now), &tree, &key("stranger.example/s", 51));
    assert!(
        matches!(refused(&house, &stranger).await, AuditRefusal::UnknownAuditor(name) if name.starts_with("stranger"))
    );
    // Somebody else under the auditor's name.
    let namesake = note(&audited(0, now), &tree, &key("auditor.example/a", 52));
    assert!(matches!(refused(&house, &namesake).await, AuditRefusal::UnknownAuditor(_)));
    // The auditor's, over something else.
    let changed = String::from_utf8(good.clone()).unwrap().replace("faults 0", "faults 7");
    assert_eq!(refused(&house, changed.as_bytes()).await, AuditRefusal::NotSigned);
    let other = key("other.example/log", 1);
    let elsewhere = Checkpoint::new("other.example/log", 3, Hash([3; 32])).unwrap().sign(&other).unwrap().encode();
    let elsewhere = audited(0, now).sign(&elsewhere, other.verifier(), &auditor()).unwrap();
    assert_eq!(refused(&house, &elsewhere).await, AuditRefusal::OtherLog("other.example/log".to_owned()));
    // An auditor who makes a root up has no signature of the log for it.
    let forger = key(ORIGIN, 99);
    let made_up = Checkpoint::new(ORIGIN, 2, Hash([3; 32])).unwrap().sign(&forger).unwrap().encode();
    let made_up = audited(5, now).sign(&made_up, forger.verifier(), &auditor()).unwrap();
    assert_eq!(refused(&house, &made_up).await, AuditRefusal::NotOfLog);
    let tomorrow = note(&audited(0, now + 86_400), &tree, &auditor());
    assert_eq!(refused(&house, &tomorrow).await, AuditRefusal::Future);
    for cut in [0, 1, good.len() / 2, good.len() - 1] {
        assert!(matches!(refused(&house, &good[..cut]).await, AuditRefusal::Malformed(_)), "{cut}");
    }
    let long = [good.clone(), vec![b'\n'; NOTE_BYTES_MAX]].concat();
    assert!(matches!(refused(&house, &long).await, AuditRefusal::Malformed(AuditNoteError::TooLong(_))));
    let audits = house.app.audits().await.unwrap();
    assert!(audits.auditors[0].last.is_none() && audits.contradictions.is_empty());
    assert_eq!(house.app.report_audit(&good).await.unwrap(), Reported::Now);
}

#[tokio::test]
async fn a_tree_that_the_zone_does_not_have_is_evidence_that_stays() {
    let house = house().await;
    let now = now_s(&house);
    acted(&house, "zahra").await;
    let size = house.app.checkpoint().unwrap().checkpoint.size();
    // Another root of a smaller, of the same, and of a larger tree, each signed by the log's own key.
    for (number, (size, root)) in [(size - 1, 7), (size, 8), (size + 5, 9)].into_iter().enumerate() {
        let evidence = note(&audited(0, now), &forked(size, root), &auditor());
        assert_eq!(house.app.report_audit(&evidence).await.unwrap(), Reported::Contradicts, "{size}");
        assert_eq!(house.app.report_audit(&evidence).await.unwrap(), Reported::Contradicts, "{size}");
        let audits = house.app.audits().await.unwrap();
        assert_eq!(audits.contradictions.len(), number + 1);
        assert!(audits.auditors[0].last.is_none(), "it took the place of an audit of this log");
    }
    // A clean audit afterwards takes nothing of it away, nor does a start, nor that the auditor is named no more.
    let clean = note(&audited(0, now), &published(&house), &auditor());
    assert_eq!(house.app.report_audit(&clean).await.unwrap(), Reported::Now);
    let house = house.restart(None).await.unwrap();
    let audits = house.app.audits().await.unwrap();
    assert_eq!((audits.auditors.len(), audits.contradictions.len()), (0, 3));
    let house = house.auditing(vec![auditor().verifier().clone()]);
    assert_eq!(last(&house).await, Some((now, 0)));
    assert_eq!(house.app.audits().await.unwrap().contradictions.len(), 3);
}

#[tokio::test]
async fn of_very_many_that_contradict_the_log_it_is_said_that_no_more_are_kept() {
    let house = house().await;
    let (now, size) = (now_s(&house), house.app.checkpoint().unwrap().checkpoint.size());
    let evidence = |number: u64| note(&audited(number, now), &forked(size, 7), &auditor());
    for number in 0..100 {
        assert_eq!(house.app.report_audit(&evidence(number)).await.unwrap(), Reported::Contradicts, "{number}");
    }
    assert_eq!(house.app.report_audit(&evidence(100)).await.unwrap(), Reported::ContradictsNotKept);
    assert_eq!(house.app.report_audit(&evidence(3)).await.unwrap(), Reported::Contradicts, "it is kept");
    assert_eq!(house.app.audits().await.unwrap().contradictions.len(), 100);
}

#[tokio::test]
async fn what_somebody_changed_in_the_database_is_not_shown() {
    let house = house().await;
    let bad = note(&audited(3, now_s(&house)), &published(&house), &auditor());
    assert_eq!(house.app.report_audit(&bad).await.unwrap(), Reported::Now);
    let query = EntryQuery { kind: "audit".to_owned(), key: None, owner: None, after: None, limit: 10 };
    let entry = house.store.entries(query).await.unwrap().pop().unwrap();
    let body = String::from_utf8(entry.body).unwrap().replace("faults 3", "faults 0").into_bytes();
    let put = Put { kind: entry.kind, key: entry.key, owner: None, body: Some(body), expected: None };
    house.store.put(vec![put]).await.unwrap();
    assert_eq!(last(&house).await, None);
    // The auditor hands it in again.
    assert_eq!(house.app.report_audit(&bad).await.unwrap(), Reported::Now);
    assert_eq!(last(&house).await.unwrap().1, 3);
}

#[tokio::test]
async fn who_cannot_be_an_auditor_is_not_named() {
    let named = |keys: Vec<SignerKey>| async move {
        let house = House::open().await;
        let keys = keys.iter().map(|key| key.verifier().clone()).collect();
        house.try_auditing(keys).err().unwrap()
    };
    assert!(named(vec![key(ORIGIN, 1)]).await.contains("nobody audits themselves"));
    assert!(named(vec![auditor(), auditor()]).await.contains("named twice"));
    let witness = SignerKey::from_seed("w.example/w", Algorithm::CosignatureV1, &[4; 32]).unwrap();
    assert!(named(vec![witness]).await.contains("type 0x04"));
    assert!(named((0..40).map(|seed| key("auditor.example/a", 60 + seed)).collect()).await.contains("at most 32"));
}
