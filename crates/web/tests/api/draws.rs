//! Draws for programs: what waits, and what came out, as `panjereh lot verify` takes it.

use app::beacon::Sheet;
use app::beacon::sheet::Verdict;
use serde_json::json;

use crate::client::Client;
use crate::common::{House, lots};

#[tokio::test]
async fn a_program_sees_what_waits_and_can_do_the_draw_again() {
    let house = House::drawing(lots::drand().await).await;
    let sara = Client::of(&house, "P-0001").await;
    let body = json!({ "service": "activity-licence", "facts": {
        "company": { "text": "C-0001" }, "premises": { "text": "M-0001" }, "activity": { "code": "2011" },
        "investment": { "money": { "amount": "900000000000", "currency": "IRR" } },
    }});
    let acted = sara.post("/api/v1/cases", &body).await.is(201).json();
    let path = format!("/api/v1/cases/{}/draws", acted["case"].as_str().unwrap());
    let draws = sara.get(&path).await.is(200).json();
    assert_eq!(draws["drawn"], json!([]));
    assert_eq!(draws["waiting"][0]["seat"], "review");
    assert_eq!(draws["waiting"][0]["lot"]["source"], "drand");
    assert_eq!(draws["waiting"][0]["lot"]["round"], 1000);
    house.let_the_round_come().await;
    let draws = sara.get(&path).await.is(200).json();
    assert_eq!(draws["waiting"], json!([]));
    let sheet = Sheet::read(draws["drawn"][0].to_string().as_bytes()).unwrap();
    assert_eq!(sheet.verify(&house.app.lot_trust()), Ok(Verdict::Proven));
    // The event in the history is of the shape that is described, and other people's programs get nothing.
    let case = sara.get(path.trim_end_matches("/draws")).await.is(200).json();
    let kinds: Vec<&str> = case["content"]["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["event"]["kind"].as_str().unwrap())
        .collect();
    assert!(kinds.contains(&"lot") && kinds.contains(&"drawn"), "{kinds:?}");
    Client::of(&house, "P-0002").await.get(&path).await.is(404);
}
