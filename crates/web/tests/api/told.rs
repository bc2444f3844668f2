//! Bodies that cannot be meant are told in the reader's language: what is wrong, where, and what to do; and nothing was done.

use axum::http::{Request, header};

use crate::client::{Client, Reply, company, fresh_key};
use crate::common::{House, PDF};

async fn send(client: &Client, language: &str, path: &str, media_type: &str, body: &[u8]) -> Reply {
    let request = Request::post(path)
        .header(header::ACCEPT_LANGUAGE, language)
        .header(header::CONTENT_TYPE, media_type)
        .header("idempotency-key", fresh_key());
    client.send(request.body(body.to_vec().into()).unwrap()).await
}

/// No words of a program's parts stand in what is told.
fn not_foreign(detail: &str) {
    for foreign in ["expected", "invalid", "found in string", "deserialize", "variant", "field", "struct", "TooFine"] {
        assert!(!detail.contains(foreign), "{foreign} in: {detail}");
    }
}

/// Sends a body that does not do, in both languages: the detail names each of `places`, and says that nothing was done.
async fn told(client: &Client, path: &str, media_type: &str, body: &[u8], kind: &str, places: &[&str]) {
    for language in ["fa", "en"] {
        let reply = send(client, language, path, media_type, body).await;
        assert_eq!(reply.headers[header::CONTENT_LANGUAGE], language);
        let status = reply.status.as_u16();
        let problem = reply.problem(status, kind);
        let (title, detail) = (problem["title"].as_str().unwrap(), problem["detail"].as_str().unwrap());
        let persian = |text: &str| text.chars().any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter));
        assert_eq!((persian(title), persian(detail)), (language == "fa", language == "fa"), "{title}: {detail}");
        for place in places {
            assert!(detail.contains(place), "{place} in: {detail}");
        }
        not_foreign(detail);
    }
}

#[tokio::test]
async fn a_body_that_is_wrong_is_told_with_its_place() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let deep = "[".repeat(10_000);
    for (body, kind, places) in [
        ("{\n  \"service\": \"a\",\n", "ends-early", &["3", "1"][..]),
        ("{\n  \"service\": truth\n}", "not-json", &["2", "17"]),
        (deep.as_str(), "too-deep", &["1", "65"]),
        ("{\"service\":\"a\",\n\"service\":\"b\"}", "duplicate-key", &["service", "2", "9"]),
        ("{\"service\":\"a\",\"facts\":{\"x\":1e999}}", "shape", &["1", "33"]),
        ("{\"service\":\"a\"}", "shape", &["facts", "1", "15"]),
        (r#"{"service":"a","facts":{"x":{"decimal":"1e5000"}}}"#, "shape", &["1", r#"{"decimal":"-1.50"}"#]),
    ] {
        told(&sara, "/api/v1/cases", "application/json", body.as_bytes(), kind, places).await;
    }
    told(&sara, "/api/v1/cases", "application/json", b"{\"a\":\"\xdd\xc7\"}", "not-utf-8", &["7"]).await;
    told(&sara, "/api/v1/cases", "application/json", &vec![b' '; 1024 * 1024 + 1], "body-too-large", &["1"]).await;
    told(&sara, "/api/v1/cases", "text/csv", b"{}", "content-type", &["application/json"]).await;
    let mine = sara.get("/api/v1/cases").await.is(200).json();
    assert_eq!(mine["items"], serde_json::json!([]), "nothing was done");
}

#[tokio::test]
async fn a_document_that_is_not_what_it_says_is_told() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let path = "/api/v1/documents?name=plan.pdf";
    told(&sara, path, "image/png", PDF, "not-what-it-says", &["image/png"]).await;
    told(&sara, path, "application/pdf", b"MZ\x90\x00", "not-what-it-says", &["application/pdf"]).await;
    told(&sara, path, "application/pdf", b"%PDF-1.7 and no end", "damaged", &["application/pdf"]).await;
    let locked = b"%PDF-1.7\n1 0 obj<</Type/Page>>\nxref\ntrailer<</Root 1 0 R/Encrypt 2 0 R>>\nstartxref\n31\n%%EOF";
    told(&sara, path, "application/pdf", locked, "encrypted", &["PDF"]).await;
    told(&sara, path, "image/webp", b"RIFF\x24\0\0\0WAVEfmt ", "not-what-it-says", &["image/webp"]).await;
    told(&sara, path, "application/pdf", b"", "empty", &[]).await;
    told(&sara, path, "text/html", b"<html>", "content-type", &["application/pdf"]).await;
}

/// Every place that is wrong is named with what would be right there, in the reader's language.
#[tokio::test]
async fn a_body_of_another_form_is_told_by_its_pointers() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let acts = format!("/api/v1/cases/{}/acts", "0".repeat(32));
    let euros =
        r#"{"service":"a","facts":{"x":{"money":{"amount":"1.001","currency":"EUR"}},"y":{"date":"1405/09/02"}}}"#;
    let cases: [(&str, &str, &[&str]); 12] = [
        ("/api/v1/cases", euros, &["/facts/x", "/facts/y"]),
        ("/api/v1/cases", r#"{"service":1,"facts":{}}"#, &["/service"]),
        ("/api/v1/cases", r#"{"service":"a","facts":{},"more":1}"#, &["/more"]),
        ("/api/v1/cases", r#"{"service":"a","facts":{"x":{"number":"1"}}}"#, &["/facts/x"]),
        ("/api/v1/cases", r#"{"service":"a","facts":{},"appeals":"7QK2"}"#, &["/appeals"]),
        ("/api/v1/cases", r#"{"service":"a","facts":{"x":{"document":{"sha256":"zz"}}}}"#, &["/facts/x"]),
        ("/api/v1/cases", "[]", &[""]),
        ("/api/v1/certificates/verify", r#"{"qr":"PJ1:"}"#, &[""]),
        (&acts, r#"{"act":"withdraw"}"#, &["/seen"]),
        (&acts, r#"{"act":"correct","seen":1,"fact":"a","value":{"decimal":"1.5e3"},"reason":"b"}"#, &["/value"]),
        (&acts, r#"{"act":"lapse","seen":1}"#, &["/act"]),
        (&acts, r#"{"act":"withdraw","seen":1,"route":"grant"}"#, &["/route"]),
    ];
    for (path, body, pointers) in cases {
        told(&sara, path, "application/json", body.as_bytes(), "shape", &[]).await;
        let problem = send(&sara, "fa", path, "application/json", body.as_bytes()).await.json();
        let errors = problem["errors"].as_array().unwrap();
        let at: Vec<&str> = errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect();
        assert_eq!(at, pointers, "{body}");
        errors.iter().for_each(|error| not_foreign(error["detail"].as_str().unwrap()));
    }
    for (path, body) in [("/api/v1/cases", "[]"), ("/api/v1/cases", "null"), (&acts, "[\"withdraw\",{}]")] {
        let problem = send(&sara, "en", path, "application/json", body.as_bytes()).await.json();
        assert_eq!(problem["errors"][0]["detail"], "Give an object here.", "{body}");
    }
    // Where the line is not known, none is named.
    for language in ["fa", "en"] {
        let problem = send(&sara, language, &acts, "application/json", br#"{"act":"withdraw"}"#).await.json();
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("seen") && !detail.contains('0'), "{detail}");
    }
}

/// A parameter that does not do is named, with the remedy.
#[tokio::test]
async fn a_parameter_that_is_wrong_is_told_by_its_name() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    for (query, name) in [
        ("limit=a", "limit"),
        ("limit=1.5", "limit"),
        ("limit=0", "limit"),
        ("cursor=a", "cursor"),
        ("limit=1&limit=2", "limit"),
        ("%D8%AD%D8%AF=1", "\u{62d}\u{62f}"),
        ("limit=5&size=5", "size"),
    ] {
        for language in ["fa", "en"] {
            let request = Request::get(format!("/api/v1/cases?{query}")).header(header::ACCEPT_LANGUAGE, language);
            let problem = sara.send(request.body("".into()).unwrap()).await.problem(400, "parameter");
            let detail = problem["detail"].as_str().unwrap();
            let quoted = if language == "fa" { format!("«{name}»") } else { format!("\"{name}\"") };
            assert!(detail.contains(&quoted), "{detail}");
            not_foreign(detail);
        }
    }
}

/// Where no parameter is taken, one is not passed over.
#[tokio::test]
async fn a_parameter_where_none_is_taken_is_told_by_its_name() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let case = house.granted().await.case;
    for path in [
        "log/proof/0".to_owned(),
        "integrity".to_owned(),
        "services/building-permit".to_owned(),
        format!("cases/{case}"),
        format!("cases/{case}/draws"),
        "certificates/keys".to_owned(),
        "mandates".to_owned(),
    ] {
        assert_eq!(sara.get(&format!("/api/v1/{path}")).await.status, 200, "{path}");
        let problem = sara.get(&format!("/api/v1/{path}?size=0")).await.problem(400, "parameter");
        assert!(problem["detail"].as_str().unwrap().contains("size"), "{problem}");
    }
}

/// A day of another calendar, and one that nobody can mean, are no days; a place is told as it is sent.
#[tokio::test]
async fn a_day_and_a_place_out_of_range_are_told_as_json_has_them() {
    let house = House::open().await;
    let (acted, officer) = house.to_be_seen().await;
    let officer = Client::of(&house, &officer).await;
    let seen = house.view(&acted).await.row.seq;
    let act = serde_json::json!({ "act": "decide", "seen": seen, "route": "done", "facts": {
        "photograph": { "text": "x" }, "finding": { "code": "as-declared" },
        "location": { "place": { "lat_e7": 1_393_000_000, "lon_e7": 0 } },
    } });
    let path = format!("/api/v1/cases/{}/acts", acted.case);
    for (language, units) in [("en", "ten-millionths"), ("fa", "ده‌میلیونیم")] {
        let problem =
            send(&officer, language, &path, "application/json", act.to_string().as_bytes()).await.problem(422, "facts");
        let errors = problem["errors"].as_array().unwrap();
        let place = errors.iter().find(|error| error["pointer"] == "/facts/location").unwrap();
        let detail = place["detail"].as_str().unwrap();
        assert!(detail.contains("lat_e7") && detail.contains(units), "{detail}");
    }
}

/// An exact number has no rounding: one that cannot be kept as it was sent is refused.
#[tokio::test]
async fn numbers_past_any_limit_are_refused_and_never_rounded() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    for number in
        ["0.00000000000000000000000000000000001", "1.000000000000000000000000000000000001", "1e2", "1_000", "", "٣"]
    {
        let body = format!(r#"{{"service":"company-registration","facts":{{"partners":{{"decimal":"{number}"}}}}}}"#);
        told(&sara, "/api/v1/cases", "application/json", body.as_bytes(), "shape", &["1", r#"{"decimal":"-1.50"}"#])
            .await;
    }
}

/// When the disk is full, an application is refused in words, leaves nothing, and is done once there is room, by the same key.
#[tokio::test]
async fn a_full_disk_is_told_and_leaves_nothing() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let application = company(&sara).await;
    house.store.limit_size(Some(1)).await.unwrap();
    let (mut done, mut refused) = (0, None);
    for _ in 0..200 {
        let key = fresh_key();
        let reply = sara.post_keyed("/api/v1/cases", &key, &application).await;
        if reply.status == 503 {
            reply.problem(503, "unavailable");
            refused = Some(key);
            break;
        }
        reply.is(201);
        done += 1;
    }
    let key = refused.expect("the disk never filled");
    told(&sara, "/api/v1/cases", "application/json", application.to_string().as_bytes(), "unavailable", &[]).await;
    let cases = async || sara.get("/api/v1/cases?limit=200").await.is(200).json()["items"].as_array().unwrap().len();
    assert_eq!(cases().await, done, "what was refused left nothing, and what stands can be read");
    house.store.limit_size(None).await.unwrap();
    let first = sara.post_keyed("/api/v1/cases", &key, &application).await.is(201).json();
    assert_eq!(sara.post_keyed("/api/v1/cases", &key, &application).await.is(201).json(), first);
    assert_eq!(cases().await, done + 1);
    house.settle().await;
}

/// What is needed with one decision of a desk is told in the description of its service, and by its place where it is missing.
#[tokio::test]
async fn what_a_decision_needs_is_told_beside_the_fact() {
    let house = House::open().await;
    let acted = house.contraband("1 0").await;
    let officer = Client::of(&house, &house.holders(&acted).await[0]).await;
    let service = officer.get("/api/v1/services/goods-entry").await.is(200).json();
    let source = |fact: &str| {
        let facts = service["facts"].as_array().unwrap();
        facts.iter().find(|own| own["name"] == fact).unwrap()["source"]["record"].clone()
    };
    assert_eq!(source("contraband")["needed"], serde_json::json!(["refuse"]));
    assert_eq!(source("beside")["needed"], serde_json::json!([]));
    assert!(source("measured").get("needed").is_none());

    let path = format!("/api/v1/cases/{}/acts", acted.case);
    let seen = house.view(&acted).await.row.seq;
    let decide = |route: &str| {
        let act = serde_json::json!({ "act": "decide", "seen": seen, "route": route, "ground": "goods-undeclared" });
        act.to_string().into_bytes()
    };
    for (language, says) in [("en", "This is needed."), ("fa", "پاسخ دادن به این مورد الزامی است.")]
    {
        let reply = send(&officer, language, &path, "application/json", &decide("refuse")).await;
        let problem = reply.problem(422, "facts");
        let told = |error: &serde_json::Value| (error["pointer"].clone(), error["detail"].clone());
        let told: Vec<_> = problem["errors"].as_array().unwrap().iter().map(told).collect();
        let each = ["/facts/contraband", "/facts/contraband-photograph"].map(|at| (at.into(), says.into()));
        assert_eq!(told, each, "{problem}");
    }
    assert_eq!(house.view(&acted).await.row.seq, seen);
    assert_eq!(send(&officer, "en", &path, "application/json", &decide("free")).await.status, 200);
}
