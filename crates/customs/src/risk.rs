//! Risk: what a model says of a declared item, and why; whether today's items are still those that the model was trained on.
//!
//! Scoring is a pure function of a model's file and a row: the same to the last bit on every machine that computes as IEEE 754 says, so that it can be done again.
//! Trees are LightGBM's own (its text format, version 4), whoever trained them; alone, or in a file with the risk profiles that their numbers are made of.
//! Must not know of: how trees are grown, what becomes of a declaration that is suspected (a zone's decision tables and lots).

mod booster;
mod calibration;
mod drift;
mod feature;
mod file;
pub mod learn;
mod lightgbm;
mod measure;
mod model;
mod profile;
mod rows;
mod share;

pub use booster::{Booster, Reason};
pub use calibration::Calibration;
pub use drift::{Drift, Trained, Verdict};
pub use feature::{Column, Feature, Features, Room};
pub use file::{FileFault, FileProblem, model_hash};
pub use lightgbm::{ModelFault, ModelProblem};
pub use measure::{Measures, Outcome, measure};
pub use model::{Block, Goal, Model, Objective, Score, Truth};
pub use profile::{Count, Profile};
pub use rows::{MissingColumn, Places, Row, Rows, RowsFault};
pub use share::Share;
