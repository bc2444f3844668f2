//! An identity provider that says what a test has it say, with keys of its own.
//!
//! Must not know of: what the zone makes of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::{ClientSecret, Identity};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use std::sync::Mutex;

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// By the provider's key.
    Own,
    /// By somebody else's key, under the name of the provider's.
    Stranger,
    /// Not at all.
    Nothing,
    /// By HMAC, with the provider's public key as the secret.
    PublicKeyAsSecret,
}

/// An ID token before it is signed.
pub struct Draft {
    pub header: Value,
    pub claims: Value,
    pub sign: Sign,
}

type Change<T> = Box<dyn Fn(&mut T) + Send>;

/// What it says otherwise than an honest one.
pub struct Lies {
    pub discovery: Change<Value>,
    pub keys: Change<Value>,
    pub token: Change<Draft>,
    pub tokens: Change<Value>,
    pub userinfo: Change<Value>,
    /// Whether it never answers.
    pub silent: bool,
    /// Answers in the place of what it would say, by path: status, where it leads, body.
    pub answers: BTreeMap<&'static str, (u16, String, Vec<u8>)>,
}

impl Default for Lies {
    fn default() -> Self {
        Self {
            discovery: Box::new(|_| ()),
            keys: Box::new(|_| ()),
            token: Box::new(|_| ()),
            tokens: Box::new(|_| ()),
            userinfo: Box::new(|_| ()),
            silent: false,
            answers: BTreeMap::new(),
        }
    }
}

struct Inner {
    issuer: String,
    own: EcdsaKeyPair,
    stranger: EcdsaKeyPair,
    lies: Mutex<Lies>,
    keys_asked: AtomicUsize,
}

/// The provider; it serves until the test ends.
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

fn base64(bytes: impl AsRef<[u8]>) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap()
}

/// A public key as a JWK of this id.
fn jwk(point: &[u8], id: &str) -> Value {
    json!({ "kty": "EC", "crv": "P-256", "x": base64(&point[1..33]), "y": base64(&point[33..]), "kid": id, "use": "sig", "alg": "ES256" })
}

impl Provider {
    pub async fn serve() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let inner =
            Inner { issuer, own: key(), stranger: key(), lies: Mutex::default(), keys_asked: AtomicUsize::new(0) };
        let provider = Self(Arc::new(inner));
        let router = Router::new().fallback(answer).with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        provider
    }

    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    pub fn identity(&self) -> Identity {
        Identity {
            issuer: self.issuer().to_owned(),
            client: "panjereh".to_owned(),
            secret: Some(ClientSecret("secret".to_owned())),
            scopes: "openid profile".to_owned(),
            claim: "sub".to_owned(),
            names: BTreeMap::new(),
        }
    }

    /// From now on it lies so.
    pub fn lie(&self, lies: Lies) {
        *self.0.lies.lock().unwrap() = lies;
    }

    /// How often it was asked for its keys.
    pub fn keys_asked(&self) -> usize {
        self.0.keys_asked.load(Ordering::SeqCst)
    }

    /// What it says at a path; a code is the nonce of its sign-in.
    fn says(&self, path: &str, code: &str) -> Option<Value> {
        let lies = self.0.lies.lock().unwrap();
        let at = |end: &str| format!("{}{end}", self.issuer());
        match path {
            "/.well-known/openid-configuration" => {
                let mut discovery = json!({
                    "issuer": self.issuer(), "authorization_endpoint": at("/auth"), "token_endpoint": at("/token"),
                    "jwks_uri": at("/jwks"), "userinfo_endpoint": at("/userinfo"), "response_types_supported": ["code"],
                    "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
                    "code_challenge_methods_supported": ["S256"], "authorization_response_iss_parameter_supported": true,
                });
                (lies.discovery)(&mut discovery);
                Some(discovery)
            }
            "/jwks" => {
                self.0.keys_asked.fetch_add(1, Ordering::SeqCst);
                let mut keys = json!({ "keys": [jwk(self.0.own.public_key().as_ref(), "k1")] });
                (lies.keys)(&mut keys);
                Some(keys)
            }
            "/token" => {
                let mut tokens =
                    json!({ "access_token": "access", "token_type": "Bearer", "id_token": self.id_token(&lies, code) });
                (lies.tokens)(&mut tokens);
                Some(tokens)
            }
            "/userinfo" => {
                let mut claims = json!({ "sub": "P-0001", "name": "Sara" });
                (lies.userinfo)(&mut claims);
                Some(claims)
            }
            _ => None,
        }
    }

    fn id_token(&self, lies: &Lies, nonce: &str) -> String {
        let now_s = jiff::Timestamp::now().as_second();
        let mut draft = Draft {
            header: json!({ "alg": "ES256", "kid": "k1", "typ": "JWT" }),
            claims: json!({
                "iss": self.issuer(), "sub": "P-0001", "aud": "panjereh", "exp": now_s + 300, "iat": now_s,
                "nonce": nonce,
            }),
            sign: Sign::Own,
        };
        (lies.token)(&mut draft);
        let message = format!("{}.{}", base64(draft.header.to_string()), base64(draft.claims.to_string()));
        let by = |key: &EcdsaKeyPair| key.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref().to_vec();
        let signature = match draft.sign {
            Sign::Own => by(&self.0.own),
            Sign::Stranger => by(&self.0.stranger),
            Sign::Nothing => Vec::new(),
            Sign::PublicKeyAsSecret => {
                let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, self.0.own.public_key().as_ref());
                ring::hmac::sign(&secret, message.as_bytes()).as_ref().to_vec()
            }
        };
        format!("{message}.{}", base64(signature))
    }
}

async fn answer(State(provider): State<Provider>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if provider.0.lies.lock().unwrap().silent {
        std::future::pending::<()>().await;
    }
    let other = provider.0.lies.lock().unwrap().answers.get(path.as_str()).cloned();
    if let Some((status, to, body)) = other {
        let status = StatusCode::from_u16(status).unwrap();
        return match to.is_empty() {
            true => (status, Bytes::from(body)).into_response(),
            false => (status, [("location", to)], Bytes::from(body)).into_response(),
        };
    }
    let body = axum::body::to_bytes(request.into_body(), 64 * 1024).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    let code = body.split('&').find_map(|pair| pair.strip_prefix("code=")).unwrap_or_default();
    match provider.says(&path, code) {
        Some(value) => axum::Json(value).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
