//! Every page in a real browser: Debian's Chromium, driven by chromedriver, with axe-core looking at each.
//!
//! `cargo xtask test` installs what this needs; without it each test says plainly that it skips.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../common/mod.rs"]
mod common;
mod driver;
mod prepare;

use std::collections::{BTreeSet, VecDeque};

use driver::{Driver, Script};

/// Pages looked at per language and person: more than there are kinds of page, so that no kind is left out.
const PAGES_MAX: usize = 45;

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_accessible_to_everybody() {
    let Some(driver) = Driver::start(Script::On).await else { return };
    let site = prepare::serve().await;
    let mut found = Vec::new();
    for (account, start) in &site.people {
        for language in ["fa", "en"] {
            if let Some(account) = account {
                let link = site.house.app.sign_in_link(account).await.unwrap();
                driver.sign_in(&format!("{}/{language}/sign-in/{link}", site.base)).await;
            }
            found.extend(crawl(&driver, &site.base, language, start).await);
        }
        driver.forget().await;
    }
    driver.stop().await;
    assert!(found.is_empty(), "axe finds:\n{}", found.join("\n"));
}

/// Follows links from the starts and looks at each page; what axe finds.
async fn crawl(driver: &Driver, base: &str, language: &str, starts: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    let mut waiting: VecDeque<String> = starts.iter().map(|path| format!("{base}/{language}{path}")).collect();
    let mut found = Vec::new();
    while let Some(url) = waiting.pop_front() {
        if !seen.insert(url.clone()) || kinds.len() >= PAGES_MAX {
            continue;
        }
        driver.open(&url).await;
        // A page of one kind with other data has the same markup; a few of each kind will do.
        if !kinds.insert(kind(&url)) {
            continue;
        }
        for problem in driver.axe().await {
            found.push(format!("{url}: {problem}"));
        }
        let text = driver.text().await;
        assert!(!text.contains('⟦'), "{url}: a word is missing: {text}");
        for link in driver.links().await {
            let here = link.starts_with(&format!("{base}/{language}"));
            if here
                && !link.contains("/documents/")
                && !link.contains('#')
                && !link.ends_with(".cose")
                && !link.ends_with(".txt")
            {
                waiting.push_back(link);
            }
        }
    }
    assert!(!kinds.is_empty(), "no page was looked at");
    found
}

/// A path without the parts that name one case, document or entry, and without its query.
fn kind(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap();
    let named = |part: &str| match part.len() >= 16 && part.chars().all(|digit| digit.is_ascii_hexdigit()) {
        true => "ID".to_owned(),
        false if part.chars().all(|digit| digit.is_ascii_digit()) => "N".to_owned(),
        false => part.to_owned(),
    };
    path.split('/').map(named).collect::<Vec<_>>().join("/")
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_runs_off_a_phones_screen() {
    let Some(driver) = Driver::start(Script::On).await else { return };
    let site = prepare::serve().await;
    driver.width(390).await;
    let mut wide = Vec::new();
    for (account, starts) in &site.people {
        for language in ["fa", "en"] {
            if let Some(account) = account {
                let link = site.house.app.sign_in_link(account).await.unwrap();
                driver.sign_in(&format!("{}/{language}/sign-in/{link}", site.base)).await;
            }
            for path in starts {
                let url = format!("{}/{language}{path}", site.base);
                driver.open(&url).await;
                let over = driver.overflow().await;
                if over > 0 {
                    wide.push(format!("{url}: {over} px"));
                }
            }
        }
        driver.forget().await;
    }
    driver.stop().await;
    assert!(wide.is_empty(), "wider than the screen:\n{}", wide.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_applies_without_javascript() {
    let Some(driver) = Driver::start(Script::Off).await else { return };
    let site = prepare::serve().await;
    let link = site.house.app.sign_in_link("P-0001").await.unwrap();
    driver.sign_in(&format!("{}/fa/sign-in/{link}", site.base)).await;
    driver.open(&format!("{}/fa/apply/activity-licence", site.base)).await;
    let answers =
        [("company", "C-0001"), ("activity", &site.low_risk), ("premises", "M-0001"), ("investment", "۱٬۰۰۰")];
    for _ in 0..12 {
        let url = driver.url().await;
        if url.ends_with("/check") {
            break;
        }
        match answers.iter().find(|(fact, _)| url.ends_with(&format!("/{fact}"))) {
            Some((_, answer)) => driver.answer(answer).await,
            None => driver.follow("main a.button, main form button:not(.quiet)").await,
        }
    }
    assert!(driver.url().await.ends_with("/check"), "{}", driver.url().await);
    driver.follow("main form button:not(.quiet)").await;
    let url = driver.url().await;
    assert!(url.contains("/fa/cases/"), "{url}");
    driver.stop().await;
}
