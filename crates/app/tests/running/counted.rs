//! The published figures: they follow from the record, come out the same when they are counted again, and are what a person would count.

use app::engine::act::Act;
use app::engine::case::{AGAIN, AskedItem};
use app::engine::integrity::Share;

use crate::house::{House, decide, of_officer, of_person};

fn share(count: u64, of: u64) -> Share {
    Share { of, count }
}

#[tokio::test]
async fn they_are_what_a_person_would_count() {
    let house = House::open().await;
    // Rules alone; an officer who grants; one who asks and refuses; silence.
    house.submit("p1", "licence", "kind baker, size 90").await;
    let granted = house.submit("p2", "licence", "kind smith, size 90").await.case;
    house.decide(granted, "review", "grant", None).await;
    let refused = house.submit("p3", "licence", "kind smith, size 91").await.case;
    let officer = of_officer(&house.state(refused).await.drawn("review")[0]);
    let item = AskedItem { fact: "size".to_owned(), ground: "incomplete".to_owned(), note: String::new() };
    house.act(&officer, refused, Act::Ask { items: vec![item] }).await.unwrap();
    let facts = house.draft("licence", None, "size 92").facts;
    house.act(&of_person("p3"), refused, Act::Supply { facts }).await.unwrap();
    house.act(&officer, refused, decide("refuse", Some("unfit"))).await.unwrap();
    let silent = house.submit("p4", "licence", "kind smith, size 93").await.case;
    house.pass_deadline(silent).await;
    house.jobs().await;
    // A case that has not ended counts for nothing yet.
    house.submit("p5", "licence", "kind smith, size 94").await;

    app::integrity::run(&house.app).await.unwrap();
    let counted = house.app.integrity();
    let figures = &counted.figures;
    let licence = &figures.services["licence"];
    let ended: Vec<(&str, u64)> = licence.ended.iter().map(|(outcome, count)| (outcome.as_str(), *count)).collect();
    assert_eq!(ended, [("granted", 3), ("refused", 1)]);
    assert_eq!(figures.touches(), share(3, 4), "a grant, an ask, a refusal");
    assert_eq!(figures.straight_through(), share(1, 4));
    assert_eq!(figures.deadlines_kept["office"], share(2, 3));
    assert_eq!(figures.deemed["office"], 1);
    assert_eq!(figures.refusals["unfit"], 1);
    assert_eq!(figures.asks["incomplete"], 1);
    assert_eq!(figures.asked_twice, share(1, 9), "two facts in each of four, one supplied; one asked for again");
    assert_eq!(figures.draws, 3);
    assert!(licence.promise_kept.of == 4 && licence.promise_kept.count == 4, "{licence:?}");
    assert_eq!(counted.chance, None, "nobody came twice");
}

#[tokio::test]
async fn they_are_the_same_counted_at_once_or_bit_by_bit_or_again() {
    let house = House::open().await;
    for number in 0..6 {
        let case = house.submit("p1", "licence", &format!("kind smith, size {}", 50 + number)).await.case;
        house.decide(case, "review", "grant", None).await;
        app::integrity::run(&house.app).await.unwrap();
    }
    let bit_by_bit = house.app.integrity();
    assert!(bit_by_bit.chance.is_some());
    // Another process goes on from what was written down, and finds nothing new.
    let other = house.another_process().await;
    assert_eq!(app::integrity::run(&other).await.unwrap(), 0);
    assert_eq!(other.integrity(), bit_by_bit);
    // When they are gone, they are counted again from the record.
    let query = store::EntryQuery { kind: "integrity".to_owned(), key: None, owner: None, after: None, limit: 1 };
    let entry = house.store.entries(query).await.unwrap().remove(0);
    let gone = store::Put { kind: entry.kind, key: entry.key, owner: None, body: None, expected: Some(entry.version) };
    house.store.put(vec![gone]).await.unwrap();
    let third = house.another_process().await;
    app::integrity::run(&third).await.unwrap();
    assert_eq!(third.integrity(), bit_by_bit);
    // And what cannot be read is counted again, too.
    let broken = store::Put {
        kind: "integrity".to_owned(),
        key: "figures".to_owned(),
        owner: None,
        body: Some(b"no figures".to_vec()),
        expected: None,
    };
    house.store.put(vec![broken]).await.unwrap();
    let fourth = house.another_process().await;
    app::integrity::run(&fourth).await.unwrap();
    assert_eq!(fourth.integrity(), bit_by_bit);
}

/// Nobody decided a case that was withdrawn, rules least of all.
#[tokio::test]
async fn a_withdrawn_case_was_not_dealt_with_by_rules() {
    let house = House::open().await;
    let case = house.submit("ali", "licence", "kind smith, size 96").await.case;
    house.act(&of_person("ali"), case, Act::Withdraw { reason: "moved".to_owned() }).await.unwrap();
    app::integrity::run(&house.app).await.unwrap();
    let figures = house.app.integrity().figures.clone();
    assert_eq!(figures.straight_through(), share(0, 0));
    assert_eq!(figures.touches(), share(0, 1));
    assert_eq!(figures.services["licence"].ended["withdrawn"], 1);
}

/// Officers who look again at a case that is over are drawn and act like any others.
#[tokio::test]
async fn what_is_done_after_the_end_counts_as_it_is_done() {
    let house = House::open().await;
    let case = house.submit("ali", "licence", "kind smith, size 96").await.case;
    house.decide(case, "review", "grant", None).await;
    app::integrity::run(&house.app).await.unwrap();
    let before = house.app.integrity().figures.clone();
    house.act(&of_officer("s1"), case, Act::Convene { reason: "a complaint".to_owned() }).await.unwrap();
    for officer in house.state(case).await.drawn(AGAIN) {
        let revoke = Act::Revoke { ground: "unfit".to_owned(), note: "forged".to_owned() };
        house.act(&of_officer(officer), case, revoke).await.unwrap();
    }
    app::integrity::run(&house.app).await.unwrap();
    let after = house.app.integrity().figures.clone();
    assert_eq!(after.draws, before.draws + 1, "a lot was drawn to look again");
    assert_eq!(after.touches(), share(before.touches().count + 3, 1), "convened, proposed, revoked");
    assert_eq!(after.straight_through(), before.straight_through());
    let again = house.another_process().await;
    app::integrity::run(&again).await.unwrap();
    assert_eq!(again.integrity(), house.app.integrity());
}

/// A decision that fell: the case counts at each of its ends, with what happened since the last.
#[tokio::test]
async fn a_case_that_ends_twice_counts_twice() {
    let house = House::open().await;
    let case = house.submit("ali", "licence", "kind smith, size 96").await.case;
    house.decide(case, "review", "refuse", Some("unfit")).await;
    let draft = house.draft("board", Some(case), "reasons none");
    let appeal = house.app.submit(&of_person("ali"), &draft, None).await.unwrap().case;
    house.jobs().await;
    house.decide(appeal, "hearing", "grant", None).await;
    house.jobs().await;
    house.decide(case, "review", "grant", None).await;
    app::integrity::run(&house.app).await.unwrap();
    let counted = house.app.integrity();
    let licence = &counted.figures.services["licence"];
    assert_eq!((licence.ended["refused"], licence.ended["granted"], licence.touches), (1, 1, 2));
    assert_eq!(licence.straight_through, share(0, 2), "whoever was drawn for the first decision sits there still");
}

/// Of somebody who was erased nothing is kept by which they could be known again, and the others are counted as they were.
#[tokio::test]
async fn what_is_erased_is_not_counted_and_is_the_same_counted_again() {
    let house = House::open().await;
    let mut cases = Vec::new();
    for number in 0..6 {
        let person = if number % 3 == 0 { "p1" } else { "p2" };
        let case = house.submit(person, "licence", &format!("kind smith, size {}", 50 + number)).await.case;
        house.decide(case, "review", "grant", None).await;
        cases.push(case);
    }
    app::integrity::run(&house.app).await.unwrap();
    assert_eq!(house.app.integrity().chance.unwrap().draws, 6);
    // One is counting at that moment, and has read the case already.
    let counting = house.another_process().await;
    app::integrity::run(&counting).await.unwrap();
    for case in [cases[0], cases[3]] {
        house.app.erase(case, Some("unfit")).await.unwrap();
    }
    let digest = |person: &str| {
        use sha2::{Digest as _, Sha256};
        let digest = Sha256::new_with_prefix(b"panjereh chance v1").chain_update(person).finalize();
        u64::from_be_bytes(digest[..8].try_into().unwrap()).to_string()
    };
    for process in [&house.app, &counting, &house.app] {
        app::integrity::run(process).await.unwrap();
        let kept = String::from_utf8(figures(&house).await.body).unwrap();
        assert!(!kept.contains(&digest("p1")), "who was erased is known by a digest");
        assert!(kept.contains(&digest("p2")));
    }
    app::integrity::run(&counting).await.unwrap();
    let bit_by_bit = counting.integrity();
    assert_eq!(bit_by_bit.chance.unwrap().draws, 4);
    let entry = figures(&house).await;
    let gone = store::Put { kind: entry.kind, key: entry.key, owner: None, body: None, expected: Some(entry.version) };
    house.store.put(vec![gone]).await.unwrap();
    let again = house.another_process().await;
    app::integrity::run(&again).await.unwrap();
    assert_eq!(again.integrity().chance, bit_by_bit.chance);
    assert_eq!(again.integrity().figures.lots, bit_by_bit.figures.lots);
}

async fn figures(house: &House) -> store::Entry {
    let query = store::EntryQuery { kind: "integrity".to_owned(), key: None, owner: None, after: None, limit: 1 };
    house.store.entries(query).await.unwrap().remove(0)
}
