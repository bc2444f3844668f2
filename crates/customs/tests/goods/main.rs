//! The zone's goods accounts: what movements come to, what is refused and in which words, and what holds after any history.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod adverse;
mod allowances;
mod amend;
mod histories;
mod hostile;
mod movements;
mod offers;
mod oracle;
mod origins;
mod processing;
mod quantities;
mod reserving;
mod scene;
mod write_off;
