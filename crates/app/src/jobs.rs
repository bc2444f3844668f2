//! Work that nobody asks for: clocks that run out, the outbox, the log.
//!
//! Must not know of: pages. Each job can be killed at any moment and takes up where it was.

pub mod clock;
pub mod outbox;
pub mod sequencer;
