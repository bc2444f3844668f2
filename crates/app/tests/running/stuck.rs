//! Cases that cannot lapse, and messages that cannot be delivered, hold up no others, and an operator sees them.

use std::sync::Arc;

use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::house::{House, of_person, roster};

/// More than the clock reads at once.
const MANY: usize = 510;

/// A case that rests three days, and then goes to the fire brigade.
async fn at_rest(house: &House) -> app::engine::CaseId {
    let case = house.submit("ali", "build", "size 5").await.case;
    let plan = house.draft("build", None, "plan here").facts;
    house.act(&of_person("ali"), case, app::engine::act::Act::Supply { facts: plan }).await.unwrap();
    case
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_cases_that_cannot_lapse_do_not_hold_up_the_others() {
    let house = Arc::new(House::open().await);
    let mut opening = JoinSet::new();
    for _ in 0..MANY {
        let house = Arc::clone(&house);
        opening.spawn(async move { at_rest(&house).await });
    }
    let stuck = opening.join_all().await;
    // Opened last, and due last. For the others' consult nobody can be drawn.
    let other = house.submit("zahra", "licence", "kind smith, size 90").await.case;
    house.app.put_roster(roster(&["f1", "f2"])).await.unwrap();
    house.app.clock.advance(SignedDuration::from_hours(24 * 30));
    assert_eq!(house.jobs().await.0, 1, "only the one that can");
    assert!(house.state(other).await.ended.is_some(), "it waits behind those that cannot lapse");
    let backlog = house.app.backlog().await.unwrap();
    assert_eq!((backlog.stuck_deadlines, backlog.due), (MANY, MANY));
    // They rest for a while, and are tried again when somebody has mended the roster.
    house.app.put_roster(roster(&[])).await.unwrap();
    assert_eq!(house.jobs().await.0, 0);
    assert_eq!(house.app.backlog().await.unwrap().stuck_deadlines, MANY, "at rest they are stuck still");
    house.app.clock.advance(SignedDuration::from_secs(61));
    assert_eq!(house.jobs().await.0, MANY);
    assert_eq!(house.app.backlog().await.unwrap().stuck_deadlines, 0);
    for case in stuck {
        assert_eq!(house.state(case).await.stage, "opinions");
    }
}

#[tokio::test]
async fn a_message_that_cannot_be_delivered_keeps_its_place_and_holds_up_no_other_case() {
    let house = House::open().await;
    let certificate = house.submit("ali", "licence", "kind baker, size 80").await.case;
    // A message of a topic that this version does not know, from another case, stands before it.
    let waiting = house.store.outbox(None, 10).await.unwrap();
    assert_eq!(waiting.len(), 1);
    let odd = house.submit("zahra", "licence", "kind smith, size 90").await;
    let row = house.store.case(odd.case).await.unwrap().unwrap();
    let history = house.store.history(odd.case, 0, 10).await.unwrap();
    let message = |topic: &str| store::NewMessage { topic: topic.to_owned(), body: br#"{"topic":"unknown"}"#.to_vec() };
    let append = store::Append {
        case: odd.case,
        expected_seq: row.seq,
        events: vec![history[0].event.clone()],
        row: app::CaseRow { seq: row.seq + 1, ..row },
        due: Vec::new(),
        outbox: vec![message("unknown"), message("unknown")],
        puts: Vec::new(),
        idempotency: None,
        erases: Vec::new(),
    };
    house.store.append(append).await.unwrap();
    let last = house.submit("ali", "licence", "kind baker, size 70").await.case;
    assert_eq!(app::jobs::outbox::run(&house.app).await.unwrap(), 2, "both certificates");
    for case in [certificate, last] {
        assert!(house.app.certificate(&of_person("ali"), case).await.unwrap().is_some());
    }
    let backlog = house.app.backlog().await.unwrap();
    assert_eq!((backlog.outbox, backlog.stuck_messages), (2, 1), "the second waits behind the first of its case");
    assert_eq!(app::jobs::outbox::run(&house.app).await.unwrap(), 0);
}

/// The certificate of a receipt is made while another case's message voids it: one of the two finds that it changed, looks again, and is done in the same run.
#[tokio::test]
async fn messages_about_one_certificate_do_not_hold_each_other_up() {
    let house = House::open().await;
    let issuer = house.submit("ali", "licence", "kind baker, size 80").await.case;
    let by = house.submit("zahra", "licence", "kind smith, size 90").await;
    let row = house.store.case(by.case).await.unwrap().unwrap();
    let history = house.store.history(by.case, 0, 10).await.unwrap();
    let body = serde_json::to_vec(&serde_json::json!({ "topic": "void", "issuer": issuer })).unwrap();
    let append = store::Append {
        case: by.case,
        expected_seq: row.seq,
        events: vec![history[0].event.clone()],
        row: app::CaseRow { seq: row.seq + 1, ..row },
        due: Vec::new(),
        outbox: vec![store::NewMessage { topic: "void".to_owned(), body }],
        puts: Vec::new(),
        idempotency: None,
        erases: Vec::new(),
    };
    house.store.append(append).await.unwrap();
    assert_eq!(app::jobs::outbox::run(&house.app).await.unwrap(), 2);
    assert_eq!(house.app.backlog().await.unwrap().stuck_messages, 0);
}

#[tokio::test]
async fn a_roster_that_another_process_replaced_is_seen() {
    let house = House::open().await;
    let other = house.another_process().await;
    other.put_roster(roster(&["e1"])).await.unwrap();
    assert_ne!(house.app.roster(), other.roster());
    house.jobs().await;
    assert_eq!(house.app.roster(), other.roster());
}
