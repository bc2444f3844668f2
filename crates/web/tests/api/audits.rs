//! Audit notes over the API: what is taken, what is not and why, in words; and the figures that show it.

use app::log::key::Algorithm;
use app::log::{Checkpoint, Hash, SignerKey};
use app::record::audited::NOTE_BYTES_MAX;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use serde_json::json;

use crate::client::{Client, Reply, fresh_key};
use crate::common::House;
use crate::common::watch::{audited, auditor, forked, log_key};

const PATH: &str = "/api/v1/audits";

async fn hand_in(anybody: &Client, note: &[u8]) -> Reply {
    anybody.post_bytes(PATH, &fresh_key(), "text/plain; charset=utf-8", note.to_vec()).await
}

async fn house() -> House {
    let house = House::open().await;
    house.granted().await;
    house.watched().await
}

#[tokio::test]
async fn an_audit_is_handed_in_and_anybody_reads_it() {
    let house = house().await;
    let anybody = Client::stranger(&house);
    let before = anybody.get("/api/v1/integrity").await.is(200).json();
    assert_eq!(before["audits"]["auditors"][0]["last"], json!(null));
    assert_eq!(before["audits"]["auditors"][0]["key"], auditor(1).verifier().to_string());
    let note = house.note(&audited(2), &auditor(1));
    assert_eq!(hand_in(&anybody, &note).await.is(201).json(), json!({ "outcome": "now" }));
    assert_eq!(hand_in(&anybody, &note).await.is(200).json(), json!({ "outcome": "before" }));
    let mut older = audited(0);
    older.at_s -= 3600;
    let older = house.note(&older, &auditor(1));
    assert_eq!(hand_in(&anybody, &older).await.is(200).json(), json!({ "outcome": "older" }));
    let integrity = anybody.get("/api/v1/integrity").await.is(200).json();
    let last = &integrity["audits"]["auditors"][0]["last"];
    let published = house.app.checkpoint().unwrap().checkpoint;
    assert_eq!((&last["faults"], &last["acts"], &last["scope"]), (&json!(2), &json!(1234), &json!("record")));
    assert_eq!(last["outcomes_compared"], json!(true));
    assert_eq!((&last["size"], &last["behind"]), (&json!(published.size()), &json!(0)));
    assert_eq!(last["root"], published.root().to_string());
    assert_eq!(last["found"], json!([{ "code": "A408", "count": 2 }, { "code": "A601", "count": 2 }]));
    let read = anybody.get(&format!("{PATH}/{}", last["note"].as_str().unwrap())).await.is(200);
    assert_eq!((read.bytes, read.media_type.as_str()), (note, "text/plain; charset=utf-8"));
    for nothing in ["0".repeat(64), "x".to_owned(), "..".to_owned()] {
        anybody.get(&format!("{PATH}/{nothing}")).await.problem(404, "not-found");
    }
    let witnesses = &integrity["witnesses"];
    assert_eq!((&witnesses["policy"], &witnesses["quorum"]), (&json!("2 of (university, court, press)"), &json!(true)));
    let states: Vec<&str> =
        witnesses["witnesses"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["cosigns", "cosigns", "silent"]);
    assert!(!integrity.to_string().contains("127.0.0.1"), "{integrity}");
}

#[tokio::test]
async fn another_tree_under_the_zones_signature_is_kept_as_evidence() {
    let house = house().await;
    let anybody = Client::stranger(&house);
    let evidence = forked(&audited(0), 1);
    assert_eq!(hand_in(&anybody, &evidence).await.is(201).json(), json!({ "outcome": "contradicts" }));
    let audits = anybody.get("/api/v1/integrity").await.is(200).json()["audits"].clone();
    assert_eq!(audits["auditors"][0]["last"], json!(null));
    assert_eq!(audits["contradictions"][0]["size"], 1);
    let note = audits["contradictions"][0]["note"].as_str().unwrap();
    assert_eq!(anybody.get(&format!("{PATH}/{note}")).await.is(200).bytes, evidence);
}

#[tokio::test]
async fn what_is_not_taken_is_told_why_and_nothing_is_kept() {
    let house = house().await;
    let anybody = Client::stranger(&house);
    let good = house.note(&audited(0), &auditor(1));
    let stranger = SignerKey::from_seed("stranger.example/s", Algorithm::Ed25519, &[5; 32]).unwrap();
    let other = SignerKey::from_seed("other.example/log", Algorithm::Ed25519, &[6; 32]).unwrap();
    let forger = SignerKey::from_seed("maku.example/log", Algorithm::Ed25519, &[7; 32]).unwrap();
    let over = |log: &SignerKey, origin: &str| {
        let checkpoint = Checkpoint::new(origin, 2, Hash([3; 32])).unwrap().sign(log).unwrap().encode();
        audited(0).sign(&checkpoint, log.verifier(), &auditor(1)).unwrap()
    };
    let mut tomorrow = audited(0);
    tomorrow.at_s += 86_400;
    for (note, why) in [
        (house.note(&audited(0), &stranger), "names no auditor with that key"),
        (over(&other, "other.example/log"), "about another log"),
        (over(&forger, "maku.example/log"), "is not signed by this zone's log"),
        (house.note(&tomorrow, &auditor(1)), "dated in the future"),
        (good[..good.len() / 2].to_vec(), "This is no audit note"),
        (Vec::new(), "This is no audit note"),
        (
            String::from_utf8(good.clone()).unwrap().replace("acts 1234", "acts 1235").into_bytes(),
            "does not fit what the note says",
        ),
        ([good.clone(), vec![b'x'; NOTE_BYTES_MAX]].concat(), "at most 16 KiB"),
        (log_key().sign(b"x").to_vec(), "This is no audit note"),
    ] {
        let problem = hand_in(&anybody, &note).await.problem(422, "audit");
        assert!(problem["detail"].as_str().unwrap().contains(why), "{problem}");
    }
    anybody.post_bytes(PATH, &fresh_key(), "application/json", good.clone()).await.problem(415, "content-type");
    anybody.post_bytes(PATH, &fresh_key(), "text/plain", vec![b'x'; 2 << 20]).await.problem(413, "body-too-large");
    let audits = anybody.get("/api/v1/integrity").await.is(200).json()["audits"].clone();
    assert_eq!((&audits["auditors"][0]["last"], &audits["contradictions"]), (&json!(null), &json!([])));
}

#[tokio::test]
async fn notes_without_end_are_told_to_wait() {
    let house = house().await;
    let anybody = Client::stranger(&house);
    let mut limited = false;
    for _ in 0..40 {
        let mut request = Request::post(PATH).header("content-type", "text/plain").body(Body::from("x")).unwrap();
        let peer: std::net::SocketAddr = "192.0.2.7:4000".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let reply = anybody.send(request).await;
        limited |= reply.status == 429;
    }
    assert!(limited, "nobody is stopped");
    // Who is not so many is not stopped.
    hand_in(&anybody, &house.note(&audited(0), &auditor(1))).await.is(201);
}
