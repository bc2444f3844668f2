//! Requests that cannot be meant: each gets a problem that says where and what to do, and changes nothing.

use axum::http::{Method, Request};
use serde_json::json;

use crate::client::{Client, company, fresh_key};
use crate::common::{House, PDF};

#[tokio::test]
async fn json_that_cannot_be_meant() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let whole = company(&sara).await.to_string();
    let deep = format!(r#"{{"service":"a","facts":{}"#, r#"{"a":"#.repeat(10_000));
    let cases: [(&[u8], u16, &str); 17] = [
        (b"", 400, "ends-early"),
        (&whole.as_bytes()[..whole.len() - 1], 400, "ends-early"),
        (&whole.as_bytes()[..whole.len() / 2], 400, "ends-early"),
        (b"{\"service\":\"a\",\"facts\":{}}{}", 400, "not-json"),
        (b"\xef\xbb\xbf{}", 400, "not-json"),
        (b"{\"service\":\"\xff\",\"facts\":{}}", 400, "not-utf-8"),
        (br#"{"service":"\ud800","facts":{}}"#, 400, "not-json"),
        (br#"{"service":"a","facts":{},"service":"b"}"#, 400, "duplicate-key"),
        (br#"{"service":"a","facts":{"x":{"bool":true},"\u0078":{"bool":false}}}"#, 400, "duplicate-key"),
        (deep.as_bytes(), 400, "too-deep"),
        (&b"[".repeat(10_000), 400, "too-deep"),
        (br#"{"service":"a","facts":{"x":1e999}}"#, 422, "shape"),
        (br#"{"service":"a","facts":{},"more":1}"#, 422, "shape"),
        (br#"{"service":1,"facts":{}}"#, 422, "shape"),
        (br#"{"facts":{}}"#, 422, "shape"),
        (br#"{"service":"a","facts":{"x":{"decimal":"99999999999999999999999999999999999999999"}}}"#, 422, "shape"),
        (br#"{"service":"a","facts":{"x":{"bool":true,"code":"a"}}}"#, 422, "shape"),
    ];
    for (body, status, kind) in cases {
        let reply = sara.post_bytes("/api/v1/cases", &fresh_key(), "application/json", body.to_vec()).await;
        reply.problem(status, kind);
    }
    let mine = sara.get("/api/v1/cases").await.is(200).json();
    assert_eq!(mine["items"], json!([]));
}

#[tokio::test]
async fn acts_that_cannot_be_meant() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let path = format!("/api/v1/cases/{}/acts", "0".repeat(32));
    for body in [
        json!({ "act": "withdraw" }),
        json!({ "act": "withdraw", "seen": -1 }),
        json!({ "act": "withdraw", "seen": 1.5 }),
        json!({ "act": "withdraw", "seen": 1, "route": "grant" }),
        json!({ "act": "lapse", "seen": 1, "clock": "review", "due": "2026-01-01T00:00:00Z" }),
        json!({ "act": "overturn", "seen": 1, "by": "0".repeat(32) }),
        json!({ "act": "pay", "seen": 1, "receipt": "R" }),
        json!({ "seen": 1 }),
        json!([]),
        json!(["withdraw", { "seen": 1 }]),
        json!("withdraw"),
        json!(null),
    ] {
        sara.post(&path, &body).await.problem(422, "shape");
    }
}

#[tokio::test]
async fn what_does_not_fit_in_an_act_is_named_by_its_pointer() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let path = format!("/api/v1/cases/{}/acts", "0".repeat(32));
    for (body, pointer) in [
        (r#"{"act":"withdraw","seen":18446744073709551616}"#, "/seen"),
        (r#"{"act":"withdraw","seen":99999999999999999999999}"#, "/seen"),
        (r#"{"act":"withdraw","seen":1e300}"#, "/seen"),
        (r#"{"act":"withdraw","seen":1e999}"#, "/seen"),
        (r#"{"act":"withdraw","seen":-1}"#, "/seen"),
        (r#"{"act":"withdraw","seen":6.0}"#, "/seen"),
        (r#"{"seen":"6","act":"withdraw"}"#, "/seen"),
        (r#"{"act":"withdraw"}"#, "/seen"),
        (r#"{"act":"withdraw","seen":1,"reason":5}"#, "/reason"),
        (r#"{"act":"withdraw","seen":1,"route":"grant"}"#, "/route"),
        (r#"{"act":"ask","seen":1,"items":[{"fact":"a","ground":"b"},{"fact":1,"ground":"b"}]}"#, "/items/1/fact"),
        (r#"{"act":"advise","seen":1,"branch":"a","opinion":"perhaps"}"#, "/opinion"),
        (r#"{"act":"correct","seen":1,"fact":"a","reason":"b","value":{"decimal":"1e5"}}"#, "/value"),
        (r#"{"act":"lapse","seen":1}"#, "/act"),
        (r#"{"seen":1}"#, "/act"),
    ] {
        let problem = sara.post_bytes(&path, &fresh_key(), "application/json", body).await.problem(422, "shape");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}: {problem}");
    }
}

#[tokio::test]
async fn sizes_and_media_types() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let large = vec![b' '; 1024 * 1024 + 1];
    sara.post_bytes("/api/v1/cases", &fresh_key(), "application/json", large.clone())
        .await
        .problem(413, "body-too-large");
    // Without a length that was said before, too.
    let stream = axum::body::Body::from_stream(futures_util::stream::iter([Ok::<_, std::io::Error>(large)]));
    sara.post_bytes("/api/v1/cases", &fresh_key(), "application/json", stream).await.problem(413, "body-too-large");
    let broken = [Ok(b"{".to_vec()), Err(std::io::Error::other("gone"))];
    let stream = axum::body::Body::from_stream(futures_util::stream::iter(broken));
    sara.post_bytes("/api/v1/cases", &fresh_key(), "application/json", stream).await.problem(400, "broken-off");
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] {
        sara.post_bytes("/api/v1/cases", &fresh_key(), media_type, "{}").await.problem(415, "content-type");
    }
    let reply = sara.post_bytes("/api/v1/cases", &fresh_key(), "Application/JSON; charset=utf-8", "{}").await;
    reply.problem(422, "shape");
}

#[tokio::test]
async fn documents_are_what_they_say() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let path = "/api/v1/documents?name=%D9%86%D9%82%D8%B4%D9%87.pdf";
    let key = fresh_key();
    let document = sara.post_bytes(path, &key, "application/pdf", PDF).await.is(201).json();
    assert_eq!(document["name"], "نقشه.pdf");
    assert_eq!(sara.post_bytes(path, &key, "application/pdf", PDF).await.is(201).json(), document);
    sara.post_bytes(path, &key, "application/pdf", [PDF, b"x"].concat()).await.problem(422, "key-reused");
    sara.post_bytes(path, &fresh_key(), "image/png", PDF).await.problem(422, "not-what-it-says");
    sara.post_bytes(path, &fresh_key(), "application/pdf", "").await.problem(422, "empty");
    let other = sara.post_bytes(path, &fresh_key(), "text/html", "<html>").await.problem(415, "content-type");
    for taken in ["application/pdf", "image/webp", "application/xml", "application/edifact"] {
        assert!(other["detail"].as_str().unwrap().contains(taken), "{taken}: {other}");
    }
    let large = vec![b'%'; 20 * 1024 * 1024 + 1];
    sara.post_bytes(path, &fresh_key(), "application/pdf", large).await.problem(413, "body-too-large");
    for path in ["/api/v1/documents", "/api/v1/documents?name=", "/api/v1/documents?name=a&name=b"] {
        sara.post_bytes(path, &fresh_key(), "application/pdf", PDF).await.problem(400, "parameter");
    }

    let mut application = company(&sara).await;
    application["facts"]["articles"] = json!({ "document": document });
    let case = sara.post("/api/v1/cases", &application).await.is(201).json()["case"].as_str().unwrap().to_owned();
    let digest = document["sha256"].as_str().unwrap();
    let file = sara.get(&format!("/api/v1/cases/{case}/documents/{digest}")).await.is(200);
    assert_eq!((file.bytes.as_slice(), file.media_type.as_str()), (PDF, "application/pdf"));
    assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment;"));
    let reza = Client::of(&house, "P-0002").await;
    reza.get(&format!("/api/v1/cases/{case}/documents/{digest}")).await.problem(404, "not-found");
}

#[tokio::test]
async fn parameters_paths_and_methods() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    for query in
        ["limit=0", "limit=201", "limit=a", "limit=-1", "cursor=a", "cursor=-1", "cursor=", "limit=1&limit=2", "x=1"]
    {
        sara.get(&format!("/api/v1/cases?{query}")).await.problem(400, "parameter");
    }
    sara.get(&format!("/api/v1/cases?cursor={}", "9".repeat(19))).await.problem(400, "parameter");
    sara.get(&format!("/api/v1/cases?cursor={}", "9".repeat(18))).await.is(200);
    for list in ["/api/v1/log/entries", "/api/v1/services"] {
        for query in ["cursor=18446744073709551615", "cursor=-1", "limit=0", "limit=201", "from=0"] {
            sara.get(&format!("{list}?{query}")).await.problem(400, "parameter");
        }
    }
    sara.get("/api/v1/log/proof/18446744073709551615").await.problem(404, "not-found");
    sara.get(&format!("/api/v1/services?q={}", "a".repeat(201))).await.problem(400, "parameter");
    for path in ["/api", "/api/", "/api/v2/cases", "/api/v1", "/api/v1/", "/api/v1/cases/", "/api/v1/x"] {
        sara.get(path).await.problem(404, "not-found");
    }
    for (method, path, allowed) in [
        (Method::PUT, "/api/v1/cases", "GET,HEAD,POST"),
        (Method::DELETE, "/api/v1/services", "GET,HEAD"),
        (Method::GET, "/api/v1/payments", "POST"),
        (Method::PATCH, "/api/openapi.json", "GET,HEAD"),
    ] {
        let reply = sara.send(Request::builder().method(&method).uri(path).body("".into()).unwrap()).await;
        let mut said: Vec<&str> = reply.headers["allow"].to_str().unwrap().split(',').collect();
        said.sort_unstable();
        assert_eq!(said.join(","), allowed, "{method} {path}");
        reply.problem(405, "method");
    }
}

#[tokio::test]
async fn the_type_of_a_problem_leads_to_what_it_is() {
    let house = House::open().await;
    let anybody = Client::stranger(&house);
    let problem = anybody.get("/api/v1/cases").await.problem(401, "token");
    let place = problem["type"].as_str().unwrap().strip_prefix("https://maku.example").unwrap().to_owned();
    let told = anybody.get(&place).await.is(200);
    assert_eq!(String::from_utf8(told.bytes).unwrap(), problem["title"].as_str().unwrap());
    anybody.get("/api/problems/not-utf-8").await.is(200);
    anybody.get("/api/problems/stale").await.is(200);
    for kind in ["nothing", "token-detail", "document-unknown.x", "..", "%00"] {
        anybody.get(&format!("/api/problems/{kind}")).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn hostile_text_is_only_text() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    for name in
        ["'; DROP TABLE cases; --", "<script>alert(1)</script>", "\u{202e}\u{0}\u{feff}", "{$name}", "../../etc", "🪟"]
    {
        let mut application = company(&sara).await;
        application["facts"]["name"] = json!({ "text": name });
        let reply = sara.post("/api/v1/cases", &application).await;
        let status = reply.status.as_u16();
        assert!(status == 201 || status == 422, "{name:?}: {status}");
        if status == 201 {
            let case = reply.json()["case"].as_str().unwrap().to_owned();
            let view = sara.get(&format!("/api/v1/cases/{case}")).await.is(200).json();
            assert_eq!(view["content"]["facts"]["name"]["text"], name);
        }
        application["service"] = json!(name);
        sara.post("/api/v1/cases", &application).await.problem(422, "no-such-service");
    }
}

/// A name stands in one line; what may be long may have several.
#[tokio::test]
async fn lines_and_control_characters_in_texts() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    for name in ["a\nb", "a\tb", "a\r\nb", "a\u{1b}[31mb", "a\u{2028}b", "\u{202e}abc"] {
        let mut application = company(&sara).await;
        application["facts"]["name"] = json!({ "text": name });
        let problem = sara.post("/api/v1/cases", &application).await.problem(422, "facts");
        assert_eq!(problem["errors"][0]["pointer"], "/facts/name", "{name:?}: {problem}");
    }
}
