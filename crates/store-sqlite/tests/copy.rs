//! A copy made while the store is written is the store at one moment, and what is no store is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test

use std::sync::Arc;

use store::Store;
use store::conformance::given::{id, witnessed};
use store::conformance::whole;
use store_sqlite::{SqliteStore, copy, examine};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_under_load_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = Arc::new(SqliteStore::open(&path).unwrap());
    let writing = {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            for seq in 0..400 {
                store.append(witnessed(id(1), seq, 1)).await.unwrap();
            }
        })
    };
    while store.feed(0, 1000).await.unwrap().len() < 50 {
        tokio::task::yield_now().await;
    }
    let target = folder.path().join("copy.db");
    let (from, to) = (path.clone(), target.clone());
    tokio::task::spawn_blocking(move || copy(&from, &to)).await.unwrap().unwrap();
    writing.await.unwrap();
    examine(&target).unwrap();
    let copied = SqliteStore::open(&target).unwrap();
    let events = whole::check(&copied).await;
    assert!((50..=400).contains(&events), "{events}");
    assert!(copy(&path, &target).unwrap_err().to_string().contains("exists"), "nothing is written over");
}

#[test]
fn what_is_no_store_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("text.db");
    std::fs::write(&path, "not a database at all, but long enough to look at").unwrap();
    assert!(copy(&path, &folder.path().join("copy.db")).is_err());
    assert!(!folder.path().join("copy.db").exists(), "and nothing is left behind");
    assert!(examine(&folder.path().join("missing.db")).is_err());
    assert!(!folder.path().join("missing.db").exists());
}
