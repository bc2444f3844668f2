//! How the officer was drawn: on the case's page and on the desk, before and after the round.

use app::beacon::Sheet;
use app::beacon::sheet::Verdict;

use crate::common::{House, lots, scene::activity};

#[tokio::test]
async fn the_applicant_sees_what_the_draw_waits_for_and_then_how_it_came_out() {
    let house = House::drawing(lots::drand().await).await;
    let acted = house.licence("P-0002", "C-0002", "M-0003", &activity("high")).await;
    let mut reza = house.sign_in("P-0002").await;
    let page = reza.open(&format!("/en/cases/{}", acted.case)).await;
    page.says("An officer is being drawn.");
    page.says("before the random number was known");
    page.says("How the officer was drawn");
    page.says("the draw waits for round 1000, due on");
    page.says("Who could be drawn, with their share");
    page.says("The draw was fixed");
    let page = reza.open(&format!("/fa/cases/{}", acted.case)).await;
    page.says("قرعه در انتظار نوبت ۱۰۰۰ است");
    // Nobody is drawn yet, so there is nothing to take away.
    assert_eq!(reza.get(&format!("/en/cases/{}/draws/0", acted.case)).await.status, 404);
    house.let_the_round_come().await;
    let officer = house.holders(&acted).await[0].clone();
    let page = reza.open(&format!("/en/cases/{}", acted.case)).await;
    page.says("Round 1000 of the drand chain");
    page.says("divided by");
    page.says(&officer);
    assert!(!page.body.contains("the draw waits"));
    let file = page.links("/en/cases/").into_iter().find(|link| link.contains("/draws/")).unwrap();
    let file = reza.get(&file).await;
    assert!(file.header("content-disposition").starts_with("attachment"));
    let sheet = Sheet::read(&file.bytes).unwrap();
    assert_eq!(sheet.verify(&house.app.lot_trust()), Ok(Verdict::Proven));
    // The entry that fixed it shows the same to everybody.
    let entry = reza.open(&format!("/en/log/{}", sheet.fixed.unwrap().index)).await;
    entry.says("a round of drand");
    let mut desk = house.sign_in(&officer).await;
    desk.open(&format!("/fa/desk/{}", acted.case)).await.says("کارشناس چگونه با قرعه تعیین شد");
    let mut stranger = house.sign_in("P-0001").await;
    assert_eq!(stranger.get(&format!("/en/cases/{}/draws/0", acted.case)).await.status, 404);
}

#[tokio::test]
async fn a_draw_of_the_zones_own_says_that_it_proves_nothing() {
    let house = House::open().await;
    let (acted, _) = house.waiting().await;
    let mut reza = house.sign_in("P-0002").await;
    let page = reza.open(&format!("/en/cases/{}", acted.case)).await;
    page.says("that the number was not chosen cannot be proven");
    page.does_not_say("before the random number was known");
    // The sum's sentence goes in the page's direction, though it begins with an id; each id stands in one piece.
    let officer = house.holders(&acted).await[0].clone();
    for (language, sum) in [("en", ": \u{2068}"), ("fa", ": باقیمانده")] {
        let page = reza.open(&format!("/{language}/cases/{}", acted.case)).await;
        let told = format!("<dd><bdi dir=\"ltr\">{officer}</bdi>{sum}");
        assert!(page.body.contains(&told), "{told} is not in {}", page.body);
        let id = |rest: &&str| rest.starts_with("O-0") || rest.starts_with("C-0");
        let within = |before: &str| before.ends_with("<bdi dir=\"ltr\">");
        let places = page.body.char_indices().map(|(place, _)| page.body.split_at(place));
        let broken: Vec<&str> =
            places.filter(|(before, rest)| id(rest) && !within(before)).map(|(_, rest)| &rest[..6]).collect();
        assert!(broken.is_empty(), "{broken:?} may break: {}", page.body);
    }
    let file = reza.get(&format!("/en/cases/{}/draws/0", acted.case)).await;
    assert_eq!(Sheet::read(&file.bytes).unwrap().verify(&house.app.lot_trust()), Ok(Verdict::NotProvable));
    assert_eq!(reza.get(&format!("/en/cases/{}/draws/1", acted.case)).await.status, 404);
    assert_eq!(reza.get(&format!("/en/cases/{}/draws/x", acted.case)).await.status, 404);
}
