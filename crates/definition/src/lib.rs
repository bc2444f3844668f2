//! The definition language: text to syntax to model, decision tables, and the rules that a definition must pass before anything runs on it.
//!
//! Must not know of: cases, files, the clock, the network. A zone's files come in as bytes by name.

pub mod calendar;
pub mod check;
pub mod codes;
pub mod dmn;
pub mod model;
pub mod places;
pub mod problem;
pub mod render;
mod resolve;
pub mod span;
pub mod syntax;
pub mod table;
pub mod value;

pub use check::{Checked, CheckedZone, Files, Report, check, check_on};
pub use resolve::nearest::nearest;
pub use resolve::notes;
