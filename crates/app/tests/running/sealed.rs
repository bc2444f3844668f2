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
    let mut both = officers.clone();
    both.sort();
    house.act(&first, case, decide("refuse", Some("unsafe"))).await.unwrap();
    for other in [&second, &of_person("ali"), &supervisor()] {
        assert_eq!(seen(&house, other, case).await, 0, "{}", other.id);
        let view = house.app.case(other, case).await.unwrap();
        let body = |row: &app::EventRow| String::from_utf8(row.event.body.clone()).unwrap();
        assert!(!view.history.iter().any(|(row, _)| body(row).contains("in my own words")));
        // Whom the case waits for is the supervisor's to know.
        let left = if other.supervises.is_empty() { both.clone() } else { vec![officers[1].clone()] };
        assert_eq!(view.row.holders, left, "{}", other.id);
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

/// Whoever waits for a decision is not told who has signed already, nor does an officer's colleague see it in a list.
#[tokio::test]
async fn nobody_is_told_who_has_signed_and_who_has_not() {
    let house = House::open().await;
    let (case, officers) = judged(&house).await;
    house.act(&of_officer(&officers[0]), case, decide("grant", None)).await.unwrap();
    let both = house.state(case).await.drawn("judged").to_vec();
    let ali = of_person("ali");
    let mut told = house.app.case(&ali, case).await.unwrap().row.holders;
    told.sort();
    let mut both = both;
    both.sort();
    assert_eq!(told, both);
    let mut listed = house.app.my_cases(&ali, None, 10).await.unwrap().items[0].row.holders.clone();
    listed.sort();
    assert_eq!(listed, both);
    let desk = house.app.desk(&of_officer(&officers[0]), None, 10).await.unwrap();
    assert!(desk.items.is_empty(), "who has signed has nothing more to do");
}

/// What one of those who look again proposes is for the others to know; the applicant reads what comes of it.
#[tokio::test]
async fn proposals_are_for_those_who_look_again() {
    use app::engine::act::Act;
    use app::engine::case::AGAIN;
    let house = House::open().await;
    let case = house.submit("ali", "licence", "kind smith, size 90").await.case;
    house.decide(case, "review", "grant", None).await;
    house.act(&of_officer("s1"), case, Act::Convene { reason: "a complaint".to_owned() }).await.unwrap();
    let drawn = house.state(case).await.drawn(AGAIN).to_vec();
    for officer in &drawn {
        let desk = house.app.desk(&of_officer(officer), None, 10).await.unwrap();
        assert_eq!(desk.items.len(), 1, "{officer} does not find it on the desk");
    }
    let revoke = Act::Revoke { ground: "unfit".to_owned(), note: "forged".to_owned() };
    house.act(&of_officer(&drawn[0]), case, revoke.clone()).await.unwrap();
    let proposed = async |account| {
        let view = house.app.case(&account, case).await.unwrap();
        let told = view.history.iter().filter(|(row, _)| row.event.kind == "proposed").count();
        (view.case.proposed.len(), told)
    };
    assert_eq!(proposed(of_person("ali")).await, (0, 0));
    assert_eq!(proposed(of_officer("s1")).await, (0, 0), "who only asked");
    assert_eq!(proposed(of_officer(&drawn[1])).await, (1, 1));
    house.act(&of_officer(&drawn[1]), case, revoke).await.unwrap();
    assert!(house.app.case(&of_person("ali"), case).await.unwrap().case.ended.unwrap().revoked.is_some());
    assert!(house.app.desk(&of_officer(&drawn[0]), None, 10).await.unwrap().items.is_empty());
}
