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
        assert!(!problem.to_string().contains(['\u{2068}', '\u{2069}']), "programs get no invisible marks: {said}");
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
        assert_eq!(problem["errors"][0]["pointer"], "/items/0/note");
    }
}

/// An ask has several items: each that is wrong is named, with what is wrong with it.
#[tokio::test]
async fn an_ask_is_told_by_its_items() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let (case, officer) = waiting(&house, &sara).await;
    let path = format!("/api/v1/cases/{case}/acts");
    let seen = seq(&sara, &case).await;
    let item = |fact: &str, ground: &str| json!({ "fact": fact, "ground": ground });
    let ask = |items: Vec<Value>| json!({ "act": "ask", "seen": seen, "items": items });
    let right = item("investment", "incomplete");
    let ground = ask(vec![right.clone(), item("activity", "building-fee")]);
    for problem in both(&officer, &path, &ground, "wrong-ground").await {
        assert_eq!(problem["errors"][0]["pointer"], "/items/1/ground");
        assert_eq!(problem["errors"].as_array().unwrap().len(), 1);
    }
    let twice = ask(vec![right.clone(), right.clone()]);
    let [persian, english] = both(&officer, &path, &twice, "facts").await;
    let error = |pointer: &str, detail: &str| json!([{ "pointer": pointer, "detail": detail }]);
    assert_eq!(persian["errors"], error("/items/1/fact", "این مورد دو بار آمده است. آن را یک بار بفرستید."));
    assert_eq!(english["errors"], error("/items/1/fact", "This stands twice. Send it once."));
    let [_, english] = both(&officer, &path, &ask(vec![right, item("company", "incomplete")]), "facts").await;
    assert_eq!(english["errors"], error("/items/1/fact", "This is not asked here."));
    for problem in both(&officer, &path, &ask(Vec::new()), "empty-ask").await {
        assert_eq!(problem["errors"][0]["pointer"], "/items");
    }
}

/// The address is right, so it is the body that is told.
#[tokio::test]
async fn an_application_that_names_what_is_not_there_is_told_by_its_field() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let unknown = json!({ "service": "nosuch", "facts": {} });
    for problem in both(&sara, "/api/v1/cases", &unknown, "no-such-service").await {
        assert_eq!((&problem["status"], &problem["errors"][0]["pointer"]), (&json!(422), &json!("/service")));
        assert!(problem["allowed"].as_array().unwrap().contains(&json!("review-board")), "{problem}");
    }
    let mut appeal = json!({ "service": "review-board", "facts": { "reasons": { "text": "دلیل نمونه" } } });
    let (others, _) = house.waiting().await;
    for case in [None, Some(CaseId([7; 16])), Some(others.case)] {
        appeal["appeals"] = json!(case);
        for problem in both(&sara, "/api/v1/cases", &appeal, "no-appealed-case").await {
            assert_eq!((&problem["status"], &problem["errors"][0]["pointer"]), (&json!(422), &json!("/appeals")));
        }
    }
}

/// Programs send texts and amounts too: the same is refused, with the same cause; currencies have names.
#[tokio::test]
async fn a_value_that_cannot_be_said_is_told_with_its_cause() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let facts = json!({
        "name": { "text": "a\u{202e}b" },
        "capital": { "money": { "amount": "1", "currency": "EUR" } },
    });
    let body = json!({ "service": "company-registration", "facts": facts });
    let [persian, english] = both(&sara, "/api/v1/cases", &body, "facts").await;
    let said = |problem: &Value, fact: &str| {
        let pointer = format!("/facts/{fact}");
        let errors = problem["errors"].as_array().unwrap();
        let error = errors.iter().find(|error| error["pointer"] == pointer.as_str()).unwrap();
        error["detail"].as_str().unwrap().to_owned()
    };
    assert_eq!(said(&persian, "capital"), "مبلغ را به ریال (IRR) بدهید.");
    assert_eq!(said(&english, "capital"), "Give the amount in IRR.");
    assert!(said(&persian, "name").contains("جهت نوشته"), "{persian}");
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
