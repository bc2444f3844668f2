//! Risk: what a model of boosted trees says of a row of numbers, and why.
//!
//! Scoring is a pure function of a model's text and a row: the same to the last bit on every machine that computes as IEEE 754 says, so that it can be done again.
//! Models are LightGBM's own (its text format, version 4), whoever trained them. Must not know of: how a model is trained, what its columns mean, what a
//! score leads to.

mod model;
mod read;
mod rows;

pub use model::{Model, Reason};
pub use read::{ModelFault, ModelProblem};
pub use rows::{Rows, RowsFault};
