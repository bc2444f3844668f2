//! A zone with its sample people, and a browser that keeps cookies and has no script. Shared by all tests of the web.
//!
//! Must not know of: any one page.

// Each test program uses the part of this that it needs.
#![allow(dead_code)]

pub mod chance;
pub mod lots;
pub mod oidc;
pub mod page;
pub mod scene;
#[path = "../../../app/tests/customs/truck.rs"]
pub mod truck;
pub mod watch;
pub mod witnessed;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::definition::check;
use app::{App, Applicants, Identity, Keys, LotsFrom, Objects, Officers, Settings, read_zone};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use store_sqlite::SqliteStore;
use tempfile::TempDir;
use tower::ServiceExt as _;
use web::{Site, SiteSettings};

pub use page::Page;

/// A zone that runs in a folder of its own, with the sample people of Maku.
pub struct House {
    /// The application.
    pub app: Arc<App>,
    /// What it is kept in.
    pub store: Arc<SqliteStore>,
    router: Router,
    folder: TempDir,
}

impl House {
    /// The zone as the demonstration runs it.
    pub async fn open() -> Self {
        Self::with(SiteSettings { demo: true, ..SiteSettings::default() }).await
    }

    /// The zone, set up so.
    pub async fn with(settings: SiteSettings) -> Self {
        Self::of(settings, [2; 32], "https://maku.example").await
    }

    /// The zone, set up so and found by an address of this machine: for a real listener.
    pub async fn local(settings: SiteSettings) -> Self {
        Self::of(settings, [2; 32], "http://127.0.0.1").await
    }

    /// Another zone of the same name: its certificates are signed with this key.
    pub async fn with_keys(certificates: [u8; 32]) -> Self {
        Self::of(SiteSettings { demo: true, ..SiteSettings::default() }, certificates, "https://maku.example").await
    }

    /// The zone with randomness from there.
    pub async fn drawing(lots: LotsFrom) -> Self {
        let settings = SiteSettings { demo: true, ..SiteSettings::default() };
        Self::in_zone(&zone_folder(), settings, [2; 32], "https://maku.example", lots, Officers::Link).await
    }

    /// The zone with a service besides in which chance decides who is inspected, and randomness from there.
    pub async fn checking_spots(lots: LotsFrom) -> Self {
        let mut files = read_zone(&zone_folder()).unwrap();
        files.0.extend(chance::files());
        let settings = SiteSettings { demo: true, ..SiteSettings::default() };
        let zone = (zone_folder(), files);
        let identity = (None, Applicants::Link);
        Self::built(&zone, settings, [2; 32], "https://maku.example", lots, Officers::Link, identity).await
    }

    /// The zone of the gate's pass, found by an address of this machine and with certificates signed by this key.
    pub async fn of_gate(certificates: [u8; 32]) -> Self {
        let zone = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/examples/gate-pass");
        let settings = SiteSettings::default();
        Self::in_zone(&zone, settings, certificates, "http://127.0.0.1", LotsFrom::Own, Officers::Link).await
    }

    /// The zone as it is found under this address, with officers who sign or do not.
    pub async fn signing(base_url: &str, officers: Officers) -> Self {
        let settings = SiteSettings { demo: officers == Officers::Either, ..SiteSettings::default() };
        Self::in_zone(&zone_folder(), settings, [2; 32], base_url, LotsFrom::Own, officers).await
    }

    /// The zone as it is found under this address, with officers who sign and an identity provider.
    pub async fn joined(base_url: &str, identity: Identity, applicants: Applicants) -> Self {
        let secure_cookies = base_url.starts_with("https://");
        let settings = SiteSettings { secure_cookies, ..SiteSettings::default() };
        let identity = (Some(identity), applicants);
        let lots = LotsFrom::Own;
        let zone = (zone_folder(), read_zone(&zone_folder()).unwrap());
        Self::built(&zone, settings, [2; 32], base_url, lots, Officers::Passkey, identity).await
    }

    async fn of(settings: SiteSettings, certificates: [u8; 32], base_url: &str) -> Self {
        Self::in_zone(&zone_folder(), settings, certificates, base_url, LotsFrom::Own, Officers::Link).await
    }

    /// The zone in whose law these grounds are in force today and tomorrow, and then no more.
    pub async fn lapsing(grounds: &[&str]) -> Self {
        let mut files = read_zone(&zone_folder()).unwrap();
        let tomorrow = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date().tomorrow().unwrap();
        let law = String::from_utf8(files.0["law.csv"].clone()).unwrap();
        let row = |line: &str| match grounds.iter().any(|ground| line.starts_with(&format!("{ground},"))) {
            true => line.replacen(",,draft,", &format!(",{tomorrow},draft,"), 1),
            false => line.to_owned(),
        };
        let law: Vec<String> = law.lines().map(row).collect();
        files.0.insert("law.csv".to_owned(), law.join("\n").into_bytes());
        let settings = SiteSettings { demo: true, ..SiteSettings::default() };
        let (lots, identity) = (LotsFrom::Own, (None, Applicants::Link));
        let zone = (zone_folder(), files);
        Self::built(&zone, settings, [2; 32], "https://maku.example", lots, Officers::Link, identity).await
    }

    async fn in_zone(
        zone: &Path,
        settings: SiteSettings,
        certificates: [u8; 32],
        base_url: &str,
        lots: LotsFrom,
        officers: Officers,
    ) -> Self {
        let zone = (zone.to_owned(), read_zone(zone).unwrap());
        Self::built(&zone, settings, certificates, base_url, lots, officers, (None, Applicants::Link)).await
    }

    async fn built(
        (zone, files): &(PathBuf, check::Files),
        settings: SiteSettings,
        certificates: [u8; 32],
        base_url: &str,
        lots: LotsFrom,
        officers: Officers,
        (identity, applicants): (Option<Identity>, Applicants),
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let report = check(files);
        assert!(report.problems.is_empty(), "{:?}", report.problems);
        let store = Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap());
        let app = App::open(Settings {
            zone: report.zone.unwrap(),
            store: Arc::<SqliteStore>::clone(&store),
            objects: Objects::folder(&folder.path().join("objects")).unwrap(),
            keys: Keys { log: [1; 32], certificates },
            origin: "maku.example/log".to_owned(),
            base_url: base_url.to_owned(),
        });
        let app = app.await.unwrap().with_lots(lots).unwrap().with_officers(officers).with_nomenclature(codes(zone));
        let app = Arc::new(app.with_identity(identity, applicants).unwrap());
        app.load_samples(&zone.join("samples")).await.unwrap();
        let router = web::router(Arc::new(Site::new(Arc::clone(&app), settings)));
        Self { app, store, router, folder }
    }

    /// The same zone in another process, with this identity provider.
    pub async fn with_identity(&self, identity: Identity, applicants: Applicants) -> House {
        let folder = tempfile::tempdir().unwrap();
        let report = check(&read_zone(&zone_folder()).unwrap());
        let app = App::beside(Settings {
            zone: report.zone.unwrap(),
            store: Arc::<SqliteStore>::clone(&self.store),
            objects: Objects::folder(&folder.path().join("objects")).unwrap(),
            keys: Keys { log: [1; 32], certificates: [2; 32] },
            origin: "maku.example/log".to_owned(),
            base_url: self.app.base_url().to_owned(),
        });
        let app = app.await.unwrap().with_officers(self.app.officers());
        let app = Arc::new(app.with_identity(Some(identity), applicants).unwrap());
        let settings = SiteSettings { secure_cookies: true, ..SiteSettings::default() };
        let router = web::router(Arc::new(Site::new(Arc::clone(&app), settings)));
        Self { app, store: Arc::clone(&self.store), router, folder }
    }

    /// Where everything is kept.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Does all that nobody asks for, until nothing is left to do: clocks, the outbox, the log.
    pub async fn settle(&self) {
        app::jobs::clock::run(&self.app).await.unwrap();
        // Delivering a message may append events that leave a further message.
        for _ in 0..4 {
            app::jobs::outbox::run(&self.app).await.unwrap();
        }
        app::jobs::sequencer::run(&self.app).await.unwrap();
        app::jobs::witnesses::run(&self.app).await.unwrap();
    }

    /// Lets days pass, with all that comes of it.
    pub async fn let_days_pass(&self, days: i64) {
        self.app.clock.advance(jiff::SignedDuration::from_hours(24 * days));
        self.settle().await;
    }

    /// Everything that is served, for a real listener.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: BTreeMap::new() }
    }

    /// A sample person, officer or supervisor, signed in by a one-time link.
    pub async fn sign_in(&self, account: &str) -> Browser {
        let link = self.app.sign_in_link(account).await.unwrap();
        let mut browser = self.visitor();
        let page = browser.post(&format!("/en/sign-in/{link}"), &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
        browser
    }
}

/// `zones/maku` of this checkout.
pub fn zone_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku")
}

/// The codes of a zone's samples, as the demonstration finds them.
fn codes(zone: &Path) -> Option<search::Index> {
    let text = std::fs::read_to_string(zone.join("samples/nomenclature.csv")).ok()?;
    let nomenclature = customs::nomenclature::Nomenclature::new(customs::nomenclature::read(&text).unwrap());
    Some(search::Index::build(nomenclature, search::Synonyms::own(), &[]).unwrap())
}

/// A browser without script, with its cookies.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A cookie that it keeps.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Has it keep a cookie; an empty one goes.
    pub fn keep(&mut self, name: &str, value: &str) {
        self.cookies.remove(name);
        if !value.is_empty() {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// Loads a page; redirects are not followed.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form that only asks; redirects are not followed.
    pub async fn ask(&mut self, path: &str, field: &str, value: &str) -> Page {
        self.get(&format!("{path}?{field}={}", escaped(value))).await
    }

    /// Loads a page and expects it to be there.
    pub async fn open(&mut self, path: &str) -> Page {
        let mut page = self.get(path).await;
        for _ in 0..5 {
            let Some(to) = page.location() else { break };
            page = self.get(&to).await;
        }
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
        page.is_sound();
        page
    }

    /// Sends a form; redirects are not followed.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body: Vec<String> =
            fields.iter().map(|(key, value)| format!("{}={}", escaped(key), escaped(value))).collect();
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")));
        self.send(request.unwrap()).await
    }

    /// Sends the form of a page that has a field or button of this name, with its hidden fields and these, and follows where it leads.
    pub async fn submit(&mut self, page: &Page, marker: &str, fields: &[(&str, &str)]) -> Page {
        let answer = self.submit_only(page, marker, fields).await;
        match answer.location() {
            Some(to) => self.open(&to).await,
            None => answer,
        }
    }

    /// As [`Browser::submit`], without following.
    pub async fn submit_only(&mut self, page: &Page, marker: &str, fields: &[(&str, &str)]) -> Page {
        let form = page.form(marker);
        let hidden = form.hidden.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let hidden = hidden.filter(|(key, _)| !fields.iter().any(|(own, _)| own == key));
        let fields: Vec<(&str, &str)> = hidden.chain(fields.iter().copied()).collect();
        self.post(&form.action, &fields).await
    }

    /// Sends a form with one file as `multipart/form-data` (RFC 7578); redirects are not followed.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], file: Upload<'_>) -> Page {
        const BOUNDARY: &str = "a-boundary-that-is-in-no-sample";
        let mut body = Vec::new();
        for (key, value) in fields {
            let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let Upload { field, name, media_type, bytes } = file;
        let part = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: {media_type}\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = Request::post(path).header(header::CONTENT_TYPE, kind).body(Body::from(body));
        self.send(request.unwrap()).await
    }

    /// Sends any request with the browser's cookie.
    pub async fn send(&mut self, mut request: Request<Body>) -> Page {
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        let path = request.uri().to_string();
        let response = self.router.clone().oneshot(request).await.unwrap();
        for set in response.headers().get_all(header::SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.keep(name, value);
        }
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 64 * 1024 * 1024).await.unwrap();
        Page::new(path, parts, bytes.to_vec())
    }
}

/// A file that a form sends.
pub struct Upload<'a> {
    /// The form's field.
    pub field: &'a str,
    /// What the file is called.
    pub name: &'a str,
    /// What it says it is.
    pub media_type: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// A small file that is a PDF: an empty page.
pub const PDF: &[u8] =
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n\
0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n160\n%%EOF\n";

/// A text in the form of `application/x-www-form-urlencoded` (URL Standard, section 5).
pub fn escaped(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}
