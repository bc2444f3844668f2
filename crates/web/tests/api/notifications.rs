//! Customs' answers for a declarant's program: the list, each message, and nothing of another's.

use serde_json::{Value, json};

use crate::client::{Client, company, fresh_key};
use crate::common::House;

const DECLARATION: &str = include_str!("../../../../zones/maku/samples/declaration-entry.xml");

async fn declared(sara: &Client) -> Value {
    let path = "/api/v1/documents?name=declaration.xml";
    let document = sara.post_bytes(path, &fresh_key(), "application/xml", DECLARATION).await.is(201).json();
    let body = json!({ "service": "goods-entry", "facts": {
        "company": { "text": "C-0001" }, "warehouse": { "code": "maku-1" }, "declaration": { "document": document },
    }});
    sara.post("/api/v1/cases", &body).await.is(201).json()
}

#[tokio::test]
async fn a_declarants_program_reads_what_customs_answered() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let acted = declared(&sara).await;
    let path = format!("/api/v1/cases/{}/notifications", acted["case"].as_str().unwrap());
    let answers = sara.get(&path).await.is(200).json();
    let items = answers["items"].as_array().unwrap();
    let says: Vec<&str> = items.iter().map(|one| one["says"].as_str().unwrap()).collect();
    // One of ten is drawn for inspection.
    let rest: &[&str] = if acted["stage"] == "inspection" { &["control"] } else { &["released", "cleared"] };
    assert_eq!((&says[..2], &says[2..]), (&["accepted", "tax"][..], rest));
    assert_eq!((&items[1]["number"], &items[1]["function"]), (&json!(2), &json!("13")));
    let tax = sara.get(&format!("{path}/2")).await.is(200);
    assert_eq!(tax.media_type, "application/xml");
    let xml = String::from_utf8(tax.bytes).unwrap();
    assert!(
        xml.contains("<FunctionCode>13<") && xml.contains(">SAMPLE-ENTRY-1<") && xml.contains("TypeCode>CUD<"),
        "{xml}"
    );
    // Its page has them for people.
    let case = acted["case"].as_str().unwrap();
    let mut browser = house.sign_in("P-0001").await;
    let page = browser.open(&format!("/en/cases/{case}")).await;
    let text = page.text();
    assert!(text.contains("What customs answered") && text.contains("What is due"), "{text}");
    let kept = browser.get(&format!("/en/cases/{case}/notifications/1")).await;
    assert!(kept.body.contains("<FunctionCode>01<"), "{}", kept.body);
}

#[tokio::test]
async fn there_is_no_other_answer_and_none_of_another_case() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let acted = declared(&sara).await;
    let path = format!("/api/v1/cases/{}/notifications", acted["case"].as_str().unwrap());
    for number in ["0", "01", "99", "x", "%2e%2e", "99999999999999999999"] {
        sara.get(&format!("{path}/{number}")).await.is(404);
    }
    sara.get(&format!("{path}?language=fa")).await.is(400);
    let stranger = Client::of(&house, "P-0002").await;
    stranger.get(&path).await.is(404);
    stranger.get(&format!("{path}/1")).await.is(404);
    // What is no declaration has no answers.
    let licence = sara.post("/api/v1/cases", &company(&sara).await).await.is(201).json();
    let path = format!("/api/v1/cases/{}/notifications", licence["case"].as_str().unwrap());
    assert_eq!(sara.get(&path).await.is(200).json(), json!({ "items": [] }));
}
