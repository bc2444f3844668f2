//! How much work waits for the jobs: what an operator watches.
//!
//! Must not know of: how it is shown.

use crate::{App, AppError};

/// More than this is not counted: an operator acts long before.
const COUNTED_MAX: u32 = 1000;

/// Work that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// Messages not yet delivered, at most 1000.
    pub outbox: usize,
    /// Deadlines that have passed and were not yet acted on, at most 1000.
    pub due: usize,
}

impl App {
    /// How much work waits.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the store is away.
    pub async fn backlog(&self) -> Result<Backlog, AppError> {
        let outbox = self.store.outbox(None, COUNTED_MAX).await?.len();
        let due = self.store.due(self.clock.now().as_millisecond(), None, COUNTED_MAX).await?.len();
        Ok(Backlog { outbox, due })
    }
}
