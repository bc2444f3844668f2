//! What one of two officers signed is sealed until the decision stands: nobody else sees it, in no view and in no leaf.

use app::engine::CaseId;
use app::engine::case::Turn;
use app::engine::event::What;
use app::{Account, CaseView};

use crate::house::{House, decide, of_officer, of_person, supervisor, withdraw};

/// A case that two examiners decide.
async fn judged(house: &House) -> (CaseId, Vec<String>) {
    let case = house.submit("ali", "build", "size 5").await.case;
    let plan = house.draft("build", None, "plan here").facts;
    house.act(&of_person("ali"), case, app::engine::act::Act::Supply { facts: plan }).await.unwrap();
    // The rest, then both authorities are silent: fire objects.
    for _ in 0..3 {
        house.pass_deadline(case).await;
        house.jobs().await;
    }
    let state = house.state(case).await;
    assert_eq!(state.stage, "judged");
    (case, state.drawn("judged").to_vec())
}

fn signatures(view: &CaseView) -> usize {
    let signed = match &view.case.turn {
        Turn::Officers { signed, .. } => signed.len(),
        _ => 0,
    };
    signed + view.history.iter().filter(|(_, event)| matches!(event.what, What::Signed { .. })).count()
}

async fn seen(house: &House, account: &Account, case: CaseId) -> usize {
    signatures(&house.app.case(account, case).await.unwrap())
}

#[tokio::test]
async fn nobody_sees_what_the_first_signed_before_the_second_has() {
    let house = House::open().await;
    let (case, officers) = judged(&house).await;
    let (first, second) = (of_officer(&officers[0]), of_officer(&officers[1]));
    house.act(&first, case, decide("refuse", Some("unsafe"))).await.unwrap();
    for other in [&second, &of_person("ali"), &supervisor()] {
        assert_eq!(seen(&house, other, case).await, 0, "{}", other.id);
        let view = house.app.case(other, case).await.unwrap();
        let body = |row: &app::EventRow| String::from_utf8(row.event.body.clone()).unwrap();
        assert!(!view.history.iter().any(|(row, _)| body(row).contains("in my own words")));
        // That somebody signed is no secret: it is no longer their turn.
        assert_eq!(view.row.holders, [officers[1].clone()]);
    }
    assert_eq!(seen(&house, &first, case).await, 2, "one sees one's own");
    // In the lists as on the page.
    let desk = house.app.desk(&second, None, 10).await.unwrap();
    assert!(matches!(&desk.items[0].case.turn, Turn::Officers { signed, .. } if signed.is_empty()));
    house.act(&second, case, decide("refuse", Some("unfit"))).await.unwrap();
    for anybody in [&first, &second, &of_person("ali"), &supervisor()] {
        assert_eq!(seen(&house, anybody, case).await, 2, "the decision stands, and each signature with it");
    }
}

#[tokio::test]
async fn the_third_who_settles_it_does_not_see_what_the_two_signed() {
    let house = House::open().await;
    let (case, officers) = judged(&house).await;
    house.act(&of_officer(&officers[0]), case, decide("grant", None)).await.unwrap();
    house.act(&of_officer(&officers[1]), case, decide("refuse", Some("unsafe"))).await.unwrap();
    let third = house.state(case).await.drawn("judged")[2].clone();
    assert_eq!(seen(&house, &of_officer(&third), case).await, 0);
}

#[tokio::test]
async fn what_came_to_nothing_stays_sealed() {
    let house = House::open().await;
    let (case, officers) = judged(&house).await;
    house.act(&of_officer(&officers[0]), case, decide("refuse", Some("unsafe"))).await.unwrap();
    house.act(&of_person("ali"), case, withdraw()).await.unwrap();
    assert_eq!(seen(&house, &of_person("ali"), case).await, 0);
    assert_eq!(seen(&house, &of_officer(&officers[0]), case).await, 1);
}
