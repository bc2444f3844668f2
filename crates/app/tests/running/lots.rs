//! Draws whose randomness comes from elsewhere: a recorded round of drand, or two institutions. One matter has one draw, whatever is tried meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::beacon::leaves::LeavesError;
use app::beacon::sheet::Verdict;
use app::beacon::{self, Chain, Sheet};
use app::engine::CaseId;
use app::engine::event::{Event, What};
use app::engine::roster::RosterAct;
use app::log::hash::leaf_hash;
use app::log::{Leaf, Value};
use app::{LotsFrom, WaitsFor, jobs};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use store_postgres::PostgresStore;

use crate::house::{House, decide, of_officer, of_person, roster, withdraw};
use crate::relay;
use crate::server::Database;

pub const FACTS: &str = "kind smith, size 90";
/// Rounds 1000 and 42 of quicknet (docs.drand.love).
const SIGNED_1000: &str =
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";
const SIGNED_42: &str =
    "95a9f9f5b231b7714de1553105d8ffdf3dcda24cfdb1e689319bccf79a9c8ce430a91b811fbfaf763900bc998b5d686a";
const PERIOD_S: i64 = 3600;
const DUE_S: i64 = 1800;

/// Quicknet's key on a chain that has its round 1000 in half an hour: the recorded round is real, and nobody can draw with it before.
fn chain() -> Chain {
    let genesis = Timestamp::now().as_second() + DUE_S - 999 * PERIOD_S;
    let quicknet: serde_json::Value =
        serde_json::from_slice(include_bytes!("../../../beacon/src/quicknet.json")).unwrap();
    let key = quicknet["public_key"].as_str().unwrap();
    let seed = quicknet["groupHash"].as_str().unwrap();
    let hash = Sha256::new()
        .chain_update(u32::try_from(PERIOD_S).unwrap().to_be_bytes())
        .chain_update(genesis.to_be_bytes())
        .chain_update(hex::decode(key).unwrap())
        .chain_update(hex::decode(seed).unwrap())
        .chain_update("late")
        .finalize();
    let info = serde_json::json!({
        "public_key": key, "period": PERIOD_S, "genesis_time": genesis, "groupHash": seed, "hash": hex::encode(hash),
        "schemeID": "bls-unchained-g1-rfc9380", "metadata": { "beaconID": "late" },
    });
    Chain::read(info.to_string().as_bytes()).unwrap()
}

/// A status and a body.
type Answer = (u16, Vec<u8>);

fn round(signature: &str) -> Answer {
    (200, serde_json::json!({ "round": 1000, "signature": signature }).to_string().into_bytes())
}

/// A zone that draws by relays which answer so.
async fn by_relays(answers: &[fn() -> Answer]) -> House {
    let mut urls = Vec::new();
    for answer in answers {
        let answer = *answer;
        urls.push(relay::serve(move |path, _| if path == "/public/1000" { answer() } else { (404, Vec::new()) }).await);
    }
    House::drawing(LotsFrom::Drand { chain: chain(), urls }).await
}

pub async fn with_drand() -> House {
    by_relays(&[|| round(SIGNED_1000)]).await
}

pub fn pass_the_round(house: &House) {
    house.app.clock.advance(SignedDuration::from_secs(DUE_S + 1));
}

pub async fn lots(house: &House) -> usize {
    jobs::lots::run(&house.app).await.unwrap()
}

pub async fn drawn(house: &House, case: CaseId) -> Vec<String> {
    house.state(case).await.drawn("review").to_vec()
}

async fn events(house: &House, case: CaseId) -> Vec<Event> {
    let history = house.store.history(case, 0, 100).await.unwrap();
    history.iter().map(|row| serde_json::from_slice(&row.event.body).unwrap()).collect()
}

async fn count(house: &House, cases: &[CaseId], kind: &str) -> usize {
    let mut count = 0;
    for case in cases {
        count += events(house, *case).await.iter().filter(|event| event.what.kind() == kind).count();
    }
    count
}

/// The draws of a case as its applicant sees them.
pub async fn sheets(house: &House, person: &str, case: CaseId) -> Vec<Sheet> {
    let view = house.app.case(&of_person(person), case).await.unwrap();
    house.app.draws(&view).unwrap().drawn
}

#[tokio::test]
async fn an_application_waits_for_its_round_and_is_drawn_by_it() {
    let house = with_drand().await;
    let case = house.submit("ali", "licence", FACTS).await.case;
    assert!(drawn(&house, case).await.is_empty());
    // Before its time nobody even asks.
    assert_eq!(lots(&house).await, 0);
    let view = house.app.case(&of_person("ali"), case).await.unwrap();
    let waiting = house.app.draws(&view).unwrap().waiting;
    let WaitsFor::Lot(lot, index) = &waiting[0].awaited else { panic!("it waits for another case") };
    assert_eq!(lot.candidates.len(), 3);
    let filed = view.history.iter().find(|(row, _)| row.position == *index).unwrap().0.event.at_ms;
    assert!(waiting[0].due.as_millisecond() >= filed + app::MARGIN_MS, "a round that may be known already");
    pass_the_round(&house);
    assert_eq!(lots(&house).await, 1);
    let officers = drawn(&house, case).await;
    assert_eq!(officers.len(), 1);
    assert_eq!(house.state(case).await.holders(), officers);
    // Nothing waits any more, and nothing is drawn twice.
    assert_eq!(lots(&house).await, 0);
    let sheet = sheets(&house, "ali", case).await.remove(0);
    assert_eq!(sheet.verify(&house.app.lot_trust()), Ok(Verdict::Proven));
    assert_eq!(sheet.draw.drawn, officers);
    // What was fixed is what stands in the log.
    jobs::sequencer::run(&house.app).await.unwrap();
    let fixed = sheet.fixed.unwrap();
    let entry = house.app.log_entries(fixed.index).await.unwrap().remove(0);
    assert_eq!(entry.hash.0, sheet.draw.proof.unwrap().leaf.0);
    house.act(&of_officer(&officers[0]), case, decide("grant", None)).await.unwrap();
}

#[tokio::test]
async fn a_relay_that_lies_is_passed_over_and_one_that_is_late_is_asked_again() {
    let house =
        by_relays(&[|| round(SIGNED_42), || (200, b"<html>".to_vec()), || (500, Vec::new()), || round(SIGNED_1000)])
            .await;
    let case = house.submit("ali", "licence", FACTS).await.case;
    pass_the_round(&house);
    assert_eq!(lots(&house).await, 1);
    assert_eq!(sheets(&house, "ali", case).await[0].verify(&house.app.lot_trust()), Ok(Verdict::Proven));
}

#[tokio::test]
async fn with_lying_relays_alone_nobody_is_drawn_until_one_says_the_truth() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let house = by_relays(&[|| match ASKED.fetch_add(1, Ordering::Relaxed) {
        0 => (404, Vec::new()),
        1 => round(SIGNED_42),
        _ => round(SIGNED_1000),
    }])
    .await;
    let case = house.submit("ali", "licence", FACTS).await.case;
    pass_the_round(&house);
    // Not out yet, then a lie, then it rests for a minute.
    for _ in 0..3 {
        assert_eq!(lots(&house).await, 0);
    }
    assert!(drawn(&house, case).await.is_empty());
    assert_eq!(ASKED.load(Ordering::Relaxed), 2);
    assert_eq!(house.app.backlog().await.unwrap().stuck_lots, 1);
    house.app.clock.advance(SignedDuration::from_secs(61));
    assert_eq!(lots(&house).await, 1);
    assert_eq!(house.app.backlog().await.unwrap().stuck_lots, 0);
}

#[tokio::test]
async fn withdrawing_before_the_round_and_filing_again_gives_no_other_draw() {
    withdraw_and_file_again(&with_drand().await).await;
}

#[tokio::test]
async fn nor_does_it_on_postgresql() {
    let Some(database) = Database::create().await else { return };
    let store = Arc::new(PostgresStore::connect(&database.url, 4).await.unwrap());
    let urls = vec![relay::serve(|_, _| round(SIGNED_1000)).await];
    let house = House::on(store, tempfile::tempdir().unwrap(), LotsFrom::Drand { chain: chain(), urls }).await;
    withdraw_and_file_again(&house).await;
    drop(house);
}

async fn withdraw_and_file_again(house: &House) {
    let first = house.submit("ali", "licence", FACTS).await.case;
    let mut cases = vec![first];
    for round in 0..4 {
        house.act(&of_person("ali"), cases[round], withdraw()).await.unwrap();
        cases.push(house.submit("ali", "licence", &format!("kind smith, size {}", 91 + round)).await.case);
    }
    assert_eq!(count(house, &cases, "lot").await, 1, "another lot was fixed");
    assert_eq!(count(house, &cases, "shared").await, 4);
    pass_the_round(house);
    lots(house).await;
    lots(house).await;
    let officers = drawn(house, first).await;
    assert_eq!(officers.len(), 1, "the first lot was not drawn, as its case was withdrawn");
    let last = cases[4];
    assert_eq!(drawn(house, last).await, officers);
    assert_eq!(count(house, &cases, "drawn").await, 1);
    // Those withdrawn while they waited are not looked after for ever.
    assert_eq!(lots(house).await, 0);
    let waiting = store::EntryQuery { kind: "lot".to_owned(), key: None, owner: None, after: None, limit: 10 };
    assert!(house.store.entries(waiting).await.unwrap().is_empty());
    let later = house.submit("ali", "licence", FACTS).await.case;
    assert_eq!(drawn(house, later).await, officers);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn filing_many_times_at_once_fixes_one_lot() {
    let house = Arc::new(with_drand().await);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let house = Arc::clone(&house);
        tasks.spawn(async move { house.submit("ali", "licence", FACTS).await.case });
    }
    let cases = tasks.join_all().await;
    assert_eq!(count(&house, &cases, "lot").await, 1);
    pass_the_round(&house);
    lots(&house).await;
    lots(&house).await;
    let officers = drawn(&house, cases[0]).await;
    for case in &cases {
        assert_eq!(drawn(&house, *case).await, officers);
    }
    assert_eq!(officers.len(), 1);
}

#[tokio::test]
async fn a_waiting_lot_is_found_again_after_a_rebuild() {
    let house = with_drand().await;
    let case = house.submit("ali", "licence", FACTS).await.case;
    let query = store::EntryQuery { kind: "lot".to_owned(), key: None, owner: None, after: None, limit: 10 };
    let entry = house.store.entries(query).await.unwrap().remove(0);
    let gone = store::Put { kind: entry.kind, key: entry.key, owner: None, body: None, expected: None };
    house.store.put(vec![gone]).await.unwrap();
    pass_the_round(&house);
    assert_eq!(lots(&house).await, 0);
    house.app.rebuild().await.unwrap();
    assert_eq!(lots(&house).await, 1);
    assert_eq!(drawn(&house, case).await.len(), 1);
}

#[tokio::test]
async fn each_applicant_has_a_lot_of_their_own_by_the_same_round() {
    let house = with_drand().await;
    let mut cases = Vec::new();
    for person in 0..12 {
        cases.push(house.submit(&format!("p{person}"), "licence", FACTS).await.case);
    }
    pass_the_round(&house);
    assert_eq!(lots(&house).await, 12);
    let mut all = std::collections::BTreeSet::new();
    for (person, case) in cases.iter().enumerate() {
        let sheet = sheets(&house, &format!("p{person}"), *case).await.remove(0);
        assert_eq!(sheet.verify(&house.app.lot_trust()), Ok(Verdict::Proven));
        all.insert(sheet.draw.randomness);
    }
    assert_eq!(all.len(), 12, "one round gave two lots the same randomness");
}

#[tokio::test]
async fn a_deadline_before_the_draw_decides_and_the_matter_is_closed() {
    let house = with_drand().await;
    let case = house.submit("ali", "licence", FACTS).await.case;
    house.pass_deadline(case).await;
    house.jobs().await;
    assert_eq!(app::outcome_name(house.state(case).await.ended.unwrap().outcome), "granted");
    assert_eq!(lots(&house).await, 1);
    assert_eq!(drawn(&house, case).await.len(), 1);
    let state = house.state(case).await;
    assert!(state.holders().is_empty() && state.lots.is_empty());
}

#[tokio::test]
async fn an_officer_at_the_limit_is_not_drawn() {
    let house = House::open().await;
    let mut limited = roster(&[]);
    for seat in limited.seats.iter_mut().filter(|seat| seat.officer == "e1") {
        seat.most_open = Some(1);
    }
    house.app.put_roster(limited).await.unwrap();
    let mut held = 0;
    for person in 0..24 {
        let case = house.submit(&format!("p{person}"), "licence", FACTS).await.case;
        held += usize::from(drawn(&house, case).await == ["e1"]);
    }
    assert_eq!(held, 1, "by chance alone, e1 would come about eight times");
}

#[tokio::test]
async fn the_log_says_what_was_fixed_and_what_proves_it_and_nobodys_name() {
    let house = with_drand().await;
    let case = house.submit("ali", "licence", FACTS).await.case;
    pass_the_round(&house);
    lots(&house).await;
    jobs::sequencer::run(&house.app).await.unwrap();
    let leaves = house.app.log_entries(0).await.unwrap();
    let of = |kind: &str| leaves.iter().find(|entry| entry.leaf.kind == kind).unwrap().leaf.public.clone();
    let keys = |kind: &str| of(kind).into_keys().collect::<Vec<_>>();
    assert_eq!(keys("lot"), ["candidates", "chain", "matter", "people", "roster", "round", "seat", "source"]);
    assert_eq!(keys("drawn"), ["candidates", "lot", "randomness", "roster", "seat", "signature"]);
    let said = format!("{:?}{:?}", of("lot"), of("drawn"));
    assert!(!said.contains(&case.to_string()), "whoever reads the log learns the case's id");
    for officer in ["e1", "e2", "e3"] {
        assert!(!said.contains(&format!("\"{officer}\"")));
    }
    let What::Lot { lot, .. } = &events(&house, case).await[5].what else { panic!("no lot") };
    assert_eq!(lot.matter, "review/0");
    from_the_log_alone(&house, &leaves);
}

/// What an auditor sees who has nothing but the log.
fn from_the_log_alone(house: &House, leaves: &[app::Entry]) {
    let chains = house.app.lot_trust().chains;
    let find = |kind: &str| leaves.iter().find(|entry| entry.leaf.kind == kind).unwrap();
    let (lot, drawn) = (find("lot"), find("drawn"));
    let verify =
        |lot: &Leaf, drawn: &Leaf| beacon::leaves::verify(lot, &leaf_hash(&lot.encode().unwrap()).0, drawn, &chains);
    assert!(verify(&lot.leaf, &drawn.leaf).is_ok());
    // A lot that was dated back, so that its round would have been known.
    let late = Leaf { time_ms: lot.leaf.time_ms + DUE_S * 1000 + 1, ..lot.leaf.clone() };
    let mut of_late = drawn.leaf.clone();
    of_late.public.insert("lot".to_owned(), Value::Bytes(leaf_hash(&late.encode().unwrap()).0.to_vec()));
    assert!(matches!(verify(&late, &of_late), Err(LeavesError::KnownBefore { round: 1000, .. })));
    let changed = |name: &str, value: Value| {
        let mut changed = drawn.leaf.clone();
        changed.public.insert(name.to_owned(), value);
        verify(&lot.leaf, &changed).unwrap_err()
    };
    assert_eq!(changed("randomness", Value::Bytes(vec![1; 32])), LeavesError::Randomness);
    assert_eq!(changed("lot", Value::Bytes(vec![1; 32])), LeavesError::OtherLot);
    assert_eq!(changed("roster", Value::Bytes(vec![1; 32])), LeavesError::Differs("roster"));
    let another_round = changed("signature", Value::Bytes(hex::decode(SIGNED_42).unwrap()));
    assert!(matches!(another_round, LeavesError::Proof(_)), "{another_round}");
    assert_eq!(verify(&drawn.leaf, &lot.leaf), Err(LeavesError::Kind));
}

/// A limit may be higher than what the store gives at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_of_many_open_cases_holds() {
    const MANY: u32 = 1001;
    let house = Arc::new(House::open().await);
    house.app.put_roster(roster(&["e2", "e3"])).await.unwrap();
    let mut opening = tokio::task::JoinSet::new();
    for number in 0..MANY {
        let house = Arc::clone(&house);
        opening.spawn(async move { house.submit(&format!("p{number}"), "licence", FACTS).await });
    }
    opening.join_all().await;
    house.app.put_roster(roster(&[])).await.unwrap();
    let limit = RosterAct::Limit { officer: "e1".to_owned(), most_open: Some(MANY) };
    house.app.operate_roster(&[limit]).await.unwrap();
    for number in 0..8 {
        let case = house.submit(&format!("q{number}"), "licence", FACTS).await.case;
        assert_ne!(house.state(case).await.drawn("review"), ["e1"], "who is full, and two others are not");
    }
}
