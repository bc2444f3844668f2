//! `/{language}/track`: where something stands, by its reference.

use crate::common::House;
use crate::common::truck::{BUYER, SELLER, enter};

const NONE: &str = "Nothing of yours has this reference";

#[tokio::test]
async fn a_declarant_comes_to_where_it_stands_and_others_learn_nothing() {
    let house = House::open().await;
    let case = enter(&house.app).await.unwrap().case;
    let mut sara = house.sign_in(SELLER).await;
    sara.open("/en/cases").await.says("Where does it stand?");
    sara.open("/fa/track").await.says("شماره");
    let reference = case.reference();
    // However the case's own is written, and the declarant's with digits of any kind.
    for written in [&reference, &reference.to_lowercase().replace('-', ""), "TRUCK-1", " TRUCK-۱ "] {
        let page = sara.ask("/en/track", "reference", written).await;
        assert_eq!(page.location(), Some(format!("/en/cases/{case}")), "{written}");
    }
    let mut reza = house.sign_in(BUYER).await;
    for written in [reference.as_str(), "TRUCK-1", "nothing", "\u{202e}", &"9".repeat(500)] {
        let page = reza.ask("/en/track", "reference", written).await;
        assert_eq!(page.status, 200, "{written}");
        page.says(NONE);
    }
    assert_eq!(house.visitor().get("/en/track?reference=TRUCK-1").await.status, 303);
}
