//! The engine: a case is a fold of its events; `decide` says what an act does to it.
//!
//! Must not know of: storage, async, the clock, randomness. What the world says comes in with the act and is recorded.

pub mod act;
pub mod case;
pub mod clock;
pub mod decide;
mod digest;
pub mod erasure;
pub mod event;
pub mod fold;
mod id;
pub mod integrity;
pub mod lot;
pub mod mandate;
pub mod reading;
pub mod refusal;
pub mod roster;
pub mod rules;
pub mod signed;
pub mod withheld;
pub mod world;

pub use id::{BadCaseId, CaseId};
