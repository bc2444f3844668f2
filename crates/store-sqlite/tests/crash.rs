//! Kills a writing process again and again: nothing acknowledged is lost and nothing is half done.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test

use std::path::Path;
use std::sync::Arc;

use store::conformance::crash::{WRITE_TO, Writer, check, pause, write};
use store_sqlite::SqliteStore;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost() {
    if let Ok(path) = std::env::var(WRITE_TO) {
        write(Arc::new(SqliteStore::open(Path::new(&path)).unwrap())).await;
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let mut acknowledged = Vec::new();
    for round in 1..=15 {
        let writer = Writer::start("nothing_acknowledged_is_lost", path.to_str().unwrap());
        acknowledged.extend(writer.wait_for(1));
        std::thread::sleep(pause(round, 150));
        acknowledged.extend(writer.kill());
        let store = SqliteStore::open(&path).unwrap();
        check(&store, &acknowledged).await;
    }
    println!("{} acknowledged appends stand after 15 kills", acknowledged.len());
    assert!(acknowledged.len() > 100, "the writer did too little to prove anything");
}
