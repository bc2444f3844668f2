//! What is erased is in none of the file's bytes, in small files and in large ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test

use std::path::Path;

use store::conformance::given::{id, next};
use store::{Append, Erase, Store};
use store_sqlite::SqliteStore;

const MARK: &[u8] = b"MARK-OF-WHAT-IS-ERASED";

fn is_anywhere(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(MARK.len()).any(|window| window == MARK)
    })
}

/// Cases whose first event and whose row, written over several times in different lengths, hold the mark; then all of them are erased.
async fn erased(store: &SqliteStore, cases: u64, body_bytes: usize) {
    let body = |length: usize| {
        let mut body = vec![b'.'; length];
        body.extend_from_slice(MARK);
        body
    };
    for case in 0..cases {
        let mut append = next(id(case), 0, 1);
        append.events[0].body = body(body_bytes);
        append.row.state = body(200);
        store.append(append).await.unwrap();
    }
    for case in 0..cases {
        let mut append = next(id(case), 1, 1);
        append.row.state = body(usize::try_from(case).unwrap() * 211 % 9000);
        store.append(append).await.unwrap();
    }
    for case in 0..cases {
        let position = store.case(id(case)).await.unwrap().unwrap().opened;
        let erases = vec![Erase { position, body: b"{}".to_vec(), remains: b"{}".to_vec() }];
        store.append(Append { erases, ..next(id(case), 2, 1) }).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_left_in_a_small_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("store.db")).unwrap();
    erased(&store, 600, 300).await;
    assert!(is_anywhere(folder.path()), "the mark was never there");
    store.scrub().await.unwrap();
    assert!(!is_anywhere(folder.path()));
    let size = std::fs::metadata(folder.path().join("store.db-wal")).map_or(0, |file| file.len());
    assert_eq!(size, 0, "the write-ahead log is empty");
    assert_eq!(store.feed(0, 10_000).await.unwrap().len(), 1800);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_free_pages_of_a_large_file_are_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = SqliteStore::open(&path).unwrap();
    erased(&store, 40, 2 << 20).await;
    assert!(is_anywhere(folder.path()), "the mark was never there");
    store.scrub().await.unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() > 64 << 20, "it is not written anew");
    assert!(!is_anywhere(folder.path()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_done_beside_readers_and_writers() {
    let folder = tempfile::tempdir().unwrap();
    let store = std::sync::Arc::new(SqliteStore::open(&folder.path().join("store.db")).unwrap());
    erased(&store, 50, 300).await;
    let mut others = tokio::task::JoinSet::new();
    for n in 100..140 {
        let store = std::sync::Arc::clone(&store);
        others.spawn(async move {
            store.append(next(id(n), 0, 3)).await.unwrap();
            assert_eq!(store.history(id(n), 0, 10).await.unwrap().len(), 3);
        });
    }
    store.scrub().await.unwrap();
    while let Some(done) = others.join_next().await {
        done.unwrap();
    }
    store.scrub().await.unwrap();
    assert!(!is_anywhere(folder.path()));
    assert_eq!(store.feed(0, 1000).await.unwrap().len(), 150 + 120);
}
