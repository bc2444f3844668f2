//! What a case that is over may keep no longer goes, everywhere, and every proof still holds.

use std::collections::BTreeMap;
use std::path::Path;

use app::credential::{Input, Verdict};
use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::{AGAIN, Cause};
use app::engine::event::{Event, What};
use app::engine::refusal::Refusal;
use app::{AppError, Assertion, Officers, jobs};
use jiff::SignedDuration;
use store::{Due, EventRow};

use crate::house::{House, of_officer, of_person, supervisor};
use crate::officers::{authenticator, register};
use crate::soft::Made;

const REMARK: &str = "MARK-OF-THE-REMARK";
const NOTE: &str = "MARK-OF-THE-NOTE";

/// A licence that an officer granted, with a remark of the applicant's and a note of the officer's.
async fn granted(house: &House, person: &str) -> CaseId {
    let facts = format!("kind smith, size 90, remark {REMARK}");
    let case = house.submit(person, "licence", &facts).await.case;
    let officer = of_officer(&house.state(case).await.drawn("review")[0]);
    let note = format!("granted to {person}: {NOTE}");
    let act = Act::Decide { route: "grant".to_owned(), ground: None, note, facts: BTreeMap::new() };
    house.act(&officer, case, act).await.unwrap();
    house.jobs().await;
    jobs::sequencer::run(&house.app).await.unwrap();
    case
}

/// The same by officers with passkeys: the one who was drawn gives the case up and says why, the next signs the grant.
async fn granted_signed(house: &House, person: &str) -> CaseId {
    let case = house.submit(person, "licence", &format!("kind smith, size 90, remark {REMARK}")).await.case;
    let recuse = Act::Recuse { reason: format!("{person} is my brother-in-law: {NOTE}") };
    act_signed(house, 1, case, &recuse).await;
    let note = format!("granted to {person}: {NOTE}");
    let act = Act::Decide { route: "grant".to_owned(), ground: None, note, facts: BTreeMap::new() };
    act_signed(house, 2, case, &act).await;
    house.jobs().await;
    jobs::sequencer::run(&house.app).await.unwrap();
    case
}

async fn act_signed(house: &House, key: u8, case: CaseId, act: &Act) {
    let state = house.state(case).await;
    let (officer, own) = (state.holders()[0].clone(), authenticator(key));
    register(house, &officer, &own).await;
    let account = of_officer(&officer);
    let challenge = house.app.act_to_sign(&account, case, act, state.seq).await.unwrap().challenge;
    let Made { authenticator_data, client_data, signature } = own.sign(&challenge);
    let assertion = Assertion { credential: own.id.clone(), authenticator_data, client_data, signature };
    house.app.act_signed(&account, case, act, Some(state.seq), None, Some(&assertion)).await.unwrap();
}

/// An officer asks that a case be looked at again and says why; one of those who look leaves it as it stands and says why.
async fn looked_at_again(house: &House, case: CaseId) {
    let convene = Act::Convene { reason: format!("a complaint: {NOTE}") };
    house.act(&of_officer("s1"), case, convene).await.unwrap();
    let first = of_officer(&house.state(case).await.drawn(AGAIN)[0]);
    house.act(&first, case, Act::Keep { note: format!("nothing to mend: {NOTE}") }).await.unwrap();
    house.jobs().await;
    jobs::sequencer::run(&house.app).await.unwrap();
}

async fn history(house: &House, case: CaseId) -> Vec<EventRow> {
    house.store.history(case, 0, 1000).await.unwrap()
}

fn event(row: &EventRow) -> Event {
    serde_json::from_slice(&row.event.body).unwrap()
}

/// Every file below a folder that holds these bytes.
fn holding(folder: &Path, bytes: &[u8], found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            holding(&path, bytes, found);
        } else if std::fs::read(&path).unwrap().windows(bytes.len()).any(|window| window == bytes) {
            found.push(path.display().to_string());
        }
    }
}

fn files_with(house: &House, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    holding(house.folder(), bytes, &mut found);
    found
}

fn root(house: &House) -> app::log::Hash {
    *house.app.checkpoint().unwrap().checkpoint.root()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_erased_is_nowhere_and_every_proof_still_holds() {
    let mut house = House::open_with(Officers::Either).await;
    // Others around it, so that pages are full and rows are moved.
    for n in 0..40 {
        house.submit("ali", "licence", &format!("kind smith, size {}, remark of others", n + 1)).await;
    }
    let case = granted_signed(&house, "zahra").await;
    for n in 0..40 {
        house.submit("ali", "licence", &format!("kind smith, size {}, remark of others", n + 1)).await;
    }
    jobs::sequencer::run(&house.app).await.unwrap();
    let certificate = house.app.certificate(&of_person("zahra"), case).await.unwrap().unwrap().certificate.to_text();
    looked_at_again(&house, case).await;
    let (before, root_before) = (history(&house, case).await, root(&house));
    for bytes in [REMARK.as_bytes(), NOTE.as_bytes(), &before[0].event.salt] {
        assert!(!files_with(&house, bytes).is_empty(), "there is nothing to find");
    }

    let concepts = house.app.erase(case, Some("unfit")).await.unwrap();
    assert_eq!(concepts, ["person.id", "trade.remark"]);
    assert!(house.app.scrub_if_due().await.unwrap());
    assert!(!house.app.scrub_if_due().await.unwrap(), "once");
    let after = history(&house, case).await;
    let erased: Vec<&EventRow> = after.iter().filter(|row| row.remains.is_some()).collect();
    assert!(erased.len() >= 3, "opened, decided and ended, at least: {erased:?}");
    for row in &erased {
        let salt = &before[usize::try_from(row.seq).unwrap() - 1].event.salt;
        assert_eq!(files_with(&house, salt), Vec::<String>::new(), "the salt of {}", row.event.kind);
    }
    take_out_of_the_register(&house).await;
    for mark in [REMARK, NOTE] {
        assert_eq!(files_with(&house, mark.as_bytes()), Vec::<String>::new(), "{mark}");
    }
    no_place_names(&house, case, "zahra").await;
    that_it_was_signed_stays(&before, &after);
    still_folds(&house, case).await;
    the_log_comes_out_the_same(&mut house, &after, root_before).await;
    the_certificate_holds(&house, case, &certificate).await;
}

/// Of what officers signed nothing is left but that they did, and with which passkey: the leaf's commitment to it still opens.
fn that_it_was_signed_stays(before: &[EventRow], after: &[EventRow]) {
    for (kind, key) in [("vacated", 1), ("decided", 2)] {
        let is_it = |row: &EventRow| row.event.kind == kind && event(row).signed.is_some();
        let place = before.iter().position(is_it).unwrap();
        let (whole, left) = (&before[place], &after[place]);
        let (was, is) = (event(whole).signed.unwrap(), event(left).signed.unwrap());
        assert!(!was.is_erased() && is.is_erased());
        assert_eq!([&is.credential; 2], [&was.credential, &authenticator(key).id]);
        let said = [is.act.as_bytes(), is.client_data.as_bytes(), &is.authenticator_data, &is.signature];
        assert!(said.iter().all(|bytes| bytes.is_empty()), "{kind}");
        let remains: serde_json::Value = serde_json::from_slice(left.remains.as_ref().unwrap()).unwrap();
        let leaf = app::log::leaf::Leaf::decode(&hex::decode(remains["leaf"].as_str().unwrap()).unwrap()).unwrap();
        let salt = hex::decode(remains["salts"]["credential"].as_str().unwrap()).unwrap();
        let credential = app::log::value::Value::Bytes(is.credential.clone());
        assert!(leaf.commitments["credential"].opens_to(&credential, &salt));
    }
}

/// The register's record of the stall is the register's, and says what the applicant said for it.
async fn take_out_of_the_register(house: &House) {
    let of_register = house
        .store
        .entries(stalls())
        .await
        .unwrap()
        .into_iter()
        .filter(|entry| String::from_utf8_lossy(&entry.body).contains(REMARK));
    let puts = of_register.map(|entry| store::Put {
        kind: entry.kind,
        key: entry.key,
        owner: None,
        body: None,
        expected: None,
    });
    house.store.put(puts.collect()).await.unwrap();
    house.store.scrub().await.unwrap();
}

/// The case still folds to what it stands at, and says how it came there.
async fn still_folds(house: &House, case: CaseId) {
    let rebuilt = house.app.rebuild().await.unwrap();
    assert_eq!(rebuilt.mended, 0, "what stands is what its events say");
    let state = house.state(case).await;
    assert_eq!((state.stage.as_str(), state.applicant.as_str()), ("permit", ""));
    assert_eq!(state.erased[0].cause, Cause::Ground("unfit".to_owned()));
    assert!(
        state.facts.contains_key("kind") && state.facts.contains_key("size") && !state.facts.contains_key("remark")
    );
    let view = house.app.case(&supervisor(), case).await.unwrap();
    assert!(matches!(view.history.last().unwrap().1.what, What::Erased { .. }));
    assert!(matches!(house.app.case(&of_person("zahra"), case).await, Err(AppError::NotFound(_))));
}

/// The tiles are lost, and come out the same.
async fn the_log_comes_out_the_same(house: &mut House, history: &[EventRow], root_before: app::log::Hash) {
    jobs::sequencer::run(&house.app).await.unwrap();
    let (root_after, size) = (root(house), house.app.checkpoint().unwrap().checkpoint.size());
    assert_ne!(root_after, root_before, "the erasure itself is an entry");
    std::fs::remove_dir_all(house.folder().join("objects/log/tile")).unwrap();
    house.app = house.another_process().await;
    jobs::sequencer::run(&house.app).await.unwrap();
    let checkpoint = house.app.checkpoint().unwrap().checkpoint;
    assert_eq!((*checkpoint.root(), checkpoint.size()), (root_after, size));
    assert!(house.folder().join("objects/log/tile").is_dir(), "made again");
    for row in history {
        assert!(house.app.inclusion(row.position).await.unwrap().is_some());
    }
}

/// Whoever holds the certificate can show it still. And the zone goes on: nothing is left to erase, and the certificate can be revoked.
async fn the_certificate_holds(house: &House, case: CaseId, certificate: &str) {
    let verdict = house.app.verify(Input::Text(certificate)).await.unwrap();
    assert!(matches!(verdict, Verdict::Valid(_)), "{verdict:?}");
    assert!(matches!(house.app.erase(case, Some("unfit")).await, Err(AppError::Refused(Refusal::NothingToErase))));
    let revoke = Act::Revoke { ground: "unfit".to_owned(), note: String::new() };
    let again: Vec<_> = house.state(case).await.drawn(AGAIN).to_vec();
    for officer in &again {
        house.act(&of_officer(officer), case, revoke.clone()).await.unwrap();
    }
    house.jobs().await;
    let verdict = house.app.verify(Input::Text(certificate)).await.unwrap();
    assert!(matches!(verdict, Verdict::Revoked { .. }), "{verdict:?}");
}

fn stalls() -> store::EntryQuery {
    store::EntryQuery { kind: "register/stalls".to_owned(), key: None, owner: None, after: None, limit: 1000 }
}

/// Neither the case's events, nor its row, nor the certificate that was kept for it name the applicant.
async fn no_place_names(house: &House, case: CaseId, person: &str) {
    let names = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(person);
    let row = house.store.case(case).await.unwrap().unwrap();
    assert!(!names(&row.state) && row.applicant.is_empty());
    for row in history(house, case).await {
        assert!(!names(&row.event.body), "{}", row.event.kind);
        assert!(!row.remains.as_deref().is_some_and(names));
    }
    for kind in ["certificate", "matter", "look"] {
        let query = store::EntryQuery { kind: kind.to_owned(), key: None, owner: None, after: None, limit: 1000 };
        for entry in house.store.entries(query).await.unwrap() {
            assert_ne!(entry.owner.as_deref(), Some(person), "{kind}");
            assert!(!names(&entry.body), "{kind}");
        }
    }
}

async fn keeps(house: &House) -> Vec<Due> {
    let due = house.store.due(i64::MAX, None, 10_000).await.unwrap();
    due.into_iter().filter(|due| due.due.clock == "@keep").collect()
}

#[tokio::test]
async fn what_may_be_kept_a_year_goes_by_the_clock_and_not_a_moment_before() {
    let house = House::open().await;
    let case = granted(&house, "zahra").await;
    let others = house.submit("ali", "licence", "kind baker, size 80").await.case;
    let keeps_one = keeps(&house).await;
    assert_eq!(keeps_one.iter().map(|due| due.case).collect::<Vec<_>>(), [case], "the other holds nothing that goes");
    assert_eq!(house.store.case(case).await.unwrap().unwrap().due_ms, None, "it is nobody's deadline");
    let left_ms = keeps_one[0].due.at_ms - house.app.clock.now().as_millisecond();
    let days = left_ms / (24 * 60 * 60 * 1000);
    assert!((364..=367).contains(&days), "{days}");
    house.app.clock.advance(SignedDuration::from_millis(left_ms - 1_000));
    assert_eq!(house.jobs().await.0, 0);
    assert!(house.state(case).await.facts.contains_key("remark"));
    house.app.clock.advance(SignedDuration::from_millis(1_000));
    assert_eq!(house.jobs().await.0, 1);
    let state = house.state(case).await;
    assert_eq!(state.erased[0].cause, Cause::Retention);
    assert_eq!(state.erased[0].concepts, ["trade.remark"]);
    assert_eq!(state.applicant, "zahra", "who applied is kept for ever");
    assert!(house.state(others).await.erased.is_empty());
    assert!(keeps(&house).await.is_empty(), "once");
    assert_eq!(house.jobs().await.0, 0);
    // What stays can still be held against the log: its own salt was kept, and only its own.
    let opened = &history(&house, case).await[0];
    let remains: serde_json::Value = serde_json::from_slice(opened.remains.as_ref().unwrap()).unwrap();
    let salts: Vec<&String> = remains["salts"].as_object().unwrap().keys().collect();
    assert_eq!(salts, ["size"]);
    let leaf = app::log::leaf::Leaf::decode(&hex::decode(remains["leaf"].as_str().unwrap()).unwrap()).unwrap();
    let salt = hex::decode(remains["salts"]["size"].as_str().unwrap()).unwrap();
    let What::Opened(what) = event(opened).what else { panic!() };
    let value = app::log::value::Value::Bytes(serde_json::to_vec(&what.facts["size"]).unwrap());
    assert!(leaf.commitments["fact.size"].opens_to(&value, &salt));
    // The applicant still sees the case, and that something is gone.
    let view = house.app.case(&of_person("zahra"), case).await.unwrap();
    assert!(house.app.certificate(&of_person("zahra"), case).await.unwrap().is_some());
    assert_eq!(view.case.erased.len(), 1);
    assert_eq!(house.app.rebuild().await.unwrap().mended, 0);
    // Then the rest, on a ground: an event is erased a second time.
    assert_eq!(house.app.erase(case, Some("unfit")).await.unwrap(), ["person.id"]);
    let again = &history(&house, case).await[0];
    let remains: serde_json::Value = serde_json::from_slice(again.remains.as_ref().unwrap()).unwrap();
    assert_eq!(hex::decode(remains["leaf"].as_str().unwrap()).unwrap(), leaf.encode().unwrap(), "the leaf is the same");
    assert_eq!(remains["salts"].as_object().unwrap().len(), 1);
    assert_eq!(house.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn nothing_goes_while_somebody_may_have_to_decide_on_it() {
    let house = House::open().await;
    let open = house.submit("ali", "licence", "kind smith, size 90, remark here").await.case;
    let until = |result: Result<Vec<String>, AppError>| match result {
        Err(AppError::Refused(Refusal::NotOver { until })) => until.is_some(),
        other => panic!("{other:?}"),
    };
    assert!(!until(house.app.erase(open, Some("unfit")).await));
    house.decide(open, "review", "refuse", Some("unfit")).await;
    assert!(until(house.app.erase(open, Some("unfit")).await), "an appeal may still be lodged");
    let days = |days: i64| house.app.clock.advance(SignedDuration::from_hours(24 * days));
    days(14);
    let draft = house.draft("board", Some(open), "reasons none");
    let appeal = house.app.submit(&of_person("ali"), &draft, None).await.unwrap().case;
    house.jobs().await;
    // The window of fifteen working days is over, the ten of the judge are not.
    days(9);
    house.jobs().await;
    assert!(!until(house.app.erase(open, Some("unfit")).await), "the appeal is being heard");
    house.decide(appeal, "hearing", "refuse", Some("unfounded")).await;
    house.jobs().await;
    let wrong = house.app.erase(open, Some("nothing")).await;
    assert!(matches!(wrong, Err(AppError::Refused(Refusal::WrongGround { .. }))), "{wrong:?}");
    assert!(house.app.erase(CaseId([9; 16]), Some("unfit")).await.is_err());
    assert!(house.app.erase(open, None).await.is_err(), "the clock has nothing to say yet");
    house.app.erase(open, Some("unfit")).await.unwrap();
    assert_eq!(house.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn nobody_but_the_clock_and_the_operator_erases() {
    let house = House::open().await;
    let case = granted(&house, "zahra").await;
    let act = Act::Erase { ground: Some("unfit".to_owned()) };
    for account in [of_person("zahra"), of_officer("s1"), of_officer("e1"), supervisor()] {
        assert!(house.act(&account, case, act.clone()).await.is_err());
    }
    assert!(house.state(case).await.erased.is_empty());
}
