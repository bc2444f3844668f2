//! Documents and the log's files in somebody else's S3 server: kept, read, and what is said when it is away.
//!
//! Must not know of: how an object store is spoken to.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod bucket;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::definition::value::{DocumentRef, Value};
use app::jobs::sequencer;
use app::log::verify::{open_checkpoint, verify_entries};
use app::{Account, Acted, App, AppError, Draft, Keys, Objects, Settings};
use bucket::Bucket;
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use store_sqlite::SqliteStore;

/// A page as small as can be, which lies in the store.
const SMALL: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Page>>endobj\nxref\ntrailer<</Root 1 0 R>>\nstartxref\n37\n%%EOF\n";

/// A page with a comment of so many bytes at its end: as large as a scan, which is an object.
fn large(comment: usize) -> Bytes {
    let (page, end) = SMALL.split_at(SMALL.len() - b"startxref\n37\n%%EOF\n".len());
    Bytes::from([page, b"%", vec![b'.'; comment].as_slice(), b"\n", end].concat())
}

fn maku() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku")
}

async fn open(folder: &Path, objects: Objects) -> Result<App, AppError> {
    let zone = app::definition::check(&app::read_zone(&maku()).unwrap()).zone.unwrap();
    App::open(Settings {
        zone,
        store: Arc::new(SqliteStore::open(&folder.join("store.sqlite")).unwrap()),
        objects,
        keys: Keys { log: [1; 32], certificates: [2; 32] },
        origin: "maku.example/log".to_owned(),
        base_url: "https://maku.example".to_owned(),
    })
    .await
}

async fn open_with_samples(folder: &Path, objects: Objects) -> (App, Account) {
    let app = open(folder, objects).await.unwrap();
    app.load_samples(&maku().join("samples")).await.unwrap();
    let sara = app.account("P-0001").await.unwrap();
    (app, sara)
}

async fn bring(app: &App, account: &Account, bytes: &Bytes) -> Result<DocumentRef, AppError> {
    app.keep_document(account, "articles.pdf", "application/pdf", bytes.clone()).await
}

/// A company's application, which the rules decide at once.
async fn apply(app: &App, account: &Account, articles: &DocumentRef) -> Acted {
    let facts = serde_json::json!({
        "form": { "code": "limited-liability" }, "name": { "text": "Sample Trading" }, "name-reserved": { "bool": true },
        "partners": { "decimal": "3" }, "capital": { "money": { "amount": "50000000000", "currency": "IRR" } },
        "paid-share": { "decimal": "100" }, "declaration": { "bool": true },
    });
    let mut facts: BTreeMap<String, Value> = serde_json::from_value(facts).unwrap();
    facts.insert("articles".to_owned(), Value::Document(articles.clone()));
    let draft = Draft { service: "company-registration".to_owned(), facts, ..Draft::default() };
    app.submit(account, &draft, None).await.unwrap()
}

/// All files of the log below a folder, by their paths.
fn log_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            files.insert(name, std::fs::read(path).unwrap());
        }
    }
    files
}

/// That the log below a folder is whole; how many entries it has.
fn whole(app: &App, folder: &Path) -> u64 {
    let files = log_files(folder);
    let checkpoint = open_checkpoint(&files, app.log_verifier(), &[]).unwrap().checkpoint;
    verify_entries(&files, &checkpoint, &mut |_, _| {}).unwrap();
    checkpoint.size()
}

#[track_caller]
fn unavailable<T>(result: Result<T, AppError>) -> String {
    match result {
        Err(AppError::Unavailable(why)) => why,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was done"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn documents_and_the_log_are_kept_and_read() {
    let (bucket, folder) = (Bucket::start().await, tempfile::tempdir().unwrap());
    let page = large(100_000);
    for (url, below) in [("s3://documents", ""), ("s3://documents/maku/2026", "maku/2026")] {
        let folder = folder.path().join(below.replace('/', "-") + "-store");
        std::fs::create_dir(&folder).unwrap();
        let objects = || Objects::s3(url, bucket.settings()).unwrap();
        let (app, sara) = open_with_samples(&folder, objects()).await;
        let document = bring(&app, &sara, &page).await.unwrap();
        let name = hex::encode(document.sha256);
        let place = |name: &str| bucket.folder().join(below).join("documents").join(&name[..2]).join(name);
        assert_eq!(std::fs::read(place(&name)).unwrap(), page);
        let small = bring(&app, &sara, &Bytes::from_static(SMALL)).await.unwrap();
        assert!(!place(&hex::encode(small.sha256)).exists(), "a small one is no object");
        let case = apply(&app, &sara, &document).await.case;
        sequencer::run(&app).await.unwrap();
        let (_, bytes) = app.case_document(&sara, case, &document.sha256).await.unwrap();
        assert_eq!(bytes, page);
        let size = whole(&app, &bucket.folder().join(below).join("log"));
        assert!(size > 0);
        assert!(!app.log_file(&format!("tile/0/000.p/{size}")).await.unwrap().is_empty());
        // Whoever starts again goes on where the bucket's log stands.
        drop(app);
        let again = open(&folder, objects()).await.unwrap();
        assert_eq!(again.checkpoint().unwrap().checkpoint.size(), size);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_does_not_let_us_in_is_said_before_anything_begins() {
    let (mut bucket, folder) = (Bucket::start().await, tempfile::tempdir().unwrap());
    let wrong = Objects::s3("s3://documents", bucket.settings_with("wrong")).unwrap();
    let why = unavailable(open(folder.path(), wrong).await);
    assert!(why.starts_with("the object store s3://documents at http://127.0.0.1:"), "{why}");
    assert!(why.contains("refuses the keys: see that AWS_ACCESS_KEY_ID"), "{why}");
    let missing = Objects::s3("s3://dokuments", bucket.settings()).unwrap();
    let why = unavailable(open(folder.path(), missing).await);
    assert!(why.starts_with("the object store s3://dokuments at "), "{why}");
    assert!(why.contains("has no such bucket: make the bucket"), "{why}");
    bucket.go_away().await;
    let begun = Instant::now();
    let away = Objects::s3("s3://documents", bucket.settings()).unwrap();
    let why = unavailable(open(folder.path(), away).await);
    assert!(why.contains("does not answer as it should: see that it runs"), "{why}");
    assert!(begun.elapsed() < Duration::from_secs(20), "somebody waits for this");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_goes_away_leaves_nothing_half_done() {
    let (mut bucket, folder) = (Bucket::start().await, tempfile::tempdir().unwrap());
    let objects = Objects::s3("s3://documents", bucket.settings()).unwrap();
    let (app, sara) = open_with_samples(folder.path(), objects).await;
    let (page, another) = (large(100_000), large(100_001));
    let articles = bring(&app, &sara, &page).await.unwrap();
    apply(&app, &sara, &articles).await;
    sequencer::run(&app).await.unwrap();
    let size = app.checkpoint().unwrap().checkpoint.size();

    bucket.go_away().await;
    let why = unavailable(bring(&app, &sara, &another).await);
    assert!(why.contains("s3://documents") && why.contains("then try again"), "{why}");
    let sha256: [u8; 32] = Sha256::digest(&another).into();
    assert!(matches!(app.own_document(&sara, &sha256).await, Err(AppError::NotFound("document"))));
    // What needs no object is done, small documents among it; the log has it once the store is back.
    bring(&app, &sara, &Bytes::from_static(SMALL)).await.unwrap();
    let case = apply(&app, &sara, &articles).await.case;
    unavailable(sequencer::run(&app).await);
    assert_eq!(app.checkpoint().unwrap().checkpoint.size(), size, "what is not written is not published");
    unavailable(app.case_document(&sara, case, &articles.sha256).await);

    bucket.come_back().await;
    sequencer::run(&app).await.unwrap();
    assert!(whole(&app, &bucket.folder().join("log")) > size);
    bring(&app, &sara, &another).await.unwrap();
    assert!(app.own_document(&sara, &sha256).await.is_ok());
    assert_eq!(app.case_document(&sara, case, &articles.sha256).await.unwrap().1, page);
}

#[test]
fn a_place_of_no_known_kind() {
    for place in ["https://documents.example", "S3://documents", "gs://documents"] {
        let why = unavailable(Objects::open(place));
        assert!(why.contains(place) && why.contains("name a folder, or s3://BUCKET"), "{why}");
    }
    let why = unavailable(Objects::s3("s3://", []));
    assert!(why.contains("write s3://BUCKET"), "{why}");
    assert!(!Path::new("https:").exists());
}
