//! Appeals between two cases, by way of the outbox.

use std::sync::Arc;

use app::engine::CaseId;
use app::engine::refusal::Refusal;
use app::{Acted, AppError};
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::house::{House, of_officer, of_person, roster};

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
