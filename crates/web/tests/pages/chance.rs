//! Where chance decides: on the page of the service, and on the case's before and after the draw.

use app::beacon::Sheet;
use app::beacon::sheet::Verdict;
use app::definition::value::{Decimal, Value};
use app::engine::case::Decider;
use app::{Acted, LotsFrom};

use crate::common::{House, lots};

async fn filed(house: &House) -> Acted {
    house.submit("P-0002", "spot-check", &[("number", Value::Decimal(Decimal::from(3)))]).await
}

#[tokio::test]
async fn the_service_says_between_what_chance_decides() {
    let house = House::checking_spots(LotsFrom::Own).await;
    let page = house.visitor().open("/en/services/spot-check").await;
    for words in ["chance decides", "by lot, 10 of 100", "by lot, 90 of 100", "nobody can foresee or choose it"] {
        page.says(words);
    }
    let page = house.visitor().open("/fa/services/spot-check").await;
    page.says("به قید قرعه، ۱۰ از ۱۰۰");
}

#[tokio::test]
async fn the_applicant_sees_what_the_draw_waits_for_and_then_how_it_fell() {
    let house = House::checking_spots(lots::drand().await).await;
    let acted = filed(&house).await;
    let path = format!("/cases/{}", acted.case);
    let mut reza = house.sign_in("P-0002").await;
    let page = reza.open(&format!("/en{path}")).await;
    for words in [
        "Chance decides what follows",
        "How chance decided",
        "the draw waits for round 1000, due on",
        "What could be drawn, with its share",
        "(10 of 100)",
        "To withdraw and file again does not help",
        "between which ways",
    ] {
        page.says(words);
    }
    page.does_not_say("How the officer was drawn");
    reza.open(&format!("/fa{path}")).await.says("مرحله بعد را قرعه تعیین می‌کند");
    house.let_the_round_come().await;
    let way = house.view(&acted).await.case.ways["sample"].clone();
    assert_eq!(way.by, Decider::Lot);
    let page = reza.open(&format!("/en{path}")).await;
    page.says(&format!("Decided by lot: Sample {}", way.route));
    page.says("Drawn by lot");
    page.says("divided by");
    let file = page.links("/en/cases/").into_iter().find(|link| link.contains("/draws/")).unwrap();
    let sheet = Sheet::read(&reza.get(&file).await.bytes).unwrap();
    assert_eq!(sheet.verify(&house.app.lot_trust()), Ok(Verdict::Proven));
    assert_eq!(sheet.draw.route, Some(way.route.clone()));
    // The log shows it to everybody.
    let entry = reza.open(&format!("/en/log/{}", sheet.fixed.unwrap().index)).await;
    entry.says("inspection=10,release=90");
    // Where an officer is drawn besides, the heading is of both.
    let heading = if way.route == "release" {
        "قرعه چگونه انجام شد"
    } else {
        "کارشناس چگونه با قرعه تعیین شد"
    };
    reza.open(&format!("/fa{path}")).await.says(heading);
}
