//! A zone that others watch: two witnesses that cosign, one that nobody reaches, and two auditors.
//!
//! Must not know of: how any of it is shown.

use std::sync::{Arc, Mutex};

use app::definition::check;
use app::log::key::Algorithm;
use app::log::witness::{Cosigned, Request, cosign};
use app::log::{Checkpoint, Hash, Policy, SignerKey, VerifierKey};
use app::record::audited::{Audited, Found, Scope};
use app::{App, Keys, Objects, Officers, Settings, Witnesses, read_zone};
use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::post;
use web::{Site, SiteSettings};

use super::{House, zone_folder};

const ORIGIN: &str = "maku.example/log";

/// The key of the log of every house.
pub fn log_key() -> SignerKey {
    SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[1; 32]).unwrap()
}

/// The first auditor, or another.
pub fn auditor(number: u8) -> SignerKey {
    SignerKey::from_seed(&format!("auditor.example/{number}"), Algorithm::Ed25519, &[70 + number; 32]).unwrap()
}

/// Serves a witness that cosigns as C2SP tlog-witness has it; its line in a policy.
async fn witness(name: &str, seed: u8) -> String {
    let key = SignerKey::from_seed(&format!("witness.example/{name}"), Algorithm::CosignatureV1, &[seed; 32]).unwrap();
    let vkey = key.verifier().to_string();
    let last: Arc<Mutex<Option<Cosigned>>> = Arc::default();
    let answer = move |body: Bytes| {
        let mut last = last.lock().unwrap();
        let now_s = jiff::Timestamp::now().as_second().try_into().unwrap();
        let logs = [log_key().verifier().clone()];
        let answer = match cosign(&key, &logs, last.as_ref(), &Request::parse(&body).unwrap(), now_s) {
            Ok(cosigned) => (StatusCode::OK, last.insert(cosigned).answer()),
            Err(refusal) => {
                let known = refusal.known().map(|known| format!("{known}\n")).unwrap_or_default();
                (StatusCode::from_u16(refusal.status()).unwrap(), known)
            }
        };
        std::future::ready(answer)
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/add-checkpoint", post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    format!("witness {name} {vkey} http://{address}\n")
}

/// What an audit of the record came to, a minute ago.
pub fn audited(faults: u64) -> Audited {
    let found = |code: &str, count| Found { code: code.to_owned(), count };
    let wrong = [found("A408", faults)];
    Audited {
        scope: Scope::Record,
        from: 0,
        acts: 1234,
        erased: 5,
        not_followed: 0,
        outcomes: true,
        faults,
        remarks: 2,
        found: [if faults > 0 { wrong.to_vec() } else { Vec::new() }, vec![found("A601", 2)]].concat(),
        program: "panjereh 0.1.0".to_owned(),
        at_s: u64::try_from(jiff::Timestamp::now().as_second()).unwrap() - 60,
    }
}

/// The note of an audit over a tree that the zone's key signed, whatever the zone has.
pub fn forked(audited: &Audited, size: u64) -> Vec<u8> {
    let checkpoint = Checkpoint::new(ORIGIN, size, Hash([7; 32])).unwrap().sign(&log_key()).unwrap().encode();
    audited.sign(&checkpoint, log_key().verifier(), &auditor(1)).unwrap()
}

impl House {
    /// The same zone, started anew with witnesses and auditors.
    pub async fn watched(self) -> Self {
        let Self { app, store, router, folder } = self;
        let base_url = app.base_url().to_owned();
        drop((app, router));
        let nobody = SignerKey::from_seed("witness.example/press", Algorithm::CosignatureV1, &[93; 32]).unwrap();
        let policy = format!(
            "{}{}witness press {} http://127.0.0.1:1\ngroup two 2 university court press\nquorum two\n",
            witness("university", 91).await,
            witness("court", 92).await,
            nobody.verifier(),
        );
        let settings = Settings {
            zone: check(&read_zone(&zone_folder()).unwrap()).zone.unwrap(),
            store: Arc::<store_sqlite::SqliteStore>::clone(&store),
            objects: Objects::folder(&folder.path().join("objects")).unwrap(),
            keys: Keys { log: [1; 32], certificates: [2; 32] },
            origin: ORIGIN.to_owned(),
            base_url,
        };
        let witnesses = Witnesses::new(Policy::parse(policy.as_bytes()).unwrap()).unwrap();
        let auditors: Vec<VerifierKey> = [1, 2].map(|number| auditor(number).verifier().clone()).to_vec();
        let app = App::open_witnessed(settings, Some(witnesses)).await.unwrap().with_officers(Officers::Link);
        let app = Arc::new(app.with_auditors(auditors).unwrap());
        let settings = SiteSettings { demo: true, ..SiteSettings::default() };
        let router = web::router(Arc::new(Site::new(Arc::clone(&app), settings)));
        let house = Self { app, store, router, folder };
        house.settle().await;
        house
    }

    /// The note of an audit of what the zone publishes.
    pub fn note(&self, audited: &Audited, auditor: &SignerKey) -> Vec<u8> {
        let checkpoint = self.app.checkpoint().unwrap().note;
        audited.sign(&checkpoint, log_key().verifier(), auditor).unwrap()
    }
}
