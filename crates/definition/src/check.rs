//! The checker: the one way from files to a definition that may run.
//!
//! Must not know of: files on a disk, cases, rendering.

pub mod context;
pub mod flow;
pub mod rules;
pub mod tables;
pub mod words;
