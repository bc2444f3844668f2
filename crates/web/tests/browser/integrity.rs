//! The integrity page of a zone that is watched: witnesses that cosign and one that does not answer, audits with and without findings, and one that
//! was shown another log. In both languages, on a wide screen and on a telephone.

use web::SiteSettings;

use crate::common::House;
use crate::common::watch::{audited, auditor, forked};
use crate::driver::{Driver, Script};

/// A served zone with something of everything.
async fn serve() -> (House, String) {
    let house = House::local(SiteSettings { demo: true, ..SiteSettings::default() }).await;
    house.granted().await;
    let house = house.watched().await;
    for note in [house.note(&audited(0), &auditor(1)), house.note(&audited(3), &auditor(2)), forked(&audited(0), 1)] {
        house.app.report_audit(&note).await.unwrap();
    }
    house.granted().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = house.router();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (house, base)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_watches_is_shown_to_everybody() {
    let Some(driver) = Driver::start(Script::On).await else { return };
    let (_house, base) = serve().await;
    let mut found = Vec::new();
    for (name, width) in [("wide", 1280), ("phone", 390)] {
        driver.width(width).await;
        for (language, words) in [
            ("fa", ["پاسخ نمی‌دهد", "هیچ نادرستی پیدا نشد", "۳ یافته", "دو دفتر"]),
            ("en", ["does not answer", "Nothing is wrong", "3 findings", "Two logs"]),
        ] {
            driver.open(&format!("{base}/{language}/integrity")).await;
            // Without the marks that keep a number's direction its own.
            let text = driver.text().await.replace(['\u{2068}', '\u{2069}'], "");
            for word in words {
                assert!(text.contains(word), "{word}: {text}");
            }
            assert!(!text.contains('⟦'), "a word is missing: {text}");
            found.extend(driver.axe().await.into_iter().map(|problem| format!("{language} {name}: {problem}")));
            let over = driver.overflow().await;
            assert_eq!(over, 0, "{language} {name}: {over} px run off the screen");
            for part in ["witnesses", "audits"] {
                driver.open(&format!("{base}/{language}/integrity#{part}")).await;
                driver.picture(&format!("integrity-{part}-{language}-{name}")).await;
            }
        }
    }
    driver.stop().await;
    assert!(found.is_empty(), "axe finds:\n{}", found.join("\n"));
}
