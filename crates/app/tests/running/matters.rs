//! One matter has one draw: filing twice, or withdrawing and filing again, brings the same officers.

use std::sync::Arc;

use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::event::{Event, What};

use crate::house::{House, of_person, roster, withdraw};

const FACTS: &str = "kind smith, size 90";

async fn drawn(house: &House, case: CaseId) -> Vec<String> {
    house.state(case).await.drawn("review").to_vec()
}

/// The case in which the officers of this one were drawn, if it was another.
async fn sits_with(house: &House, case: CaseId) -> Option<CaseId> {
    let history = house.store.history(case, 0, 100).await.unwrap();
    let events = history.iter().map(|row| serde_json::from_slice::<Event>(&row.event.body).unwrap());
    let seated = |event: Event| if let What::Seated { case, .. } = event.what { Some(case) } else { None };
    events.filter_map(seated).next()
}

#[tokio::test]
async fn however_often_one_withdraws_the_officers_stay() {
    let house = House::open().await;
    let first = house.submit("ali", "licence", FACTS).await.case;
    let officers = drawn(&house, first).await;
    let mut former = first;
    // By chance alone, one of three officers would come eight times in a row once in 6,561 runs.
    for round in 0..8 {
        house.act(&of_person("ali"), former, withdraw()).await.unwrap();
        // Another word in the application makes no other matter of it.
        let next = house.submit("ali", "licence", &format!("kind smith, size {}", 91 + round)).await.case;
        assert_eq!(drawn(&house, next).await, officers, "round {round}");
        assert_eq!(sits_with(&house, next).await, Some(first));
        former = next;
    }
}

#[tokio::test]
async fn letting_an_application_lapse_is_no_way_round_it() {
    let house = House::open().await;
    let first = house.submit("ali", "licence", FACTS).await.case;
    let officers = drawn(&house, first).await;
    let item =
        app::engine::case::AskedItem { fact: "size".to_owned(), ground: "incomplete".to_owned(), note: String::new() };
    let ask = app::engine::act::Act::Ask { items: vec![item] };
    house.act(&crate::house::of_officer(&officers[0]), first, ask).await.unwrap();
    house.pass_deadline(first).await;
    house.jobs().await;
    assert_eq!(app::outcome_name(house.state(first).await.ended.unwrap().outcome), "lapsed");
    let next = house.submit("ali", "licence", FACTS).await.case;
    assert_eq!(sits_with(&house, next).await, Some(first));
    assert_eq!(drawn(&house, next).await, officers);
}

#[tokio::test]
async fn a_decision_closes_the_matter() {
    let house = House::open().await;
    let first = house.submit("ali", "licence", FACTS).await.case;
    house.act(&of_person("ali"), first, withdraw()).await.unwrap();
    let second = house.submit("ali", "licence", FACTS).await.case;
    house.decide(second, "review", "grant", None).await;
    let third = house.submit("ali", "licence", FACTS).await.case;
    assert_eq!(sits_with(&house, third).await, None);
}

#[tokio::test]
async fn whoever_files_twice_gets_the_same_officers_twice() {
    let house = House::open().await;
    let first = house.submit("ali", "licence", FACTS).await.case;
    let officers = drawn(&house, first).await;
    for round in 0..8 {
        let next = house.submit("ali", "licence", FACTS).await.case;
        assert_eq!(drawn(&house, next).await, officers, "round {round}");
        assert_eq!(sits_with(&house, next).await, Some(first));
    }
    // A decision in one of the others does not free the seats while that in which they were drawn is open.
    let last = house.submit("ali", "licence", FACTS).await.case;
    house.decide(last, "review", "refuse", Some("unfit")).await;
    let next = house.submit("ali", "licence", FACTS).await.case;
    assert_eq!((drawn(&house, next).await, sits_with(&house, next).await), (officers, Some(first)));
    assert_eq!(house.app.rebuild().await.unwrap().mended, 0);
}

/// Whoever always has an application open would else have the same officers for ever.
#[tokio::test]
async fn nobody_keeps_officers_by_always_having_a_case_open() {
    let house = House::open().await;
    let first = house.submit("ali", "licence", FACTS).await.case;
    let mut open = house.submit("ali", "licence", FACTS).await.case;
    let mut drew = first;
    for _ in 0..4 {
        assert_eq!(sits_with(&house, open).await, Some(drew));
        house.decide(drew, "review", "grant", None).await;
        // The one before is open yet, and those who sit there go on with it.
        let next = house.submit("ali", "licence", FACTS).await.case;
        assert_eq!(sits_with(&house, next).await, None, "drawn anew");
        let beside = house.submit("ali", "licence", FACTS).await.case;
        assert_eq!(
            (sits_with(&house, beside).await, drawn(&house, beside).await),
            (Some(next), drawn(&house, next).await)
        );
        house.decide(open, "review", "grant", None).await;
        (drew, open) = (next, beside);
    }
    assert_eq!(house.app.rebuild().await.unwrap().mended, 0);
}

/// What was withdrawn is taken up by the next that is decided, and by no other.
#[tokio::test]
async fn officers_of_a_withdrawn_case_stay_until_they_decided_one() {
    let house = House::open().await;
    let first = house.submit("ali", "licence", FACTS).await.case;
    let second = house.submit("ali", "licence", FACTS).await.case;
    house.act(&of_person("ali"), first, withdraw()).await.unwrap();
    let third = house.submit("ali", "licence", FACTS).await.case;
    assert_eq!(sits_with(&house, third).await, Some(first));
    house.act(&of_person("ali"), third, withdraw()).await.unwrap();
    house.decide(second, "review", "grant", None).await;
    let next = house.submit("ali", "licence", FACTS).await.case;
    assert_eq!(sits_with(&house, next).await, None);
    assert_eq!(house.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn filing_many_times_at_once_draws_once() {
    let house = Arc::new(House::open().await);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..24 {
        let house = Arc::clone(&house);
        tasks.spawn(async move { house.submit("ali", "licence", FACTS).await.case });
    }
    let cases = tasks.join_all().await;
    let officers = drawn(&house, cases[0]).await;
    let mut draws = 0;
    for case in cases {
        assert_eq!(drawn(&house, case).await, officers);
        draws += usize::from(sits_with(&house, case).await.is_none());
    }
    assert_eq!(draws, 1);
}

#[tokio::test]
async fn a_case_that_comes_to_a_desk_later_than_another_meets_its_officers_there() {
    let house = House::open().await;
    let (one, two) =
        (house.submit("ali", "build", "size 5").await.case, house.submit("ali", "build", "size 6").await.case);
    for case in [one, two] {
        let facts = house.draft("build", None, "plan here").facts;
        house.act(&of_person("ali"), case, Act::Supply { facts }).await.unwrap();
        house.pass_deadline(case).await;
        house.jobs().await;
    }
    assert_eq!(house.state(one).await.officers, house.state(two).await.officers);
    assert!(!house.state(one).await.officers.is_empty());
    assert_eq!(sits_with(&house, two).await, Some(one));
}

#[tokio::test]
async fn another_person_and_another_service_are_other_matters() {
    let house = House::open().await;
    let first = house.submit("ali", "licence", FACTS).await.case;
    house.act(&of_person("ali"), first, withdraw()).await.unwrap();
    let other = house.submit("zahra", "licence", FACTS).await.case;
    assert_eq!(sits_with(&house, other).await, None);
    let build = house.submit("ali", "build", "size 5").await.case;
    assert_eq!(sits_with(&house, build).await, None);
}

#[tokio::test]
async fn an_officer_who_left_is_replaced_by_lot() {
    let house = House::open().await;
    let first = house.submit("ali", "licence", FACTS).await.case;
    let officers = drawn(&house, first).await;
    house.act(&of_person("ali"), first, withdraw()).await.unwrap();
    house.app.put_roster(roster(&[&officers[0]])).await.unwrap();
    let next = house.submit("ali", "licence", FACTS).await.case;
    assert_ne!(drawn(&house, next).await, officers);
    assert_eq!(drawn(&house, next).await.len(), 1);
}
