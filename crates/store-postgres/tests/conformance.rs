//! The store's conformance suite on PostgreSQL, with the server that PANJEREH_TEST_POSTGRES names.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test

mod server;

use server::Database;
use store_postgres::PostgresStore;

async fn open() -> Option<(PostgresStore, Database)> {
    let database = Database::create().await?;
    let store = PostgresStore::connect(&database.url, 4).await.unwrap();
    Some((store, database))
}

store::conformance_suite!(open);
