//! A trader signs in through an identity provider that we did not write, in a real browser: npm's certified `oidc-provider`, on another origin.
//!
//! Must not know of: what a token must say.

use app::{Applicants, Identity};
use serde_json::json;

use crate::common::House;
use crate::common::oidc::Oidc;
use crate::driver::{Driver, Script};
use crate::passkey::look;

/// The zone at a name of this machine, and a provider at its number: other origins, and other sites.
async fn serve(applicants: Applicants) -> Option<(Oidc, House, String)> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let provider = Oidc::start(&base, &json!({}))?;
    let identity = Identity { ..provider.identity() };
    let house = House::joined(&base, identity, applicants).await;
    let router = house.router();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    Some((provider, house, base))
}

/// From the zone's sign-in page to the provider's.
async fn begin(driver: &Driver, base: &str, path: &str) {
    driver.open(&format!("{base}{path}")).await;
    driver.follow("form[action$='/sign-in/provider'] button").await;
    for _ in 0..100 {
        if driver.url().await.contains("/interaction/") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("not at the provider but at {}: {}", driver.url().await, driver.text().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trader_signs_in_and_out_through_the_provider() {
    for (language, applicants) in [("fa", Applicants::Provider), ("en", Applicants::Either)] {
        let Some(driver) = Driver::start(Script::On).await else { return };
        let Some((provider, house, base)) = serve(applicants).await else { return };
        driver.width(390).await;
        driver.open(&format!("{base}/{language}/sign-in")).await;
        look(&driver, &format!("sign-in-provider-{language}")).await;
        begin(&driver, &base, &format!("/{language}/sign-in?to=/{language}/cases")).await;
        driver.fill("#subject", "sub-sara").await;
        driver.follow_to("button[value=yes]", &format!("{base}/{language}/cases")).await;
        driver.open(&format!("{base}/{language}/me")).await;
        look(&driver, &format!("me-{language}")).await;
        assert!(driver.text().await.contains("P-0001"));
        // Whoever is signed in at the provider comes straight back: nobody asks again.
        let home = format!("{base}/{language}");
        driver.open(&format!("{home}/sign-in")).await;
        driver.follow_to("form[action$='/sign-in/provider'] button", &home).await;
        driver.follow("footer button").await;
        driver.until("return document.querySelector('h1')?.textContent === 'Sign out here, too?'").await;
        assert!(driver.url().await.starts_with(&provider.issuer));
        driver.follow_to("button[value=yes]", &home).await;
        assert_eq!(
            driver.run("return document.querySelector('footer form')").await,
            json!(null),
            "nobody is signed in"
        );
        begin(&driver, &base, &format!("/{language}/sign-in")).await;
        driver.follow("button[value=no]").await;
        driver.until("return location.pathname.endsWith('/return')").await;
        look(&driver, &format!("declined-{language}")).await;
        let word = if language == "fa" { "وارد نشدید" } else { "You are not signed in" };
        assert!(driver.text().await.contains(word), "{}", driver.text().await);
        look_at_the_way(&driver, &house, &provider, language).await;
        driver.stop().await;
    }
}

/// The page that leads on, held still: it is gone before anybody sees it where the provider answers at once.
async fn look_at_the_way(driver: &Driver, house: &House, provider: &Oidc, language: &str) {
    let page = house.visitor().post(&format!("/{language}/sign-in/provider"), &[("to", "")]).await;
    let html = page.body.replace("http-equiv=\"refresh\"", "name=\"held\"");
    let script = "document.open(); document.write(arguments[0]); document.close();";
    driver.run(&script.replace("arguments[0]", &json!(html).to_string())).await;
    driver.until("return document.querySelector('main a.button') !== null && document.styleSheets.length > 0").await;
    look(driver, &format!("forward-{language}")).await;
    let links = driver.links().await;
    assert!(links.iter().any(|link| link.starts_with(&format!("{}/auth?", provider.issuer))), "{links:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trader_signs_in_without_javascript() {
    let Some(driver) = Driver::start(Script::Off).await else { return };
    let Some((_provider, _house, base)) = serve(Applicants::Provider).await else { return };
    begin(&driver, &base, "/fa/sign-in?to=/fa/cases").await;
    driver.fill("#subject", "sub-new").await;
    driver.follow_to("button[value=yes]", &format!("{base}/fa/cases")).await;
    driver.stop().await;
}
