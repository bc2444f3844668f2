//! The WCO Data Model's messages as tables: which classes and data a message has, in which form, and how often.
//!
//! Must not know of: what a declaration means, nor what is done with one.

pub mod check;
pub mod dec;
pub mod format;
pub mod model;
pub mod node;
pub mod res;
pub mod tree;
