//! What an inspector fills in on a telephone outlives a connection that breaks, photographs too; it goes when it is sent, when they sign out, and when somebody else
//! uses the telephone.

use serde_json::{Value, json};
use web::SiteSettings;

use crate::common::House;
use crate::driver::{Driver, Script};
use crate::server::Server;

const PICTURE: &[u8] = include_bytes!("../../../app/tests/fixtures/documents/picture.png");

/// What the device keeps: of each form its name, its fields, and of its photographs names and sizes.
async fn kept(driver: &Driver) -> Value {
    let script = "const done = arguments[arguments.length - 1];
        indexedDB.databases().then(all => {
            if (!all.some(one => one.name === 'panjereh-kept-forms')) return done([]);
            const opened = indexedDB.open('panjereh-kept-forms');
            opened.onsuccess = () => {
                const found = opened.result.transaction('forms').objectStore('forms').getAll();
                found.onsuccess = () => {
                    opened.result.close();
                    done(found.result.map(one => ({ ...one, files: one.files.map(([name, file]) => [name, file.name, file.size]) })));
                };
            };
        });";
    driver.run_async(script).await
}

async fn is_at(driver: &Driver, state: &str) {
    driver.until(&format!("return document.documentElement.dataset.kept === '{state}'")).await;
}

/// Fills the form in as an inspector does, with a photograph.
async fn fill_in(driver: &Driver) {
    driver.fill("#location-lat", "39.28").await;
    driver.fill("#location-lon", "44.51").await;
    driver.fill("#decide-note", "دیوار شمالی").await;
    let photograph = format!(
        "const files = new DataTransfer();
         files.items.add(new File([Uint8Array.from('{}'.match(/../g), pair => parseInt(pair, 16))], 'site.png', {{ type: 'image/png' }}));
         const field = document.getElementById('photograph');
         field.files = files.files;
         field.dispatchEvent(new Event('change', {{ bubbles: true }}));
         document.querySelector('input[name=finding][value=as-declared]').click();
         document.querySelector('input[name=route][value=done]').click()",
        hex::encode(PICTURE)
    );
    driver.run(&photograph).await;
    for _ in 0..100 {
        let told = kept(driver).await.to_string();
        if told.contains("site.png") && told.contains("route") && told.contains("شمالی") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("it was never kept: {}", kept(driver).await);
}

async fn sign_in(driver: &Driver, house: &House, server: &Server, account: &str) {
    let link = house.app.sign_in_link(account).await.unwrap();
    driver.sign_in(&format!("{}/fa/sign-in/{link}", server.base())).await;
}

/// What stands in the form.
async fn stands(driver: &Driver) -> Value {
    driver
        .run(
            "const at = name => document.getElementById(name), chosen = name => document.querySelector(`input[name=${name}]:checked`)?.value ?? '';
             const file = at('photograph').files[0];
             return [at('location-lat').value, at('location-lon').value, at('decide-note').value, chosen('finding'), chosen('route'), file?.name ?? '', file?.size ?? 0]",
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_inspector_fills_in_outlives_a_connection_that_breaks() {
    let Some(driver) = Driver::start(Script::On).await else { return };
    let house = House::local(SiteSettings { demo: true, ..SiteSettings::default() }).await;
    let (acted, inspector) = house.to_be_seen().await;
    let mut server = Server::start(house.router());
    let page = format!("{}/fa/desk/{}", server.base(), acted.case);
    driver.width(390).await;
    let all = json!(["39.28", "44.51", "دیوار شمالی", "as-declared", "done", "site.png", PICTURE.len()]);
    let nothing = json!(["", "", "", "", "", "", 0]);

    // Another officer on the same telephone finds nothing, though nobody signed out; and then it is gone.
    sign_in(&driver, &house, &server, &inspector).await;
    driver.open(&page).await;
    is_at(&driver, "ready").await;
    fill_in(&driver).await;
    let told = kept(&driver).await.to_string();
    assert!(!told.contains("csrf") && !told.contains("seen"), "the session's secret is not kept: {told}");
    driver.forget().await;
    let other = if inspector == "O-0001" { "O-0002" } else { "O-0001" };
    sign_in(&driver, &house, &server, other).await;
    driver.open(&format!("{}/fa/desk?of={}&done=true", server.base(), "0".repeat(32))).await;
    is_at(&driver, "gone").await;
    assert_eq!(kept(&driver).await, json!([]));
    driver.forget().await;

    // Whoever signs out leaves nothing behind.
    sign_in(&driver, &house, &server, &inspector).await;
    driver.open(&page).await;
    is_at(&driver, "ready").await;
    assert_eq!(stands(&driver).await, nothing);
    fill_in(&driver).await;
    driver.follow("footer form button").await;
    is_at(&driver, "nothing").await;
    assert!(driver.url().await.ends_with("/fa?out=true"), "{}", driver.url().await);
    assert_eq!(kept(&driver).await, json!([]));

    // The connection breaks before it is sent, and comes back.
    sign_in(&driver, &house, &server, &inspector).await;
    driver.open(&page).await;
    is_at(&driver, "ready").await;
    assert_eq!(stands(&driver).await, nothing);
    fill_in(&driver).await;
    server.cut();
    driver.run("document.querySelector('form[data-keep]').requestSubmit()").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    server.connect();
    driver.open(&page).await;
    is_at(&driver, "ready").await;
    assert_eq!(stands(&driver).await, all);
    assert!(driver.text().await.contains("دوباره این‌جاست"), "{}", driver.text().await);
    let found = driver.axe().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert_eq!(driver.overflow().await, 0);
    driver.picture("kept-fa").await;

    // Where the device knows that there is no connection, it says so and sends nothing.
    driver.run("Object.defineProperty(navigator, 'onLine', { value: false, configurable: true })").await;
    driver.run("document.querySelector('form[data-keep]').requestSubmit()").await;
    driver.until("return !document.querySelector('[data-away]').hidden").await;
    assert_eq!((house.view(&acted).await.case.stage.as_str(), stands(&driver).await), ("site", all));

    // It is sent, and is kept no longer.
    driver.run("Object.defineProperty(navigator, 'onLine', { value: true })").await;
    driver.run("document.querySelector('form[data-keep]').requestSubmit()").await;
    is_at(&driver, "gone").await;
    assert!(driver.url().await.contains(&format!("/fa/desk?of={}", acted.case)), "{}", driver.url().await);
    assert_eq!(kept(&driver).await, json!([]));
    assert_ne!(house.view(&acted).await.case.stage, "site");
    driver.stop().await;
}
