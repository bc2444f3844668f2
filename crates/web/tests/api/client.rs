//! A program with a token.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::common::{House, PDF};

/// A program that calls the API for one account.
#[derive(Clone)]
pub struct Client {
    router: Router,
    token: Option<String>,
}

/// What it got.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub media_type: String,
    pub headers: axum::http::HeaderMap,
    pub bytes: Vec<u8>,
}

/// A key that no other request has.
pub fn fresh_key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("key-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Client {
    pub async fn of(house: &House, account: &str) -> Self {
        Self { router: house.router(), token: Some(house.app.api_token(account).await.unwrap()) }
    }

    pub fn stranger(house: &House) -> Self {
        Self { router: house.router(), token: None }
    }

    pub fn with_token(house: &House, token: &str) -> Self {
        Self { router: house.router(), token: Some(token.to_owned()) }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.post_bytes(path, &fresh_key(), "application/json", body.to_string().into_bytes()).await
    }

    pub async fn post_keyed(&self, path: &str, key: &str, body: &Value) -> Reply {
        self.post_bytes(path, key, "application/json", body.to_string().into_bytes()).await
    }

    pub async fn post_bytes(&self, path: &str, key: &str, media_type: &str, body: impl Into<Body>) -> Reply {
        let request = Request::builder().method(Method::POST).uri(path);
        let request = request.header("idempotency-key", key).header(header::CONTENT_TYPE, media_type);
        self.send(request.body(body.into()).unwrap()).await
    }

    pub async fn send(&self, mut request: Request<Body>) -> Reply {
        if let Some(token) = &self.token {
            request.headers_mut().insert(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap());
        }
        if !request.headers().contains_key(header::ACCEPT_LANGUAGE) {
            request.headers_mut().insert(header::ACCEPT_LANGUAGE, "en".parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 64 * 1024 * 1024).await.unwrap().to_vec();
        let media_type = parts.headers.get(header::CONTENT_TYPE).map_or("", |value| value.to_str().unwrap()).to_owned();
        Reply { status: parts.status, media_type, headers: parts.headers, bytes }
    }

    /// Brings a document; what stands in a fact.
    pub async fn bring(&self) -> Value {
        let reply = self.post_bytes("/api/v1/documents?name=a.pdf", &fresh_key(), "application/pdf", PDF).await;
        json!({ "document": reply.is(201).json() })
    }
}

impl Reply {
    /// Expects a status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    /// Expects a problem of this status and kind.
    #[track_caller]
    pub fn problem(self, status: u16, kind: &str) -> Value {
        let reply = self.is(status);
        assert_eq!(reply.media_type, "application/problem+json");
        let body = reply.json();
        assert_eq!(body["status"], status);
        assert_eq!(body["type"], format!("https://maku.example/api/problems/{kind}"), "{body}");
        for words in ["title", "detail"] {
            let words = body[words].as_str().unwrap();
            assert!(!words.is_empty() && !words.contains('⟦'), "{body}");
        }
        body
    }
}

/// An application that the rules decide at once.
pub async fn company(client: &Client) -> Value {
    let articles = client.bring().await;
    json!({ "service": "company-registration", "facts": {
        "form": { "code": "limited-liability" },
        "name": { "text": "Sample Trading" },
        "name-reserved": { "bool": true },
        "partners": { "decimal": "3" },
        "capital": { "money": { "amount": "50000000000", "currency": "IRR" } },
        "paid-share": { "decimal": "100" },
        "articles": articles,
        "declaration": { "bool": true },
    }})
}
