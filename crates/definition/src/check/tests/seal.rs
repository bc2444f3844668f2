//! The content hash: stable, sensitive to what a service uses and to nothing else, and a way back.

use std::sync::Arc;

use super::fixture::with;
use crate::check::{CanonicalError, Checked, check};
use crate::model::Service;

fn sealed(changes: &str) -> Arc<Checked<Service>> {
    let zone = check(&with(changes)).zone.unwrap();
    Arc::clone(&zone.services()["permit"])
}

#[test]
fn the_hash_is_the_hash_of_the_canonical_form_and_stays() {
    let service = sealed("");
    let text = std::str::from_utf8(service.canonical()).unwrap();
    assert!(text.starts_with(r#"{"format":1,"zone":{"name":"sample","#), "{text}");
    assert_eq!(service.hash(), sealed("").hash());
    // Whoever changes this form strands the definitions that cases began under: raise `FORMAT`, and keep reading the old one.
    assert_eq!(hex::encode(service.hash()), include_str!("sound.sha256").trim());
}

#[test]
fn the_way_back_gives_the_same_definition() {
    let service = sealed("");
    let again = Checked::from_canonical(service.canonical(), service.hash()).unwrap();
    assert_eq!(serde_json::to_string(&*again).unwrap(), serde_json::to_string(&**service).unwrap());
    assert_eq!(serde_json::to_string(again.zone()).unwrap(), serde_json::to_string(service.zone()).unwrap());
    let mut bytes = service.canonical().to_vec();
    bytes[40] ^= 1;
    assert!(matches!(Checked::from_canonical(&bytes, service.hash()), Err(CanonicalError::Hash { .. })));
}

#[test]
fn only_what_the_service_uses_moves_the_hash() {
    let hash = sealed("").hash();
    let other = "## zone.yaml\nzone: sample\nlanguages: [en]\ntimezone: Asia/Tehran\ncalendar: persian\nweekend: [friday]\ncurrency: IRR\nauthorities: [office]\nportals: [portal]\nroles:\n  clerk: { people: 3, authority: office }   # order and comments do not count\n";
    assert_eq!(sealed(other).hash(), hash);
    let people = other.replace("people: 3", "people: 4");
    assert_ne!(sealed(&people).hash(), hash);
    let holiday = "## calendar.csv\ndate,en\n*-01-01,New year\n*-01-02,New year\n";
    assert_ne!(sealed(holiday).hash(), hash);
}
