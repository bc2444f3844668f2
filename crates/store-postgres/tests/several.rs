//! Several processes on one database, and connections that break.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test

mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use server::Database;
use store::conformance::given::{id, put, thing, witnessed};
use store::conformance::whole;
use store::{Store, StoreError};
use store_postgres::PostgresStore;
use tokio::task::JoinSet;

async fn connect(database: &Database) -> Arc<dyn Store> {
    Arc::new(PostgresStore::connect(&database.url, 4).await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_stores_share_one_order() {
    let Some(database) = Database::create().await else { return };
    // At once, on an empty database: one of them migrates.
    let (one, other) = tokio::join!(connect(&database), connect(&database));
    let done = Arc::new(AtomicBool::new(false));
    let reader = tokio::spawn({
        let (store, done) = (connect(&database).await, Arc::clone(&done));
        async move {
            let mut seen = 0_u64;
            loop {
                let is_last = done.load(Ordering::SeqCst);
                let page = store.feed(seen, 50).await.unwrap();
                for row in &page {
                    assert_eq!(row.position, seen, "the feed skipped");
                    seen += 1;
                }
                if page.is_empty() && is_last {
                    return seen;
                }
            }
        }
    });
    let mut writers = JoinSet::new();
    for n in 0..60 {
        let store = Arc::clone(if n % 2 == 0 { &one } else { &other });
        writers.spawn(async move {
            let (mut done, mut conflicts) = (0, 0);
            while done < 10 {
                // Neighbours, on different stores, write the same case.
                let seq = store.case(id(n / 2)).await.unwrap().map_or(0, |row| row.seq);
                match store.append(witnessed(id(n / 2), seq, 1)).await {
                    Ok(_) => done += 1,
                    Err(StoreError::Conflict { .. }) => conflicts += 1,
                    Err(other) => panic!("{other:?}"),
                }
            }
            conflicts
        });
    }
    let conflicts: u64 = writers.join_all().await.into_iter().sum();
    assert!(conflicts > 0, "the two stores never met");
    done.store(true, Ordering::SeqCst);
    assert_eq!(reader.await.unwrap(), 600);
    assert_eq!(whole::check(&*one).await, 600);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn broken_connections_lose_nothing_acknowledged() {
    let Some(database) = Database::create().await else { return };
    let store = connect(&database).await;
    let (done, written) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let mut writers = JoinSet::new();
    for n in 0..16 {
        let (store, done, written) = (Arc::clone(&store), Arc::clone(&done), Arc::clone(&written));
        writers.spawn(async move {
            let (mut stands, mut broken) = (0_u64, 0_u64);
            while !done.load(Ordering::SeqCst) {
                match store.append(witnessed(id(n), stands, 1)).await {
                    Ok(_) => {
                        stands += 1;
                        written.fetch_add(1, Ordering::SeqCst);
                    }
                    // Certain that nothing was written: the next append with the same number must not conflict.
                    Err(StoreError::Unavailable(_)) => broken += 1,
                    Err(other) => panic!("{other:?}"),
                }
            }
            (stands, broken)
        });
    }
    let killer = database.client().await;
    for round in 0..30_u64 {
        tokio::time::sleep(Duration::from_millis(20 + round * 37 % 60)).await;
        // However slow the machine is, something is acknowledged between two breaks.
        let before = written.load(Ordering::SeqCst);
        while written.load(Ordering::SeqCst) < before + 4 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        killer
            .batch_execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            .await
            .unwrap();
    }
    done.store(true, Ordering::SeqCst);
    let (mut stand, mut broken) = (0, 0);
    while let Some(done) = writers.join_next().await {
        let (stands, unavailable) = done.unwrap();
        stand += stands;
        broken += unavailable;
    }
    assert!(stand > 100 && broken > 0, "{stand} appends, {broken} broken");
    assert_eq!(whole::check(&*connect(&database).await).await, stand);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_unsound_write_does_not_take_others_with_it() {
    let Some(database) = Database::create().await else { return };
    let store = connect(&database).await;
    // The server itself refuses this one, as it would a row that has no room.
    let rule = "ALTER TABLE entries ADD CONSTRAINT small CHECK (length(body) < 10000)";
    database.client().await.batch_execute(rule).await.unwrap();
    let mut writers = JoinSet::new();
    for n in 0..50 {
        let store = Arc::clone(&store);
        writers.spawn(async move {
            let body = vec![b'x'; if n % 10 == 3 { 20_000 } else { 10 }];
            store.put(vec![put("thing", &n.to_string(), None, Some(&body))]).await.is_ok()
        });
    }
    assert_eq!(writers.join_all().await.into_iter().filter(|sound| *sound).count(), 45);
    assert!(thing(&*store, "3").await.is_none());
    assert!(thing(&*store, "4").await.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_schema_is_refused() {
    let Some(database) = Database::create().await else { return };
    drop(connect(&database).await);
    database.client().await.batch_execute("INSERT INTO schema_version VALUES (99)").await.unwrap();
    match PostgresStore::connect(&database.url, 1).await.map(drop) {
        Err(StoreError::Corrupt(why)) => assert!(why.contains("99") && why.contains("newer"), "{why}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_address_that_cannot_be_read_or_reached_is_said() {
    let unread = PostgresStore::connect("postgres://me:secret@[", 1).await.map(drop);
    match unread {
        Err(StoreError::Invalid(why)) => assert!(!why.contains("secret"), "{why}"),
        other => panic!("{other:?}"),
    }
    let unreached = PostgresStore::connect("postgres://me:secret@127.0.0.1:1/none", 1).await.map(drop);
    match unreached {
        Err(StoreError::Unavailable(why)) => assert!(!why.contains("secret"), "{why}"),
        other => panic!("{other:?}"),
    }
}
