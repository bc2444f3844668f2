//! What is held about me, for a program to take along.

use serde_json::Value;

use crate::cases::{drawn, permit};
use crate::client::Client;
use crate::common::House;

#[tokio::test]
async fn an_export_holds_ones_own_with_who_read_it_and_nothing_of_others() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let (case, officer) = drawn(&sara).await;
    permit(&sara).await;
    house.settle().await;
    let reza = house.licence("P-0002", "C-0002", "M-0003", "2011").await;
    Client::of(&house, &officer).await.get(&format!("/api/v1/cases/{case}")).await.is(200);
    let export = sara.get("/api/v1/me/export").await.is(200).json();
    assert_eq!(export["account"]["person"], "P-0001");
    let cases: Vec<&Value> = export["cases"].as_array().unwrap().iter().map(|own| &own["case"]["case"]).collect();
    assert_eq!(cases.len(), 2);
    assert!(cases.contains(&&Value::String(case.clone())));
    assert_eq!(export["documents"].as_array().unwrap().len(), 1);
    let records = export["records"].as_array().unwrap();
    assert!(records.iter().any(|record| record["register"] == "people" && record["key"] == "P-0001"));
    assert!(records.iter().any(|record| record["register"] == "premises"), "those that her company holds");
    let read = export["reads"].as_array().unwrap().iter().find(|read| read["capacity"] == "officer").unwrap();
    assert_eq!((&read["officer"], &read["case"]), (&Value::String(officer), &Value::String(case)));
    let whole = export.to_string();
    for other in [reza.case.to_string(), "P-0002".to_owned(), "C-0002".to_owned()] {
        assert!(!whole.contains(&other), "{other}");
    }
    let none = sara.get("/api/v1/me/export?cursor=0").await.is(200).json();
    assert_eq!(none["cases"], serde_json::json!([]), "nothing before the first");
    for wrong in ["x", "-1", "1234567890123456789"] {
        sara.get(&format!("/api/v1/me/export?cursor={wrong}")).await.is(400);
    }
    Client::stranger(&house).get("/api/v1/me/export").await.is(401);
}
