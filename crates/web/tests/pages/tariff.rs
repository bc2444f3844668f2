//! `/{language}/tariff`: finding codes, and what is due on them.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;

use crate::common::{House, escaped};

#[tokio::test]
async fn goods_are_found_in_both_languages_with_their_way_and_why() {
    let house = House::open().await;
    let mut anybody = house.visitor();
    for (language, asked, code) in [
        ("fa", "آرد گندم", "11010000"),
        ("en", "flower of wheat", "11010000"),
        ("en", "wheat flour", "11010000"),
        ("fa", "بيسكويت", "19053100"),
        ("fa", "۸۷۰۳", "87032300"),
        ("en", "biscuts", "19053100"),
    ] {
        let page = anybody.open(&format!("/{language}/tariff?q={}", escaped(asked))).await;
        assert!(!page.links(&format!("/{language}/tariff/{code}")).is_empty(), "{asked}: {}", page.text());
        page.says(code);
    }
    let page = anybody.open("/fa/tariff?q=%D8%A2%D8%B1%D8%AF").await;
    page.says("محصولات نباتی");
    page.says("Vegetable products");
    page.says("یافته‌شده با: ارد");
    anybody.open("/en/tariff?q=zzzzqqqq").await.says("Nothing is found.");
    anybody.open("/en").await.says("The tariff");
}

#[tokio::test]
async fn a_code_says_what_is_due_today_and_what_stands_under_it() {
    let house = House::open().await;
    let mut anybody = house.visitor();
    let page = anybody.open("/en/tariff/19053100").await;
    page.says("Commercial profit");
    page.says("50.0%");
    page.says("Value added tax");
    page.says("functions/sample-tariff.csv");
    page.says("a sample, no law");
    let page = anybody.open("/fa/tariff/1905").await;
    page.says("زیر آن");
    assert_eq!(page.links("/fa/tariff/19053100").len(), 1);
    page.does_not_say("سود بازرگانی");
    for code in ["00000000", "x", "II", "1905310", "%2e%2e", "<b>"] {
        assert_eq!(anybody.get(&format!("/en/tariff/{}", escaped(code))).await.status, 404, "{code}");
    }
}

#[tokio::test]
async fn a_code_is_put_into_the_form_that_asked_for_it() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let item = "/en/apply/goods-entry/declaration/form/items/1";
    let page = sara.open(item).await;
    let page = sara.submit(&page, "commodity", &[("description", "wheat flour"), ("do", "tariff")]).await;
    page.says("Use this code 11010000");
    let taken = page.links(item).into_iter().find(|link| link.ends_with("commodity=11010000")).unwrap();
    let page = sara.open(&taken).await;
    assert!(page.body.contains("value=\"11010000\""), "{}", page.body);
    assert!(page.body.contains("value=\"wheat flour\""), "what was typed is still there: {}", page.body);
    // Only a page of ours is gone back to.
    for from in [
        "https://evil.example/apply/x/form/items/1",
        "//evil.example/apply/a/form/items/1",
        "/apply/x/form/items/1\"><script>",
        "/sign-out",
    ] {
        let page = sara.open(&format!("/en/tariff?q=flour&from={}", escaped(from))).await;
        page.does_not_say("Use this code");
        assert!(!page.body.contains("evil.example") && !page.body.contains("<script>"), "{}", page.body);
    }
}

#[tokio::test]
async fn long_and_hostile_questions_are_answered() {
    let house = House::open().await;
    let mut anybody = house.visitor();
    let long = "آرد ".repeat(2000);
    for asked in [
        long.as_str(),
        "\"><script>alert(1)</script>",
        "AND OR NOT ( * ~ ^ : \\",
        "\u{202e}\u{0}\u{1}",
        "%",
        "%%%%",
        "🫖".repeat(900).as_str(),
    ] {
        let page = anybody.open(&format!("/en/tariff?q={}", escaped(asked))).await;
        assert!(!page.body.contains("<script>"), "{}", page.body);
    }
    anybody.open(&format!("/fa/tariff?q={}", escaped(&long))).await.says("نویسهٔ نخست");
}

#[tokio::test]
async fn asking_without_end_is_stopped() {
    let house = House::open().await;
    let ask = |from: &'static str| {
        let mut request = Request::get("/en/tariff?q=flour").body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(from.parse::<SocketAddr>().unwrap()));
        request
    };
    let mut passed = 0;
    while house.visitor().send(ask("192.0.2.9:1")).await.status == 200 {
        passed += 1;
        assert!(passed < 1000, "nothing stops it");
    }
    assert!(passed >= 100, "{passed}");
    assert_eq!(house.visitor().send(ask("192.0.2.10:1")).await.status, 200);
}
