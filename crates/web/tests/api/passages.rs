//! Passages over the API: who may hand in and read, and what is refused by its place, with nothing kept.

use serde_json::{Value, json};

use crate::client::Client;
use crate::common::House;

const PATH: &str = "/api/v1/passages";

fn passage(case: &str, id: u8) -> Value {
    json!({
        "id": hex::encode([id; 16]), "at": "2026-11-26T05:00:00Z", "certificate": case, "hash": hex::encode([1; 32]),
        "direction": "out", "seen": "proven",
    })
}

#[tokio::test]
async fn a_gate_hands_in_and_only_its_own_see_it() {
    let house = House::open().await;
    let case = house.granted().await.case.to_string();
    let [north, south, supervisor, person] = [
        Client::of(&house, "G-0001").await,
        Client::of(&house, "G-0002").await,
        Client::of(&house, "S-0001").await,
        Client::of(&house, "P-0001").await,
    ];
    let mut weighed = passage(&case, 2);
    weighed["gross_mass_kg"] = json!(38_500);
    let body = json!({ "passages": [passage(&case, 1), weighed, passage(&case, 1)] });
    let answer = north.post(PATH, &body).await.is(200).json();
    let outcomes: Vec<&str> =
        answer["taken"].as_array().unwrap().iter().map(|taken| taken["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["now", "now", "before"]);
    assert_eq!(answer["doubles"], json!([]), "a licence may be shown as often as one likes");
    person.post(PATH, &body).await.problem(403, "forbidden");
    Client::stranger(&house).post(PATH, &body).await.problem(401, "token");
    for client in [&north, &supervisor] {
        let mut cursor = String::new();
        let mut ids = Vec::new();
        loop {
            let part = client.get(&format!("{PATH}?gate=G-0001&limit=1{cursor}")).await.is(200).json();
            ids.extend(part["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
            let Some(next) = part["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(ids, [hex::encode([1; 16]), hex::encode([2; 16])]);
    }
    let all = north.get(&format!("{PATH}?gate=G-0001")).await.is(200).json();
    let masses: Vec<Option<u64>> =
        all["items"].as_array().unwrap().iter().map(|item| item["gross_mass_kg"].as_u64()).collect();
    assert!(masses.contains(&Some(38_500)) && masses.contains(&None), "{all}");
    for client in [&south, &person] {
        client.get(&format!("{PATH}?gate=G-0001")).await.problem(404, "not-found");
    }
    supervisor.get(&format!("{PATH}?gate=P-0001")).await.problem(404, "not-found");
}

#[tokio::test]
async fn what_does_not_do_is_named_and_nothing_is_kept() {
    let house = House::open().await;
    let case = house.granted().await.case.to_string();
    let north = Client::of(&house, "G-0001").await;
    let with = |key: &str, value: Value| {
        let mut bad = passage(&case, 2);
        bad[key] = value;
        json!({ "passages": [passage(&case, 1), bad] })
    };
    for (key, value) in [
        ("id", json!("ab")),
        ("id", json!("AB".repeat(16))),
        ("hash", json!("00")),
        ("direction", json!("up")),
        ("seen", json!("refused")),
        ("at", json!("yesterday")),
        ("certificate", json!("x")),
        ("gross_mass_kg", json!(0)),
        ("gross_mass_kg", json!(1_000_001)),
        ("gross_mass_kg", json!(-1)),
        ("gross_mass_kg", json!("38500")),
        ("gross_mass_kg", json!(1.5)),
        ("tare_mass_kg", json!(0)),
        ("tare_mass_kg", json!(1_000_001)),
        ("more", json!(1)),
    ] {
        let problem = north.post(PATH, &with(key, value)).await;
        assert!((400..500).contains(&problem.status.as_u16()), "{key}");
        assert!(problem.json().to_string().contains("/passages/1"), "{key}: {}", problem.json());
    }
    let many: Vec<Value> = (0..=200).map(|_| passage(&case, 1)).collect();
    assert!(north.post(PATH, &json!({ "passages": many })).await.status.is_client_error());
    for query in ["", "?gate=G-0001&limit=0", "?gate=G-0001&limit=201", "?gate=G-0001&cursor=x", "?gate=G-0001&x=1"] {
        north.get(&format!("{PATH}{query}")).await.problem(400, "parameter");
    }
    let kept = north.get(&format!("{PATH}?gate=G-0001")).await.is(200).json();
    assert_eq!(kept["items"], json!([]));
}
