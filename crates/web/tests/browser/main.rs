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
mod declare;
mod driver;
mod gate;
mod goods;
mod identity;
mod integrity;
mod kept;
mod mandates;
mod passkey;
mod prepare;
mod server;

use std::collections::{BTreeSet, VecDeque};

use driver::{Driver, Script};

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_accessible_to_everybody() {
    let Some(driver) = Driver::start(Script::On).await else { return };
    let site = prepare::serve().await;
    let mut found = Vec::new();
    let mut kinds = BTreeSet::new();
    for (account, start) in &site.people {
        for language in ["fa", "en"] {
            if let Some(account) = account {
                let link = site.house.app.sign_in_link(account).await.unwrap();
                driver.sign_in(&format!("{}/{language}/sign-in/{link}", site.base)).await;
            }
            found.extend(crawl(&driver, &site.base, language, start, &mut kinds).await);
        }
        driver.forget().await;
    }
    driver.stop().await;
    assert!(found.is_empty(), "axe finds:\n{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_that_come_back_and_pages_before_an_act_are_accessible() {
    const SEND: &str = "main form button:not(.quiet)";
    let Some(driver) = Driver::start(Script::On).await else { return };
    let site = prepare::serve().await;
    let mut found = Vec::new();
    let ends = ["/verify", "/correct/address", "/revoke"];
    let starts = site.people.iter().flat_map(|(account, paths)| paths.iter().map(move |path| (account, path)));
    let starts: Vec<_> = starts.filter(|(_, path)| ends.iter().any(|end| path.ends_with(end))).collect();
    assert!(starts.len() >= 3, "{starts:?}");
    for (account, path) in starts {
        for language in ["fa", "en"] {
            driver.forget().await;
            if let Some(account) = account {
                let link = site.house.app.sign_in_link(account).await.unwrap();
                driver.sign_in(&format!("{}/{language}/sign-in/{link}", site.base)).await;
            }
            driver.open(&format!("{}/{language}{path}", site.base)).await;
            driver.follow(SEND).await;
            found.extend(driver.axe().await.into_iter().map(|problem| format!("{language}{path}, wrong: {problem}")));
            let fields: &[(&str, &str)] = match path.rsplit('/').next() {
                Some("address") => &[("#address", "ماکو، خیابان سوم"), ("#reason", "پلاک")],
                Some("revoke") => &[("#ground", "premises-lease"), ("#note", "نمونه")],
                _ => &[("#text", "PJ1:nothing")],
            };
            for (field, text) in fields {
                driver.fill(field, text).await;
            }
            driver.follow(SEND).await;
            let text = driver.text().await;
            assert!(!text.contains("خطا:") && !text.contains('⟦'), "{path}: {text}");
            found.extend(driver.axe().await.into_iter().map(|problem| format!("{language}{path}, sent: {problem}")));
        }
    }
    driver.stop().await;
    assert!(found.is_empty(), "axe finds:\n{}", found.join("\n"));
}

/// Looks at the starts, follows links from them and looks at each kind of page that was not seen yet; what axe finds.
async fn crawl(
    driver: &Driver,
    base: &str,
    language: &str,
    starts: &[String],
    kinds: &mut BTreeSet<String>,
) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let starts: Vec<String> = starts.iter().map(|path| format!("{base}/{language}{path}")).collect();
    let mut waiting: VecDeque<String> = starts.iter().cloned().collect();
    let mut found = Vec::new();
    while let Some(url) = waiting.pop_front() {
        // A page of one kind with other data has the same markup; what differs stands among the starts.
        let known = !kinds.insert(kind(&url));
        if !seen.insert(url.clone()) || (known && !starts.contains(&url)) {
            continue;
        }
        driver.open(&url).await;
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
                && !link.ends_with(".csv")
            {
                waiting.push_back(link);
            }
        }
    }
    assert!(!seen.is_empty(), "no page was looked at");
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
                driver.shoot(&format!("{language}{}", kind(path).replace('/', "-"))).await;
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

/// The estimate of widths against a real face.
#[tokio::test(flavor = "multi_thread")]
async fn a_lifecycle_is_drawn_well_in_both_languages() {
    let Some(driver) = Driver::start(Script::On).await else { return };
    let site = prepare::serve().await;
    let mut bad = Vec::new();
    for path in site.people[0].1.iter().filter(|path| path.starts_with("/services/")) {
        for language in ["fa", "en"] {
            let url = format!("{}/{language}{path}", site.base);
            driver.open(&url).await;
            bad.extend(driver.drawn_badly().await.into_iter().map(|what| format!("{url}: {what}")));
        }
    }
    driver.stop().await;
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_shows_every_deadline() {
    let Some(driver) = Driver::start(Script::On).await else { return };
    let site = prepare::serve().await;
    driver.width(390).await;
    let mut hidden = Vec::new();
    for (account, starts) in &site.people {
        for path in starts.iter().filter(|path| *path == "/desk" || path.starts_with("/queues")) {
            for language in ["fa", "en"] {
                let link = site.house.app.sign_in_link(account.as_ref().unwrap()).await.unwrap();
                driver.sign_in(&format!("{}/{language}/sign-in/{link}", site.base)).await;
                driver.open(&format!("{}/{language}{path}", site.base)).await;
                let found = driver.hidden_clocks().await;
                // An officer who asked waits for the applicant: then the desk has no table.
                let empty = driver.text().await.contains(if language == "fa" {
                    "پرونده‌ای منتظر"
                } else {
                    "Nothing waits"
                });
                hidden.extend(found.into_iter().filter(|_| !empty).map(|what| format!("{language}{path}: {what}")));
                driver.forget().await;
            }
        }
    }
    driver.stop().await;
    assert!(hidden.is_empty(), "{}", hidden.join("\n"));
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
