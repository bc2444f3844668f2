//! Customs as cases: declarations that functions work out, and goods that move in the zone's accounts.
//!
//! Must not know of: how an amount is computed (`customs`).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod amending;
mod answered;
mod beside;
mod contraband;
mod declared;
mod drawn;
mod goods;
mod guessed;
mod inspected;
mod late;
mod leaving;
mod leftovers;
mod looked_at;
mod manifest;
mod many;
mod masses;
mod offered;
mod office;
mod passenger;
mod reserved;
#[path = "../../../store-postgres/tests/server/mod.rs"]
mod server;
mod settled;
mod silent;
mod surplus;
mod surrendered;
mod suspected;
mod truck;
mod void;
mod ways;
