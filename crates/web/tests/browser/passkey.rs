//! An officer with a passkey, in a real browser with an authenticator in software: registers it, signs in by it, signs a decision with it.

use app::Officers;
use app::engine::event::{Event, What};
use app::engine::roster::RosterAct;
use app::log::value::Value;

use crate::common::House;
use crate::driver::{Driver, Script};

/// What presses the one button that asks for a passkey.
const PASSKEY: &str = "form[data-passkey] [data-scripted] button";

/// A zone found under a name of this machine, since passkeys are bound to names.
async fn serve(officers: Officers) -> (House, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let house = House::signing(&base, officers).await;
    let router = house.router();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (house, base)
}

/// Looks at a page on a phone's screen: nothing runs off it, and axe finds nothing.
pub async fn look(driver: &Driver, name: &str) {
    driver.picture(name).await;
    assert_eq!(driver.overflow().await, 0, "{name} runs off the screen");
    let found = driver.axe().await;
    assert!(found.is_empty(), "{name}: {}", found.join("\n"));
    let text = driver.text().await;
    assert!(!text.contains('⟦'), "{name}: a word is missing: {text}");
}

async fn register(driver: &Driver, house: &House, base: &str, language: &str, officer: &str) {
    let link = house.app.sign_in_link(officer).await.unwrap();
    driver.sign_in(&format!("{base}/{language}/sign-in/{link}")).await;
    driver.open(&format!("{base}/{language}/officer")).await;
    look(driver, &format!("officer-{language}")).await;
    driver.fill("#name", "own phone").await;
    driver.follow("form[action$='/officer/passkey'] button").await;
    look(driver, &format!("passkey-{language}")).await;
    driver.follow_to(PASSKEY, "/officer?done=true").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_registers_a_passkey_signs_in_by_it_and_signs_a_decision() {
    for language in ["fa", "en"] {
        // An authenticator of its own: one that keeps passkeys of two zones under one name offers either.
        let Some(driver) = Driver::start(Script::On).await else { return };
        driver.add_authenticator().await;
        driver.width(390).await;
        let (house, base) = serve(Officers::Passkey).await;
        let (acted, officer) = house.premises("ماکو، خیابان نمونه").await;
        register(&driver, &house, &base, language, &officer).await;
        driver.forget().await;
        driver.open(&format!("{base}/{language}/sign-in")).await;
        look(&driver, &format!("sign-in-{language}")).await;
        driver.follow("form[action$='/sign-in/passkey'] button").await;
        look(&driver, &format!("sign-in-passkey-{language}")).await;
        driver.follow_to(PASSKEY, &format!("/{language}")).await;
        driver.open(&format!("{base}/{language}/desk/{}", acted.case)).await;
        driver.follow("input[name=route][value=grant]").await;
        driver.fill("#decide-note", "دیده شد").await;
        driver.follow("form[action$='/decide'] button").await;
        look(&driver, &format!("sign-{language}")).await;
        driver.follow_to(PASSKEY, "/desk?done=true").await;
        house.settle().await;
        signed(&house, &officer, acted.case).await;
        driver.open(&format!("{base}/{language}/desk/{}", acted.case)).await;
        look(&driver, &format!("decided-{language}")).await;
        let word = if language == "fa" { "با گذرکلید امضا شده" } else { "signed by passkey" };
        assert!(driver.text().await.contains(word));
        driver.stop().await;
    }
}

/// The assertion stands in the event and holds; the log says that it is there.
async fn signed(house: &House, officer: &str, case: app::engine::CaseId) {
    let account = house.app.account(officer).await.unwrap();
    let view = house.app.case(&account, case).await.unwrap();
    let decided = view.history.iter().find(|(_, event)| matches!(event.what, What::Decided { .. }));
    let (row, Event { signed: Some(signed), .. }) = decided.unwrap() else { panic!("it is not signed") };
    let register = house.app.register();
    let (owner, passkey) = register.owner(&signed.credential).unwrap();
    assert_eq!(owner, officer);
    let parts = app::credential::passkey::Assertion {
        authenticator_data: &signed.authenticator_data,
        client_data: signed.client_data.as_bytes(),
        signature: &signed.signature,
    };
    let challenge = app::engine::signed::challenge(&signed.act);
    app::credential::passkey::asserted(house.app.relying_party(), &challenge, &passkey.key, parts).unwrap();
    let entries = house.app.log_entries(row.position).await.unwrap();
    assert_eq!(entries[0].leaf.public["signed"], Value::Bool(true));
    assert!(entries[0].leaf.commitments.contains_key("credential"));
}

#[tokio::test(flavor = "multi_thread")]
async fn keepers_sign_what_they_do_to_the_roster() {
    let Some(driver) = Driver::start(Script::On).await else { return };
    driver.add_authenticator().await;
    driver.width(390).await;
    let (house, base) = serve(Officers::Passkey).await;
    for (keeper, language) in [("K-0001", "fa"), ("K-0002", "en")] {
        register(&driver, &house, &base, language, keeper).await;
        driver.open(&format!("{base}/{language}/roster")).await;
        look(&driver, &format!("roster-{language}")).await;
        driver.open(&format!("{base}/{language}/roster/of/O-0001")).await;
        look(&driver, &format!("roster-of-{language}")).await;
        driver.fill("#recover-reason", "lost").await;
        driver.follow("form:has(#recover-reason) button").await;
        look(&driver, &format!("roster-sign-{language}")).await;
        driver.follow_to(PASSKEY, "/roster?done=true").await;
        driver.forget().await;
    }
    assert!(house.app.register().is_kept());
    let register = house.app.register();
    assert!(register.of("O-0001").unwrap().recovery.until.is_some(), "two keepers agreed");
    // The operator's word no longer counts.
    let act = RosterAct::Keep { officer: "O-0001".to_owned() };
    assert!(house.app.operate_roster(&[act]).await.is_err());
    driver.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_script_or_passkey_the_demonstration_goes_on_and_says_so() {
    let Some(driver) = Driver::start(Script::Off).await else { return };
    let (house, base) = serve(Officers::Either).await;
    let (acted, officer) = house.premises("ماکو، خیابان نمونه").await;
    let link = house.app.sign_in_link(&officer).await.unwrap();
    driver.sign_in(&format!("{base}/en/sign-in/{link}")).await;
    driver.open(&format!("{base}/en/officer")).await;
    driver.follow("form[action$='/officer/passkey'] button").await;
    assert!(driver.text().await.contains("Passkeys need JavaScript"), "{}", driver.text().await);
    driver.open(&format!("{base}/en/desk/{}", acted.case)).await;
    driver.follow("input[name=route][value=grant]").await;
    driver.follow("form[action$='/decide'] button").await;
    driver.follow_to("button[value=unsigned]", "/desk?done=true").await;
    house.settle().await;
    driver.open(&format!("{base}/en/desk/{}", acted.case)).await;
    assert!(driver.text().await.contains("not signed"));
    driver.stop().await;
}
