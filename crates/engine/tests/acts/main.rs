//! What every act does in every kind of stage, told as given, when, then over events of a little zone; and the clocks and lots it rests on.
//!
//! Must not know of: how `decide` does it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod act;
mod agents;
mod appealing;
mod applying;
mod asking;
mod chance;
mod computed;
mod consulting;
mod deadlines;
mod ended;
mod erasing;
mod falling;
mod fixed;
mod inspecting;
mod kept;
mod lots;
mod moving;
mod needed;
mod of_records;
mod order;
mod paying;
mod reserving;
mod scene;
mod signing;
mod silent;
mod tell;
mod too_late;
mod two_officers;
mod unbooked;
mod vacating;
mod waiting;
