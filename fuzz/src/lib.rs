//! What several fuzz targets stand on: a small service to rehearse, and a running zone to send requests to.
//!
//! Must not know of: any one target.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use app::rehearse::Input;
use app::{App, Keys, Objects, Settings};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use definition::Checked;
use definition::model::Service;
use store_sqlite::SqliteStore;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;
use web::{Site, SiteSettings};

/// The map of the small service.
pub const MAP: &str = include_str!("../../crates/app/tests/fixtures/desk-map.yaml");
/// A history that fits it.
pub const LOG: &str = include_str!("../../crates/app/tests/fixtures/desk-log.csv");

/// Rehearses the small service: a report, or mistakes that each say how to mend them.
pub fn rehearse(map: &[u8], log: &[u8]) {
    static SERVICE: LazyLock<Arc<Checked<Service>>> =
        LazyLock::new(|| Arc::clone(&zone("../crates/app/tests/fixtures/desk").services()["permit"]));
    match app::rehearse::rehearse(&Input { service: &SERVICE, map, log }) {
        Ok(report) => drop(serde_json::to_vec(&report).unwrap()),
        Err(unreadable) => {
            assert!(!unreadable.mistakes.is_empty());
            assert!(
                unreadable.mistakes.iter().all(|mistake| !mistake.to_string().is_empty() && !mistake.help().is_empty())
            );
        }
    }
}

fn zone(path: &str) -> definition::CheckedZone {
    let files = app::read_zone(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    definition::check(&files).zone.unwrap()
}

/// A running zone with its sample people, in a folder of its own.
pub struct House {
    runtime: Runtime,
    router: Router,
    keys: AtomicU64,
    /// An API token of a sample person.
    pub token: String,
    /// The cookie of the same person's session.
    pub cookie: String,
    /// What the session's forms carry.
    pub csrf: String,
}

impl House {
    /// The one zone of this process.
    pub fn get() -> &'static Self {
        static HOUSE: LazyLock<House> = LazyLock::new(House::open);
        &HOUSE
    }

    fn open() -> Self {
        let folder = std::env::temp_dir().join(format!("panjereh-fuzz-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let settings = Settings {
            zone: zone("../zones/maku"),
            store: Arc::new(SqliteStore::open(&folder.join("store.sqlite")).unwrap()),
            objects: Objects::folder(&folder.join("objects")).unwrap(),
            keys: Keys { log: [1; 32], certificates: [2; 32] },
            origin: "maku.example/log".to_owned(),
            base_url: "https://maku.example".to_owned(),
        };
        let (app, token, session) = runtime.block_on(async {
            let app = App::open(settings).await.unwrap();
            app.load_samples(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../zones/maku/samples")).await.unwrap();
            let token = app.api_token("P-0001").await.unwrap();
            let link = app.sign_in_link("P-0001").await.unwrap();
            let session = app.sign_in(&link).await.unwrap();
            (app, token, session)
        });
        let csrf = runtime.block_on(app.session(&session)).unwrap().csrf;
        let settings = SiteSettings { demo: true, rate_limit: None, ..SiteSettings::default() };
        let router = web::router(Arc::new(Site::new(Arc::new(app), settings)));
        Self { runtime, router, keys: AtomicU64::new(0), token, cookie: format!("session={session}"), csrf }
    }

    /// A key that no other request has.
    pub fn fresh_key(&self) -> String {
        format!("key-{}", self.keys.fetch_add(1, Ordering::Relaxed))
    }

    /// Sends a request, and holds that it is no server error, and that what the API refuses is a problem in words.
    pub fn ask(&self, request: Request<Body>) {
        let to_api = request.uri().path().starts_with("/api/v1/");
        let response = self.runtime.block_on(self.router.clone().oneshot(request)).unwrap();
        let (parts, body) = response.into_parts();
        let body = self.runtime.block_on(to_bytes(body, usize::MAX)).unwrap();
        let said = String::from_utf8_lossy(&body);
        assert!(!parts.status.is_server_error(), "{}: {said}", parts.status);
        assert!(!said.contains('\u{27e6}'), "a word is missing: {said}");
        if to_api && parts.status.is_client_error() {
            let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{said}");
        }
    }
}
