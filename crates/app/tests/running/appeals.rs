//! Appeals between two cases, by way of the outbox.

use std::sync::Arc;

use app::engine::CaseId;
use app::engine::refusal::Refusal;
use app::{Acted, AppError};
use definition::value::Value;
use jiff::SignedDuration;
use store::{NewEvent, NewMessage};
use store_postgres::PostgresStore;
use tokio::task::JoinSet;

use crate::house::{House, of_officer, of_person, roster};
use crate::server::Database;

async fn refused(house: &House) -> CaseId {
    let case = house.submit("ali", "licence", "kind smith, size 90").await.case;
    house.decide(case, "review", "refuse", Some("unfit")).await;
    case
}

async fn appeal(house: &House, original: CaseId) -> Result<Acted, AppError> {
    let draft = house.draft("board", Some(original), "reasons none");
    house.app.submit(&of_person("ali"), &draft, None).await
}

fn is_kept_out(result: &Result<Acted, AppError>) -> bool {
    matches!(result, Err(AppError::Refused(Refusal::AppealOpened)))
}

fn is_too_late(result: &Result<Acted, AppError>) -> bool {
    matches!(result, Err(AppError::Refused(Refusal::NoAppeal { .. })))
}

#[tokio::test]
async fn each_end_may_be_appealed_once() {
    let house = House::open().await;
    let case = refused(&house).await;
    for round in 0..3 {
        let opened = appeal(&house, case).await.unwrap_or_else(|error| panic!("round {round}: {error}")).case;
        assert!(is_kept_out(&appeal(&house, case).await), "before the first was heard of");
        house.jobs().await;
        assert!(is_kept_out(&appeal(&house, case).await));
        assert_eq!(house.state(case).await.ended.unwrap().appealed_by, Some(opened));
        house.decide(opened, "hearing", "grant", None).await;
        house.jobs().await;
        assert_eq!(house.state(case).await.stage, "review", "the decision fell and the case went on");
        house.decide(case, "review", "refuse", Some("unfit")).await;
    }
}

#[tokio::test]
async fn whoever_hears_an_appeal_sees_what_it_is_about_and_nobody_else_does() {
    let house = House::open().await;
    let case = refused(&house).await;
    let opened = appeal(&house, case).await.unwrap().case;
    let judge = house.state(opened).await.drawn("hearing")[0].clone();
    let other = if judge == "j1" { "j2" } else { "j1" };
    assert!(house.app.case(&of_officer(&judge), case).await.is_err(), "before the appealed case has heard of it");
    house.jobs().await;
    let view = house.app.case(&of_officer(&judge), case).await.unwrap();
    assert!(view.standing.sees() && !view.history.is_empty());
    // To see is not to act.
    let act = crate::house::decide("grant", None);
    assert!(matches!(house.act(&of_officer(&judge), case, act).await, Err(AppError::NotFound(_))));
    assert!(matches!(house.app.case(&of_officer(other), case).await, Err(AppError::NotFound(_))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_appeals_at_the_same_moment_one_is_heard() {
    let house = Arc::new(House::open().await);
    let case = refused(&house).await;
    let mut tasks = JoinSet::new();
    for _ in 0..32 {
        let house = Arc::clone(&house);
        tasks.spawn(async move { appeal(&house, case).await });
    }
    let results = tasks.join_all().await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert!(results.iter().all(|result| result.is_ok() || is_kept_out(result)), "{results:?}");
}

#[tokio::test]
async fn an_appeal_in_time_counts_however_late_its_message() {
    let house = House::open().await;
    let case = refused(&house).await;
    let opened = appeal(&house, case).await.unwrap().case;
    // The outbox does not run for two months.
    house.app.clock.advance(SignedDuration::from_hours(24 * 60));
    assert!(is_too_late(&appeal(&house, case).await));
    app::jobs::outbox::run(&house.app).await.unwrap();
    assert_eq!(house.state(case).await.ended.unwrap().appealed_by, Some(opened));
    // The board was silent for two months as well: the decision falls.
    house.jobs().await;
    assert_eq!(house.state(case).await.stage, "review");
}

#[tokio::test]
async fn an_appeal_that_is_too_late_is_not_opened() {
    let house = House::open().await;
    let case = refused(&house).await;
    house.app.clock.advance(SignedDuration::from_hours(24 * 60));
    assert!(is_too_late(&appeal(&house, case).await));
    // Nor one of somebody else's case.
    let draft = house.draft("board", Some(case), "reasons none");
    let other = house.app.submit(&of_person("zahra"), &draft, None).await;
    assert!(matches!(other, Err(AppError::NotFound(_))), "{other:?}");
}

#[tokio::test]
async fn a_success_that_the_other_case_cannot_take_yet_is_not_lost() {
    let house = House::open().await;
    // Barred by a rule: nobody was drawn so far.
    let case = house.submit("ali", "licence", "kind smith, size 950").await.case;
    let opened = appeal(&house, case).await.unwrap().case;
    house.jobs().await;
    house.app.put_roster(roster(&["e1", "e2", "e3"])).await.unwrap();
    house.decide(opened, "hearing", "grant", None).await;
    house.jobs().await;
    assert_eq!(house.state(case).await.stage, "barred");
    assert_eq!(house.app.backlog().await.unwrap().stuck_messages, 1);
    house.app.put_roster(roster(&[])).await.unwrap();
    house.app.clock.advance(SignedDuration::from_secs(61));
    house.jobs().await;
    assert_eq!(house.state(case).await.stage, "review");
    assert_eq!(house.app.backlog().await.unwrap().outbox, 0);
}

/// A licence for a year, which an appeal makes one for two years in the same register.
const SHORT: &str = "--- services/short/service.yaml
service: short
authority: office
portal: counter
for: person
within: 20 workdays
facts:
  kind: { concept: trade.kind, ask: required }
stages:
  screening: { decide: rules, grant: short }
  short:     { end: granted, issue: licence, valid: 1 years, enter: stalls, appeal: board within 15 workdays, overturned: full }
  full:      { end: granted, issue: licence, valid: 2 years, enter: stalls }
--- services/short/rules.csv
in:kind,out:route
-,grant
--- services/short/en.ftl
title = Short licence
summary = A licence for a year.
fact-kind = Which trade?
    .hint = One.
stage-screening = Screening
stage-short = Granted for a year
stage-full = Granted for two years
certificate-licence = Licence
table-rules = Rules
output-rules-route = Result
";

#[tokio::test]
async fn an_appeal_may_lead_from_one_record_to_the_next_of_the_same_register() {
    full_for_short(&House::with_files(SHORT).await).await;
}

#[tokio::test]
async fn so_it_may_on_postgresql() {
    let Some(database) = Database::create().await else { return };
    let store = Arc::new(PostgresStore::connect(&database.url, 4).await.unwrap());
    let house = House::with_files_on(store, tempfile::tempdir().unwrap(), SHORT).await;
    full_for_short(&house).await;
    drop(house);
}

async fn full_for_short(house: &House) {
    let case = house.submit("ali", "short", "kind smith").await.case;
    house.jobs().await;
    let opened = appeal(house, case).await.unwrap().case;
    house.jobs().await;
    // Its keeper noted something meanwhile, which is of the record that falls.
    let kind = "register/stalls".to_owned();
    let query = || store::EntryQuery { kind: kind.clone(), key: None, owner: None, after: None, limit: 10 };
    let entries = house.store.entries(query()).await.unwrap();
    let key = entries[0].key.clone();
    let values = [("trade.kind".to_owned(), Value::Code("baker".to_owned()))].into();
    let noted = app::engine::event::Entering { register: "stalls".to_owned(), key: key.clone(), held_by: None, values };
    house.app.put_records(&[noted]).await.unwrap();
    house.decide(opened, "hearing", "grant", None).await;
    house.jobs().await;
    house.jobs().await;
    let state = house.state(case).await;
    assert_eq!((state.stage.as_str(), house.app.backlog().await.unwrap().outbox), ("full", 0));
    let entries = house.store.entries(query()).await.unwrap();
    assert_eq!((entries.len(), &entries[0].key, entries[0].owner.as_deref()), (1, &key, Some("ali")));
    let record: app::engine::world::Record = serde_json::from_slice(&entries[0].body).unwrap();
    assert_eq!(record.values["trade.kind"], Value::Code("smith".to_owned()));
    let shown = house.app.certificate(&of_person("ali"), case).await.unwrap().unwrap();
    assert_eq!(shown.verdict.code(), "valid");
}

/// Adds messages to a case's last event, as if it had left them.
async fn leave(house: &House, case: CaseId, topics: &[serde_json::Value]) {
    let row = house.store.case(case).await.unwrap().unwrap();
    let event: NewEvent = house.store.history(case, row.seq - 1, 1).await.unwrap().remove(0).event;
    let message = |body: &serde_json::Value| NewMessage {
        topic: body["topic"].as_str().unwrap().to_owned(),
        body: serde_json::to_vec(body).unwrap(),
    };
    let append = store::Append {
        case,
        expected_seq: row.seq,
        events: vec![event],
        row: app::CaseRow { seq: row.seq + 1, ..row },
        due: Vec::new(),
        outbox: topics.iter().map(message).collect(),
        puts: Vec::new(),
        idempotency: None,
        erases: Vec::new(),
    };
    house.store.append(append).await.unwrap();
}

#[tokio::test]
async fn a_success_that_changed_nothing_is_not_forgotten_and_one_that_did_may_come_twice() {
    let house = House::open().await;
    let case = refused(&house).await;
    let opened = appeal(&house, case).await.unwrap().case;
    house.jobs().await;
    house.decide(opened, "hearing", "grant", None).await;
    house.jobs().await;
    house.decide(case, "review", "refuse", Some("unfit")).await;
    leave(&house, opened, &[serde_json::json!({ "topic": "overturn", "original": case })]).await;
    house.jobs().await;
    assert_eq!(house.app.backlog().await.unwrap().outbox, 0, "it fell when that came first");
    assert_eq!(house.state(case).await.stage, "refused");
    // Of a case that never heard of an appeal.
    let other = house.submit("zahra", "licence", "kind smith, size 950").await.case;
    leave(&house, opened, &[serde_json::json!({ "topic": "overturn", "original": other })]).await;
    house.jobs().await;
    let backlog = house.app.backlog().await.unwrap();
    assert_eq!((backlog.outbox, backlog.stuck_messages), (1, 1));
}
