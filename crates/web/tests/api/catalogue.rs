//! The catalogue, and the description of the whole API.

use serde_json::Value;

use crate::client::Client;
use crate::common::House;

#[tokio::test]
async fn a_service_is_found_in_any_spelling() {
    let house = House::open().await;
    let anybody = Client::stranger(&house);
    let names = |reply: Value| -> Vec<String> {
        let items = reply["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["service"].as_str().unwrap().to_owned()).collect()
    };
    let all = names(anybody.get("/api/v1/services").await.is(200).json());
    assert!(all.len() >= 3, "{all:?}");
    let found = anybody.get("/api/v1/services?q=%D9%81%D8%B9%D8%A7%D9%84%D9%8A%D8%AA").await.is(200).json();
    assert_eq!(names(found).first().map(String::as_str), Some("activity-licence"));
    assert!(names(anybody.get("/api/v1/services?q=zzzz").await.is(200).json()).is_empty());
}

/// Every list goes on alike: `limit`, `cursor`, `next`.
#[tokio::test]
async fn services_and_entries_of_the_log_come_in_parts() {
    let house = House::open().await;
    house.granted().await;
    let anybody = Client::stranger(&house);
    for (list, name) in [
        ("/api/v1/services", "service"),
        ("/api/v1/services?q=permit licence", "service"),
        ("/api/v1/log/entries", "index"),
    ] {
        let list = list.replace(' ', "%20");
        let joint = if list.contains('?') { '&' } else { '?' };
        let whole = anybody.get(&format!("{list}{joint}limit=100")).await.is(200).json();
        assert_eq!(whole["next"], Value::Null, "{whole}");
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let part = anybody.get(&format!("{list}{joint}limit=1{cursor}")).await.is(200).json();
            let items = part["items"].as_array().unwrap();
            assert_eq!(items.len(), 1);
            seen.push(items[0][name].clone());
            let Some(next) = part["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        let all: Vec<Value> = whole["items"].as_array().unwrap().iter().map(|item| item[name].clone()).collect();
        assert!(seen == all && all.len() > 1, "{list}: {seen:?} {all:?}");
        let past = anybody.get(&format!("{list}{joint}cursor=999999999999999999")).await.is(200).json();
        assert_eq!((past["items"].as_array().unwrap().len(), &past["next"]), (0, &Value::Null));
    }
}

#[tokio::test]
async fn a_service_says_all_that_stands_in_its_definition() {
    let house = House::open().await;
    let service = Client::stranger(&house).get("/api/v1/services/building-permit").await.is(200).json();
    let defined = house.app.zone().services()["building-permit"].clone();
    assert_eq!(service["definition"].as_str().unwrap(), hex(&defined.hash()));
    assert_eq!(service["facts"].as_array().unwrap().len(), defined.facts.len());
    assert_eq!(service["stages"].as_array().unwrap().len(), defined.stages.len());
    for (name, table) in &defined.tables {
        let rows = service["tables"][name]["rows"].as_array().unwrap();
        assert_eq!(rows.len(), table.table.rules().rows.len());
        assert!(rows.iter().all(|row| row["tests"].as_array().unwrap().len() == table.inputs.len()));
    }
    assert!(service["words"]["fa"].as_str().unwrap().contains("title ="));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The description is a promise to other people's programs: a change of it shows here, whole.
#[tokio::test]
async fn the_description() {
    let house = House::open().await;
    let text = Client::stranger(&house).get("/api/openapi.json").await.is(200);
    insta::assert_snapshot!("openapi", String::from_utf8(text.bytes).unwrap());
}
