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
    /// Of the messages, those that could not be delivered when this process last tried.
    pub stuck_messages: usize,
    /// Of the deadlines, those that could not lapse when this process last tried: an operator must see why, in the log.
    pub stuck_deadlines: usize,
    /// Draws that were due and could not take place when this process last tried: an operator must see why, in the log.
    pub stuck_lots: usize,
    /// Payments that arrived for cases that do not wait for them, and are to be given back, at most 1000.
    pub unapplied_payments: usize,
}

impl App {
    /// How much work waits.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the store is away.
    pub async fn backlog(&self) -> Result<Backlog, AppError> {
        Ok(Backlog {
            outbox: self.store.outbox(None, COUNTED_MAX).await?.len(),
            due: self.store.due(self.clock.now().as_millisecond(), None, COUNTED_MAX).await?.len(),
            stuck_messages: self.stuck_messages.len(),
            stuck_deadlines: self.stuck_deadlines.len(),
            stuck_lots: self.stuck_lots.len(),
            unapplied_payments: self.unapplied_payments(None, COUNTED_MAX).await?.0.len(),
        })
    }
}
