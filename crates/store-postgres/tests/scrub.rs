//! What is erased is in none of the files of the tables.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test

mod server;

use std::path::Path;

use server::Database;
use store::conformance::given::{id, next};
use store::{Append, Erase, Store};
use store_postgres::PostgresStore;

const MARK: &[u8] = b"MARK-OF-WHAT-IS-ERASED";

/// How many files below a folder hold the mark. Those that the server removes meanwhile do not.
fn holding(folder: &Path) -> usize {
    let mut found = 0;
    for entry in std::fs::read_dir(folder).expect("the server's folder can be read").map_while(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            found += holding(&path);
        } else if let Ok(bytes) = std::fs::read(&path) {
            found += usize::from(bytes.windows(MARK.len()).any(|window| window == MARK));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_left_in_the_tables_files() {
    let Some(database) = Database::create().await else { return };
    let client = database.client().await;
    let oid: u32 =
        client.query_one("SELECT oid FROM pg_database WHERE datname = current_database()", &[]).await.unwrap().get(0);
    let folder: String = client.query_one("SHOW data_directory", &[]).await.unwrap().get(0);
    let folder = Path::new(&folder).join("base").join(oid.to_string());
    let store = PostgresStore::connect(&database.url, 2).await.unwrap();
    for case in 0..100 {
        let mut append = next(id(case), 0, 1);
        append.events[0].body = [b"{\"said\":\"", MARK, b"\"}"].concat();
        append.row.state = append.events[0].body.clone();
        let position = store.append(append).await.unwrap();
        let erases = vec![Erase { position, body: b"{}".to_vec(), remains: b"{}".to_vec() }];
        store.append(Append { erases, ..next(id(case), 1, 1) }).await.unwrap();
    }
    client.batch_execute("CHECKPOINT").await.unwrap();
    assert!(holding(&folder) > 0, "the mark was never there");
    store.scrub().await.unwrap();
    client.batch_execute("CHECKPOINT").await.unwrap();
    assert_eq!(holding(&folder), 0);
    assert_eq!(store.feed(0, 10_000).await.unwrap().len(), 200);
    // Beside a reader that does not let go, what can be done is done.
    client.batch_execute("BEGIN; SELECT count(*) FROM events").await.unwrap();
    store.scrub().await.unwrap();
}
