//! What is refused is told to a program: by its fields and numbers, never by pages and forms.

use std::collections::BTreeMap;

use app::engine::CaseId;
use app::engine::act::Act;
use axum::http::{Request, header};
use serde_json::{Value, json};

use crate::cases::{seq, waiting};
use crate::client::{Client, fresh_key};
use crate::common::House;

/// The problem that a body gets, in both languages.
async fn both(client: &Client, path: &str, body: &Value, kind: &str) -> [Value; 2] {
    let mut told = Vec::new();
    for language in ["fa", "en"] {
        let request = Request::post(path)
            .header(header::ACCEPT_LANGUAGE, language)
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", fresh_key());
        let reply = client.send(request.body(body.to_string().into()).unwrap()).await;
        let status = reply.status.as_u16();
        told.push(reply.problem(status, kind));
    }
    for problem in &told {
        let said = format!("{} {}", problem["title"], problem["detail"]);
        for word in ["page", "form", "صفحه", "فرم", "فهرست"] {
            assert!(!said.contains(word), "{word} in: {said}");
        }
    }
    told.try_into().unwrap()
}

fn detail(problem: &Value) -> &str {
    problem["detail"].as_str().unwrap()
}

#[tokio::test]
async fn acts_that_are_refused_say_what_to_send() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let (case, officer) = waiting(&house, &sara).await;
    let path = format!("/api/v1/cases/{case}/acts");
    let seen = seq(&sara, &case).await;
    let decide = |seen: u64, route: &str| json!({ "act": "decide", "seen": seen, "route": route });
    for problem in both(&officer, &path, &decide(seen - 1, "grant"), "stale").await {
        assert!(detail(&problem).contains("seq") && detail(&problem).contains("seen"), "{problem}");
    }
    for problem in both(&officer, &path, &decide(seen, "give"), "no-such-route").await {
        assert_eq!(problem["errors"][0]["pointer"], "/route");
        assert_eq!(problem["allowed"], json!(["grant", "refuse"]));
    }
    for problem in both(&officer, &path, &decide(seen, "refuse"), "ground-needed").await {
        assert_eq!(problem["errors"][0]["pointer"], "/ground");
    }
    let withdraw = json!({ "act": "withdraw", "seen": seen, "reason": "a".repeat(2001) });
    for problem in both(&sara, &path, &withdraw, "bad-text").await {
        assert!(detail(&problem).contains("reason"), "{problem}");
        assert_eq!(problem["errors"][0]["pointer"], "/reason");
    }
    let item = json!({ "fact": "investment", "ground": "incomplete", "note": "a".repeat(2001) });
    let ask = json!({ "act": "ask", "seen": seen, "items": [item] });
    for problem in both(&officer, &path, &ask, "bad-text").await {
        assert_eq!(problem["errors"][0]["pointer"], "/items");
    }
}

#[tokio::test]
async fn a_branch_that_is_not_consulted_is_told_with_those_that_are() {
    let house = House::open().await;
    let permit = house.permit().await;
    house.pay(&permit, "R-1").await;
    house.settle().await;
    let turn = house.view(&permit).await.case.turn;
    let app::engine::case::Turn::Consult { branches } = turn else { panic!("{turn:?}") };
    let officer = Client::of(&house, &house.holders(&permit).await[0]).await;
    let seen = house.view(&permit).await.row.seq;
    let body = json!({ "act": "advise", "seen": seen, "branch": "air", "opinion": "agree" });
    let path = format!("/api/v1/cases/{}/acts", permit.case);
    for problem in both(&officer, &path, &body, "no-such-branch").await {
        assert_eq!(problem["errors"][0]["pointer"], "/branch");
        assert_eq!(problem["allowed"], json!(branches.keys().collect::<Vec<_>>()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_appeals_at_once_the_other_hears_that_one_is_open() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let ground = Some("premises-unfit".to_owned());
    let refuse = Act::Decide { route: "refuse".to_owned(), ground, note: String::new(), facts: BTreeMap::new() };
    house.act(&officer, &acted, &refuse).await;
    let reza = Client::of(&house, "P-0002").await;
    let appeal = appeal(acted.case);
    let (one, two) = tokio::join!(reza.post("/api/v1/cases", &appeal), reza.post("/api/v1/cases", &appeal));
    let (opened, other) = if one.status == 201 { (one, two) } else { (two, one) };
    opened.is(201);
    other.problem(422, "appeal-opened");
    house.settle().await;
    for problem in both(&reza, "/api/v1/cases", &appeal, "appeal-opened").await {
        assert!(!detail(&problem).is_empty());
    }
}

fn appeal(case: CaseId) -> Value {
    json!({ "service": "review-board", "appeals": case, "facts": { "reasons": { "text": "دلیل نمونه" } } })
}
