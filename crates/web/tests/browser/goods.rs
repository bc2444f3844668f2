//! Goods and what is left over of them, in both languages, on a desk and on a phone: amounts stand as they are read, and nothing runs off the screen.

use app::definition::value::Value;
use app::{Acted, Direction, Passage, Seen};
use web::SiteSettings;

use crate::common::House;
use crate::common::truck::{SELLER, apply, as_declared, declaration, document, enter, issue, offer, text};
use crate::driver::{Driver, Script};

/// So much of the truck's flour is released to go abroad.
async fn released(house: &House, lot: &str, reference: &str) -> Acted {
    let xml = declaration(reference, "11010000", "4000", "1600.00", ("31", "78"));
    let declared = document(&house.app, SELLER, &xml).await;
    let facts = [("company", text("C-0001")), ("lot", text(lot)), ("declaration", declared)];
    let acted = apply(&house.app, SELLER, "goods-reexport", &facts).await.unwrap();
    let acted = as_declared(&house.app, acted, &xml).await.unwrap();
    house.settle().await;
    acted
}

/// A lighter load than was released leaves, and somebody leaves with another certificate.
async fn go_out(house: &House, lot: &str) {
    let [light, other] = [released(house, lot, "OUT-1").await, released(house, lot, "OUT-2").await];
    let account = house.app.account(SELLER).await.unwrap();
    let hash = house.app.certificate(&account, light.case).await.unwrap().unwrap().bare.claims_hash();
    let passage = |id: u8, certificate, hash| Passage {
        id: [id; 16],
        at: house.app.clock.now(),
        certificate,
        hash,
        direction: Direction::Out,
        seen: Seen::Proven,
        gross_mass_kg: Some(16_000),
        tare_mass_kg: Some(14_000),
    };
    let gate = house.app.account("G-0001").await.unwrap();
    let noted = [passage(1, light.case, hash), passage(2, other.case, [7; 32])];
    house.app.take_passages(&gate, &noted).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_and_what_is_left_over_read_well_on_every_screen() {
    let Some(driver) = Driver::start(Script::On).await else { return };
    let house = House::local(SiteSettings { demo: true, ..SiteSettings::default() }).await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let lines = "CMR-1 11010000 600 30000\n\nCMR-2 11010000 10 500";
    let facts = [("company", text("C-0001")), ("vehicle", text("IR-77")), ("lines", text(lines))];
    let manifest = apply(&house.app, SELLER, "cargo-manifest", &facts).await.unwrap();
    let receipt = issue(&house.app, &lot, "10000").await.unwrap().case.reference();
    offer(&house.app, &receipt, "C-0002").await.unwrap();
    go_out(&house, &lot).await;
    let waiting = released(&house, &lot, "OUT-3").await;
    let large = declaration("LARGE-1", "11010000", "300000", "120000.00", ("78", "00"));
    let declared = document(&house.app, SELLER, &large).await;
    let warehouse = Value::Code("maku-1".to_owned());
    let facts = [("company", text("C-0001")), ("warehouse", warehouse), ("declaration", declared)];
    apply(&house.app, SELLER, "goods-entry", &facts).await.unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = house.router();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let visits = [
        (
            SELLER,
            vec![
                ("goods", "/goods?company=C-0001".to_owned()),
                ("lot", format!("/goods/lot/{lot}")),
                ("receipt", format!("/goods/receipt/{receipt}")),
                ("manifest", format!("/cases/{}", manifest.case)),
                ("manifest-lines", "/apply/cargo-manifest/lines".to_owned()),
                ("offer-until", "/apply/receipt-transfer/until".to_owned()),
                ("passenger", "/apply/passenger-goods/commodity".to_owned()),
                ("pass", format!("/cases/{}/certificate", waiting.case)),
            ],
        ),
        ("P-0002", vec![("accept", "/apply/receipt-acceptance/offer".to_owned())]),
        (
            "S-0001",
            vec![("leftovers", "/goods/leftovers?settled=yes".to_owned()), ("passages", "/passages".to_owned())],
        ),
    ];
    let mut found = Vec::new();
    for language in ["fa", "en"] {
        for (person, pages) in &visits {
            let link = house.app.sign_in_link(person).await.unwrap();
            driver.sign_in(&format!("{base}/{language}/sign-in/{link}")).await;
            for (name, pixels) in [("wide", 1280), ("phone", 390)] {
                driver.tall(pixels).await;
                for (page, path) in pages {
                    driver.open(&format!("{base}/{language}{path}")).await;
                    driver.shoot(&format!("goods-{page}-{language}-{name}")).await;
                    let axe = driver.axe().await.into_iter();
                    found.extend(axe.map(|problem| format!("{language} {page} {name}: {problem}")));
                    let over = driver.overflow().await;
                    assert_eq!(over, 0, "{language} {page} {name}: {over} px run off the screen");
                }
            }
        }
    }
    driver.stop().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
