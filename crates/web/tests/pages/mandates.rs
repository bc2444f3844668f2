//! My mandates: given, accepted, used, revoked, each looked at before it is done; and what others may not.

use app::engine::CaseId;

use crate::common::scene::activity;
use crate::common::{Browser, House, Page};

/// The last day of a mandate in tests, long after their clocks' beginning and within five years.
fn last_day(house: &House) -> String {
    let later = house.app.clock.now().checked_add(jiff::SignedDuration::from_hours(24 * 300)).unwrap();
    app::engine::clock::date(house.app.zone().zone(), later).unwrap().to_string()
}

/// Sara gives Ali a mandate for her company; its path.
async fn given(house: &House, sara: &mut Browser) -> String {
    let page = sara.open("/en/mandates/give").await;
    let until = last_day(house);
    let fields = [("principal", "companies/C-0001"), ("agent", "P-0004"), ("scope", "all"), ("until", until.as_str())];
    let check = sara.submit(&page, "agent", &fields).await;
    check.says("Is this the mandate that you want to give?");
    check.says("P-0004");
    check.says("All services that are open to it");
    let done = sara.submit(&check, "confirmed", &[]).await;
    done.says("It stands in the public log.");
    done.says("waits for the agent's answer");
    done.path.split('?').next().unwrap().to_owned()
}

async fn confirm(browser: &mut Browser, path: &str) -> Page {
    let page = browser.open(path).await;
    page.is_sound();
    browser.submit(&page, "key", &[]).await
}

async fn accepted(house: &House) -> (Browser, Browser, String) {
    let (mut sara, mut ali) = (house.sign_in("P-0001").await, house.sign_in("P-0004").await);
    let path = given(house, &mut sara).await;
    confirm(&mut ali, &format!("{path}/accept")).await.says("stands");
    (sara, ali, path)
}

/// Ali applies for Sara's company up to the check page.
async fn answered(ali: &mut Browser, risk: &str) -> Page {
    let page = ali.open("/en/apply/activity-licence").await;
    page.says("In whose name do you apply?");
    page.is_sound();
    let own = ali.open("/en/apply/activity-licence?for=self").await;
    own.says("Or apply under a mandate, for:");
    own.does_not_say("You act for");
    assert_eq!(own.links("/en/apply/activity-licence?for=6d61").len(), 1);
    let form = page.form("for");
    let id = page.body.split("name=\"for\"").nth(2).unwrap().split("value=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap();
    let page = ali.open(&format!("{}?for={id}", form.action)).await;
    page.says("You act for");
    page.does_not_say("C-0004");
    let page = ali.submit(&page, "version", &[("activity", &activity(risk))]).await;
    let page = ali.submit(&page, "version", &[("premises", "M-0001")]).await;
    ali.submit(&page, "version", &[("investment", "1,000")]).await
}

#[tokio::test]
async fn a_company_acts_through_an_agent_from_the_offer_to_the_revocation() {
    let house = House::open().await;
    let (mut sara, mut ali, path) = accepted(&house).await;
    let check = answered(&mut ali, "high").await;
    check.says("You act for");
    let case = ali.submit(&check, "key", &[]).await;
    case.says("By P-0004, for");
    let id: CaseId = case.path.rsplit('/').next().unwrap().parse().unwrap();
    // Both see it, and what the agent is asked is theirs to answer.
    let list = ali.open("/en/cases").await;
    list.says("You act for");
    sara.open("/en/cases").await.does_not_say("You act for");
    let acted = app::Acted { case: id, seq: 0, stage: String::new(), outcome: None };
    let officer = house.holders(&acted).await[0].clone();
    house.ask(&officer, &acted, "again").await;
    let page = ali.open(&case.path).await;
    page.says("your turn");
    let page = ali.submit(&page, "investment", &[("investment", "2,000")]).await;
    assert!(page.text().matches("By P-0004, for").count() == 2, "{}", page.text());
    sara.open(&case.path).await.says("By P-0004, for");
    sara.open("/en/me").await.says("Your agent P-0004");
    // The holder takes the mandate back: the agent is told why they may not, and nothing is shown any more.
    let page = sara.open(&path).await;
    page.says("2 times");
    confirm(&mut sara, &format!("{path}/revoke")).await.says("revoked");
    let gone = ali.get(&case.path).await;
    assert_eq!(gone.status, 403);
    gone.says("the mandate was revoked on");
    gone.does_not_say("2,000");
    ali.open("/en/cases").await.does_not_say("You act for");
    ali.open("/en/apply/activity-licence").await.does_not_say("In whose name");
    sara.open(&case.path).await.says("By P-0004");
    for page in [&path, "/en/mandates", "/fa/mandates"] {
        ali.open(page).await.is_sound();
        sara.open(page).await.is_sound();
    }
}

#[tokio::test]
async fn a_draft_of_an_agent_is_not_sent_after_the_revocation() {
    let house = House::open().await;
    let (mut sara, mut ali, path) = accepted(&house).await;
    let check = answered(&mut ali, "low").await;
    confirm(&mut sara, &format!("{path}/revoke")).await;
    let form = check.form("key");
    let hidden: Vec<(&str, &str)> = form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let refused = ali.post(&form.action, &hidden).await;
    assert_eq!(refused.status, 403);
    refused.says("the mandate was revoked on");
    assert!(sara.open("/en/cases").await.links("/en/cases/").is_empty());
}

#[tokio::test]
async fn a_form_that_does_not_do_comes_back_with_what_was_typed() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let until = last_day(&house);
    let wrong: [(&[(&str, &str)], &str); 6] = [
        (&[("agent", "P-0004"), ("until", &until)], "Choose"),
        (&[("principal", "companies/C-0001"), ("until", &until)], "Give the agent's number"),
        (&[("principal", "companies/C-0001"), ("agent", "P-0001"), ("until", &until)], "You hold it yourself"),
        (&[("principal", "companies/C-0001"), ("agent", "P-0004"), ("until", "soon")], "date"),
        (&[("principal", "companies/C-0001"), ("agent", "P-0004"), ("until", "2020-01-01")], "in the future"),
        (
            &[("principal", "companies/C-0002"), ("agent", "P-0004"), ("until", &until)],
            "does not say that this is yours",
        ),
    ];
    for (fields, says) in wrong {
        let page = sara.open("/en/mandates/give").await;
        let page = sara.submit(&page, "agent", fields).await;
        page.says(says);
        page.is_sound();
        assert!(page.body.contains("error-summary"), "{}", page.body);
    }
    // An id that nobody has gets the same page as one that somebody has.
    let give = |agent: &'static str| [("principal", "companies/C-0001"), ("agent", agent), ("until", until.as_str())];
    let page = sara.open("/en/mandates/give").await;
    let known = sara.submit(&page, "agent", &give("P-0004")).await.text().replace("P-0004", "N");
    let unknown = sara.submit(&page, "agent", &give("P-9999")).await.text().replace("P-9999", "N");
    assert_eq!(known, unknown);
    // Who holds no company gives none.
    let mut ali = house.sign_in("P-0004").await;
    assert_eq!(ali.get("/en/mandates/give").await.status, 403);
}

#[tokio::test]
async fn a_mandate_is_nobody_elses_to_see_or_to_end() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let path = given(&house, &mut sara).await;
    let mut reza = house.sign_in("P-0002").await;
    for page in ["", "/accept", "/revoke", "/give-up", "/nothing"] {
        assert_eq!(reza.get(&format!("{path}{page}")).await.status, 404, "{page}");
    }
    let csrf = reza.open("/en/mandates").await.form("csrf").hidden[0].1.clone();
    for act in ["accept", "revoke", "give-up"] {
        let fields = [("csrf", csrf.as_str()), ("key", "0")];
        assert_eq!(reza.post(&format!("{path}/{act}"), &fields).await.status, 404, "{act}");
    }
    // The holder does not accept in the agent's place; without the session's secret nothing is done.
    assert_eq!(sara.get(&format!("{path}/accept")).await.status, 403);
    assert_eq!(sara.post(&format!("{path}/revoke"), &[("csrf", "0"), ("key", "0")]).await.status, 409);
    for wrong in ["/en/mandates/0", "/en/mandates/6d616e646174ffffffffffffffffffff", "/en/apply/activity-licence?for=x"]
    {
        assert_eq!(reza.get(wrong).await.status, 404, "{wrong}");
    }
    let mandate = path.rsplit('/').next().unwrap().to_owned();
    assert_eq!(reza.get(&format!("/en/apply/activity-licence?for={mandate}")).await.status, 404);
    assert_eq!(reza.get(&format!("/en/cases/{mandate}")).await.status, 404, "it is no case");
    let stranger = house.visitor().get("/en/mandates").await;
    assert!(stranger.status == 401 || stranger.status.is_redirection(), "{}", stranger.status);
}

#[tokio::test]
async fn an_agent_appeals_for_the_company() {
    let house = House::open().await;
    let (_, mut ali, _) = accepted(&house).await;
    let acted = house.licence("P-0001", "C-0001", "M-0001", &activity("high")).await;
    let officer = house.holders(&acted).await[0].clone();
    let refuse = app::engine::act::Act::Decide {
        route: "refuse".to_owned(),
        ground: Some("premises-unfit".to_owned()),
        note: String::new(),
        facts: std::collections::BTreeMap::new(),
    };
    house.act(&officer, &acted, &refuse).await;
    let page = ali.open(&format!("/en/cases/{}", acted.case)).await;
    let link = page.links("/en/apply/review-board")[0].clone();
    assert!(link.contains("for="), "{link}");
    let page = ali.open(&link).await;
    let page = ali.submit(&page, "version", &[("reasons", "sample reasons")]).await;
    let check = ali.submit(&page, "version", &[]).await;
    let appeal = ali.submit(&check, "key", &[]).await;
    appeal.says("By P-0004, for");
    let links = ali.open("/en/cases").await.links("/en/cases/");
    assert!(links.contains(&appeal.path), "the appeal is on the agent's list: {links:?}");
    // The other way round nobody appeals in a company's name without one.
    let mut reza = house.sign_in("P-0002").await;
    assert_eq!(reza.get(&link).await.status, 404);
}

/// A household is called one, and who belongs to it takes goods out of its allowance under a mandate.
#[tokio::test]
async fn a_household_acts_through_its_members() {
    let house = House::open().await;
    let (mut sara, mut ali) = (house.sign_in("P-0001").await, house.sign_in("P-0004").await);
    let page = sara.open("/en/mandates/give").await;
    page.says("household H-0001");
    page.is_sound();
    let until = last_day(&house);
    let fields = [
        ("principal", "households/H-0001"),
        ("agent", "P-0004"),
        ("scope", "named"),
        ("service-household-goods", "household-goods"),
        ("until", until.as_str()),
    ];
    let check = sara.submit(&page, "agent", &fields).await;
    check.says("household H-0001");
    let done = sara.submit(&check, "confirmed", &[]).await;
    let path = done.path.split('?').next().unwrap().to_owned();
    confirm(&mut ali, &format!("{path}/accept")).await.says("stands");
    let page = ali.open("/en/apply/household-goods").await;
    page.says("household H-0001");
    let form = page.form("for");
    let id = page.body.split("name=\"for\"").nth(2).unwrap().split("value=\"").nth(1).unwrap();
    let page = ali.open(&format!("{}?for={}", form.action, id.split('"').next().unwrap())).await;
    page.says("You act for household H-0001");
    let page = ali.submit(&page, "version", &[("commodity", "19053100")]).await;
    let page = ali.submit(&page, "version", &[("description", "biscuits")]).await;
    let check = ali.submit(&page, "version", &[("value", "1,500,000,000")]).await;
    let case = ali.submit(&check, "key", &[]).await;
    case.says("Released");
    case.says("Household's pass");
    sara.open(&case.path.replacen("/en/", "/fa/", 1)).await.says("مجوز کالای خانوار");
}
