//! An identity provider that we did not write: npm's certified `oidc-provider`, through `tests/oracles/identity/provider.mjs`.
//!
//! Must not know of: pages of the zone.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use app::{ClientSecret, Identity};
use axum::http::{Method, Request, header};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

/// The provider; it ends with this.
pub struct Oidc {
    child: Child,
    /// Its issuer identifier.
    pub issuer: String,
}

/// Whom the provider knows: subject, name, and the claim that the zone asks for.
pub const PEOPLE: [(&str, &str, &str); 4] = [
    ("sub-sara", "Sara of the provider", "P-0001"),
    ("sub-new", "نام تازه", " P-۷۷۷۷\u{200c}"),
    ("sub-officer", "An officer's name", "O-0001"),
    ("sub-numberless", "Nobody's number", ""),
];

/// How long the provider has to start, on a machine that does other things besides.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is started before something is wrong with it.
const TRIES: u32 = 3;

impl Oidc {
    /// Starts it for a zone at this address; none, and a plain word, where it is not installed. `client` goes over the client's usual metadata.
    pub fn start(base_url: &str, client: &Value) -> Option<Self> {
        let Some(module) = std::env::var_os("PANJEREH_OIDC_PROVIDER") else {
            println!("SKIPPED: PANJEREH_OIDC_PROVIDER names no module; `cargo xtask test` installs and names it");
            return None;
        };
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/oracles/identity/provider.mjs");
        let each = |end: &str| ["fa", "en"].map(|language| format!("{base_url}/{language}{end}"));
        let mut metadata = json!({
            "client_id": "panjereh", "client_secret": "a secret: of & this test", "response_types": ["code"],
            "grant_types": ["authorization_code"], "redirect_uris": each("/sign-in/provider/return"),
            "post_logout_redirect_uris": each(""),
        });
        for (key, value) in client.as_object().unwrap() {
            metadata[key] = value.clone();
        }
        let people = PEOPLE.map(|(subject, name, number)| {
            let claims = if number.is_empty() {
                json!({ "name": name })
            } else {
                json!({ "name": name, "national_number": number })
            };
            (subject.to_owned(), claims)
        });
        let settings = json!({ "client": metadata, "people": BTreeMap::from(people) });
        let start = || Self::serve(&[script, &module.to_string_lossy(), &settings.to_string()]);
        Some((0..TRIES).find_map(|_| start()).expect("the provider serves"))
    }

    /// Starts the script; none when it does not say in time where it serves, since Node sometimes waits for itself before the first line of a script ends.
    fn serve(args: &[&str]) -> Option<Self> {
        let node =
            Command::new("node").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = node.unwrap();
        let mut told = BufReader::new(child.stdout.take().unwrap());
        let (say, hear) = mpsc::channel();
        std::thread::spawn(move || {
            let mut issuer = String::new();
            drop(told.read_line(&mut issuer));
            drop(say.send(issuer.trim().to_owned()));
            // Whoever writes where nobody reads is ended.
            std::io::copy(&mut told, &mut std::io::sink())
        });
        let issuer = hear.recv_timeout(PATIENCE).unwrap_or_default();
        let started = Self { child, issuer };
        (!started.issuer.is_empty()).then_some(started)
    }

    /// How the zone is known to it.
    pub fn identity(&self) -> Identity {
        Identity {
            issuer: self.issuer.clone(),
            client: "panjereh".to_owned(),
            secret: Some(ClientSecret("a secret: of & this test".to_owned())),
            scopes: "openid profile person".to_owned(),
            claim: "national_number".to_owned(),
            names: BTreeMap::from([
                ("fa".to_owned(), "درگاه نمونه".to_owned()),
                ("en".to_owned(), "Sample Gateway".to_owned()),
            ]),
        }
    }
}

impl Drop for Oidc {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A browser at the provider: it keeps cookies, and does not follow what leads elsewhere.
pub struct Visitor {
    client: Client<HttpConnector, Full<axum::body::Bytes>>,
    cookies: BTreeMap<String, String>,
}

impl Visitor {
    /// One without cookies.
    pub fn new() -> Self {
        Self { client: Client::builder(TokioExecutor::new()).build_http(), cookies: BTreeMap::new() }
    }

    /// Goes to the provider, says who one is and agrees or declines; the address to which the provider sends the browser back.
    pub async fn agree(&mut self, provider: &Oidc, address: &str, subject: &str, answer: &str) -> String {
        let (mut to, mut body) = self.ask(Method::GET, address, "").await;
        for _ in 0..6 {
            let whole = if to.starts_with('/') { format!("{}{to}", provider.issuer) } else { to.clone() };
            if !to.is_empty() && !whole.starts_with(&provider.issuer) {
                return whole;
            }
            assert!(!to.is_empty(), "it leads nowhere: {body}");
            (to, body) = match to.contains("/interaction/") {
                true => {
                    let (_, page) = self.ask(Method::GET, &whole, "").await;
                    assert!(page.contains("name=\"subject\""), "{page}");
                    let form = format!("subject={subject}&answer={answer}");
                    self.ask(Method::POST, &whole, &form).await
                }
                false => self.ask(Method::GET, &whole, "").await,
            };
        }
        panic!("it leads in a circle: {body}");
    }

    /// Asks; where it leads, and the body.
    pub async fn ask(&mut self, method: Method, address: &str, form: &str) -> (String, String) {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(address)
            .header(header::COOKIE, cookies.join("; "))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::from(form.to_owned()))
            .unwrap();
        let response = self.client.request(request).await.unwrap();
        for set in response.headers().get_all(header::SET_COOKIE) {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let to = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (to.unwrap_or_default(), String::from_utf8_lossy(&body).into_owned())
    }
}
