//! Kills a writing process, and the server itself, again and again: nothing acknowledged is lost and nothing is half done.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test

mod own_server;
mod server;

use std::sync::Arc;

use own_server::OwnServer;
use server::Database;
use store::conformance::crash::{WRITE_TO, Writer, check, pause, write};
use store_postgres::PostgresStore;

/// In the process that is to be killed: writes until then.
async fn is_writer() -> bool {
    let Ok(url) = std::env::var(WRITE_TO) else { return false };
    write(Arc::new(PostgresStore::connect(&url, 4).await.unwrap())).await;
    true
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_writer_loses_nothing_acknowledged() {
    if is_writer().await {
        return;
    }
    let Some(database) = Database::create().await else { return };
    let mut acknowledged = Vec::new();
    for round in 1..=10 {
        let writer = Writer::start("a_killed_writer_loses_nothing_acknowledged", &database.url);
        acknowledged.extend(writer.wait_for(1));
        std::thread::sleep(pause(round, 300));
        acknowledged.extend(writer.kill());
        // The server may still be committing what the killed one sent; the check reads a moment of it.
        let store = PostgresStore::connect(&database.url, 4).await.unwrap();
        store::Store::put(&store, Vec::new()).await.unwrap(); // waits for that, because it takes the same lock
        check(&store, &acknowledged).await;
    }
    assert!(acknowledged.len() > 100, "the writer did too little to prove anything");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_nothing_acknowledged() {
    if is_writer().await {
        return;
    }
    let Some(mut server) = OwnServer::start() else { return };
    let mut acknowledged = Vec::new();
    for round in 1..=8 {
        let writer = Writer::start("a_killed_server_loses_nothing_acknowledged", &server.url());
        acknowledged.extend(writer.wait_for(1));
        std::thread::sleep(pause(round, 400));
        server.kill();
        acknowledged.extend(writer.kill());
        server.start_again();
        let store = PostgresStore::connect(&server.url(), 4).await.unwrap();
        check(&store, &acknowledged).await;
    }
    assert!(acknowledged.len() > 100, "the writer did too little to prove anything");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_outlives_its_server() {
    let Some(mut server) = OwnServer::start() else { return };
    let store = PostgresStore::connect(&server.url(), 4).await.unwrap();
    let append = |seq| {
        store::Store::append(&store, store::conformance::given::witnessed(store::conformance::given::id(1), seq, 1))
    };
    append(0).await.unwrap();
    server.kill();
    let away = append(1).await;
    assert!(matches!(away, Err(store::StoreError::Unavailable(_))), "{away:?}");
    server.start_again();
    // Within the backoff it finds its way back by itself.
    let mut outcome = append(1).await;
    for _ in 0..5 {
        if outcome.is_ok() {
            break;
        }
        outcome = append(1).await;
    }
    assert_eq!(outcome.unwrap(), 1);
    assert_eq!(store::conformance::whole::check(&store).await, 2);
}
