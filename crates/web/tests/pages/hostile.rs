//! Words that mean harm: in every free text they stand as text, and change nothing around them.

use app::engine::act::Act;

use crate::common::{Browser, House, Page};

/// Tags, attributes, entities, templates, Fluent. What turns the direction of writing and control characters are refused where they are written.
const HOSTILE: &str =
    "</textarea></bdi><script>alert(1)</script>\"' onmouseover='x' {{7*7}} { $day } &lt;b&gt; gpj.exe [31m";
/// How the end of it stands on a page.
const SHOWN: &str = "&#38;lt;b&#38;gt; gpj.exe [31m";

fn is_harmless(page: &Page, what: &str) {
    page.is_sound();
    assert!(page.body.contains("&#60;script&#62;alert(1)&#60;/script&#62;"), "{what} is not there: {}", page.body);
    assert!(!page.body.contains("alert(1)</script>") && !page.body.contains("' onmouseover"), "{what}: {}", page.body);
    // Isolated by markup or by the marks of Unicode.
    let isolated = |opens: &str, closes: &str| {
        page.body.split(opens).skip(1).any(|rest| rest.split(closes).next().unwrap().contains(SHOWN))
    };
    let shown = isolated("<bdi", "</bdi>") || isolated("\u{2068}", "\u{2069}");
    assert!(shown, "{what} is not isolated: {}", page.body);
    for mark in ['\u{202e}', '\u{1b}'] {
        let around = page.body.replace("value=\"", "\u{0}").split('\u{0}').next().unwrap().to_owned();
        assert!(!around.contains(mark), "{what} has {mark:?}");
    }
}

#[tokio::test]
async fn hostile_words_are_words_wherever_they_stand() {
    let house = House::open().await;
    // A fact of the case, then a note of the officer, a reason of a correction, the certificate and its check.
    let (acted, officer) = house.premises(HOSTILE).await;
    let mut registrar = house.sign_in(&officer).await;
    let mut sara = house.sign_in("P-0001").await;
    let mut supervisor = house.sign_in("S-0001").await;
    let case = format!("/fa/cases/{}", acted.case);
    is_harmless(&sara.open(&case).await, "an address");
    is_harmless(&supervisor.open(&case).await, "an address");
    let desk = registrar.open(&format!("/en/desk/{}", acted.case)).await;
    is_harmless(&desk, "an address");
    registrar.submit(&desk, "route", &[("route", "grant"), ("note", HOSTILE)]).await;
    house.settle().await;
    is_harmless(&sara.open(&case).await, "a note");
    let page = registrar.open(&format!("/en/desk/{}/amend", acted.case)).await;
    registrar.submit(&page, "reason", &[("reason", HOSTILE)]).await;
    let drawn = house.view(&acted).await.case.drawn("/again")[0].clone();
    let mut registrar = house.sign_in(&drawn).await;
    let amend = registrar.open(&format!("/en/desk/{}/amend", acted.case)).await;
    is_harmless(&amend, "an address");
    is_harmless(&registrar.open(&format!("/en/desk/{}", acted.case)).await, "a reason");
    let form = registrar.open(&format!("/en/desk/{}/correct/address", acted.case)).await;
    let address: String = format!("2 {HOSTILE}");
    let check = registrar.submit_only(&form, "reason", &[("address", &address), ("reason", HOSTILE)]).await;
    is_harmless(&check, "a correction");
    is_harmless(&registrar.submit(&check, "step", &[("step", "send")]).await, "a correction");
    let form = registrar.open(&format!("/en/desk/{}/revoke", acted.case)).await;
    let check = registrar.submit_only(&form, "ground", &[("ground", "incomplete"), ("note", HOSTILE)]).await;
    is_harmless(&check, "a note");
    registrar.submit(&check, "step", &[("step", "send")]).await;
    is_harmless(&sara.open(&case).await, "a note");
}

#[tokio::test]
async fn hostile_names_and_asks_are_words_too() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let ask = house.ask(&officer, &acted, HOSTILE).await;
    let mut reza = house.sign_in("P-0002").await;
    let page = reza.open(&format!("/en/cases/{}", ask.case)).await;
    is_harmless(&page, "an ask");
    let withdraw = reza.open(&format!("/en/cases/{}/withdraw", ask.case)).await;
    is_harmless(&reza.submit(&withdraw, "reason", &[("reason", HOSTILE)]).await, "a reason");
    let mut sara = house.sign_in("P-0001").await;
    let page = sara.open("/en/apply/company-registration/name").await;
    let name: String = HOSTILE.chars().take(120).collect();
    sara.submit(&page, "version", &[("name", &name)]).await;
    let page = sara.open("/en/apply/company-registration/name").await;
    assert!(page.body.contains("value=\"&#60;/textarea&#62;&#60;/bdi&#62;&#60;script&#62;"), "{}", page.body);
}

#[tokio::test]
async fn a_text_that_is_too_long_comes_back_whole() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let mut browser = house.sign_in(&officer).await;
    let page = browser.open(&format!("/en/desk/{}", acted.case)).await;
    let long = "ن".repeat(10_000);
    let typed = [("route", "grant"), ("note", long.as_str())];
    let page = browser.submit_only(&page, "route", &typed).await;
    assert_eq!(page.status, 200);
    page.says("Enter at most 2,000 characters.");
    assert!(page.body.contains(&long), "what was typed stays");
    let page = browser.submit_only(&page, "route", &[("route", "grant"), ("note", "a\u{0}b")]).await;
    page.says("The text has control characters.");
    let page = browser.submit_only(&page, "route", &[("route", "grant"), ("note", "\u{202e}abc")]).await;
    page.says("The text has characters that turn the direction of writing.");
    assert_eq!(house.view(&acted).await.row.seq, acted.seq);
    // 2,000 characters are taken, and the end of a line counts as one of them, as it does in a browser.
    let full = format!("{}\r\n{}", "ن".repeat(1000), "ن".repeat(999));
    browser.submit(&page, "route", &[("route", "grant"), ("note", &full)]).await.says("Done, and recorded.");
}

#[tokio::test]
async fn a_file_name_breaks_no_header() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    for name in ["a\u{202e}fdp.exe", "x; filename=evil.html", "<b>.pdf", &"n".repeat(5000), "..\\..\\x.pdf"] {
        let page = sara.open("/en/apply/company-registration/articles").await;
        let page = upload(&mut sara, &page, name).await;
        assert_eq!(page.status, 303, "{name}: {}", page.text());
        let page = sara.open("/en/apply/company-registration/articles").await;
        assert!(!page.body.contains("<b>") && !page.body.contains('\u{202e}'), "{}", page.body);
    }
}

async fn upload(browser: &mut Browser, page: &Page, name: &str) -> Page {
    let hidden = page.form("version").hidden;
    let fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let file =
        crate::common::Upload { field: "articles", name, media_type: "application/pdf", bytes: crate::common::PDF };
    browser.upload("/en/apply/company-registration/articles", &fields, file).await
}

#[tokio::test]
async fn a_note_that_is_markup_reaches_the_log_as_nothing() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let act =
        Act::Decide { route: "grant".to_owned(), ground: None, note: HOSTILE.to_owned(), facts: Default::default() };
    house.act(&officer, &acted, &act).await;
    for index in 0..house.app.checkpoint().unwrap().checkpoint.size() {
        let page = house.visitor().open(&format!("/en/log/{index}")).await;
        assert!(!page.body.contains("alert(1)"), "{}", page.body);
    }
}
