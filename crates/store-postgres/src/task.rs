//! Tasks that one process at a time may do: each an advisory lock of a session of its own (PostgreSQL manual, section 13.3.5). The lock ends with
//! the session, however it ends.
//!
//! Must not know of: what the tasks are.

use std::time::Duration;

use async_trait::async_trait;
use store::{StoreError, Task};
use tokio::time::timeout;
use tokio_postgres::{Client, Config};

use crate::fault::fault;
use crate::session::connect;

/// The first half of the locks' numbers, so that they are none of another program's: "panj" in ASCII.
const OURS: i32 = 0x7061_6e6a;
/// A server that does not answer for so long has perhaps given the task to another.
const PATIENCE: Duration = Duration::from_secs(5);

/// The session that has the lock.
struct Held(Client);

/// Takes a task of the database.
pub async fn take(config: &Config, name: &str) -> Result<Option<Box<dyn Task>>, StoreError> {
    let client = connect(config).await?;
    let taking = "SELECT pg_try_advisory_lock($1, hashtext($2))";
    let row = client.query_one(taking, &[&OURS, &name]).await.map_err(fault)?;
    let taken: bool = row.try_get(0).map_err(fault)?;
    Ok(taken.then(|| Box::new(Held(client)) as Box<dyn Task>))
}

#[async_trait]
impl Task for Held {
    async fn is_held(&self) -> bool {
        matches!(timeout(PATIENCE, self.0.batch_execute("")).await, Ok(Ok(())))
    }
}
