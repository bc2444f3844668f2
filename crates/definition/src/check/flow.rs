//! How cases move through a service: its stages as a graph, and what can be said about every path through it.
//!
//! Must not know of: problems, text, cases.

mod circles;
mod graph;
mod guards;

pub use circles::{circles, on_a_circle};
pub use graph::{Cause, Edge, Graph};
