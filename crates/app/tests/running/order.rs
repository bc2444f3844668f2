//! Order at a desk: who came first is dealt with first, in each officer's own queue.

use app::AppError;
use app::engine::act::Act;
use app::engine::refusal::Refusal;

use crate::house::{House, decide, of_officer, roster};

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
