//! What somebody tries who is not allowed to, is too late, too fast, or comes twice.

use axum::http::{Method, Request};
use serde_json::json;
use web::{RateLimit, SiteSettings};

use crate::cases::{seq, waiting};
use crate::client::{Client, company, fresh_key};
use crate::common::House;

#[tokio::test]
async fn nobody_comes_in_without_a_token_that_holds() {
    let house = House::open().await;
    for client in [
        Client::stranger(&house),
        Client::with_token(&house, "0000"),
        Client::with_token(&house, ""),
        Client::with_token(&house, &"a".repeat(10_000)),
    ] {
        for path in ["/api/v1/cases", "/api/v1/desk", "/api/v1/queues", "/api/v1/choices/activity-licence/company"] {
            let reply = client.get(path).await;
            assert_eq!(reply.headers["www-authenticate"], "Bearer");
            reply.problem(401, "token");
        }
        client.post("/api/v1/cases", &json!({})).await.problem(401, "token");
    }
    // A page's session is no token, and a token is no session.
    let sara = house.app.sign_in(&house.app.sign_in_link("P-0001").await.unwrap()).await.unwrap();
    Client::with_token(&house, &sara).get("/api/v1/cases").await.problem(401, "token");
}

#[tokio::test]
async fn anothers_case_looks_like_none() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let (case, _) = waiting(&house, &sara).await;
    let reza = Client::of(&house, "P-0002").await;
    let missing = "0".repeat(32);
    let act = json!({ "act": "withdraw", "seen": 1 });
    for path in ["", "/certificate", &format!("/documents/{}", "0".repeat(64))] {
        let his = reza.get(&format!("/api/v1/cases/{case}{path}")).await.problem(404, "not-found");
        assert_eq!(his, reza.get(&format!("/api/v1/cases/{missing}{path}")).await.problem(404, "not-found"));
    }
    let his = reza.post(&format!("/api/v1/cases/{case}/acts"), &act).await.problem(404, "not-found");
    assert_eq!(his, reza.post(&format!("/api/v1/cases/{missing}/acts"), &act).await.problem(404, "not-found"));
    for id in ["x", "00", &"0".repeat(33), &"A".repeat(32), "%FF", "..", "%2e%2e%2fcases"] {
        reza.get(&format!("/api/v1/cases/{id}")).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn who_was_not_drawn_does_not_decide_and_a_colleague_does_not_read() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let (case, officer) = waiting(&house, &sara).await;
    let seen = seq(&sara, &case).await;
    let drawn = sara.get(&format!("/api/v1/cases/{case}")).await.is(200).json();
    let drawn = drawn["content"]["officers"]["review"][0].as_str().unwrap().to_owned();
    let other = ["O-0001", "O-0002"].into_iter().find(|officer| *officer != drawn).unwrap();
    let colleague = Client::of(&house, other).await;
    let grant = json!({ "act": "decide", "seen": seen, "route": "grant" });
    let path = format!("/api/v1/cases/{case}/acts");
    colleague.post(&path, &grant).await.problem(403, "forbidden");
    sara.post(&path, &grant).await.problem(403, "forbidden");
    let view = colleague.get(&format!("/api/v1/cases/{case}")).await.is(200).json();
    assert!(view.get("content").is_none(), "{view}");
    officer.post(&path, &grant).await.is(200);
}

#[tokio::test]
async fn an_ended_case_takes_no_act_and_a_stale_page_decides_nothing() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let (case, officer) = waiting(&house, &sara).await;
    let path = format!("/api/v1/cases/{case}/acts");
    let seen = seq(&sara, &case).await;
    let grant = |seen: u64| json!({ "act": "decide", "seen": seen, "route": "grant" });
    officer.post(&path, &grant(seen - 1)).await.problem(409, "stale");
    officer.post(&path, &grant(u64::MAX)).await.problem(409, "stale");
    let acted = officer.post(&path, &grant(seen)).await.is(200).json();
    officer.post(&path, &grant(seen)).await.problem(409, "stale");
    officer.post(&path, &grant(acted["seq"].as_u64().unwrap())).await.problem(422, "ended");
    assert_eq!(seq(&sara, &case).await, acted["seq"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_acts_at_once_one_wins() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    for _ in 0..10 {
        let (case, officer) = waiting(&house, &sara).await;
        let seen = seq(&sara, &case).await;
        let path = format!("/api/v1/cases/{case}/acts");
        let body = json!({ "act": "decide", "seen": seen, "route": "grant" });
        let (one, two) = (officer.clone(), officer);
        let (one, two) = tokio::join!(one.post(&path, &body), two.post(&path, &body));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeat_with_its_key_is_answered_alike_and_done_once() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let (case, officer) = waiting(&house, &sara).await;
    let path = format!("/api/v1/cases/{case}/acts");
    let body = json!({ "act": "decide", "seen": seq(&sara, &case).await, "route": "grant" });
    let key = fresh_key();
    let first = officer.post_keyed(&path, &key, &body).await.is(200).json();
    assert_eq!(officer.post_keyed(&path, &key, &body).await.is(200).json(), first);
    let other = json!({ "act": "decide", "seen": body["seen"], "route": "grant", "note": "other" });
    officer.post_keyed(&path, &key, &other).await.problem(422, "key-reused");

    let application = company(&sara).await;
    let key = fresh_key();
    let (one, two) = tokio::join!(
        sara.post_keyed("/api/v1/cases", &key, &application),
        sara.post_keyed("/api/v1/cases", &key, &application)
    );
    let case = one.is(201).json();
    assert_eq!(two.is(201).json(), case);
    assert_eq!(sara.post_keyed("/api/v1/cases", &key, &application).await.is(201).json(), case);
    sara.post_keyed("/api/v1/cases", &key, &json!({ "service": "company-registration", "facts": {} }))
        .await
        .problem(422, "key-reused");
    // A key is its owner's: another account's is another key.
    let reza = Client::of(&house, "P-0002").await;
    let own = company(&reza).await;
    assert_ne!(reza.post_keyed("/api/v1/cases", &key, &own).await.is(201).json()["case"], case["case"]);

    let cases = sara.get("/api/v1/cases").await.is(200).json();
    assert_eq!(cases["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn every_write_needs_a_key_of_its_form() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let request = |key: Option<&[u8]>, path: &str| {
        let mut request = Request::builder().method(Method::POST).uri(path).header("content-type", "application/json");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        request.body("{}".into()).unwrap()
    };
    let case = format!("/api/v1/cases/{}/acts", "0".repeat(32));
    for path in ["/api/v1/cases", &case, "/api/v1/documents?name=a", "/api/v1/payments"] {
        for key in [None, Some(&b""[..]), Some(&[b'a'; 129]), Some(b"a b"), Some("کلید".as_bytes()), Some(b"\xff")]
        {
            sara.send(request(key, path)).await.problem(400, "idempotency-key");
        }
        let mut twice = request(Some(b"a"), path);
        twice.headers_mut().append("idempotency-key", "b".parse().unwrap());
        sara.send(twice).await.problem(400, "idempotency-key");
    }
}

#[tokio::test]
async fn nobody_makes_anothers_document_a_fact() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let reza = Client::of(&house, "P-0002").await;
    let mut application = company(&sara).await;
    let problem = reza.post("/api/v1/cases", &application).await.problem(422, "facts");
    assert_eq!(problem["errors"][0]["pointer"], "/facts/articles");
    application["facts"]["articles"]["document"]["size"] = json!(1);
    sara.post("/api/v1/cases", &application).await.problem(422, "facts");
}

#[tokio::test]
async fn who_calls_without_end_is_told_to_wait() {
    let limit = Some(RateLimit { per_s: 1, burst: 3 });
    let house = House::with(SiteSettings { rate_limit: limit, ..SiteSettings::default() }).await;
    let sara = Client::of(&house, "P-0001").await;
    let mut refused = None;
    for _ in 0..5 {
        let reply = sara.get("/api/v1/cases").await;
        refused = (reply.status == 429).then_some(reply).or(refused);
    }
    let refused = refused.expect("five requests at once are more than three");
    assert_eq!(refused.headers["retry-after"], "1");
    refused.problem(429, "too-many-requests");
    Client::of(&house, "P-0002").await.get("/api/v1/cases").await.is(200);
}
