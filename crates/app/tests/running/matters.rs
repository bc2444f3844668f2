//! Withdrawing and filing again does not draw again.

use app::engine::CaseId;

use crate::house::{House, of_person, roster, withdraw};

const FACTS: &str = "kind smith, size 90";

async fn drawn(house: &House, case: CaseId) -> Vec<String> {
    house.state(case).await.drawn("review").to_vec()
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
        assert_eq!(house.state(next).await.follows, Some(former));
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
    assert_eq!(house.state(next).await.follows, Some(first));
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
    assert_eq!(house.state(third).await.follows, None);
}

#[tokio::test]
async fn another_person_and_another_service_are_other_matters() {
    let house = House::open().await;
    let first = house.submit("ali", "licence", FACTS).await.case;
    house.act(&of_person("ali"), first, withdraw()).await.unwrap();
    let other = house.submit("zahra", "licence", FACTS).await.case;
    assert_eq!(house.state(other).await.follows, None);
    let build = house.submit("ali", "build", "size 5").await.case;
    assert_eq!(house.state(build).await.follows, None);
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
