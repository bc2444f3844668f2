//! A running zone on a real SQLite: races, repeats, deadlines, appeals, rebuilding.
//!
//! Must not know of: how an operation is done; it asks `App` like a page does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod accounts;
mod appeals;
mod audits;
mod corrected;
mod counted;
mod erased;
mod falling;
mod house;
mod institutions;
mod late;
mod lots;
mod mandates;
mod mandates_kept;
mod matters;
mod mined;
mod officers;
mod older;
mod order;
mod races;
mod reads;
mod rebuilt;
mod relay;
mod revoked;
mod sealed;
#[path = "../../../store-postgres/tests/server/mod.rs"]
mod server;
mod several;
#[path = "../../../credential/tests/soft/mod.rs"]
mod soft;
mod stuck;
mod studied;
mod swept;
mod witnessed;
