//! What deletions left behind: versions of rows that nobody sees any more.
//!
//! Must not know of: what is inside a body.
//!
//! PostgreSQL writes a new version of a row beside the old one. A small table is written anew whole (`VACUUM FULL`), so nothing is left in its files; of a
//! large one, or one that somebody reads for long, VACUUM takes the old versions away, and what is left of their bytes in a page is written over by what
//! comes next. The server's own log (WAL) and its archive hold them until they are recycled.

use store::StoreError;
use tokio_postgres::{Client, Config};

use crate::fault::fault;
use crate::session;

/// The largest table that is written anew whole, with its indexes: everybody else waits for that long, about a second.
const WHOLE_BYTES_MAX: i64 = 64 << 20;
/// The tables that hold what people said. `holders` names officers alone, and `log_head` and `writers` nobody.
const TABLES: [&str; 6] = ["events", "cases", "entries", "deadlines", "outbox", "answers"];

/// Takes the old versions away.
pub async fn scrub(config: &Config) -> Result<(), StoreError> {
    let client = session::connect(config).await?;
    // Who waits for a table holds up all who come after: rather not whole than that.
    client.batch_execute("SET lock_timeout = '200ms'").await.map_err(fault)?;
    for table in TABLES {
        let is_small = is_small(&client, table).await?;
        // One statement at a time: VACUUM cannot run within a transaction, and several statements sent together are one.
        if is_small && client.batch_execute(&format!("VACUUM FULL {table}")).await.is_ok() {
            continue;
        }
        client.batch_execute(&format!("VACUUM {table}")).await.map_err(fault)?;
    }
    Ok(())
}

async fn is_small(client: &Client, table: &str) -> Result<bool, StoreError> {
    let size = "SELECT pg_total_relation_size($1::text::regclass)";
    let bytes: i64 = client.query_one(size, &[&table]).await.and_then(|row| row.try_get(0)).map_err(fault)?;
    Ok(bytes <= WHOLE_BYTES_MAX)
}
