//! Goods accounts over the API: whose they are sees them and how they moved, others learn nothing.

use serde_json::json;

use crate::client::Client;
use crate::common::House;
use crate::common::scene::biscuits;
use crate::common::truck::{
    BUYER, SELLER, apply, as_declared, declaration, document, enter, issue, leave, text, transfer,
};

#[tokio::test]
async fn a_company_is_given_its_lots_with_every_movement() {
    let house = House::open().await;
    let case = enter(&house.app).await.unwrap().case;
    let lot = format!("{}-1", case.reference());
    let receipt = issue(&house.app, &lot, "10000").await.unwrap().case.reference();
    let sara = Client::of(&house, SELLER).await;
    let companies = sara.get("/api/v1/goods/companies").await.is(200).json();
    assert!(
        companies["items"].as_array().unwrap().contains(&json!({ "key": "C-0001", "by": "holder" })),
        "{companies}"
    );
    let lots = sara.get("/api/v1/goods/lots?company=C-0001").await.is(200).json();
    assert_eq!(lots["items"][0]["id"], json!(lot));
    assert_eq!(lots["items"][0]["quantity"], json!({ "amount": "20000", "unit": "KGM" }));
    let receipts = sara.get("/api/v1/goods/receipts?company=C-0001").await.is(200).json();
    assert_eq!(receipts["items"][0]["lot"], json!(lot));
    let account = sara.get(&format!("/api/v1/goods/lots/{lot}")).await.is(200).json();
    let [came, went] = &account["moves"].as_array().unwrap()[..] else { panic!("{account}") };
    assert_eq!((&came["movement"], &came["case"]), (&json!("entry"), &json!(case.to_string())));
    assert_eq!(came["others"], json!([{ "account": "outside" }]));
    assert_eq!(went["others"], json!([{ "account": "receipt", "id": receipt }]));
    assert_eq!(went["balance"], json!({ "amount": "20000", "unit": "KGM" }));
    assert_eq!(account["contents"][0]["value"], json!({ "amount": "8800000000", "currency": "IRR" }));
    let later = sara.get(&format!("/api/v1/goods/lots/{lot}?after={}", came["number"])).await.is(200).json();
    assert_eq!(later["moves"].as_array().unwrap().len(), 1);
    sara.get(&format!("/api/v1/goods/receipts/{receipt}")).await.is(200);
    let supervisor = Client::of(&house, "S-0001").await;
    assert_eq!(supervisor.get("/api/v1/goods/lots").await.is(200).json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_reserved_of_goods_is_told_with_what_is_there() {
    let house = House::open().await;
    let [_, product] = biscuits(&house.app).await;
    let reza = Client::of(&house, BUYER).await;
    let path = format!("/api/v1/goods/lots/{product}");
    assert_eq!(reza.get(&path).await.is(200).json()["holding"]["reserved"], json!([]));
    let exit = leave(&house.app, "EXIT-1", &product, "9000").await.unwrap();
    let holding = reza.get(&path).await.is(200).json()["holding"].clone();
    assert_eq!(holding["quantity"], json!({ "amount": "9500", "unit": "KGM" }));
    let quantity = json!({ "amount": "9000", "unit": "KGM" });
    assert_eq!(holding["reserved"], json!([{ "by": exit.case.reference(), "quantity": quantity }]));
}

#[tokio::test]
async fn others_are_told_the_same_as_of_what_is_not_there() {
    let house = House::open().await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let reza = Client::of(&house, BUYER).await;
    for path in [
        &format!("lots/{lot}"),
        "lots/nothing",
        "receipts/nothing",
        "lots?company=C-0001",
        "lots?company=C-9999",
        "lots",
    ] {
        reza.get(&format!("/api/v1/goods/{path}")).await.problem(404, "not-found");
    }
    for path in ["lots?company=", "lots?cursor=", &format!("lots?company={}", "9".repeat(71)), "lots?more=1"] {
        reza.get(&format!("/api/v1/goods/{path}")).await.problem(400, "parameter");
    }
    Client::stranger(&house).get("/api/v1/goods/companies").await.problem(401, "token");
}

#[tokio::test]
async fn what_is_left_over_is_given_to_whose_it_is_and_to_supervisors() {
    let house = House::open().await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let xml = declaration("OUT-1", "11010000", "10000", "4000.00", ("31", "78"));
    let declared = document(&house.app, SELLER, &xml).await;
    let facts = [("company", text("C-0001")), ("lot", text(&lot)), ("declaration", declared)];
    let acted = apply(&house.app, SELLER, "goods-reexport", &facts).await.unwrap();
    let case = as_declared(&house.app, acted, &xml).await.unwrap().case;
    let (sara, reza) = (Client::of(&house, SELLER).await, Client::of(&house, BUYER).await);
    let own = sara.get("/api/v1/goods/leftovers?company=C-0001").await.is(200).json();
    let [one] = &own["items"].as_array().unwrap()[..] else { panic!("{own}") };
    assert_eq!((&one["paper"], &one["state"]), (&json!("released"), &json!("open")));
    assert_eq!((&one["case"], &one["days"]), (&json!(case.to_string()), &json!(0)));
    let ten_tonnes = json!({ "amount": "10000", "unit": "KGM" });
    let load = &one["loads"][0];
    assert_eq!([&load["quantity"], &load["gross_mass"], &load["open"]], [&ten_tonnes; 3]);
    let supervisor = Client::of(&house, "S-0001").await;
    assert_eq!(supervisor.get("/api/v1/goods/leftovers?paper=released").await.is(200).json(), own);
    let none = supervisor.get("/api/v1/goods/leftovers?paper=transit").await.is(200).json();
    assert_eq!(none, json!({ "items": [] }));
    for path in ["?company=C-0001", "", "?company=C-9999"] {
        reza.get(&format!("/api/v1/goods/leftovers{path}")).await.problem(404, "not-found");
    }
    for path in ["?paper=letter", "?company=", "?cursor=", "?more=1"] {
        supervisor.get(&format!("/api/v1/goods/leftovers{path}")).await.problem(400, "parameter");
    }
    Client::stranger(&house).get("/api/v1/goods/leftovers").await.problem(401, "token");
}

#[tokio::test]
async fn a_receipt_that_was_sold_on_is_told_to_be_void() {
    let house = House::open().await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let case = issue(&house.app, &lot, "10000").await.unwrap().case;
    house.settle().await;
    let sara = Client::of(&house, SELLER).await;
    let path = format!("/api/v1/cases/{case}/certificate");
    let paper = sara.get(&path).await.is(200).json();
    assert_eq!(paper["verdict"]["verdict"], json!("valid"));
    transfer(&house.app, &case.reference(), "C-0002").await.unwrap();
    house.settle().await;
    let asked = json!({ "text": paper["text"] });
    let verdict = Client::stranger(&house).post("/api/v1/certificates/verify", &asked).await.is(200).json();
    assert_eq!((&verdict["verdict"], &verdict["reason"]), (&json!("revoked"), &json!("void-receipt")));
    let own = sara.get(&path).await.is(200).json();
    assert_eq!((&own["verdict"]["verdict"], &own["verdict"]["reason"]), (&json!("revoked"), &json!("void-receipt")));
}
