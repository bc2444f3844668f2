//! A mandate from the offer to the revocation, in both languages, on a telephone, with axe looking at each page.

use crate::driver::{Driver, Script};
use crate::prepare;

/// A step's page: nothing that axe finds, nothing off the screen, no missing word.
async fn look(driver: &Driver, what: &str, found: &mut Vec<String>) {
    found.extend(driver.axe().await.into_iter().map(|problem| format!("{what}: {problem}")));
    let over = driver.overflow().await;
    found.extend((over > 0).then(|| format!("{what}: {over} px off the screen")));
    let text = driver.text().await;
    found.extend(text.contains('⟦').then(|| format!("{what}: a word is missing")));
    driver.picture(&format!("mandate-{what}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mandate_is_given_accepted_used_and_revoked_in_both_languages() {
    const SEND: &str = "main form button:not(.quiet)";
    let Some(driver) = Driver::start(Script::On).await else { return };
    let site = prepare::serve().await;
    driver.width(390).await;
    let mut found = Vec::new();
    for (language, until, offered, stands, revoked) in [
        ("fa", "۱۴۰۶/۰۶/۰۱", "در انتظار پاسخ", "برقرار", "پس گرفته شد"),
        ("en", "2027-08-23", "waits for the agent", "stands", "revoked"),
    ] {
        let at = |path: &str| format!("{}/{language}{path}", site.base);
        let sign_in = async |account: &str| {
            driver.forget().await;
            let link = site.house.app.sign_in_link(account).await.unwrap();
            driver.sign_in(&at(&format!("/sign-in/{link}"))).await;
        };
        sign_in("P-0001").await;
        driver.open(&at("/mandates/give")).await;
        look(&driver, &format!("{language}-give"), &mut found).await;
        driver.follow(SEND).await;
        look(&driver, &format!("{language}-give-wrong"), &mut found).await;
        driver.run("document.querySelector('#principal-1').checked = true").await;
        for (field, text) in [("#agent", "P-0004"), ("#until", until)] {
            driver.fill(field, text).await;
        }
        driver.follow(SEND).await;
        look(&driver, &format!("{language}-give-check"), &mut found).await;
        driver.follow(SEND).await;
        assert!(driver.text().await.contains(offered), "{}", driver.text().await);
        let mandate = driver.url().await;
        let mandate = mandate.split('?').next().unwrap().to_owned();
        look(&driver, &format!("{language}-given"), &mut found).await;
        sign_in("P-0004").await;
        driver.open(&format!("{mandate}/accept")).await;
        look(&driver, &format!("{language}-accept"), &mut found).await;
        driver.follow(SEND).await;
        assert!(driver.text().await.contains(stands), "{}", driver.text().await);
        driver.open(&at("/apply/activity-licence")).await;
        look(&driver, &format!("{language}-for-whom"), &mut found).await;
        driver.run("document.querySelector('#for-1').checked = true").await;
        driver.follow(SEND).await;
        look(&driver, &format!("{language}-question"), &mut found).await;
        driver.open(&at("/cases")).await;
        look(&driver, &format!("{language}-cases"), &mut found).await;
        sign_in("P-0001").await;
        driver.open(&format!("{mandate}/revoke")).await;
        look(&driver, &format!("{language}-revoke"), &mut found).await;
        driver.follow(SEND).await;
        assert!(driver.text().await.contains(revoked), "{}", driver.text().await);
        driver.open(&at("/mandates")).await;
        look(&driver, &format!("{language}-all"), &mut found).await;
    }
    driver.stop().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
