//! The API as a program meets it, one file a resource or attack.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect shall fail there and then"
)]

#[path = "../common/mod.rs"]
mod common;

mod attacks;
mod audits;
mod bodies;
mod cases;
mod catalogue;
mod client;
mod draws;
mod keys;
mod mandates;
mod me;
mod notifications;
mod oracle;
mod passages;
mod refused;
mod signed;
#[path = "../../../credential/tests/soft/mod.rs"]
mod soft;
mod told;
