//! Order at a desk: who came first is dealt with first, in each officer's own queue.

use app::AppError;
use app::engine::act::Act;
use app::engine::refusal::Refusal;

use crate::house::{House, decide, of_officer, of_person, roster};

fn overtake() -> Act {
    Act::Overtake { ground: "urgent".to_owned() }
}

/// With one examiner, all cases stand in one queue.
async fn alone() -> House {
    let house = House::open().await;
    house.app.put_roster(roster(&["e2", "e3"])).await.unwrap();
    house
}

#[tokio::test]
async fn the_second_waits_for_the_first_or_is_taken_out_of_turn_on_a_ground() {
    let house = alone().await;
    let examiner = of_officer("e1");
    // Another service's case at another desk of the same officer has its own queue.
    house.submit("sara", "licence", "kind smith, size 90").await;
    let first = house.submit("ali", "pitch", "reasons bread").await.case;
    let second = house.submit("mina", "pitch", "reasons cakes").await.case;
    let third = house.submit("omid", "pitch", "reasons cakes").await.case;
    let refused = house.act(&examiner, third, decide("grant", None)).await.unwrap_err();
    let AppError::Refused(Refusal::NotFirst { first: told, grounds }) = refused else { panic!("{refused:?}") };
    assert_eq!((told, grounds), (first, vec!["urgent".to_owned()]));
    house.act(&examiner, third, overtake()).await.unwrap();
    house.act(&examiner, third, decide("grant", None)).await.unwrap();
    assert!(matches!(
        house.act(&examiner, first, overtake()).await.unwrap_err(),
        AppError::Refused(Refusal::NothingToOvertake)
    ));
    house.act(&examiner, first, decide("refuse", Some("unfit"))).await.unwrap();
    house.act(&examiner, second, decide("grant", None)).await.unwrap();
}

/// A case whose applicant is to answer waits for nobody else; when the answer is there, it has its old place again.
#[tokio::test]
async fn a_case_that_waits_for_its_applicant_holds_nobody_up() {
    let house = alone().await;
    let examiner = of_officer("e1");
    let first = house.submit("ali", "pitch", "reasons bread").await.case;
    let second = house.submit("mina", "pitch", "reasons cakes").await.case;
    let third = house.submit("omid", "pitch", "reasons cakes").await.case;
    let item = app::engine::case::AskedItem {
        fact: "reasons".to_owned(),
        ground: "incomplete".to_owned(),
        note: String::new(),
    };
    house.act(&examiner, first, Act::Ask { items: vec![item] }).await.unwrap();
    house.act(&examiner, second, decide("grant", None)).await.unwrap();
    let facts = house.draft("pitch", None, "reasons cakes").facts;
    house.act(&crate::house::of_person("ali"), first, Act::Supply { facts }).await.unwrap();
    let refused = house.act(&examiner, third, decide("grant", None)).await.unwrap_err();
    assert!(
        matches!(refused, AppError::Refused(Refusal::NotFirst { first: told, .. }) if told == first),
        "{refused:?}"
    );
}

/// However many cases of other desks an officer holds, the first of this one is found.
#[tokio::test]
async fn the_first_is_found_behind_many_others() {
    let house = alone().await;
    for number in 0..120 {
        house.submit(&format!("person {number}"), "licence", "kind smith, size 90").await;
    }
    let first = house.submit("ali", "pitch", "reasons bread").await.case;
    let second = house.submit("mina", "pitch", "reasons cakes").await.case;
    let refused = house.act(&of_officer("e1"), second, decide("grant", None)).await.unwrap_err();
    assert!(
        matches!(refused, AppError::Refused(Refusal::NotFirst { first: told, .. }) if told == first),
        "{refused:?}"
    );
}

/// Also where the case is at hand from the act before, and need not be read again.
#[tokio::test]
async fn a_case_that_was_acted_on_a_moment_ago_is_not_taken_before_its_turn() {
    let house = alone().await;
    let examiner = of_officer("e1");
    let first = house.submit("ali", "pitch", "reasons bread").await.case;
    let second = house.submit("mina", "pitch", "reasons cakes").await.case;
    let facts = || house.draft("pitch", None, "reasons tea").facts;
    house.act(&examiner, first, ask()).await.unwrap();
    house.act(&examiner, second, ask()).await.unwrap();
    house.act(&of_person("ali"), first, Act::Supply { facts: facts() }).await.unwrap();
    let supplied = house.act(&of_person("mina"), second, Act::Supply { facts: facts() }).await.unwrap();
    // The officer has the page before their eyes that the answer made.
    let refused = house.app.act(&examiner, second, &decide("grant", None), Some(supplied.seq), None).await.unwrap_err();
    assert!(
        matches!(refused, AppError::Refused(Refusal::NotFirst { first: told, .. }) if told == first),
        "{refused:?}"
    );
    house.act(&examiner, first, decide("grant", None)).await.unwrap();
    house.app.act(&examiner, second, &decide("grant", None), Some(supplied.seq), None).await.unwrap();
}

fn ask() -> Act {
    let (fact, ground) = ("reasons".to_owned(), "incomplete".to_owned());
    Act::Ask { items: vec![app::engine::case::AskedItem { fact, ground, note: String::new() }] }
}

/// A case comes back to the desk in the moment in which a later one is decided: whatever the log has first was right when it was recorded.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_comes_back_while_another_is_decided_is_not_passed_by() {
    let house = alone().await;
    let examiner = of_officer("e1");
    let (mut before, mut refused) = (0, 0);
    for number in 0..40 {
        let first = house.submit(&format!("first {number}"), "pitch", "reasons bread").await.case;
        let second = house.submit(&format!("second {number}"), "pitch", "reasons cakes").await.case;
        house.act(&examiner, first, ask()).await.unwrap();
        let facts = house.draft("pitch", None, "reasons tea").facts;
        let applicant = of_person(&format!("first {number}"));
        let answer = house.act(&applicant, first, Act::Supply { facts });
        let (answered, decided) = tokio::join!(answer, house.act(&examiner, second, decide("grant", None)));
        answered.unwrap();
        match decided {
            Ok(_) => {
                let answered = last(&house, first, "supplied").await;
                let decided = last(&house, second, "decided").await;
                assert!(decided < answered, "the case that came first waited when the other was decided");
                before += 1;
            }
            Err(AppError::Refused(Refusal::NotFirst { first: told, .. })) if told == first => refused += 1,
            Err(other) => panic!("{other:?}"),
        }
        house.act(&examiner, first, decide("grant", None)).await.unwrap();
        drop(house.act(&examiner, second, decide("grant", None)).await);
    }
    assert_eq!(before + refused, 40);
}

/// The place in the log of a case's last event of a kind.
async fn last(house: &House, case: app::engine::CaseId, kind: &str) -> u64 {
    let history = house.store.history(case, 0, 1000).await.unwrap();
    history.iter().rfind(|row| row.event.kind == kind).unwrap().position
}
