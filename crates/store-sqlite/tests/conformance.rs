//! The store's conformance suite on SQLite.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test

use store_sqlite::SqliteStore;
use tempfile::TempDir;

async fn open() -> Option<(SqliteStore, TempDir)> {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("store.db")).unwrap();
    Some((store, folder))
}

store::conformance_suite!(open);
