//! How cases move through a service: its stages as a graph, and what can be said about every path through it.
//!
//! Must not know of: problems, text, cases.

mod circles;
mod graph;
mod guards;
mod known;
mod pace;
mod starts;
#[cfg(test)]
mod tests;

pub use circles::{circles, components};
pub use graph::{Cause, Edge, Graph};
pub use known::{Known, at_the_start, known};
pub use pace::{Pace, Slowest, Spans};
pub use starts::Starts;
