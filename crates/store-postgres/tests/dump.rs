//! A dump made while the store is written is the store at one moment, and goes into an empty database only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test

mod server;

use std::sync::Arc;

use server::Database;
use store::Store;
use store::conformance::given::{id, witnessed};
use store::conformance::whole;
use store_postgres::{PostgresStore, dump, load};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dump_under_load_is_whole_and_comes_back() {
    let Some(database) = Database::create().await else { return };
    let store = Arc::new(PostgresStore::connect(&database.url, 2).await.unwrap());
    let writing = {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            for seq in 0..300 {
                store.append(witnessed(id(1), seq, 1)).await.unwrap();
            }
        })
    };
    while store.feed(0, 1000).await.unwrap().len() < 50 {
        tokio::task::yield_now().await;
    }
    let folder = tempfile::tempdir().unwrap();
    dump(&database.url, folder.path()).await.unwrap();
    writing.await.unwrap();
    let other = Database::create().await.unwrap();
    load(&other.url, folder.path()).await.unwrap();
    let loaded = PostgresStore::connect(&other.url, 2).await.unwrap();
    let events = whole::check(&loaded).await;
    assert!((50..=300).contains(&events), "{events}");
    assert_eq!(loaded.append(witnessed(id(1), events, 1)).await.unwrap(), events, "it goes on without a gap");
    let again = load(&other.url, folder.path()).await.unwrap_err();
    assert!(again.to_string().contains("already"), "{again}");
    assert_eq!(whole::check(&loaded).await, events + 1, "and was left as it is");
}
