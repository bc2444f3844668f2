//! `/{language}/sign-in` and `/{language}/sign-out`.

use app::engine::CaseId;
use jiff::SignedDuration;
use web::SiteSettings;

use crate::common::House;

#[tokio::test]
async fn a_link_signs_in_once() {
    let house = House::open().await;
    let link = house.app.sign_in_link("P-0001").await.unwrap();
    let path = format!("/en/sign-in/{link}");
    // Mail programs look at links before people do; that uses nothing up.
    house.visitor().open(&path).await;
    house.visitor().open(&path).await.says("Your link is ready.");
    let mut sara = house.visitor();
    assert_eq!(sara.post(&path, &[]).await.location().as_deref(), Some("/en"));
    sara.open("/en").await.says("Signed in as ");
    let mut second = house.visitor();
    let page = second.post(&path, &[]).await;
    assert_eq!(page.status, 401);
    page.says("Please sign in");
    assert_eq!(page.links("/en/sign-in"), ["/en/sign-in", "/en/sign-in"], "a way on, beside the one in the banner");
    second.open("/en").await.does_not_say("Signed in as");
}

#[tokio::test]
async fn a_link_lives_half_an_hour_and_a_session_half_a_day() {
    let house = House::open().await;
    let link = house.app.sign_in_link("P-0001").await.unwrap();
    house.app.clock.advance(SignedDuration::from_mins(31));
    assert_eq!(house.visitor().post(&format!("/fa/sign-in/{link}"), &[]).await.status, 401);
    let mut sara = house.sign_in("P-0001").await;
    house.app.clock.advance(SignedDuration::from_hours(11));
    sara.open("/fa/cases").await;
    house.app.clock.advance(SignedDuration::from_hours(2));
    let page = sara.get("/fa/cases?before=3").await;
    assert_eq!(page.location().as_deref(), Some("/fa/sign-in?to=/fa/cases%3Fbefore%3D3"));
}

#[tokio::test]
async fn a_made_up_link_signs_nobody_in() {
    let house = House::open().await;
    for link in ["0", &"0".repeat(64), "%00", "..%2f..%2f", "' OR 1=1 --".replace(' ', "%20").as_str()] {
        let page = house.visitor().post(&format!("/en/sign-in/{link}"), &[]).await;
        assert_eq!(page.status, 401, "{link}");
        assert!(page.header("set-cookie").is_empty());
    }
}

#[tokio::test]
async fn one_comes_back_to_the_page_that_was_asked_for() {
    let house = House::open().await;
    let to = house.visitor().get("/en/apply/activity-licence?change=true").await.location().unwrap();
    assert_eq!(to, "/en/sign-in?to=/en/apply/activity-licence%3Fchange%3Dtrue");
    let mut visitor = house.visitor();
    let page = visitor.open(&to).await;
    let hidden = page.form("to").hidden;
    assert_eq!(hidden, [("to".to_owned(), "/en/apply/activity-licence?change=true".to_owned())]);
    let page = visitor.submit_only(&page, "to", &[]).await;
    assert_eq!(page.location().as_deref(), Some("/en/apply/activity-licence?change=true"));
}

#[tokio::test]
async fn signing_in_leads_to_no_other_site() {
    let house = House::open().await;
    let elsewhere = [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/fa\r\nSet-Cookie: a=b",
        "/%2f/evil.example\u{0}",
        "javascript:alert(1)",
        "/\u{fffd}",
        "evil.example",
        "/de//evil.example",
    ];
    for to in elsewhere {
        let mut visitor = house.visitor();
        let page = visitor.open(&format!("/en/sign-in?to={}", crate::common::escaped(to))).await;
        assert!(!page.body.contains("evil.example"), "{to}: {}", page.body);
        let link = house.app.sign_in_link("P-0001").await.unwrap();
        let page = visitor.post(&format!("/en/sign-in/{link}"), &[("to", to)]).await;
        assert_eq!(page.location().as_deref(), Some("/en"), "{to}");
        assert_eq!(page.headers.get_all("set-cookie").iter().count(), 1, "{to}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_also_for_a_copy_of_its_cookie() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let mut copy = sara.clone();
    let page = sara.open("/fa/cases").await;
    let out = sara.submit_only(&page, "csrf", &[]).await;
    assert_eq!(out.location().as_deref(), Some("/fa?out=true"));
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert!(copy.get("/fa/cases").await.location().unwrap().starts_with("/fa/sign-in"));
}

#[tokio::test]
async fn the_cookie_is_out_of_reach() {
    let house = House::with(SiteSettings { secure_cookies: true, ..SiteSettings::default() }).await;
    let link = house.app.sign_in_link("P-0001").await.unwrap();
    let cookie = house.visitor().post(&format!("/en/sign-in/{link}"), &[]).await.header("set-cookie");
    assert!(cookie.starts_with("__Host-session=") && cookie.contains("; Path=/; HttpOnly; SameSite=Lax; Secure"));
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn nobody_becomes_somebody_outside_the_demonstration() {
    let house = House::with(SiteSettings::default()).await;
    house.visitor().open("/en/sign-in").await.does_not_say("Sara");
    assert_eq!(house.visitor().post("/en/sign-in/as/P-0001", &[("to", "")]).await.status, 404);
    let acted = house.permit().await;
    let mut sara = house.sign_in("P-0001").await;
    let csrf = crate::case::csrf(&mut sara).await;
    let paid = sara.post(&format!("/en/cases/{}/pay", acted.case), &[("csrf", &csrf)]).await;
    assert_eq!(paid.status, 403, "only the treasury says that money arrived");
}

#[tokio::test]
async fn a_form_of_an_ended_session_leads_back_to_its_page() {
    let house = House::open().await;
    let unreal = CaseId([7; 16]);
    let request = axum::http::Request::post(format!("/fa/cases/{unreal}/supply"))
        .header("host", "maku.example")
        .header("referer", format!("https://maku.example/fa/cases/{unreal}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from("csrf=x"));
    let page = house.visitor().send(request.unwrap()).await;
    assert_eq!(page.location(), Some(format!("/fa/sign-in?to=/fa/cases/{unreal}")));
}
