//! Where goods were made goes with them, and what was kept before that was is read as it is.

use super::scene::*;
use customs::goods::{Posted, Row, RowKey, trace};
use serde_json::{Value, json};

fn from(country: &str, lot: &str) -> customs::goods::Movement {
    let mut entry = entry_json(&format!("IN-{country}"), lot, "ana", "100", "1000");
    entry["entry"]["origin"] = json!(country);
    entry["entry"]["said"] = json!("ab".repeat(32));
    of(entry)
}

#[test]
fn what_leaves_says_where_it_was_made() {
    let mut zone = Zone::default();
    zone.go(from("TR", "L1"));
    zone.go(from("AZ", "L1"));
    let out = zone.go(exit("OUT-1", "ana", &[("lot", "L1", "150")]));
    let line = trace(&out.posted).unwrap();
    let told: Vec<_> = line
        .contents
        .iter()
        .map(|one| (one.origin.as_ref().unwrap().as_str(), one.quantity.to_string(), one.value.minor))
        .collect();
    assert_eq!(told, [("TR", "100 KGM".to_owned(), 100_000), ("AZ", "50 KGM".to_owned(), 50_000)]);
    let item = RowKey::Item(customs::goods::ItemRef { declaration: id("IN-TR"), item: 1 });
    let Some(Row::Item(item)) = zone.book.row(&item) else { panic!("an item") };
    assert_eq!(item.said, Some(id(&"ab".repeat(32))));
    round_trips(&zone.book);
}

/// What was posted before origins were kept.
#[test]
fn an_old_posting_is_read_and_written_as_it_was() {
    let mut zone = Zone::default();
    let posted = zone.go(entry("IN-1", "L1", "ana", "100", "1000")).posted;
    let text = serde_json::to_string(&posted).unwrap();
    assert!(!text.contains("origin") && !text.contains("said"), "{text}");
    let read: Posted = serde_json::from_str(&text).unwrap();
    assert_eq!(read, posted);
    let out = zone.go(exit("OUT-1", "ana", &[("lot", "L1", "1")]));
    assert_eq!(trace(&out.posted).unwrap().contents[0].origin, None);
    for wrong in ["tr", "TUR", "", "T1", "ТR"] {
        let mut entry = entry_json("IN-9", "L9", "ana", "1", "1");
        entry["entry"]["origin"] = Value::from(wrong);
        let said = serde_json::from_value::<customs::goods::Movement>(entry).unwrap_err().to_string();
        assert!(said.contains("is no country; write its two letters"), "{said}");
    }
}
