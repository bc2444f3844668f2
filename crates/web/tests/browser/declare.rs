//! Filling in a declaration, the declarant's desk and the tariff, in both languages, on a desk and on a phone.

use crate::driver::{Driver, Script};
use crate::prepare;

#[tokio::test(flavor = "multi_thread")]
async fn a_declaration_is_filled_in_on_a_phone_and_without_scripts() {
    let Some(driver) = Driver::start(Script::On).await else { return };
    let site = prepare::serve().await;
    let form = "/apply/goods-entry/declaration/form";
    let pages = [
        ("question", "/apply/goods-entry/declaration".to_owned()),
        ("form", form.to_owned()),
        ("item", format!("{form}/items/1")),
        ("item-wrong", format!("{form}/items/2?check=true")),
        ("sheet", format!("{form}/sheet")),
        ("declarations", "/declarations".to_owned()),
        ("tariff", "/tariff?q=flour%20biscuit".to_owned()),
        ("tariff-code", "/tariff/19053100".to_owned()),
    ];
    let mut found = Vec::new();
    for language in ["fa", "en"] {
        let link = site.house.app.sign_in_link("P-0001").await.unwrap();
        driver.sign_in(&format!("{}/{language}/sign-in/{link}", site.base)).await;
        for (name, pixels) in [("wide", 1280), ("phone", 390)] {
            driver.width(pixels).await;
            for (page, path) in &pages {
                driver.open(&format!("{}/{language}{path}", site.base)).await;
                driver.shoot(&format!("{page}-{language}-{name}")).await;
                found.extend(
                    driver.axe().await.into_iter().map(|problem| format!("{language} {page} {name}: {problem}")),
                );
                let over = driver.overflow().await;
                assert_eq!(over, 0, "{language} {page} {name}: {over} px run off the screen");
            }
        }
    }
    driver.stop().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
