//! When there is no room: what does not fit is unavailable, nothing is half done, and it goes on once there is room.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test

use std::sync::Arc;

use store::conformance::given::{id, next, put, witnessed};
use store::conformance::whole;
use store::{Store, StoreError};
use store_sqlite::SqliteStore;
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_undoes_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(&folder.path().join("store.db")).unwrap());
    store.limit_size(Some(400_000)).await.unwrap();
    let mut writers = JoinSet::new();
    for n in 0..64 {
        let store = Arc::clone(&store);
        writers.spawn(async move {
            let mut done = 0_u64;
            loop {
                match store.append(witnessed(id(n), done, 1)).await {
                    Ok(_) => done += 1,
                    Err(StoreError::Unavailable(why)) => {
                        assert!(why.contains("full"), "{why}");
                        return done;
                    }
                    Err(other) => panic!("{other:?}"),
                }
            }
        });
    }
    let done: u64 = writers.join_all().await.into_iter().sum();
    assert!(done > 100, "some fit");
    assert_eq!(whole::check(&*store).await, done, "what was refused left nothing, what was acknowledged stands");
    let seq = store.case(id(1)).await.unwrap().map_or(0, |row| row.seq);
    store.limit_size(None).await.unwrap();
    for further in 0..100 {
        store.append(witnessed(id(1), seq + further, 1)).await.unwrap();
    }
    assert_eq!(whole::check(&*store).await, done + 100);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_large_does_not_take_others_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(&folder.path().join("store.db")).unwrap());
    store.limit_size(Some(1_000_000)).await.unwrap();
    let huge = {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.put(vec![put("huge", "k", None, Some(&vec![b'x'; 5_000_000]))]).await })
    };
    let mut small = JoinSet::new();
    for n in 0..50 {
        let store = Arc::clone(&store);
        small.spawn(async move { store.append(next(id(n), 0, 1)).await });
    }
    assert!(matches!(huge.await.unwrap(), Err(StoreError::Unavailable(_))));
    assert!(small.join_all().await.into_iter().all(|outcome| outcome.is_ok()));
    assert_eq!(store.feed(0, 100).await.unwrap().len(), 50);
}

#[test]
fn a_file_that_is_not_ours_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.db");
    std::fs::write(&path, "These are my notes, and they are longer than the header of a database. ".repeat(20))
        .unwrap();
    assert!(matches!(SqliteStore::open(&path), Err(StoreError::Corrupt(_))));
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("These are my notes"));
    let other = rusqlite::Connection::open(folder.path().join("other.db")).unwrap();
    other.execute_batch("CREATE TABLE theirs (x)").unwrap();
    assert!(matches!(SqliteStore::open(&folder.path().join("other.db")), Err(StoreError::Corrupt(_))));
    let away = SqliteStore::open(&folder.path().join("away/store.db"));
    assert!(matches!(away, Err(StoreError::Unavailable(_))));
}

#[test]
fn a_newer_schema_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    drop(SqliteStore::open(&path).unwrap());
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    match SqliteStore::open(&path).map(drop) {
        Err(StoreError::Corrupt(why)) => assert!(why.contains("99") && why.contains("newer"), "{why}"),
        other => panic!("{other:?}"),
    }
}
